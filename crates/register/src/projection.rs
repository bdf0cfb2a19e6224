//! The projection of a record: what its owner shares of it, what it keeps back, and what is shown instead.

use std::collections::BTreeMap;

use penshaw_basis::Digester;
use serde_json::Value;

use crate::band::{Banded, banded, figures};
use crate::{Holder, Instead, PARTNERSHIP, Record, SharingChoice};

/// What partners may see of one record. The joint register and the database make it by the same rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Projection {
    /// What is shared of the record; nothing where all of it is kept back.
    pub shared: Option<Record>,
    /// The fields that are kept back, or "record" alone where all of it is.
    pub kept: Vec<String>,
    /// The bands that are shown in place of figures, by field; only of a record that is shared.
    pub bands: BTreeMap<String, Banded>,
    /// The fields whose figures are kept back and go into a [subtotal](crate::Subtotal); the record may be kept back whole.
    pub subtotalled: Vec<String>,
}

impl Projection {
    /// Adds all that is shown to a digest, and nothing that is kept back.
    pub(crate) fn digest_into(&self, digester: &mut Digester) {
        let Some(shared) = &self.shared else { return };
        shared.digest_into(digester);
        for (field, band) in &self.bands {
            digester.part("band").part(field).part(&band.to_string());
        }
    }
}

/// What an owner's choices share of one of its records.
///
/// Choices are read in order and the last that speaks of a record or field decides,
/// as [`SharingChoice`] says. A record that the partners hold together is shared
/// by being there.
///
/// ```
/// use penshaw_register::{Kind, Record, SharingChoice, project};
/// let mut record = Record::new(Kind::Application, "A1");
/// record.fields.insert("name".into(), "Academy".into());
/// record.fields.insert("annual_cost".into(), 8_500_000.into());
/// let choices: Vec<SharingChoice> = serde_json::from_str(
///     r#"[{ "shared": true }, { "fields": "annual_cost", "shared": false, "instead": "band" }]"#,
/// )?;
/// let projection = project("SCC", &record, &choices);
/// assert_eq!(projection.kept, ["annual_cost"]);
/// assert_eq!(projection.bands["annual_cost"].to_string(), "£50,000 to £100,000");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn project(owner: &str, record: &Record, choices: &[SharingChoice]) -> Projection {
    if owner == PARTNERSHIP && record.kind.holder() == Holder::Partnership {
        return Projection { shared: Some(record.clone()), ..Projection::default() };
    }
    let deciding = Deciding::of(record, choices);
    let subtotalled = deciding.given_instead(Instead::Subtotal).map(|(name, _)| name.clone()).collect();
    if !deciding.shares_record() {
        return Projection { kept: vec!["record".to_owned()], subtotalled, ..Projection::default() };
    }
    let mut shared = record.clone();
    shared.fields.retain(|name, _| deciding.shares(name));
    shared.field_confidence.retain(|name, _| shared.fields.contains_key(name));
    shared.origin.cells.retain(|name, _| name == "reference" || shared.fields.contains_key(name));
    let is_kept = |name: &&String| record.kind.field(name).is_some() && !shared.fields.contains_key(*name);
    let kept = record.fields.keys().filter(is_kept).cloned().collect();
    Projection { shared: Some(shared), kept, bands: deciding.bands(), subtotalled }
}

/// The choices that speak of one record, in their order.
struct Deciding<'a> {
    record: &'a Record,
    about: Vec<&'a SharingChoice>,
}

impl<'a> Deciding<'a> {
    fn of(record: &'a Record, choices: &'a [SharingChoice]) -> Self {
        Deciding { record, about: choices.iter().filter(|choice| choice.speaks_of(record)).collect() }
    }

    /// Whether anything of the record is shared.
    fn shares_record(&self) -> bool {
        let decides = |choice: &&&SharingChoice| choice.shared || choice.keeps_back_whole(self.record.kind);
        self.about.iter().rev().find(decides).is_some_and(|choice| choice.shared)
    }

    /// The choice that decides on a field which its owner may keep back.
    fn on(&self, name: &str) -> Option<&'a SharingChoice> {
        let kind = self.record.kind;
        let decides = |choice: &&&SharingChoice| choice.fields.speaks_of(name) || choice.keeps_back_whole(kind);
        self.about.iter().rev().find(decides).copied()
    }

    /// Whether a field of a shared record goes with it.
    fn shares(&self, name: &str) -> bool {
        match self.record.kind.field(name) {
            Some(field) if field.shareable => self.on(name).is_some_and(|choice| choice.shared),
            Some(_) => true,
            // A field that is not declared is one that no choice can speak of.
            None => false,
        }
    }

    /// The fields that hold figures which are kept back, and for which this is given instead.
    fn given_instead(&self, instead: Instead) -> impl Iterator<Item = (&'a String, &'a Value)> {
        let kind = self.record.kind;
        self.record.fields.iter().filter(move |(name, value)| {
            let field = kind.field(name).filter(|field| field.shareable && figures(field, value).is_some());
            let choice = field.and_then(|_| self.on(name));
            choice.is_some_and(|choice| choice.gives(instead, kind))
        })
    }

    fn bands(&self) -> BTreeMap<String, Banded> {
        let band =
            |(name, value): (&String, &Value)| Some((name.clone(), banded(self.record.kind.field(name)?, value)?));
        self.given_instead(Instead::Band).filter_map(band).collect()
    }
}
