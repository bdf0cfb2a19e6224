//! The rows of a sheet, read as records: each cell as its field, and control totals checked to the penny.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use penshaw_basis::{FinancialYear, Money};
use penshaw_register::{Field, FieldKind, Holder, Kind, Origin, TOTAL, is_of_the_sheet};
use serde_json::{Map, Value};

use super::columns::{self, Columns, Holds};
use super::convert::{convert, money};
use super::gathered::{Draft, Gathered, confidence};
use super::other_names;
use super::sheet::{Row, Sheet};
use super::written::{Written, Wrong};

/// Reads a sheet whose kind must belong to the holder of the file.
pub(super) fn read_held(sheet: &Sheet, kind: Kind, holder: Holder, gathered: &mut Gathered) -> usize {
    if kind.holder() == holder {
        return read(sheet, kind, gathered);
    }
    let mut elsewhere = Gathered::default();
    let entries = read(sheet, kind, &mut elsewhere);
    // A template's sheet that nobody filled in harms nobody.
    if entries > 0 {
        let name = kind.sheet();
        let (what, hint) = match kind.holder() {
            Holder::Partnership => (
                format!("{name} are held by the partnership, not by one authority"),
                "move them to a file in the folder \"partnership\", or into partnership.toml",
            ),
            Holder::Authority => (
                format!("{name} are held by each authority, not by the partnership"),
                "move them to a file in the authority's own folder",
            ),
        };
        gathered.error(sheet.place.clone(), what, hint);
    }
    entries
}

/// Reads the rows of a sheet as records of a kind; returns how many entries it has.
fn read(sheet: &Sheet, kind: Kind, gathered: &mut Gathered) -> usize {
    let Some(columns) = columns::find(sheet, kind, gathered) else { return 0 };
    let mut reader = Reader {
        sheet,
        kind,
        is_published: columns.is_published(kind),
        columns,
        sums: BTreeMap::new(),
        doubtful: BTreeSet::new(),
        named: HashMap::new(),
        repeated: 0,
        nameless: Nameless::default(),
        gathered,
    };
    let mut totals = Vec::new();
    let mut entries = 0;
    let headings = reader.columns.row;
    for row in sheet.rows.iter().filter(|row| row.number > headings) {
        let reference = reader.reference_of(row);
        match reference.as_deref() {
            Some(total) if total.eq_ignore_ascii_case(TOTAL) => totals.push(row),
            Some(example) if is_of_the_sheet(example) => {}
            _ if reader.is_total(row) => reader.say_total(row),
            _ => entries += usize::from(reader.entry(row, reference)),
        }
    }
    for row in totals {
        reader.control_total(row);
    }
    reader.say_published(entries);
    entries
}

/// Payments that name nobody.
#[derive(Default)]
struct Nameless {
    count: usize,
    pence: i128,
}

struct Reader<'a> {
    sheet: &'a Sheet,
    kind: Kind,
    /// Whether the sheet is headed as bodies publish theirs.
    is_published: bool,
    columns: Columns,
    /// What the amounts of each column add up to, in pence.
    sums: BTreeMap<usize, i128>,
    /// Columns in which an amount could not be read: their sums mean nothing.
    doubtful: BTreeSet<usize>,
    /// How often each reference was given, where lines of a file share them.
    named: HashMap<String, u32>,
    /// How many entries had to share the reference of another.
    repeated: usize,
    nameless: Nameless,
    gathered: &'a mut Gathered,
}

impl Reader<'_> {
    /// The reference of a row, or nothing where its cell is blank.
    fn reference_of(&self, row: &Row) -> Option<String> {
        let written = row.at(self.columns.reference()?)?;
        written.as_text().filter(|text| !text.is_empty())
    }

    /// Reads one row as an entry; false where nothing is written in its known columns.
    fn entry(&mut self, row: &Row, reference: Option<String>) -> bool {
        let written = |column: &usize| row.at(*column).is_some_and(columns::is_written);
        if !self.columns.holds.keys().any(written) {
            return false;
        }
        let mut draft = Draft::new(self.kind, reference.clone().unwrap_or_default(), self.origin(row));
        self.check_reference(row, reference.as_deref(), &mut draft);
        let mut refused = BTreeSet::new();
        let mut amounts: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
        for (column, held) in &self.columns.holds.clone() {
            let Some(written) = row.at(*column).filter(|written| columns::is_written(written)) else { continue };
            if self.is_published && other_names::says_nothing(written) {
                continue;
            }
            let result = match held {
                Holds::Reference => continue,
                Holds::Confidence => self.sureness(written, &mut draft),
                Holds::Field(field) => self.field(*column, field, written, &mut draft),
                Holds::Year(field, year) => {
                    let amounts = amounts.entry(field.name).or_default();
                    self.amount(*column, *year, written, amounts)
                }
            };
            if let Err(wrong) = result {
                let place = self.sheet.at(self.cell(row, *column));
                self.gathered.wrong(place, wrong);
                draft.sound = false;
                refused.extend(field_of(held));
            }
        }
        for (field, amounts) in amounts.into_iter().filter(|(_, amounts)| !amounts.is_empty()) {
            draft.set(field, Value::Object(amounts));
        }
        self.fill_unsaid(&mut draft);
        if self.is_published && other_names::names_nobody(&draft.record) {
            self.nameless.count += 1;
            let amount = draft.record.fields.get("amount").and_then(Value::as_i64);
            self.nameless.pence += i128::from(amount.unwrap_or(0));
            return true;
        }
        self.require(row, &refused, &mut draft);
        if draft.record.reference.is_empty() && other_names::makes_references(self.kind) {
            draft.record.reference = other_names::reference(&draft.record).unwrap_or_default();
        }
        if self.is_published && self.kind == Kind::Payment {
            draft.record.reference = self.told_apart(draft.record.reference);
        }
        if !draft.record.reference.is_empty() {
            self.gathered.take(draft.record, draft.sound);
        }
        true
    }

    /// A reference of its own for a payment: lines of one transaction share its number.
    fn told_apart(&mut self, reference: String) -> String {
        let times = self.named.entry(reference.clone()).or_default();
        *times += 1;
        if *times == 1 || reference.is_empty() {
            return reference;
        }
        self.repeated += 1;
        let (mut number, mut own) = (*times, format!("{reference}-{times}"));
        while self.named.contains_key(&own) {
            number += 1;
            own = format!("{reference}-{number}");
        }
        self.named.insert(own.clone(), 1);
        own
    }

    /// Says how much of a table of payments was read, used and set aside.
    fn say_published(&mut self, entries: usize) {
        if self.kind != Kind::Payment || !self.is_published {
            return;
        }
        if self.repeated > 0 && self.columns.reference().is_some() {
            let what = format!("{} lines share their reference with another and got a number after it", self.repeated);
            let hint =
                "nothing to do: a transaction may have several lines; they are numbered in the order of the file";
            self.gathered.warning(self.sheet.place.clone(), what, hint);
        }
        if self.nameless.count > 0 {
            let what = format!(
                "{entries} payments read, {} used; set aside: {} of {} in all that name no supplier, as names of people are taken out before publication",
                entries - self.nameless.count,
                self.nameless.count,
                pounds(self.nameless.pence),
            );
            self.gathered.warning(self.sheet.place.clone(), what, "nothing to do: no supplier of ICT is among them");
        }
    }

    /// Whether the row states totals, in a file whose entries have no references.
    fn is_total(&self, row: &Row) -> bool {
        let first = row.cells.first().and_then(|(_, written)| written.as_text());
        self.columns.reference().is_none() && first.is_some_and(|first| other_names::is_total(&first))
    }

    fn say_total(&mut self, row: &Row) {
        let place = self.sheet.at(self.sheet.row(row.number));
        self.gathered.warning(place, "the row states totals and is not read", "nothing is lost: totals are worked out");
    }

    /// Fills in fields of which the file has no column, where that says something.
    fn fill_unsaid(&self, draft: &mut Draft) {
        for field in self.kind.fields().iter().filter(|field| self.columns.of(field.name).is_none()) {
            if let Some(value) = other_names::unsaid(field) {
                draft.set(field.name, value);
            }
        }
    }

    fn origin(&self, row: &Row) -> Origin {
        let mut cells = BTreeMap::new();
        for (column, held) in &self.columns.holds {
            let name = match held {
                Holds::Reference => "reference",
                Holds::Confidence => continue,
                Holds::Field(field) => field.name,
                Holds::Year(field, _) => {
                    // The first year with an amount stands for them all.
                    let first = !cells.contains_key(field.name);
                    if first && row.at(*column).is_some() { field.name } else { continue }
                }
            };
            cells.insert(name.to_owned(), self.cell(row, *column));
        }
        Origin { place: self.sheet.at(self.sheet.row(row.number)), cells }
    }

    fn cell(&self, row: &Row, column: usize) -> String {
        self.sheet.cell(row.number, column, self.columns.heading(column))
    }

    fn check_reference(&mut self, row: &Row, reference: Option<&str>, draft: &mut Draft) {
        let Some(column) = self.columns.reference() else { return };
        if reference.is_none() && row.at(column).is_none() && other_names::makes_references(self.kind) {
            return;
        }
        let fault = match (row.at(column), reference) {
            (Some(written @ (Written::Fault(_) | Written::Unworked)), _) => convert(FieldKind::Text, written).err(),
            (_, None) => Some(Wrong::new("the entry has no reference", "give it one of its own, such as A1")),
            (_, Some(reference)) => refuse_reference(reference),
        };
        if let Some(wrong) = fault {
            draft.sound = false;
            let place = self.sheet.at(self.cell(row, column));
            self.gathered.wrong(place, wrong);
        }
    }

    fn sureness(&mut self, written: &Written, draft: &mut Draft) -> Result<(), Wrong> {
        let (whole, fields) = confidence(self.kind, written)?;
        draft.record.confidence = whole.unwrap_or(draft.record.confidence);
        draft.record.field_confidence = fields;
        Ok(())
    }

    fn field(&mut self, column: usize, field: &Field, written: &Written, draft: &mut Draft) -> Result<(), Wrong> {
        if let (Kind::Contract, "value", Written::Text(text)) = (self.kind, field.name, written)
            && let Some(amount) = other_names::yearly(text)
        {
            draft.set("annual_value", convert(field.kind, &Written::text(amount))?);
            return Ok(());
        }
        if field.kind == FieldKind::Money {
            self.count(column, &money(written));
        }
        let value = other_names::convert_field(field, written)?;
        if value.as_array().is_none_or(|items| !items.is_empty()) {
            draft.set(field.name, value);
        }
        Ok(())
    }

    fn amount(
        &mut self,
        column: usize,
        year: FinancialYear,
        written: &Written,
        amounts: &mut Map<String, Value>,
    ) -> Result<(), Wrong> {
        self.count(column, &money(written));
        let pence = convert(FieldKind::Money, written)?;
        amounts.insert(year.to_string(), pence);
        Ok(())
    }

    fn count(&mut self, column: usize, amount: &Result<Money, Wrong>) {
        match amount {
            Ok(amount) => *self.sums.entry(column).or_default() += i128::from(amount.pence()),
            Err(_) => {
                self.doubtful.insert(column);
            }
        }
    }

    fn require(&mut self, row: &Row, refused: &BTreeSet<&'static str>, draft: &mut Draft) {
        let (sheet, columns) = (self.sheet, &self.columns);
        draft.require_all(self.gathered, |field| {
            // A column that is missing altogether has been said once, for all rows.
            let column = columns.of(field)?;
            let place = sheet.at(sheet.cell(row.number, column, columns.heading(column)));
            (!refused.contains(field)).then_some(place)
        });
    }

    /// Compares what the amounts of each column add up to with what the sheet says they do.
    fn control_total(&mut self, row: &Row) {
        for (column, held) in &self.columns.holds {
            let is_money = match held {
                Holds::Field(field) => field.kind == FieldKind::Money,
                Holds::Year(..) => true,
                Holds::Reference | Holds::Confidence => false,
            };
            let Some(written) = row.at(*column).filter(|written| is_money && columns::is_written(written)) else {
                continue;
            };
            let place = self.sheet.at(self.cell(row, *column));
            match stated(written) {
                Err(wrong) => self.gathered.wrong(place, wrong),
                Ok(_) if self.doubtful.contains(column) => {}
                Ok(stated) => {
                    let sum = self.sums.get(column).copied().unwrap_or(0);
                    if sum != stated {
                        let heading = self.columns.heading(*column);
                        self.gathered.error(
                            place,
                            format!(
                                "the amounts under \"{heading}\" add up to {}, but the TOTAL says {}",
                                pounds(sum),
                                pounds(stated)
                            ),
                            "correct the amounts or the total",
                        );
                    }
                }
            }
        }
    }
}

/// A stated total in pence; the limit of a single amount does not bind it.
fn stated(written: &Written) -> Result<i128, Wrong> {
    if let Written::Number(pounds) = written {
        let pence = (pounds * 100.0).round();
        // Sums of sums, as a spreadsheet adds them, carry binary noise; the penny decides.
        if pence.is_finite() && pence.abs() < 1e17 {
            return Ok(pence as i128);
        }
    }
    convert(FieldKind::Money, written)?;
    money(written).map(|amount| i128::from(amount.pence()))
}

fn pounds(pence: i128) -> String {
    i64::try_from(pence).map_or_else(|_| format!("{pence} pence"), |pence| Money::from_pence(pence).to_string())
}

pub(super) fn refuse_reference(reference: &str) -> Option<Wrong> {
    let held = reference.contains([';', '\n', '\r']);
    held.then(|| {
        let what =
            format!("the reference \"{}\" holds a semicolon or a line break", super::nearest::shortened(reference));
        Wrong::new(what, "use letters, digits and hyphens: lists of references are separated by semicolons")
    })
}

fn field_of(held: &Holds) -> Option<&'static str> {
    match held {
        Holds::Field(field) | Holds::Year(field, _) => Some(field.name),
        Holds::Reference | Holds::Confidence => None,
    }
}
