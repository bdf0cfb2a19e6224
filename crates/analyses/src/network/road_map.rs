//! The dated road map: when contracts and hosting end, by when notice is due, and when additions can begin.

use jiff::Span;
use penshaw_basis::Date;
use penshaw_documents::Value;

use super::additions::Answer;
use super::input::Input;
use super::outcome::{Additions, Event, EventKind, Finding, Term, TermKind};
use super::region::Region;
use super::source;
use crate::months::months_span;
use crate::named::{counted, name_of, sentence_list};

/// More months than any contract has: dates beyond are taken for mistakes.
const MOST_MONTHS: f64 = 1_200.0;

/// The day so many months later; a part of a month counts its days, rounded up.
pub(super) fn later(day: Date, months: f64) -> Option<Date> {
    day.checked_add(span(months)?).ok()
}

/// The day so many months earlier.
fn earlier(day: Date, months: f64) -> Option<Date> {
    day.checked_sub(span(months)?).ok()
}

fn span(months: f64) -> Option<Span> {
    let fits = (0.0..=MOST_MONTHS).contains(&months);
    fits.then(|| months_span(months))
}

/// Contracts, hosting agreements and additions, the earliest end first and those without an end last.
pub(super) fn terms(input: &Input, region: &Region, answer: &Answer) -> Vec<Term> {
    let mut terms: Vec<Term> =
        input.contracts.iter().map(|contract| of_contract(input, region, answer, contract)).collect();
    terms.extend(input.hosting.iter().map(|hosting| Term {
        code: hosting.code.clone(),
        kind: TermKind::Hosting,
        title: hosting.name.clone(),
        with: name_of(&input.partners, &hosting.host).to_owned(),
        starts: hosting.starts,
        ends: hosting.ends,
        notice_by: hosting.ends.zip(hosting.notice_months).and_then(|(ends, months)| earlier(ends, months)),
        extends_to: None,
        links: Vec::new(),
        cuts_off: Vec::new(),
    }));
    terms.sort_by_key(|term| (term.ends.is_none(), term.ends, term.code.clone()));
    let begins = answer.additions.as_ref().and_then(|additions| additions.can_begin);
    terms.extend(answer.added.iter().map(|&place| &region.lines[place].link).map(|link| Term {
        code: link.code.clone(),
        kind: TermKind::Addition,
        title: link.name.clone(),
        with: link.supplier.clone().unwrap_or_default(),
        starts: begins,
        ends: begins.zip(answer.years).and_then(|(begins, years)| later(begins, f64::from(years) * 12.0)),
        notice_by: None,
        extends_to: None,
        links: vec![link.code.clone()],
        cuts_off: Vec::new(),
    }));
    terms
}

fn of_contract(input: &Input, region: &Region, answer: &Answer, contract: &super::Contract) -> Term {
    let lines: Vec<usize> = (0..region.lines.len())
        .filter(|&line| !region.lines[line].link.possible && region.lines[line].contracts.contains(&contract.code))
        .collect();
    let lost = answer.graph.failure_of(None, &lines);
    let cut = answer.graph.cut_off(&lost, &vec![false; answer.chosen.len()]);
    Term {
        code: contract.code.clone(),
        kind: TermKind::Contract,
        title: contract.title.clone(),
        with: contract.supplier.clone().unwrap_or_default(),
        starts: contract.starts,
        ends: contract.ends,
        notice_by: contract.ends.zip(contract.notice_months).and_then(|(ends, months)| earlier(ends, months)),
        extends_to: contract
            .ends
            .zip(contract.extension_months.filter(|months| *months > 0.0))
            .and_then(|(ends, months)| later(ends, months)),
        links: lines.iter().map(|&line| region.lines[line].link.code.clone()).collect(),
        cuts_off: cut.into_iter().flatten().map(|site| input.sites[site].code.clone()).collect(),
    }
}

/// The days of all terms, the earliest first.
pub(super) fn events(input: &Input, terms: &[Term]) -> Vec<Event> {
    let mut events: Vec<Event> = terms.iter().flat_map(|term| of_term(input, term)).collect();
    events.sort_by_key(|event| (event.day, event.kind, event.code.clone()));
    events
}

fn of_term(input: &Input, term: &Term) -> Vec<Event> {
    let title = &term.title;
    let days = if term.kind == TermKind::Addition {
        vec![
            (term.starts.map(|_| input.on), EventKind::BuyingBegins, format!("Buying {title} can begin")),
            (term.starts, EventKind::CanBegin, format!("{title} can be in use")),
        ]
    } else {
        vec![
            (term.notice_by, EventKind::NoticeBy, format!("Last day for notice on {title}")),
            (term.ends, EventKind::Ends, format!("{title} ends{}", carries(input, term))),
            (term.extends_to, EventKind::ExtensionEnds, format!("{title} ends if extended as far as its terms allow")),
        ]
    };
    let event = |(day, kind, words): (Option<Date>, EventKind, String)| {
        day.map(|day| Event { day, kind, code: term.code.clone(), words, past: day < input.on })
    };
    days.into_iter().filter_map(event).collect()
}

/// What a term carries and what its end would cut, in words.
fn carries(input: &Input, term: &Term) -> String {
    let links = match term.links.len() {
        0 => String::new(),
        number => format!(", with {}", counted(number, "link", "links")),
    };
    let name = |code: &String| input.sites.iter().find(|site| site.code == *code).map_or("", |site| site.name.as_str());
    let cut: Vec<&str> = term.cuts_off.iter().map(name).collect();
    match cut.len() {
        0 => links,
        1..=4 => format!("{links}: if nothing takes its place, {} cut off", are(&sentence_list(&cut), cut.len())),
        number => format!("{links}: if nothing takes its place, {number} sites are cut off"),
    }
}

fn are(names: &str, number: usize) -> String {
    format!("{names} {}", if number == 1 { "is" } else { "are" })
}

/// What the days show to be wrong or late.
pub(super) fn findings(input: &Input, region: &Region, terms: &[Term], additions: Option<&Additions>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut warn = |what: String, hint: &str, code: &str| {
        let sources = vec![source(code)];
        findings.push(Finding::warning(what, hint, sources));
    };
    let known = |code: &String| input.contracts.iter().any(|contract| contract.code == *code);
    for line in &region.lines {
        if let Some(contract) = line.contracts.iter().find(|contract| !known(contract)) {
            let what = format!("{} is bought under {contract}, which is not recorded or not shared.", line.link.name);
            warn(what, "share the contract's days: until then they are not on the road map", &line.link.code);
        }
    }
    for term in terms.iter().filter(|term| term.kind != TermKind::Addition) {
        let title = &term.title;
        let Some(ends) = term.ends else {
            warn(format!("{title} has no end recorded or shared."), "record its last day", &term.code);
            continue;
        };
        if ends < input.on {
            let what = format!("{title} ended on {}, and is still recorded.", Value::Day(ends));
            warn(what, "record its extension, or what took its place", &term.code);
        } else if let Some(day) = term.notice_by.filter(|day| *day < input.on) {
            let what = format!("The last day for notice on {title}, {}, is past.", Value::Day(day));
            warn(what, "ask the supplier on what terms it goes on", &term.code);
        }
        let begins = additions.and_then(|additions| additions.can_begin);
        if let Some(begins) = begins.filter(|begins| ends >= input.on && ends < *begins && !term.cuts_off.is_empty()) {
            let what = format!(
                "{title} ends on {}, before anything that is bought now can be in use ({}), and its end cuts sites off.",
                Value::Day(ends),
                Value::Day(begins)
            );
            warn(what, "extend it in time", &term.code);
        }
    }
    findings
}
