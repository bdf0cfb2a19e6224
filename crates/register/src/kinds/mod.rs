//! Every kind of entry, each declared once.

mod appraised;
mod considered;
mod decided;
mod delivered;
mod estate;
mod governed;
mod hosting;
mod inclusion;
mod infrastructure;
mod joint_work;
mod people;
mod reorganised;
mod reviewed;
mod uncertain;

pub use appraised::{CourseOption, Line};
pub use considered::{Alignment, Consideration, Fit, Impact, Paper, Programme, Requirement};
pub use decided::{AGREED_BY, CallIn, Decision, ExemptPart, Meeting, NOTICES, Notice, ROUTES};
pub use delivered::{Action, Benefit, Commitment, Performance, RiskReview};
pub use estate::{Application, Contract, CostLine, Installation, Licence, Payment, Service};
pub use governed::{Division, ReservedMatter, Scheme, SchemeMember};
pub use hosting::HostingAgreement;
pub use inclusion::{InclusionOutcome, InclusionProgramme, SkillsSurvey, SmallArea};
pub use infrastructure::{Hardware, Link, Rack, RecoveryTest, Site, Workload};
pub use joint_work::{Area, CoalitionCost, Evidence, Objective};
pub use people::{Post, SkillNeed};
pub use reorganised::{Consent, Direction};
pub use reviewed::{ProductReview, SupplierName, VERDICTS};
pub use uncertain::{Bid, Correlation, Mitigation, Risk};

use std::collections::BTreeMap;

use penshaw_basis::{FinancialYear, Money};

/// Pounds for each of several financial years.
pub type AmountsByYear = BTreeMap<FinancialYear, Money>;
