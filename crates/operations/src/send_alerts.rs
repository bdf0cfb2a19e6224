//! Sends each person the alerts that they have not been told of, once a day, by mail.

use std::collections::BTreeSet;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncTransport, Message, Tokio1Executor};
use penshaw_analyses::delivery::Alert;
use penshaw_proposal::alert_message;
use penshaw_register::Partnership;
use penshaw_store::accounts::{self, Person};
use penshaw_store::{alerts, memberships};

use crate::Refusal;
use crate::service::{MailServer, Operations};

/// How often a server looks whether a day has begun whose alerts nobody has sent.
const LOOKS: Duration = Duration::from_secs(300);

type Post = AsyncSmtpTransport<Tokio1Executor>;

impl Operations {
    /// Sends alerts each day until it is dropped. A server that sends mail runs one of these.
    pub async fn keep_sending_alerts(&self) {
        if self.settings().mail.is_none() {
            return;
        }
        loop {
            if let Err(error) = self.send_alerts().await {
                tracing::warn!(%error, "alerts could not be sent");
            }
            tokio::time::sleep(LOOKS).await;
        }
    }

    /// Sends today's alerts where no server has; says how many people were written to.
    ///
    /// # Errors
    /// If mail is not set up or its server takes none: then they are tried again.
    pub async fn send_alerts(&self) -> Result<usize, Refusal> {
        let Some(server) = &self.settings().mail else { return Ok(0) };
        let post = Post::from_url(&server.address).map_err(not_sent)?.build();
        let today = self.clock().today();
        let changes = self.store().change().await?;
        let ours = alerts::take_day(&changes, today, self.now()).await?;
        changes.keep().await?;
        if !ours {
            return Ok(0);
        }
        let written = self.write_to_everybody(&post, server).await;
        if written.is_err() {
            let changes = self.store().change().await?;
            alerts::give_day_back(&changes, today).await?;
            changes.keep().await?;
        }
        written
    }

    async fn write_to_everybody(&self, post: &Post, server: &MailServer) -> Result<usize, Refusal> {
        let partnership = self.standing().await?.partnership;
        let alerts = self.alerts_of_today().await?;
        let roles = memberships::everybody(self.store()).await?;
        let mut written = 0;
        for person in accounts::everybody(self.store()).await?.iter().filter(|person| !person.disabled) {
            let own = roles.iter().filter(|role| role.person_id == person.id);
            let bodies: BTreeSet<&str> = own.map(|role| role.body.as_str()).collect();
            let concerns = |alert: &&Alert| bodies.contains(alert.authority.as_str()) || alert.authority == "joint";
            let concerned = alerts.iter().filter(|_| !bodies.is_empty()).filter(concerns).collect();
            written += usize::from(self.write_to(person, concerned, &partnership, post, server).await?);
        }
        Ok(written)
    }

    /// Writes to one person of what they have not been told of; says whether there was anything.
    async fn write_to(
        &self,
        person: &Person,
        concerned: Vec<&Alert>,
        partnership: &Partnership,
        post: &Post,
        server: &MailServer,
    ) -> Result<bool, Refusal> {
        let told: BTreeSet<String> = alerts::sent_to(self.store(), &person.id).await?.into_iter().collect();
        let changes = self.store().change().await?;
        let gone: Vec<String> =
            told.iter().filter(|id| !concerned.iter().any(|alert| alert.id == **id)).cloned().collect();
        alerts::forget(&changes, &person.id, &gone).await?;
        let new: Vec<&Alert> = concerned.into_iter().filter(|alert| !told.contains(&alert.id)).collect();
        if new.is_empty() || !alerts::reader(&changes, &person.id).await?.mails {
            changes.keep().await?;
            return Ok(false);
        }
        let ids: Vec<String> = new.iter().map(|alert| alert.id.clone()).collect();
        alerts::sent(&changes, &person.id, &ids, self.now()).await?;
        let message = self.message(person, &new, partnership, server)?;
        // What was not sent is not noted as sent.
        post.send(message).await.map_err(not_sent)?;
        changes.keep().await?;
        Ok(true)
    }

    fn message(
        &self,
        person: &Person,
        alerts: &[&Alert],
        partnership: &Partnership,
        server: &MailServer,
    ) -> Result<Message, Refusal> {
        let address = format!("{}/alerts", self.settings().public_address);
        let alerts: Vec<Alert> = alerts.iter().map(|alert| (*alert).clone()).collect();
        let message = alert_message::message(&alerts, partnership, self.clock().today(), Some(&address));
        let alert_message::Message { subject, body } = message.expect("there are alerts to write of");
        let to = Mailbox::new(Some(person.name.clone()), person.email.parse().map_err(not_sent)?);
        let message = Message::builder().from(server.from.parse().map_err(not_sent)?).to(to).subject(subject);
        message.body(body).map_err(not_sent)
    }
}

/// What the mail server said goes to the log and not to a page: it may name people.
fn not_sent(error: impl std::fmt::Display) -> Refusal {
    Refusal::NotNow {
        what: format!("mail could not be sent: {error}"),
        hint: "see to --mail-server and --mail-from, and to the mail server itself; it is tried again".into(),
    }
}
