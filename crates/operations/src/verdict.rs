//! The recommendation in a few lines, for a terminal.

use std::fmt::Write as _;

use crate::Pack;

/// What is recommended, in the words of the resolutions.
pub fn verdict(pack: &Pack) -> String {
    let recommendation = &pack.results["recommendation"];
    let ready = recommendation["status"] == "ready";
    let mut text = String::from(if ready { "Recommended:\n" } else { "There is not enough evidence to decide:\n" });
    for resolution in recommendation["resolutions"].as_array().into_iter().flatten() {
        let words = resolution["text"].as_str().unwrap_or_default();
        let _ = writeln!(text, "  • {words}");
    }
    text
}
