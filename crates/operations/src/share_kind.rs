//! What is shared of one kind of entry, or of one entry: read out of an owner's ordered choices, and put back into them.

use std::collections::BTreeMap;

use penshaw_register::{Field, FieldKind, Instead, Kind, Record, SharingChoice, Which, project};
use serde_json::{Value, json};

/// How much is shared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// Of one entry: as much as of the others of its kind.
    AsTheRest,
    /// Nothing, not even that it is there.
    #[default]
    Nothing,
    /// The fields that always go with an entry, such as its title.
    Titles,
    /// All of it.
    Everything,
    /// All but the fields that are named.
    But,
}

impl Extent {
    /// Every extent, from the least to the most, the rest's own first.
    pub const ALL: [Extent; 5] = [Extent::AsTheRest, Extent::Nothing, Extent::Titles, Extent::Everything, Extent::But];

    /// Its name in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Extent::AsTheRest => "as_the_rest",
            Extent::Nothing => "nothing",
            Extent::Titles => "titles",
            Extent::Everything => "everything",
            Extent::But => "but",
        }
    }

    /// The extent of that name.
    pub fn of(key: &str) -> Option<Extent> {
        Extent::ALL.into_iter().find(|extent| extent.key() == key)
    }
}

/// What is shared of a kind, or of one entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// How much.
    pub extent: Extent,
    /// With [`Extent::But`]: the fields that are kept back, each with what is given instead.
    pub kept: BTreeMap<String, Option<Instead>>,
}

/// What an extent is about: a kind, or one entry of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About<'a> {
    /// The kind.
    pub kind: Kind,
    /// The entry's reference; nothing for the kind as a whole.
    pub reference: Option<&'a str>,
}

impl Shares {
    /// All of a kind or entry.
    pub fn of_extent(extent: Extent) -> Self {
        Shares { extent, kept: BTreeMap::new() }
    }

    /// What the choices share of a kind apart from entries that they name, or of one entry.
    pub fn read(about: About<'_>, choices: &[SharingChoice]) -> Self {
        match about.reference {
            Some(reference) if !choices.iter().any(|choice| names(choice, about.kind, reference)) => {
                Shares::of_extent(Extent::AsTheRest)
            }
            reference => in_effect(about.kind, reference, choices),
        }
    }

    /// The choices with this put in place of what they said of it before. Exceptions that keep
    /// single entries back stay in force.
    ///
    /// ```
    /// use penshaw_operations::{About, Extent, Shares};
    /// use penshaw_register::Kind;
    /// let about = About { kind: Kind::Contract, reference: None };
    /// let choices = Shares::of_extent(Extent::Titles).put(about, &[]);
    /// assert_eq!(Shares::read(about, &choices).extent, Extent::Titles);
    /// ```
    pub fn put(&self, about: About<'_>, choices: &[SharingChoice]) -> Vec<SharingChoice> {
        match about.reference {
            Some(reference) => self.put_entry(about.kind, reference, choices),
            None => self.put_kind(about.kind, choices),
        }
    }

    fn put_kind(&self, kind: Kind, choices: &[SharingChoice]) -> Vec<SharingChoice> {
        let is_ours = |choice: &SharingChoice| choice.kind == Some(kind) && choice.records == Which::All;
        let others: Vec<SharingChoice> = choices.iter().filter(|choice| !is_ours(choice)).cloned().collect();
        // After whatever speaks of every kind, or that would decide instead.
        let of_all = |choice: &SharingChoice| choice.kind.is_none() && choice.records == Which::All;
        let place = others.iter().rposition(of_all).map_or(0, |place| place + 1);
        let (mut first, last) = (others[..place].to_vec(), others[place..].to_vec());
        // What keeps single entries back stays after it: more may be kept back by this, never less.
        let keeps_single = |choice: &SharingChoice| {
            !choice.shared && choice.records != Which::All && choice.kind.is_none_or(|other| other == kind)
        };
        let singles: Vec<SharingChoice> = first.iter().filter(|choice| keeps_single(choice)).cloned().collect();
        first.retain(|choice| !keeps_single(choice));
        let with = |ours: Vec<SharingChoice>| {
            [first.clone(), ours, singles.clone(), last.clone()].into_iter().flatten().collect::<Vec<_>>()
        };
        let few = [Vec::new(), self.kept_back(kind, &Which::All)];
        let few = few.into_iter().map(with).find(|choices| in_effect(kind, None, choices) == *self);
        few.unwrap_or_else(|| with(self.in_full(kind, &Which::All)))
    }

    fn put_entry(&self, kind: Kind, reference: &str, choices: &[SharingChoice]) -> Vec<SharingChoice> {
        let others = choices.iter().filter_map(|choice| without(choice, kind, reference));
        let others: Vec<SharingChoice> = others.collect();
        if self.extent == Extent::AsTheRest {
            return others;
        }
        let which = Which::Only(vec![reference.to_owned()]);
        let with = |ours: Vec<SharingChoice>| [others.clone(), ours].concat();
        let kept = self.kept_back(kind, &which);
        let few = (!kept.is_empty()).then(|| with(kept));
        few.filter(|choices| in_effect(kind, Some(reference), choices) == *self)
            .unwrap_or_else(|| with(self.in_full(kind, &which)))
    }

    /// Choices that say it whatever was said before.
    fn in_full(&self, kind: Kind, records: &Which) -> Vec<SharingChoice> {
        let says = |fields: Which, shared: bool| choice(kind, records, fields, shared);
        match self.extent {
            Extent::AsTheRest => Vec::new(),
            Extent::Nothing => vec![says(Which::All, false)],
            Extent::Titles => {
                let open = kind.fields().iter().filter(|field| !field.shareable).map(|field| field.name.to_owned());
                vec![says(Which::All, false), says(Which::Only(open.collect()), true)]
            }
            Extent::Everything => vec![says(Which::All, true)],
            Extent::But => [vec![says(Which::All, true)], self.kept_back(kind, records)].concat(),
        }
    }

    /// Choices that keep the fields back, those with the same thing given instead together.
    fn kept_back(&self, kind: Kind, records: &Which) -> Vec<SharingChoice> {
        let mut choices = Vec::new();
        for instead in [None, Some(Instead::Band), Some(Instead::Subtotal)] {
            let names = self.kept.iter().filter(|(_, given)| **given == instead).map(|(name, _)| name.clone());
            let names: Vec<String> = names.collect();
            if !names.is_empty() {
                choices.push(SharingChoice { instead, ..choice(kind, records, Which::Only(names), false) });
            }
        }
        choices
    }
}

fn choice(kind: Kind, records: &Which, fields: Which, shared: bool) -> SharingChoice {
    SharingChoice { kind: Some(kind), records: records.clone(), fields, shared, instead: None }
}

/// Whether a choice names one entry.
fn names(choice: &SharingChoice, kind: Kind, reference: &str) -> bool {
    let named = matches!(&choice.records, Which::Only(list) if list.iter().any(|named| named == reference));
    named && choice.kind.is_none_or(|other| other == kind)
}

/// A choice without one entry of a kind; nothing where it named no other.
fn without(choice: &SharingChoice, kind: Kind, reference: &str) -> Option<SharingChoice> {
    let Which::Only(list) = &choice.records else { return Some(choice.clone()) };
    if choice.kind != Some(kind) {
        return Some(choice.clone());
    }
    let rest: Vec<String> = list.iter().filter(|named| *named != reference).cloned().collect();
    (!rest.is_empty()).then(|| SharingChoice { records: Which::Only(rest), ..choice.clone() })
}

/// What the choices come to for an entry of a kind that has all fields.
fn in_effect(kind: Kind, reference: Option<&str>, choices: &[SharingChoice]) -> Shares {
    // No entry has a reference with a line break, so that no choice names this one.
    let mut record = Record::new(kind, reference.unwrap_or("\n"));
    record.fields = kind.fields().iter().map(|field| (field.name.to_owned(), some_value(field))).collect();
    let found = project("", &record, choices);
    if found.shared.is_none() {
        return Shares::of_extent(Extent::Nothing);
    }
    let instead = |name: &String| {
        let summed = found.subtotalled.contains(name).then_some(Instead::Subtotal);
        found.bands.contains_key(name).then_some(Instead::Band).or(summed)
    };
    let kept: BTreeMap<String, Option<Instead>> = found.kept.iter().map(|name| (name.clone(), instead(name))).collect();
    let owned = kind.fields().iter().filter(|field| field.shareable).count();
    match kept.len() {
        0 => Shares::of_extent(Extent::Everything),
        all if all == owned && kept.values().all(Option::is_none) => Shares::of_extent(Extent::Titles),
        _ => Shares { extent: Extent::But, kept },
    }
}

fn some_value(field: &Field) -> Value {
    match field.kind {
        FieldKind::Money | FieldKind::Count | FieldKind::Number { .. } => json!(1),
        FieldKind::AmountsByYear => json!({ "2014/15": 1 }),
        _ => json!("something"),
    }
}

/// Whether a band or a subtotal can be given in place of what a field holds.
pub fn may_give_instead(field: &Field) -> bool {
    let figure =
        matches!(field.kind, FieldKind::Money | FieldKind::Count | FieldKind::Number { .. } | FieldKind::AmountsByYear);
    field.shareable && figure
}

#[cfg(test)]
mod tests {
    use penshaw_register::Holder;

    use super::*;

    fn kinds() -> impl Iterator<Item = Kind> {
        Kind::ALL.iter().copied().filter(|kind| kind.holder() == Holder::Authority)
    }

    fn written(toml_like: &str) -> Vec<SharingChoice> {
        serde_json::from_str(toml_like).expect("choices")
    }

    /// Lists of choices that somebody may have had before.
    fn before() -> Vec<Vec<SharingChoice>> {
        vec![
            vec![],
            written(r#"[{ "shared": true }]"#),
            written(r#"[{ "shared": true }, { "kind": "contracts", "fields": ["value"], "shared": false }]"#),
            written(
                r#"[{ "kind": "contracts", "records": ["C1"], "shared": false }, { "shared": true },
                    { "fields": ["annual_cost", "value"], "shared": false, "instead": "band" }]"#,
            ),
            written(
                r#"[{ "shared": true }, { "kind": "contracts", "records": ["C1", "C2"], "shared": false },
                    { "records": ["C3"], "shared": false }]"#,
            ),
        ]
    }

    fn shares(kind: Kind) -> Vec<Shares> {
        let owned: Vec<&Field> = kind.fields().iter().filter(|field| field.shareable).collect();
        let mut all: Vec<Shares> =
            [Extent::Nothing, Extent::Titles, Extent::Everything].map(Shares::of_extent).to_vec();
        if owned.len() > 1 {
            all.push(Shares { extent: Extent::But, kept: BTreeMap::from([(owned[0].name.to_owned(), None)]) });
        }
        for instead in Instead::ALL {
            let figures = owned.iter().filter(|field| may_give_instead(field));
            let kept: BTreeMap<_, _> = figures.map(|field| (field.name.to_owned(), Some(instead))).collect();
            if !kept.is_empty() {
                all.push(Shares { extent: Extent::But, kept });
            }
        }
        all
    }

    #[test]
    fn what_is_put_into_the_choices_is_read_out_again() {
        for choices in before() {
            for kind in kinds() {
                for shares in shares(kind) {
                    for reference in [None, Some("C1"), Some("X9")] {
                        let about = About { kind, reference };
                        let put = shares.put(about, &choices);
                        assert_eq!(Shares::read(about, &put), shares, "{kind} {reference:?}: {put:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn other_kinds_and_entries_that_are_kept_back_stay_as_they_were() {
        let about = About { kind: Kind::Contract, reference: None };
        for choices in before() {
            for shares in shares(Kind::Contract) {
                let put = shares.put(about, &choices);
                for other in kinds().filter(|kind| *kind != Kind::Contract) {
                    let other = About { kind: other, reference: None };
                    assert_eq!(Shares::read(other, &put), Shares::read(other, &choices));
                }
                let single = About { kind: Kind::Contract, reference: Some("C1") };
                if Shares::read(single, &choices).extent == Extent::Nothing {
                    assert_eq!(Shares::read(single, &put).extent, Extent::Nothing, "{put:?}");
                }
            }
        }
    }

    #[test]
    fn an_exception_goes_as_it_came() {
        let about = About { kind: Kind::Contract, reference: Some("C9") };
        for choices in before() {
            let put = Shares::of_extent(Extent::Nothing).put(about, &choices);
            assert_eq!(Shares::of_extent(Extent::AsTheRest).put(about, &put), choices);
        }
    }

    #[test]
    fn a_price_kept_back_of_one_entry_follows_the_rest_otherwise() {
        let about = About { kind: Kind::Contract, reference: Some("C1") };
        let kept = BTreeMap::from([("annual_value".to_owned(), None)]);
        let put = Shares { extent: Extent::But, kept }.put(about, &before()[1]);
        assert_eq!(put.len(), 2, "one choice is added, which speaks of the price alone");
    }
}
