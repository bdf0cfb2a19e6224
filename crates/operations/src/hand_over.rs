//! Hands a decision over to a committee system: a pack of the files and fields that are uploaded and entered there.

use std::path::{Path, PathBuf};

use penshaw_analyses::Analysis;
use penshaw_analyses::decisions::{DecisionStanding, Decisions, Input, RuleBook};
use penshaw_basis::{Basis, Date};
use penshaw_documents::Document;
use penshaw_files::write;
use penshaw_proposal::committee_pack::{PackInputs, agenda_entry, fields, sheet};
use penshaw_proposal::public_record;
use penshaw_register::{Authority, Decision, Entry, ExemptPart, Kind, Meeting, Notice, Paper, Partnership, Record};
use penshaw_store::entries;

use crate::actor::Actor;
use crate::draft_paper::{PaperForm, joint_of};
use crate::run_analysis::off_the_server;
use crate::service::Operations;
use crate::work_out::{day, sound_folder, work_folder};
use crate::write_pack::put_in_place;
use crate::{Asked, PublicKind, Refusal};

/// A pack for a committee system: its files by name, and what could not be put in.
#[derive(Clone, Debug)]
pub struct CommitteePack {
    /// The files.
    pub files: Vec<(String, Vec<u8>)>,
    /// What is not in it, and why.
    pub left_out: Vec<String>,
}

/// What one authority has of one decision.
struct Handed {
    authority: Authority,
    decision: Decision,
    meeting: Option<Meeting>,
    notices: Vec<Notice>,
    standing: Option<DecisionStanding>,
    papers: Vec<Paper>,
    exempt: Vec<ExemptPart>,
    /// The report that may be published, or why none is there.
    report: Result<Document, Vec<String>>,
}

impl Handed {
    fn pack(&self, partnership: &Partnership, basis: &Basis, on: Date) -> Result<CommitteePack, Refusal> {
        let details = (partnership.report.authority == self.authority.code).then_some(&partnership.report);
        let inputs = PackInputs {
            authority: &self.authority,
            decision: &self.decision,
            meeting: self.meeting.as_ref(),
            notices: &self.notices,
            standing: self.standing.as_ref(),
            papers_by: self.papers_by(basis),
            report: details,
            papers: &self.papers,
            exempt: &self.exempt,
        };
        let fields = fields(&inputs);
        let listed = serde_json::to_string_pretty(&fields).expect("fields are plain data");
        let mut files = vec![
            ("fields.csv".to_owned(), write::csv::write(&sheet(&fields)).into_bytes()),
            ("fields.json".to_owned(), (listed + "\n").into_bytes()),
        ];
        let mut left_out = Vec::new();
        let mut add = |stem: &str, what: &str, document: Result<Document, Vec<String>>| -> Result<(), Refusal> {
            match document {
                Ok(document) => {
                    for form in [PaperForm::Pdf, PaperForm::Docx] {
                        files.push((format!("{stem}.{}", form.extension()), form.print(&document, on)?));
                    }
                }
                Err(lacks) => left_out.push(format!("{what}: it lacks {}", lacks.join("; "))),
            }
            Ok(())
        };
        add("agenda-entry", "the agenda entry", Ok(agenda_entry(&inputs)))?;
        for notice in &self.notices {
            let record = public_record::notice(&self.authority, &self.decision, notice);
            let stem = format!("notice-{}", file_words(&notice.reference));
            add(&stem, &format!("notice {}", notice.reference), record.map(|record| record.document))?;
        }
        let stem = if self.exempt.is_empty() { "report" } else { "report-part-i" };
        add(stem, "the report", self.report.clone())?;
        if self.decision.decided_on.is_some() {
            let record = public_record::statement(&self.authority, &self.decision);
            add("statement", "the statement of the decision", record.map(|record| record.document))?;
        }
        if !left_out.is_empty() {
            let words: String = left_out.iter().map(|what| format!("Not in this pack: {what}.\r\n")).collect();
            files.push(("not-in-this-pack.txt".to_owned(), words.into_bytes()));
        }
        Ok(CommitteePack { files, left_out })
    }

    fn papers_by(&self, basis: &Basis) -> Option<Date> {
        let meeting = self.standing.as_ref()?.meeting?;
        let rules = RuleBook::read(basis).and_then(|book| book.of(&self.authority.name, meeting)).ok()?;
        rules.before_meeting(meeting).ok().map(|days| days.papers_by)
    }
}

/// Letters, digits and dashes: a reference as part of a file's name.
fn file_words(reference: &str) -> String {
    reference.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect()
}

fn of_kind<E: Entry>(records: &[Record]) -> Vec<E> {
    let own = records.iter().filter(|record| record.kind == E::KIND);
    own.filter_map(|record| record.read().ok()).collect()
}

/// What an authority's own records hold of a decision: the decision, its meeting, its notices.
fn of_decision(records: &[Record], reference: &str) -> Option<(Decision, Option<Meeting>, Vec<Notice>)> {
    let decision = of_kind::<Decision>(records).into_iter().find(|decision| decision.reference == reference)?;
    let is_its = |meeting: &Meeting| Some(&meeting.reference) == decision.meeting.as_ref();
    let meeting = of_kind::<Meeting>(records).into_iter().find(is_its);
    let notices = of_kind::<Notice>(records).into_iter().filter(|notice| notice.decision == reference).collect();
    Some((decision, meeting, notices))
}

fn standing_of(standings: &[DecisionStanding], authority: &str, reference: &str) -> Option<DecisionStanding> {
    standings.iter().find(|one| one.authority.code == authority && one.reference == reference).cloned()
}

/// Hands over a decision of a folder: writes the pack's files into a folder.
///
/// # Errors
/// [`Refusal`]; then the output folder is as it was.
pub fn hand_over_decision(
    folder: &Path,
    authority: &str,
    reference: &str,
    asked: &Asked,
    out: &Path,
) -> Result<(Vec<PathBuf>, Vec<String>), Refusal> {
    let sound = sound_folder(folder)?;
    let partnership = &sound.folder.partnership;
    let joint = joint_of(&sound);
    let on = day(&joint, asked)?;
    let owner = partnership.authority(authority).cloned().ok_or(Refusal::NotThere { what: "authority" })?;
    let own = sound.folder.baselines.iter().find(|baseline| baseline.owner() == authority);
    let records: Vec<Record> = own.map(|own| own.records().to_vec()).unwrap_or_default();
    let found = of_decision(&records, reference).ok_or(Refusal::NotThere { what: "decision" })?;
    let exempt: Vec<ExemptPart> = joint.all::<ExemptPart>().into_iter().map(|held| held.entry).collect();
    let report = if partnership.report.authority == owner.code {
        let pack = work_folder(&sound, asked)?;
        let lacks = pack.lacks();
        if lacks.is_empty() { Ok(pack.report) } else { Err(lacks) }
    } else {
        Err(vec![format!("a report of its own: the one in hand is not for {}", owner.name)])
    };
    let standings = Decisions::analyse(&Input::of(&joint, on), &sound.basis).decisions;
    let (decision, meeting, notices) = found;
    let handed = Handed {
        standing: standing_of(&standings, authority, reference),
        authority: owner,
        decision,
        meeting,
        notices,
        papers: joint.all::<Paper>().into_iter().map(|held| held.entry).collect(),
        exempt,
        report,
    };
    let pack = handed.pack(partnership, &sound.basis, on)?;
    put_in_place(&pack.files, out)?;
    Ok((pack.files.iter().map(|(name, _)| out.join(name)).collect(), pack.left_out))
}

impl Operations {
    /// Hands over a decision as it stands: the pack as a ZIP.
    ///
    /// # Errors
    /// If the actor may not see the decision whole, or there is none.
    pub async fn hand_over(&self, actor: &Actor, owner: &str, reference: &str) -> Result<Vec<u8>, Refusal> {
        let view = self.publish_view(actor, owner, PublicKind::Report, reference).await?;
        let partnership = self.standing().await?.partnership;
        let records = self.records_of(owner, &[Kind::Decision, Kind::Meeting, Kind::Notice]).await?;
        let joint = self.records_of(penshaw_register::PARTNERSHIP, &[Kind::Paper, Kind::ExemptPart]).await?;
        let today = self.decisions_today(actor).await?;
        let basis = self.basis().await?;
        let (decision, meeting, notices) =
            of_decision(&records, reference).ok_or(Refusal::NotThere { what: "decision" })?;
        let handed = Handed {
            standing: standing_of(&today.outcome.decisions, owner, reference),
            authority: view.authority,
            decision,
            meeting,
            notices,
            papers: of_kind(&joint),
            exempt: of_kind(&joint),
            report: view.record.map(|record| record.document),
        };
        let on = self.clock().today();
        off_the_server(move || {
            let pack = handed.pack(&partnership, &basis, on)?;
            let failed = |error: write::WriteError| Refusal::Printing { form: "zip", what: error.to_string() };
            write::bundle::write(&pack.files).map_err(failed)
        })
        .await?
    }

    async fn records_of(&self, owner: &str, kinds: &[Kind]) -> Result<Vec<Record>, Refusal> {
        let mut records = Vec::new();
        for kind in kinds {
            let found = entries::of_kind(self.store(), owner, *kind).await?;
            records.extend(found.into_iter().map(|entry| entry.record));
        }
        Ok(records)
    }
}
