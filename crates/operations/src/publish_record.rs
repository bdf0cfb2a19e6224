//! Publishes a notice, a report or the statement of a decision, withdraws it, and gives what was published to anybody.
//!
//! What is public is what this verb wrote: public pages read the publications and nothing else, so that what was not
//! published, or not shared, or is exempt, cannot reach them.

use penshaw_basis::{Date, Digester};
use penshaw_documents::Document;
use penshaw_proposal::public_record::{self, PublicFacts, PublicRecord};
use penshaw_register::{Authority, Decision, Kind, Notice};
use penshaw_store::entries::{self, Written};
use penshaw_store::partnership::Standing;
use penshaw_store::publications::{self, Publication};
use penshaw_store::runs::{self, Run};
use penshaw_store::{Changes, Connected};
use serde::Serialize;
use serde_json::Value;

use crate::actor::Actor;
use crate::draft_paper::PaperForm;
use crate::permissions::Verb;
use crate::run_analysis::{REPORT, off_the_server};
use crate::save_entry::{show, subject};
use crate::service::{Noted, Operations, standing};
use crate::work_out::Exemptions;
use crate::{Invalid, Refusal};

/// The most publications that a public list holds.
const MOST_LISTED: u64 = 1_000;

/// Something that was published, as anybody may read it.
pub type Published = Publication<PublicFacts, Document>;

/// What an authority publishes of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublicKind {
    /// A notice before it.
    Notice,
    /// The report on which it is made: Part I, where a part is exempt.
    Report,
    /// The statement after it.
    Statement,
}

impl PublicKind {
    /// All of them.
    pub const ALL: [PublicKind; 3] = [PublicKind::Notice, PublicKind::Report, PublicKind::Statement];

    /// Its name, which stands in public addresses.
    pub fn key(self) -> &'static str {
        match self {
            PublicKind::Notice => Kind::Notice.key(),
            PublicKind::Report => "reports",
            PublicKind::Statement => Kind::Decision.key(),
        }
    }

    /// The kind of the entry that it is published of.
    pub fn entry(self) -> Kind {
        match self {
            PublicKind::Notice => Kind::Notice,
            PublicKind::Report | PublicKind::Statement => Kind::Decision,
        }
    }

    /// The one of that name.
    pub fn of(key: &str) -> Option<PublicKind> {
        PublicKind::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// What would be published, and what was already.
#[derive(Clone, Debug)]
pub struct PublishView {
    /// The authority.
    pub authority: Authority,
    /// What it is.
    pub kind: PublicKind,
    /// The reference of the notice or of the decision.
    pub reference: String,
    /// What would be published; or everything that it lacks.
    pub record: Result<PublicRecord, Vec<String>>,
    /// The digest of what would be published.
    pub digest: Option<String>,
    /// The versions that were published, the newest first.
    pub versions: Vec<Published>,
}

impl PublishView {
    /// Whether what would be published is public already.
    pub fn is_published(&self) -> bool {
        let newest = self.versions.first().filter(|version| version.withdrawn.is_none());
        newest.is_some_and(|version| Some(&version.digest) == self.digest.as_ref())
    }
}

/// What the public may know of the partnership.
#[derive(Clone, Debug, Default)]
pub struct PublicName {
    /// The partnership's name.
    pub name: String,
    /// Words that stand on every page, such as "Illustrative estate".
    pub marking: Option<String>,
}

#[derive(Serialize)]
struct AuditedPublication<'a> {
    version: i64,
    digest: &'a str,
    withdrawn: Option<&'a str>,
}

impl Operations {
    /// What would be published of a notice or a decision, and what was.
    ///
    /// # Errors
    /// If the actor may not see the entry whole, or there is none.
    pub async fn publish_view(
        &self,
        actor: &Actor,
        owner: &str,
        kind: PublicKind,
        reference: &str,
    ) -> Result<PublishView, Refusal> {
        actor.must(Verb::SeeOwn, owner)?;
        self.publish_view_of(self.store(), owner, kind, reference).await
    }

    async fn publish_view_of(
        &self,
        on: &impl Connected,
        owner: &str,
        kind: PublicKind,
        reference: &str,
    ) -> Result<PublishView, Refusal> {
        let authority = standing(on).await?.partnership.authority(owner).cloned();
        let authority = authority.ok_or(Refusal::NotThere { what: "authority" })?;
        let record = match kind {
            PublicKind::Notice => {
                let notice: Notice = entry(on, owner, Kind::Notice, reference).await?;
                let decision: Decision = entry(on, owner, Kind::Decision, &notice.decision).await?;
                to_come(notice.published, self.clock().today())
                    .and_then(|()| public_record::notice(&authority, &decision, &notice))
            }
            PublicKind::Report => {
                let decision: Decision = entry(on, owner, Kind::Decision, reference).await?;
                report_of(on, &authority, &decision).await?
            }
            PublicKind::Statement => {
                let decision: Decision = entry(on, owner, Kind::Decision, reference).await?;
                to_come(decision.decided_on, self.clock().today())
                    .and_then(|()| public_record::statement(&authority, &decision))
            }
        };
        let versions = publications::versions(on, owner, kind.key(), reference).await?;
        let digest = record.as_ref().ok().map(|record| digest_of(&record.document));
        Ok(PublishView { authority, kind, reference: reference.to_owned(), record, digest, versions })
    }

    /// Publishes a notice, a report or a statement, as it was seen: anybody may read it from then on.
    ///
    /// # Errors
    /// If the actor may not, it lacks something, it has changed since it was seen, or it is public already.
    pub async fn publish_record(
        &self,
        actor: &Actor,
        owner: &str,
        kind: PublicKind,
        reference: &str,
        seen: &str,
    ) -> Result<(), Refusal> {
        actor.must(Verb::Publish, owner)?;
        let changes = self.store().change().await?;
        let view = self.publish_view_of(&changes, owner, kind, reference).await?;
        let is_published = view.is_published();
        let record = view.record.map_err(|lacks| lacking(&lacks))?;
        if view.digest.as_deref() != Some(seen) {
            return Err(Refusal::ChangedMeanwhile { what: "what would be published".into() });
        }
        if is_published {
            return Err(Refusal::NotNow {
                what: "it is public already, as it stands".into(),
                hint: "change it first, or leave it".into(),
            });
        }
        let version = Publication {
            authority: owner.to_owned(),
            kind: kind.key().to_owned(),
            reference: reference.to_owned(),
            version: view.versions.first().map_or(1, |newest| newest.version + 1),
            title: record.title,
            facts: record.facts,
            document: record.document,
            digest: seen.to_owned(),
            published_at: self.now(),
            withdrawn: None,
        };
        self.keep_version(&changes, actor, "publish_record", &version).await?;
        if kind == PublicKind::Statement {
            self.record_publication(&changes, actor, owner, reference).await?;
        }
        Ok(changes.keep().await?)
    }

    /// Records today as the day on which a decision's statement was published, where no day is recorded: call-in runs
    /// from it.
    async fn record_publication(
        &self,
        changes: &Changes,
        actor: &Actor,
        owner: &str,
        reference: &str,
    ) -> Result<(), Refusal> {
        const FIELD: &str = "statement_published";
        let Some(found) = entries::find(changes, owner, Kind::Decision, reference).await? else { return Ok(()) };
        if found.record.fields.contains_key(FIELD) {
            return Ok(());
        }
        let mut record = found.record.clone();
        record.fields.insert(FIELD.into(), self.clock().today().to_string().into());
        let written = Written { by: &actor.name, at: self.now(), import: None };
        entries::put(changes, owner, &record, Some(found.number), &written).await?;
        show(changes, owner, &record, written.at).await?;
        let noted = Noted::new("change_entry", owner, subject(&record)).before(&found.record).after(&record);
        self.note(changes, actor, noted).await
    }

    /// Withdraws what is public: its address then says that it was withdrawn, and why.
    ///
    /// # Errors
    /// If the actor may not, it is not public, or no reason is given.
    pub async fn withdraw_record(
        &self,
        actor: &Actor,
        owner: &str,
        kind: PublicKind,
        reference: &str,
        reason: &str,
    ) -> Result<(), Refusal> {
        actor.must(Verb::Publish, owner)?;
        if reason.trim().is_empty() {
            return Err(Refusal::invalid("reason", "Enter why it is withdrawn: readers are told"));
        }
        let changes = self.store().change().await?;
        let versions: Vec<Published> = publications::versions(&changes, owner, kind.key(), reference).await?;
        let newest = versions.into_iter().next().filter(|newest| newest.withdrawn.is_none());
        let newest = newest.ok_or(Refusal::NotThere { what: "publication" })?;
        let version = Publication {
            version: newest.version + 1,
            document: Document { title: newest.title.clone(), ..Document::default() },
            published_at: self.now(),
            withdrawn: Some(reason.trim().to_owned()),
            ..newest
        };
        self.keep_version(&changes, actor, "withdraw_record", &version).await?;
        Ok(changes.keep().await?)
    }

    async fn keep_version(
        &self,
        changes: &Changes,
        actor: &Actor,
        verb: &str,
        version: &Published,
    ) -> Result<(), Refusal> {
        publications::add(changes, version).await?;
        let subject = format!("{}/{}", version.kind, version.reference);
        let audited = AuditedPublication {
            version: version.version,
            digest: &version.digest,
            withdrawn: version.withdrawn.as_deref(),
        };
        self.note(changes, actor, Noted::new(verb, &version.authority, subject).after(&audited)).await
    }

    /// A number that rises with everything that is published.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn public_revision(&self) -> Result<i64, Refusal> {
        Ok(publications::newest(self.store()).await?)
    }

    /// What the public may know of the partnership. Anybody may ask.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn public_name(&self) -> Result<PublicName, Refusal> {
        match self.standing().await {
            Ok(Standing { partnership, .. }) => Ok(PublicName { name: partnership.name, marking: partnership.marking }),
            Err(Refusal::NoPartnership) => Ok(PublicName::default()),
            Err(refusal) => Err(refusal),
        }
    }

    /// Everything that is public, the newest first. Anybody may ask.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn public_list(&self) -> Result<Vec<Published>, Refusal> {
        let mut published: Vec<Published> = publications::current(self.store(), MOST_LISTED).await?;
        published.retain(|one| one.withdrawn.is_none());
        Ok(published)
    }

    /// Every version of what is or was public at an address, the newest first. Anybody may ask.
    ///
    /// # Errors
    /// If nothing was ever published there.
    pub async fn public_versions(
        &self,
        authority: &str,
        kind: &str,
        reference: &str,
    ) -> Result<Vec<Published>, Refusal> {
        let versions = publications::versions(self.store(), authority, kind, reference).await?;
        if versions.is_empty() { Err(Refusal::NotThere { what: "publication" }) } else { Ok(versions) }
    }
}

/// Prints a publication as a file.
///
/// # Errors
/// If it was withdrawn, or the printer refuses.
pub async fn print_publication(one: Published, form: PaperForm) -> Result<Vec<u8>, Refusal> {
    if one.withdrawn.is_some() {
        return Err(Refusal::NotThere { what: "publication" });
    }
    let on = one.published_at.to_zoned(jiff::tz::TimeZone::UTC).date();
    off_the_server(move || form.print(&one.document, on)).await?
}

/// A record of a day to come is no record yet.
fn to_come(day: Option<Date>, today: Date) -> Result<(), Vec<String>> {
    match day {
        Some(day) if day > today => Err(vec!["a day that has come: its own is still ahead".into()]),
        _ => Ok(()),
    }
}

fn lacking(lacks: &[String]) -> Refusal {
    let invalid = |what: &String| Invalid::new("record", format!("It lacks {what}"));
    Refusal::Invalid(lacks.iter().map(invalid).collect())
}

/// The report of the newest run, for the authority that receives it.
async fn report_of(
    on: &impl Connected,
    authority: &Authority,
    decision: &Decision,
) -> Result<Result<PublicRecord, Vec<String>>, Refusal> {
    let details = standing(on).await?.partnership.report;
    let mut lacks = Vec::new();
    if details.authority != authority.code {
        lacks.push(format!("a report of its own: the one in hand is for {}", or_nobody(&details.authority)));
        return Ok(Err(lacks));
    }
    let Some(run) = runs::latest(on, REPORT).await? else {
        lacks.push("a report: nothing has been worked out yet".into());
        return Ok(Err(lacks));
    };
    if !run.frozen {
        lacks.push("a report that rests on baselines alone: the newest is a working copy".into());
    }
    let exemptions = exemptions_of(&run);
    let stated = |paragraph: &&String| decision.exempt_paragraphs.iter().any(|one| one.trim() == paragraph.as_str());
    let unstated = exemptions.paragraphs.iter().filter(|paragraph| !stated(paragraph));
    lacks.extend(unstated.map(|one| {
        format!("paragraph {one} among the decision's exempt paragraphs: a part of the report is exempt under it")
    }));
    lacks.extend(exemptions.lacks());
    let report = run.document.as_deref().and_then(|document| serde_json::from_str::<Document>(document).ok());
    Ok(match report {
        Some(report) if lacks.is_empty() => {
            Ok(public_record::report(authority, decision, report, details.meeting, !exemptions.paragraphs.is_empty()))
        }
        _ => Err(lacks),
    })
}

fn or_nobody(authority: &str) -> &str {
    if authority.is_empty() { "nobody yet" } else { authority }
}

fn exemptions_of(run: &Run) -> Exemptions {
    let results: Value = serde_json::from_str(&run.outcome).unwrap_or_default();
    Exemptions::of(&results)
}

async fn entry<E: penshaw_register::Entry>(
    on: &impl Connected,
    owner: &str,
    kind: Kind,
    reference: &str,
) -> Result<E, Refusal> {
    let found = entries::find(on, owner, kind, reference).await?.ok_or(Refusal::NotThere { what: "entry" })?;
    found.record.read::<E>().map_err(|problem| Refusal::invalid("record", problem.what))
}

fn digest_of(document: &Document) -> String {
    let mut digester = Digester::new("penshaw publication");
    digester.part(&serde_json::to_string(document).expect("a document is plain data"));
    digester.finish().as_str().to_owned()
}
