//! A small partnership for the tests of this crate: Alder and Birch, far apart, with one area that stands.

use std::collections::BTreeMap;

use penshaw_basis::{Basis, Confidence, Date, FinancialYear, Money};
use penshaw_register::{
    Adoption, Alignment, Area, Authority, Baseline, Bid, CourseOption, Entry, Evidence, Fit, Impact, JointRegister,
    Line, PARTNERSHIP, Paper, Partnership, Record, ReportDetails, Requirement, join,
};

use crate::Answers;
use crate::cabinet_report::ReportInputs;
use crate::recommendation::{adopted, facts, recommend};
use penshaw_register::Recommendation;

/// The day of the meeting.
pub const MEETING: Date = Date::constant(2020, 6, 17);

/// A partnership with its records, to be changed by a test before it is joined.
pub struct Sample {
    pub partnership: Partnership,
    pub records: Vec<Record>,
}

/// A partnership worked out.
pub struct Worked {
    pub joint: JointRegister,
    pub answers: Answers,
    pub recommendation: Recommendation,
    basis: Basis,
}

impl Worked {
    pub fn inputs(&self) -> ReportInputs<'_> {
        ReportInputs {
            joint: &self.joint,
            on: MEETING,
            basis: &self.basis,
            answers: &self.answers,
            recommendation: &self.recommendation,
        }
    }
}

impl Sample {
    pub fn add<E: Entry>(&mut self, entry: &E) {
        self.records.push(Record::of(entry, Confidence::Reported));
    }

    pub fn worked(self) -> Worked {
        let basis = Basis::standard();
        let baseline = Baseline::freeze(PARTNERSHIP, MEETING, self.records);
        let joint = join(&self.partnership, &[baseline], &BTreeMap::new());
        let answers = Answers::of(
            &joint,
            MEETING,
            &basis,
            penshaw_analyses::Sampling { trials: penshaw_analyses::appraisal::TRIALS, seed: 0 },
        );
        let facts = facts(&joint, MEETING, &answers);
        let recommendation = recommend(&facts, &basis).expect("the thresholds are in force");
        let recommendation = adopted(recommendation, self.partnership.report.adoption.as_ref());
        Worked { joint, answers, recommendation, basis }
    }
}

/// Alder and Birch: nothing is wrong with their report, and no figures are recorded.
pub fn sample() -> Sample {
    let authority = |code: &str, name: &str| Authority { code: code.into(), name: name.into(), ..Authority::default() };
    let report = ReportDetails {
        authority: "A".into(),
        body: "Cabinet".into(),
        meeting: Some(MEETING),
        title: "Shared ICT service".into(),
        author: "Head of ICT".into(),
        purpose: "To advise Cabinet of the work undertaken".into(),
        within_budget_framework: Some(true),
        key_decision: Some(true),
        key_decision_reason: Some("A saving above the threshold would be forgone".into()),
        notice_published: Some(Date::constant(2020, 4, 20)),
        scrutiny_committee: Some("Corporate".into()),
        finance_comment: Some("No budget changes".into()),
        legal_comment: Some("The decision ends no contract".into()),
        words: BTreeMap::from([("3".to_owned(), vec!["Both councils must change.".to_owned()])]),
        adoption: Some(Adoption {
            officer: "Chief executive".into(),
            on: Date::constant(2020, 6, 1),
            adopted: true,
            reason: String::new(),
            resolutions: Vec::new(),
        }),
        ..ReportDetails::default()
    };
    let partnership = Partnership {
        name: "Alder and Birch".into(),
        marking: Some("Illustrative".into()),
        authorities: vec![authority("A", "Alder"), authority("B", "Birch")],
        report,
    };
    let mut sample = Sample { partnership, records: Vec::new() };
    options(&mut sample);
    evidence(&mut sample);
    considered(&mut sample);
    sample
}

fn options(sample: &mut Sample) {
    let option = |reference: &str, name: &str, role: &str, course: &str, areas: &[&str]| CourseOption {
        reference: reference.into(),
        name: name.into(),
        description: None,
        role: role.into(),
        course: course.into(),
        delivery_model: None,
        starts: FinancialYear::starting(2020),
        years: None,
        cost_key: Some("equal".into()),
        stated_shares: Vec::new(),
        areas: areas.iter().map(|area| (*area).to_owned()).collect(),
        assets: None,
        contracts: None,
        data: None,
    };
    sample.add(&option("O1", "Business as usual", "business as usual", "apart", &[]));
    sample.add(&option("O2", "Joint work in named areas", "do minimum", "collaborate", &["AR1"]));
    sample.add(&option("O3", "Shared ICT service", "preferred way forward", "integrate", &[]));
}

fn evidence(sample: &mut Sample) {
    for (place, aspect) in ["pace", "objectives", "stage", "delivery model"].into_iter().enumerate() {
        for (authority, level) in [("A", 4.0), ("B", 1.0)] {
            sample.add(&Alignment {
                reference: format!("AL{place}{authority}"),
                authority: authority.into(),
                aspect: aspect.into(),
                area: None,
                level: Some(level),
                position: "Its own way".into(),
                evidence: Some("Strategy of 2019".into()),
                dated: Some(Date::constant(2019, 5, 1)),
                deal_breaker: None,
            });
        }
    }
    let area = |reference: &str, name: &str, judged_by: &str| Area {
        reference: reference.into(),
        name: name.into(),
        paragraph: None,
        objectives: Vec::new(),
        judged_by: Some(judged_by.into()),
        needs_integration: None,
    };
    sample.add(&area("AR1", "Hosting for each other", "resilience"));
    sample.add(&area("AR2", "Shared licences", "licences"));
    let shown = |reference: &str, area: &str, standing: &str| Evidence {
        reference: reference.into(),
        area: area.into(),
        authority: "joint".into(),
        standing: standing.into(),
        statement: "So it is".into(),
        document: Some("Hosting agreement, section 2".into()),
        dated: Some(Date::constant(2019, 5, 1)),
        mutual: Some(true),
    };
    sample.add(&shown("E1", "AR1", "under way"));
    sample.add(&shown("E2", "AR2", "potential"));
}

fn considered(sample: &mut Sample) {
    sample.add(&Requirement {
        reference: "R1".into(),
        authority: "A".into(),
        name: "Services may leave".into(),
        event: Some("a service leaves".into()),
        by: None,
        weight: "essential".into(),
        evidence: Some("Strategy of 2019".into()),
    });
    sample.add(&Fit {
        reference: "F1".into(),
        option: "O3".into(),
        requirement: "R1".into(),
        answer: "does not meet".into(),
        statement: Some("One service binds all".into()),
        evidence: Some("Risk analysis".into()),
        dated: Some(Date::constant(2020, 5, 1)),
    });
    for (place, subject) in penshaw_analyses::impacts::SUBJECTS.into_iter().enumerate() {
        let analysed = subject == "privacy";
        sample.add(&Impact {
            reference: format!("I{place}"),
            options: Vec::new(),
            subject: subject.into(),
            answer: if analysed { "yes" } else { "not applicable" }.into(),
            characteristic: None,
            effect: analysed.then(|| "none".into()),
            statement: Some("Nothing changes for anybody".into()),
            mitigation: None,
            assessment: analysed.then(|| "Risk analysis".into()),
            assessed_on: analysed.then(|| Date::constant(2020, 5, 1)),
        });
    }
    for (reference, title) in [("P1", "Strategy of 2019"), ("P2", "Hosting agreement"), ("P3", "Risk analysis")] {
        sample.add(&Paper {
            reference: reference.into(),
            title: title.into(),
            author: None,
            dated: Some(Date::constant(2020, 5, 1)),
            href: None,
            relied_on: Some(true),
            published: None,
        });
    }
}

/// A line of the option to join services: a saving or a cost of one authority in each of three years.
pub fn line(reference: &str, authority: &str, flow: &str, pounds: i64) -> Line {
    Line {
        reference: reference.into(),
        option: "O3".into(),
        authority: authority.into(),
        description: format!("{flow} of {authority}"),
        flow: flow.into(),
        timing: Some("recurring".into()),
        money: None,
        fund: None,
        cost_centre: Some("CE1".into()),
        counterparty: None,
        prices: None,
        amounts: (0..3).map(|year| (FinancialYear::starting(2020 + year), Money::from_pounds(pounds))).collect(),
        range: None,
        low: None,
        likely: None,
        high: None,
        mean: None,
        standard_deviation: None,
        outcomes: Vec::new(),
        driver: None,
        optimism_bias: None,
        reference_class: None,
        mitigated_share: None,
        opportunity: None,
        run: None,
    }
}

/// A bid that was lost.
pub fn lost_bid() -> Bid {
    Bid {
        nature: None,
        reference: "B1".into(),
        name: "Transformation fund".into(),
        options: vec!["O3".into()],
        authority: "joint".into(),
        amounts: [(FinancialYear::starting(2020), Money::from_pounds(400_000))].into_iter().collect(),
        probability: None,
        status: "lost".into(),
        decided: None,
        document: None,
    }
}
