//! Where sources can be read: entries that the reader may see, and parameters.

use maud::{Markup, html};
use penshaw_basis::Source;
use penshaw_documents::{Citations, Document};
use penshaw_operations::{Places, Refusal};

use crate::pages::entry;
use crate::viewer::Viewer;

/// Where each source can be read, as the reader may.
pub(crate) struct Linked(Places);

impl Linked {
    /// The places of a document's sources.
    pub(crate) async fn of(viewer: &Viewer, document: &Document) -> Result<Self, Refusal> {
        Linked::of_sources(viewer, Citations::of(document).sources()).await
    }

    /// The places of sources.
    pub(crate) async fn of_sources(viewer: &Viewer, sources: &[Source]) -> Result<Self, Refusal> {
        Ok(Linked(viewer.web.operations.places(&viewer.actor, sources).await?))
    }

    /// The address at which a source can be read.
    pub(crate) fn address(&self, source: &Source) -> Option<String> {
        match source {
            Source::Entry { owner, reference } => {
                let kind = self.0.get(&(owner.clone(), reference.clone()))?;
                Some(entry::address(owner, *kind, reference))
            }
            Source::Parameter { name, .. } => Some(format!("/parameters#{name}")),
            Source::Publication { href, .. } => (!href.is_empty()).then(|| href.clone()),
            Source::Assumption(_) => None,
        }
    }

    /// A source by its name, as a link where it can be read.
    pub(crate) fn named(&self, source: &Source) -> Markup {
        html! {
            @match self.address(source) {
                Some(address) => a.govuk-link href=(address) { (source.to_string()) },
                None => (source.to_string()),
            }
        }
    }
}
