//! Sections 5 to 8: commitments, areas, benefits and risks, in words and in the tables of the answer on delivery.

use penshaw_analyses::counted;
use penshaw_analyses::delivery::{ClassPlace, Moved, NatureBenefits};
use penshaw_basis::Source;
use penshaw_documents::{Block, Inline, Value};

use super::UpdateInputs;
use crate::recommendation::{capitalised, listed};

pub(super) fn commitments(inputs: &UpdateInputs<'_>, answer: &[Block]) -> Vec<Block> {
    let all = &inputs.delivery.commitments;
    if all.is_empty() {
        return vec![Block::words("No commitment of the earlier report is recorded.")];
    }
    let of = |is: &dyn Fn(&str, bool) -> bool| all.iter().filter(|one| is(&one.standing, one.overdue)).count();
    let counts = [
        (of(&|standing, _| standing == "kept"), "kept"),
        (of(&|standing, overdue| standing == "open" && !overdue), "open"),
        (of(&|standing, overdue| standing == "open" && overdue), "open though the day has passed"),
        (of(&|standing, _| standing == "not kept"), "not kept"),
        (of(&|standing, _| standing == "withdrawn"), "withdrawn"),
    ];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {} {word}", if *number == 1 { "is" } else { "are" }))
        .collect();
    let said =
        format!("Of {} that reports made, {}.", counted(all.len(), "commitment", "commitments"), listed(&counts));
    let mut blocks = vec![Block::words(said)];
    blocks.extend(inputs.table(answer, "delivery-commitments").map(Block::Table));
    blocks
}

pub(super) fn areas(inputs: &UpdateInputs<'_>, answer: &[Block]) -> Vec<Block> {
    let areas = &inputs.delivery.areas;
    if areas.is_empty() {
        return vec![Block::words("No areas of joint work are recorded.")];
    }
    let mut blocks: Vec<Block> = areas
        .iter()
        .map(|area| {
            let sources: Vec<Source> = area.actions.iter().map(|action| action.source.clone()).collect();
            let done = match area.actions.len() {
                0 => "no action is recorded".to_owned(),
                all => {
                    format!("{} of {} done and {} overdue", area.done, counted(all, "action", "actions"), area.overdue)
                }
            };
            let next = area
                .next
                .as_ref()
                .map(|next| format!(" Next, by {}: {}.", Value::Day(next.day), next.what.trim_end_matches('.')));
            Block::paragraph(vec![
                Inline::strong(format!("{}. ", capitalised(area.name.trim_end_matches('.')))),
                Inline::figure(Value::text(format!("{}.", capitalised(&done))), &sources),
                Inline::text(next.unwrap_or_default()),
            ])
        })
        .collect();
    let tables = ["delivery-areas", "delivery-hosting"];
    blocks.extend(tables.iter().filter_map(|id| inputs.table(answer, id)).map(Block::Table));
    blocks
}

pub(super) fn benefits(inputs: &UpdateInputs<'_>, answer: &[Block]) -> Vec<Block> {
    let benefits = &inputs.delivery.benefits;
    if benefits.natures.is_empty() {
        return vec![Block::words("No benefits are recorded, so that nothing can be said of what was realised.")];
    }
    let mut blocks = Vec::new();
    for nature in &benefits.natures {
        blocks.push(nature_said(nature));
        let id = format!("delivery-benefits-{}-to-date", nature.nature);
        blocks.extend(inputs.table(answer, &id).map(Block::Table));
    }
    if benefits.not_shown > 0 {
        let are = if benefits.not_shown == 1 { "counts" } else { "count" };
        blocks.push(Block::paragraph(vec![
            Inline::figure(
                Value::text(counted(benefits.not_shown, "benefit", "benefits")),
                &benefits.not_shown_sources,
            ),
            Inline::text(format!(" without a baseline {are} as not shown; the ")),
            Inline::figure(Value::Money(benefits.not_shown_amount), &benefits.not_shown_sources),
            Inline::text(" said to have been realised is in no total."),
        ]));
    }
    blocks.extend(beside_others(inputs));
    blocks
}

fn nature_said(nature: &NatureBenefits) -> Block {
    let sums = &nature.to_date;
    let Some(share) = sums.share else {
        return Block::words(format!(
            "{} benefits: no year for which any were promised has ended yet.",
            capitalised(&nature.nature)
        ));
    };
    let figure = |value: Value| Inline::figure(value, &sums.sources);
    Block::paragraph(vec![
        Inline::text(format!("{} benefits: ", capitalised(&nature.nature))),
        figure(Value::Money(sums.realised)),
        Inline::text(" of "),
        figure(Value::Money(sums.promised)),
        Inline::text(" promised for the years that have ended was realised ("),
        figure(Value::Percent(share)),
        Inline::text("). Bringing it about cost "),
        figure(Value::Money(sums.transition_costs)),
        Inline::text(", so that the net is "),
        figure(Value::Money(sums.net)),
        Inline::text("."),
    ])
}

/// Where the partnership stands among shared services that reported.
fn beside_others(inputs: &UpdateInputs<'_>) -> Option<Block> {
    let class = inputs.delivery.benefits.reference_class.as_ref()?;
    let place = match class.place? {
        ClassPlace::BelowLow => "below the least that shared ICT services reported",
        ClassPlace::BelowMode => "in the lower part of what shared ICT services reported",
        ClassPlace::AboveMode => "in the upper part of what shared ICT services reported",
        ClassPlace::AboveHigh => "above the most that shared ICT services are taken to realise",
    };
    let range = format!("{} to {}", Value::Percent(class.low), Value::Percent(class.high));
    Some(Block::paragraph(vec![
        Inline::text(format!("The share of cash-releasing benefits lies {place} (")),
        Inline::figure(Value::text(range), &class.sources),
        Inline::text(format!(" of what was planned, likeliest {}).", Value::Percent(class.mode))),
    ]))
}

pub(super) fn risks(inputs: &UpdateInputs<'_>, answer: &[Block]) -> Vec<Block> {
    let risks = &inputs.delivery.risks;
    if risks.is_empty() {
        return vec![Block::words("No risks are recorded.")];
    }
    let of = |moved: Moved| risks.iter().filter(|risk| risk.moved == moved).count();
    let late = risks.iter().filter(|risk| risk.late).count();
    let said = format!(
        "Of {}, {} up at the last review and {} down. {} not reviewed in time.",
        counted(risks.len(), "risk", "risks"),
        of(Moved::Up),
        of(Moved::Down),
        counted(late, "was", "were"),
    );
    let mut blocks = vec![Block::words(said)];
    blocks.extend(inputs.table(answer, "delivery-risks").map(Block::Table));
    blocks
}

/// Every entry behind the years of a nature, once.
pub(super) fn sources_of(nature: &NatureBenefits) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for source in nature.years.iter().flat_map(|year| &year.sources) {
        if !sources.contains(source) {
            sources.push(source.clone());
        }
    }
    sources
}
