//! Works out a folder and writes the report pack, all of it or nothing.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use penshaw_basis::Date;
use penshaw_documents::Document;
use penshaw_files::write;
use penshaw_register::Finding;

use crate::work_out::{Sound, sound_folder, work_folder};
use crate::{Pack, Refusal};

/// The files of a report pack.
pub const PACK_FILES: [&str; 5] = ["report.pdf", "report.docx", "report.html", "workbook.xlsx", "results.json"];

/// The files of Part II, where a part of the report is exempt from publication: the others then hold Part I.
pub const PART_2_FILES: [&str; 3] = ["report-part-ii.pdf", "report-part-ii.docx", "report-part-ii.html"];

/// What an appraisal of a folder is asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The day whose parameters are in force; the newest baseline's where it is left out.
    pub on: Option<Date>,
    /// Trials; the usual number where it is left out.
    pub trials: Option<u64>,
    /// The seed.
    pub seed: u64,
}

/// Reads a partnership folder, works everything out and writes the report pack.
///
/// Returns the pack and the warnings of the files.
///
/// # Errors
/// [`Refusal`]; then the output folder is as it was.
pub fn appraise_folder(folder: &Path, asked: &Asked, out: &Path) -> Result<(Pack, Vec<Finding>), Refusal> {
    let sound = sound_folder(folder)?;
    keep_out_of_estates(&sound, folder, out)?;
    let pack = work_folder(&sound, asked)?;
    write_pack(&pack, out)?;
    Ok((pack, sound.folder.findings))
}

/// Refuses an output folder among an authority's files: the next run would read the report as an estate.
fn keep_out_of_estates(sound: &Sound, folder: &Path, out: &Path) -> Result<(), Refusal> {
    let (Ok(folder), Ok(out)) = (std::path::absolute(folder), std::path::absolute(out)) else { return Ok(()) };
    let authorities = &sound.folder.partnership.authorities;
    match authorities.iter().find(|authority| out.starts_with(folder.join(&authority.folder))) {
        Some(authority) => Err(Refusal::AmongEstates { out, of: authority.name.clone() }),
        None => Ok(()),
    }
}

/// Writes the files of a pack: each is complete before any is put in place. A Part II of an earlier run is taken away
/// where there is none now.
///
/// # Errors
/// If a file cannot be printed or written; then the folder is as it was.
pub fn write_pack(pack: &Pack, out: &Path) -> Result<(), Refusal> {
    put_in_place(&print(pack)?, out)?;
    if pack.part_2.is_none() {
        for path in PART_2_FILES.map(|name| out.join(name)) {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(Refusal::File { path, error }),
                _ => {}
            }
        }
    }
    Ok(())
}

/// Writes files that belong together: each is complete before any is put in place.
///
/// # Errors
/// If a file cannot be written; then the folder is as it was.
pub(crate) fn put_in_place(files: &[(impl AsRef<Path>, Vec<u8>)], out: &Path) -> Result<(), Refusal> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| Refusal::File { path, error }
    };
    fs::create_dir_all(out).map_err(failed(out))?;
    // A folder beside the files is on the same disk, so that putting a file in place is one step.
    let beside = tempfile::Builder::new().prefix(".penshaw-").tempdir_in(out).map_err(failed(out))?;
    for (name, bytes) in files {
        let path = beside.path().join(name);
        fs::write(&path, bytes).map_err(failed(&path))?;
    }
    for (name, _) in files {
        let path = out.join(name);
        fs::rename(beside.path().join(name), &path).map_err(failed(&path))?;
    }
    Ok(())
}

/// Prints every file of the pack, the PDF beside the others since it takes longest.
pub(crate) fn print(pack: &Pack) -> Result<Vec<(&'static str, Vec<u8>)>, Refusal> {
    let failed = |form: &'static str| move |what: String| Refusal::Printing { form, what };
    let [pdf, docx, html, xlsx, json] = PACK_FILES;
    let mut files = printed(&pack.report, pack.on, [pdf, docx, html])?;
    if let Some(part_2) = &pack.part_2 {
        files.extend(printed(part_2, pack.on, PART_2_FILES)?);
    }
    let marking = pack.report.marking.as_ref();
    let workbook = write::xlsx::write_marked(&pack.workbook, marking, pack.on);
    files.push((xlsx, workbook.map_err(|error| error.to_string()).map_err(failed(xlsx))?));
    let results = serde_json::to_string_pretty(&pack.results).expect("results are plain data");
    files.push((json, (results + "\n").into_bytes()));
    Ok(files)
}

/// A report as PDF, Word and page, under these names.
fn printed(report: &Document, on: Date, names: [&'static str; 3]) -> Result<Vec<(&'static str, Vec<u8>)>, Refusal> {
    let failed = |form: &'static str| move |what: String| Refusal::Printing { form, what };
    let [pdf, docx, html] = names;
    let (printed, others) = std::thread::scope(|scope| {
        let pdf = scope.spawn(|| penshaw_pdf::write(report, on).map_err(|error| error.to_string()));
        let docx = write::docx::write(report, on).map_err(|error| error.to_string());
        let html = write::html::write(report);
        (pdf.join().unwrap_or_else(|_| Err("the printer stopped".into())), (docx, html))
    });
    let (word, page) = others;
    Ok(vec![(pdf, printed.map_err(failed(pdf))?), (docx, word.map_err(failed(docx))?), (html, page.into_bytes())])
}

/// The paths of a pack's files in a folder.
pub fn pack_paths(pack: &Pack, out: &Path) -> Vec<PathBuf> {
    let part_2 = PART_2_FILES.iter().filter(|_| pack.part_2.is_some());
    PACK_FILES.iter().chain(part_2).map(|name| out.join(name)).collect()
}
