//! `penshaw draft`: the papers beside the report.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use penshaw_operations::{
    Asked, Date, Refusal, draft_agreement, draft_commitments, draft_history, draft_strategy, draft_update, fill_form,
    hand_over_decision,
};

use crate::show;

/// Draft a paper beside the report: the regional strategy, heads of terms, how the decisions hang together, the next report, or the commitments of this one
#[derive(Args)]
pub struct Draft {
    #[command(subcommand)]
    paper: Paper,
}

#[derive(Subcommand)]
enum Paper {
    /// The strategy for the region's links and sites, as strategy.pdf, strategy.docx and strategy.html
    Strategy(Written),
    /// The heads of terms of each scheme of governance, as agreement.pdf, agreement.docx and agreement.html
    Agreement(Written),
    /// How the decisions hang together, with what their reports promised, as history.pdf, history.docx and history.html
    History(Written),
    /// The report that follows an earlier one, as update.pdf, update.docx and update.html
    Update {
        #[command(flatten)]
        written: Written,
        /// The partnership folder as it was for the earlier report
        #[arg(long, value_name = "FOLDER")]
        since: PathBuf,
    },
    /// The report in an authority's own Word form, as report-form.docx
    Form {
        #[command(flatten)]
        written: Written,
        /// The form: a Word file (.docx) whose places are named, such as {{purpose}}
        #[arg(long, value_name = "FILE")]
        template: PathBuf,
    },
    /// What a committee system takes of a decision: its fields, the agenda entry, and notices, report and statement
    CommitteePack {
        #[command(flatten)]
        written: Written,
        /// The code of the authority that decides
        #[arg(long, value_name = "CODE")]
        authority: String,
        /// Its reference of the decision
        #[arg(long, value_name = "REFERENCE")]
        decision: String,
    },
    /// Every sentence of the report that says what will happen
    Commitments {
        /// The partnership folder, with its partnership.toml
        folder: PathBuf,
        /// Print each as an entry, as JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args)]
struct Written {
    /// The partnership folder, with its partnership.toml
    folder: PathBuf,
    /// Where to write it
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The day that it speaks of; the newest baseline's if left out
    #[arg(long, value_name = "DATE", value_parser = crate::show::day)]
    on: Option<Date>,
}

impl Written {
    fn asked(&self) -> Asked {
        Asked { on: self.on, ..Asked::default() }
    }
}

impl Draft {
    /// Drafts the paper.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        let paths = match self.paper {
            Paper::Strategy(written) => draft_strategy(&written.folder, &written.asked(), &written.out)?,
            Paper::Agreement(written) => draft_agreement(&written.folder, &written.asked(), &written.out)?,
            Paper::History(written) => draft_history(&written.folder, &written.asked(), &written.out)?,
            Paper::Update { written, since } => draft_update(&written.folder, &since, &written.asked(), &written.out)?,
            Paper::Form { written, template } => {
                let (paths, wanting) = fill_form(&written.folder, &template, &written.asked(), &written.out)?;
                if !wanting.is_empty() {
                    show::print(&format!("The form has no place for: {}", wanting.join(", ")));
                }
                paths
            }
            Paper::CommitteePack { written, authority, decision } => {
                let Written { folder, out, .. } = &written;
                let (paths, left_out) = hand_over_decision(folder, &authority, &decision, &written.asked(), out)?;
                left_out.iter().for_each(|what| show::print(&format!("Not in the pack: {what}")));
                paths
            }
            Paper::Commitments { folder, json } => {
                let answer = draft_commitments(&folder, &Asked::default())?;
                show::print(&if json { answer.json() } else { answer.text(show::width()) });
                return Ok(ExitCode::SUCCESS);
            }
        };
        for path in paths {
            show::print(&path.display().to_string());
        }
        Ok(ExitCode::SUCCESS)
    }
}
