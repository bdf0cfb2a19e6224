//! What is uncertain about options: correlations, mitigations, risks, bids.

use penshaw_basis::{Date, FinancialYear, Money};

use super::estate::positive_money;
use crate::FieldKind::{
    AmountsByYear, AuthorityOrJoint, Choice, Date as Day, Money as Pounds, Number, Proportion, Reference, References,
    Text, Year,
};
use crate::entry::entry;
use crate::{Kind, Problem};

entry! {
    /// How two ranges move together.
    Correlation {
        first: String, "First driver", Text, required, open, "A driver that lines name, or the reference of a line.", "supplier prices";
        second: String, "Second driver", Text, required, open, "The other one.", "staff pay";
        rank_correlation: f64, "Rank correlation", Number { unit: "", least: -1.0, most: 1.0 }, required, open, "Spearman's rank correlation, between -1 and 1.", "0.5";
    } check |correlation| {
        if correlation.first == correlation.second {
            return vec![Problem::error("second", "a driver always moves with itself", "name another driver")];
        }
        if correlation.rank_correlation.abs() >= 1.0 {
            return vec![Problem::error("rank_correlation", "a rank correlation of 1 or -1 makes two drivers one", "let the lines name the same driver instead")];
        }
        Vec::new()
    }
}

/// The rank correlation of a correlation in which nothing was written is refused by the reader of the file.
impl crate::entry::Absent for f64 {
    fn absent() -> Self {
        0.0
    }
    fn is_absent(&self) -> bool {
        false
    }
}

/// A first year in which nothing was written is refused by the reader of the file.
impl crate::entry::Absent for FinancialYear {
    fn absent() -> Self {
        FinancialYear::starting(1900)
    }
    fn is_absent(&self) -> bool {
        false
    }
}

entry! {
    /// Evidence that part of an optimism bias has been dealt with.
    Mitigation {
        option: String, "Option", Reference(Kind::CourseOption), required, open, "The option it belongs to.", "O3";
        category: String, "Category", Text, required, open, "The category of the optimism bias parameter.", "equipment_development";
        risk_area: String, "Risk area", Text, required, open, "What contributes to the bias.", "Inadequacy of the business case";
        contribution: f64, "Contribution", Proportion, required, open, "How much of the bias comes from it, from 0 to 1.", "0.58";
        mitigated: f64, "Mitigated", Proportion, required, open, "How much of that has been dealt with, from 0 to 1.", "0.5";
        evidence: Option<String>, "Evidence", Text, optional, open, "What shows it; without evidence nothing is taken off.", "Gateway review, March 2014";
    } check |mitigation| {
        let bare = mitigation.mitigated > 0.0 && mitigation.evidence.is_none();
        if bare {
            vec![Problem::warning("evidence", "the mitigation has no evidence and counts as nothing", "say what shows it")]
        } else {
            Vec::new()
        }
    }
}

entry! {
    /// Something that may happen to an option, with its probability and cost.
    Risk {
        option: String, "Option", Reference(Kind::CourseOption), required, open, "The option it belongs to.", "O3";
        authority: String, "Authority", AuthorityOrJoint, required, open, "Who bears it.", "joint";
        description: String, "Description", Text, required, open, "What may happen.", "Migration overruns by six months";
        probability: Option<f64>, "Probability", Proportion, optional, open, "How likely it is, from 0 to 1.", "0.3";
        impact: Option<Money>, "Impact", Pounds, optional, open, "What it would cost, in pounds.", "250000";
        year: Option<FinancialYear>, "Year", Year, optional, open, "The financial year in which it would fall.", "2015/16";
        line: Option<String>, "Line", Reference(Kind::Line), optional, open, "The line whose cost it would raise, where it is one.", "L12";
        owner: Option<String>, "Owner", Text, optional, open, "The post that watches it.", "Head of ICT";
        response: Option<String>, "Response", Text, optional, open, "What is done about it.", "Staged migration";
        reviewed: Option<Date>, "Reviewed", Day, optional, open, "The day it was last reviewed.", "2014-05-30";
    } check |risk| {
        let mut problems = positive_money("impact", risk.impact);
        if risk.impact.is_some() && risk.probability.is_none() {
            problems.push(Problem::error("probability", "the risk has a cost but no probability", "enter the probability, from 0 to 1"));
        }
        if risk.impact.is_some() && risk.year.is_none() {
            problems.push(Problem::error("year", "the risk has a cost but no year", "enter the financial year in which it would fall"));
        }
        problems
    }
}

entry! {
    /// An application for money, or another inflow, that may come or not.
    Bid {
        name: String, "Name", Text, required, open, "What is applied for.", "Transformation Challenge Award";
        nature: Option<String>, "Nature", Choice(&["bid", "gainshare"]), optional, open, "Whether it is applied for, or a share of profit that a contract gives back (gainshare); empty for a bid.", "bid";
        options: Vec<String>, "Options", References(Kind::CourseOption), required, open, "The options that it would help to pay for.", "O3";
        authority: String, "Authority", AuthorityOrJoint, required, open, "Who would receive it.", "joint";
        amounts: super::AmountsByYear, "Amounts", AmountsByYear, required, open, "Pounds in each financial year.", "400000";
        probability: Option<f64>, "Probability", Proportion, optional, open, "How likely it is to be won, while it is pending.", "0.124";
        status: String, "Status", Choice(&["pending", "won", "lost"]), required, open, "What became of it.", "lost";
        decided: Option<Date>, "Decided", Day, optional, open, "The day on which it was decided.", "2013-10-31";
        document: Option<String>, "Document", Text, optional, open, "Where it is recorded.", "Cabinet report, 18 June 2014, paragraph 4.2";
    } check |bid| {
        let mut problems = Vec::new();
        if bid.status == "pending" && bid.probability.is_none() {
            problems.push(Problem::error("probability", "a pending bid needs a probability", "enter how likely it is, from 0 to 1"));
        }
        if bid.amounts.values().any(|amount| *amount < Money::ZERO) {
            problems.push(Problem::error("amounts", "an amount is negative", "enter what would be received as a positive amount"));
        }
        problems
    }
}
