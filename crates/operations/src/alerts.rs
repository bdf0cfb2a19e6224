//! Alerts: what has failed, is overdue or soon due, seen on a page and in a calendar.

use std::sync::Arc;

use penshaw_analyses::decisions;
use penshaw_analyses::delivery::{self, Alert, AlertSeverity};
use penshaw_basis::Date;
use penshaw_files::write::calendar::{self, CalendarEntry};
use penshaw_register::{Authority, PARTNERSHIP};
use penshaw_store::alerts::{self, Reader};
use penshaw_store::{accounts, memberships, visits};

use crate::actor::Actor;
use crate::changed_since::joined;
use crate::permissions::Verb;
use crate::run_analysis::off_the_server;
use crate::service::{Noted, Operations, body_name};
use crate::{Refusal, secrets};

/// The alerts of a day, and how their reader is told of them.
#[derive(Clone, Debug)]
pub struct AlertsView {
    /// The day.
    pub on: Date,
    /// The alerts, the gravest first.
    pub alerts: Arc<Vec<Alert>>,
    /// The partners, whose names stand for the codes in alerts.
    pub authorities: Vec<Authority>,
    /// How the reader is told.
    pub reader: Reader,
    /// Whether this service sends mail at all.
    pub sends_mail: bool,
}

impl Operations {
    /// What needs attention today, from the entries as they stand.
    ///
    /// # Errors
    /// If the actor belongs to no body, or has no account.
    pub async fn alerts(&self, actor: &Actor) -> Result<AlertsView, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        let person = actor.person.as_deref().ok_or(Refusal::SignedOut)?;
        Ok(AlertsView {
            on: self.clock().today(),
            alerts: self.alerts_of_today().await?,
            authorities: self.standing().await?.partnership.authorities,
            reader: alerts::reader(self.store(), person).await?,
            sends_mail: self.settings().mail.is_some(),
        })
    }

    /// Whether the actor is told of alerts by mail.
    ///
    /// # Errors
    /// If nobody is signed in, or they ask by a token that only reads.
    pub async fn choose_mail(&self, actor: &Actor, mails: bool) -> Result<(), Refusal> {
        self.change_reader(actor, "choose_alerts", |reader| Reader { mails, ..reader }).await
    }

    /// Makes an address at which the actor's calendar finds the alerts, in place of an earlier one, and returns
    /// its secret, which is shown once.
    ///
    /// # Errors
    /// If nobody is signed in, or they ask by a token that only reads.
    pub async fn make_calendar(&self, actor: &Actor) -> Result<String, Refusal> {
        let secret = secrets::secret();
        let calendar_hash = Some(secrets::hash(&secret));
        self.change_reader(actor, "make_calendar", |reader| Reader { calendar_hash, ..reader }).await?;
        Ok(secret)
    }

    /// Takes the address of the actor's calendar away: it answers no more.
    ///
    /// # Errors
    /// If nobody is signed in, or they ask by a token that only reads.
    pub async fn remove_calendar(&self, actor: &Actor) -> Result<(), Refusal> {
        self.change_reader(actor, "remove_calendar", |reader| Reader { calendar_hash: None, ..reader }).await
    }

    async fn change_reader(
        &self,
        actor: &Actor,
        verb: &str,
        change: impl FnOnce(Reader) -> Reader,
    ) -> Result<(), Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        actor.must_write("change how you are told of alerts with a token that only reads")?;
        let person = actor.person.as_deref().ok_or(Refusal::SignedOut)?;
        let changes = self.store().change().await?;
        let reader = change(alerts::reader(&changes, person).await?);
        alerts::choose(&changes, &reader).await?;
        let body = actor.bodies().next().unwrap_or(PARTNERSHIP).to_owned();
        self.note(&changes, actor, Noted::new(verb, &body, "alerts").after(&reader.mails)).await?;
        Ok(changes.keep().await?)
    }

    /// The calendar of whoever has its secret, as an iCalendar file.
    ///
    /// # Errors
    /// If no open account has a calendar of that secret, or a role in any body.
    pub async fn calendar(&self, secret: &str) -> Result<String, Refusal> {
        let unknown = || Refusal::NotThere { what: "calendar" };
        let reader = alerts::reader_of_calendar(self.store(), &secrets::hash(secret)).await?.ok_or_else(unknown)?;
        let person = accounts::find(self.store(), &reader.person_id).await?;
        let belongs = !memberships::of(self.store(), &reader.person_id).await?.is_empty();
        if !belongs || person.is_none_or(|person| person.disabled) {
            return Err(unknown());
        }
        let (on, partnership) = (self.clock().today(), self.standing().await?.partnership);
        let entry = |alert: &Alert| self.calendar_entry(alert, on, &partnership.authorities);
        let entries: Vec<CalendarEntry> = self.alerts_of_today().await?.iter().map(entry).collect();
        Ok(calendar::write(&partnership.name, host(&self.settings().public_address), on, &entries))
    }

    fn calendar_entry(&self, alert: &Alert, on: Date, authorities: &[Authority]) -> CalendarEntry {
        CalendarEntry {
            id: alert.id.clone(),
            day: alert.day(on),
            summary: alert.what.clone(),
            description: format!("{} {}", who(alert, authorities), alert.hint),
            href: Some(format!("{}/alerts", self.settings().public_address)),
        }
    }

    /// The alerts of today, worked out anew where the register or the day has changed.
    pub(crate) async fn alerts_of_today(&self) -> Result<Arc<Vec<Alert>>, Refusal> {
        let on = self.clock().today();
        let key = (visits::revision(self.store()).await?, on);
        if let Some(known) = self.inner.alerts.get(&key) {
            return Ok(known);
        }
        let gathered = self.gathered(true).await?;
        let found = off_the_server(move || {
            let joint = joined(&gathered);
            let of_decisions = decisions::alerts(&joint, &gathered.basis, on);
            Arc::new(delivery::in_order([delivery::alerts(&joint, &gathered.basis, on), of_decisions].concat()))
        })
        .await?;
        self.inner.alerts.insert(key, Arc::clone(&found));
        Ok(found)
    }

    /// How many alerts are more than soon due.
    pub(crate) async fn pressing_alerts(&self) -> Result<usize, Refusal> {
        let alerts = self.alerts_of_today().await?;
        Ok(alerts.iter().filter(|alert| alert.severity != AlertSeverity::Soon).count())
    }
}

/// Whose body must act.
pub fn must_act(alert: &Alert, authorities: &[Authority]) -> String {
    match alert.authority.as_str() {
        "joint" => "All partners".to_owned(),
        code => body_name(authorities, code),
    }
}

/// Who must act, as a sentence begins with it.
fn who(alert: &Alert, authorities: &[Authority]) -> String {
    let body = must_act(alert, authorities);
    match &alert.owner {
        Some(owner) => format!("{body}, {owner}."),
        None => format!("{body}."),
    }
}

/// The host of an address, by which calendars tell sites apart.
fn host(address: &str) -> &str {
    address.split_once("://").map_or(address, |(_, rest)| rest).split('/').next().unwrap_or(address)
}
