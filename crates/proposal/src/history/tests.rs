//! Histories of small registers: the seed's chain, links that do not hold, commitments that are of no decision.

use penshaw_analyses::Analysis;
use penshaw_analyses::decisions::{Decisions, Input};
use penshaw_basis::{Basis, Confidence};
use penshaw_documents::{Block, Document, Inline};
use penshaw_register::{Authority, Baseline, Kind, PARTNERSHIP, Partnership, Record, SharingChoice, Which, join};
use serde_json::{Value as Json, json};

use super::same_proposal::nearest;
use super::*;

const TODAY: Date = Date::constant(2014, 6, 10);

/// Two councils and what is recorded of them.
#[derive(Default)]
struct Told {
    records: BTreeMap<&'static str, Vec<Record>>,
    baselines: Vec<KnownBaseline>,
}

impl Told {
    fn with(mut self, owner: &'static str, kind: Kind, reference: &str, fields: Json) -> Self {
        let mut record = Record::new(kind, reference);
        record.fields = serde_json::from_value(fields).expect("fields");
        record.confidence = Confidence::Reported;
        self.records.entry(owner).or_default().push(record);
        self
    }

    fn decision(self, owner: &'static str, reference: &str, fields: Json) -> Self {
        let mut all = json!({ "title": format!("Report {reference}"), "matter": "Whether to go on" });
        all.as_object_mut().expect("an object").extend(fields.as_object().expect("an object").clone());
        self.with(owner, Kind::Decision, reference, all)
    }

    fn decided(self, owner: &'static str, reference: &str, on: &str, follows: Option<&str>) -> Self {
        self.decision(owner, reference, json!({ "outcome": "agreed", "decided_on": on, "follows": follows }))
    }

    fn commitment(self, reference: &str, fields: Json) -> Self {
        let mut all =
            json!({ "statement": format!("{reference} will be done"), "authority": "SCC", "standing": "open" });
        all.as_object_mut().expect("an object").extend(fields.as_object().expect("an object").clone());
        self.with(PARTNERSHIP, Kind::Commitment, reference, all)
    }

    fn baseline(mut self, id: &str, owner: &str, on: Date) -> Self {
        let digest = Some(format!("{id:0<64}"));
        self.baselines.push(KnownBaseline { id: id.into(), owner: owner.into(), on, digest });
        self
    }

    fn joint(&self) -> JointRegister {
        let authority =
            |code: &str, name: &str| Authority { code: code.into(), name: name.into(), ..Authority::default() };
        let partnership = Partnership {
            name: "Wear and Tees".into(),
            authorities: vec![authority("SCC", "Sunderland"), authority("DCC", "Durham")],
            ..Partnership::default()
        };
        let all = SharingChoice { kind: None, records: Which::All, fields: Which::All, shared: true, instead: None };
        let choices = ["SCC", "DCC"].map(|code| (code.to_owned(), vec![all.clone()]));
        let frozen = ["SCC", "DCC", PARTNERSHIP]
            .map(|owner| Baseline::freeze(owner, TODAY, self.records.get(owner).cloned().unwrap_or_default()));
        join(&partnership, &frozen, &BTreeMap::from(choices))
    }

    fn on(&self, day: Date) -> (History, Document) {
        let joint = self.joint();
        let clock = Decisions::analyse(&Input::of(&joint, day), &Basis::standard());
        let history = history(&HistoryInputs { joint: &joint, clock: &clock, baselines: &self.baselines });
        let document = present(&history, &joint);
        (history, document)
    }

    fn told(&self) -> History {
        self.on(TODAY).0
    }
}

/// The mandate and the update of the seed, with what Durham's Cabinet decided.
fn seed() -> Told {
    let proposal = "Shared ICT service";
    Told::default()
        .with("SCC", Kind::Meeting, "M2", json!({ "body": "Cabinet", "date": "2014-06-18", "standing": "convened" }))
        .decision(
            "SCC",
            "D1",
            json!({ "title": "Shared ICT service", "decision_maker": "Cabinet", "outcome": "agreed", "decided_on": "2013-06-17",
                "resolution": "That officers evaluate one ICT service", "statement_published": "2013-06-19" }),
        )
        .decision(
            "SCC",
            "D2",
            json!({ "title": "Shared ICT service: update", "proposal": proposal, "meeting": "M2", "follows": "D1" }),
        )
        .decided("DCC", "D0", "2013-07-10", None)
        .decision("DCC", "D1", json!({ "proposal": "shared ICT service ", "follows": "D0", "decision_maker": "Cabinet" }))
        .commitment(
            "CM1",
            json!({ "statement": "An updated proposal for the Council's future ICT strategy will be presented to Cabinet for consideration at a future date",
                "document": "Cabinet report, 18 June 2014", "paragraph": "5.4", "owner": "Assistant Chief Executive" }),
        )
        .commitment(
            "CM2",
            json!({ "statement": "Areas of collaboration will continue to generate savings",
                "document": "Cabinet report, 18 June 2014", "paragraph": "7.1", "authority": "joint", "due": "2014-05-31" }),
        )
        .baseline("late", "SCC", Date::constant(2014, 3, 31))
        .baseline("early", "SCC", Date::constant(2013, 3, 31))
        .baseline("own", PARTNERSHIP, Date::constant(2014, 3, 31))
}

fn text(document: &Document) -> String {
    fn runs(text: &[Inline]) -> String {
        text.iter().map(Inline::plain).collect()
    }
    let lines = document.blocks.iter().map(|block| match block {
        Block::Heading { text, number, .. } => format!("{} {text}", number.clone().unwrap_or_default()),
        Block::Paragraph { text, .. } => runs(text),
        Block::List { items, .. } => items.iter().map(|item| runs(item)).collect::<Vec<_>>().join("\n"),
        Block::Table(table) => {
            let rows = table
                .rows
                .iter()
                .map(|row| row.cells.iter().map(|cell| cell.figure.value.to_string()).collect::<Vec<_>>().join(" | "));
            rows.collect::<Vec<_>>().join("\n")
        }
        _ => String::new(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn references(chain: &Chain) -> Vec<Vec<String>> {
    let of = |part: &Part| format!("{}/{}", part.authority.code, part.reference);
    chain.steps.iter().map(|step| step.parts.iter().map(of).collect()).collect()
}

fn what(history: &History) -> String {
    history.findings.iter().map(|finding| format!("{}\n", finding.what)).collect()
}

#[test]
fn the_seeds_mandates_lead_to_the_update_and_the_strategy_is_still_to_come() {
    let (history, document) = seed().on(TODAY);
    assert_eq!(history.chains.len(), 1);
    let chain = &history.chains[0];
    assert_eq!(references(chain), [vec!["SCC/D1"], vec!["DCC/D0"], vec!["SCC/D2", "DCC/D1"]]);
    assert_eq!(
        chain.steps.iter().map(|step| step.place).collect::<Vec<_>>(),
        [Place::Mandate, Place::Mandate, Place::Update]
    );
    assert_eq!(chain.steps[2].follows, [0, 1]);
    let said: Vec<_> = chain.steps[2].commitments.iter().map(|one| (one.reference.as_str(), one.later_paper)).collect();
    assert_eq!(said, [("CM1", Some(LaterPaper::ToCome)), ("CM2", None)]);
    assert!(history.elsewhere.is_empty());
    let text = text(&document);
    for words in [
        "The mandates of 17 June 2013 and 10 July 2013 are followed by the update, to be decided on 18 June 2014. Their \
         reports made 2 commitments, all open, 1 of them overdue. One of them promises a later paper, which has not come.",
        "1 Shared ICT service",
        "1.3 Update, to be decided on 18 June 2014",
        "It follows 1.1 and 1.2.",
        "What was resolved | That officers evaluate one ICT service",
        // Published on Wednesday 19 June 2013: five working days end with Wednesday 26 June.
        "In effect from | 27 June 2013",
        "Outcome | to be decided | to be decided",
        "5.4 | Sunderland, Assistant Chief Executive | no day is set | open: the paper is still to come",
        "7.1 | The partners together, no post is named | 31 May 2014 | overdue",
        "Still to come",
        "The commitment “Areas of collaboration will continue to generate savings” was due on 31 May 2014. Enter what became of it, or another day.",
        "The commitment “Areas of collaboration will continue to generate savings” has no owner. Enter the post that answers for it.",
    ] {
        assert!(text.contains(words), "\"{words}\" is not in:\n{text}");
    }
}

#[test]
fn the_evidence_is_each_owners_newest_baseline_of_the_day_or_before() {
    let (history, document) = seed().on(TODAY);
    let of = |part: &Part| -> Vec<Option<String>> {
        part.evidence.iter().map(|one| one.baseline.as_ref().map(|baseline| baseline.id.clone())).collect()
    };
    let steps = &history.chains[0].steps;
    // Sunderland, Durham, the partnership: in June 2013 only Sunderland had frozen one.
    assert_eq!(of(&steps[0].parts[0]), [Some("early".to_owned()), None, None]);
    assert_eq!(of(&steps[2].parts[0]), [Some("late".to_owned()), None, Some("own".to_owned())]);
    assert_eq!(history.cited_baselines(), BTreeSet::from(["early", "late", "own"]));
    let text = text(&document);
    assert!(text.contains(
        "Evidence as it stood on 17 June 2013:\nSunderland: baseline of 31 March 2013, digest early0000000\n"
    ));
    assert!(
        text.contains("Durham: no baseline is as old\nThe partnership: baseline of 31 March 2014, digest own000000000")
    );
    let bare = Told::default().decided("SCC", "D1", "2013-06-17", None);
    assert!(
        self::text(&bare.on(TODAY).1)
            .contains("Evidence as it stood on 17 June 2013: no owner has a baseline that is as old.")
    );
}

#[test]
fn of_two_baselines_of_one_day_the_one_that_was_frozen_last_stands() {
    let day = Date::constant(2014, 3, 31);
    let told = Told::default()
        .decided("SCC", "D1", "2014-03-31", None)
        .baseline("again", "SCC", day)
        .baseline("first", "SCC", day);
    assert_eq!(told.told().cited_baselines(), BTreeSet::from(["again"]));
}

#[test]
fn links_that_do_not_hold_are_findings_and_nothing_is_lost() {
    let told = Told::default()
        .decided("SCC", "D1", "2014-01-10", Some("D9"))
        .decided("SCC", "D2", "2014-01-20", Some("D2"))
        .decided("SCC", "D3", "2014-02-10", Some("D4"))
        .decided("SCC", "D4", "2014-03-10", None)
        .decided("DCC", "E1", "2014-04-01", Some("E3"))
        .decided("DCC", "E2", "2014-04-02", Some("E1"))
        .decided("DCC", "E3", "2014-04-03", Some("E2"))
        .with("SCC", Kind::CallIn, "C1", json!({ "decision": "D8", "requested_on": "2014-01-12" }));
    let history = told.told();
    let found = what(&history);
    for words in [
        "“Report D1” follows decision D9, which is not there or not shared.",
        "“Report D2” is said to follow itself.",
        "“Report D3” of 10 February 2014 follows “Report D4” of 10 March 2014, a later day.",
        "“Report E1”, “Report E3” and “Report E2” follow one another in a circle.",
        "A call-in of SCC is of decision D8, which is not there or not shared.",
    ] {
        assert!(found.contains(words), "{words} is not in:\n{found}");
    }
    // The link that closes the circle leads to a later day besides.
    assert_eq!(history.findings.len(), 6);
    let chains: Vec<_> = history.chains.iter().map(references).collect();
    assert_eq!(
        chains,
        [
            vec![vec!["SCC/D1".to_owned()]],
            vec![vec!["SCC/D2".to_owned()]],
            vec![vec!["SCC/D3".to_owned()], vec!["SCC/D4".to_owned()]],
            vec![vec!["DCC/E1".to_owned()], vec!["DCC/E2".to_owned()], vec!["DCC/E3".to_owned()]],
        ]
    );
}

#[test]
fn decisions_on_one_proposal_are_one_step_each_time_it_is_decided_on() {
    let about = |on: Option<&str>, follows: Option<&str>| json!({ "proposal": "Shared ICT", "decided_on": on, "outcome": on.map(|_| "agreed"), "follows": follows });
    let told = Told::default()
        .decision("SCC", "D1", about(Some("2013-06-17"), None))
        .decision("SCC", "D2", about(Some("2014-06-18"), Some("D1")))
        .decision("DCC", "E1", about(Some("2014-07-16"), None));
    let history = told.on(Date::constant(2014, 8, 1)).0;
    assert_eq!(references(&history.chains[0]), [vec!["SCC/D1"], vec!["SCC/D2", "DCC/E1"]]);
    assert_eq!(what(&history), "");
    let silent =
        Told::default().decision("SCC", "D1", about(Some("2013-06-17"), None)).decision("SCC", "D2", about(None, None));
    let history = silent.told();
    assert_eq!(references(&history.chains[0]), [vec!["SCC/D1"], vec!["SCC/D2"]]);
    assert!(what(&history).contains("does not say what it follows"));
}

#[test]
fn days_go_to_the_nearest_rounds_in_their_order() {
    assert_eq!(nearest(&[380], &[0, 366]), [1]);
    assert_eq!(nearest(&[0, 1], &[0, 1]), [0, 1]);
    // 60 and 70 are both nearer to 100 than to 0, and one of them must give way: 60 + 30 in all.
    assert_eq!(nearest(&[60, 70], &[0, 100]), [0, 1]);
    // As near to the one as to the other: the earlier.
    assert_eq!(nearest(&[50], &[0, 100]), [0]);
    assert_eq!(nearest(&[], &[0]), Vec::<usize>::new());
    assert_eq!(nearest(&[90, 210], &[0, 100, 200]), [1, 2]);
}

#[test]
fn a_commitment_is_of_the_decision_whose_report_it_names() {
    let told = Told::default()
        .decided("SCC", "D1", "2013-06-17", None)
        .decided("SCC", "D2", "2014-06-05", None)
        .decided("DCC", "E2", "2014-06-05", None)
        .commitment("by-day", json!({ "document": "Cabinet report, 17 June 2013" }))
        .commitment("by-title", json!({ "document": "Minutes of report  d2" }))
        .commitment("by-both", json!({ "document": "Report E2, Cabinet, 5 June 2014" }))
        .commitment("by-authority", json!({ "document": "Cabinet report, 5 June 2014", "authority": "DCC" }))
        .commitment("either", json!({ "document": "Cabinet report, 5 June 2014", "authority": "joint" }))
        .commitment("no-such-day", json!({ "document": "Report D1, 1 May 2012" }))
        .commitment("no-such-report", json!({ "document": "Cabinet report" }))
        .commitment("no-report", json!({}));
    let (history, document) = told.on(TODAY);
    let of = |part: &str| -> Vec<String> {
        let steps = history.steps().filter(|step| step.parts[0].reference == part);
        steps.flat_map(|step| &step.commitments).map(|one| one.reference.clone()).collect()
    };
    assert_eq!(of("D1"), ["by-day"]);
    assert_eq!(of("D2"), ["by-title"]);
    assert_eq!(of("E2"), ["by-authority", "by-both"]);
    let elsewhere: Vec<_> =
        history.elsewhere.iter().map(|one| (one.commitment.reference.as_str(), one.why.as_str())).collect();
    assert_eq!(
        elsewhere,
        [
            ("either", "Its report may be that of decision D2 of SCC or E2 of DCC."),
            ("no-report", "The report that said it is not named."),
            ("no-such-day", "No decision of 1 May 2012 is recorded."),
            ("no-such-report", "Its report is named neither by a day nor by a title that a decision has."),
        ]
    );
    assert!(text(&document).contains("4 commitments are of no decision that is recorded."));
}

#[test]
fn a_promised_paper_is_open_until_a_decision_that_follows_is_recorded() {
    let promised = |standing: &str| {
        Told::default().decided("SCC", "D1", "2013-06-17", None).commitment(
            "CM1",
            json!({ "statement": "A strategy will be brought to Cabinet", "document": "Cabinet, 17 June 2013", "standing": standing,
                "owner": "Head of ICT", "due": "2014-12-31" }),
        )
    };
    let became = |told: &Told| told.told().commitments().map(|one| one.later_paper).collect::<Vec<_>>();
    assert_eq!(became(&promised("open")), [Some(LaterPaper::ToCome)]);
    assert_eq!(became(&promised("withdrawn")), [Some(LaterPaper::Settled)]);
    assert!(what(&promised("kept").told()).contains("came, and no decision that follows is recorded"));
    let ahead = promised("open").decision("SCC", "D2", json!({ "follows": "D1" }));
    assert_eq!(became(&ahead), [Some(LaterPaper::FollowedBy(1))]);
    assert_eq!(what(&ahead.told()), "");
    let made = promised("open").decided("SCC", "D2", "2014-06-05", Some("D1"));
    assert!(what(&made.told()).contains("is still open, and “Report D2” was decided on 5 June 2014."));
    // Another decision that follows the mandate is not the paper that the update promised.
    let beside =
        promised("open").decided("SCC", "D0", "2013-01-10", None).decided("SCC", "D2", "2014-06-05", Some("D0"));
    assert_eq!(became(&beside), [Some(LaterPaper::ToCome)]);
}

#[test]
fn a_call_in_and_what_came_of_it_are_told_with_the_decision() {
    let told = Told::default()
        .decision(
            "SCC",
            "D1",
            json!({ "outcome": "agreed", "decided_on": "2014-05-14", "statement_published": "2014-05-16" }),
        )
        .with(
            "SCC",
            Kind::CallIn,
            "C1",
            json!({ "decision": "D1", "requested_on": "2014-05-20", "outcome": "referred back", "heard_on": "2014-05-29",
                "reconsidered": "amended", "reconsidered_on": "2014-06-04", "reconsidered_reasons": "The costs were shown" }),
        );
    let (history, document) = told.on(TODAY);
    let part = &history.chains[0].steps[0].parts[0];
    assert_eq!((part.outcome.as_deref(), part.effective), (Some("amended"), Some(Date::constant(2014, 6, 4))));
    let words = "Called in | On 20 May 2014, referred back on 29 May 2014, amended on 4 June 2014";
    assert!(text(&document).contains(words), "{}", text(&document));
}

#[test]
fn a_decision_whose_day_has_passed_wants_its_outcome() {
    let history = seed().on(Date::constant(2014, 7, 1)).0;
    assert!(what(&history).contains("was to be decided on 18 June 2014, and what became of it is not recorded"));
}

#[test]
fn nothing_recorded_is_said_and_many_chains_are_counted() {
    let (history, document) = Told::default().on(TODAY);
    assert!(history.chains.is_empty() && history.findings.is_empty());
    assert_eq!(text(&document), "No decision is recorded or shared.");
    let many = (1..=4).fold(Told::default(), |told, month| {
        told.decided("SCC", &format!("D{month}"), &format!("2014-0{month}-10"), None)
    });
    assert!(text(&many.on(TODAY).1).starts_with("Of 4 decisions, none follows another."));
    let linked = many.decided("SCC", "D5", "2014-05-10", Some("D4")).decided("DCC", "E1", "2014-05-10", None);
    let said = "Of 6 decisions, 4 stand alone; the others hang together in 1 chain.";
    assert!(text(&linked.on(TODAY).1).starts_with(said));
}
