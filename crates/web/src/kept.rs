//! What pages say, kept for as long as what they show has not changed.
//!
//! The register's revision is read with every request, so that what another server wrote is seen
//! at once: a kept page is only ever one that would be drawn the same again.

use std::sync::Arc;

use maud::{Markup, PreEscaped};
use penshaw_operations::Refusal;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::viewer::Viewer;

/// How much is kept at most, in bytes.
const AT_MOST: u64 = 32 * 1024 * 1024;
/// A page that is longer than this is not kept: it would push out too many others.
const LONGEST: usize = 2 * 1024 * 1024;

/// What a page says, before the frame is put around it.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) title: String,
    pub(crate) way: Vec<(String, String)>,
    pub(crate) body: Markup,
}

/// Pages that are kept.
pub(crate) type KeptPages = Cache<String, Arc<Said>, ByBytes>;

/// Weighs a page by its length.
#[derive(Clone)]
pub(crate) struct ByBytes;

impl Weighter<String, Arc<Said>> for ByBytes {
    fn weight(&self, key: &String, said: &Arc<Said>) -> u64 {
        (key.len() + said.title.len() + said.body.0.len() + 200) as u64
    }
}

/// Room for pages that are kept.
pub(crate) fn pages() -> KeptPages {
    Cache::with_weighter(1_000, AT_MOST, ByBytes)
}

impl Viewer {
    /// What the page at an address says to readers with the viewer's roles, drawn anew only where
    /// the register has changed since it last was. It must depend on nothing else.
    pub(crate) async fn kept(
        &self,
        address: &str,
        draw: impl AsyncFnOnce() -> Result<Said, Refusal>,
    ) -> Result<Arc<Said>, Refusal> {
        let key = format!("{} {:?} {address}", self.revision, self.actor.roles);
        if let Some(said) = self.web.inner.pages.get(&key) {
            return Ok(said);
        }
        let said = Arc::new(draw().await?);
        if said.body.0.len() <= LONGEST {
            self.web.inner.pages.insert(key, said.clone());
        }
        Ok(said)
    }
}

impl Said {
    /// The body, to stand in a sheet.
    pub(crate) fn body(&self) -> Markup {
        PreEscaped(self.body.0.clone())
    }
}
