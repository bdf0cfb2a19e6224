//! The cost of every coalition of a partnership, complete and checked.

use std::collections::BTreeMap;

use super::Coalition;

/// The most partners whose coalitions are gone through: 2²⁰ is a million.
pub const MOST_MEMBERS: usize = 20;

/// The cost of every coalition of the members.
///
/// A coalition is a set of the members' places, held as the bits of a number: 5 is the
/// first and the third member.
#[derive(Clone, Debug, PartialEq)]
pub struct CostTable {
    /// The members' codes.
    members: Vec<String>,
    /// The cost of each coalition at its number; nobody pays nothing.
    costs: Vec<f64>,
    /// What stays each member's own and is no part of what a cost key shares.
    pub(super) own: Vec<f64>,
    /// Of what a cost key shares, what happens once; none where the table does not tell.
    pub(super) one_off: Option<f64>,
}

/// Why a list of coalitions is no cost table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotACostTable {
    /// Nobody to share with.
    #[error("a cost is shared by two members or more, and the table names {0}")]
    TooFew(usize),
    /// Too many coalitions to go through.
    #[error("the table names {0} members; shares are worked out for at most {MOST_MEMBERS}")]
    TooMany(usize),
    /// A row without members.
    #[error("a row names no member")]
    Nobody,
    /// A member who is not in the partnership.
    #[error("{member} is no member of the partnership")]
    Stranger {
        /// The code as written.
        member: String,
    },
    /// One member twice in a row.
    #[error("the coalition {coalition} names a member twice")]
    MemberTwice {
        /// The coalition as written.
        coalition: String,
    },
    /// Two rows for one coalition.
    #[error("the coalition {coalition} has two costs")]
    Twice {
        /// The coalition.
        coalition: String,
    },
    /// A cost that is not a number.
    #[error("the cost of {coalition} is not a number")]
    NotANumber {
        /// The coalition.
        coalition: String,
    },
    /// Coalitions without a cost.
    #[error("{count} of the {all} coalitions have no cost: {first}")]
    Incomplete {
        /// How many lack a cost.
        count: usize,
        /// How many there are.
        all: usize,
        /// The first few of them.
        first: String,
    },
}

impl CostTable {
    /// A table of the members' coalitions, each once, none left out.
    ///
    /// # Errors
    /// [`NotACostTable`], if a coalition is missing, given twice, or cannot be read.
    ///
    /// ```
    /// use penshaw_analyses::cost_shares::{Coalition, CostTable, NotACostTable};
    /// let coalition = |members: &[&str], cost| Coalition {
    ///     members: members.iter().map(|member| member.to_string()).collect(),
    ///     cost,
    /// };
    /// let apart = [coalition(&["A"], 60.0), coalition(&["B"], 50.0)];
    /// let members = ["A".to_owned(), "B".to_owned()];
    /// let refused = CostTable::new(&members, &apart).unwrap_err();
    /// assert_eq!(refused.to_string(), "1 of the 3 coalitions have no cost: A+B");
    /// # assert!(matches!(refused, NotACostTable::Incomplete { .. }));
    /// ```
    pub fn new(members: &[String], coalitions: &[Coalition]) -> Result<Self, NotACostTable> {
        let places = places(members)?;
        let mut costs: Vec<Option<f64>> = vec![None; 1 << members.len()];
        for coalition in coalitions {
            let written = coalition.members.join("+");
            let number = number(coalition, &places)?;
            if !coalition.cost.is_finite() {
                return Err(NotACostTable::NotANumber { coalition: written });
            }
            if costs[number].replace(coalition.cost).is_some() {
                return Err(NotACostTable::Twice { coalition: written });
            }
        }
        costs[0] = Some(0.0);
        let complete: Option<Vec<f64>> = costs.iter().copied().collect();
        match complete {
            Some(costs) => Ok(CostTable::of(members.to_vec(), costs)),
            None => Err(incomplete(members, &costs)),
        }
    }

    /// The members of a list of coalitions, in the order of first mention.
    pub fn members_of(coalitions: &[Coalition]) -> Vec<String> {
        let mut members: Vec<String> = Vec::new();
        for code in coalitions.iter().flat_map(|coalition| &coalition.members) {
            if !members.contains(code) {
                members.push(code.clone());
            }
        }
        members
    }

    /// A table of costs by the coalition's number, nobody's cost first.
    ///
    /// # Errors
    /// [`NotACostTable`], if there is not one finite cost for each coalition of two to twenty members.
    pub fn from_costs(members: &[String], costs: &[f64]) -> Result<Self, NotACostTable> {
        places(members)?;
        let all = (1 << members.len()) - 1;
        let known = costs.len().saturating_sub(1);
        let mut table = CostTable::of(members.to_vec(), costs.to_vec());
        if known != all {
            let first = format!("{known} were given");
            return Err(NotACostTable::Incomplete { count: all.abs_diff(known), all, first });
        }
        if let Some(number) = costs.iter().position(|cost| !cost.is_finite()) {
            return Err(NotACostTable::NotANumber { coalition: table.codes(number).join("+") });
        }
        table.costs[0] = 0.0;
        Ok(table)
    }

    /// A table of costs that are known to be one for each coalition.
    pub(super) fn of(members: Vec<String>, costs: Vec<f64>) -> Self {
        let own = vec![0.0; members.len()];
        CostTable { members, costs, own, one_off: None }
    }

    /// The members' codes.
    pub fn members(&self) -> &[String] {
        &self.members
    }

    /// How many members there are.
    pub fn count(&self) -> usize {
        self.members.len()
    }

    /// The number of the coalition of all members.
    pub fn all(&self) -> usize {
        self.costs.len() - 1
    }

    /// What a coalition pays.
    pub fn cost(&self, coalition: usize) -> f64 {
        self.costs[coalition]
    }

    /// What all pay together.
    pub fn grand(&self) -> f64 {
        self.costs[self.all()]
    }

    /// What a member pays on its own.
    pub fn alone(&self, member: usize) -> f64 {
        self.costs[1 << member]
    }

    /// The costs by coalition, nobody's first.
    pub(super) fn costs(&self) -> &[f64] {
        &self.costs
    }

    /// The least difference that is not rounding: a ten-millionth of the largest cost.
    pub fn tolerance(&self) -> f64 {
        let largest = self.costs.iter().fold(0.0_f64, |largest, cost| largest.max(cost.abs()));
        1e-7 * largest
    }

    /// The codes of a coalition's members.
    pub fn codes(&self, coalition: usize) -> Vec<String> {
        self.places(coalition).map(|place| self.members[place].clone()).collect()
    }

    /// The places of a coalition's members.
    pub(super) fn places(&self, coalition: usize) -> impl Iterator<Item = usize> {
        (0..self.count()).filter(move |place| coalition >> place & 1 == 1)
    }

    /// The table of some of the members alone.
    pub(super) fn among(&self, coalition: usize) -> CostTable {
        let places: Vec<usize> = self.places(coalition).collect();
        let costs = (0..1_usize << places.len()).map(|number| {
            let inside = (0..places.len()).filter(|at| number >> at & 1 == 1);
            self.costs[inside.map(|at| 1 << places[at]).sum::<usize>()]
        });
        CostTable {
            members: self.codes(coalition),
            costs: costs.collect(),
            own: places.iter().map(|place| self.own[*place]).collect(),
            one_off: self.one_off,
        }
    }
}

/// A table of coalitions written with `+`, its members in the order of first mention.
///
/// # Errors
/// As [`CostTable::new`].
pub fn table_from_pairs(pairs: &[(&str, f64)]) -> Result<CostTable, NotACostTable> {
    let coalition = |(written, cost): &(&str, f64)| Coalition {
        members: written.split('+').map(|member| member.trim().to_owned()).collect(),
        cost: *cost,
    };
    let coalitions: Vec<Coalition> = pairs.iter().map(coalition).collect();
    CostTable::new(&CostTable::members_of(&coalitions), &coalitions)
}

fn places(members: &[String]) -> Result<BTreeMap<&str, usize>, NotACostTable> {
    match members.len() {
        count @ (0 | 1) => return Err(NotACostTable::TooFew(count)),
        count if count > MOST_MEMBERS => return Err(NotACostTable::TooMany(count)),
        _ => {}
    }
    Ok(members.iter().enumerate().map(|(place, code)| (code.as_str(), place)).collect())
}

fn number(coalition: &Coalition, places: &BTreeMap<&str, usize>) -> Result<usize, NotACostTable> {
    let mut number = 0;
    for code in &coalition.members {
        let place = places.get(code.as_str());
        let bit = 1 << place.ok_or_else(|| NotACostTable::Stranger { member: code.clone() })?;
        if number & bit != 0 {
            return Err(NotACostTable::MemberTwice { coalition: coalition.members.join("+") });
        }
        number |= bit;
    }
    if number == 0 { Err(NotACostTable::Nobody) } else { Ok(number) }
}

fn incomplete(members: &[String], costs: &[Option<f64>]) -> NotACostTable {
    let lacking: Vec<usize> = (1..costs.len()).filter(|number| costs[*number].is_none()).collect();
    let named = |number: &usize| {
        let inside = members.iter().enumerate().filter(|(place, _)| number >> place & 1 == 1);
        inside.map(|(_, code)| code.as_str()).collect::<Vec<_>>().join("+")
    };
    let mut first: Vec<String> = lacking.iter().take(5).map(named).collect();
    if lacking.len() > first.len() {
        first.push("…".into());
    }
    NotACostTable::Incomplete { count: lacking.len(), all: costs.len() - 1, first: first.join(", ") }
}
