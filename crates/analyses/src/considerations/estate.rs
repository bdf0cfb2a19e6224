//! Property implications: the sites and hardware that options would share, and what already stands at a partner's site.

use super::drawn::Drawn;
use super::{Input, Premises, Statement};
use crate::named::{ListedOption, counted, name_of};

pub(super) fn drawn(input: &Input) -> Drawn {
    let shared: Vec<String> = input
        .options
        .iter()
        .filter(|option| matches!(option.course.as_str(), "integrate" | "collaborate"))
        .map(|option| option.reference.clone())
        .collect();
    let hosted = input.premises.iter().any(|premises| premises.away > 0);
    let mut drawn = Drawn::default();
    if shared.is_empty() && !hosted {
        drawn.not_applicable = (!input.options.is_empty()).then(|| Statement {
            text: "No option shares a site, and no hardware is recorded at a partner's site.".into(),
            options: Vec::new(),
            sources: input.options.iter().map(ListedOption::source).collect(),
        });
        return drawn;
    }
    for premises in &input.premises {
        let name = name_of(&input.partners, &premises.authority);
        if premises.sites + premises.hardware > 0 {
            drawn.statements.push(Statement {
                text: said(name, premises),
                options: shared.clone(),
                sources: premises.sources.clone(),
            });
        }
        match (premises.sites, premises.kept_back) {
            (_, 1..) => drawn.missing.push(format!(
                "{name} keeps back {}.",
                counted(premises.kept_back, "site or entry of hardware", "sites and entries of hardware")
            )),
            (0, 0) => drawn.missing.push(format!("The sites of {name} are not recorded.")),
            _ => {}
        }
    }
    drawn
}

fn said(name: &str, premises: &Premises) -> String {
    let recorded = format!(
        "{name} has {} and {} on the register",
        counted(premises.sites, "site", "sites"),
        counted(premises.hardware, "entry of hardware", "entries of hardware")
    );
    match premises.away {
        0 => format!("{recorded}."),
        1 => format!("{recorded}, one of which stands at a partner's site."),
        away => format!("{recorded}, {away} of which stand at a partner's site."),
    }
}
