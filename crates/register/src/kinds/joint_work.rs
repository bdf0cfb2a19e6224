//! What the partners want of each other: objectives, areas of joint work, evidence, coalitions.

use penshaw_basis::{Date, Money};

use super::appraised::twice;
use crate::FieldKind::{
    AuthorityOrJoint, Choice, Date as Day, List, Money as Pounds, Reference, References, Text, YesNo,
};
use crate::entry::entry;
use crate::{Kind, Problem};

entry! {
    /// What the partners want from sharing.
    Objective {
        statement: String, "Statement", Text, required, open, "What is wanted.", "A significant reduction in overall cost";
        paragraph: Option<String>, "Paragraph", Text, optional, open, "Where it is recorded.", "4.3";
        measure: Option<String>, "Measure", Text, optional, open, "How anyone would know.", "ICT cost per user";
    }
}

entry! {
    /// An area in which the partners might work together, whatever becomes of the whole.
    Area {
        name: String, "Name", Text, required, open, "What would be done together, as the report will print it.", "Resilient ICT sites, each authority hosting the other's hardware";
        paragraph: Option<String>, "Paragraph", Text, optional, open, "Where it was proposed.", "4.3, fifth point";
        objectives: Vec<String>, "Objectives", References(Kind::Objective), optional, open, "The objectives that it answers.", "OB5";
        judged_by: Option<String>, "Judged by", Text, optional, open, "The analysis that judges it.", "resilience";
        needs_integration: Option<bool>, "Needs integration", YesNo, optional, open, "Whether it can only be had in one integrated service.", "no";
    }
}

entry! {
    /// What shows that an area of joint work is real: who says so, where and when.
    Evidence {
        area: String, "Area", Reference(Kind::Area), required, open, "The area it bears on.", "AR1";
        authority: String, "Authority", AuthorityOrJoint, required, open, "Whose evidence it is; \"joint\" where both say it together.", "joint";
        standing: String, "Standing", Choice(&["under way", "agreed", "planned", "potential", "ended"]), required, open, "How far the joint work has come.", "under way";
        statement: String, "Statement", Text, required, open, "What is the case.", "Each authority locates hardware in the other's data centre";
        document: Option<String>, "Document", Text, optional, open, "Where it is recorded; without a document it is not evidence.", "Cabinet report, 18 June 2014, paragraph 5.5";
        dated: Option<Date>, "Dated", Day, optional, open, "The day of the document.", "2014-06-18";
        mutual: Option<bool>, "Mutual", YesNo, optional, open, "Whether every partner gains by it.", "yes";
    } check |evidence| {
        let missing = |field, what| Problem::warning(field, what, "without it the evidence does not count");
        let mut problems = Vec::new();
        if evidence.document.is_none() {
            problems.push(missing("document", "the evidence names no document"));
        }
        if evidence.dated.is_none() {
            problems.push(missing("dated", "the evidence has no date"));
        }
        problems
    }
}

entry! {
    /// What some of the partners would pay if only they shared.
    CoalitionCost {
        coalition: Vec<String>, "Coalition", List, required, open, "The authorities that share, separated by semicolons.", "SCC; DCC";
        cost: Money, "Cost", Pounds, required, open, "What they would pay together, in pounds over the whole appraisal.", "9500000";
    } check |cost| {
        let mut members: Vec<&str> = cost.coalition.iter().map(String::as_str).collect();
        let named_twice = twice(&mut members).map(|code| {
            Problem::error("coalition", format!("the coalition names {code} twice"), "name each authority once")
        });
        named_twice.into_iter().collect()
    }
}

/// A cost in which nothing was written is refused by the reader of the file.
impl crate::entry::Absent for Money {
    fn absent() -> Self {
        Money::ZERO
    }
    fn is_absent(&self) -> bool {
        false
    }
}
