//! Contracts beside what was paid: suppliers without a contract, more than the contract's value, payments after its end.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::{Date, Estimate, Money, Source};
use penshaw_register::Payment;

use super::Input;
use super::given::Given;
use super::outcome::{PaidAfterEnd, PaidOver, Spend, WithoutContract};
use super::terms::{Standing, days_between, of_days};
use crate::Owned;
use crate::suppliers::Suppliers;

/// So many payments are cited of those behind a figure.
const CITED: usize = 20;
/// Less than a pound over is no finding.
const LEAST_OVER: f64 = 100.0;

/// What came of the comparison, and how many payments it used.
pub(super) struct Compared {
    pub(super) spend: Spend,
    pub(super) used: usize,
}

/// What an authority paid to a supplier.
#[derive(Default)]
struct Paid<'a> {
    payments: Vec<&'a Owned<Payment>>,
    /// The contracts with that supplier, by their places.
    contracts: BTreeSet<usize>,
}

pub(super) fn spend(input: &Input, given: &Given, suppliers: &Suppliers, standing: &[Standing<'_>]) -> Compared {
    let mut paid: BTreeMap<(&str, String), Paid<'_>> = BTreeMap::new();
    for payment in &input.payments {
        let supplier = suppliers.today(&payment.entry.supplier);
        // Names of signs alone are kept apart from one another by what was written.
        let supplier = if supplier.is_empty() { payment.entry.supplier.trim().to_owned() } else { supplier };
        let of = paid.entry((&payment.owner, supplier.clone())).or_default();
        let bought = (0..standing.len()).filter(|&place| is_under(payment, &supplier, &standing[place]));
        of.contracts.extend(bought);
        of.payments.push(payment);
    }
    let known = known_days(&input.payments);
    let mut spend = Spend { paid: input.payments.iter().map(|payment| payment.entry.amount).sum(), ..Spend::default() };
    for ((authority, supplier), of) in &paid {
        if of.contracts.is_empty() {
            spend.suppliers.push(without_contract((authority, supplier), of, standing));
        } else {
            spend.over.extend(known.get(authority).and_then(|known| over(authority, of, standing, *known, given)));
            spend.after_end.extend(after_end(authority, of, standing));
        }
    }
    spend.without_contract = spend.suppliers.iter().map(|one| one.amount).sum();
    spend.suppliers.sort_by(|one, other| other.amount.cmp(&one.amount).then(one.supplier.cmp(&other.supplier)));
    spend.over.sort_by_key(|one| std::cmp::Reverse(one.amount));
    spend.unpaid = unpaid(&paid, standing, &known);
    let used = input.payments.iter().filter(|payment| payment.entry.paid_on.is_some()).count();
    Compared { spend, used }
}

/// Whether a payment was made under a contract: as the ledger says, by the supplier's number, or by its name of today.
fn is_under(payment: &Owned<Payment>, supplier: &str, of: &Standing<'_>) -> bool {
    if payment.owner != of.owner {
        return false;
    }
    if let Some(contract) = payment.entry.contract.as_ref().filter(|contract| !contract.is_empty()) {
        return *contract == of.contract.reference;
    }
    let number = |number: &Option<String>| {
        number.as_deref().map(str::trim).filter(|number| !number.is_empty()).map(str::to_owned)
    };
    match (number(&payment.entry.supplier_number), number(&of.contract.supplier_number)) {
        (Some(one), Some(other)) if one.trim_start_matches('0') == other.trim_start_matches('0') => true,
        _ => !supplier.is_empty() && of.supplier == supplier,
    }
}

/// The first and the last payment of each authority that has a day.
fn known_days(payments: &[Owned<Payment>]) -> BTreeMap<&str, (Date, Date)> {
    let mut known: BTreeMap<&str, (Date, Date)> = BTreeMap::new();
    for payment in payments {
        if let Some(day) = payment.entry.paid_on {
            let between = known.entry(&payment.owner).or_insert((day, day));
            *between = (between.0.min(day), between.1.max(day));
        }
    }
    known
}

fn total<'a>(payments: impl IntoIterator<Item = &'a &'a Owned<Payment>>) -> Money {
    payments.into_iter().map(|payment| payment.entry.amount).sum()
}

fn cited<'a>(payments: impl IntoIterator<Item = &'a &'a Owned<Payment>>) -> Vec<Source> {
    let sources = payments.into_iter().map(|payment| payment.source());
    sources.take(CITED).collect()
}

fn written(of: &Paid<'_>) -> String {
    of.payments.first().map(|payment| payment.entry.supplier.clone()).unwrap_or_default()
}

fn without_contract((authority, supplier): (&str, &str), of: &Paid<'_>, standing: &[Standing<'_>]) -> WithoutContract {
    let partner = standing.iter().find(|one| one.owner != authority && one.goes_on() && one.supplier == supplier);
    WithoutContract {
        authority: authority.to_owned(),
        supplier: written(of),
        payments: of.payments.len(),
        amount: total(&of.payments),
        last: of.payments.iter().filter_map(|payment| payment.entry.paid_on).max(),
        partner_with_contract: partner.map(|one| one.source.to_string()),
        sources: cited(&of.payments),
    }
}

/// More paid than the supplier's contracts come to over the days for which the authority's payments are known.
fn over(
    authority: &str,
    of: &Paid<'_>,
    standing: &[Standing<'_>],
    (first, last): (Date, Date),
    given: &Given,
) -> Option<PaidOver> {
    let dated: Vec<&&Owned<Payment>> = of.payments.iter().filter(|payment| payment.entry.paid_on.is_some()).collect();
    let amount = total(dated.iter().copied());
    // A contract of which the price is not known may well account for it.
    let expected = of.contracts.iter().map(|&place| expected(&standing[place], first, last)).sum::<Option<f64>>()?;
    let over = amount.pence() as f64 - expected * (1.0 + given.planning.paid_over);
    let contracts = of.contracts.iter().map(|&place| standing[place].source.clone());
    (over > LEAST_OVER).then(|| PaidOver {
        authority: authority.to_owned(),
        supplier: written(of),
        amount,
        expected: Estimate::from_pounds(expected / 100.0),
        between: (first, last),
        sources: contracts.chain(cited(dated.iter().copied())).collect(),
    })
}

/// What a contract comes to between two days, in pence; at least a quarter's price, since few pay by the day.
fn expected(of: &Standing<'_>, first: Date, last: Date) -> Option<f64> {
    let yearly = of.yearly?;
    let from = of.contract.starts.map_or(first, |starts| starts.max(first));
    let to = of.contract.ends.map_or(last, |ends| ends.min(last));
    let days = days_between(from, to) + 1;
    if days <= 0 {
        return Some(0.0);
    }
    Some(of_days(yearly, days).max(yearly / 4.0))
}

/// Payments after the last day of a contract, where no other contract with the supplier runs then.
fn after_end(authority: &str, of: &Paid<'_>, standing: &[Standing<'_>]) -> Option<PaidAfterEnd> {
    let ends = of.contracts.iter().map(|&place| Some((standing[place].contract.ends?, place)));
    let (ends, place) = ends.collect::<Option<Vec<_>>>()?.into_iter().max()?;
    let late: Vec<&&Owned<Payment>> =
        of.payments.iter().filter(|payment| payment.entry.paid_on.is_some_and(|day| day > ends)).collect();
    let contract = &standing[place];
    (!late.is_empty()).then(|| PaidAfterEnd {
        authority: authority.to_owned(),
        reference: contract.contract.reference.clone(),
        title: contract.contract.title.clone(),
        supplier: written(of),
        ends,
        payments: late.len(),
        amount: total(late.iter().copied()),
        sources: std::iter::once(contract.source.clone()).chain(cited(late.iter().copied())).collect(),
    })
}

/// Contracts that ran while the authority's payments are known, and had none.
fn unpaid(
    paid: &BTreeMap<(&str, String), Paid<'_>>,
    standing: &[Standing<'_>],
    known: &BTreeMap<&str, (Date, Date)>,
) -> Vec<Source> {
    let had: BTreeSet<usize> = paid.values().flat_map(|of| of.contracts.iter().copied()).collect();
    let ran = |place: &usize| {
        let one = &standing[*place];
        known.get(one.owner).is_some_and(|(first, last)| {
            one.contract.starts.is_none_or(|starts| starts <= *last)
                && one.contract.ends.is_some_and(|ends| ends >= *first)
                && !had.contains(place)
        })
    };
    (0..standing.len()).filter(ran).map(|place| standing[place].source.clone()).collect()
}
