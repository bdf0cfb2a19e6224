//! The other tables: without a licence, definitions, ways of delivering, ends of support, what could be done.

use penshaw_basis::Money;
use penshaw_documents::{Cell, Column, Row, Table, Value};

use super::super::outcome::{Asks, ModelTerms, Outcome, SupportEnd, SupportState};
use super::positions::{MOST_ROWS, OTHERS, count, words};
use crate::named::{name_of, sentence_list};

fn table(id: &str, caption: &str, columns: Vec<Column>, rows: Vec<Row>) -> Option<Table> {
    let mut table = Table::new(id, caption, columns);
    let any = !rows.is_empty();
    rows.into_iter().for_each(|row| table.push(row));
    any.then(|| table.first(MOST_ROWS, OTHERS))
}

/// What is used without a licence.
pub(super) fn unlicensed(outcome: &Outcome) -> Option<Table> {
    let rows = outcome.unlicensed.iter().map(|one| {
        Row::body(vec![
            words(&one.product, &one.sources),
            Cell::words(name_of(&outcome.partners, &one.authority)),
            words(&one.measured, &one.sources),
        ])
    });
    let caption = "What is used although no licence of that product was found: free software, a licence not recorded, or a shortage";
    let columns = ["Product", "Authority", "Measured"].map(Column::words).to_vec();
    table("licences-unlicensed", caption, columns, rows.collect())
}

/// Definitions that differ.
pub(super) fn definitions(outcome: &Outcome) -> Option<Table> {
    let each = outcome.definitions.iter().flat_map(|one| one.each.iter().map(move |each| (one, each)));
    let rows = each.map(|(one, each)| {
        let names: Vec<&str> = each.authorities.iter().map(|code| name_of(&outcome.partners, code)).collect();
        let said = if each.words.is_empty() { "not recorded".to_owned() } else { each.words.clone() };
        Row::body(vec![
            Cell::words(&one.product),
            Cell::words(&one.metric),
            words(sentence_list(&names), &each.sources),
            words(said, &each.sources),
        ])
    });
    let caption = "Metrics of one name that contracts define in different words: they are not pooled";
    let columns = ["Product", "Metric", "Authorities", "The contract's own words"].map(Column::words).to_vec();
    table("licences-definitions", caption, columns, rows.collect())
}

/// What each way of delivering asks of the licences.
pub(super) fn delivery(outcome: &Outcome) -> Option<Table> {
    let mut columns = ["Delivery model", "Options", "Asks"].map(Column::words).to_vec();
    columns.extend(["Allow it", "Do not", "Do not say"].map(Column::numbers));
    columns.extend(["Cost a year of those that do not", "Of those that do not say"].map(Column::numbers));
    let caption = "Licences whose price and terms survive each way of delivering";
    let any = outcome.delivery.iter().any(|terms| terms.kept + terms.lost + terms.unknown > 0);
    let rows = outcome.delivery.iter().filter(|_| any).map(delivery_row);
    table("licences-delivery", caption, columns, rows.collect())
}

fn delivery_row(terms: &ModelTerms) -> Row {
    let asks = match terms.asks {
        Asks::Nothing => "nothing",
        Asks::Affiliates => "that a partner's staff may use them",
        Asks::Companies => "that a company keeps their price and terms",
    };
    let money = |amount: Money| Cell::new(Value::Money(amount), terms.sources.clone());
    Row::body(vec![
        Cell::words(&terms.model),
        Cell::words(sentence_list(&terms.options)),
        Cell::words(format!("{asks}: {}", terms.why)),
        count(terms.kept as u64, &[]),
        count(terms.lost as u64, &terms.sources),
        count(terms.unknown as u64, &terms.sources),
        money(terms.cost_lost),
        money(terms.cost_unknown),
    ])
}

/// When support ends, what has ended and ends soon first.
pub(super) fn support(outcome: &Outcome) -> Option<Table> {
    let columns = [
        "Application or product",
        "Authority",
        "Version",
        "Release",
        "Support ends",
        "Extended support ends",
        "Standing",
    ];
    let columns = columns.map(Column::words).to_vec();
    let near = outcome.support.iter().filter(|end| end.state <= SupportState::Later);
    let rows: Vec<Row> = near.map(|end| support_row(outcome, end)).collect();
    let far = outcome.support.len() - rows.len();
    let [_, within] = outcome.warn_months;
    let caption = format!("What has lost its support, or loses it within {within} months");
    let mut table = table("licences-support", &caption, columns, rows)?;
    let later =
        format!("{far} more lose it later, or no end is known. Extended support is bought beyond the end of support.");
    table.note = format!("{} {later}", table.note).trim().to_owned();
    Some(table)
}

fn support_row(outcome: &Outcome, end: &SupportEnd) -> Row {
    let [soon, later] = outcome.warn_months;
    let standing = match end.state {
        SupportState::Ended => "ended".to_owned(),
        SupportState::Soon => format!("ends within {soon} months"),
        _ => format!("ends within {later} months"),
    };
    let day = |day: Option<penshaw_basis::Date>, otherwise: &str| match day {
        Some(day) => Cell::new(Value::Day(day), end.sources.clone()),
        None => words(otherwise, &end.sources),
    };
    let release = match (&end.release, end.recorded) {
        (Some(release), false) => release.clone(),
        (Some(release), true) => format!("{release}; the day is the owner's"),
        (None, _) => "the day is the owner's".to_owned(),
    };
    Row::body(vec![
        words(&end.name, &end.sources),
        Cell::words(name_of(&outcome.partners, &end.authority)),
        words(&end.version, &end.sources),
        words(release, &end.sources),
        day(end.ends, "on an earlier day"),
        day(end.extended, "none published"),
        Cell::words(standing),
    ])
}

/// What could be done, with what it saves in a year.
pub(super) fn opportunities(outcome: &Outcome) -> Option<Table> {
    let mut columns = vec![Column::words("What"), Column::words("From")];
    columns.extend(["Least a year", "Likeliest a year", "Most a year"].map(Column::numbers));
    columns.push(Column::words("In the way"));
    let rows = outcome.opportunities.iter().map(|one| {
        let first = one.amounts.first().map(|amount| amount.year);
        let of_first = || one.amounts.iter().filter(|amount| Some(amount.year) == first);
        let money = |amount: Money| Cell::new(Value::Money(amount), one.sources.clone());
        Row::body(vec![
            words(&one.description, &one.sources),
            one.earliest.map_or_else(|| Cell::words("not known"), |day| Cell::plain(Value::Day(day))),
            money(of_first().map(|amount| amount.low).sum()),
            money(of_first().map(|amount| amount.likely).sum()),
            money(of_first().map(|amount| amount.high).sum()),
            Cell::words(one.blockers.join(" ")),
        ])
    });
    let caption = "What could be done, as lines that an option may take up";
    let mut table = table("licences-opportunities", caption, columns, rows.collect())?;
    let what =
        "Reuse spares a purchase that would otherwise be due; giving licences up saves money that is paid today.";
    table.note = format!("{} {what}", table.note).trim().to_owned();
    Some(table)
}
