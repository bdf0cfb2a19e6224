//! Resolutions as a cabinet passes them: it notes the work, supports what stands, and agrees what is decided.

use penshaw_register::recommendation::{AreaJudged, Course, Resolution, Verb, Wanting};

use super::facts::{Facts, OptionFacts};
use super::options::{Judged, Standing};
use super::words::{inside, listed};

/// What is put to the cabinet.
pub fn resolutions(
    facts: &Facts,
    judged: &[Judged<'_>],
    areas: &[AreaJudged],
    course: Course,
    chosen: Option<&OptionFacts>,
    missing: &[Wanting],
) -> Vec<Resolution> {
    let mut passed = vec![note_the_work(facts, judged)];
    passed.extend((!missing.is_empty()).then(|| note_what_is_missing(missing)));
    passed.extend(support_areas(facts, areas));
    if let (Course::Integrate, Some(option)) = (course, chosen) {
        passed.push(agree_to_integrate(facts, option));
    }
    let others = judged.iter().filter(|judged| chosen.is_none_or(|chosen| chosen.reference != judged.option.reference));
    passed.extend(others.filter_map(|judged| agree_against(judged, course)));
    passed
}

fn note_the_work(facts: &Facts, judged: &[Judged<'_>]) -> Resolution {
    let partners = partners(facts);
    let text = match judged {
        [] => format!("Note the work undertaken by {partners}"),
        judged => {
            let options: Vec<String> = judged.iter().map(|judged| a(&judged.option.name)).collect();
            format!("Note the work undertaken by {partners} to determine the business case for {}", listed(&options))
        }
    };
    let option = match judged {
        [one] => Some(one.option.reference.clone()),
        _ => None,
    };
    Resolution { verb: Verb::Note, option, areas: Vec::new(), text }
}

/// That there is not enough evidence, and who is asked for more; what, stands in the report and its annex.
fn note_what_is_missing(missing: &[Wanting]) -> Resolution {
    let mut from: Vec<&str> = Vec::new();
    for wanting in missing {
        if !from.contains(&wanting.of.as_str()) {
            from.push(&wanting.of);
        }
    }
    let text = format!(
        "Note that there is not yet enough evidence to decide, and that {} {} asked for what is missing",
        listed(&from),
        if from.len() == 1 { "is" } else { "are" }
    );
    Resolution { verb: Verb::Note, option: None, areas: Vec::new(), text }
}

fn support_areas(facts: &Facts, areas: &[AreaJudged]) -> Option<Resolution> {
    let standing: Vec<&AreaJudged> = areas.iter().filter(|area| area.stands).collect();
    if standing.is_empty() {
        return None;
    }
    let names: Vec<String> = standing.iter().map(|area| inside(&area.name)).collect();
    let between = if facts.partners.len() == 2 { "between" } else { "among" };
    let text = format!(
        "Support the continued joint working {between} {} in the areas where there is mutual benefit: {}",
        partners(facts),
        names.join("; ")
    );
    let areas = standing.iter().map(|area| area.reference.clone()).collect();
    Some(Resolution { verb: Verb::Support, option: None, areas, text })
}

fn agree_to_integrate(facts: &Facts, option: &OptionFacts) -> Resolution {
    let by = option
        .delivery_model
        .as_deref()
        .map_or(String::new(), |model| format!(", delivered by {}", delivered_by(model)));
    let text = format!(
        "Agree to integrate the services of {} in {}{by}, subject to the decision of each authority",
        partners(facts),
        a(&option.name)
    );
    Resolution { verb: Verb::Agree, option: Some(option.reference.clone()), areas: option.areas.clone(), text }
}

fn delivered_by(model: &str) -> String {
    match model {
        "in-house" => "the authorities themselves".into(),
        model => format!("a {model}"),
    }
}

/// What is agreed of an option that is not taken, where something is decided of it.
fn agree_against(judged: &Judged<'_>, course: Course) -> Option<Resolution> {
    let name = the(&judged.option.name);
    let text = match judged.standing {
        Standing::Closed => format!("Agree to close down the proposed {name}"),
        Standing::OnOtherTerms if course != Course::Integrate => {
            format!("Agree not to proceed with the proposed {name} on the present terms")
        }
        _ => return None,
    };
    Some(Resolution { verb: Verb::Agree, option: Some(judged.option.reference.clone()), areas: Vec::new(), text })
}

fn partners(facts: &Facts) -> String {
    let names: Vec<&str> = facts.partners.iter().map(|partner| partner.name.as_str()).collect();
    listed(&names)
}

/// A name inside a sentence without its article.
fn the(name: &str) -> String {
    let bare = ["A ", "An ", "The ", "a ", "an ", "the "].iter().find_map(|article| name.strip_prefix(article));
    inside(bare.unwrap_or(name))
}

/// A name inside a sentence, as one that is proposed.
fn a(name: &str) -> String {
    format!("a proposed {}", the(name))
}
