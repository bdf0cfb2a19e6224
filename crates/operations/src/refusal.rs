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
    /// The register could not be written as a folder.
    #[error(transparent)]
    WriteFolder(#[from] penshaw_files::write::folder::FolderError),
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
    /// An authority's own form cannot be filled.
    #[error("{form} cannot be filled: {error}")]
    Form {
        /// The file.
        form: String,
        /// What is wrong with it, and what to do.
        error: penshaw_files::write::docx::TemplateError,
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
    /// The person may not do this.
    #[error("you cannot {what}: no role of yours allows it")]
    NotAllowed {
        /// What they wanted to do.
        what: &'static str,
    },
    /// There is no such thing, or none that this person may know of.
    #[error("there is no such {what}")]
    NotThere {
        /// What was asked for.
        what: &'static str,
    },
    /// Nobody is signed in.
    #[error("you are not signed in")]
    SignedOut,
    /// Some of what was entered must be corrected first.
    #[error("{}", .0.iter().map(|wrong| wrong.what.clone()).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<Invalid>),
    /// Somebody else changed it first.
    #[error("{what} was changed by somebody else in the meantime")]
    ChangedMeanwhile {
        /// What was changed.
        what: String,
    },
    /// Somebody tried too often.
    #[error("there were too many attempts; try again in {minutes} minutes")]
    TooManyAttempts {
        /// How long to wait.
        minutes: i64,
    },
    /// What was sent is too large.
    #[error("it is larger than the {megabytes} MB that are read")]
    TooLarge {
        /// The most that is read.
        megabytes: u64,
    },
    /// Nothing was loaded into the database yet.
    #[error("the database holds no partnership yet")]
    NoPartnership,
    /// The database holds a partnership already.
    #[error("the database holds a partnership already")]
    PartnershipThere,
    /// It cannot be done as things stand.
    #[error("{what}")]
    NotNow {
        /// Why.
        what: String,
        /// What to do.
        hint: String,
    },
    /// The database did not do what it was asked.
    #[error(transparent)]
    Store(penshaw_store::StoreError),
    /// The identity provider did not vouch for the person.
    #[error("the identity provider could not be used: {what}")]
    IdentityProvider {
        /// What happened.
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

/// Something entered that must be corrected first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// The field's name in the form, such as `annual_cost`.
    pub field: String,
    /// What is wrong and what to do, as it stands beside the field: "Enter the date on which …".
    pub what: String,
}

impl Refusal {
    /// One thing entered that must be corrected first.
    pub fn invalid(field: impl Into<String>, what: impl Into<String>) -> Self {
        Refusal::Invalid(vec![Invalid { field: field.into(), what: what.into() }])
    }
}

impl From<penshaw_store::StoreError> for Refusal {
    fn from(error: penshaw_store::StoreError) -> Self {
        match error {
            penshaw_store::StoreError::ChangedMeanwhile { what } => Refusal::ChangedMeanwhile { what },
            error => Refusal::Store(error),
        }
    }
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
            Refusal::WriteFolder(error) => error.hint().into(),
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
            Refusal::Form { .. } => "correct the form in Word and try again".into(),
            Refusal::File { .. } => "check that the path is right and may be used".into(),
            Refusal::NotWhatItShouldBe { .. } => "correct the file, or name another".into(),
            Refusal::NotAllowed { .. } => "ask an administrator of the body for the role that you need".into(),
            Refusal::NotThere { .. } => "check the address, or go back to the list".into(),
            Refusal::SignedOut => "sign in and try again".into(),
            Refusal::Invalid(_) => "correct what is named and send it again".into(),
            Refusal::ChangedMeanwhile { .. } => "look at what stands there now, then decide what to keep".into(),
            Refusal::TooManyAttempts { .. } => "wait, or ask an administrator to let you in".into(),
            Refusal::TooLarge { .. } => "split it, or take out pictures and sheets that hold no entries".into(),
            Refusal::NoPartnership => "load one with `penshaw load FOLDER --database ADDRESS`".into(),
            Refusal::PartnershipThere => "name another database: one holds one partnership".into(),
            Refusal::NotNow { hint, .. } => hint.clone(),
            Refusal::Store(error) if error.is_passing() => {
                "try again in a moment; if it goes on, tell whoever runs the service".into()
            }
            Refusal::Store(_) => "tell whoever runs the service".into(),
            Refusal::IdentityProvider { .. } => "sign in with your password, or tell whoever runs the service".into(),
            Refusal::Printing { .. } => "this is a fault of Penshaw: please report it".into(),
        }
    }
}
