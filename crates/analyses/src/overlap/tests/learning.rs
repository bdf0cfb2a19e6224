//! Functions that are suggested: each application judged as if it had not been there.

use std::collections::BTreeSet;

use super::super::functions::Functions;
use super::super::naming::Naming;
use super::super::parameters::Parameters;
use super::super::suggestions::Learnt;
use super::*;

/// What councils call their applications, by the function that they serve.
const RECORDED: [(&str, u32); 44] = [
    ("Council tax", 56),
    ("Council tax and business rates", 56),
    ("Council tax recovery", 56),
    ("Revenues", 56),
    ("Revenues and council tax", 56),
    ("Planning applications", 101),
    ("Planning portal", 101),
    ("Planning case management", 101),
    ("Development control", 101),
    ("Planning and land charges", 101),
    ("Building control", 100),
    ("Building control inspections", 100),
    ("Building regulations", 100),
    ("Libraries", 76),
    ("Library catalogue", 76),
    ("Library self service", 76),
    ("Library management", 76),
    ("Parking permits", 110),
    ("Parking enforcement", 110),
    ("Car parking payments", 110),
    ("Parking fines", 110),
    ("Payroll", 119),
    ("Payroll and human resources", 119),
    ("Human resources self service", 119),
    ("Payroll bureau", 119),
    ("Recruitment and human resources", 119),
    ("Adult social care", 148),
    ("Adult social care case management", 148),
    ("Adult care finance", 148),
    ("Children's social care", 152),
    ("Children's social care case management", 152),
    ("Children and young people social care", 152),
    ("School admissions", 137),
    ("School admissions portal", 137),
    ("Admissions and appeals", 137),
    ("Waste collection", 142),
    ("Household waste and bins", 142),
    ("Waste rounds", 142),
    ("Housing benefit", 124),
    ("Housing benefit claims", 124),
    ("Homelessness", 68),
    ("Homelessness prevention cases", 68),
    ("Street works and highways", 171),
    ("Highways maintenance management", 171),
];

#[test]
fn what_is_suggested_is_right_as_often_as_it_says() {
    let mut findings = Vec::new();
    let parameters = Parameters::in_force(&Basis::standard(), DAY, &mut findings);
    let functions = Functions::of(&parameters.functions);
    let naming = Naming::of(&parameters, RECORDED.iter().map(|(name, _)| *name));
    let words = |name: &str| -> BTreeSet<String> {
        naming.folded(name).into_iter().filter(|word| !naming.tells_nothing(word)).collect()
    };
    let recorded: Vec<(BTreeSet<String>, u32)> =
        RECORDED.iter().map(|(name, function)| (words(name), *function)).collect();
    let learnt = Learnt::of(&parameters.suggestions, &functions, &naming, &recorded);
    let judged: Vec<(bool, f64)> = recorded
        .iter()
        .filter_map(|(words, function)| {
            let (likeliest, probability) = learnt.likeliest(words, Some(*function))?;
            Some((likeliest == *function, probability))
        })
        .collect();
    let suggested: Vec<&(bool, f64)> =
        judged.iter().filter(|(_, sure)| *sure >= parameters.suggestions.least).collect();
    let right = suggested.iter().filter(|(right, _)| *right).count() as f64 / suggested.len() as f64;
    let sure = suggested.iter().map(|(_, sure)| sure).sum::<f64>() / suggested.len() as f64;
    assert!(suggested.len() >= 15, "{} are suggested", suggested.len());
    assert!(right >= parameters.suggestions.least && right >= sure - 0.1, "{right} are right, {sure} expected");
}

#[test]
fn a_label_of_the_list_is_enough_where_nothing_was_learnt() {
    let own = vec![application("SCC", "A1", "Business rates", "Civica"), application("SCC", "A2", "Zzyx", "")];
    let suggestions = answer(&input(own)).suggestions;
    let told: Vec<(String, &str)> =
        suggestions.iter().map(|one| (one.entry.to_string(), one.function.as_str())).collect();
    assert_eq!(told, [("SCC/A1".to_owned(), "9")], "{suggestions:?}");
}

#[test]
fn a_group_lends_its_function_to_the_member_without_one() {
    let mut own = ["SCC", "DCC", "GMBC"].map(|owner| application(owner, "A1", "Orchard", "Orchard Systems")).to_vec();
    own[0].entry.function = Some("67".into());
    own[1].entry.function = Some("67".into());
    let suggestions = answer(&input(own)).suggestions;
    assert_eq!((suggestions[0].function.as_str(), suggestions[0].entry.to_string()), ("67", "GMBC/A1".to_owned()));
    assert!((0.6..0.95).contains(&suggestions[0].probability), "{suggestions:?}");
}
