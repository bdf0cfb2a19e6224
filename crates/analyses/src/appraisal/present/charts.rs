//! Charts of an option: how its value spreads, its cash over time, the bridge, what each doubt does.

use penshaw_documents::{Band, Bar, Cell, Chart, ChartKind, Column, Marker, Row, RowKind, Series, Table, Value};

use super::super::outcome::OptionOutcome;
use super::series::ByYear;
use super::{View, cell, pounds, row};

/// How many bars of a histogram stand in one row of the table behind it.
const MERGED: usize = 4;

/// How the option's NPSV spreads over the trials; none where nothing about it is uncertain.
pub(super) fn histogram(view: &View, option: &OptionOutcome) -> Option<Chart> {
    let spread = &option.economic.spread;
    if spread.p90 <= spread.p10 || spread.counts.is_empty() {
        return None;
    }
    let marker = |label: &str, value| Marker { label: label.into(), value };
    let columns = vec![Column::words("NPSV"), Column::numbers("Share of trials")];
    let mut table = Table::new(
        format!("spread-{}", option.reference),
        format!("How often the NPSV of {} lay where", option.name),
        columns,
    );
    let sources = view.sources(option);
    let trials = view.outcome.simulation.trials as f64;
    for (place, counts) in spread.counts.chunks(MERGED).enumerate() {
        let from = spread.from + spread.width * (place * MERGED) as f64;
        let to = from + spread.width * counts.len() as f64;
        let share = counts.iter().sum::<u64>() as f64 / trials;
        table.push(row(format!("{} to {}", pounds(from), pounds(to)), vec![cell(Value::Percent(share), &sources)]));
    }
    table.note = "The few trials beyond the ends are left out.".into();
    Some(Chart {
        id: format!("spread-chart-{}", option.reference),
        caption: format!("Distribution of the NPSV of {}", option.name),
        alternative: format!(
            "Half of the trials lie above {}, and eight in ten between {} and {}; {} are above nought.",
            pounds(spread.p50),
            pounds(spread.p10),
            pounds(spread.p90),
            Value::Percent(spread.probability_positive)
        ),
        horizontal: "NPSV, £".into(),
        vertical: "Trials".into(),
        kind: ChartKind::Histogram {
            from: spread.from,
            width: spread.width,
            counts: spread.counts.clone(),
            markers: vec![marker("P10", spread.p10), marker("P50", spread.p50), marker("P90", spread.p90)],
        },
        table,
    })
}

/// Cash so far of each partner and of all.
pub(super) fn cumulative(view: &View, option: &OptionOutcome) -> Option<Chart> {
    if option.joint.by_year.iter().all(|cash| *cash == 0.0) {
        return None;
    }
    let sources = view.sources(option);
    let partners = option.partners.iter().map(|partner| (partner.name.as_str(), &partner.cash.cumulative));
    let alone = option.partners.len() == 1;
    let all = (!alone).then_some(("All partners", &option.joint.cumulative));
    let named: Vec<(&str, &Vec<f64>)> = partners.chain(all).collect();
    let mut by_year = ByYear::default();
    named.iter().for_each(|(name, cash)| by_year.balance(*name, cash, &sources));
    let caption = format!("Cash of {} so far, against business as usual", option.name);
    let table = by_year.one_table(view, &format!("cash-so-far-{}", option.reference), &caption);
    let joint = &option.joint;
    let back = match joint.payback_year {
        Some(year) if joint.peak_funding > 0.0 => format!("and it is made good in {year}"),
        Some(_) => "and nothing has to be found first".into(),
        None => "and it is not made good in these years".into(),
    };
    Some(Chart {
        id: format!("cash-so-far-chart-{}", option.reference),
        caption,
        alternative: match alone {
            true => format!("Up to {} has to be found, {back}.", pounds(joint.peak_funding)),
            false => format!("All partners together have to find up to {}, {back}.", pounds(joint.peak_funding)),
        },
        horizontal: "Financial year".into(),
        vertical: "Cash so far, £".into(),
        kind: ChartKind::Lines {
            steps: view.outcome.years.iter().map(ToString::to_string).collect(),
            series: named
                .iter()
                .map(|(name, cash)| Series { label: (*name).into(), values: (*cash).clone() })
                .collect(),
        },
        table,
    })
}

/// The table of the bridge from NPSV to net present cash.
pub(super) fn bridge_table(view: &View, option: &OptionOutcome) -> Table {
    let columns = vec![Column::words("Step"), Column::numbers("Amount")];
    let caption = format!("From the NPSV of {} to the partners' net present cash", option.name);
    let mut table = Table::new(format!("bridge-{}", option.reference), caption, columns);
    let sources = view.sources(option);
    let last = option.bridge.len().saturating_sub(1);
    for (place, step) in option.bridge.iter().enumerate() {
        let kind = if place == last { RowKind::Total } else { RowKind::Body };
        table.push(Row { kind, cells: vec![Cell::words(&step.label), cell(pounds(step.amount), &sources)] });
    }
    table
}

/// The bridge, where it has steps.
pub(super) fn bridge(view: &View, option: &OptionOutcome) -> Option<Chart> {
    let (first, last) = (option.bridge.first()?, option.bridge.last()?);
    if option.bridge.len() < 3 {
        return None;
    }
    let bar = |step: &super::super::outcome::Step| Bar { label: step.label.clone(), value: step.amount };
    Some(Chart {
        id: format!("bridge-chart-{}", option.reference),
        caption: format!("From value to cash: {}", option.name),
        alternative: format!(
            "An NPSV of {} becomes net present cash of {} once what is no cash is taken off and what is only cash is added.",
            pounds(first.amount),
            pounds(last.amount)
        ),
        horizontal: String::new(),
        vertical: "Present value, £".into(),
        kind: ChartKind::Bridge { bars: option.bridge.iter().map(bar).collect() },
        table: bridge_table(view, option),
    })
}

/// How many doubts are shown.
const WIDEST: usize = 10;

/// The widest doubts of an option as a table.
pub(super) fn tornado_table(view: &View, option: &OptionOutcome) -> Table {
    let columns = vec![
        Column::words("Doubt"),
        Column::words("From"),
        Column::words("To"),
        Column::numbers("NPSV at the one"),
        Column::numbers("NPSV at the other"),
    ];
    let caption = format!("What each doubt alone does to the NPSV of {}", option.name);
    let mut table = Table::new(format!("tornado-{}", option.reference), caption, columns);
    for one in option.sensitivities.iter().take(WIDEST) {
        let mut sources = one.sources.clone();
        sources.extend(view.outcome.parameters.iter().cloned());
        let mut cells: Vec<Cell> = [&one.low_at, &one.high_at].map(|words| cell(Value::text(words), &sources)).into();
        cells.extend([one.low, one.high].map(|amount| cell(pounds(amount), &sources)));
        table.push(row(&one.label, cells));
    }
    let left = option.sensitivities.len().saturating_sub(WIDEST);
    table.note = "Each range goes from its P10 to its P90, each optimism bias from none to its upper bound; \
                  all else stays at its mean."
        .into();
    if left > 0 {
        table.note.push_str(&format!(" The {left} narrower ones are left out."));
    }
    table
}

/// The widest doubts of an option, drawn.
pub(super) fn tornado(view: &View, option: &OptionOutcome) -> Option<Chart> {
    let widest = option.sensitivities.first()?;
    let band =
        |one: &super::super::outcome::Sensitivity| Band { label: one.label.clone(), low: one.low, high: one.high };
    Some(Chart {
        id: format!("tornado-chart-{}", option.reference),
        caption: format!("Doubts about {}, the widest first", option.name),
        alternative: format!(
            "{} matters most: it alone takes NPSV from {} to {}.",
            widest.label,
            pounds(widest.low),
            pounds(widest.high)
        ),
        horizontal: "NPSV, £".into(),
        vertical: String::new(),
        kind: ChartKind::Tornado {
            middle: option.economic.npsv,
            bands: option.sensitivities.iter().take(WIDEST).map(band).collect(),
        },
        table: tornado_table(view, option),
    })
}
