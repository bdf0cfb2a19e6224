//! Who decides as blocks: the schemes side by side, then each with what is refused, its power, its deadlocks.

use penshaw_documents::{Block, Inline, Value};
use penshaw_register::Severity;

use super::{Finding, Outcome, Power, SchemeAnswer, Standing, TwoPartners, tables};
use crate::named::{counted, sentence_list};

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::paragraph(lead(outcome)), Block::Table(tables::schemes(outcome))];
    blocks.extend(outcome.problems.iter().map(|problem| Block::note("A parameter could not be read", problem)));
    for scheme in &outcome.schemes {
        blocks.extend(of_scheme(scheme));
    }
    blocks.extend(outcome.two_partners.iter().flat_map(|two| two_partners(two, outcome)));
    blocks.extend(divisions(outcome));
    blocks.extend(deadlocks(outcome));
    blocks.push(Block::note(
        "Not legal advice",
        "This is not legal advice. The monitoring officer of each authority confirms what the law allows.",
    ));
    blocks
}

fn lead(outcome: &Outcome) -> Vec<Inline> {
    let refused: Vec<&SchemeAnswer> = outcome.schemes.iter().filter(|scheme| !scheme.lawful).collect();
    let recorded = counted(outcome.schemes.len(), "scheme is recorded", "schemes are recorded");
    if refused.is_empty() {
        return vec![Inline::strong(format!("{recorded}, and none is refused."))];
    }
    let are = if refused.len() == 1 { "is" } else { "are" };
    let mut words = vec![Inline::strong(format!("{recorded}; {} {are} refused.", refused.len()))];
    for scheme in refused {
        words.push(Inline::text(format!(" {}:", scheme.name)));
        for finding in scheme.findings.iter().filter(|finding| finding.severity == Severity::Error) {
            words.push(Inline::text(" "));
            words.push(Inline::figure(Value::text(&finding.what), &finding.sources));
        }
    }
    words
}

fn of_scheme(scheme: &SchemeAnswer) -> Vec<Block> {
    let mut blocks = vec![Block::heading(3, &scheme.name), Block::words(&scheme.says)];
    blocks.extend(findings("What is refused or doubtful", &scheme.findings));
    if let Some(power) = &scheme.power {
        blocks.push(Block::heading(4, "Who has the power"));
        blocks.push(Block::words(power_words(scheme, power)));
        blocks.push(Block::Table(tables::power(scheme, power)));
        blocks.extend(tables::power_chart(scheme, power).map(Block::Chart));
    } else {
        blocks.push(Block::words(
            "The power of each authority is not worked out: nobody has a vote, or more than twenty authorities sit.",
        ));
    }
    blocks.extend(reserved(scheme));
    blocks.extend(findings("What the agreement still lacks", &scheme.wanting));
    blocks
}

fn findings(heading: &str, findings: &[Finding]) -> Vec<Block> {
    if findings.is_empty() {
        return Vec::new();
    }
    let items = findings.iter().map(Finding::told).collect();
    vec![Block::heading(4, heading), Block::List { ordered: false, items }]
}

fn power_words(scheme: &SchemeAnswer, power: &Power) -> String {
    let refused = if scheme.lawful { "" } else { " This is worked out as recorded, though the scheme is refused." };
    let needed = format!(
        "A question is carried by {} of {} votes when all vote and the members of an authority vote alike.",
        power.quota, power.votes
    );
    format!("{needed} {}{}{refused}", told_of(power), unequal(power))
}

fn told_of(power: &Power) -> String {
    let of = |standing: Standing| -> Vec<&str> {
        let matching = power.authorities.iter().filter(|one| one.standing == standing);
        matching.map(|one| one.name.as_str()).collect()
    };
    let mut said = Vec::new();
    match of(Standing::Dictator).as_slice() {
        [] => {}
        alone => said.push(format!("{} decides alone: the others have no power.", sentence_list(alone))),
    }
    match of(Standing::Veto).as_slice() {
        [] => {}
        [one] => said.push(format!("Nothing is carried without {one}.")),
        several => said.push(format!("Nothing is carried without each of {}.", sentence_list(several))),
    }
    match of(Standing::Dummy).as_slice() {
        none if none.is_empty() || said.iter().any(|words| words.contains("alone")) => {}
        none => said.push(format!("The votes of {} never make a difference.", sentence_list(none))),
    }
    if power.chair_can_decide && of(Standing::Dictator).is_empty() {
        said.push("Where votes are equal, the second vote of whoever is in the chair decides.".into());
    }
    match of(Standing::InTheChair).as_slice() {
        [] => {}
        several => said.push(format!("While in the chair, {} decides alone.", several.join(" or "))),
    }
    if said.is_empty() { "No authority decides alone or can stop everything.".into() } else { said.join(" ") }
}

/// The authority whose power is furthest from what it pays, where that is known.
fn unequal(power: &Power) -> String {
    let gap = |one: &super::PowerOf| Some((one.banzhaf - one.contribution?).abs());
    let widest = power.authorities.iter().filter_map(|one| Some((one, gap(one)?)));
    // The first of equals, so that the same input reads the same.
    let widest = widest.reduce(|most, next| if next.1 > most.1 { next } else { most });
    match widest {
        Some((one, gap)) if gap > 0.005 => format!(
            " The widest gap: {} pays {} of the cost and has {} of the power.",
            one.name,
            Value::Percent(one.contribution.unwrap_or(0.0)),
            Value::Percent(one.banzhaf)
        ),
        _ => String::new(),
    }
}

fn reserved(scheme: &SchemeAnswer) -> Vec<Block> {
    let mut blocks = vec![Block::heading(4, "What each authority keeps for itself")];
    if scheme.reserved.is_empty() {
        blocks.push(Block::words("No reserved matter is recorded."));
    } else {
        blocks.push(Block::Table(tables::reserved(scheme)));
    }
    if !scheme.suggested.is_empty() {
        let matters: Vec<String> =
            scheme.suggested.iter().map(|one| format!("{} ({})", one.matter, one.kept_by)).collect();
        blocks.push(Block::paragraph(vec![
            Inline::text("A published list keeps back as well, for the partners to compare: "),
            Inline::figure(Value::text(matters.join("; ")), &scheme.suggested_sources),
            Inline::text("."),
        ]));
    }
    blocks
}

fn two_partners(two: &TwoPartners, outcome: &Outcome) -> Vec<Block> {
    let why = format!(
        "Between {} no weight of votes can reflect their size. If more than half is enough, the larger decides alone; \
         under any quota above the larger one's votes each can stop the other, whatever the weights; there is nothing \
         in between.",
        sentence_list(&two.names)
    );
    let mut blocks = vec![Block::heading(3, "Why weights cannot make it fair between two"), Block::words(why)];
    if !two.by.is_empty() {
        blocks.push(Block::Table(tables::two_partners(two)));
    }
    blocks.push(Block::words("What can make it fair:"));
    blocks.push(Block::List { ordered: false, items: levers(outcome) });
    blocks
}

fn levers(outcome: &Outcome) -> Vec<Vec<Inline>> {
    let kept: usize = outcome.schemes.iter().map(|scheme| scheme.reserved.len()).sum();
    let recorded = if kept == 0 { "none is recorded".into() } else { counted(kept, "is recorded", "are recorded") };
    let levers = [
        "Cost and benefit shares that follow use or size: see cost-shares, which also tells who would be better off apart."
            .to_owned(),
        format!("Reserved matters, on which each authority's own body must agree: {recorded} over all schemes."),
        "The right to leave, with notice and terms that make the threat to leave neither empty nor ruinous.".to_owned(),
        "A chair that rotates: with equal seats, its second vote lets each decide in turn what is stuck.".to_owned(),
    ];
    levers.into_iter().map(|words| vec![Inline::text(words)]).collect()
}

fn divisions(outcome: &Outcome) -> Vec<Block> {
    match tables::divisions(outcome) {
        None => Vec::new(),
        Some(table) => vec![
            Block::heading(3, "What each scheme makes of the divisions"),
            Block::words(
                "Each authority votes as one. Who abstains is there and casts no vote; who is not named is away. An \
                 imagined division is a trial, not a forecast.",
            ),
            Block::Table(table),
        ],
    }
}

fn deadlocks(outcome: &Outcome) -> Vec<Block> {
    match tables::deadlocks(outcome) {
        None => Vec::new(),
        Some(table) => vec![
            Block::heading(3, "How often each scheme would be stuck"),
            Block::words(
                "Over every pattern of for and against, counted and not simulated. A question that the chair decides is \
                 decided, but by one authority.",
            ),
            Block::Table(table),
        ],
    }
}
