//! Tables of procurement notices as Contracts Finder is harvested: one row a notice, with who was awarded what.
//!
//! Such a table says what was awarded, to whom and for how much; it has no first and last day of the contract.

use std::collections::BTreeMap;

use penshaw_basis::Date;
use penshaw_register::{Kind, Origin};
use serde_json::{Value, json};

use super::authority_name::same_authority;
use super::columns::plain;
use super::convert::convert;
use super::gathered::{Draft, Gathered};
use super::mended::mended;
use super::notes::{Notes, counted};
use super::ocds::{Bought, Wanted};
use super::published::texts;
use super::sheet::{Row, Sheet};
use super::tally::Tally;
use super::written::Written;

/// Columns without which a table is none of notices.
const NEEDED: [&str; 4] = ["title", "organisation", "awarded supplier", "id"];
/// What stands for a supplier where there is none.
const NOBODY: &[&str] = &["not awarded", "no supplier", "n/a", "none"];

/// What a table of notices holds.
pub(super) struct Notices {
    pub(super) contracts: Vec<Bought>,
    pub(super) tally: Tally,
    /// The newest day on which a notice was published.
    pub(super) newest: Option<Date>,
}

/// Whether a table is one of notices.
pub(super) fn is_notices(sheet: &Sheet) -> bool {
    let Some(row) = sheet.rows.first() else { return false };
    let headings: Vec<String> = texts(row).map(|(_, heading)| plain(&heading)).collect();
    NEEDED.iter().all(|needed| headings.iter().any(|heading| heading == needed))
}

/// Reads the notices that are wanted as contracts, and says how much of the table was used.
pub(super) fn read(sheet: &Sheet, wanted: Wanted<'_>, gathered: &mut Gathered) -> Notices {
    let Some((headings, rows)) = sheet.rows.split_first() else {
        return Notices { contracts: Vec::new(), tally: Tally::of("notices"), newest: None };
    };
    let columns = texts(headings).map(|(column, heading)| (plain(&heading), column)).collect();
    let mut reading = Reading {
        sheet,
        columns,
        wanted,
        names: BTreeMap::new(),
        notes: Notes::default(),
        tally: Tally::of("notices"),
        others: BTreeMap::new(),
        newest: None,
    };
    reading.names = reading.council_names(rows);
    let contracts: Vec<Bought> = rows.iter().filter_map(|row| reading.notice(row)).collect();
    let of_others = reading.others.values().sum();
    let others = counted(&reading.others);
    reading.tally.set_aside(format!("of other bodies ({others})"), of_others);
    reading.notes.finish(&sheet.place.file, gathered);
    let hint = "look at the number: what is set aside is not in the register";
    gathered.warning(sheet.place.clone(), reading.tally.to_string(), hint);
    Notices { contracts, tally: reading.tally, newest: reading.newest }
}

struct Reading<'a> {
    sheet: &'a Sheet,
    columns: BTreeMap<String, usize>,
    wanted: Wanted<'a>,
    /// The name of each council by its key in the table.
    names: BTreeMap<String, String>,
    notes: Notes,
    tally: Tally,
    others: BTreeMap<String, u64>,
    newest: Option<Date>,
}

impl Reading<'_> {
    fn text(&self, row: &Row, column: &str) -> Option<String> {
        let written = row.at(*self.columns.get(column)?)?.as_text()?;
        (!written.is_empty()).then_some(written)
    }

    /// The name that most of a council's notices bear, by the council's key.
    fn council_names(&self, rows: &[Row]) -> BTreeMap<String, String> {
        let mut counts: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
        for row in rows {
            if let (Some(key), Some(name)) = (self.text(row, "council"), self.text(row, "organisation")) {
                *counts.entry(key).or_default().entry(mended(&name).into_owned()).or_default() += 1;
            }
        }
        // Of names in capitals throughout and others, the others are easier to read.
        let is_mixed = |name: &str| name.chars().any(char::is_lowercase);
        let most = |names: BTreeMap<String, u64>| {
            names.into_iter().max_by_key(|(name, count)| (is_mixed(name), *count)).map(|(name, _)| name)
        };
        counts.into_iter().filter_map(|(key, names)| Some((key, most(names)?))).collect()
    }

    fn notice(&mut self, row: &Row) -> Option<Bought> {
        self.tally.read += 1;
        let published = self.text(row, "published date").and_then(|day| day.parse().ok());
        self.newest = self.newest.max(published);
        let organisation = self.text(row, "organisation").map(|name| mended(&name).into_owned());
        let council = self.text(row, "council").and_then(|key| self.names.get(&key).cloned());
        let buyer = council.or_else(|| organisation.clone());
        let is_wanted = |name: &String| self.wanted.buyers.iter().any(|wanted| same_authority(wanted, name));
        if !self.wanted.buyers.is_empty() && ![&buyer, &organisation].into_iter().flatten().any(is_wanted) {
            *self.others.entry(buyer.unwrap_or_else(|| "unnamed".into())).or_default() += 1;
            return None;
        }
        let supplier = self.text(row, "awarded supplier");
        let nobody =
            supplier.as_ref().is_none_or(|name| NOBODY.iter().any(|word| name.to_lowercase().starts_with(word)));
        if nobody {
            let why = match self.text(row, "status").as_deref() {
                Some("withdrawn") => "withdrawn",
                Some("open") => "still open",
                _ => "planned, or without a supplier",
            };
            self.tally.set_aside(why, 1);
            return None;
        }
        let draft = self.contract(row, organisation, buyer.as_deref())?;
        self.tally.used += 1;
        Some(Bought { buyer, draft })
    }

    fn contract(&mut self, row: &Row, organisation: Option<String>, buyer: Option<&str>) -> Option<Draft> {
        let at = self.sheet.row(row.number);
        let Some(id) = self.text(row, "id").filter(|id| !id.contains(';')) else {
            self.notes.tell("notices without an id are set aside", "fetch the table again", &at, "");
            self.tally.set_aside("without an id", 1);
            return None;
        };
        let codes = self.text(row, "cpv codes").unwrap_or_default();
        let codes: Vec<&str> = codes.split([' ', ',', ';', '|']).filter(|code| !code.is_empty()).collect();
        let starts = |start: &String| codes.iter().any(|code| code.starts_with(start.as_str()));
        if !self.wanted.cpv.is_empty() && !self.wanted.cpv.iter().any(starts) {
            self.tally.set_aside("outside the CPV codes asked for", 1);
            return None;
        }
        let origin = Origin { place: self.sheet.at(at.clone()), cells: BTreeMap::new() };
        let mut draft = Draft::new(Kind::Contract, id, origin);
        self.put(&mut draft, "title", self.text(row, "title"), &at);
        self.put(&mut draft, "supplier", self.text(row, "awarded supplier"), &at);
        self.put(&mut draft, "description", self.text(row, "description"), &at);
        if let (Some(organisation), Some(buyer)) = (organisation, buyer)
            && !same_authority(&organisation, buyer)
        {
            self.put(&mut draft, "department", Some(organisation), &at);
        }
        self.put(&mut draft, "supplier_is_small", self.text(row, "awarded to sme"), &at);
        self.value(&mut draft, row, &at);
        if !codes.is_empty() {
            draft.set("classification", json!(codes));
        }
        if !draft.record.fields.contains_key("title") {
            self.notes.tell("the contract has no title", "give it one", &at, &draft.record.reference);
            draft.set("title", Value::from(format!("Contract {}", draft.record.reference)));
        }
        let what = "the notice does not say when the contract starts and ends";
        self.notes.tell(
            what,
            "enter its first and last day: without them no notice and no alignment can be worked out",
            &at,
            &draft.record.reference,
        );
        Some(draft)
    }

    fn put(&mut self, draft: &mut Draft, field: &str, text: Option<String>, at: &str) {
        let Some(text) = text else { return };
        let better = mended(&text);
        if better != text {
            let what = "HTML's entities and broken line breaks were turned back into letters";
            self.notes.tell(what, "nothing to do", at, &draft.record.reference);
        }
        let kind = Kind::Contract.field(field).expect("the names are fields of contracts").kind;
        match convert(kind, &Written::text(better.into_owned())) {
            Ok(value) => draft.set(field, value),
            Err(wrong) => {
                self.notes.tell(format!("{field} is left out: {}", wrong.what), wrong.hint, at, &draft.record.reference)
            }
        }
    }

    /// The value that was awarded; nought stands for one that was not given.
    fn value(&mut self, draft: &mut Draft, row: &Row, at: &str) {
        match self.text(row, "awarded value") {
            Some(value) if value.parse::<f64>().is_ok_and(|value| value == 0.0) => {
                let what = "the value that was awarded is given as nought, and is left out";
                self.notes.tell(what, "enter the value if it is known", at, &draft.record.reference);
            }
            Some(value) => {
                let to_the_penny =
                    value.parse::<f64>().ok().filter(|value| value.is_finite()).map(|value| format!("{value:.2}"));
                self.put(draft, "value", Some(to_the_penny.unwrap_or(value)), at);
            }
            None => {
                self.notes.tell("the notice gives no value that was awarded", "enter it", at, &draft.record.reference)
            }
        }
    }
}
