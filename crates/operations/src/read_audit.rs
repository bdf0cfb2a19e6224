//! Reads the audit trail of the bodies that a reader may, and proves that the whole of it is as it was written.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_register::{Authority, Kind};
use penshaw_store::audit::{self, Broken, Row, Wanted};
use penshaw_store::entries;

use crate::Refusal;
use crate::actor::Actor;
use crate::permissions::Verb;
use crate::service::Operations;

/// Whether the trail is as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verified {
    /// Every row is there, unchanged, and follows from the one before it.
    Whole {
        /// How many rows there are.
        rows: i64,
        /// The hash of the last: noted elsewhere, it also shows whether the end was cut off.
        last: String,
    },
    /// These rows are not.
    Broken(Vec<Broken>),
}

/// Which rows of the trail a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The newest.
    Newest,
    /// Those before a row.
    Before(i64),
    /// Those after a row.
    After(i64),
}

/// A page of the trail.
#[derive(Clone, Debug)]
pub struct Trail {
    /// Its rows, the newest first.
    pub rows: Vec<Row>,
    /// The row after which there are newer ones, where there are.
    pub newer: Option<i64>,
    /// The row before which there are older ones, where there are.
    pub older: Option<i64>,
    /// The numbers of those rows that are about an entry which is still there.
    pub standing: BTreeSet<i64>,
    /// The bodies whose trail the reader may read.
    pub readable: Vec<String>,
    /// The authorities, to name bodies by.
    pub authorities: Vec<Authority>,
}

/// How many rows a page shows.
const ROWS: usize = 50;

impl Operations {
    /// Rows of the trail that the actor may read, the newest first, before a row where one is given.
    ///
    /// # Errors
    /// If the actor may read none.
    pub async fn read_audit(
        &self,
        actor: &Actor,
        body: Option<&str>,
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<Row>, Refusal> {
        let bodies = readable(actor, body)?;
        let wanted = Wanted { bodies: &bodies, before, limit: limit.min(500), ..Wanted::default() };
        Ok(audit::rows(self.store(), &wanted).await?)
    }

    /// A page of the trail, and where the pages on either side of it begin.
    ///
    /// # Errors
    /// If the actor may read none, or not that of the body asked for.
    pub async fn view_audit(&self, actor: &Actor, body: Option<&str>, turn: Turn) -> Result<Trail, Refusal> {
        let bodies = readable(actor, body)?;
        let (before, after) = match turn {
            Turn::Newest => (None, None),
            Turn::Before(number) => (Some(number), None),
            Turn::After(number) => (None, Some(number)),
        };
        // One more than is shown tells whether there are others beyond.
        let wanted = Wanted { bodies: &bodies, before, after, limit: ROWS as u64 + 1, ..Wanted::default() };
        let mut rows = audit::rows(self.store(), &wanted).await?;
        let goes_on = rows.len() > ROWS;
        match turn {
            Turn::After(_) => drop(rows.drain(..rows.len().saturating_sub(ROWS))),
            Turn::Newest | Turn::Before(_) => rows.truncate(ROWS),
        }
        let (has_newer, has_older) = match turn {
            Turn::Newest => (false, goes_on),
            Turn::Before(_) => (true, goes_on),
            Turn::After(_) => (goes_on, true),
        };
        Ok(Trail {
            newer: rows.first().filter(|_| has_newer).map(|row| row.number),
            older: rows.last().filter(|_| has_older).map(|row| row.number),
            readable: readable(actor, None)?,
            authorities: self.standing().await?.partnership.authorities,
            standing: self.still_there(&rows).await?,
            rows,
        })
    }

    /// Which rows are about an entry that is still there.
    async fn still_there(&self, rows: &[Row]) -> Result<BTreeSet<i64>, Refusal> {
        let mut by_kind: BTreeMap<(&str, Kind), BTreeMap<&str, Vec<i64>>> = BTreeMap::new();
        for row in rows {
            if let Some((kind, reference)) = entry_of(&row.event.subject) {
                let of_kind = by_kind.entry((&row.event.body, kind)).or_default();
                of_kind.entry(reference).or_default().push(row.number);
            }
        }
        let mut there = BTreeSet::new();
        for ((owner, kind), numbers) in by_kind {
            let references: Vec<&str> = numbers.keys().copied().collect();
            let found = entries::named(self.store(), owner, kind, &references).await?;
            there.extend(found.iter().flat_map(|entry| numbers[entry.record.reference.as_str()].iter().copied()));
        }
        Ok(there)
    }

    /// Proves that the trail is as it was written.
    ///
    /// # Errors
    /// If the actor may read none of it, or the database does not answer.
    pub async fn verify_audit(&self, actor: &Actor) -> Result<Verified, Refusal> {
        actor.must_somewhere(Verb::ReadAudit)?;
        Ok(match audit::verify(self.store()).await? {
            Ok((rows, last)) => Verified::Whole { rows, last },
            Err(broken) => Verified::Broken(broken),
        })
    }
}

/// The entry that a row's subject names: `contracts/C1` is the contract C1.
pub fn entry_of(subject: &str) -> Option<(Kind, &str)> {
    let (kind, reference) = subject.split_once('/')?;
    Some((kind.parse().ok()?, reference))
}

/// The bodies whose trail the actor may read: all of them, or the one asked for.
fn readable(actor: &Actor, body: Option<&str>) -> Result<Vec<String>, Refusal> {
    let readable = actor.bodies().filter(|own| actor.may(Verb::ReadAudit, own));
    let bodies: Vec<String> = readable.filter(|own| body.is_none_or(|body| body == *own)).map(str::to_owned).collect();
    if bodies.is_empty() { Err(Refusal::NotAllowed { what: Verb::ReadAudit.words() }) } else { Ok(bodies) }
}
