//! Where officers write in their own words, section by section.

/// A section, or a heading of one, that takes officers' own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worded {
    /// Its number, by which `[report.words]` holds the words.
    pub number: &'static str,
    /// Its title as the report prints it.
    pub title: &'static str,
    /// What the words stand beside.
    pub about: &'static str,
}

const fn worded(number: &'static str, title: &'static str, about: &'static str) -> Worded {
    Worded { number, title, about }
}

const BEFORE_ENTRIES: &str = "Your words come first. What the register holds under this heading follows.";

/// Every section and heading that takes officers' own words, in order.
pub const WORDED: &[Worded] = &[
    worded(
        "3",
        "Introduction",
        "Your words come first. How large the partners are, and on what the report rests, follows.",
    ),
    worded(
        "4",
        "Background to the ICT Shared Service",
        "Your words take the place of the mandate, the bids and the benefits looked for. The options follow.",
    ),
    worded("5", "Analysis of Business Case", "Your words come first. What each question found follows."),
    worded("6.1", "Equalities", BEFORE_ENTRIES),
    worded("6.2", "Privacy", BEFORE_ENTRIES),
    worded("6.3", "Sustainability", BEFORE_ENTRIES),
    worded("6.4", "Crime and Disorder", BEFORE_ENTRIES),
    worded("7.1", "Financial Implications", BEFORE_ENTRIES),
    worded("7.2", "Risk Analysis", BEFORE_ENTRIES),
    worded("7.3", "Employee Implications", BEFORE_ENTRIES),
    worded("7.4", "Legal Implications", BEFORE_ENTRIES),
    worded("7.5", "Property Implications", BEFORE_ENTRIES),
    worded("7.6", "Implications for Other Services", BEFORE_ENTRIES),
    worded("7.7", "Project Management Methodology", BEFORE_ENTRIES),
    worded(
        "8",
        "Reason for Decision",
        "Your words come before the reasons that the evidence gives. The summary sheet repeats them.",
    ),
    worded(
        "9",
        "Alternative Options Considered",
        "Your words come before why each option is rejected. The summary sheet repeats them.",
    ),
];
