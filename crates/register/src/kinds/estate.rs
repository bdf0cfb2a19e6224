//! What an authority has that is neither equipment nor staff: applications, contracts, licences, budgets, services.

use penshaw_basis::{Date, Money};

use crate::FieldKind::{
    AmountsByYear, Choice, Count, Date as Day, Function, List, Money as Pounds, Proportion, Reference, Text, YesNo,
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
        joining_clause: Option<String>, "Joining clause", Text, optional, owned, "The clause by which other authorities may use it, and whom it names.", "Clause 4.2: any local authority in the North East";
        assignment: Option<String>, "Assignment", Choice(&["free", "with consent", "not allowed"]), optional, owned, "Whether it may be passed to another authority (assignment or novation).", "with consent";
        modified_months: Option<f64>, "Added by modification (months)", at_least_zero("months"), optional, owned, "By how many months modifications, not its own terms, have lengthened it already.", "0";
        modified_value: Option<Money>, "Added by modification", Pounds, optional, owned, "By how much modifications have raised its value already, in pounds without VAT.", "0";
        bridging_price: Option<f64>, "Price of bridging", Proportion, optional, owned, "How much dearer a short extension is than the annual value, as a proportion.", "10%";
        capital: Option<bool>, "Capital", YesNo, optional, owned, "Whether what is paid is capital.", "no";
        description: Option<String>, "Description", Text, optional, owned, "The goods or services, in a sentence.", "Support and hosting of the revenues system";
        department: Option<String>, "Department", Text, optional, owned, "The department responsible.", "Corporate services";
        reviewed_on: Option<Date>, "Review date", Day, optional, owned, "The day on which it is to be reviewed.", "2015-09-30";
        awarded_by: Option<String>, "Awarded by", Choice(&["invitation to quote", "published invitation to tender", "framework", "direct award"]), optional, owned, "How it was awarded.", "published invitation to tender";
        irrecoverable_vat: Option<Money>, "Irrecoverable VAT", Pounds, optional, owned, "VAT that cannot be recovered, in pounds.", "0";
        supplier_number: Option<String>, "Supplier's number", Text, optional, owned, "The supplier's number with Companies House or the Charity Commission.", "01234567";
        supplier_is_small: Option<bool>, "Small or medium-sized supplier", YesNo, optional, owned, "Whether the supplier is a small or medium-sized enterprise.", "no";
        supplier_is_voluntary: Option<bool>, "Voluntary supplier", YesNo, optional, owned, "Whether the supplier is a voluntary or community sector organisation.", "no";
        ocid: Option<String>, "OCID", Text, optional, owned, "The identifier of its procurement in the Open Contracting Data Standard.", "ocds-h6vhtk-051272";
        classification: Vec<String>, "CPV codes", List, optional, owned, "Codes of the Common Procurement Vocabulary, separated by semicolons.", "72000000";
    } check |contract| {
        let mut problems = positive_money("value", contract.value);
        problems.extend(positive_money("annual_value", contract.annual_value));
        problems.extend(positive_money("termination_cost", contract.termination_cost));
        problems.extend(positive_money("modified_value", contract.modified_value));
        problems.extend(positive_money("irrecoverable_vat", contract.irrecoverable_vat));
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
        version: Option<String>, "Version", Text, optional, owned, "The newest version that it covers.", "2013";
        least_counted: Option<u64>, "Least counted", Count, optional, owned, "The fewest that count for each device, such as 16 cores a server.", "16";
        territory: Vec<String>, "Territory", List, optional, owned, "The authorities' codes or the places within which it may be used; empty for anywhere.", "SCC";
        companies_may_use: Option<bool>, "Companies may use", YesNo, optional, owned, "Whether a company of the authorities keeps its price and terms.", "no";
        price_each: Option<Money>, "Price of one more", Pounds, optional, owned, "What one more costs in a year, in pounds.", "95";
    } check |licence| {
        let mut problems = positive_money("annual_cost", licence.annual_cost);
        problems.extend(positive_money("price_each", licence.price_each));
        problems
    }
}

entry! {
    /// What the authority is measured to use of a product.
    Installation {
        product: String, "Product", Text, required, open, "What is installed or used.", "Office suite";
        version: Option<String>, "Version", Text, optional, owned, "The version measured.", "2010";
        licence: Option<String>, "Licence", Reference(Kind::Licence), optional, owned, "The licence it counts against.", "L1";
        used: Option<u64>, "Used", Count, optional, owned, "How many are used, by the licence's metric.", "4870";
        measured_on: Option<Date>, "Measured on", Day, optional, owned, "The day of the count.", "2014-03-31";
        devices: Option<u64>, "Devices", Count, optional, owned, "On how many devices it is installed.", "4870";
        users: Option<u64>, "Users", Count, optional, owned, "How many people use it.", "5120";
        most_at_once: Option<u64>, "Most at once", Count, optional, owned, "The most who used it at one time.", "3100";
        processors: Option<u64>, "Processors", Count, optional, owned, "How many processors it runs on.", "8";
        cores: Option<u64>, "Cores", Count, optional, owned, "How many cores it runs on.", "64";
        publisher: Option<String>, "Publisher", Text, optional, owned, "Who publishes it, as the inventory names it.", "Example Software Ltd";
    }
}

entry! {
    /// A payment that the authority made to a supplier, such as one of over £500 that it published.
    Payment {
        supplier: String, "Supplier", Text, required, open, "Who was paid.", "Example Software Ltd";
        amount: Money, "Amount", Pounds, required, owned, "What was paid, in pounds without VAT that is recovered; a credit is negative.", "21250";
        paid_on: Option<Date>, "Paid on", Day, optional, owned, "The day of the payment.", "2014-04-30";
        description: Option<String>, "Description", Text, optional, owned, "What it was for.", "Software maintenance";
        department: Option<String>, "Department", Text, optional, owned, "The department that paid.", "Corporate services";
        cost_centre: Option<String>, "Cost centre", Text, optional, owned, "The cost centre in the ledger.", "CE1401";
        supplier_number: Option<String>, "Supplier's number", Text, optional, owned, "The supplier's number with Companies House or the Charity Commission.", "01234567";
        contract: Option<String>, "Contract", Reference(Kind::Contract), optional, owned, "The reference of the contract it was paid under, where the ledger says so.", "C1";
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
