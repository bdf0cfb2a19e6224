//! What should each pay, and would any be better off apart?
#![doc = include_str!("method.md")]

mod amounts;
mod answer;
mod core;
mod drop_outs;
mod gather;
mod input;
mod json;
mod keys;
mod outcome;
mod present;
mod rule;
mod solutions;
mod table;
mod tables;
#[cfg(test)]
mod tests;

use penshaw_basis::{Basis, Date};
use penshaw_documents::Block;
use penshaw_register::{JointRegister, Kind};

pub use self::core::would_leave;
pub use input::{Coalition, Costs, Input, Member, Rule, RuleLine, Unit};
pub use json::{share, share_costs, share_json};
pub use outcome::{
    Answer, BasisOfCosts, Cannot, DropOut, LeastCore, Leaving, Method, Outcome, RuleNote, Shares, TwoPartners,
    WouldLeave,
};
pub use solutions::{NoSolution, least_core, nucleolus, separable_costs_remaining_benefits, shapley_value};
pub use table::{CostTable, MOST_MEMBERS, NotACostTable, table_from_pairs};

use crate::{Analysis, Missing};

/// What should each pay, and would any be better off apart?
#[derive(Clone, Copy, Debug)]
pub struct CostShares;

impl Analysis for CostShares {
    const NAME: &'static str = "cost-shares";
    const QUESTION: &'static str = "What should each pay, and would any be better off apart?";
    const METHOD: &'static str = include_str!("method.md");
    const VERSION: u32 = 1;
    const ADDS_UP: &'static [(Kind, &'static str)] = &[(Kind::CostLine, "budget")];
    type Input = Input;
    type Outcome = Outcome;

    fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
        gather::gather(joint, on)
    }

    fn analyse(input: &Input, basis: &Basis) -> Outcome {
        let costed = match &input.costs {
            Costs::Table(coalitions) => {
                let codes: Vec<String> = input.members.iter().map(|member| member.code.clone()).collect();
                let table = CostTable::new(&codes, coalitions);
                answer::Costed {
                    table: table.expect("gather refuses a table that is not complete"),
                    basis: BasisOfCosts::Table,
                    cautions: Vec::new(),
                    sources: input.sources.clone(),
                }
            }
            Costs::Rule(rule) => {
                let worked = rule::worked(rule, input, basis);
                answer::Costed {
                    table: worked.table,
                    basis: BasisOfCosts::Rule(worked.note),
                    cautions: worked.cautions,
                    sources: [input.sources.clone(), worked.sources].concat(),
                }
            }
        };
        answer::answer(input, costed)
    }

    fn present(outcome: &Outcome) -> Vec<Block> {
        present::present(outcome)
    }
}
