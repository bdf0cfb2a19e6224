//! Whether what was agreed is happening: actions, commitments, benefits, reviews, performance.

use penshaw_basis::{Date, Money};

use super::estate::positive_money;
use crate::FieldKind::{
    AmountsByYear, Authority, AuthorityOrJoint, Choice, Count, Date as Day, Money as Pounds, Number, Proportion,
    Reference, Text,
};
use crate::entry::entry;
use crate::{Kind, Problem};

entry! {
    /// Something that is to be done in an area of joint work.
    Action {
        area: String, "Area", Reference(Kind::Area), required, open, "The area it belongs to.", "AR1";
        statement: String, "Statement", Text, required, open, "What is to be done.", "Agree the terms of hosting both ways";
        authority: String, "Authority", AuthorityOrJoint, required, open, "Who does it.", "SCC";
        owner: Option<String>, "Owner", Text, optional, open, "The post that answers for it.", "Head of ICT";
        due: Option<Date>, "Due", Day, optional, open, "The day by which it is to be done.", "2014-09-30";
        done: Option<Date>, "Done", Day, optional, open, "The day on which it was done.", "2014-09-12";
        note: Option<String>, "Note", Text, optional, open, "How it stands.", "Draft with both legal teams";
    }
}

entry! {
    /// Something that a report said would happen.
    Commitment {
        statement: String, "Statement", Text, required, open, "What was said would happen.", "A regional infrastructure strategy will be brought to Cabinet";
        document: Option<String>, "Document", Text, optional, open, "The report that said it.", "Cabinet report, 18 June 2014";
        paragraph: Option<String>, "Paragraph", Text, optional, open, "Its paragraph.", "5.4";
        authority: String, "Authority", AuthorityOrJoint, required, open, "Who is to see to it.", "SCC";
        owner: Option<String>, "Owner", Text, optional, open, "The post that answers for it.", "Head of ICT";
        area: Option<String>, "Area", Reference(Kind::Area), optional, open, "The area of joint work that it belongs to.", "AR2";
        due: Option<Date>, "Due", Day, optional, open, "The day by which it is to happen.", "2015-03-31";
        standing: String, "Standing", Choice(&["open", "kept", "not kept", "withdrawn"]), required, open, "What became of it.", "open";
        settled: Option<Date>, "Settled", Day, optional, open, "The day on which it was kept, given up or withdrawn.", "2015-03-18";
    }
}

entry! {
    /// A benefit that was promised to one partner, and what came of it.
    Benefit {
        name: String, "Name", Text, required, open, "The benefit.", "One recovery contract in place of two";
        authority: String, "Authority", Authority, required, open, "Who gains by it.", "SCC";
        nature: String, "Nature", Choice(&["cash-releasing", "non-cash-releasing"]), required, open, "Whether a budget falls by it.", "cash-releasing";
        area: Option<String>, "Area", Reference(Kind::Area), optional, open, "The area of joint work that gives it.", "AR1";
        line: Option<String>, "Line", Reference(Kind::Line), optional, open, "The line of the appraisal that promised it.", "L12";
        baseline: Option<String>, "Baseline", Text, optional, open, "The frozen baseline against which it is measured, by its day or its digest.", "2014-03-31";
        promised: super::AmountsByYear, "Promised", AmountsByYear, optional, open, "What was promised for each financial year, in pounds.", "40000";
        realised: super::AmountsByYear, "Realised", AmountsByYear, optional, open, "What came of it in each financial year, in pounds.", "31000";
        transition_costs: super::AmountsByYear, "Transition costs", AmountsByYear, optional, open, "What it cost to bring about in each financial year, in pounds.", "12000";
        evidence: Option<String>, "Evidence", Text, optional, open, "The document that shows what was realised.", "Outturn report 2014/15";
    } check |benefit| {
        let missing = !benefit.realised.is_empty() && benefit.baseline.is_none();
        let problem = Problem::warning("baseline", "the benefit has no baseline and counts as not shown", "name the frozen baseline against which it was measured");
        missing.then_some(problem).into_iter().collect()
    }
}

entry! {
    /// A review of a risk.
    RiskReview {
        risk: String, "Risk", Reference(Kind::Risk), required, open, "The risk.", "R3";
        reviewed_on: Option<Date>, "Reviewed on", Day, required, open, "The day of the review.", "2014-09-30";
        reviewed_by: Option<String>, "Reviewed by", Text, optional, open, "The post or board that reviewed it.", "Joint ICT board";
        probability: Option<f64>, "Probability", Proportion, optional, open, "How likely it is now, from 0 to 1.", "0.2";
        impact: Option<Money>, "Impact", Pounds, optional, open, "What it would cost now, in pounds.", "200000";
        decision: Option<String>, "Decision", Choice(&["watch", "reduce", "accept", "close"]), optional, open, "What was decided.", "reduce";
        note: Option<String>, "Note", Text, optional, open, "Why.", "The second link is ordered";
    } check |review| positive_money("impact", review.impact)
}

entry! {
    /// How an authority's ICT service performed in one month, by priority.
    Performance {
        month: Option<Date>, "Month", Day, required, open, "Any day of the month.", "2014-05-01";
        priority: Option<String>, "Priority", Choice(&["P1", "P2", "P3", "P4", "P5", "all"]), required, open, "The priority of the tickets; all where they are not told apart.", "P1";
        service: Option<String>, "Service", Text, optional, owned, "The service, where it is one.", "Service desk";
        logged: Option<u64>, "Logged", Count, optional, owned, "Tickets logged in the month.", "310";
        closed: Option<u64>, "Closed", Count, optional, owned, "Tickets closed in the month.", "298";
        within_target: Option<u64>, "Within target", Count, optional, owned, "Of those closed, tickets closed within the target.", "281";
        backlog: Option<u64>, "Backlog", Count, optional, owned, "Tickets open at the end of the month.", "64";
        first_contact: Option<u64>, "Closed at first contact", Count, optional, owned, "Of those closed, tickets closed at first contact.", "180";
        reopened: Option<u64>, "Reopened", Count, optional, owned, "Tickets opened again.", "9";
        satisfaction: Option<f64>, "Satisfaction", Proportion, optional, owned, "The share of people asked who were satisfied.", "0.91";
        availability: Option<f64>, "Availability", Proportion, optional, owned, "The share of the agreed time in which the service was there.", "0.998";
        major_incidents: Option<u64>, "Major incidents", Count, optional, owned, "Major incidents in the month.", "1";
        changes: Option<u64>, "Changes", Count, optional, owned, "Changes made in the month.", "42";
        changes_successful: Option<u64>, "Changes successful", Count, optional, owned, "Of those, changes that did what they should.", "40";
        target: Option<f64>, "Target", Number { unit: "", least: 0.0, most: 1.0 }, optional, owned, "The share of tickets that should be closed within the target, from 0 to 1.", "0.95";
    } check |performance| {
        let more = |field, part: Option<u64>, whole: Option<u64>, words: &str| match (part, whole) {
            (Some(part), Some(whole)) if part > whole => Some(Problem::error(field, format!("{part} of {whole} {words}"), "correct one of the two numbers")),
            _ => None,
        };
        let found = [
            more("within_target", performance.within_target, performance.closed, "closed tickets were closed within the target"),
            more("first_contact", performance.first_contact, performance.closed, "closed tickets were closed at first contact"),
            more("changes_successful", performance.changes_successful, performance.changes, "changes were successful"),
        ];
        found.into_iter().flatten().collect()
    }
}
