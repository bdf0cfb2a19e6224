//! Where the proposal stands, and what needs the reader's attention.

use jiff::Timestamp;
use penshaw_register::{Finding, PARTNERSHIP, Partnership};
use penshaw_store::baselines::{self, Frozen};
use penshaw_store::entries;
use penshaw_store::imports::{self, State};
use penshaw_store::runs::{self, Brief};
use serde_json::Value;

use crate::Refusal;
use crate::actor::Actor;
use crate::changed_since::Changed;
use crate::permissions::Verb;
use crate::run_analysis::REPORT;
use crate::service::Operations;

/// The partnership as its home page shows it.
#[derive(Clone, Debug)]
pub struct Home {
    /// The partnership.
    pub partnership: Partnership,
    /// Each body with how far it has come.
    pub bodies: Vec<BodyStands>,
    /// The newest report, where there is one.
    pub report: Option<Brief>,
    /// The recommendation of that report, as `results.json` holds it.
    pub recommendation: Option<Value>,
    /// What has changed since that report.
    pub changed: Option<Changed>,
    /// What the report's own checks found.
    pub findings: Vec<Finding>,
    /// What needs the reader's attention, each with where to see to it.
    pub attention: Vec<Attention>,
}

/// How far a body has come.
#[derive(Clone, Debug)]
pub struct BodyStands {
    /// Its code, or `partnership`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether the reader belongs to it.
    pub own: bool,
    /// How many of its entries the reader may see.
    pub entries: i64,
    /// Its newest baseline's day, which everybody may know.
    pub baseline: Option<Frozen>,
}

/// Something that needs attention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attention {
    /// What.
    pub what: String,
    /// Where to see to it.
    pub address: Where,
    /// Since when, where that is known.
    pub since: Option<Timestamp>,
}

/// A place in the service, for a door to find an address for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// A body's baselines.
    Baselines(String),
    /// A body's imports.
    Imports(String),
    /// What a body shares.
    Sharing(String),
    /// An import.
    Import(String),
    /// The report.
    Report,
    /// The recommendation.
    Recommendation,
    /// What is overdue, soon due or has failed.
    Alerts,
}

impl Operations {
    /// Where the proposal stands, and what needs the actor's attention.
    ///
    /// # Errors
    /// If the actor belongs to no body.
    pub async fn home(&self, actor: &Actor) -> Result<Home, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        let partnership = self.standing().await?.partnership;
        let newest = baselines::newest(self.store()).await?;
        let counts = entries::counts(self.store(), &actor.reads_whole()).await?;
        let named = partnership.authorities.iter().map(|authority| (authority.code.clone(), authority.name.clone()));
        let all = named.chain([(PARTNERSHIP.to_owned(), "Options, lines and risks".to_owned())]);
        let bodies: Vec<BodyStands> = all
            .map(|(code, name)| BodyStands {
                own: actor.belongs_to(&code),
                entries: counts.iter().filter(|count| count.owner == code).map(|count| count.count).sum(),
                baseline: newest.iter().find(|frozen| frozen.owner == code).cloned(),
                code,
                name,
            })
            .collect();
        let run = runs::latest(self.store(), REPORT).await?;
        let changed = match &run {
            Some(run) => self.changed_since(run).await?,
            None => None,
        };
        let results: Option<Value> = run.as_ref().and_then(|run| serde_json::from_str(&run.outcome).ok());
        let findings = results.as_ref().map(|results| results["findings"].clone());
        let attention = self.attention(actor, &bodies).await?;
        Ok(Home {
            bodies,
            report: runs::list(self.store(), Some(REPORT), 0, 1).await?.pop(),
            recommendation: results.map(|results| results["recommendation"].clone()),
            changed,
            findings: findings.and_then(|findings| serde_json::from_value(findings).ok()).unwrap_or_default(),
            attention,
            partnership,
        })
    }

    /// That things are overdue or have failed, where any are.
    async fn pressing(&self) -> Result<Vec<Attention>, Refusal> {
        let what = match self.pressing_alerts().await? {
            0 => return Ok(Vec::new()),
            1 => "1 thing is overdue or has failed".to_owned(),
            many => format!("{many} things are overdue or have failed"),
        };
        Ok(vec![Attention { what, address: Where::Alerts, since: None }])
    }

    async fn attention(&self, actor: &Actor, bodies: &[BodyStands]) -> Result<Vec<Attention>, Refusal> {
        let mut attention = self.pressing().await?;
        for body in bodies.iter().filter(|body| body.own) {
            let mut say = |what: String, address: Where, since: Option<Timestamp>| {
                attention.push(Attention { what, address, since });
            };
            if body.entries == 0 && actor.may(Verb::Import, &body.code) {
                say(format!("{} has no entries yet", body.name), Where::Imports(body.code.clone()), None);
            } else if body.baseline.is_none() && actor.may(Verb::Freeze, &body.code) {
                say(format!("{} has frozen no baseline yet", body.name), Where::Baselines(body.code.clone()), None);
            }
            let shares = penshaw_store::sharing::choices(self.store(), &body.code).await?;
            if body.code != PARTNERSHIP && shares.is_empty() && actor.may(Verb::Share, &body.code) {
                say(format!("{} shares nothing yet", body.name), Where::Sharing(body.code.clone()), None);
            }
            if actor.may(Verb::Import, &body.code) {
                let open = imports::of(self.store(), &body.code).await?;
                for import in open.into_iter().filter(|import| import.state == State::Ready).take(5) {
                    let what = format!("{} was read and waits to be committed", import.file_name);
                    say(what, Where::Import(import.id), Some(import.made_at));
                }
            }
        }
        Ok(attention)
    }
}
