//! What each authority has and chooses to share: entries, baselines, the joint register.
//!
//! An authority's files become [`Record`]s, its records a frozen [`Baseline`]; what it
//! chose to share of them goes into the one [`JointRegister`], which is all that an
//! analysis can read.

mod band;
mod baseline;
mod catalogue;
mod check;
mod difference;
mod entry;
mod field;
mod finding;
mod joint;
mod kind;
pub mod kinds;
mod opportunity;
mod partnership;
mod projection;
pub mod recommendation;
mod record;
mod sharing;
mod subtotal;

pub use band::{Band, Banded};
pub use baseline::{Baseline, PARTNERSHIP};
pub use catalogue::CatalogueEntry;
pub use check::{
    EXAMPLE, TOTAL, check_choice, check_choices, check_each, check_owned, check_parameters, check_partnership,
    check_together, check_twice, is_of_the_sheet, is_spreadsheet_error, plain_text,
};
pub use difference::{Change, Difference, FieldChange, What, difference};
pub use entry::Entry;
pub use field::{Field, FieldKind, MOST_COUNTED, MOST_MONEY_PENCE, at_least_zero};
pub use finding::{Finding, Place, Problem, Severity};
pub use joint::{EntryBand, Held, JointRegister, LeftOut, Withheld};
pub use kind::{Holder, Kind, NotAKind};
pub use kinds::*;
pub use opportunity::{Adopting, Opportunity, OpportunityAmount};
pub use partnership::{Adoption, Authority, Partnership, ReportDetails};
pub use projection::{Projection, project};
pub use recommendation::Recommendation;
pub use record::{Origin, Record};
pub use sharing::{Fields, Instead, SharingChoice, Which, join};
pub use subtotal::{LEAST_ENTRIES, Subtotal, Sum, subtotals};

/// The funds that local authorities keep apart.
pub const FUNDS: &[&str] = &["General Fund", "Housing Revenue Account", "Schools", "Capital receipts", "Other"];
