//! What is weighed besides money: alignment, fit, impacts, considerations, programmes, papers.

use penshaw_basis::{Date, FinancialYear};

use crate::FieldKind::{
    Authority, AuthorityOrJoint, Choice, Date as Day, Number, Reference, References, Text, Year, YesNo,
};
use crate::entry::entry;
use crate::{Kind, Problem};

entry! {
    /// Where one partner stands and where it is going.
    Alignment {
        authority: String, "Authority", Authority, required, open, "Whose position it is.", "SCC";
        aspect: String, "Aspect", Choice(&["stage", "pace", "delivery model", "objectives", "willingness", "readiness"]), required, open, "What it is a position on.", "pace";
        area: Option<String>, "Area", Reference(Kind::Area), optional, open, "The area of joint work it bears on; empty for the service as a whole.", "";
        level: Option<f64>, "Level", Number { unit: "", least: 0.0, most: 4.0 }, optional, open, "How far along, from 0 (not begun) to 4 (done), by the scale of the guide.", "3";
        position: String, "Position", Text, required, open, "What it is, in one sentence.", "Moving services into mutuals and other models";
        evidence: Option<String>, "Evidence", Text, optional, open, "The document that shows it.", "Cabinet report, 18 June 2014, paragraph 5.3";
        dated: Option<Date>, "Dated", Day, optional, open, "The day of the document.", "2014-06-18";
        deal_breaker: Option<bool>, "Deal-breaker", YesNo, optional, open, "Whether the authority would not go on if the others could not accept it.", "no";
    }
}

entry! {
    /// Something the ICT service will have to be able to do by a date.
    Requirement {
        authority: String, "Authority", AuthorityOrJoint, required, open, "Who requires it.", "SCC";
        name: String, "Name", Text, required, open, "What is required.", "Support services that leave for a mutual";
        event: Option<String>, "Event", Choice(&["a service leaves", "demand rises", "a delivery model changes", "performance is held", "skills are kept", "ownership is kept"]), optional, open, "What kind of need it is.", "a service leaves";
        by: Option<FinancialYear>, "By", Year, optional, open, "The financial year by which it is needed.", "2015/16";
        weight: String, "Weight", Choice(&["essential", "desirable"]), required, open, "Whether an option that does not meet it can still be taken.", "essential";
        evidence: Option<String>, "Evidence", Text, optional, open, "The document that shows the need.", "Cabinet report, 18 June 2014, paragraph 3.2";
    }
}

entry! {
    /// Whether an option meets a requirement, with the evidence.
    Fit {
        option: String, "Option", Reference(Kind::CourseOption), required, open, "The option.", "O3";
        requirement: String, "Requirement", Reference(Kind::Requirement), required, open, "The requirement.", "R1";
        answer: String, "Answer", Choice(&["meets", "partly meets", "does not meet", "not known"]), required, open, "Whether it would meet the requirement.", "partly meets";
        statement: Option<String>, "Statement", Text, optional, open, "Why, in one sentence.", "A common service cannot follow one council's mutuals";
        evidence: Option<String>, "Evidence", Text, optional, open, "The document that shows it.", "Cabinet report, 18 June 2014, paragraph 9.1";
        dated: Option<Date>, "Dated", Day, optional, open, "The day of the document.", "2014-06-18";
    }
}

entry! {
    /// Whom an option affects.
    Impact {
        options: Vec<String>, "Options", References(Kind::CourseOption), optional, open, "The options it is about; empty for all.", "O2";
        subject: String, "Subject", Choice(&["equality", "privacy", "sustainability", "crime and disorder"]), required, open, "What is affected.", "equality";
        answer: String, "Analysed", Choice(&["yes", "no", "not applicable"]), required, open, "Whether it was analysed.", "yes";
        characteristic: Option<String>, "Characteristic", Choice(CHARACTERISTICS), optional, open, "For equality: the protected characteristic; empty for all of them together.", "age";
        effect: Option<String>, "Effect", Choice(&["positive", "none", "negative"]), optional, open, "What the effect is.", "none";
        statement: Option<String>, "Statement", Text, optional, open, "What was found, or why it does not apply.", "No negative impacts arise from closing the project";
        mitigation: Option<String>, "Mitigation", Text, optional, open, "What is done about a negative effect.", "";
        assessment: Option<String>, "Assessment", Text, optional, open, "The document that holds the assessment.", "Equality impact assessment";
        assessed_on: Option<Date>, "Assessed on", Day, optional, open, "The day it was signed off, which must come before the decision.", "2014-05-30";
    } check |impact| {
        let mut problems = Vec::new();
        if impact.answer == "yes" && impact.assessment.is_none() {
            problems.push(Problem::warning("assessment", "it was analysed, but no assessment is named", "name the document that holds the assessment"));
        }
        if impact.answer != "yes" && impact.statement.is_none() {
            problems.push(Problem::warning("statement", "it was not analysed, and no reason is given", "say in one line why it does not apply"));
        }
        problems
    }
}

/// The protected characteristics of the Equality Act 2010, section 4.
pub const CHARACTERISTICS: &[&str] = &[
    "age",
    "disability",
    "gender reassignment",
    "marriage and civil partnership",
    "pregnancy and maternity",
    "race",
    "religion or belief",
    "sex",
    "sexual orientation",
];

entry! {
    /// Another relevant consideration.
    Consideration {
        subject: String, "Subject", Choice(&["financial", "risk", "employee", "legal", "property", "other services", "project method"]), required, open, "Which heading of the report it belongs under.", "employee";
        options: Vec<String>, "Options", References(Kind::CourseOption), optional, open, "The options it is about; empty for all.", "O3";
        statement: String, "Statement", Text, required, open, "What members should know.", "Staff would transfer to the lead authority";
        staff_route: Option<String>, "Staff route", Choice(&["none", "section 113", "TUPE", "COSOP", "secondment"]), optional, open, "For employees: how staff would come under the service.", "section 113";
        document: Option<String>, "Document", Text, optional, open, "Where it is recorded.", "";
    }
}

entry! {
    /// A programme that waits on the decision.
    Programme {
        authority: String, "Authority", Authority, required, open, "Whose programme it is.", "SCC";
        name: String, "Name", Text, required, open, "The programme.", "Transformation Programme";
        option: String, "Option", Reference(Kind::CourseOption), required, open, "The option that would delay it.", "O3";
        delay_months: Option<f64>, "Delay (months)", crate::field::at_least_zero("months"), optional, open, "By how much, in months; empty where it is not known.", "6";
        statement: Option<String>, "Statement", Text, optional, open, "What the delay would do.", "";
        evidence: Option<String>, "Evidence", Text, optional, open, "The document that shows it.", "Cabinet report, 18 June 2014, paragraph 9.1";
    }
}

entry! {
    /// A document on which the report relies.
    Paper {
        title: String, "Title", Text, required, open, "The document's title.", "Outline business case";
        author: Option<String>, "Author", Text, optional, open, "The post that wrote it.", "Head of ICT";
        dated: Option<Date>, "Dated", Day, optional, open, "Its date.", "2014-05-30";
        href: Option<String>, "Address", Text, optional, open, "Where it may be read.", "";
        relied_on: Option<bool>, "Relied on", YesNo, optional, open, "Whether the report relies on it to a material extent.", "yes";
        published: Option<bool>, "Published work", YesNo, optional, open, "Whether it is a published work, which need not be listed.", "no";
    }
}
