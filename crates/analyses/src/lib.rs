//! One folder a question: what each needs, its method, its answer and how it is shown.
//!
//! To add a question: a folder with the five files (`mod.rs`, its method, `present.rs`,
//! `method.md`, `cases.toml`) and one line in [`ALL`].

pub mod alignment;
mod analysis;
pub mod appraisal;
#[cfg(test)]
mod cases;
pub mod catalogues;
pub mod completeness;
pub mod considerations;
pub mod contracts;
pub mod cost_shares;
pub mod decisions;
pub mod delivery;
mod finding;
pub mod fit;
pub mod governance;
pub mod impacts;
pub mod inclusion;
mod left_out;
pub mod licences;
mod months;
mod named;
pub mod network;
pub mod overlap;
mod owned;
pub mod placement;
mod planned;
pub mod resilience;
pub mod skills;
pub mod suppliers;
mod with_confidence;

pub use analysis::{Analysis, Listed, Missing, Need, Ran, Sampling, listed};
pub use finding::Finding;
pub use named::{ListedOption, Named, counted};
pub use owned::Owned;
pub use planned::{PLANNED, Planned};
pub use with_confidence::WithConfidence;

/// Every question that is answered, in the order in which a report needs them.
pub const ALL: &[Listed] = &[
    listed::<completeness::Completeness>(),
    listed::<appraisal::Appraisal>(),
    listed::<cost_shares::CostShares>(),
    listed::<governance::Governance>(),
    listed::<alignment::AlignmentOfPartners>(),
    listed::<fit::FitOfOptions>(),
    listed::<impacts::Impacts>(),
    listed::<considerations::Considerations>(),
    listed::<overlap::Overlap>(),
    listed::<contracts::Contracts>(),
    listed::<licences::Licences>(),
    listed::<resilience::Resilience>(),
    listed::<placement::Placement>(),
    listed::<network::NetworkOfRegion>(),
    listed::<skills::Skills>(),
    listed::<inclusion::Inclusion>(),
    listed::<decisions::Decisions>(),
    listed::<delivery::Delivery>(),
];

/// The question of that name.
pub fn find(name: &str) -> Option<&'static Listed> {
    ALL.iter().find(|listed| listed.name == name)
}
