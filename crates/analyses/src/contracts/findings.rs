//! What is wanting in the record, and what was assumed, gathered by what it is and whose it is.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::{Date, Source};
use penshaw_documents::Value;

use super::Input;
use super::given::Given;
use super::means::notice_longer_than_term;
use super::outcome::{Finding, Outcome, State, Verdict};
use super::terms::{Standing, days_of};
use crate::named::{counted, name_of, sentence_list};

/// The most entries that a finding spells out.
const SPELLED_OUT: usize = 5;

/// Every finding, the gravest first.
pub(super) fn all(input: &Input, given: &Given, standing: &[Standing<'_>], outcome: &Outcome) -> Vec<Finding> {
    let mut findings = Findings { input, noted: BTreeMap::new() };
    standing.iter().for_each(|one| of_contract(&mut findings, given, one));
    twice(&mut findings, standing);
    let mut all: Vec<Finding> = given
        .problems
        .iter()
        .map(|problem| {
            Finding::error(format!("A parameter could not be read: {problem}."), "correct the parameter", Vec::new())
        })
        .collect();
    all.extend(findings.all());
    all.extend(of_references(input, standing));
    all.extend(of_consents(input, standing));
    all.extend(near_vesting(input, given, outcome));
    all.extend(lapses(input, outcome));
    all.extend(unproved(outcome));
    all.extend(payments(outcome));
    all.extend(clauses(outcome));
    all.sort_by_key(|finding| finding.severity);
    all
}

/// What may be wanting in a contract: what is said of it, and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Wanting {
    EndsBeforeItStarts,
    NotANumber,
    NoticeLongerThanTerm,
    AboveThreshold,
    BeyondRegime,
    Twice,
    NoEnd,
    NoPrice,
    NoNotice,
    NoSupplier,
    NoRegime,
    RegimeAssumed,
    PriceWorkedOut,
    Ended,
}

impl Wanting {
    const fn is_error(self) -> bool {
        matches!(self, Wanting::EndsBeforeItStarts | Wanting::NotANumber)
    }

    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Wanting::EndsBeforeItStarts => {
                ("contract ends before it starts", "contracts end before they start", "correct one of the two days")
            }
            Wanting::NotANumber => (
                "contract has months or a price that are no number that can be counted with",
                "contracts have months or a price that are no number that can be counted with",
                "correct the number",
            ),
            Wanting::NoticeLongerThanTerm => (
                "contract needs notice longer than its whole term",
                "contracts need notice longer than their whole term",
                "check the months of notice against the contract",
            ),
            Wanting::AboveThreshold => (
                "contract is recorded as below the threshold, and its value is above it",
                "contracts are recorded as below the threshold, and their value is above it",
                "correct the regime or the value, and ask the monitoring officer how it was awarded",
            ),
            Wanting::BeyondRegime => (
                "contract has been modified by more than its regime allows without a new procurement",
                "contracts have been modified by more than their regime allows without a new procurement",
                "check what was added, and on which ground; no further modification is planned",
            ),
            Wanting::Twice => (
                "contract is recorded more than once under one reference",
                "contracts are recorded more than once under one reference",
                "give each its own reference",
            ),
            Wanting::NoEnd => (
                "contract has no end recorded or shared, and is in no plan",
                "contracts have no end recorded or shared, and are in no plan",
                "record the last day",
            ),
            Wanting::NoPrice => (
                "contract has neither an annual value nor a value with both days, and is in no plan",
                "contracts have neither an annual value nor a value with both days, and are in no plan",
                "record what is paid in a year",
            ),
            Wanting::NoNotice => (
                "contract has no months of notice, so that its last day for notice is not known",
                "contracts have no months of notice, so that their last day for notice is not known",
                "record the months of notice; 0 where it ends by itself",
            ),
            Wanting::NoSupplier => (
                "contract names no supplier, and is grouped with no other",
                "contracts name no supplier, and are grouped with no other",
                "record the supplier",
            ),
            Wanting::NoRegime => (
                "contract has neither a procurement regime nor a first day that tells it: no modification is planned",
                "contracts have neither a procurement regime nor a first day that tells it: no modification is planned",
                "record the law under which it was awarded",
            ),
            Wanting::RegimeAssumed => (
                "contract records no procurement regime; that of its first day is taken",
                "contracts record no procurement regime; that of their first day is taken",
                "record the law under which each was awarded: it is that of the day on which its procurement began",
            ),
            Wanting::PriceWorkedOut => (
                "contract has no annual value; its value over its days is taken",
                "contracts have no annual value; their value over their days is taken",
                "record what is paid in a year",
            ),
            Wanting::Ended => (
                "contract has ended and is still recorded",
                "contracts have ended and are still recorded",
                "record its extension, or what took its place",
            ),
        }
    }
}

struct Findings<'a> {
    input: &'a Input,
    noted: BTreeMap<(Wanting, String), (Vec<String>, Vec<Source>)>,
}

impl Findings<'_> {
    fn note(&mut self, wanting: Wanting, of: &Standing<'_>) {
        let (references, sources) = self.noted.entry((wanting, of.owner.to_owned())).or_default();
        references.push(of.contract.reference.clone());
        sources.push(of.source.clone());
    }

    fn all(self) -> Vec<Finding> {
        let input = self.input;
        let finding =
            move |((wanting, owner), (references, sources)): ((Wanting, String), (Vec<String>, Vec<Source>))| {
                let (one, several, hint) = wanting.words();
                let what = format!(
                    "{}: {}: {}.",
                    name_of(&input.partners, &owner),
                    counted(references.len(), one, several),
                    some_of(&references)
                );
                if wanting.is_error() {
                    Finding::error(what, hint, sources)
                } else {
                    Finding::warning(what, hint, sources)
                }
            };
        self.noted.into_iter().map(finding).collect()
    }
}

fn of_contract(findings: &mut Findings<'_>, given: &Given, of: &Standing<'_>) {
    let contract = of.contract;
    let backwards = days_of(contract).is_some_and(|days| days <= 0);
    let numbers =
        [contract.notice_months, contract.extension_months, contract.modified_months, contract.bridging_price];
    let strange = numbers.iter().flatten().any(|number| !number.is_finite() || *number < 0.0 || *number > 2400.0);
    let mut note = |wanting: Wanting, wants: bool| {
        if wants {
            findings.note(wanting, of);
        }
    };
    note(Wanting::EndsBeforeItStarts, backwards);
    note(Wanting::NotANumber, strange);
    note(Wanting::NoticeLongerThanTerm, notice_longer_than_term(of));
    note(Wanting::NoEnd, contract.ends.is_none());
    note(Wanting::Ended, of.state == State::Ended);
    if !of.goes_on() {
        return;
    }
    note(Wanting::NoPrice, of.yearly.is_none());
    note(Wanting::NoNotice, contract.notice_months.is_none());
    note(Wanting::NoSupplier, of.supplier.is_empty());
    note(Wanting::NoRegime, of.regime.is_none());
    note(Wanting::RegimeAssumed, of.regime.as_ref().is_some_and(|(_, assumed)| *assumed));
    note(Wanting::PriceWorkedOut, of.yearly_worked_out);
    if let Some(limits) = of.limits(given) {
        let first = of.first_value();
        note(
            Wanting::AboveThreshold,
            limits.stays_below && first.is_some_and(|first| !given.threshold.is_above(first)),
        );
        let most = limits.value_share.max(limits.additional_share);
        note(Wanting::BeyondRegime, most > 0.0 && first.is_some_and(|first| of.added() > most * first));
    }
}

fn twice(findings: &mut Findings<'_>, standing: &[Standing<'_>]) {
    let mut seen = BTreeSet::new();
    let mut told = BTreeSet::new();
    for one in standing {
        let key = (one.owner, one.contract.reference.as_str());
        if !seen.insert(key) && told.insert(key) {
            findings.note(Wanting::Twice, one);
        }
    }
}

/// Applications, payments and consents that name a contract which is not recorded or not shared.
fn of_references(input: &Input, standing: &[Standing<'_>]) -> Vec<Finding> {
    let known: BTreeSet<(&str, &str)> =
        standing.iter().map(|one| (one.owner, one.contract.reference.as_str())).collect();
    let mut unknown: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    let bought =
        input.applications.iter().map(|bought| ("application", bought.authority.as_str(), bought.contract.as_str()));
    let paid = input.payments.iter().filter_map(|payment| {
        Some(("payment", payment.owner.as_str(), payment.entry.contract.as_deref().filter(|named| !named.is_empty())?))
    });
    for (what, owner, contract) in
        bought.chain(paid).filter(|(_, owner, contract)| !known.contains(&(*owner, *contract)))
    {
        unknown.entry((what, owner)).or_default().push(contract.to_owned());
    }
    let finding = |((what, owner), mut contracts): ((&str, &str), Vec<String>)| {
        let number = contracts.len();
        contracts.sort();
        contracts.dedup();
        let what = format!(
            "{}: {} a contract that is not recorded or not shared: {}.",
            name_of(&input.partners, owner),
            counted(number, &format!("{what} names"), &format!("{what}s name")),
            some_of(&contracts)
        );
        Finding::warning(what, "share the contract, or correct the reference", Vec::new())
    };
    unknown.into_iter().map(finding).collect()
}

/// The first few of them, and how many more there are.
fn some_of(which: &[String]) -> String {
    let first = &which[..which.len().min(SPELLED_OUT)];
    match which.len() - first.len() {
        0 => sentence_list(first),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

/// Contracts that end too near to vesting day as they stand.
fn near_vesting(input: &Input, given: &Given, outcome: &Outcome) -> Vec<Finding> {
    let months = given.planning.clear_of_vesting_months;
    let clear = jiff::Span::new().months(i64::from(months));
    let is_near =
        |ends: Date, vesting: Date| (vesting.saturating_sub(clear)..=vesting.saturating_add(clear)).contains(&ends);
    let finding = |vesting: &super::Vesting| {
        let near = outcome.terms.iter().filter(|term| {
            term.authority == vesting.authority
                && term.state != State::Ended
                && term.ends.is_some_and(|ends| is_near(ends, vesting.day))
        });
        let (names, sources): (Vec<String>, Vec<Source>) =
            near.map(|term| (term.reference.clone(), term.source.clone())).unzip();
        (!names.is_empty()).then(|| {
            let what = format!(
                "{}: {} within {} of vesting day, {}: {}.",
                name_of(&input.partners, &vesting.authority),
                counted(names.len(), "contract ends", "contracts end"),
                counted(usize::from(months), "month", "months"),
                Value::Day(vesting.day),
                some_of(&names)
            );
            let hint = "avoid contracts that end on day one: see the plan for the day to which each can be moved";
            Finding::warning(what, hint, sources.into_iter().chain([vesting.source.clone()]).collect())
        })
    };
    outcome.vesting.iter().filter_map(finding).collect()
}

/// Contracts that the plan lets lapse: nothing lawful was found for them, or nothing could be prepared in time.
fn lapses(input: &Input, outcome: &Outcome) -> Vec<Finding> {
    let Some(plan) = outcome.plans.first() else { return Vec::new() };
    let mut by: BTreeMap<&str, (Vec<String>, Vec<Source>)> = BTreeMap::new();
    for step in plan.steps.iter().filter(|step| step.means == super::Means::Lapse) {
        let (names, sources) = by.entry(&step.authority).or_default();
        names.push(step.reference.clone());
        sources.push(step.source.clone());
    }
    let finding = |(authority, (names, sources)): (&str, (Vec<String>, Vec<Source>))| {
        let what = format!(
            "{}: for {} nothing lawful and cheaper than doing without was found in time: {}.",
            name_of(&input.partners, authority),
            counted(names.len(), "contract", "contracts"),
            some_of(&names)
        );
        Finding::warning(
            what,
            "begin to buy at once, and ask the monitoring officer for the ground of a direct award",
            sources,
        )
    };
    by.into_iter().map(finding).collect()
}

fn unproved(outcome: &Outcome) -> Vec<Finding> {
    let unproved = outcome.plans.iter().filter(|plan| !plan.proved);
    let finding = |plan: &super::Plan| {
        let what = format!(
            "The search for the plan by {} ended before it was proved: another may cost as little as {}, and this one {}.",
            plan.by.word(),
            Value::Pounds(plan.bound),
            Value::Pounds(plan.cost)
        );
        Finding::warning(what, "take the plan as good, not as the best", Vec::new())
    };
    unproved.map(finding).collect()
}

fn payments(outcome: &Outcome) -> Option<Finding> {
    let without_day = outcome.counts.payments - outcome.counts.payments_used;
    (without_day > 0).then(|| {
        let what = format!(
            "{} no day: counted in what was paid, and left out of what was paid over or after a contract.",
            counted(without_day, "payment has", "payments have")
        );
        Finding::warning(what, "import the day of each payment", Vec::new())
    })
}

fn clauses(outcome: &Outcome) -> Option<Finding> {
    let wanting = outcome.joining.pairs.iter().filter(|pair| pair.verdict == Verdict::ClauseWanting);
    let mut sources: Vec<Source> = wanting.filter_map(|pair| pair.sources.first().cloned()).collect();
    sources.dedup();
    sources.sort();
    sources.dedup();
    (!sources.is_empty()).then(|| {
        let what = format!(
            "{} others join, and the clause is not recorded.",
            counted(sources.len(), "contract lets", "contracts let")
        );
        Finding::warning(what, "record the clause and whom it names in the column Joining clause", sources)
    })
}

/// Consents for what is no contract of that authority: something new is to be bought, or the reference is wrong.
fn of_consents(input: &Input, standing: &[Standing<'_>]) -> Vec<Finding> {
    let known = |consent: &&penshaw_register::Consent| {
        standing.iter().any(|one| one.owner == consent.authority && one.contract.reference == consent.contract)
    };
    let finding = |consent: &penshaw_register::Consent| {
        let what = format!(
            "The consent {} is for \u{201c}{}\u{201d}, which is no contract of {}: it is taken as one for something new.",
            consent.reference,
            consent.contract,
            name_of(&input.partners, &consent.authority)
        );
        let source = penshaw_register::JointRegister::own_source(&consent.reference);
        Finding::warning(what, "name the contract by its reference where it is one", vec![source])
    };
    input.consents.iter().filter(|consent| !known(consent)).map(finding).collect()
}
