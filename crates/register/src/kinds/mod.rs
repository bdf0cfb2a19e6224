//! Every kind of entry, each declared once.

mod appraised;
mod considered;
mod estate;
mod infrastructure;
mod joint_work;
mod uncertain;

pub use appraised::{CourseOption, Line};
pub use considered::{Alignment, Consideration, Fit, Impact, Paper, Programme, Requirement};
pub use estate::{Application, Contract, CostLine, Installation, Licence, Post, Service};
pub use infrastructure::{Hardware, Link, Site, Workload};
pub use joint_work::{Area, CoalitionCost, Evidence, Objective, Scheme};
pub use uncertain::{Bid, Correlation, Mitigation, Risk};

use std::collections::BTreeMap;

use penshaw_basis::{FinancialYear, Money};

/// Pounds for each of several financial years.
pub type AmountsByYear = BTreeMap<FinancialYear, Money>;
