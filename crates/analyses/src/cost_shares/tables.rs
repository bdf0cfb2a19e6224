//! The tables and the chart of a cost-shares answer.

use penshaw_documents::{Bar, Cell, Chart, ChartKind, Column, Row, Table};

use super::amounts::{Amounts, in_order};
use super::{Answer, DropOut, Method, Outcome};

/// The most partners who each have a column; more have a row each.
const MOST_COLUMNS: usize = 6;
/// The most groups of one way of sharing that the table names.
const NAMED: usize = 5;

/// What each would pay, by each way of sharing.
pub(super) fn shares(outcome: &Outcome, amounts: &Amounts) -> Table {
    if outcome.members.len() <= MOST_COLUMNS {
        shares_by_method(outcome, amounts)
    } else {
        shares_by_member(outcome, amounts)
    }
}

fn shares_by_method(outcome: &Outcome, amounts: &Amounts) -> Table {
    let mut columns = vec![Column::words("Way of sharing")];
    columns.extend(outcome.members.iter().map(|member| Column::numbers(&member.code)));
    columns.extend([Column::numbers("All"), Column::words("Who would pay less apart")]);
    let mut table = Table::new("cost-shares", "What each would pay, by way of sharing", columns);
    let sum: f64 = in_order(outcome, &outcome.stand_alone).iter().sum();
    let mut apart = vec![Cell::words("Each apart")];
    apart.extend(amounts.cells(&in_order(outcome, &outcome.stand_alone), sum));
    apart.extend([amounts.cell(sum), Cell::words("")]);
    table.push(Row::body(apart));
    for (method, answer) in &outcome.methods {
        let mut cells = vec![Cell::words(label(outcome, *method))];
        cells.extend(amounts.shares(outcome, *method).into_iter().map(|share| amounts.cell(share)));
        cells.extend([amounts.cell(outcome.grand_cost), Cell::words(who(answer))]);
        table.push(Row::body(cells));
    }
    table
}

/// For many partners: a row each, under the way that is judged and those of the theory.
fn shares_by_member(outcome: &Outcome, amounts: &Amounts) -> Table {
    let (judged, _) = outcome.judged();
    let theory = [Method::SeparableCostsRemainingBenefits, Method::ShapleyValue, Method::Nucleolus];
    let mut methods: Vec<Method> = theory.into_iter().filter(|method| outcome.methods.contains_key(method)).collect();
    if !methods.contains(&judged) {
        methods.insert(0, judged);
    }
    let mut columns = vec![Column::words("Partner"), Column::numbers("Apart")];
    columns.extend(methods.iter().map(|method| Column::numbers(label(outcome, *method))));
    let mut table = Table::new("cost-shares", "What each would pay, by way of sharing", columns);
    let apart = in_order(outcome, &outcome.stand_alone);
    let sum = apart.iter().sum();
    let mut by_column = vec![amounts.cells(&apart, sum)];
    by_column.extend(
        methods
            .iter()
            .map(|method| amounts.cells(&in_order(outcome, &outcome.methods[method].shares), outcome.grand_cost)),
    );
    for (place, member) in outcome.members.iter().enumerate() {
        let mut cells = vec![Cell::words(&member.code)];
        cells.extend(by_column.iter().map(|column| column[place].clone()));
        table.push(Row::body(cells));
    }
    let mut total = vec![Cell::words("All"), amounts.cell(sum)];
    total.extend(methods.iter().map(|_| amounts.cell(outcome.grand_cost)));
    table.push(Row::total(total));
    table
}

fn label(outcome: &Outcome, method: Method) -> String {
    let in_force = if outcome.key_in_force == Some(method) { " (key in force)" } else { "" };
    format!("{}{in_force}", method.label())
}

fn who(answer: &Answer) -> String {
    match answer.would_leave.count {
        0 => "nobody".into(),
        1 => answer.would_leave.worst[0].members.join(" + "),
        count => format!("{count} groups"),
    }
}

/// What each saves under the way of sharing that is judged.
pub(super) fn savings(outcome: &Outcome, amounts: &Amounts) -> Chart {
    let (method, _) = outcome.judged();
    let shares = amounts.shares(outcome, method);
    let apart = amounts.alone(outcome);
    let saved: Vec<f64> = apart.iter().zip(&shares).map(|(apart, share)| apart - share).collect();
    let caption = format!("What each partner saves against standing alone: {}", label(outcome, method));
    let headings = ["Apart", "Share", "Saves"].map(Column::numbers);
    let columns = [Column::words("Partner")].into_iter().chain(headings).collect();
    let mut table = Table::new("cost-shares-savings-table", caption.clone(), columns);
    for (place, member) in outcome.members.iter().enumerate() {
        let figures = [apart[place], shares[place], saved[place]].map(|amount| amounts.cell(amount));
        table.push(Row::body([Cell::words(&member.name)].into_iter().chain(figures).collect()));
    }
    let bars = outcome.members.iter().zip(&saved);
    let bars = bars.map(|(member, saved)| Bar { label: member.name.clone(), value: *saved });
    Chart {
        id: "cost-shares-savings".into(),
        caption,
        alternative: finding(outcome, &saved, amounts),
        horizontal: format!("Saving ({})", amounts.axis()),
        vertical: "Partner".into(),
        kind: ChartKind::Bars { bars: bars.collect() },
        table,
    }
}

fn finding(outcome: &Outcome, saved: &[f64], amounts: &Amounts) -> String {
    let mut order: Vec<usize> = (0..saved.len()).collect();
    order.sort_by(|one, other| saved[*other].total_cmp(&saved[*one]));
    let told = order.iter().map(|place| {
        let name = &outcome.members[*place].name;
        let (does, size) = if saved[*place] < 0.0 { ("loses", -saved[*place]) } else { ("saves", saved[*place]) };
        format!("{name} {does} {}", amounts.value(size))
    });
    format!("{}.", told.collect::<Vec<_>>().join(", "))
}

/// The groups that would pay less apart, the worst of each way of sharing first; none if nobody would.
pub(super) fn would_leave(outcome: &Outcome, amounts: &Amounts) -> Option<Table> {
    let columns = vec![
        Column::words("Way of sharing"),
        Column::words("Who"),
        Column::numbers("Pays"),
        Column::numbers("Apart"),
        Column::numbers("Better off apart by"),
    ];
    let mut table = Table::new("cost-shares-leave", "Who would pay less apart, the worst first", columns);
    let mut more = Vec::new();
    for (method, answer) in &outcome.methods {
        let leaving = &answer.would_leave;
        for group in leaving.worst.iter().take(NAMED) {
            let figures = amounts.leaving(outcome, *method, group).map(|amount| amounts.cell(amount));
            let words = [Cell::words(label(outcome, *method)), Cell::words(group.members.join(" + "))];
            table.push(Row::body(words.into_iter().chain(figures).collect()));
        }
        if leaving.count > NAMED {
            more.push(format!("{}: {} in all", method.label(), leaving.count));
        }
    }
    if !more.is_empty() {
        table.note = format!("Only the worst {NAMED} of each way of sharing are named. {}.", more.join("; "));
    }
    (!table.rows.is_empty()).then_some(table)
}

/// What those who stay pay and save, and who of them then pays more than alone.
pub(super) fn drop_outs(outcome: &Outcome, amounts: &Amounts) -> Vec<Table> {
    let columns = vec![
        Column::words("Who leaves"),
        Column::numbers("The rest pay together"),
        Column::numbers("The rest save"),
        Column::words("Then pays more than alone"),
    ];
    let caption = format!("What follows if one partner leaves, or two: {}", after(outcome));
    let mut summary = Table::new("cost-shares-drop-outs", caption, columns);
    for drop_out in &outcome.drop_outs {
        let figures = [drop_out.rest_cost, drop_out.rest_saves].map(|amount| amounts.cell(amount));
        let mut cells = vec![Cell::words(drop_out.leaving.join(" + "))];
        cells.extend(figures);
        cells.push(Cell::words(worse_off(outcome, drop_out, amounts)));
        summary.push(Row::body(cells));
    }
    let mut tables = vec![summary];
    if outcome.members.len() <= MOST_COLUMNS {
        tables.push(after_one_leaves(outcome, amounts));
    }
    tables
}

/// The way of sharing by which those who stay are taken to share.
fn after(outcome: &Outcome) -> String {
    label(outcome, outcome.judged().0)
}

fn worse_off(outcome: &Outcome, drop_out: &DropOut, amounts: &Amounts) -> String {
    let worse = outcome.members.iter().filter_map(|member| {
        let by = drop_out.worse_off_than_alone.get(&member.code)?;
        Some(format!("{} by {}", member.code, amounts.value(*by)))
    });
    let worse: Vec<String> = worse.collect();
    if worse.is_empty() { "nobody".into() } else { worse.join(", ") }
}

/// What each of those who stay pays once one partner has left.
fn after_one_leaves(outcome: &Outcome, amounts: &Amounts) -> Table {
    let mut columns = vec![Column::words("Who leaves")];
    columns.extend(outcome.members.iter().map(|member| Column::numbers(&member.code)));
    let caption = format!("What each pays once one partner has left: {}", after(outcome));
    let mut table = Table::new("cost-shares-after-one-leaves", caption, columns);
    table.note = "A partner that leaves pays what it would pay apart.".into();
    for drop_out in outcome.drop_outs.iter().filter(|drop_out| drop_out.leaving.len() == 1) {
        let shares = drop_out.under_key.as_ref().unwrap_or(&drop_out.shapley_value);
        let amount = |code: &String| shares.get(code).unwrap_or_else(|| &outcome.stand_alone[code]);
        let mut cells = vec![Cell::words(drop_out.leaving.join(" + "))];
        cells.extend(rounded(outcome, drop_out, amounts, &|code| *amount(code)));
        table.push(Row::body(cells));
    }
    table
}

/// The shares of those who stay rounded to their cost, and the leaver's cost apart.
fn rounded(outcome: &Outcome, drop_out: &DropOut, amounts: &Amounts, amount: &dyn Fn(&String) -> f64) -> Vec<Cell> {
    let staying: Vec<f64> = drop_out.rest.iter().map(amount).collect();
    let shown = amounts.cells(&staying, drop_out.rest_cost);
    let cell = |code: &String| match drop_out.rest.iter().position(|stays| stays == code) {
        Some(place) => shown[place].clone(),
        None => amounts.cell(amount(code)),
    };
    outcome.members.iter().map(|member| cell(&member.code)).collect()
}
