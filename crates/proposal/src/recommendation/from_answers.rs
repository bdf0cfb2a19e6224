//! The facts as the analyses' typed outcomes and the joint register show them: a thin adapter that decides nothing.

use penshaw_analyses::{Missing, Named, alignment, appraisal, completeness, fit};
use penshaw_basis::Date;
use penshaw_register::recommendation::Wanting;
use penshaw_register::{Area, CourseOption, Evidence, Held, JointRegister, PARTNERSHIP, Programme};

use super::facts::*;
use crate::Answers;

/// What the rules may know. It is decided on the day of the meeting, or on the day that is worked on where that is later.
pub fn facts(joint: &JointRegister, on: Date, answers: &Answers) -> Facts {
    let programmes = joint.all::<Programme>();
    let options = joint.options();
    Facts {
        on: joint.partnership().report.meeting.map_or(on, |meeting| meeting.max(on)),
        partners: joint.authorities().iter().map(|one| Named::new(&one.code, &one.name)).collect(),
        alignment: answers.alignment.as_ref().ok().map(alignment_facts),
        options: options.iter().map(|option| option_facts(option, answers, &programmes)).collect(),
        areas: area_facts(joint),
        coverage: coverage(answers),
        answered: answers.answered().into_iter().map(str::to_owned).collect(),
        missing: missing(joint, answers),
    }
}

fn alignment_facts(outcome: &alignment::Outcome) -> AlignmentFacts {
    let aspect = |aspect: &alignment::Aspect| AspectFacts {
        aspect: aspect.aspect.clone(),
        divergence: aspect.divergence,
        verdict: aspect.verdict,
        sources: aspect.positions.iter().filter(|one| one.counts).map(|one| one.source.clone()).collect(),
    };
    let condition = |condition: &alignment::DealBreaker| ConditionFacts {
        authority: condition.authority.clone(),
        area: condition.area.clone(),
        words: condition.position.clone(),
        met: condition.met,
        sources: vec![condition.source.clone()],
    };
    AlignmentFacts {
        verdict: outcome.verdict,
        aspects: outcome.scored().map(aspect).collect(),
        conditions: outcome.deal_breakers.iter().map(condition).collect(),
        aligned_below: outcome.thresholds.map(|thresholds| thresholds.partly_from),
    }
}

fn option_facts(option: &Held<CourseOption>, answers: &Answers, programmes: &[Held<Programme>]) -> OptionFacts {
    let appraised = answers.appraisal.as_ref().ok().and_then(|outcome| appraisal_facts(outcome, &option.reference));
    let fit = answers.fit.as_ref().ok().map(|outcome| requirement_facts(outcome, &option.reference));
    let delays = programmes.iter().filter(|programme| programme.option == option.reference);
    OptionFacts {
        reference: option.reference.clone(),
        name: option.name.clone(),
        course: option.course.clone(),
        role: option.role.clone(),
        delivery_model: option.delivery_model.clone(),
        areas: option.areas.clone(),
        appraisal: appraised,
        requirements: fit.unwrap_or_default(),
        delays: delays
            .map(|programme| DelayFacts {
                authority: programme.authority.clone(),
                programme: programme.name.clone(),
                months: programme.delay_months,
                sources: vec![programme.source()],
            })
            .collect(),
        sources: vec![option.source()],
    }
}

/// What the appraisal gave for an option that has money of its own: a bid or a risk alone is no case.
fn appraisal_facts(outcome: &appraisal::Outcome, reference: &str) -> Option<AppraisalFacts> {
    let option = outcome.options.iter().find(|option| option.reference == reference)?;
    let has_money = option.lines.iter().any(|line| line.flow != "bid" && line.flow != "risk");
    has_money.then(|| AppraisalFacts {
        npsv: option.economic.npsv,
        probability_positive: option.economic.spread.probability_positive,
        as_delivered_elsewhere: option.as_delivered_elsewhere.as_ref().map(|elsewhere| elsewhere.mode),
        years: option.years,
        partners: option.partners.iter().filter(|partner| takes_part(partner)).map(partner_facts).collect(),
        sources: option.sources.clone(),
    })
}

/// Whether the option moves any cash of a partner; one that it leaves alone neither gains nor loses.
fn takes_part(partner: &appraisal::PartnerOutcome) -> bool {
    partner.cash.by_year.iter().any(|cash| *cash != 0.0)
}

fn partner_facts(partner: &appraisal::PartnerOutcome) -> PartnerFacts {
    PartnerFacts {
        authority: partner.code.clone(),
        net_present_cash: partner.cash.net_present_cash,
        probability_gains: partner.spread.probability_positive,
        payback: partner.cash.payback,
        lays_out: partner.cash.peak_funding > 0.0,
    }
}

fn requirement_facts(outcome: &fit::Outcome, reference: &str) -> Vec<RequirementFacts> {
    let Some(option) = outcome.of(reference) else {
        return Vec::new();
    };
    let asked = outcome.requirements.iter();
    let answered = asked.filter_map(|asked| {
        let answer = option.answers.iter().find(|answer| answer.requirement == asked.requirement)?;
        Some(RequirementFacts {
            authority: asked.authority.clone(),
            name: asked.name.clone(),
            essential: asked.essential,
            answer: answer.answer.clone(),
            statement: answer.statement.clone(),
            sources: std::iter::once(asked.source.clone()).chain(answer.source.clone()).collect(),
        })
    });
    answered.collect()
}

fn area_facts(joint: &JointRegister) -> Vec<AreaFacts> {
    let evidence = joint.all::<Evidence>();
    let of = |area: &Held<Area>| -> Vec<EvidenceFacts> {
        evidence.iter().filter(|entry| entry.area == area.reference).map(evidence_facts).collect()
    };
    let areas = joint.all::<Area>();
    areas
        .iter()
        .map(|area| AreaFacts {
            reference: area.reference.clone(),
            name: area.name.clone(),
            judged_by: area.judged_by.clone(),
            needs_integration: area.needs_integration == Some(true),
            evidence: of(area),
        })
        .collect()
}

fn evidence_facts(entry: &Held<Evidence>) -> EvidenceFacts {
    EvidenceFacts {
        authority: entry.authority.clone(),
        standing: entry.standing.clone(),
        document: entry.document.clone(),
        dated: entry.dated,
        mutual: entry.mutual == Some(true),
        sources: vec![entry.source()],
    }
}

/// How much of the list the partners know of each; nothing where the list could not be read.
fn coverage(answers: &Answers) -> Vec<CoverageFacts> {
    let Some(outcome) = answers.completeness.as_ref().ok().filter(|outcome| outcome.least_coverage().is_some()) else {
        return Vec::new();
    };
    let fact = |known: &completeness::AuthorityCoverage| CoverageFacts {
        authority: known.authority.clone(),
        share: known.coverage,
        sources: outcome.sources.clone(),
    };
    outcome.authorities.iter().map(fact).collect()
}

/// What analyses could not answer for, and positions without which an aspect cannot be judged.
fn missing(joint: &JointRegister, answers: &Answers) -> Vec<Wanting> {
    let unanswered = answers.each().into_iter().filter_map(|(name, _, missing)| Some((name, missing?)));
    let mut wantings: Vec<Wanting> = unanswered.flat_map(|(name, missing)| wanted(joint, name, missing)).collect();
    if let Ok(alignment) = &answers.alignment {
        wantings.extend(alignment.missing.iter().map(|position| Wanting {
            question: "alignment".into(),
            what: format!("dated evidence of where it stands on {} ({})", position.aspect, position.why),
            of: joint.partnership().name_of(&position.authority).to_owned(),
        }));
    }
    wantings
}

fn wanted(joint: &JointRegister, name: &str, missing: &Missing) -> Vec<Wanting> {
    let of = |code: &str| match code {
        PARTNERSHIP => "the partnership".to_owned(),
        code => joint.partnership().name_of(code).to_owned(),
    };
    let needs = missing.needs.iter();
    needs.map(|need| Wanting { question: name.to_owned(), what: need.what.clone(), of: of(&need.of) }).collect()
}
