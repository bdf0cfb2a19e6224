//! Analyses, recommendation and report.

mod analyses;
mod beside;
mod opportunities;
mod recommendation;
mod report;

use penshaw_operations::Role;

use crate::site::{Answer, Site};

/// A site where everything was worked out from the frozen baselines, for somebody with these roles in the partnership.
async fn worked_out(roles: &[Role]) -> Site {
    let site = Site::of("partnership", roles).await;
    work_out(&site).await;
    site
}

/// Works everything out from the frozen baselines.
async fn work_out(site: &Site) {
    site.operations.work_out_report(&Site::operator(), false).await.expect("a job is asked for");
    site.work().await;
}

/// Fields of a form.
fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Sends a form of such fields.
async fn post(site: &Site, address: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    site.post(address, &fields).await
}
