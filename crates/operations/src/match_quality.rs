//! How well matches agree with what is known.

use serde_json::Value;

/// How many pairs were found, how many of them are right, and how many there are.
pub(crate) struct Quality {
    pub(crate) found: f64,
    pub(crate) right: f64,
    pub(crate) all: f64,
}

impl Quality {
    /// The part of what was found that is right; nought where nothing was found.
    fn precision(&self) -> f64 {
        if self.found > 0.0 { self.right / self.found } else { 0.0 }
    }

    /// The part of what there is that was found; nought where there is nothing.
    fn recall(&self) -> f64 {
        if self.all > 0.0 { self.right / self.all } else { 0.0 }
    }

    /// The harmonic mean of both.
    fn f1(&self) -> f64 {
        if self.found + self.all > 0.0 { 2.0 * self.right / (self.found + self.all) } else { 0.0 }
    }

    /// Adds `precision`, `recall` and `f1` to an answer, each behind what the names begin with.
    pub(crate) fn add_to(&self, value: &mut Value, begin: &str) {
        value[format!("{begin}precision")] = self.precision().into();
        value[format!("{begin}recall")] = self.recall().into();
        value[format!("{begin}f1")] = self.f1().into();
    }

    /// The same in a sentence; `found` is what was found, `right` what makes it right.
    pub(crate) fn told(&self, found: &str, right: &str) -> String {
        format!(
            "Of the {found} {:.1} % are {right} (precision), and of those known {:.1} % were found (recall): F1 is {:.4}.",
            100.0 * self.precision(),
            100.0 * self.recall(),
            self.f1()
        )
    }
}
