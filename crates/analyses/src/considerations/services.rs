//! Implications for other services: the programmes that wait on the decision, and what each option's delay does to them.

use penshaw_register::JointRegister;

use super::drawn::{Drawn, sentence};
use super::{Delay, Input, Statement, Waiting};
use crate::named::{Named, name_of, option_name};

/// The programmes that wait, in the order of their entries.
pub(super) fn waiting(input: &Input) -> Vec<Waiting> {
    let programmes = input.programmes.iter();
    programmes
        .map(|programme| Waiting {
            authority: programme.authority.clone(),
            name: programme.name.clone(),
            option: programme.option.clone(),
            option_name: option_name(&input.options, &programme.option).to_owned(),
            delay_months: programme.delay_months,
            statement: programme.statement.clone(),
            evidence: programme.evidence.clone(),
            source: JointRegister::own_source(&programme.reference),
        })
        .collect()
}

/// The longest delay that each option would cause, for options that cause any.
pub(super) fn delays(input: &Input, programmes: &[Waiting]) -> Vec<Delay> {
    let delays = input.options.iter().filter_map(|option| {
        let own: Vec<&Waiting> = programmes.iter().filter(|waiting| waiting.option == option.reference).collect();
        (!own.is_empty()).then(|| Delay {
            option: option.reference.clone(),
            name: option.name.clone(),
            months: own.iter().filter_map(|waiting| waiting.delay_months).reduce(f64::max),
            not_known: own.iter().filter(|waiting| waiting.delay_months.is_none()).count(),
        })
    });
    delays.collect()
}

pub(super) fn drawn(partners: &[Named], programmes: &[Waiting]) -> Drawn {
    let mut drawn = Drawn::default();
    for waiting in programmes {
        drawn.statements.push(Statement {
            text: said(partners, waiting),
            options: vec![waiting.option.clone()],
            sources: vec![waiting.source.clone()],
        });
        if waiting.delay_months.is_none() {
            drawn
                .missing
                .push(format!("By how long {} would delay {} is not known.", waiting.option_name, waiting.name));
        }
        if waiting.evidence.is_none() {
            drawn.missing.push(format!("No document shows that {} waits on the decision.", waiting.name));
        }
    }
    drawn
}

fn said(partners: &[Named], waiting: &Waiting) -> String {
    let who = name_of(partners, &waiting.authority);
    let delay = match waiting.delay_months {
        None => "may delay it, by a time that is not known".to_owned(),
        Some(0.0) => "would not delay it".to_owned(),
        Some(1.0) => "would delay it by one month".to_owned(),
        Some(months) => format!("would delay it by {months} months"),
    };
    let effect = waiting.statement.as_deref().map(|words| format!(" {}", sentence(words)));
    format!(
        "{} of {who} waits on the decision: {} {delay}.{}",
        waiting.name,
        waiting.option_name,
        effect.unwrap_or_default()
    )
}
