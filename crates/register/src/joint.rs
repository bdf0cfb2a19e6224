//! The joint register: what the owners share, and all that an analysis can read.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use penshaw_basis::{Confidence, Date, Digest, Digester, FinancialYear, Source};

use crate::{
    Authority, Banded, CourseOption, Entry, FieldKind, Kind, Line, PARTNERSHIP, Partnership, Projection, Record,
    Subtotal,
};

/// What the owners share, joined. Only [`join`](crate::join) makes one.
#[derive(Clone, Debug)]
pub struct JointRegister {
    partnership: Partnership,
    shown: Shown,
    digests: BTreeMap<String, Digest>,
    on: Option<Date>,
}

/// All that owners show, and what they keep back by its name alone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shown {
    records: Vec<Shared>,
    withheld: Vec<Withheld>,
    bands: Vec<EntryBand>,
    pub(crate) subtotals: Vec<Subtotal>,
}

impl Shown {
    /// Adds what an owner shows of a record.
    pub(crate) fn add(&mut self, owner: &str, record: &Record, projection: Projection) {
        let owner = || owner.to_owned();
        let kind = record.kind;
        self.withheld.extend(projection.kept.into_iter().map(|field| Withheld { owner: owner(), kind, field }));
        let bands = projection.bands.into_iter();
        self.bands.extend(bands.map(|(field, band)| {
            let reference = record.reference.clone();
            EntryBand { owner: owner(), kind, reference, field, band }
        }));
        self.records.extend(projection.shared.map(|record| Shared { owner: owner(), record }));
    }
}

/// A record that its owner shares.
#[derive(Clone, Debug)]
struct Shared {
    owner: String,
    record: Record,
}

/// A field, or a whole record, that its owner keeps back: known to be there, not what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// The owner's code.
    pub owner: String,
    /// The kind of entry.
    pub kind: Kind,
    /// The field's name, or "record".
    pub field: String,
}

/// The band that an owner shows in place of a figure of one of its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryBand {
    /// The owner's code.
    pub owner: String,
    /// The kind of entry.
    pub kind: Kind,
    /// The entry's reference.
    pub reference: String,
    /// The field's name.
    pub field: String,
    /// The band, or one for each year.
    pub band: Banded,
}

/// How much a total of the joint register leaves out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Figures that owners keep back while they share the rest of the entry.
    pub figures: usize,
    /// Entries that owners keep back whole: whether they hold a figure is not known.
    pub entries: usize,
}

impl LeftOut {
    /// Whether nothing is left out.
    pub fn is_nothing(self) -> bool {
        self == LeftOut::default()
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let many = |number: usize, one: &str, more: &str| format!("{number} {}", if number == 1 { one } else { more });
        let figures = many(self.figures, "figure", "figures");
        let entries = many(self.entries, "whole entry", "whole entries");
        match (self.figures, self.entries) {
            (0, 0) => f.write_str("nothing is left out"),
            (_, 0) => write!(f, "{figures} kept back and left out"),
            (0, _) => write!(f, "{entries} kept back and left out"),
            _ => write!(f, "{figures} and {entries} kept back and left out"),
        }
    }
}

/// An entry with its owner and how sure it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Held<E> {
    /// The owner's code, or [`PARTNERSHIP`].
    pub owner: String,
    /// The entry.
    pub entry: E,
    /// How sure the whole entry is.
    pub confidence: Confidence,
    /// How sure single fields are, where they differ.
    pub field_confidence: BTreeMap<String, Confidence>,
}

impl<E: Entry> Held<E> {
    /// The entry as a source.
    pub fn source(&self) -> Source {
        Source::entry(&self.owner, self.entry.reference())
    }

    /// How sure one field is.
    pub fn confidence_of(&self, field: &str) -> Confidence {
        self.field_confidence.get(field).copied().unwrap_or(self.confidence)
    }
}

impl<E> Deref for Held<E> {
    type Target = E;
    fn deref(&self) -> &E {
        &self.entry
    }
}

/// The first words of a record, shortened.
fn said(record: &Record) -> String {
    const LETTERS: usize = 70;
    let texts = record.kind.fields().iter().filter(|field| field.kind == FieldKind::Text);
    let first = texts.filter_map(|field| record.fields.get(field.name)?.as_str()).find(|words| !words.is_empty());
    match first {
        Some(words) if words.chars().count() > LETTERS => {
            format!(": {}…", words.chars().take(LETTERS).collect::<String>().trim_end())
        }
        Some(words) => format!(": {words}"),
        None => String::new(),
    }
}

impl JointRegister {
    pub(crate) fn made(
        partnership: Partnership,
        shown: Shown,
        digests: BTreeMap<String, Digest>,
        on: Option<Date>,
    ) -> Self {
        JointRegister { partnership, shown, digests, on }
    }

    /// The partnership and its report's details.
    pub fn partnership(&self) -> &Partnership {
        &self.partnership
    }

    /// The authorities, in the order in which reports name them.
    pub fn authorities(&self) -> &[Authority] {
        &self.partnership.authorities
    }

    /// Every shared entry of a kind: owners in the order of their baselines, each one's by reference.
    pub fn all<E: Entry>(&self) -> Vec<Held<E>> {
        self.shown
            .records
            .iter()
            .filter(|shared| shared.record.kind == E::KIND)
            .filter_map(|Shared { owner, record }| {
                Some(Held {
                    owner: owner.clone(),
                    // A record that cannot be read was refused as a finding when it was checked.
                    entry: record.read().ok()?,
                    confidence: record.confidence,
                    field_confidence: record.field_confidence.clone(),
                })
            })
            .collect()
    }

    /// The records that are shared, with their owners' codes, as completeness counts them.
    pub fn records(&self) -> impl Iterator<Item = (&str, &Record)> {
        self.shown.records.iter().map(|shared| (shared.owner.as_str(), &shared.record))
    }

    /// What owners keep back.
    pub fn withheld(&self) -> &[Withheld] {
        &self.shown.withheld
    }

    /// The bands that owners show in place of figures: each is shown with its entry, and none is added up.
    pub fn bands(&self) -> &[EntryBand] {
        &self.shown.bands
    }

    /// What the figures come to that owners keep back one by one, by owner, kind, field
    /// and year; no total holds them.
    pub fn subtotals(&self) -> &[Subtotal] {
        &self.shown.subtotals
    }

    /// How much a total over a field leaves out, of one owner or of all.
    pub fn left_out(&self, kind: Kind, field: &str, owner: Option<&str>) -> LeftOut {
        let of_total = |kept: &&Withheld| kept.kind == kind && owner.is_none_or(|owner| kept.owner == owner);
        let kept = self.shown.withheld.iter().filter(of_total);
        kept.fold(LeftOut::default(), |left, kept| match kept.field.as_str() {
            "record" => LeftOut { entries: left.entries + 1, ..left },
            name if name == field => LeftOut { figures: left.figures + 1, ..left },
            _ => left,
        })
    }

    /// The options, in the order of their references.
    pub fn options(&self) -> Vec<Held<CourseOption>> {
        self.all()
    }

    /// The lines of one option.
    pub fn lines_of(&self, option: &str) -> Vec<Held<Line>> {
        self.all::<Line>().into_iter().filter(|line| line.option == option).collect()
    }

    /// The newest baseline's day.
    pub fn on(&self) -> Option<Date> {
        self.on
    }

    /// The financial year of the newest baseline.
    pub fn year(&self) -> Option<FinancialYear> {
        self.on.map(FinancialYear::of)
    }

    /// The digest of each owner's shared projection, by its code.
    pub fn digests(&self) -> &BTreeMap<String, Digest> {
        &self.digests
    }

    /// The digest of all that an analysis can read: what is shared, the partnership, the
    /// day, and which fields are kept back. What those fields hold is not in it.
    pub fn digest(&self) -> Digest {
        let mut digester = Digester::new("penshaw joint register 1");
        let partnership = serde_json::to_string(&self.partnership).expect("a partnership is plain data");
        digester.part(&partnership);
        for (owner, digest) in &self.digests {
            digester.part(owner).part(digest.as_str());
        }
        digester.part(&self.on.map(|on| on.to_string()).unwrap_or_default());
        for kept in &self.shown.withheld {
            digester.part(&kept.owner).part(kept.kind.key()).part(&kept.field);
        }
        digester.finish()
    }

    /// What each shared record is called in a list of sources: its owner, its sheet, its
    /// reference and its first words.
    pub fn titles(&self) -> BTreeMap<Source, String> {
        let mut titles: BTreeMap<Source, String> = BTreeMap::new();
        for Shared { owner, record } in &self.shown.records {
            let whose = if owner == PARTNERSHIP { "Partnership" } else { self.partnership.name_of(owner) };
            let title = format!("{whose}, {} {}{}", record.kind.sheet().to_lowercase(), record.reference, said(record));
            titles
                .entry(record.source(owner))
                .and_modify(|known| *known = format!("{known}; {title}"))
                .or_insert(title);
        }
        titles
    }

    /// The source of a record that the partners hold together.
    pub fn own_source(reference: &str) -> Source {
        Source::entry(PARTNERSHIP, reference)
    }
}
