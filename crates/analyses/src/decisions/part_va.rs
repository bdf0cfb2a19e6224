//! A joint committee of which not all members are of an executive: Part VA of the Local Government Act 1972 opens its
//! meetings and papers, and nothing of SI 2012/2089.

use jiff::Span;
use penshaw_basis::{CannotCount, Date};
use penshaw_documents::Value;
use penshaw_register::Meeting;

use super::before::{self, Paper, step};
use super::outcome::{DecisionStanding, StepStanding};
use super::rules::KeptOpen;
use super::standing::Case;
use crate::Finding;
use crate::named::sentence_list;
use crate::owned::Owned;

/// Works out what comes before its decision, and how long its papers stay open after it.
pub(super) fn fill(case: &Case<'_>, standing: &mut DecisionStanding) -> Result<(), CannotCount> {
    standing.findings.push(which_law(case));
    standing.findings.extend(exclusion(case));
    if let Some((meeting, day)) = before::sits(case) {
        let by = case.rules.last_day(&case.rules.part_va.papers, day)?;
        agenda(case, standing, meeting, by);
        standing.findings.extend(time_and_place(case, meeting, by));
    }
    standing.findings.extend(kept_open(case));
    Ok(())
}

fn which_law(case: &Case<'_>) -> Finding {
    Finding::warning(
        "It falls under Part VA of the Local Government Act 1972 and not under SI 2012/2089, since not all members of the \
         joint committee are of an executive (regulation 2).",
        "no notice of a key decision or of a private meeting is asked for by law; the constitution or the agreement of \
         the joint committee may want a notice of key decisions all the same",
        vec![case.decision.source()],
    )
}

/// A private part is a matter of a resolution at the meeting, not of notices before it.
fn exclusion(case: &Case<'_>) -> Option<Finding> {
    let paragraphs = &case.decision.entry.exempt_paragraphs;
    if paragraphs.is_empty() {
        return None;
    }
    let noun = if paragraphs.len() == 1 { "paragraph" } else { "paragraphs" };
    let what = format!(
        "The public may be excluded from a part only by a resolution that names {noun} {} of schedule 12A ({}).",
        sentence_list(paragraphs),
        case.rules.part_va.exclusion_rule
    );
    let hint = "put the resolution to the meeting before that part, and see that the minutes hold it";
    Some(Finding::warning(what, hint, vec![case.decision.source()]))
}

/// Agenda and reports five clear days before the meeting, unless its chair holds the matter to be urgent.
fn agenda(case: &Case<'_>, standing: &mut DecisionStanding, meeting: &Owned<Meeting>, by: Date) {
    let rules = &case.rules.part_va;
    let done = meeting.entry.agenda_published;
    let paper = Paper { what: "Agenda and reports open to inspection", by, done, rule: &rules.papers.rule };
    let shorter = meeting.entry.short_notice == Some(true);
    let late = step(case, paper.what, (by, None), done, paper.rule).is_late() && !shorter;
    let urgent = case.of("reasons for urgency").into_iter().find(|notice| notice.entry.reasons.is_some());
    if let Some(notice) = urgent.filter(|_| late) {
        standing.findings.push(Finding::warning(
            "It is considered as a matter of urgency, without five clear days.",
            format!("see that the minutes say by which special circumstances ({})", rules.urgency_rule),
            vec![notice.source()],
        ));
        if done.is_none() {
            return;
        }
    }
    let urgency = format!(
        "where the chair of the meeting holds it to be urgent: put the special circumstances in the minutes, and record \
         them as reasons for urgency ({})",
        rules.urgency_rule
    );
    before::paper(case, standing, &paper, shorter || urgent.is_some(), &[before::SHORTER, &urgency]);
}

/// Public notice of the time and place of the meeting, in as many clear days.
fn time_and_place(case: &Case<'_>, meeting: &Owned<Meeting>, by: Date) -> Option<Finding> {
    let rule = &case.rules.part_va.meeting_notice_rule;
    let given = step(case, "", (by, None), meeting.entry.notice_published, rule);
    let what = match given.standing {
        StepStanding::Kept | StepStanding::KeptByOneReading => return None,
        _ if meeting.entry.short_notice == Some(true) => return None,
        StepStanding::Due => format!("Its time and place are to be published by {}.", Value::Day(by)),
        StepStanding::Late | StepStanding::Missed => {
            format!("Its time and place were not published by {}.", Value::Day(by))
        }
    };
    Some(Finding::warning(what, format!("publish them and record the day ({rule})"), vec![meeting.source()]))
}

/// How long minutes, reports and background papers stay open to inspection.
fn kept_open(case: &Case<'_>) -> Option<Finding> {
    let day = case.day.filter(|_| case.is_decided())?;
    let rules = &case.rules.part_va;
    let (minutes, background) = (last_day_of(&rules.minutes, day)?, last_day_of(&rules.background_papers, day)?);
    (case.on <= minutes.max(background)).then(|| {
        let what = format!(
            "Minutes, agenda and reports stay open to inspection until {}, background papers until {}.",
            Value::Day(minutes),
            Value::Day(background)
        );
        let law = format!("Local Government Act 1972, {} and {}", rules.minutes.rule, rules.background_papers.rule);
        Finding::warning(what, format!("keep them so long ({law})"), vec![case.decision.source()])
    })
}

/// The last day of so many years that begin with a day; nothing beyond the years that dates can name.
fn last_day_of(kept: &KeptOpen, day: Date) -> Option<Date> {
    let after = day.checked_add(Span::new().years(kept.years)).ok()?;
    // Years that begin with 29 February end with 28 February.
    if after.day() == day.day() { after.yesterday().ok() } else { Some(after) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_end_on_the_day_before_that_on_which_they_began() {
        let last = |years, day| last_day_of(&KeptOpen { years, rule: String::new() }, day);
        assert_eq!(last(6, Date::constant(2014, 6, 18)), Some(Date::constant(2020, 6, 17)));
        assert_eq!(last(4, Date::constant(2016, 2, 29)), Some(Date::constant(2020, 2, 28)));
        assert_eq!(last(6, Date::constant(2016, 2, 29)), Some(Date::constant(2022, 2, 28)));
        assert_eq!(last(1, Date::constant(2015, 3, 1)), Some(Date::constant(2016, 2, 29)));
    }
}
