//! The words for who can do what and for what becomes of a question.

use penshaw_basis::Money;

use super::{DividedAs, Power, PowerOf, Standing, Way};
use crate::named::sentence_list;

/// What an authority can do alone.
pub(super) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Dictator => "decides alone",
        Standing::InTheChair => "decides alone in the chair",
        Standing::Veto => "can stop everything",
        Standing::Shares => "needs others",
        Standing::Dummy => "no power",
    }
}

/// Who decides alone, who can stop everything and who has no power, in one phrase.
pub(super) fn who_decides(power: &Power) -> String {
    let of = |wanted: Standing| -> Vec<&str> {
        let matching = power.authorities.iter().filter(|one| one.standing == wanted);
        matching.map(|one| one.name.as_str()).collect()
    };
    let (alone, veto, none) = (of(Standing::Dictator), of(Standing::Veto), of(Standing::Dummy));
    let in_the_chair = of(Standing::InTheChair);
    let mut said = Vec::new();
    if !alone.is_empty() {
        said.push(format!("{} decides alone", sentence_list(&alone)));
    }
    if !veto.is_empty() {
        let each = if veto.len() > 1 { "can each stop everything" } else { "can stop everything" };
        said.push(format!("{} {each}", sentence_list(&veto)));
    }
    if !none.is_empty() && alone.is_empty() {
        let have = if none.len() == 1 { "has" } else { "have" };
        said.push(format!("{} {have} no power", sentence_list(&none)));
    }
    if !in_the_chair.is_empty() {
        said.push(format!("{} decides alone while in the chair", in_the_chair.join(" or ")));
    } else if power.chair_can_decide && alone.is_empty() {
        said.push("equal votes fall to the chair".into());
    }
    if said.is_empty() { "nobody decides alone or can stop everything".into() } else { said.join("; ") }
}

/// The seats of each authority: "Sunderland 2, Durham 2".
pub(super) fn seats(power: &Power) -> String {
    let each = |one: &PowerOf| match one.votes == one.seats {
        true => format!("{} {}", one.name, one.seats),
        false => format!("{} {} ({} votes)", one.name, one.seats, one.votes),
    };
    power.authorities.iter().map(each).collect::<Vec<_>>().join(", ")
}

/// The votes of a division, and who abstains or is away.
pub(super) fn votes(divided: &DividedAs) -> String {
    let who = |names: &[String], what: &str| match names {
        [] => String::new(),
        names => format!("; {} {what}", sentence_list(names)),
    };
    let others = [who(&divided.abstaining, "abstaining"), who(&divided.away, "away")].concat();
    format!("{} to {}{others}", divided.in_favour, divided.against)
}

/// What becomes of a division, in words.
pub(super) fn way(divided: &DividedAs) -> String {
    match divided.way {
        Way::Carried => "Carried".into(),
        Way::Lost => "Lost".into(),
        Way::ByTheChair => format!("Equal: {}", by_the_chair(divided)),
        Way::Deadlocked => "Stuck: nothing is decided".into(),
        Way::NoQuorum => "No quorum".into(),
        Way::Reserved => kept_back(divided),
    }
}

fn by_the_chair(divided: &DividedAs) -> String {
    let under = |wanted: Option<bool>| -> Vec<&str> {
        let matching = divided.chairs.iter().filter(|chair| chair.carried == wanted);
        matching.map(|chair| chair.authority.as_str()).collect()
    };
    let said = [
        (under(Some(true)), "carried with", "in the chair"),
        (under(Some(false)), "lost with", "in the chair"),
        (under(None), "open with", "in the chair"),
    ];
    let known = said.iter().filter(|(who, ..)| !who.is_empty());
    let known: Vec<String> = known.map(|(who, what, chair)| format!("{what} {} {chair}", who.join(" or "))).collect();
    if known.is_empty() { "the chair decides".into() } else { known.join(", ") }
}

fn kept_back(divided: &DividedAs) -> String {
    let body = divided.kept_by.as_deref().unwrap_or("body");
    let matter = divided.kept_as.as_deref().map_or_else(String::new, |matter| format!(" as “{matter}”"));
    match divided.stopped_by.as_slice() {
        [] => format!("Kept back{matter}: carried once the {body} of each authority agrees"),
        silent => {
            format!("Kept back{matter} for the {body} of each authority: not carried without {}", sentence_list(silent))
        }
    }
}

/// A reserved matter with its amount.
pub(super) fn matter(matter: &str, above: Option<Money>) -> String {
    match above {
        Some(amount) => format!("{matter} (from {amount} on)"),
        None => matter.to_owned(),
    }
}
