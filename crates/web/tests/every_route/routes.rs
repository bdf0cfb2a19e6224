//! The address to which a route's template leads, in the example.

use std::collections::BTreeMap;

/// The path with every place filled by something of Sunderland's.
pub fn address(template: &str, names: &BTreeMap<&'static str, String>) -> String {
    let partnership_kind = template.contains("/table");
    let is_published = template.contains("/entry/{reference}/publish");
    let named = |name: &str| names[name].clone();
    let filled = template
        .replace(
            "{kind}",
            match () {
                () if is_published => "notices",
                () if partnership_kind => "lines",
                () => "contracts",
            },
        )
        .replace("{owner}", if partnership_kind { "partnership" } else { "SCC" })
        .replace("{body}", "SCC")
        .replace(
            "{reference}",
            match () {
                () if template.starts_with("/estate/decisions/") => "D2",
                () if is_published => "N2",
                () => "C01",
            },
        )
        .replace("{secret}", "not-a-secret")
        .replace("{name}", name_in(template));
    match filled.split('/').nth(1) {
        Some("import") => filled.replace("{id}", &named("import")),
        Some("opportunities") => {
            filled.replace("{analysis}", &named("analysis")).replace("{id}", &named("opportunity"))
        }
        Some("matches") => filled.replace("{id}", &named("group")),
        Some("job") => filled.replace("{id}", &named("job")),
        Some("run") => filled.replace("{id}", &named("run")),
        Some("people") if filled.contains("invitation") => filled.replace("{id}", &named("invitation")),
        Some("people") => filled.replace("{id}", &named("person")),
        Some("baselines") if filled.contains("compare") => format!("{filled}?earlier={}", named("baseline")),
        _ => filled.replace("{id}", "none"),
    }
}

/// What stands for a file's or an analysis's name.
fn name_in(template: &str) -> &'static str {
    match template {
        template if template.starts_with("/run") => "report.pdf",
        template if template.starts_with("/report") => "strategy.html",
        template if template.starts_with("/publish") => "contracts.ocds.json",
        _ => "appraisal",
    }
}
