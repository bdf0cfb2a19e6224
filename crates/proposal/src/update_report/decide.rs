//! Sections 2, 9 and 10: what members are asked, what needs a decision now, and the next steps.

use penshaw_analyses::counted;
use penshaw_analyses::delivery::{Alert, AlertKind, AlertSeverity, ClassPlace};
use penshaw_basis::Source;
use penshaw_documents::{Block, Inline, Value};

use super::UpdateInputs;
use crate::cabinet_report::said::{day, list, stopped};
use crate::recommendation::capitalised;

/// Something that cannot stay as it is, and what members may decide.
pub(super) struct Decision {
    what: String,
    choose: String,
    sources: Vec<Source>,
}

/// Everything that needs a decision: what failed, what is overdue, what was not kept, and benefits far below their promise.
pub(super) fn decisions(inputs: &UpdateInputs<'_>) -> Vec<Decision> {
    let alerts = inputs.delivery.alerts.iter().filter(|alert| is_for_members(alert));
    let alerts = alerts.map(|alert| Decision {
        what: alert.what.clone(),
        choose: format!("{}, by {}", alert.hint, who(inputs, alert)),
        sources: alert.sources.clone(),
    });
    let broken = inputs.delivery.commitments.iter().filter(|commitment| commitment.standing == "not kept");
    let broken = broken.map(|commitment| Decision {
        what: format!("A commitment was not kept: {}", stopped(&commitment.statement)),
        choose: "decide whether it is still wanted, by whom and by when, or withdraw it".into(),
        sources: vec![commitment.source.clone()],
    });
    alerts.chain(broken).chain(below_the_class(inputs)).collect()
}

/// What members decide: reviews, tests that are only due again and months of figures are officers' work.
fn is_for_members(alert: &Alert) -> bool {
    let officers = [AlertKind::RiskReview, AlertKind::PerformanceMissing, AlertKind::RecoveryDue, AlertKind::Bid];
    match alert.severity {
        AlertSeverity::Grave => true,
        AlertSeverity::Overdue => !officers.contains(&alert.kind),
        AlertSeverity::Soon => [AlertKind::HostingNotice, AlertKind::ContractNotice].contains(&alert.kind),
    }
}

fn who(inputs: &UpdateInputs<'_>, alert: &Alert) -> String {
    let authority = inputs.who(&alert.authority);
    alert.owner.as_ref().map_or(authority.clone(), |post| format!("the {post} of {authority}"))
}

fn below_the_class(inputs: &UpdateInputs<'_>) -> Option<Decision> {
    let class = inputs.delivery.benefits.reference_class.as_ref()?;
    let cash = inputs.delivery.benefits.natures.iter().find(|nature| nature.nature == "cash-releasing")?;
    let share = cash.to_date.share.filter(|_| class.place == Some(ClassPlace::BelowLow))?;
    Some(Decision {
        what: format!(
            "{} of the cash-releasing benefits promised was realised, less than any shared ICT service that reported ({}).",
            Value::Percent(share),
            Value::Percent(class.low)
        ),
        choose:
            "decide whether the promise stands, and what is done to keep it, or correct the budgets that rest on it"
                .into(),
        sources: cash.to_date.sources.iter().chain(&class.sources).cloned().collect(),
    })
}

/// Section 2: what the body is requested to do.
pub(super) fn requested(inputs: &UpdateInputs<'_>, decisions: &[Decision]) -> Vec<Block> {
    let mut points = vec![format!("note what has been done since the report {}", inputs.earlier_named())];
    if !decisions.is_empty() {
        let matters = counted(decisions.len(), "matter", "matters");
        points.push(format!("decide on the {matters} set out in section 9"));
    }
    points.push("agree the next steps set out in section 10".into());
    vec![Block::words(format!("{} is requested to:", inputs.body())), list(points)]
}

/// Section 9.
pub(super) fn section(decisions: &[Decision]) -> Vec<Block> {
    if decisions.is_empty() {
        return vec![Block::words("Nothing in the record needs a decision now.")];
    }
    let paragraph = |decision: &Decision| {
        Block::paragraph(vec![
            Inline::figure(Value::text(stopped(&decision.what)), &decision.sources),
            Inline::text(format!(" To decide: {}", stopped(&decision.choose))),
        ])
    };
    decisions.iter().map(paragraph).collect()
}

/// Section 10: what is due soon, by day, then what the record still lacks.
pub(super) fn next_steps(inputs: &UpdateInputs<'_>) -> Vec<Block> {
    let mut soon: Vec<&Alert> =
        inputs.delivery.alerts.iter().filter(|alert| alert.severity == AlertSeverity::Soon).collect();
    soon.sort_by(|one, other| (one.due, &one.id).cmp(&(other.due, &other.id)));
    let mut blocks = Vec::new();
    if soon.is_empty() {
        blocks.push(Block::words("Nothing is due soon by the record."));
    } else {
        blocks.push(Block::words("By the record, these are due next:"));
        let item = |alert: &&Alert| {
            let due = alert.due.map(|due| format!("By {}, {}: ", day(due), who(inputs, alert)));
            vec![Inline::text(due.unwrap_or_default()), Inline::figure(Value::text(&alert.what), &alert.sources)]
        };
        blocks.push(Block::List { ordered: false, items: soon.iter().map(item).collect() });
    }
    if !inputs.delivery.findings.is_empty() {
        blocks.push(Block::words("The record is to be completed:"));
        let items = inputs.delivery.findings.iter().map(|finding| {
            vec![
                Inline::figure(Value::text(&finding.what), &finding.sources),
                Inline::text(format!(" {}", stopped(&capitalised(&finding.hint)))),
            ]
        });
        blocks.push(Block::List { ordered: false, items: items.collect() });
    }
    blocks
}
