//! The known word nearest to one that is not known, for hints.

/// The known word that was most likely meant, if one is near enough.
///
/// Near is one slip for each three letters (Damerau–Levenshtein distance).
pub(crate) fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = written.trim().to_lowercase();
    let allowed = (plain.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(&plain, &word.to_lowercase()), word))
        .filter(|(slips, _)| *slips <= allowed)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, word)| word)
}

/// A hint that names the nearest known word, or lists them all.
pub(super) fn suggest(written: &str, known: &[&str]) -> String {
    match nearest(&shortened(written), known.iter().copied()) {
        Some(word) => format!("did you mean \"{word}\"?"),
        None => format!("write one of: {}", known.join(", ")),
    }
}

/// What somebody wrote, cut so that it fits on a line.
pub(super) fn shortened(written: &str) -> String {
    const FITS: usize = 60;
    let one_line = written.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(FITS) {
        Some((end, _)) => format!("{}…", &one_line[..end]),
        None => one_line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let known = ["triangular", "PERT", "uniform"];
        assert_eq!(nearest("traingular", known), Some("triangular"));
        assert_eq!(nearest("pert", known), Some("PERT"));
        assert_eq!(nearest("gaussian", known), None);
        assert_eq!(suggest("gaussian", &known), "write one of: triangular, PERT, uniform");
    }
}
