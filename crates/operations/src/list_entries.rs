//! Lists entries as one reader may see them: their own bodies' whole, of the others what is shared.

use std::collections::BTreeMap;

use penshaw_register::{Authority, Kind, Partnership};
use penshaw_store::entries::{self, Listed, Sort, Wanted};

use crate::Refusal;
use crate::actor::Actor;
use crate::permissions::Verb;
use crate::service::Operations;

/// What a reader asks of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListAsked {
    /// Of one owner alone, by its code.
    pub owner: Option<String>,
    /// Words that each entry must hold.
    pub words: String,
    /// Of one confidence alone.
    pub confidence: Option<String>,
    /// Those alone whose field holds this: a field's name and a value.
    pub holding: Option<(String, String)>,
    /// What they are sorted by: `title`, `reference`, `owner`, `confidence`, `changed` or a field's name.
    pub sort: String,
    /// Whether the greatest comes first.
    pub descending: bool,
    /// Which page, from 1.
    pub page: u64,
    /// How many on a page.
    pub per_page: u64,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct List {
    /// The kind.
    pub kind: Kind,
    /// The entries of the page.
    pub entries: Vec<Listed>,
    /// How many there are on all pages.
    pub total: u64,
    /// The authorities, to name owners by.
    pub authorities: Vec<Authority>,
}

/// How many entries of each kind there are, as far as the reader may see.
#[derive(Clone, Debug)]
pub struct Estate {
    /// The partnership.
    pub partnership: Partnership,
    /// How many, by kind and owner's code.
    pub counts: BTreeMap<Kind, BTreeMap<String, i64>>,
}

/// The most entries on one page.
pub const MOST_ON_A_PAGE: u64 = 1_000;

impl Operations {
    /// A page of the entries of a kind.
    ///
    /// # Errors
    /// If the actor belongs to no body, or sorts by what the kind does not have.
    pub async fn list_entries(&self, actor: &Actor, kind: Kind, asked: &ListAsked) -> Result<List, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        let whole = actor.reads_whole();
        let wanted = wanted(kind, asked, &whole)?;
        let store = self.store();
        let (entries, total, standing) =
            tokio::try_join!(entries::list(store, &wanted), entries::count(store, &wanted), async {
                penshaw_store::partnership::standing(store).await
            })?;
        let authorities = standing.ok_or(Refusal::NoPartnership)?.partnership.authorities;
        Ok(List { kind, entries, total, authorities })
    }

    /// How many entries of each kind there are, as far as the actor may see.
    ///
    /// # Errors
    /// If the actor belongs to no body.
    pub async fn estate(&self, actor: &Actor) -> Result<Estate, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        let mut counts: BTreeMap<Kind, BTreeMap<String, i64>> = BTreeMap::new();
        for count in entries::counts(self.store(), &actor.reads_whole()).await? {
            if let Ok(kind) = count.kind.parse::<Kind>() {
                counts.entry(kind).or_default().insert(count.owner, count.count);
            }
        }
        Ok(Estate { partnership: self.standing().await?.partnership, counts })
    }
}

fn wanted<'a>(kind: Kind, asked: &'a ListAsked, whole: &'a [String]) -> Result<Wanted<'a>, Refusal> {
    let sort = match asked.sort.as_str() {
        "" | "title" => Sort::Title,
        "reference" => Sort::Reference,
        "owner" => Sort::Owner,
        "confidence" => Sort::Confidence,
        "changed" => Sort::Changed,
        name => Sort::Field(kind.field(name).map(|field| field.name).ok_or_else(|| no_field("sort"))?),
    };
    let holding = asked.holding.as_ref().map(|(name, value)| {
        let field = kind.field(name).ok_or_else(|| no_field("field"))?;
        Ok::<_, Refusal>((field.name, value.as_str()))
    });
    let per_page = asked.per_page.clamp(1, MOST_ON_A_PAGE);
    Ok(Wanted {
        kind,
        whole,
        owner: asked.owner.as_deref(),
        words: &asked.words,
        confidence: asked.confidence.as_deref(),
        holding: holding.transpose()?,
        sort,
        descending: asked.descending,
        offset: asked.page.saturating_sub(1).min(1_000_000) * per_page,
        limit: per_page,
    })
}

fn no_field(field: &str) -> Refusal {
    Refusal::invalid(field, "Enter the name of a field of this kind of entry")
}
