//! The tables of what is the same: functions, products, matches, suppliers, suggestions.

use penshaw_basis::{Date, Money, Source};
use penshaw_documents::{Cell, Column, Row, RowKind, Table, Value};

use super::super::outcome::{FunctionRow, Match, Member, NamedEntry, Outcome, ProductGroup, ProductOfFunction};
use super::OTHERS;
use crate::named::{counted, name_of, sentence_list};

/// Up to so many authorities have a column of their own in the matrix.
const MOST_COLUMNS: usize = 6;
/// Rows that a table prints at most.
const ROWS: usize = 40;
/// Groups that are printed at most, and members of each.
const GROUPS: usize = 25;
const MEMBERS: usize = 6;
/// Names that a cell spells out at most.
const IN_A_CELL: usize = 3;

fn count(number: usize, sources: Vec<Source>) -> Cell {
    Cell::new(Value::Count(i64::try_from(number).unwrap_or(i64::MAX)), sources)
}

fn sure(probability: f64) -> Cell {
    Cell::plain(Value::Number { number: probability, decimals: 2 })
}

fn money(amount: Option<Money>, source: &Source) -> Cell {
    Cell::new(amount.map_or(Value::Nothing, Value::Money), vec![source.clone()])
}

fn day(day: Option<Date>) -> Cell {
    Cell::plain(day.map_or(Value::Nothing, Value::Day))
}

fn text(words: Option<&str>) -> Cell {
    match words.map(str::trim) {
        None | Some("") => Value::Nothing.into(),
        Some(words) => Cell::words(words),
    }
}

/// A row that begins a group: only its first cell has words.
fn group(words: String, columns: usize) -> Row {
    let cells = std::iter::once(Cell::words(words)).chain((1..columns).map(|_| Cell::empty())).collect();
    Row { kind: RowKind::Group, cells }
}

/// The first few names, and how many more there are.
fn some(names: &[String]) -> String {
    let first = &names[..names.len().min(IN_A_CELL)];
    match names.len() - first.len() {
        0 => sentence_list(first),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

pub(super) fn matrix(outcome: &Outcome) -> Option<Table> {
    let used: Vec<&FunctionRow> = outcome.matrix.iter().filter(|row| !row.cells.is_empty()).collect();
    if used.is_empty() {
        return None;
    }
    let few = outcome.partners.len() <= MOST_COLUMNS;
    let mut columns = vec![Column::words("Function")];
    if few {
        columns.extend(outcome.partners.iter().map(|partner| Column::words(&partner.name)));
    } else {
        columns.extend([Column::numbers("Authorities"), Column::numbers("Applications"), Column::words("Among them")]);
    }
    columns.push(Column::numbers("Products"));
    let mut table = Table::new("overlap-matrix", "Applications of each authority by function", columns);
    for row in used {
        let applications: usize = row.cells.iter().map(|cell| cell.applications.len()).sum();
        if row.rolled_up {
            let words = format!(
                "{}: {} of {}",
                row.label,
                counted(applications, "application", "applications"),
                counted(row.cells.len(), "authority", "authorities")
            );
            let columns = table.columns.len();
            table.push(group(words, columns));
        } else {
            let row = function_row(outcome, row, few);
            table.push(row);
        }
    }
    "A function with two or more products at different authorities may be served by one. The list is that of the LGA/ESD \
     standards; names without a number are of applications that record no function."
        .clone_into(&mut table.note);
    Some(table.first(ROWS, OTHERS))
}

fn function_row(outcome: &Outcome, row: &FunctionRow, few: bool) -> Row {
    let heading = if row.function.is_empty() { row.label.clone() } else { format!("{} {}", row.function, row.label) };
    let mut cells = vec![Cell::words(heading)];
    let sources = |applications: &[NamedEntry]| -> Vec<Source> {
        applications.iter().take(ROWS).map(|named| named.entry.clone()).collect()
    };
    let names = |applications: &[NamedEntry]| -> Vec<String> {
        applications.iter().map(|named| named.name.trim().to_owned()).collect()
    };
    if few {
        cells.extend(outcome.partners.iter().map(|partner| {
            let cell = row.cells.iter().find(|cell| cell.authority == partner.code);
            cell.map_or_else(
                || Value::Nothing.into(),
                |cell| Cell::new(Value::text(some(&names(&cell.applications))), sources(&cell.applications)),
            )
        }));
    } else {
        let all: Vec<NamedEntry> = row.cells.iter().flat_map(|cell| cell.applications.iter().cloned()).collect();
        let mut named = names(&all);
        named.sort();
        named.dedup();
        cells.push(count(row.cells.len(), Vec::new()));
        cells.push(count(all.len(), sources(&all)));
        cells.push(Cell::words(some(&named)));
    }
    cells.push(count(row.products, Vec::new()));
    Row::body(cells)
}

pub(super) fn groups(outcome: &Outcome) -> Option<Table> {
    if outcome.groups.is_empty() {
        return None;
    }
    let columns = vec![
        Column::words("Authority"),
        Column::words("Its name there"),
        Column::words("Supplier"),
        Column::words("Version"),
        Column::numbers("Users"),
        Column::numbers("Cost a year"),
        Column::words("Contract ends"),
        Column::numbers("How sure"),
    ];
    let mut table = Table::new("overlap-groups", "Entries that mean the same product", columns);
    for product in outcome.groups.iter().take(GROUPS) {
        let columns = table.columns.len();
        table.push(group(heading(product), columns));
        for member in product.members.iter().take(MEMBERS) {
            table.push(member_row(outcome, member));
        }
        if product.members.len() > MEMBERS {
            let more = format!("and {} more", product.members.len() - MEMBERS);
            let cells = std::iter::once(Cell::words(more)).chain((1..columns).map(|_| Cell::empty()));
            table.push(Row::body(cells.collect()));
        }
    }
    let left = outcome.groups.len().saturating_sub(GROUPS);
    let more = if left > 0 { format!("{left} more groups are in the answer as data. ") } else { String::new() };
    table.note = format!("{more}How sure: how probable it is that the entry belongs to the group.");
    Some(table)
}

fn heading(product: &ProductGroup) -> String {
    let whose = match product.authorities {
        1 => format!("{} at one authority", counted(product.members.len(), "entry", "entries")),
        authorities => format!("{} of {authorities} authorities", counted(product.members.len(), "entry", "entries")),
    };
    let without = match product.without_cost {
        0 => String::new(),
        without => format!(", {without} without a cost"),
    };
    format!("{}: {whose}, {} a year{without}", product.name, Value::Money(product.annual_cost))
}

fn member_row(outcome: &Outcome, member: &Member) -> Row {
    let own = || vec![member.entry.clone()];
    let users = member.users.and_then(|users| i64::try_from(users).ok());
    Row::body(vec![
        Cell::new(Value::text(name_of(&outcome.partners, &member.authority)), own()),
        Cell::words(member.name.trim()),
        text(member.supplier.as_deref()),
        text(member.version.as_deref()),
        Cell::new(users.map_or(Value::Nothing, Value::Count), own()),
        money(member.annual_cost, &member.entry),
        day(member.contract_ends),
        sure(member.probability),
    ])
}

fn product(product: &ProductOfFunction) -> Cell {
    let entries: Vec<String> = product.entries.iter().map(Source::to_string).collect();
    let words = format!("{} ({})", product.name, some(&entries));
    Cell::new(Value::text(words), product.entries.iter().take(ROWS).cloned().collect())
}

pub(super) fn duplicates(outcome: &Outcome) -> Option<Table> {
    let columns = vec![
        Column::words("Function"),
        Column::words("Products of which one would do"),
        Column::numbers("How sure"),
        Column::words("What speaks for it and against it"),
    ];
    let caption = "Functions that authorities serve with different products";
    let mut table = Table::new("overlap-duplicates", caption, columns);
    for function in &outcome.shared_functions {
        for duplicates in &function.duplicates {
            let names: Vec<String> = duplicates
                .products
                .iter()
                .map(|product| format!("{} ({})", product.name, entries_of(product)))
                .collect();
            let sources: Vec<Source> =
                duplicates.products.iter().flat_map(|product| product.entries.iter().cloned()).take(ROWS).collect();
            table.push(Row::body(vec![
                Cell::words(&function.label),
                Cell::new(Value::text(some(&names)), sources),
                sure(duplicates.probability),
                text(Some(&duplicates.reasons.join("; "))),
            ]));
        }
    }
    "How sure, and the reasons, are those of the least sure two of the products.".clone_into(&mut table.note);
    (!table.rows.is_empty()).then(|| table.first(ROWS, OTHERS))
}

fn entries_of(product: &ProductOfFunction) -> String {
    let entries: Vec<String> = product.entries.iter().map(Source::to_string).collect();
    some(&entries)
}

pub(super) fn complements(outcome: &Outcome) -> Option<Table> {
    let columns = vec![
        Column::words("Function"),
        Column::words("Product"),
        Column::words("Complements"),
        Column::words("What speaks for it"),
    ];
    let caption = "Products of one function that complement each other: nothing is offered for them";
    let mut table = Table::new("overlap-complements", caption, columns);
    for function in &outcome.shared_functions {
        for complement in &function.complements {
            table.push(Row::body(vec![
                Cell::words(&function.label),
                product(&complement.other),
                product(&complement.one),
                text(Some(&complement.reasons.join("; "))),
            ]));
        }
    }
    (!table.rows.is_empty()).then(|| table.first(ROWS, OTHERS))
}

pub(super) fn to_review(outcome: &Outcome) -> Option<Table> {
    let open: Vec<&Match> = outcome.matches.iter().filter(|one| one.review.is_none()).collect();
    let unsure: Vec<&Match> = open.into_iter().filter(|one| one.probability < SURE).collect();
    let columns = vec![
        Column::words("Entry"),
        Column::words("Other entry"),
        Column::numbers("Probability"),
        Column::numbers("Money at stake a year"),
        Column::words("What speaks for it and against it"),
    ];
    let caption = "Matches that a person should confirm or reject, the most expected money first";
    let mut table = Table::new("overlap-review", caption, columns);
    for one in &unsure {
        let cell = |entry: &Source, name: &str, supplier: &Option<String>| {
            let supplier = supplier.as_deref().map_or(String::new(), |supplier| format!(", {supplier}"));
            Cell::new(Value::text(format!("{} ({entry}{supplier})", name.trim())), vec![entry.clone()])
        };
        table.push(Row::body(vec![
            cell(&one.one, &one.one_name, &one.one_supplier),
            cell(&one.other, &one.other_name, &one.other_supplier),
            sure(one.probability),
            Cell::new(one.at_stake.map_or(Value::Nothing, Value::Money), vec![one.one.clone(), one.other.clone()]),
            Cell::words(one.reasons.join("; ")),
        ]));
    }
    let more = match outcome.more_matches {
        0 => String::new(),
        more => format!("{more} more unsure matches are not listed anywhere: review these, and work it out again. "),
    };
    table.note = format!(
        "{more}Money at stake is the smaller of the two annual costs; expected is what may be misjudged of it. \
         A review binds and teaches: say \"same product\", \"same function only\" or \"different\" in the sheet Product reviews."
    );
    (!table.rows.is_empty()).then(|| table.first(ROWS, OTHERS))
}

/// Matches that are at least so probable need no review before others.
const SURE: f64 = 0.9;

pub(super) fn suppliers(outcome: &Outcome) -> Option<Table> {
    let columns = vec![
        Column::words("Supplier"),
        Column::words("Also found as"),
        Column::numbers("Authorities"),
        Column::numbers("Contracts"),
        Column::numbers("Contracts a year"),
        Column::numbers("Applications"),
        Column::numbers("Applications a year"),
    ];
    let mut table = Table::new("overlap-suppliers", "Suppliers under all their names, and what they are paid", columns);
    for supplier in outcome.suppliers.iter().take(2 * ROWS) {
        let others: Vec<String> = supplier.names.iter().filter(|name| **name != supplier.name).cloned().collect();
        let contracts: Vec<Source> = supplier.authorities.iter().flat_map(|to| to.contracts.iter().cloned()).collect();
        let applications: Vec<Source> =
            supplier.authorities.iter().flat_map(|to| to.applications.iter().cloned()).collect();
        let first = |sources: &[Source]| sources.iter().take(ROWS).cloned().collect::<Vec<_>>();
        table.push(Row::body(vec![
            Cell::words(&supplier.name),
            text(Some(&some(&others))),
            count(supplier.authorities.len(), Vec::new()),
            count(contracts.len(), first(&contracts)),
            Cell::new(Value::Money(supplier.contracts_a_year), first(&contracts)),
            count(applications.len(), first(&applications)),
            Cell::new(Value::Money(supplier.applications_a_year), first(&applications)),
        ]));
    }
    let left = outcome.suppliers.len() - table.rows.len();
    let more = if left > 0 {
        format!("Of {} the first; the others are in the answer as data. ", outcome.suppliers.len())
    } else {
        String::new()
    };
    table.note = format!("{more}Applications may be bought under the contracts, so the two sums are not added.");
    (!table.rows.is_empty()).then(|| table.first(ROWS, OTHERS))
}

pub(super) fn perhaps(outcome: &Outcome) -> Option<Table> {
    let columns = vec![Column::words("Name"), Column::words("Other name"), Column::words("Why")];
    let caption = "Names that may be of one supplier: say which in the sheet Supplier names";
    let mut table = Table::new("overlap-perhaps-suppliers", caption, columns);
    for perhaps in &outcome.perhaps_suppliers {
        table.push(Row::body(vec![
            Cell::words(&perhaps.one),
            Cell::words(&perhaps.other),
            Cell::words(&perhaps.reason),
        ]));
    }
    (!table.rows.is_empty()).then(|| table.first(ROWS, OTHERS))
}

pub(super) fn suggestions(outcome: &Outcome) -> Option<Table> {
    let columns = vec![
        Column::words("Application"),
        Column::words("Authority"),
        Column::words("Function suggested"),
        Column::numbers("How sure"),
        Column::words("Because of"),
    ];
    let caption = "Functions suggested for applications that record none: enter those that are right";
    let mut table = Table::new("overlap-suggestions", caption, columns);
    for suggestion in &outcome.suggestions {
        table.push(Row::body(vec![
            Cell::new(Value::text(suggestion.name.trim()), vec![suggestion.entry.clone()]),
            Cell::words(name_of(&outcome.partners, &suggestion.authority)),
            Cell::words(format!("{} {}", suggestion.function, suggestion.label)),
            sure(suggestion.probability),
            Cell::words(&suggestion.reason),
        ]));
    }
    (!table.rows.is_empty()).then(|| table.first(ROWS, OTHERS))
}
