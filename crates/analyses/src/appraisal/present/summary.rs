//! The appraisal in short: a verdict on each option, one table of options, one of partners.

use penshaw_documents::{Block, Cell, Column, Inline, Row, RowKind, Table, Value};

use super::super::outcome::{CashOutcome, OptionOutcome, Outcome, PartnerOutcome};
use crate::named::{counted, sentence_list};

use super::{View, cell, figure, pounds, row, text};

/// The appraisal in short, headings from level 4.
pub fn summary(outcome: &Outcome) -> Vec<Block> {
    let view = View::new(outcome);
    if view.compared().next().is_none() {
        return vec![Block::words("No option moves any money against business as usual: there is nothing to compare.")];
    }
    let mut blocks = vec![
        Block::heading(4, "What each option is worth"),
        Block::List { ordered: false, items: view.compared().map(|option| verdict(&view, option)).collect() },
        Block::Table(options(&view)),
        Block::heading(4, "What it means for each partner"),
        Block::Table(partners(&view)),
    ];
    if !outcome.cautions.is_empty() {
        blocks.push(Block::note(
            "Read with care",
            format!(
                "{} bear on these figures; the annex lists them.",
                counted(outcome.cautions.len(), "caution", "cautions")
            ),
        ));
    }
    blocks
}

/// What the option is worth, to whom, and how sure that is.
fn verdict(view: &View, option: &OptionOutcome) -> Vec<Inline> {
    let sources = view.sources(option);
    let economic = &option.economic;
    let money = |amount: f64| figure(pounds(amount), &sources);
    let mut runs = vec![Inline::strong(&option.name), text(": over "), text(counted(option.years, "year", "years"))];
    let more = if economic.npsv < 0.0 { " less" } else { " more" };
    let than = if view.outcome.business_as_usual().is_some() { "business as usual" } else { "doing nothing" };
    runs.extend([
        text(" worth "),
        money(economic.npsv.abs()),
        text(format!("{more} than {than} to all partners together")),
    ]);
    let spread = &economic.spread;
    if spread.p90 > spread.p10 {
        runs.extend([
            text("; eight times in ten it lies between "),
            money(spread.p10),
            text(" and "),
            money(spread.p90),
            text(", and it is the best option in "),
            figure(Value::Percent(economic.probability_best), &sources),
            text(" of trials"),
        ]);
    }
    runs.push(text(". "));
    for (place, partner) in option.partners.iter().enumerate() {
        if place > 0 {
            runs.push(text(" "));
        }
        runs.extend(partner_verdict(partner, &sources));
    }
    runs.extend(who_would_refuse(option).map(text));
    runs
}

/// That some lose by what is worth having for all together: they have no reason of their own to agree.
fn who_would_refuse(option: &OptionOutcome) -> Option<String> {
    let losing = option.partners.iter().filter(|partner| partner.cash.net_present_cash < 0.0);
    let losing: Vec<&str> = losing.map(|partner| partner.name.as_str()).collect();
    let mixed = option.economic.npsv > 0.0 && !losing.is_empty() && losing.len() < option.partners.len();
    let (have, their) = if losing.len() == 1 { ("has", "its") } else { ("have", "their") };
    mixed.then(|| {
        let losing = sentence_list(&losing);
        format!(" All together gain by it, but as it stands {losing} {have} no reason of {their} own to agree.")
    })
}

fn partner_verdict(partner: &PartnerOutcome, sources: &[penshaw_basis::Source]) -> Vec<Inline> {
    let cash = &partner.cash;
    if cash.by_year.iter().all(|amount| *amount == 0.0) {
        return vec![text(format!("{} neither pays nor receives cash.", partner.name))];
    }
    let gains = if cash.net_present_cash < 0.0 { "loses" } else { "gains" };
    let mut runs = vec![
        text(format!("{} {gains} ", partner.name)),
        figure(pounds(cash.net_present_cash.abs()), sources),
        text(" in cash"),
    ];
    let peak = || figure(pounds(cash.peak_funding), sources);
    runs.extend(match (cash.payback_year, cash.peak_funding > 0.0) {
        (Some(year), true) => {
            let year = figure(Value::Year(year), sources);
            vec![text(", has to find up to "), peak(), text(" and has it back in "), year, text(".")]
        }
        (None, _) => vec![text(", has to find up to "), peak(), text(" and does not get it back in these years.")],
        (Some(_), false) => vec![text(" and has nothing to find first.")],
    });
    runs
}

fn options(view: &View) -> Table {
    let columns = vec![
        Column::words("Option"),
        Column::numbers("NPSV, base case"),
        Column::numbers("P10"),
        Column::numbers("P90"),
        Column::numbers("Best of all"),
    ];
    let caption = "Options by net present social value (NPSV), all partners together, against business as usual";
    let mut table = Table::new("appraisal-options", caption, columns);
    for option in &view.outcome.options {
        let sources = view.sources(option);
        let economic = &option.economic;
        let sampled = |value: Value| if view.outcome.simulation.ranges > 0 { value } else { Value::Nothing };
        let values = [
            pounds(economic.npsv),
            sampled(pounds(economic.spread.p10)),
            sampled(pounds(economic.spread.p90)),
            Value::Percent(economic.probability_best),
        ];
        let name = format!("{} ({})", option.name, option.role);
        let name = if option.role.is_empty() || option.role.eq_ignore_ascii_case(&option.name) {
            option.name.clone()
        } else {
            name
        };
        table.push(row(name, values.into_iter().map(|value| cell(value, &sources)).collect()));
    }
    table.note = format!(
        "In prices of {}, discounted. P10 and P90: one trial in ten lies below the first, one in ten above the second. \
         Best of all: the share of trials in which the option is worth the most.",
        view.outcome.base_year
    );
    table
}

fn partners(view: &View) -> Table {
    let columns = vec![
        Column::words("Partner"),
        Column::numbers("Net present cash"),
        Column::numbers("Has it back in"),
        Column::numbers("Peak funding"),
        Column::numbers("Probability of gaining"),
    ];
    let caption = "Cash of each partner under each option, against business as usual";
    let mut table = Table::new("appraisal-partners", caption, columns);
    for option in view.compared() {
        let mut group = vec![Cell::empty(); 5];
        group[0] = Cell::words(&option.name);
        table.push(Row { kind: RowKind::Group, cells: group });
        let sources = view.sources(option);
        for partner in &option.partners {
            let cash = &partner.cash;
            let cells = vec![
                cell(pounds(cash.net_present_cash), &sources),
                cell(payback_words(cash), &sources),
                cell(pounds(cash.peak_funding), &sources),
                cell(Value::Percent(partner.spread.probability_positive), &sources),
            ];
            table.push(row(&partner.name, cells));
        }
    }
    table.note = "Net present cash counts grants, recharges and the partner's share of joint lines, and leaves out \
                  benefits that release no cash. Peak funding is the most that has to be found at one time."
        .into();
    table
}

/// When what was spent has been made good, in a word or two.
pub(super) fn payback_words(cash: &CashOutcome) -> Value {
    match cash.payback_year {
        Some(_) if cash.peak_funding == 0.0 => Value::text("nothing to find"),
        Some(year) => Value::Year(year),
        None if cash.by_year.iter().all(|amount| *amount == 0.0) => Value::Nothing,
        None => Value::text("not in these years"),
    }
}
