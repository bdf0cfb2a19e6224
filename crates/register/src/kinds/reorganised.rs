//! Reorganisation: directions that make contracts need another authority's consent, and the consents.

use penshaw_basis::{Date, Money};

use super::estate::{in_order, positive_money};
use crate::FieldKind::{Authority, Choice, Date as Day, List, Money as Pounds, Reference, Text};
use crate::entry::entry;
use crate::{Kind, Problem};

entry! {
    /// A direction under section 24 of the Local Government and Public Involvement in Health Act 2007.
    Direction {
        title: String, "Title", Text, required, open, "What the direction is called.", "Direction of 12 January 2027";
        authorities: Vec<String>, "Authorities", List, required, open, "The codes of the authorities that it binds, separated by semicolons.", "SCC; DCC";
        from: Option<Date>, "From", Day, required, open, "The day from which it binds.", "2027-01-12";
        until: Option<Date>, "Until", Day, optional, open, "Its last day, where it has one: the day before vesting day.", "2028-03-31";
        consent_of: Option<String>, "Consent of", Text, optional, open, "Who must consent.", "The shadow authority's executive";
        document: Option<String>, "Document", Text, optional, open, "Where it is published.", "Direction under section 24, published 12 January 2027";
    } check |direction| in_order(("from", direction.from), ("until", direction.until))
}

entry! {
    /// A consent that a direction requires, asked for and perhaps given.
    Consent {
        direction: String, "Direction", Reference(Kind::Direction), required, open, "The direction that requires it.", "SD1";
        authority: String, "Authority", Authority, required, open, "Who needs it.", "SCC";
        contract: String, "Contract", Text, required, open, "The reference of the authority's contract, or what is to be bought.", "C1";
        standing: String, "Standing", Choice(&["asked for", "given", "refused"]), required, open, "How far it has come.", "given";
        on: Option<Date>, "On", Day, optional, open, "The day on which it was given or refused.", "2027-03-04";
        until: Option<Date>, "Until", Day, optional, open, "The last day to which the contract may then run.", "2029-03-31";
        most: Option<Money>, "Most", Pounds, optional, open, "The most that may be spent under it, in pounds without VAT.", "180000";
        document: Option<String>, "Document", Text, optional, open, "Where it is recorded.", "Minute 14 of the shadow executive, 4 March 2027";
    } check |consent| {
        let mut problems = positive_money("most", consent.most);
        if consent.standing == "given" && consent.on.is_none() {
            problems.push(Problem::warning("on", "the consent has no date", "enter the day on which it was given"));
        }
        problems
    }
}
