//! Drafts the papers beside the report: the strategy for the region, the heads of terms of an agreement, the next report
//! on what was agreed, how the decisions hang together, and the commitments that a report makes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use penshaw_analyses::Analysis;
use penshaw_analyses::delivery::Delivery;
use penshaw_analyses::governance::{Governance, agreement};
use penshaw_analyses::network::{NetworkOfRegion, strategy};
use penshaw_basis::{Basis, Date};
use penshaw_documents::{Block, Cell, Column, Document, Marking, Row, Table, Value};
use penshaw_files::write;
use penshaw_proposal::commitments::{DraftCommitment, drafts};
use penshaw_proposal::update_report::{EarlierReport, OwnerDifference, UpdateInputs, report};
use penshaw_register::{Baseline, Commitment, JointRegister, Kind, PARTNERSHIP, Record, difference, join};
use penshaw_store::{baselines, entries};

use crate::actor::Actor;
use crate::analyse_one::{document, known};
use crate::changed_since::joined;
use crate::permissions::Verb;
use crate::run_analysis::{marked, off_the_server};
use crate::service::Operations;
use crate::view_history::{held_baselines, history_paper};
use crate::work_out::{Sound, day, sound_folder, work_folder};
use crate::write_pack::put_in_place;
use crate::{Answer, Asked, Refusal};

/// A paper that is drafted from the register, beside the report on the decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// The strategy for the region's links and sites.
    Strategy,
    /// The report that follows: what became of what was agreed.
    Update,
    /// The heads of terms of each scheme of governance.
    Agreement,
    /// How the decisions hang together.
    History,
}

impl Paper {
    /// All of them.
    pub const ALL: [Paper; 4] = [Paper::Strategy, Paper::Update, Paper::Agreement, Paper::History];

    /// Its short name, and the stem of its files.
    pub fn name(self) -> &'static str {
        match self {
            Paper::Strategy => "strategy",
            Paper::Update => "update",
            Paper::Agreement => "agreement",
            Paper::History => "history",
        }
    }

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Paper::Strategy => "Regional infrastructure strategy",
            Paper::Update => "Update report",
            Paper::Agreement => "Heads of terms",
            Paper::History => "How the decisions hang together",
        }
    }
}

/// The forms in which a paper is printed, by the ends of their files' names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperForm {
    /// Tagged PDF.
    Pdf,
    /// Word.
    Docx,
    /// One web page.
    Html,
}

impl PaperForm {
    /// All of them.
    pub const ALL: [PaperForm; 3] = [PaperForm::Pdf, PaperForm::Docx, PaperForm::Html];

    /// How the name of its file ends.
    pub fn extension(self) -> &'static str {
        match self {
            PaperForm::Pdf => "pdf",
            PaperForm::Docx => "docx",
            PaperForm::Html => "html",
        }
    }

    /// Prints a paper in this form.
    ///
    /// # Errors
    /// If the printer refuses.
    pub(crate) fn print(self, document: &Document, on: Date) -> Result<Vec<u8>, Refusal> {
        let failed = |what: String| Refusal::Printing { form: self.extension(), what };
        match self {
            PaperForm::Pdf => penshaw_pdf::write(document, on).map_err(|error| failed(error.to_string())),
            PaperForm::Docx => write::docx::write(document, on).map_err(|error| failed(error.to_string())),
            PaperForm::Html => Ok(write::html::write(document).into_bytes()),
        }
    }
}

/// Drafts the regional strategy of a folder and writes it in every form.
///
/// # Errors
/// [`Refusal`]; then the output folder is as it was.
pub fn draft_strategy(folder: &Path, asked: &Asked, out: &Path) -> Result<Vec<PathBuf>, Refusal> {
    let sound = sound_folder(folder)?;
    let joint = joint_of(&sound);
    let on = day(&joint, asked)?;
    write_paper(Paper::Strategy, &strategy_paper(&joint, on, &sound.basis)?, on, out)
}

/// Drafts the heads of terms of a folder's schemes of governance and writes them in every form.
///
/// # Errors
/// [`Refusal`]; then the output folder is as it was.
pub fn draft_agreement(folder: &Path, asked: &Asked, out: &Path) -> Result<Vec<PathBuf>, Refusal> {
    let sound = sound_folder(folder)?;
    let joint = joint_of(&sound);
    let on = day(&joint, asked)?;
    write_paper(Paper::Agreement, &agreement_paper(&joint, on, &sound.basis)?, on, out)
}

/// Drafts how a folder's decisions hang together, with the baselines that it holds, and writes it in every form.
///
/// # Errors
/// [`Refusal`]; then the output folder is as it was.
pub fn draft_history(folder: &Path, asked: &Asked, out: &Path) -> Result<Vec<PathBuf>, Refusal> {
    let sound = sound_folder(folder)?;
    let joint = joint_of(&sound);
    let on = day(&joint, asked)?;
    let known = held_baselines(&sound.folder.partnership, &sound.folder.baselines, &sound.folder.choices);
    write_paper(Paper::History, &history_paper(&joint, on, &sound.basis, &known), on, out)
}

/// Drafts the report that follows an earlier one: `earlier` is the partnership folder as it was then.
///
/// # Errors
/// [`Refusal`]; then the output folder is as it was.
pub fn draft_update(folder: &Path, earlier: &Path, asked: &Asked, out: &Path) -> Result<Vec<PathBuf>, Refusal> {
    let (sound, before) = (sound_folder(folder)?, sound_folder(earlier)?);
    let (joint, then) = (joint_of(&sound), joint_of(&before));
    let on = day(&joint, asked)?;
    let details = &before.folder.partnership.report;
    let followed = EarlierReport { title: details.title.clone(), on: details.meeting.map_or(day(&then, asked), Ok)? };
    let differences = differences(&before.folder.baselines, &sound.folder.baselines, &then, &joint);
    write_paper(Paper::Update, &update_paper(&joint, &followed, &differences, on, &sound.basis)?, on, out)
}

/// The sentences of a folder's report that say that something will happen, as commitments to be completed.
///
/// # Errors
/// [`Refusal`], if the folder cannot be worked out.
pub fn draft_commitments(folder: &Path, asked: &Asked) -> Result<Answer, Refusal> {
    let sound = sound_folder(folder)?;
    let pack = work_folder(&sound, asked)?;
    let joint = joint_of(&sound);
    let drafted =
        drafted(&pack.report.blocks, &joint.all::<Commitment>().into_iter().map(|held| held.entry).collect::<Vec<_>>());
    let value = serde_json::to_value(
        drafted.iter().map(|one| one.draft.entry(&one.reference, &pack.report.title, "joint")).collect::<Vec<_>>(),
    );
    let mut table = Table::new(
        "commitments",
        "What the report says will happen",
        ["Paragraph", "Commitment", "Recorded"].map(Column::words).to_vec(),
    );
    for one in &drafted {
        table.push(Row::body(vec![
            Cell::words(one.draft.paragraph.clone().unwrap_or_default()),
            Cell::words(&one.draft.statement),
            Cell::words(one.standing()),
        ]));
    }
    let document = Document {
        title: "Commitments of the report".into(),
        author: joint.partnership().name.clone(),
        occasion: Value::Day(pack.on).to_string(),
        marking: None,
        titles: Default::default(),
        blocks: vec![
            Block::words(
                "Every sentence that says that something will happen. What is not recorded yet wants an owner, an area and a \
                 day: with --json each is printed as an entry of partnership.toml.",
            ),
            Block::Table(table),
        ],
    };
    Ok(Answer { document, value: value.expect("commitments are plain data") })
}

/// A commitment that a report makes, with the entry that records it or could.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftedCommitment {
    /// The sentence and its paragraph.
    pub draft: DraftCommitment,
    /// The entry's reference: the one that it has, or the next that is free.
    pub reference: String,
    /// Whether it is recorded already.
    pub recorded: bool,
    /// The entries that record something else of the same paragraph, perhaps the same in other words.
    pub same_paragraph: Vec<String>,
}

impl DraftedCommitment {
    /// Where it stands, for a table or a list.
    pub fn standing(&self) -> String {
        match self.same_paragraph.as_slice() {
            _ if self.recorded => format!("as {}", self.reference),
            [] => "not yet".into(),
            others => format!("perhaps as {}, of the same paragraph", others.join(" or ")),
        }
    }
}

/// The report itself, without its annexes.
fn before_annexes(blocks: &[Block]) -> &[Block] {
    let annex = |block: &Block| matches!(block, Block::Heading { level: 2, text, .. } if text.starts_with("Annex"));
    &blocks[..blocks.iter().position(annex).unwrap_or(blocks.len())]
}

/// What a report says will happen, each beside the entry that records it.
fn drafted(blocks: &[Block], recorded: &[Commitment]) -> Vec<DraftedCommitment> {
    let same = |one: &str, other: &str| one.trim_end_matches('.').eq_ignore_ascii_case(other.trim_end_matches('.'));
    let taken = |reference: &str| recorded.iter().any(|entry| entry.reference == reference);
    let mut free = (1..).map(|number| format!("CM{number}")).filter(|reference| !taken(reference));
    let of_paragraph = |draft: &DraftCommitment| -> Vec<String> {
        let same = recorded.iter().filter(|entry| draft.paragraph.is_some() && entry.paragraph == draft.paragraph);
        same.map(|entry| entry.reference.clone()).collect()
    };
    let standing = |draft: DraftCommitment| {
        let same = recorded.iter().find(|entry| same(&entry.statement, &draft.statement));
        let reference = same.map_or_else(|| free.next().unwrap_or_default(), |entry| entry.reference.clone());
        let same_paragraph = if same.is_some() { Vec::new() } else { of_paragraph(&draft) };
        DraftedCommitment { draft, reference, recorded: same.is_some(), same_paragraph }
    };
    drafts(before_annexes(blocks)).into_iter().map(standing).collect()
}

impl Operations {
    /// A paper in a form, drafted from each owner's newest baseline. An update follows the report of the day `since`,
    /// and compares each owner's newest baseline of that day or before.
    ///
    /// # Errors
    /// If the actor may not, too little is shared, or no baseline is as old as `since`.
    pub async fn draft_paper(
        &self,
        actor: &Actor,
        paper: Paper,
        since: Option<Date>,
        form: PaperForm,
    ) -> Result<Vec<u8>, Refusal> {
        actor.must_somewhere(match paper {
            Paper::Strategy | Paper::Agreement | Paper::History => Verb::SeeShared,
            Paper::Update => Verb::EditReport,
        })?;
        let gathered = Arc::new(self.gathered(false).await?);
        let known = match paper {
            Paper::History => self.known_baselines(&gathered, self.clock().today()).await?,
            _ => Vec::new(),
        };
        let then = match since {
            Some(since) if paper == Paper::Update => Some((since, self.baselines_of(since).await?)),
            _ => None,
        };
        off_the_server(move || {
            let joint = joined(&gathered);
            let on = day(&joint, &Asked::default())?;
            let mut document = match (paper, then) {
                (Paper::Strategy, _) => strategy_paper(&joint, on, &gathered.basis)?,
                (Paper::Agreement, _) => agreement_paper(&joint, on, &gathered.basis)?,
                (Paper::History, _) => history_paper(&joint, on, &gathered.basis, &known),
                (Paper::Update, None) => {
                    return Err(Refusal::invalid("since", "Select the day that the report follows"));
                }
                (Paper::Update, Some((since, before))) => {
                    let title = gathered.partnership.report.title.clone();
                    let earlier = join(&gathered.partnership, &before, &gathered.choices);
                    let differences = differences(&before, &gathered.baselines, &earlier, &joint);
                    update_paper(&joint, &EarlierReport { title, on: since }, &differences, on, &gathered.basis)?
                }
            };
            document.marking = marked(&gathered, document.marking);
            form.print(&document, on)
        })
        .await?
    }

    /// The days of baselines that a report can follow, the newest first: the newest baseline of each owner is "now".
    ///
    /// # Errors
    /// If the actor may not write the report.
    pub async fn days_to_follow(&self, actor: &Actor) -> Result<Vec<Date>, Refusal> {
        actor.must_somewhere(Verb::EditReport)?;
        let mut days = Vec::new();
        for owner in self.owners().await? {
            days.extend(baselines::of(self.store(), &owner).await?.into_iter().skip(1).map(|frozen| frozen.on));
        }
        days.sort_unstable();
        days.dedup();
        days.reverse();
        Ok(days)
    }

    async fn owners(&self) -> Result<Vec<String>, Refusal> {
        let authorities = self.standing().await?.partnership.authorities;
        let codes = authorities.into_iter().map(|authority| authority.code);
        Ok(codes.chain([PARTNERSHIP.to_owned()]).collect())
    }

    /// Each owner's newest baseline of a day or before, but never its newest of all: that one is "now".
    async fn baselines_of(&self, since: Date) -> Result<Vec<Baseline>, Refusal> {
        let mut found = Vec::new();
        for owner in self.owners().await? {
            let frozen = baselines::of(self.store(), &owner).await?;
            if let Some(frozen) = frozen.iter().skip(1).find(|frozen| frozen.on <= since) {
                found.push(baselines::open(self.store(), frozen).await?);
            }
        }
        if found.is_empty() {
            return Err(Refusal::invalid("since", "Select a day on or after that of an earlier baseline"));
        }
        Ok(found)
    }

    /// What the newest report says will happen, each beside the entry that records it; nothing before a report is printed.
    ///
    /// # Errors
    /// If the actor belongs to no body.
    pub async fn commitments_of_report(&self, actor: &Actor) -> Result<Option<Vec<DraftedCommitment>>, Refusal> {
        Ok(self.report_with_commitments(actor).await?.map(|(_, drafted)| drafted))
    }

    async fn report_with_commitments(
        &self,
        actor: &Actor,
    ) -> Result<Option<(Document, Vec<DraftedCommitment>)>, Refusal> {
        let report = self.latest_report(actor).await?.and_then(|report| report.document);
        let Some(report) = report else { return Ok(None) };
        let entries = entries::of_kind(self.store(), PARTNERSHIP, Kind::Commitment).await?;
        let recorded: Vec<Commitment> = entries.iter().filter_map(|entry| entry.record.read().ok()).collect();
        let drafted = drafted(&report.blocks, &recorded);
        Ok(Some((report, drafted)))
    }

    /// Records commitments of the newest report as entries of the partnership, to be completed. Those that are recorded
    /// already are left alone. Returns how many were added.
    ///
    /// # Errors
    /// If the actor may not add entries to the partnership.
    pub async fn record_commitments(&self, actor: &Actor, references: &[String]) -> Result<usize, Refusal> {
        self.may_edit(actor, PARTNERSHIP, Kind::Commitment)?;
        let Some((report, drafted)) = self.report_with_commitments(actor).await? else { return Ok(0) };
        let document = format!("{}, {}", report.title, report.occasion);
        let wanted = drafted.into_iter().filter(|one| !one.recorded && references.contains(&one.reference));
        let mut added = 0;
        for one in wanted {
            let record = record(&one.draft.entry(&one.reference, &document, "joint"));
            self.save_entry(actor, PARTNERSHIP, &record, None).await?;
            added += 1;
        }
        Ok(added)
    }
}

/// A commitment as a record of the register.
fn record(commitment: &Commitment) -> Record {
    let mut record = Record::new(Kind::Commitment, &*commitment.reference);
    if let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(commitment) {
        let fields = fields.into_iter().filter(|(name, value)| name != "reference" && !value.is_null());
        record.fields = fields.collect();
    }
    record
}

pub(crate) fn joint_of(sound: &Sound) -> JointRegister {
    join(&sound.folder.partnership, &sound.folder.baselines, &sound.folder.choices)
}

fn gathered_for<A: Analysis>(joint: &JointRegister, on: Date) -> Result<A::Input, Refusal> {
    A::gather(joint, on).map_err(|missing| Refusal::Missing { question: A::QUESTION, missing })
}

fn answered<A: Analysis>(joint: &JointRegister, on: Date, basis: &Basis) -> Result<A::Outcome, Refusal> {
    Ok(A::analyse(&gathered_for::<A>(joint, on)?, basis))
}

fn strategy_paper(joint: &JointRegister, on: Date, basis: &Basis) -> Result<Document, Refusal> {
    let partnership = joint.partnership();
    let blocks = strategy(&answered::<NetworkOfRegion>(joint, on, basis)?);
    Ok(Document {
        title: Paper::Strategy.title().to_owned(),
        author: partnership.name.clone(),
        occasion: Value::Day(on).to_string(),
        marking: partnership.marking.clone().map(|words| Marking { words }),
        titles: joint.titles(),
        blocks,
    })
}

/// The heads of terms of every scheme that the law allows; of others, why there are none.
fn agreement_paper(joint: &JointRegister, on: Date, basis: &Basis) -> Result<Document, Refusal> {
    let input = gathered_for::<Governance>(joint, on)?;
    let outcome = Governance::analyse(&input, basis);
    let schemes = outcome.schemes.iter().filter_map(|scheme| agreement(&input, &outcome, &scheme.scheme));
    let drafted = document(known(Governance::NAME)?, joint, on, schemes.flatten().collect());
    Ok(Document { title: Paper::Agreement.title().to_owned(), ..drafted })
}

fn update_paper(
    joint: &JointRegister,
    earlier: &EarlierReport,
    differences: &[OwnerDifference],
    on: Date,
    basis: &Basis,
) -> Result<Document, Refusal> {
    let delivery = answered::<Delivery>(joint, on, basis)?;
    let titles = joint.titles();
    let partnership = joint.partnership();
    Ok(report(&UpdateInputs { partnership, earlier, delivery: &delivery, differences, titles: &titles }))
}

/// What differs, of what is shared, for each owner who has a baseline of then and of now.
fn differences(
    before: &[Baseline],
    after: &[Baseline],
    then: &JointRegister,
    now: &JointRegister,
) -> Vec<OwnerDifference> {
    let shared = |joint: &JointRegister, owner: &str| -> Vec<Record> {
        joint.records().filter(|(of, _)| *of == owner).map(|(_, record)| record.clone()).collect()
    };
    let of = |after: &Baseline| {
        let before = before.iter().find(|before| before.owner() == after.owner())?;
        let owner = after.owner();
        let difference = difference(&shared(then, owner), &shared(now, owner));
        Some(OwnerDifference { owner: owner.to_owned(), from: before.on(), to: after.on(), difference })
    };
    after.iter().filter_map(of).collect()
}

fn write_paper(paper: Paper, document: &Document, on: Date, out: &Path) -> Result<Vec<PathBuf>, Refusal> {
    let printed = |form: PaperForm| Ok((format!("{}.{}", paper.name(), form.extension()), form.print(document, on)?));
    let files: Vec<(String, Vec<u8>)> = PaperForm::ALL.into_iter().map(printed).collect::<Result<_, Refusal>>()?;
    put_in_place(&files, out)?;
    Ok(files.into_iter().map(|(name, _)| out.join(name)).collect())
}
