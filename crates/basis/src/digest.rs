//! A fingerprint of bytes, the same on every machine.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The SHA-256 digest of canonical bytes, in lower-case hexadecimal.
///
/// ```
/// use penshaw_basis::Digester;
/// let mut digester = Digester::new("example");
/// digester.part("SCC/A1").part("");
/// assert_eq!(digester.finish().short(), "f97b73012a86");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(String);

impl Digest {
    /// The whole digest, 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first twelve digits, enough for a person to compare.
    pub fn short(&self) -> &str {
        &self.0[..12]
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Collects parts into a digest. Each part is preceded by its length, so that
/// no two different lists of parts have the same bytes.
pub struct Digester(Sha256);

impl Digester {
    /// Begins a digest of one purpose, whose name goes in first.
    pub fn new(purpose: &str) -> Self {
        let mut digester = Digester(Sha256::new());
        digester.part(purpose);
        digester
    }

    /// Adds a part.
    pub fn part(&mut self, part: &str) -> &mut Self {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part.as_bytes());
        self
    }

    /// The digest of all parts so far.
    pub fn finish(self) -> Digest {
        Digest(self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }
}
