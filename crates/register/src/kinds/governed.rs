//! Who decides in a shared service: schemes, their seats, the matters kept back, and decisions to try them on.

use penshaw_basis::{Date, Money};

use crate::FieldKind::{
    Authority, Choice, Count, Date as Day, List, Money as Pounds, Proportion, Reference, References, Text, YesNo,
};
use crate::entry::entry;
use crate::{Kind, Problem};

entry! {
    /// A way of governing the shared service.
    Scheme {
        name: String, "Name", Text, required, open, "What it is called.", "Joint committee of four";
        vehicle: String, "Vehicle", Choice(&["joint committee", "lead authority", "company", "contract"]), required, open, "The legal form.", "joint committee";
        options: Vec<String>, "Options", References(Kind::CourseOption), optional, open, "The options it would govern.", "O3";
        description: Option<String>, "Description", Text, optional, open, "How decisions would be made.", "Two members from each authority, the chair rotating";
        lead: Option<String>, "Lead authority", Authority, optional, open, "The authority that would hold contracts, staff and assets.", "SCC";
        majority: Option<f64>, "Majority", Proportion, optional, open, "The part of the votes that a decision would need, from 0 to 1; leave it out where more than half is enough.", "0.75";
        quorum: Option<u64>, "Quorum", Count, optional, open, "How many members must be present.", "3";
        quorum_each: Option<bool>, "One of each needed", YesNo, optional, open, "Whether a member of every authority must be present.", "yes";
        casting_vote: Option<bool>, "Casting vote", YesNo, optional, open, "Whether the chair has a second vote when votes are equal.", "yes";
        chair: Option<String>, "Chair", Choice(&["rotates by meeting", "rotates by year", "elected", "lead authority"]), optional, open, "Who takes the chair.", "rotates by year";
        starts: Option<Date>, "Starts", Day, optional, open, "The first day of the agreement.", "2015-04-01";
        term_years: Option<u64>, "Term (years)", Count, optional, open, "How long the agreement would last.", "10";
        review_years: Option<u64>, "Review every (years)", Count, optional, open, "How often it would be reviewed.", "3";
        baseline_year: Option<String>, "Baseline year", Text, optional, open, "The year whose budgets and volumes the shares start from.", "2013/14";
        true_up: Option<String>, "True-up", Text, optional, open, "How shares are set right each year against what each used, and within which limits.", "Each July by devices in use, by at most 5 % either way; a new key after 12 months' notice";
        savings_split: Option<String>, "Savings split", Choice(&["by baseline share", "equally", "to the investor until payback, then by share"]), optional, open, "How savings are shared.", "by baseline share";
        notice_months: Option<u64>, "Notice (months)", Count, optional, open, "The notice that a partner who leaves would give.", "12";
        earliest_exit: Option<Date>, "Earliest exit", Day, optional, open, "The first day on which a partner may leave.", "2018-04-01";
        exit_terms: Option<String>, "Exit terms", Text, optional, open, "Who bears what when a partner leaves: cost, staff, contracts, assets, data.", "The partner that leaves bears the cost of parting; data goes back to its owner";
        disputes: Option<String>, "Disputes", Text, optional, open, "How a dispute is settled.", "Chief executives, then a mediator";
    }
}

entry! {
    /// What one authority has in a scheme: its seats, its votes and what it pays.
    SchemeMember {
        scheme: String, "Scheme", Reference(Kind::Scheme), required, open, "The scheme.", "SC1";
        authority: String, "Authority", Authority, required, open, "The authority.", "SCC";
        seats: Option<u64>, "Seats", Count, required, open, "How many members it appoints.", "2";
        votes: Option<u64>, "Votes of a seat", Count, optional, open, "The votes that each of its members casts; leave it out for one.", "1";
        executive: Option<bool>, "Of the executive", YesNo, optional, open, "Whether its members sit in its executive.", "yes";
        contribution: Option<f64>, "Contribution", Proportion, optional, open, "The part of the cost that it pays, from 0 to 1.", "0.4";
    } check |member| {
        let none = |field, count: Option<u64>, what: &'static str, hint: &'static str| {
            (count == Some(0)).then(|| Problem::error(field, what, hint))
        };
        let found = [
            none("seats", member.seats, "it has no seat", "enter how many members it appoints, or take the entry out"),
            none("votes", member.votes, "its members cast no vote", "enter the votes that each casts, or leave the field empty for one"),
        ];
        found.into_iter().flatten().collect()
    }
}

entry! {
    /// A matter that the authorities keep for themselves, so that each must agree.
    ReservedMatter {
        scheme: String, "Scheme", Reference(Kind::Scheme), required, open, "The scheme.", "SC1";
        matter: String, "Matter", Text, required, open, "What is kept back.", "Admitting another partner";
        kept_by: String, "Kept by", Choice(&["executive", "full council"]), required, open, "Which body of each authority keeps it.", "executive";
        above: Option<Money>, "Above", Pounds, optional, open, "Where it is about money: the amount from which on it is kept back, in pounds.", "250000";
    } check |matter| super::estate::positive_money("above", matter.above)
}

entry! {
    /// How the authorities voted on something, or might have, to see what a scheme makes of it.
    Division {
        matter: String, "Matter", Text, required, open, "What was to be decided.", "Move both service desks to one site";
        standing: String, "Standing", Choice(&["past", "imagined"]), required, open, "Whether it happened.", "imagined";
        dated: Option<Date>, "Dated", Day, optional, open, "The day of the vote.", "2014-02-12";
        in_favour: Vec<String>, "In favour", List, optional, open, "The authorities in favour, separated by semicolons.", "SCC";
        against: Vec<String>, "Against", List, optional, open, "The authorities against, separated by semicolons.", "DCC";
        abstaining: Vec<String>, "Abstaining", List, optional, open, "The authorities whose members are there and do not vote, separated by semicolons; whoever is named nowhere is away.", "DCC";
        chaired_by: Option<String>, "Chaired by", Authority, optional, open, "The authority that had the chair.", "SCC";
        amount: Option<Money>, "Amount", Pounds, optional, open, "Where it is about money: how much, in pounds.", "300000";
        reserved: Option<String>, "Reserved matter", Reference(Kind::ReservedMatter), optional, open, "The reserved matter that it would be, if any.", "RM1";
        document: Option<String>, "Document", Text, optional, open, "Where it is recorded.", "Minutes of the joint board";
    } check |division| {
        let named = [&division.in_favour, &division.against, &division.abstaining];
        let all: Vec<&String> = named.into_iter().flatten().collect();
        let twice = all.iter().enumerate().find(|(place, authority)| all[..*place].contains(authority));
        let twice = twice.map(|(_, authority)| Problem::error("against", format!("{authority} is named twice"), "name each authority once: in favour, against or abstaining"));
        let nobody = division.in_favour.is_empty() && division.against.is_empty();
        let nobody = nobody.then(|| Problem::error("in_favour", "nobody votes", "name the authorities in favour, or those against"));
        twice.into_iter().chain(nobody).chain(super::estate::positive_money("amount", division.amount)).collect()
    }
}
