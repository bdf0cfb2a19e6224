//! One file a page, or a few that belong together: each reads its arguments, calls one operation, draws the answer.

mod about;
mod account;
mod alerts;
mod analyses;
mod audit;
mod audit_words;
mod baselines;
mod decisions;
mod downloads;
mod entry;
mod entry_form;
mod entry_table;
mod estate;
mod history;
mod home;
mod imports;
mod jobs;
mod list;
mod opportunities;
mod paging;
mod people;
pub(crate) mod public;
mod publish_record;
mod publishing;
mod recommendation;
mod report;
mod reviews;
mod sharing;
mod sign_in;
mod upload;

use axum::Router;

use crate::server::Web;

/// The routes of all pages.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .merge(about::routes())
        .merge(account::routes())
        .merge(alerts::routes())
        .merge(analyses::routes())
        .merge(audit::routes())
        .merge(baselines::routes())
        .merge(decisions::routes())
        .merge(downloads::routes())
        .merge(entry::routes())
        .merge(entry_form::routes())
        .merge(entry_table::routes())
        .merge(estate::routes())
        .merge(history::routes())
        .merge(home::routes())
        .merge(imports::routes())
        .merge(jobs::routes())
        .merge(list::routes())
        .merge(opportunities::routes())
        .merge(people::routes())
        .merge(publish_record::routes())
        .merge(publishing::routes())
        .merge(recommendation::routes())
        .merge(report::routes())
        .merge(reviews::routes())
        .merge(sharing::routes())
        .merge(sign_in::routes())
}
