//! What an authority has that is neither equipment nor staff: applications, contracts, licences, budgets, services.

use penshaw_basis::{Date, Money};

use crate::FieldKind::{
    AmountsByYear, Choice, Count, Date as Day, Function, List, Money as Pounds, Reference, Text, YesNo,
};
use crate::entry::entry;
use crate::field::at_least_zero;
use crate::{Kind, Problem};

entry! {
    /// An application that the authority runs or buys.
    Application {
        name: String, "Name", Text, required, open, "The name by which officers know it.", "Revenues and benefits";
        supplier: Option<String>, "Supplier", Text, optional, owned, "Who supplies or supports it.", "Example Software Ltd";
        version: Option<String>, "Version", Text, optional, owned, "The version in use.", "12.4";
        modules: Vec<String>, "Modules", List, optional, owned, "The modules in use, separated by semicolons.", "Council tax; Business rates";
        function: Option<String>, "Function", Function, optional, owned, "The number of the local government function it serves, from the LGA/ESD list.", "3";
        users: Option<u64>, "Users", Count, optional, owned, "How many people use it.", "120";
        annual_cost: Option<Money>, "Annual cost", Pounds, optional, owned, "What it costs in a year, in pounds, without one-off costs.", "85000";
        contract: Option<String>, "Contract", Reference(Kind::Contract), optional, owned, "The reference of the contract it is bought under.", "C1";
        hosting: Option<String>, "Hosting", Choice(&["on premises", "hosted by another authority", "supplier hosted", "public cloud"]), optional, owned, "Where it runs.", "on premises";
        support_ends: Option<Date>, "Support ends", Day, optional, owned, "The day on which the supplier stops supporting this version.", "2016-03-31";
        portability: Option<String>, "Portability", Choice(&["high", "medium", "low"]), optional, owned, "How easily it can be moved to another owner or site.", "medium";
        data_partitioning: Option<String>, "Data partitioning", Choice(&["segmented", "monolithic"]), optional, owned, "Whether one authority's data can be told apart from another's.", "segmented";
        shared_with: Vec<String>, "Shared with", List, optional, owned, "Other bodies that already use it, separated by semicolons.", "";
    } check |application| positive_money("annual_cost", application.annual_cost)
}

entry! {
    /// A contract for ICT goods or services.
    Contract {
        title: String, "Title", Text, required, open, "What is bought.", "Revenues system support";
        supplier: Option<String>, "Supplier", Text, optional, owned, "With whom it is made.", "Example Software Ltd";
        starts: Option<Date>, "Starts", Day, optional, owned, "Its first day.", "2011-04-01";
        ends: Option<Date>, "Ends", Day, optional, owned, "Its last day, extensions not yet agreed left out.", "2016-03-31";
        notice_months: Option<f64>, "Notice (months)", at_least_zero("months"), optional, owned, "Notice needed to end it, in months.", "6";
        extension_months: Option<f64>, "Extension allowed (months)", at_least_zero("months"), optional, owned, "How long it may still be extended under its own terms, in months.", "24";
        value: Option<Money>, "Whole-life value", Pounds, optional, owned, "Its value over its whole term, in pounds without VAT.", "425000";
        annual_value: Option<Money>, "Annual value", Pounds, optional, owned, "What is paid in a year, in pounds without VAT.", "85000";
        regime: Option<String>, "Procurement regime", Choice(&["Public Contracts Regulations 2006", "Public Contracts Regulations 2015", "Procurement Act 2023", "below threshold"]), optional, owned, "The procurement law it was awarded under.", "below threshold";
        others_may_join: Option<bool>, "Others may join", YesNo, optional, owned, "Whether a clause lets other authorities use it.", "no";
        termination_cost: Option<Money>, "Termination cost", Pounds, optional, owned, "What it costs to end it early, in pounds.", "20000";
    } check |contract| {
        let mut problems = positive_money("value", contract.value);
        problems.extend(positive_money("annual_value", contract.annual_value));
        problems.extend(positive_money("termination_cost", contract.termination_cost));
        problems.extend(in_order(("starts", contract.starts), ("ends", contract.ends)));
        problems
    }
}

entry! {
    /// What the authority is entitled to use, by its contract's own metric.
    Licence {
        product: String, "Product", Text, required, open, "What is licensed.", "Office suite";
        supplier: Option<String>, "Supplier", Text, optional, owned, "Who licenses it.", "Example Software Ltd";
        metric: Option<String>, "Metric", Choice(&["named user", "concurrent user", "device", "core", "processor", "instance", "server and client access", "site", "consumption", "population", "module"]), optional, owned, "What is counted.", "named user";
        definition: Option<String>, "Definition", Text, optional, owned, "How the contract itself defines the metric, in its own terms.", "A person with an account in the directory";
        entitled: Option<u64>, "Entitled", Count, optional, owned, "How many may be used.", "5000";
        contract: Option<String>, "Contract", Reference(Kind::Contract), optional, owned, "The reference of the contract it stands under.", "C1";
        affiliates_may_use: Option<bool>, "Affiliates may use", YesNo, optional, owned, "Whether a partner's staff may use it.", "no";
        annual_cost: Option<Money>, "Annual cost", Pounds, optional, owned, "What it costs in a year, in pounds.", "400000";
        support_ends: Option<Date>, "Support ends", Day, optional, owned, "The day on which maintenance ends.", "2017-03-31";
    } check |licence| positive_money("annual_cost", licence.annual_cost)
}

entry! {
    /// What the authority is measured to use of a product.
    Installation {
        product: String, "Product", Text, required, open, "What is installed or used.", "Office suite";
        version: Option<String>, "Version", Text, optional, owned, "The version measured.", "2010";
        licence: Option<String>, "Licence", Reference(Kind::Licence), optional, owned, "The licence it counts against.", "L1";
        used: Option<u64>, "Used", Count, optional, owned, "How many are used, by the licence's metric.", "4870";
        measured_on: Option<Date>, "Measured on", Day, optional, owned, "The day of the count.", "2014-03-31";
    }
}

entry! {
    /// A line of the base budget for ICT, by cost centre and fund.
    CostLine {
        description: String, "Description", Text, required, open, "What the money is for.", "ICT staff";
        cost_centre: String, "Cost centre", Text, required, owned, "The cost centre in the ledger.", "CE1401";
        fund: Option<String>, "Fund", Choice(crate::FUNDS), optional, owned, "The fund it stands in.", "General Fund";
        category: Option<String>, "Category", Choice(&["staff", "licences", "contracts", "hosting", "network", "equipment", "other", "income"]), optional, owned, "What kind of cost it is.", "staff";
        budget: super::AmountsByYear, "Budget", AmountsByYear, optional, owned, "The base budget of each financial year in pounds; income is negative.", "3200000";
    }
}

entry! {
    /// A service that the ICT service gives to somebody.
    Service {
        name: String, "Name", Text, required, open, "What is given.", "Service desk";
        customers: Option<String>, "Customers", Text, optional, owned, "To whom.", "Council staff and 60 schools";
        users: Option<u64>, "Users", Count, optional, owned, "How many people use it.", "7400";
        annual_cost: Option<Money>, "Annual cost", Pounds, optional, owned, "What it costs in a year, in pounds.", "650000";
        annual_income: Option<Money>, "Annual income", Pounds, optional, owned, "What is charged for it in a year, in pounds.", "0";
    } check |service| {
        let mut problems = positive_money("annual_cost", service.annual_cost);
        problems.extend(positive_money("annual_income", service.annual_income));
        problems
    }
}

/// A finding if an amount that cannot be negative is.
pub(super) fn positive_money(field: &'static str, amount: Option<Money>) -> Vec<Problem> {
    match amount {
        Some(amount) if amount < Money::ZERO => vec![Problem::error(
            field,
            format!("{amount} is negative"),
            "enter a positive amount; what is paid and what is received have fields of their own",
        )],
        _ => Vec::new(),
    }
}

/// A finding if the later of two days comes first.
pub(super) fn in_order(
    (_, first): (&'static str, Option<Date>),
    (field, second): (&'static str, Option<Date>),
) -> Vec<Problem> {
    match (first, second) {
        (Some(first), Some(second)) if second < first => vec![Problem::error(
            field,
            format!("{second} is before {first}, the day on which it starts"),
            "correct one of the two days",
        )],
        _ => Vec::new(),
    }
}
