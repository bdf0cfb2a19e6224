//! Are we going the same way at the same pace: each partner's position with its evidence, and how far they stand apart.
#![doc = include_str!("method.md")]

mod divergence;
mod present;

use penshaw_basis::{Basis, Confidence, Date, Source};
use penshaw_documents::Block;
use penshaw_register::{Alignment, JointRegister};
use serde::{Deserialize, Serialize};

pub use divergence::{Thresholds, Verdict, aspect_verdict, divergence, partnership_verdict};

use crate::named::{self, Named};
use crate::with_confidence::judged_in;
use crate::{Analysis, Missing, Need, WithConfidence};

/// The four aspects from which the partnership's verdict is drawn.
pub const SCORED: [&str; 4] = ["stage", "pace", "delivery model", "objectives"];

/// The two aspects that are told beside them.
pub const TOLD: [&str; 2] = ["willingness", "readiness"];

/// Are we going the same way at the same pace?
pub struct AlignmentOfPartners;

/// What the question needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The day on which it is asked, for the thresholds in force.
    pub on: Date,
    /// The partners, in the order of the report.
    pub partners: Vec<Named>,
    /// The areas of joint work.
    #[serde(default)]
    pub areas: Vec<Named>,
    /// The positions that the partners recorded.
    #[serde(default)]
    pub alignments: Vec<WithConfidence<Alignment>>,
}

/// Where the partners stand, and how far apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The partners, in the order of the report.
    pub partners: Vec<Named>,
    /// The verdict on the partnership as a whole.
    pub verdict: Verdict,
    /// The aspects of the service as a whole, then those of single areas.
    pub aspects: Vec<Aspect>,
    /// How each area stands on its own, where a position on it is recorded.
    pub areas: Vec<AreaVerdict>,
    /// Conditions without which a partner would not go on.
    pub deal_breakers: Vec<DealBreaker>,
    /// Positions without which an aspect cannot be judged.
    pub missing: Vec<MissingPosition>,
    /// Whether every partner is willing; nothing where it is not known.
    pub willing: Option<bool>,
    /// Whether every partner is ready; nothing where it is not known.
    pub ready: Option<bool>,
    /// What the levels mean, by aspect.
    pub scale: Vec<Scale>,
    /// The thresholds used; none where the parameter could not be read.
    pub thresholds: Option<Thresholds>,
    /// What the method rests on.
    pub sources: Vec<Source>,
    /// Why parameters could not be read, where they could not.
    pub problems: Vec<String>,
}

/// One aspect of the service or of an area, and where each partner stands on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Aspect {
    /// The aspect.
    pub aspect: String,
    /// The area's reference; nothing for the service as a whole.
    pub area: Option<String>,
    /// What is recorded, by partner and then by day.
    pub positions: Vec<Position>,
    /// The widest gap between two partners as a share of the scale, where every partner has a position that counts.
    pub divergence: Option<f64>,
    /// What the divergence amounts to.
    pub verdict: Verdict,
}

/// What one partner recorded of an aspect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// The partner's code.
    pub authority: String,
    /// The level, from 0 to 4; nothing where it is stated and not scored.
    pub level: Option<f64>,
    /// The position in words.
    pub position: String,
    /// The document that shows it.
    pub evidence: Option<String>,
    /// The document's day.
    pub dated: Option<Date>,
    /// Whether the partner would not go on without it.
    pub deal_breaker: bool,
    /// How sure the level is.
    pub confidence: Confidence,
    /// Whether the divergence is worked out with it.
    pub counts: bool,
    /// Why it does not count.
    pub why_not: Option<String>,
    /// The entry.
    pub source: Source,
}

/// How one area stands on its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AreaVerdict {
    /// The area's reference.
    pub area: String,
    /// Its name.
    pub name: String,
    /// The worst verdict of its aspects.
    pub verdict: Verdict,
}

/// A condition without which a partner would not go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DealBreaker {
    /// The partner's code.
    pub authority: String,
    /// The aspect.
    pub aspect: String,
    /// The area's reference; nothing for the service as a whole.
    pub area: Option<String>,
    /// The condition in words.
    pub position: String,
    /// Whether every partner stands at the same level; nothing where that is not known.
    pub met: Option<bool>,
    /// The entry.
    pub source: Source,
}

/// A position without which an aspect cannot be judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MissingPosition {
    /// The aspect.
    pub aspect: String,
    /// The partner's code.
    pub authority: String,
    /// What is missing of it.
    pub why: String,
}

/// What the levels of an aspect mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// The aspect.
    pub aspect: String,
    /// The question that a level answers.
    pub asks: String,
    /// What the levels 0 to 4 mean.
    pub levels: Vec<String>,
}

impl Outcome {
    /// The aspects of the service as a whole that count towards the verdict.
    pub fn scored(&self) -> impl Iterator<Item = &Aspect> {
        self.aspects.iter().filter(|aspect| aspect.area.is_none() && SCORED.contains(&aspect.aspect.as_str()))
    }

    /// The levels that count, and how many of them are estimated.
    pub fn levels_and_estimates(&self) -> (usize, usize) {
        let positions = self.aspects.iter().flat_map(|aspect| &aspect.positions);
        let counting = positions.filter(|position| position.counts);
        let estimated = |position: &&Position| position.confidence == Confidence::Estimated;
        (counting.clone().count(), counting.filter(estimated).count())
    }

    /// The deal-breakers that are known not to be met.
    pub fn broken(&self) -> impl Iterator<Item = &DealBreaker> {
        self.deal_breakers.iter().filter(|condition| condition.met == Some(false))
    }

    /// The verdict with its reason, as a report would say it.
    pub fn sentence(&self) -> String {
        present::sentence(self)
    }
}

impl Analysis for AlignmentOfPartners {
    const NAME: &'static str = "alignment";
    const QUESTION: &'static str = "Are we going the same way at the same pace?";
    const METHOD: &'static str = include_str!("method.md");
    const VERSION: u32 = 1;
    type Input = Input;
    type Outcome = Outcome;

    fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
        let partners = named::partners(joint);
        if partners.len() < 2 {
            let hint = "name at least two authorities in partnership.toml";
            return Err(Missing::one("two or more partners", "partnership", hint));
        }
        let alignments = judged_in::<Alignment>(joint, "level");
        if alignments.is_empty() {
            let needs = partners.iter().map(needed).collect();
            return Err(Missing { needs });
        }
        let areas = named::areas(joint);
        Ok(Input { on, partners, areas, alignments })
    }

    fn analyse(input: &Input, basis: &Basis) -> Outcome {
        divergence::outcome(input, basis)
    }

    fn present(outcome: &Outcome) -> Vec<Block> {
        present::blocks(outcome)
    }
}

fn needed(partner: &Named) -> Need {
    Need {
        what: format!("where {} stands on {}", partner.name, SCORED.join(", ")),
        of: partner.code.clone(),
        hint: "add to the sheet Alignments, each with a level, a document and its day".into(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use penshaw_register::{Authority, Baseline, PARTNERSHIP, Partnership, Record, join};

    use super::*;

    #[test]
    fn the_cases_hold() {
        crate::cases::run_cases::<AlignmentOfPartners>(include_str!("cases.toml"));
    }

    fn joint(alignments: &[Alignment]) -> JointRegister {
        let authority =
            |code: &str| Authority { code: code.into(), name: format!("{code} Council"), ..Authority::default() };
        let partnership =
            Partnership { authorities: vec![authority("SCC"), authority("DCC")], ..Partnership::default() };
        let records = alignments.iter().map(|entry| Record::of(entry, Confidence::Reported)).collect();
        let baseline = Baseline::freeze(PARTNERSHIP, Date::constant(2014, 6, 18), records);
        join(&partnership, &[baseline], &BTreeMap::new())
    }

    fn pace() -> Alignment {
        Alignment {
            reference: "AL1".into(),
            authority: "SCC".into(),
            aspect: "pace".into(),
            area: None,
            level: Some(3.0),
            position: "Wants the change within two years".into(),
            evidence: Some("Cabinet report".into()),
            dated: Some(Date::constant(2014, 6, 18)),
            deal_breaker: None,
        }
    }

    #[test]
    fn without_a_position_each_partner_is_asked_for_its_own() {
        let missing = AlignmentOfPartners::gather(&joint(&[]), Date::constant(2014, 6, 18)).unwrap_err();
        let asked: Vec<&str> = missing.needs.iter().map(|need| need.of.as_str()).collect();
        assert_eq!(asked, ["SCC", "DCC"]);
    }

    #[test]
    fn one_position_is_enough_to_ask_and_not_enough_to_know() {
        let input = AlignmentOfPartners::gather(&joint(&[pace()]), Date::constant(2014, 6, 18)).unwrap();
        let outcome = AlignmentOfPartners::analyse(&input, &Basis::standard());
        assert_eq!(outcome.verdict, Verdict::NotKnown);
        assert_eq!(outcome.missing.len(), 11);
    }

    #[test]
    fn a_partnerships_own_thresholds_that_cannot_be_read_are_told_and_nothing_is_judged() {
        let text = include_str!("../../../../parameters/alignment/divergence.toml").replace("partly_from = 0.25, ", "");
        let files = BTreeMap::from([("alignment/divergence.toml".to_owned(), text)]);
        let basis = Basis::with_overlay(&files).unwrap();
        let input = AlignmentOfPartners::gather(&joint(&[pace()]), Date::constant(2014, 6, 18)).unwrap();
        let outcome = AlignmentOfPartners::analyse(&input, &basis);
        assert_eq!(outcome.verdict, Verdict::NotKnown);
        assert_eq!(outcome.problems.len(), 1);
    }

    #[test]
    fn a_stored_input_reads_back_as_it_was() {
        let input = AlignmentOfPartners::gather(&joint(&[pace()]), Date::constant(2014, 6, 18)).unwrap();
        let stored = serde_json::to_string(&input).unwrap();
        assert_eq!(serde_json::from_str::<Input>(&stored).unwrap(), input);
    }

    #[test]
    fn with_many_partners_the_table_names_those_at_both_ends() {
        let codes = ["A", "B", "C", "D", "E", "F"];
        let position = |(place, code): (usize, &&str)| WithConfidence {
            entry: Alignment {
                reference: format!("AL{place}"),
                authority: (*code).into(),
                level: Some(if place == 2 { 4.0 } else { 1.0 }),
                ..pace()
            },
            confidence: Confidence::Estimated,
        };
        let input = Input {
            on: Date::constant(2014, 6, 18),
            partners: codes.map(|code| Named::new(code, format!("Council {code}"))).to_vec(),
            areas: Vec::new(),
            alignments: codes.iter().enumerate().map(position).collect(),
        };
        let outcome = AlignmentOfPartners::analyse(&input, &Basis::standard());
        assert_eq!(outcome.levels_and_estimates(), (6, 6));
        let blocks = AlignmentOfPartners::present(&outcome);
        let Some(Block::Table(table)) = blocks.iter().find(|block| matches!(block, Block::Table(_))) else {
            panic!("the first table shows the levels")
        };
        let pace: Vec<String> = table.rows[1].cells.iter().map(|cell| cell.figure.value.to_string()).collect();
        let lowest = "1: Council A, Council B, Council D, Council E and Council F";
        assert_eq!(pace, ["Pace", lowest, "4: Council C", "0.75", "far apart"]);
    }
}
