//! Fills an authority's own Word form with the report.

use std::fs;
use std::path::{Path, PathBuf};

use penshaw_basis::Date;
use penshaw_documents::Document;
use penshaw_files::write::docx::{Place, TemplateError, fill};
use penshaw_proposal::form_places::{MARKING, places, wanting};
use penshaw_register::{Partnership, ReportDetails};

use crate::actor::Actor;
use crate::permissions::Verb;
use crate::run_analysis::off_the_server;
use crate::service::Operations;
use crate::work_out::{sound_folder, work_folder};
use crate::write_pack::put_in_place;
use crate::{Asked, Refusal};

const NO_PART_2: &str = "without it Part II is not written: nothing in it would say that it is not for publication";

/// A form filled with the report.
#[derive(Clone, Debug)]
pub struct FilledForm {
    /// The Word file.
    pub bytes: Vec<u8>,
    /// What the report says and the form has no place for, by the names of the places.
    pub wanting: Vec<String>,
}

fn filled(
    template: &[u8],
    report: &Document,
    partnership: &Partnership,
    on: Date,
) -> Result<FilledForm, TemplateError> {
    let details: &ReportDetails = &partnership.report;
    let offered = places(report, details, partnership.name_of(&details.authority));
    let places: Vec<Place> =
        offered.into_iter().map(|place| Place { name: place.name, blocks: place.blocks }).collect();
    let filled = fill(template, report, &places, on)?;
    let mut wanting = wanting(&filled.left_over);
    wanting.retain(|name| name != MARKING || report.marking.is_some());
    Ok(FilledForm { bytes: filled.bytes, wanting })
}

/// Fills a form with the report of a folder: Part I, and beside it Part II where a part is exempt. Returns the files and
/// what the form has no place for.
///
/// # Errors
/// [`Refusal`]; then the output folder is as it was.
pub fn fill_form(
    folder: &Path,
    template: &Path,
    asked: &Asked,
    out: &Path,
) -> Result<(Vec<PathBuf>, Vec<String>), Refusal> {
    let form = fs::read(template).map_err(|error| Refusal::File { path: template.to_owned(), error })?;
    let sound = sound_folder(folder)?;
    let pack = work_folder(&sound, asked)?;
    let refused = |error| Refusal::Form { form: template.display().to_string(), error };
    let FilledForm { bytes, mut wanting } =
        filled(&form, &pack.report, &sound.folder.partnership, pack.on).map_err(refused)?;
    let mut files = vec![("report-form.docx", bytes)];
    if let Some(part_2) = &pack.part_2 {
        let second = filled(&form, part_2, &sound.folder.partnership, pack.on).map_err(refused)?;
        // A Part II that does not say that it is not for publication would be published one day.
        if second.wanting.iter().any(|name| name == MARKING) {
            wanting.retain(|name| name != MARKING);
            wanting.push(format!("{MARKING} ({NO_PART_2})"));
        } else {
            files.push(("report-form-part-ii.docx", second.bytes));
        }
    }
    put_in_place(&files, out)?;
    Ok((files.iter().map(|(name, _)| out.join(name)).collect(), wanting))
}

impl Operations {
    /// Fills a form with the newest report, as the public may read it.
    ///
    /// # Errors
    /// If the actor may not see the report, there is none yet, or the form cannot be filled.
    pub async fn fill_form(&self, actor: &Actor, name: &str, form: Vec<u8>) -> Result<FilledForm, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        let report = self.latest_report(actor).await?;
        let (report, on) = report.and_then(|view| Some((view.document?, view.run.on))).ok_or(Refusal::NotNow {
            what: "no report has been printed yet".into(),
            hint: "work everything out first".into(),
        })?;
        let partnership = self.standing().await?.partnership;
        let filled = off_the_server(move || filled(&form, &report, &partnership, on)).await?;
        filled.map_err(|error| Refusal::Form { form: name.to_owned(), error })
    }
}
