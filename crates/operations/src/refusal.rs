//! Why an operation was not done, for the person who must act.

use std::path::PathBuf;

use penshaw_register::Finding;

/// Why an operation was not done. Each says what, why and, in [`hint`](Refusal::hint), what to do.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The folder cannot be read at all.
    #[error(transparent)]
    Folder(#[from] penshaw_files::read::ReadError),
    /// Something in the files must be mended first; all of it is here.
    #[error("{} to mend before anything can be worked out", count(.0))]
    Findings(Vec<Finding>),
    /// The partnership's own parameters cannot be used.
    #[error("the parameters cannot be used: {0}")]
    Parameters(#[from] penshaw_basis::ParameterErrors),
    /// There is a file already, and it is somebody's work.
    #[error("{path} is there already, and would be lost")]
    ThereAlready {
        /// The file or folder.
        path: PathBuf,
    },
    /// The report pack would lie among an authority's own files.
    #[error("{out} is among the files of {of}, where the next run would read the report as an estate")]
    AmongEstates {
        /// Where the pack was to go.
        out: PathBuf,
        /// Whose files they are.
        of: String,
    },
    /// There is no such parameter.
    #[error(transparent)]
    Parameter(#[from] penshaw_basis::ParameterError),
    /// No authority has a baseline, so that there is no day to work on.
    #[error("no authority has an estate, so that there is nothing to work out")]
    NothingThere,
    /// There is no such analysis.
    #[error("there is no analysis called \"{name}\"")]
    NoSuchAnalysis {
        /// What was asked for.
        name: String,
    },
    /// The analysis has its place but is not built yet.
    #[error("\"{question}\" has its place, but no analysis answers it yet")]
    NotBuilt {
        /// The question.
        question: &'static str,
    },
    /// The question cannot be answered from what is shared.
    #[error("{question} What we need before we can answer: {missing}")]
    Missing {
        /// The question.
        question: &'static str,
        /// What is missing.
        missing: penshaw_analyses::Missing,
    },
    /// A file could not be read or written.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// What happened.
        error: std::io::Error,
    },
    /// A file does not hold what it should.
    #[error("{path}: {what}")]
    NotWhatItShouldBe {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// A document could not be printed.
    #[error("{form} could not be written: {what}")]
    Printing {
        /// The form, such as "report.pdf".
        form: &'static str,
        /// What happened.
        what: String,
    },
}

fn count(findings: &[Finding]) -> String {
    match findings.len() {
        1 => "there is 1 error".into(),
        many => format!("there are {many} errors"),
    }
}

impl Refusal {
    /// What to do.
    pub fn hint(&self) -> String {
        match self {
            Refusal::Folder(error) => error.hint().into(),
            Refusal::Findings(_) => "each finding says where it stands and what to do".into(),
            Refusal::Parameters(_) => "each parameter needs a unit, a reference and a day to look again".into(),
            Refusal::ThereAlready { .. } => "give another name, or move it away first".into(),
            Refusal::AmongEstates { .. } => "name a folder of its own with --out".into(),
            Refusal::Parameter(_) => "`penshaw parameters` lists them".into(),
            Refusal::NothingThere => "add an authority's folder with its files and its estate.toml".into(),
            Refusal::NoSuchAnalysis { .. } => {
                let names: Vec<&str> = penshaw_analyses::ALL.iter().map(|listed| listed.name).collect();
                format!("one of {}", names.join(", "))
            }
            Refusal::NotBuilt { .. } => "until it is, record officers' evidence for the area".into(),
            Refusal::Missing { .. } => "record or share what is missing, then ask again".into(),
            Refusal::File { .. } => "check that the path is right and may be used".into(),
            Refusal::NotWhatItShouldBe { .. } => "correct the file, or name another".into(),
            Refusal::Printing { .. } => "this is a fault of Penshaw: please report it".into(),
        }
    }
}
