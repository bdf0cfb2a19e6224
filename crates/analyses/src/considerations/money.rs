//! Financial implications beside the appraisal, and the risks of each option by probability times impact.

use penshaw_basis::Estimate;
use penshaw_register::{Bid, JointRegister, Risk};

use super::drawn::{Drawn, sentence};
use super::{GreatRisk, Input, RiskSummary, Statement};
use crate::named::{ListedOption, counted, option_name, sentence_list};

/// The kinds of money that pay for an option, and how each is said.
pub(super) const FLOWS: [(&str, &str); 4] = [
    ("grant", "from grants"),
    ("reserve drawn", "from reserves"),
    ("capital receipt", "from capital receipts"),
    ("reserve contribution", "into reserves"),
];

/// How many of the greatest risks are named.
const GREATEST: usize = 3;

pub(super) fn financial(input: &Input) -> Drawn {
    let bids = input.bids.iter().map(|bid| bid_statement(bid, &input.options));
    let funding = input.options.iter().filter_map(|option| funding(input, option));
    Drawn { statements: bids.chain(funding).collect(), ..Drawn::default() }
}

fn bid_statement(bid: &Bid, options: &[ListedOption]) -> Statement {
    let amount: Estimate = bid.amounts.values().map(|amount| Estimate::from(*amount)).sum();
    // A share of profit is given back by a contract: nobody applied for it.
    let gainshare = bid.nature.as_deref() == Some("gainshare");
    let (what, became) = match (gainshare, bid.status.as_str()) {
        (true, "won") => ("A share of profit of", "came"),
        (true, "lost") => ("A share of profit of", "did not come"),
        (true, _) => ("A share of profit of", "may come"),
        (false, "won") => ("An application for", "was successful"),
        (false, "lost") => ("An application for", "was unsuccessful"),
        (false, _) => ("An application for", "is pending"),
    };
    let names: Vec<&str> = bid.options.iter().map(|option| option_name(options, option)).collect();
    let for_options = match names.as_slice() {
        [] => String::new(),
        names => format!(" for {}", sentence_list(names)),
    };
    Statement {
        text: format!("{what} {}{for_options} ({}) {became}.", amount.to_whole_pounds(), bid.name),
        options: bid.options.clone(),
        sources: vec![JointRegister::own_source(&bid.reference)],
    }
}

/// What would pay for an option besides its budgets.
fn funding(input: &Input, option: &ListedOption) -> Option<Statement> {
    let mut said = Vec::new();
    let mut sources = Vec::new();
    for (flow, words) in FLOWS {
        let lines: Vec<_> =
            input.lines.iter().filter(|line| line.option == option.reference && line.flow == flow).collect();
        let total: Estimate = lines.iter().map(|line| Estimate::from(line.total)).sum();
        if !lines.is_empty() {
            said.push(format!("{} {words}", total.to_whole_pounds()));
            sources.extend(lines.iter().map(|line| JointRegister::own_source(&line.reference)));
        }
    }
    (!said.is_empty()).then(|| Statement {
        text: format!("{} counts on {}, over all years as recorded.", option.name, sentence_list(&said)),
        options: vec![option.reference.clone()],
        sources,
    })
}

/// The risks of each option that has any, in the order of the options.
pub(super) fn risks(input: &Input) -> Vec<RiskSummary> {
    let summaries = input.options.iter().map(|option| {
        let own: Vec<&Risk> = input.risks.iter().filter(|risk| risk.option == option.reference).collect();
        summary(option, &own)
    });
    summaries.filter(|summary| summary.risks > 0).collect()
}

fn summary(option: &ListedOption, risks: &[&Risk]) -> RiskSummary {
    let mut measured: Vec<GreatRisk> = risks.iter().filter_map(|risk| measured(risk)).collect();
    let expected = measured.iter().map(|risk| risk.expected).sum();
    let not_measured = risks.len() - measured.len();
    // A stable sort: risks of one size stay in the order of their entries.
    measured.sort_by(|one, other| other.expected.pounds().total_cmp(&one.expected.pounds()));
    measured.truncate(GREATEST);
    RiskSummary {
        option: option.reference.clone(),
        name: option.name.clone(),
        risks: risks.len(),
        expected,
        not_measured,
        without_response: risks.iter().filter(|risk| risk.response.is_none()).count(),
        never_reviewed: risks.iter().filter(|risk| risk.reviewed.is_none()).count(),
        greatest: measured,
    }
}

fn measured(risk: &Risk) -> Option<GreatRisk> {
    let (probability, impact) = (risk.probability?, risk.impact?);
    Some(GreatRisk {
        description: risk.description.clone(),
        authority: risk.authority.clone(),
        probability,
        impact,
        expected: Estimate::from(impact) * probability,
        response: risk.response.clone(),
        source: JointRegister::own_source(&risk.reference),
    })
}

pub(super) fn risk(input: &Input, summaries: &[RiskSummary]) -> Drawn {
    let mut missing: Vec<String> = summaries.iter().flat_map(wanting).collect();
    let known = |option: &&ListedOption| summaries.iter().any(|summary| summary.option == option.reference);
    let without = input.options.iter().filter(|option| option.course != "apart" && !known(option));
    missing.extend(without.map(|option| format!("No risk is recorded for {}.", option.name)));
    Drawn {
        statements: summaries.iter().map(|summary| risk_statement(input, summary)).collect(),
        missing,
        ..Drawn::default()
    }
}

fn risk_statement(input: &Input, summary: &RiskSummary) -> Statement {
    let own = input.risks.iter().filter(|risk| risk.option == summary.option);
    let mut text =
        format!("{} for {}.", counted(summary.risks, "risk is recorded", "risks are recorded"), summary.name);
    if let [greatest, ..] = summary.greatest.as_slice() {
        text.push_str(&format!(
            " By probability times impact they come to {}; the greatest is: {}",
            summary.expected.to_whole_pounds(),
            sentence(&greatest.description)
        ));
    }
    Statement {
        text,
        options: vec![summary.option.clone()],
        sources: own.map(|risk| JointRegister::own_source(&risk.reference)).collect(),
    }
}

fn wanting(summary: &RiskSummary) -> Vec<String> {
    let counts = [
        (summary.not_measured, "has no probability or cost", "have no probability or cost"),
        (summary.without_response, "has no response", "have no response"),
        (summary.never_reviewed, "was never reviewed", "were never reviewed"),
    ];
    counts
        .into_iter()
        .filter(|(number, _, _)| *number > 0)
        .map(|(number, one, several)| {
            let verb = if number == 1 { one } else { several };
            format!("{} of {} {verb}.", counted(number, "risk", "risks"), summary.name)
        })
        .collect()
}
