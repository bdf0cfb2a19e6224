//! What is appraised: options and their lines.

use penshaw_basis::{FinancialYear, Money};
use penshaw_numerics::Distribution;

use crate::FieldKind::{
    AmountsByYear, AuthorityOrJoint, Choice, Count, List, Number, Proportion, Reference, References, Text, Year,
};
use crate::entry::entry;
use crate::{Kind, Problem};

const FINITE: crate::FieldKind = Number { unit: "", least: f64::MIN, most: f64::MAX };

entry! {
    /// A course of action to be appraised, business as usual among them.
    CourseOption {
        name: String, "Name", Text, required, open, "What it is called in the report.", "Shared ICT service";
        description: Option<String>, "Description", Text, optional, open, "What would be done, in one or two sentences.", "One ICT service for both councils";
        role: String, "Role", Choice(&["business as usual", "do minimum", "preferred way forward", "less ambitious", "more ambitious"]), required, open, "Its place in the short list of the Green Book.", "preferred way forward";
        course: String, "Course", Choice(&["apart", "collaborate", "integrate"]), required, open, "Whether the partners stay apart, work together in named areas, or become one service.", "integrate";
        delivery_model: Option<String>, "Delivery model", Choice(&["in-house", "lead authority", "joint committee", "company", "mutual", "commercial partner"]), optional, open, "Who would deliver it.", "joint committee";
        starts: FinancialYear, "First year", Year, required, open, "The first financial year of its lines: year 0 of the appraisal.", "2014/15";
        years: Option<u64>, "Years", Count, optional, open, "How many years are appraised; ten where it is left empty.", "10";
        cost_key: Option<String>, "Cost key", Choice(&["equal", "stated", "budget", "users", "devices", "population", "usage"]), optional, open, "How joint lines fall to the partners.", "budget";
        stated_shares: Vec<String>, "Stated shares", List, optional, open, "For the key \"stated\": AUTHORITY=share, separated by semicolons; they add up to 1.", "SCC=0.45; DCC=0.55";
        areas: Vec<String>, "Areas", References(Kind::Area), optional, open, "The areas of joint work that it keeps or starts.", "AR1; AR2";
        assets: Option<String>, "Assets", Choice(OWNERS), optional, open, "Who would own the assets.", "each authority";
        contracts: Option<String>, "Contracts", Choice(OWNERS), optional, open, "Who would hold the contracts.", "lead authority";
        data: Option<String>, "Data", Choice(OWNERS), optional, open, "Who would control the data.", "each authority";
    } check |option| {
        let mut problems = Vec::new();
        if option.years.is_some_and(|years| !(1..=100).contains(&years)) {
            problems.push(Problem::error("years", "an appraisal has 1 to 100 years", "enter the number of years, such as 10"));
        }
        problems.extend(shares_that_add_up(option));
        problems
    }
}

/// Who may own or hold a thing under an option.
pub const OWNERS: &[&str] = &["each authority", "jointly", "lead authority", "company", "commercial partner"];

entry! {
    /// A cost, benefit or movement of money of one option, by year, in addition to business as usual.
    Line {
        option: String, "Option", Reference(Kind::CourseOption), required, open, "The option it belongs to.", "O3";
        authority: String, "Authority", AuthorityOrJoint, required, open, "Whose money it is, or \"joint\" for a line that the cost key shares.", "SCC";
        description: String, "Description", Text, required, open, "What it is.", "Data migration";
        flow: String, "Flow", Choice(FLOWS), required, open, "What kind of money it is.", "cost";
        timing: Option<String>, "Timing", Choice(&["one-off", "recurring"]), optional, open, "Whether it happens once or each year.", "one-off";
        money: Option<String>, "Revenue or capital", Choice(&["revenue", "capital"]), optional, open, "Revenue where it is left empty.", "revenue";
        fund: Option<String>, "Fund", Choice(crate::FUNDS), optional, open, "General Fund where it is left empty.", "General Fund";
        cost_centre: Option<String>, "Cost centre", Text, optional, open, "The cost centre whose budget it changes; a cash-releasing benefit must name one.", "CE1401";
        counterparty: Option<String>, "Paid to", Text, optional, open, "For a recharge: the code of the authority that receives it, or the name of a body outside.", "DCC";
        prices: Option<String>, "Prices", Choice(&["real", "nominal"]), optional, open, "Real: prices of the option's first year. Nominal: cash of each year. Real where it is left empty.", "real";
        amounts: super::AmountsByYear, "Amounts", AmountsByYear, required, open, "Pounds in each financial year, always positive: the flow says which way they go.", "120000";
        range: Option<String>, "Range", Choice(&["triangular", "PERT", "normal", "lognormal", "uniform", "discrete"]), optional, open, "The shape of the range, as a multiple of the amounts; empty for a fixed figure.", "PERT";
        low: Option<f64>, "Low", FINITE, optional, open, "The least multiple: for triangular, PERT and uniform.", "0.8";
        likely: Option<f64>, "Likely", FINITE, optional, open, "The likeliest multiple: for triangular and PERT.", "1";
        high: Option<f64>, "High", FINITE, optional, open, "The greatest multiple: for triangular, PERT and uniform.", "1.5";
        mean: Option<f64>, "Mean", FINITE, optional, open, "The mean multiple: for normal and lognormal.", "1.05";
        standard_deviation: Option<f64>, "Standard deviation", FINITE, optional, open, "The standard deviation of the multiple: for normal and lognormal.", "0.1";
        outcomes: Vec<String>, "Outcomes", List, optional, open, "For discrete: multiple@probability, separated by semicolons; probabilities add up to 1.", "0@0.3; 1@0.7";
        driver: Option<String>, "Driver", Text, optional, open, "Lines that name the same driver move together, in every option.", "supplier prices";
        optimism_bias: Option<String>, "Optimism bias", Text, optional, open, "The category of the optimism bias parameter, for a cost without a range.", "equipment_development";
        reference_class: Option<String>, "Reference class", Text, optional, open, "The parameter of real outcomes to apply, for a benefit without a range.", "reference_class/shared_ict_benefits";
        mitigated_share: Option<f64>, "Of it mitigated", Proportion, optional, open, "Left empty: worked out from the mitigations of the option.", "";
        opportunity: Option<String>, "Opportunity", Text, optional, open, "For an adopted line: the analysis and the opportunity that it came from.", "overlap/revenues";
        run: Option<String>, "Run", Text, optional, open, "For an adopted line: the run that found the opportunity.", "12";
    } check |line| line_problems(line)
}

/// The kinds of money that a line may be.
pub const FLOWS: &[&str] = &[
    "cost",
    "cash-releasing benefit",
    "non-cash-releasing benefit",
    "wider benefit",
    "grant",
    "recharge",
    "redundancy",
    "pension strain",
    "reserve drawn",
    "reserve contribution",
    "capital receipt",
    "residual value",
];

impl Line {
    /// The line's range as a distribution of the multiple of its amounts, where it has one.
    ///
    /// # Errors
    /// If the range lacks a number that its shape needs, or its numbers make no distribution.
    pub fn multiple(&self) -> Result<Option<Distribution>, Problem> {
        let Some(range) = self.range.as_deref() else {
            return Ok(None);
        };
        let needed = |field: &'static str, number: Option<f64>| {
            number.ok_or_else(|| {
                Problem::error(
                    field,
                    format!("a {range} range needs it"),
                    "enter the number, as a multiple of the amounts",
                )
            })
        };
        let distribution = match range {
            "triangular" | "PERT" => {
                let min = needed("low", self.low)?;
                let mode = needed("likely", self.likely)?;
                let max = needed("high", self.high)?;
                if range == "PERT" {
                    Distribution::Pert { min, mode, max }
                } else {
                    Distribution::Triangular { min, mode, max }
                }
            }
            "uniform" => Distribution::Uniform { min: needed("low", self.low)?, max: needed("high", self.high)? },
            "normal" | "lognormal" => {
                let mean = needed("mean", self.mean)?;
                let sd = needed("standard_deviation", self.standard_deviation)?;
                if range == "normal" { Distribution::Normal { mean, sd } } else { Distribution::Lognormal { mean, sd } }
            }
            _ => Distribution::Discrete { outcomes: outcomes(&self.outcomes)? },
        };
        match distribution.check() {
            Ok(()) => Ok(Some(distribution)),
            Err(error) => Err(Problem::error("range", error.to_string(), "correct the numbers of the range")),
        }
    }

    /// Everything the line moves over its years.
    pub fn total(&self) -> Money {
        self.amounts.values().copied().sum()
    }

    /// Whether it is revenue or capital.
    pub fn is_capital(&self) -> bool {
        self.money.as_deref() == Some("capital")
    }
}

/// Reads `0@0.3` as an outcome of 0 with probability 0.3.
fn outcomes(texts: &[String]) -> Result<Vec<(f64, f64)>, Problem> {
    let refuse = |text: &str| {
        Problem::error(
            "outcomes",
            format!("\"{text}\" is not an outcome"),
            "write multiple@probability, such as 0.5@0.25",
        )
    };
    texts
        .iter()
        .map(|text| {
            let (value, probability) = text.split_once('@').ok_or_else(|| refuse(text))?;
            match (value.trim().parse(), probability.trim().parse()) {
                (Ok(value), Ok(probability)) => Ok((value, probability)),
                _ => Err(refuse(text)),
            }
        })
        .collect()
}

fn line_problems(line: &Line) -> Vec<Problem> {
    let mut problems: Vec<Problem> = line.multiple().err().into_iter().collect();
    if line.amounts.values().any(|amount| *amount < Money::ZERO) {
        problems.push(Problem::error(
            "amounts",
            "an amount is negative",
            "enter positive amounts; the flow says whether they cost or save",
        ));
    }
    // Green Book supplementary guidance on optimism bias: one allowance for one uncertainty.
    let allowances = [
        line.range.is_some().then_some("a range"),
        line.optimism_bias.is_some().then_some("optimism bias"),
        line.reference_class.is_some().then_some("a reference class"),
    ];
    let allowances: Vec<&str> = allowances.into_iter().flatten().collect();
    if allowances.len() > 1 {
        problems.push(Problem::error(
            "range",
            format!("the line carries {}: the same doubt would be counted twice", allowances.join(" and ")),
            "keep one of them",
        ));
    }
    if line.flow == "recharge" && line.counterparty.is_none() {
        problems.push(Problem::error(
            "counterparty",
            "a recharge is paid to nobody",
            "name the authority or body that receives it",
        ));
    }
    if line.flow == "recharge" && line.counterparty.as_deref() == Some(line.authority.as_str()) {
        problems.push(Problem::error(
            "counterparty",
            "a recharge is paid to the authority that pays it",
            "name the authority or body that receives it",
        ));
    }
    if line.flow == "cash-releasing benefit" && line.cost_centre.is_none() && line.authority != "joint" {
        problems.push(Problem::warning(
            "cost_centre",
            "a cash-releasing benefit names no budget that falls",
            "name the cost centre, or record the benefit as non-cash-releasing",
        ));
    }
    problems
}

fn shares_that_add_up(option: &CourseOption) -> Vec<Problem> {
    let shares = match option.shares() {
        Ok(shares) => shares,
        Err(problem) => return vec![problem],
    };
    let mut codes: Vec<&str> = shares.iter().map(|(code, _)| code.as_str()).collect();
    if let Some(code) = twice(&mut codes) {
        let what = format!("{code} has two stated shares");
        return vec![Problem::error("stated_shares", what, "give each authority one share")];
    }
    // The sum of no fractions at all is −0.
    let total = shares.iter().map(|(_, share)| share).sum::<f64>() + 0.0;
    match option.cost_key.as_deref() {
        Some("stated") if (total - 1.0).abs() > 1e-9 => vec![Problem::error(
            "stated_shares",
            format!("the stated shares add up to {total}, not 1"),
            "correct the shares so that they add up to 1",
        )],
        _ => Vec::new(),
    }
}

/// A word that stands twice in a list, which is sorted.
pub(super) fn twice<'word>(words: &mut [&'word str]) -> Option<&'word str> {
    words.sort_unstable();
    words.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
}

impl CourseOption {
    /// The stated shares of joint lines, each authority's code with its share.
    ///
    /// # Errors
    /// If one cannot be read or is not between 0 and 1.
    pub fn shares(&self) -> Result<Vec<(String, f64)>, Problem> {
        let read = |text: &String| {
            let (authority, share) = text.split_once('=')?;
            let share: f64 = share.trim().parse().ok()?;
            (0.0..=1.0).contains(&share).then(|| (authority.trim().to_owned(), share))
        };
        let shares = self.stated_shares.iter().map(|text| {
            read(text).ok_or_else(|| {
                Problem::error(
                    "stated_shares",
                    format!("\"{text}\" is not a share"),
                    "write AUTHORITY=0.45, from 0 to 1",
                )
            })
        });
        shares.collect()
    }
}
