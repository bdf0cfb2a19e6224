//! The fields of one contract: what it is called, who supplies it, how long it runs, what it is worth, what was changed.

use penshaw_basis::{Confidence, Date};
use penshaw_register::{Kind, MOST_MONEY_PENCE};
use serde_json::{Value, json};

use super::contract::{Agreed, Procurement};
use super::json::{day, days_of, months_between, object, objects, text, yes};
use super::supplier::{Supplier, of_parties, suppliers};
use super::terms::{awarded_by, regime};
use crate::read::convert::convert;
use crate::read::gathered::Draft;
use crate::read::mended::mended;
use crate::read::nearest::shortened;
use crate::read::notes::Notes;
use crate::read::written::Written;

/// How many letters of a description are kept: some notices hold a whole specification.
const LONGEST_DESCRIPTION: usize = 2_000;
/// A term shorter than this is no basis for what is paid in a year.
const DAYS_OF_A_YEAR: i64 = 365;

/// A contract while it is read.
pub(super) struct Reading<'a, 'b> {
    procurement: &'a Procurement<'a>,
    one: &'a Agreed<'a>,
    pointer: String,
    draft: Draft,
    notes: &'b mut Notes,
}

impl<'a, 'b> Reading<'a, 'b> {
    pub(super) fn of(
        procurement: &'a Procurement<'a>,
        one: &'a Agreed<'a>,
        pointer: String,
        draft: Draft,
        notes: &'b mut Notes,
    ) -> Self {
        Reading { procurement, one, pointer, draft, notes }
    }

    /// Reads every field; `several` where the procurement has other contracts too.
    pub(super) fn read(mut self, several: bool) -> Draft {
        self.words(several);
        self.suppliers();
        self.term();
        self.value();
        self.amendments();
        self.draft
    }

    fn tell(&mut self, what: impl Into<String>, hint: &str) {
        self.notes.tell(what, hint, &self.pointer, &self.draft.record.reference);
    }

    fn is_unsure(&mut self, field: &str) {
        self.draft.record.field_confidence.insert(field.to_owned(), Confidence::Estimated);
    }

    /// A text as it was meant; what was mended is told.
    fn mended(&mut self, text: &str) -> String {
        let better = mended(text);
        if better != text {
            self.tell("line breaks or letters that the publisher's system had broken were mended", "nothing to do");
        }
        penshaw_register::plain_text(&better)
    }

    fn put(&mut self, field: &str, written: Written) {
        let kind = Kind::Contract.field(field).expect("the names are fields of contracts").kind;
        match convert(kind, &written) {
            Ok(Value::String(text)) if text.is_empty() => {}
            Ok(Value::Array(items)) if items.is_empty() => {}
            Ok(value) => self.draft.set(field, value),
            Err(wrong) => self.tell(format!("{field} is left out: {}", wrong.what), &wrong.hint),
        }
    }

    fn put_text(&mut self, field: &str, text: &str) {
        let text = self.mended(text);
        self.put(field, Written::text(text));
    }

    fn words(&mut self, several: bool) {
        let (release, tender) = (self.procurement.release, object(self.procurement.release, "tender"));
        let (award, contract) = (self.one.award, self.one.contract);
        let lots = self.lots();
        let own = text(contract, "title").or_else(|| text(award, "title"));
        let whole = || text(tender, "title").or_else(|| text(release, "title"));
        let part = || match lots.as_slice() {
            [lot] => text(lot, "title"),
            _ => text(award, "id").or_else(|| text(contract, "id")).map(|id| {
                format!("award {}", id.strip_prefix(self.procurement.ocid).unwrap_or(&id).trim_start_matches('-'))
            }),
        };
        let title = own.or_else(|| match (whole()?, several.then(part).flatten()) {
            (whole, Some(part)) => Some(format!("{whole}: {part}")),
            (whole, None) => Some(whole),
        });
        match title {
            Some(title) => self.put_text("title", &title),
            None => {
                self.tell("the contract has no title", "give it one");
                self.put("title", Written::text(format!("Contract {}", self.draft.record.reference)));
                self.is_unsure("title");
            }
        }
        let described = [contract, award, tender, release].into_iter().find_map(|of| text(of, "description"));
        if let Some(described) = described {
            let described = self.mended(&described);
            let kept = self.cut(described);
            self.put("description", Written::text(kept));
        }
        self.draft.set("ocid", json!(self.procurement.ocid));
        if yes(object(contract, "penshaw"), "made_ocid") == Some(true) {
            self.draft.record.fields.remove("ocid");
        }
        let codes = self.codes();
        self.put("classification", Written::List(codes.into_iter().map(Written::Text).collect()));
        if let Some(how) = awarded_by(tender) {
            self.draft.set("awarded_by", json!(how));
        }
        if let Some(law) = regime(tender) {
            self.draft.set("regime", json!(law));
        }
        if self.procurement.doubtful {
            self.draft.record.confidence = Confidence::Estimated;
        }
    }

    fn cut(&mut self, text: String) -> String {
        match text.char_indices().nth(LONGEST_DESCRIPTION) {
            None => text,
            Some((end, _)) => {
                self.tell(
                    format!("only the first {LONGEST_DESCRIPTION} letters of the description are kept"),
                    "the notice holds the rest",
                );
                format!("{}…", text[..end].trim_end())
            }
        }
    }

    /// The lots that the award is of.
    fn lots(&self) -> Vec<&'a Value> {
        let (one, procurement) = (self.one, self.procurement);
        let related = one.award.get("relatedLots").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let lots = objects(object(procurement.release, "tender"), "lots");
        lots.filter(|lot| lot.get("id").is_some_and(|id| related.contains(id))).collect()
    }

    /// The CPV codes of the contract, its award or the whole procurement, each once.
    fn codes(&self) -> Vec<String> {
        let tender = object(self.procurement.release, "tender");
        let of = |value: &Value| {
            let mut codes = Vec::new();
            let items = std::iter::once(value).chain(objects(value, "items"));
            for item in items {
                let all =
                    std::iter::once(object(item, "classification")).chain(objects(item, "additionalClassifications"));
                let cpv =
                    all.filter(|one| text(one, "scheme").is_some_and(|scheme| scheme.eq_ignore_ascii_case("CPV")));
                codes.extend(cpv.filter_map(|one| text(one, "id")));
            }
            codes
        };
        let found = [self.one.contract, self.one.award, tender].into_iter().map(of).find(|codes| !codes.is_empty());
        let mut codes: Vec<String> = Vec::new();
        for code in found.unwrap_or_default() {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    }

    fn suppliers(&mut self) {
        let mut found = suppliers(self.one.award, self.procurement.release);
        if found.is_empty() && objects(self.procurement.release, "awards").count() <= 1 {
            found = of_parties(self.procurement.release);
        }
        let names: Vec<&str> = found.iter().filter_map(|one| one.name.as_deref()).collect();
        if found.is_empty() {
            return self.tell("no supplier is named", "enter it");
        }
        if names.len() < found.len() {
            self.tell("a supplier has no name", "enter it");
        }
        if names.is_empty() {
            return;
        }
        let names = names.join("; ");
        self.put_text("supplier", &names);
        let [Supplier { number, is_small, is_voluntary, .. }] = found.as_slice() else { return };
        if let Some(number) = number {
            self.put_text("supplier_number", number);
        }
        for (field, answer) in [("supplier_is_small", is_small), ("supplier_is_voluntary", is_voluntary)] {
            if let Some(answer) = answer {
                self.draft.set(field, json!(answer));
            }
        }
    }

    /// First and last day, and by how much the contract itself lets it be extended.
    fn term(&mut self) {
        let tender = object(self.procurement.release, "tender");
        let lots = self.lots();
        let lot = if let [lot] = lots.as_slice() { object(lot, "contractPeriod") } else { &Value::Null };
        let periods = [
            object(self.one.contract, "period"),
            object(self.one.award, "contractPeriod"),
            lot,
            object(tender, "contractPeriod"),
        ];
        let named =
            |period: &Value| ["startDate", "endDate", "durationInDays"].iter().any(|key| text(period, key).is_some());
        let Some(from) = periods.iter().position(|period| named(period)) else {
            return self.tell("the contract has no first and last day", "enter them");
        };
        let period = periods[from];
        let starts = self.day(period, "startDate");
        let mut ends = self.day(period, "endDate");
        let days = period.get("durationInDays").and_then(Value::as_i64).filter(|days| (1..=36_525).contains(days));
        if let (None, Some(starts), Some(days)) = (ends, starts, days) {
            ends = starts.checked_add(jiff::Span::new().days(days - 1)).ok();
            self.is_unsure("ends");
        }
        if let (Some(first), Some(last)) = (starts, ends)
            && last < first
        {
            self.tell(
                "the contract ends before it starts, and its last day is left out",
                "find out the last day and enter it",
            );
            ends = None;
        }
        for (field, value) in [("starts", starts), ("ends", ends)] {
            if let Some(value) = value {
                self.draft.set(field, json!(value));
                // What was tendered is not always what was agreed.
                if from > 1 {
                    self.is_unsure(field);
                }
            }
        }
        if ends.is_none() {
            self.tell(
                "the contract has no last day",
                "enter it: without it no notice and no alignment can be worked out",
            );
        }
        self.extension(period, ends, &lots);
    }

    fn extension(&mut self, period: &Value, ends: Option<Date>, lots: &[&Value]) {
        let most = self.day(period, "maxExtentDate");
        match (ends, most) {
            (Some(ends), Some(most)) if most >= ends => {
                self.put("extension_months", Written::Number(months_between(ends, most)));
            }
            (Some(_), Some(_)) => {
                self.tell(
                    "the last day with all extensions is before the last day without, and is left out",
                    "ask the publisher",
                );
            }
            _ => {}
        }
        let of = |name: &str| lots.iter().any(|lot| yes(lot, name) == Some(true));
        if most.is_none() && (of("hasRenewal") || of("hasOptions")) {
            let what = "the contract may be renewed or extended, by how much is said in words only";
            self.tell(what, "read the notice and enter the months under \"Extension allowed\"");
        }
    }

    fn day(&mut self, period: &Value, name: &str) -> Option<Date> {
        let written = text(period, name)?;
        let found = day(&written);
        if found.is_none() {
            self.tell(
                format!("{name} \"{}\" is not a day, and is left out", shortened(&written)),
                "find out the day and enter it",
            );
        }
        found
    }

    /// The value without VAT in pounds, and what it comes to in a year where that is clear.
    fn value(&mut self) {
        let award_is_its_own = !self.one.one_of_several;
        let award = if award_is_its_own { object(self.one.award, "value") } else { &Value::Null };
        let values = [object(self.one.contract, "value"), award];
        let has = |value: &Value| ["amount", "amountGross"].iter().any(|name| text(value, name).is_some());
        let Some(value) = values.into_iter().find(|value| has(value)) else {
            return self.tell("the contract has no value", "enter it, in pounds without VAT");
        };
        let Some(pence) = self.pence(value) else { return };
        self.draft.set("value", json!(pence));
        if let Some(annual) = self.annual(pence) {
            self.draft.set("annual_value", json!(annual));
            self.is_unsure("annual_value");
        }
    }

    fn pence(&mut self, value: &Value) -> Option<i64> {
        match text(value, "currency") {
            Some(currency) if currency.trim().eq_ignore_ascii_case("GBP") => {}
            Some(currency) => {
                let what = format!("the value is in {}, not pounds, and is left out", shortened(&currency));
                self.tell(what, "enter it in pounds, at the rate that was paid");
                return None;
            }
            None => self.tell("the value has no currency and is read as pounds", "correct it if it is in another"),
        }
        let amount = |name: &str| text(value, name).and_then(|text| text.replace(',', "").parse::<f64>().ok());
        let Some(net) = amount("amount") else {
            self.tell("only the value with VAT is given, and is left out", "enter the value without VAT");
            return None;
        };
        if amount("amountGross").is_some_and(|gross| gross < net) {
            self.tell(
                "the value with VAT is less than the value without",
                "ask the publisher whether the two are the wrong way round",
            );
        }
        let pence = net * 100.0;
        if !pence.is_finite() || pence < 0.0 || pence > MOST_MONEY_PENCE as f64 {
            self.tell(
                format!("the value {net} is not one that a contract can have, and is left out"),
                "find out the value and enter it",
            );
            return None;
        }
        if (pence - pence.round()).abs() > 1e-4 {
            self.tell("the value is rounded to the penny", "nothing to do");
        }
        Some(pence.round() as i64)
    }

    /// What a value comes to in a year of 365.25 days, for services of a year or longer from one supplier.
    ///
    /// Goods and works are not paid evenly, and the value of a framework is a ceiling.
    fn annual(&self, pence: i64) -> Option<i64> {
        let tender = object(self.procurement.release, "tender");
        let day = |field: &str| self.draft.record.fields.get(field)?.as_str()?.parse::<Date>().ok();
        let days = days_of(day("starts")?, day("ends")?);
        let evenly = text(tender, "mainProcurementCategory").is_none_or(|what| what == "services");
        let title = self.draft.record.fields.get("title").and_then(Value::as_str).unwrap_or_default().to_lowercase();
        let ceiling = yes(object(tender, "techniques"), "hasFrameworkAgreement") == Some(true)
            || ["framework", "dynamic purchasing", "dps"].iter().any(|word| title.contains(word));
        let one_supplier = objects(self.one.award, "suppliers").count() <= 1;
        (pence > 0 && days >= DAYS_OF_A_YEAR && evenly && !ceiling && one_supplier).then(|| per_year(pence, days))
    }

    /// By how much amendments have changed value and term, where they say it.
    fn amendments(&mut self) {
        let changes: Vec<&Value> = [self.one.contract, self.one.award]
            .into_iter()
            .flat_map(|of| {
                objects(of, "amendments").chain(std::iter::once(object(of, "amendment")).filter(|one| !one.is_null()))
            })
            .collect();
        if changes.is_empty() {
            return;
        }
        let former = |property: &str| {
            let all = changes.iter().flat_map(|amendment| objects(amendment, "changes"));
            // The first amendment that changed it knows what was agreed at first.
            all.filter(|change| text(change, "property").is_some_and(|named| named.ends_with(property)))
                .find_map(|change| text(change, "former_value"))
        };
        let value = self.draft.record.fields.get("value").and_then(Value::as_i64);
        let before =
            former("value.amount").and_then(|text| text.parse::<f64>().ok()).filter(|amount| amount.is_finite());
        let more =
            value.zip(before).map(|(now, before)| now - (before * 100.0).round() as i64).filter(|more| *more > 0);
        let ends =
            self.draft.record.fields.get("ends").and_then(Value::as_str).and_then(|text| text.parse::<Date>().ok());
        let longer = ends.zip(former("eriod.endDate").and_then(|text| day(&text))).filter(|(now, before)| now > before);
        if more.is_none() && longer.is_none() {
            let what = "the contract was amended, and the notice does not say by how much in figures";
            return self.tell(
                what,
                "enter what was added under \"Added by modification\" and \"Added by modification (months)\"",
            );
        }
        if let Some(more) = more {
            self.draft.set("modified_value", json!(more));
        }
        if let Some((now, before)) = longer {
            self.draft.set("modified_months", json!(months_between(before, now)));
        }
    }
}

/// Pence in a year of 365.25 days, of pence over some days; a half is rounded up.
fn per_year(pence: i64, days: i64) -> i64 {
    let (over, days) = (i128::from(pence) * 36_525, i128::from(days) * 100);
    i64::try_from((2 * over + days) / (2 * days)).unwrap_or(i64::MAX)
}
