//! The update report of a small sample: its form, and that each section says what the record says.

use penshaw_analyses::delivery::Input;
use penshaw_basis::Basis;
use penshaw_register::{Authority, Kind, PARTNERSHIP, Record, ReportDetails, difference};
use serde_json::{Value as Json, json};

use super::*;

const ON: Date = Date::constant(2014, 6, 18);

fn record(kind: Kind, reference: &str, fields: Json) -> Record {
    let mut record = Record::new(kind, reference);
    record.fields = serde_json::from_value(fields).expect("fields");
    record
}

fn partnership() -> Partnership {
    let authority = |code: &str, name: &str| Authority { code: code.into(), name: name.into(), ..Authority::default() };
    Partnership {
        name: "Wear and Tees".into(),
        authorities: vec![authority("SCC", "Sunderland"), authority("DCC", "Durham")],
        report: ReportDetails {
            title: "Shared ICT service".into(),
            author: "Head of ICT".into(),
            meeting: Some(ON),
            mandate: Some("Cabinet asked in 2013 for a business case".into()),
            ..ReportDetails::default()
        },
        ..Partnership::default()
    }
}

fn outcome() -> Outcome {
    let input: Input = serde_json::from_value(json!({
        "on": ON,
        "partners": [{ "code": "SCC", "name": "Sunderland" }, { "code": "DCC", "name": "Durham" }],
        "areas": [{ "code": "AR1", "name": "Resilient ICT sites" }],
        "actions": [
            { "reference": "AC1", "area": "AR1", "statement": "Agree terms", "authority": "SCC", "due": "2014-03-31", "done": "2014-03-20" },
            { "reference": "AC2", "area": "AR1", "statement": "Move the racks", "authority": "DCC", "due": "2014-05-31" },
            { "reference": "AC3", "area": "AR1", "statement": "Test the copy", "authority": "SCC", "owner": "Head of ICT", "due": "2014-07-01" },
        ],
        "commitments": [
            { "reference": "CM1", "statement": "A case will be brought back", "document": "Cabinet report, 10 April 2013", "paragraph": "6.1", "authority": "joint", "standing": "kept", "settled": "2014-06-18" },
            { "reference": "CM2", "statement": "One team will be formed", "authority": "joint", "standing": "not kept", "settled": "2014-06-01" },
        ],
        "benefits": [
            { "reference": "BN1", "name": "One contract", "authority": "SCC", "nature": "cash-releasing", "baseline": "2013-04-01", "evidence": "Outturn",
              "promised": { "2013/14": 10_000_000 }, "realised": { "2013/14": 1_000_000 }, "transition_costs": { "2013/14": 400_000 } },
        ],
        "tests": [{ "owner": "DCC", "entry": { "reference": "T1", "workload": "W1", "tested_on": "2014-05-02", "result": "failed", "evidence": "Test report, May 2014" } }],
    }))
    .expect("an input");
    Delivery::analyse(&input, &Basis::standard())
}

fn differences() -> Vec<OwnerDifference> {
    let area = |name: &str| record(Kind::Area, "AR1", json!({ "name": name }));
    let bid = |status: &str, decided: Json| {
        record(
            Kind::Bid,
            "B1",
            json!({ "name": "An award", "status": status, "decided": decided, "amounts": { "2014/15": 40_000_000 } }),
        )
    };
    let before = [
        area("Resilient sites"),
        bid("pending", Json::Null),
        record(Kind::Objective, "OB9", json!({ "statement": "One team" })),
    ];
    let after = [area("Resilient ICT sites"), bid("lost", json!("2013-10-31")), record(Kind::Action, "AC1", json!({}))];
    let own = |name: &str| [record(Kind::Site, "S1", json!({ "name": name }))];
    let one = |owner: &str, difference| OwnerDifference {
        owner: owner.into(),
        from: Date::constant(2013, 4, 10),
        to: Date::constant(2014, 6, 18),
        difference,
    };
    vec![one(PARTNERSHIP, difference(&before, &after)), one("SCC", difference(&own("North"), &own("South")))]
}

fn written_with(outcome: &Outcome, differences: &[OwnerDifference]) -> Document {
    let earlier = EarlierReport { title: "Shared ICT: the mandate".into(), on: Date::constant(2013, 4, 10) };
    let titles = BTreeMap::from([(Source::entry(PARTNERSHIP, "B1"), "Partnership, bids B1: An award".to_owned())]);
    let partnership = partnership();
    report(&UpdateInputs {
        partnership: &partnership,
        earlier: &earlier,
        delivery: outcome,
        differences,
        titles: &titles,
    })
}

fn written() -> Document {
    written_with(&outcome(), &differences())
}

/// The words of each section, by its title.
fn sections(document: &Document) -> BTreeMap<String, String> {
    let mut sections: BTreeMap<String, String> = BTreeMap::new();
    let mut title = String::new();
    let plain = |text: &[Inline]| text.iter().map(Inline::plain).collect::<String>();
    for block in &document.blocks {
        let said = match block {
            Block::Heading { text, .. } => {
                title.clone_from(text);
                continue;
            }
            Block::Paragraph { number, text } => format!("{} {}", number.as_deref().unwrap_or("–"), plain(text)),
            Block::List { items, .. } => items.iter().map(|item| plain(item)).collect::<Vec<_>>().join("\n"),
            _ => continue,
        };
        sections.entry(title.clone()).or_default().push_str(&format!("{said}\n"));
    }
    sections
}

#[test]
fn the_sections_stand_in_order_and_their_paragraphs_are_numbered() {
    let document = written();
    let titles: Vec<String> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { level: 3, number, text } => Some(format!("{} {text}", number.as_deref().unwrap_or("–"))),
            _ => None,
        })
        .collect();
    assert_eq!(
        titles,
        [
            "1 Purpose of the report",
            "2 Description of Decision",
            "3 What was agreed",
            "4 What has changed since",
            "5 Commitments kept, open and not kept",
            "6 Progress in each area",
            "7 Benefits",
            "8 Risks",
            "9 What needs a decision now",
            "10 Next steps",
            "11 Background Papers",
        ]
    );
    let unnumbered = document.blocks.iter().filter(|block| matches!(block, Block::Paragraph { number: None, .. }));
    assert_eq!(unnumbered.count(), 0);
    assert_eq!(
        (document.title.as_str(), document.occasion.as_str()),
        ("Shared ICT service: update", "Cabinet, 18 June 2014")
    );
}

#[test]
fn what_changed_is_said_by_owner_and_kind_in_words() {
    let changed = &sections(&written())["What has changed since"];
    for said in [
        "4.1 Between the baselines of 10 April 2013 and 18 June 2014, the partnership added 1 entry, changed 2 entries and took out 1 entry.",
        "4.2 Between the baselines of 10 April 2013 and 18 June 2014, Sunderland added no entries, changed 1 entry and took out no entries.",
        "AR1 – name changed from “Resilient sites” to “Resilient ICT sites”.",
        "An award (B1) – status changed from pending to lost and decided is now 31 October 2013.",
        "AC1 – added.",
        "OB9 – taken out.",
    ] {
        assert!(changed.contains(said), "{said} is not in:\n{changed}");
    }
    assert!(!changed.contains("North"), "an estate is counted, not told: {changed}");
}

#[test]
fn what_needs_a_decision_is_what_failed_is_overdue_was_not_kept_or_falls_short() {
    let sections = sections(&written());
    let decide = &sections["What needs a decision now"];
    let first = "9.1 The test of recovering W1 on 2 May 2014 failed. To decide: mend what stopped it";
    assert!(decide.starts_with(first), "{decide}");
    for said in [
        "9.2 To be done: Move the racks.",
        "9.3 A commitment was not kept: One team will be formed.",
        "9.4 10% of the cash-releasing",
    ] {
        assert!(decide.contains(said), "{said} is not in:\n{decide}");
    }
    assert!(sections["Description of Decision"].contains("decide on the 4 matters set out in section 9"));
    assert!(
        sections["Next steps"].contains("By 1 July 2014, the Head of ICT of Sunderland: To be done: Test the copy.")
    );
}

#[test]
fn benefits_and_commitments_are_those_of_the_answer() {
    let sections = sections(&written());
    let benefits = &sections["Benefits"];
    assert!(
        benefits.contains("£10,000.00 of £100,000.00 promised for the years that have ended was realised (10%)"),
        "{benefits}"
    );
    assert!(benefits.contains("cost £4,000.00, so that the net is £6,000.00"), "{benefits}");
    assert!(
        sections["Commitments kept, open and not kept"]
            .contains("Of 2 commitments that reports made, 1 is kept and 1 is not kept.")
    );
    let papers = &sections["Background Papers"];
    assert_eq!(
        papers,
        "Shared ICT: the mandate, 10 April 2013\nTest report, May 2014\nCabinet report, 10 April 2013\n"
    );
}

#[test]
fn with_nothing_recorded_every_section_says_so_and_nothing_is_to_be_decided() {
    let input: Input = serde_json::from_value(json!({ "on": ON })).expect("an input");
    let document = written_with(&Delivery::analyse(&input, &Basis::standard()), &[]);
    let sections = sections(&document);
    assert_eq!(sections["What needs a decision now"], "9.1 Nothing in the record needs a decision now.\n");
    assert!(sections["What has changed since"].contains("No two baselines were compared"));
    assert!(!sections["Description of Decision"].contains("section 9"));
}
