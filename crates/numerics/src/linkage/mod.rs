//! Record linkage without labels: which records of two lists mean the same thing, each with its probability.
//!
//! Fellegi and Sunter's model with weights learnt by expectation and maximisation: how often two records agree in each
//! comparison if they mean the same, and if not. The words of names have weights of their own: what it tells that a word
//! stands in both names or in one of them is learnt word by word, shrunk towards words that are as rare.
//! Pairs of one record compete, softly: a record may have several that mean the same, but seldom many.
//! Source: I. P. Fellegi, A. B. Sunter (1969), "A theory for record linkage", Journal of the American Statistical
//! Association 64, 1183–1210; W. E. Winkler (1988) for learning the weights by expectation and maximisation.

mod candidates;
mod compare;
mod learn;
mod within;
mod words;

pub use compare::Comparison;
pub use within::{Known, Linked, group, link_within};

/// A record as it is compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The words of its name, in order, in lower case.
    pub words: Vec<String>,
    /// The words of who makes or sells it; none where that is not known.
    pub party: Vec<String>,
    /// The words of what describes it; may be empty.
    pub description: Vec<String>,
    /// An amount that should be alike, such as its price, above nought.
    pub amount: Option<f64>,
}

/// Two records that may mean the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The place of the record in the left list.
    pub left: usize,
    /// The place of the record in the right list.
    pub right: usize,
    /// How probable it is that they mean the same.
    pub probability: f64,
    /// What each comparison says, as natural logarithms of odds: above nought it speaks for the link.
    pub evidence: Vec<(Comparison, f64)>,
}

/// Every pair of a left and a right record that could mean the same, the left ones in order and of each the likeliest first.
///
/// Pairs that share no telling word are not looked at. The same lists give the same links.
///
/// ```
/// use penshaw_numerics::linkage::{Record, link};
/// let record = |name: &str| Record { words: name.split(' ').map(str::to_owned).collect(), ..Record::default() };
/// let left: Vec<Record> = ["council tax live", "housing rents", "planning portal"].map(record).to_vec();
/// let right: Vec<Record> = ["housing rents", "council tax", "payroll"].map(record).to_vec();
/// let links = link(&left, &right);
/// let best: Vec<(usize, usize)> = links.iter().filter(|link| link.probability > 0.5).map(|link| (link.left, link.right)).collect();
/// assert_eq!(best, [(0, 1), (1, 0)]);
/// ```
pub fn link(left: &[Record], right: &[Record]) -> Vec<Link> {
    let vocabulary = words::Vocabulary::new(left, right);
    let pairs = candidates::candidates(&vocabulary);
    if pairs.is_empty() {
        return Vec::new();
    }
    let compared = compare::compare(&vocabulary, (left, right), &pairs);
    let nothing_said = vec![None; pairs.len()];
    let learnt = learn::learn(&vocabulary, &pairs, &compared, &learn::Sides::of(&pairs), &nothing_said);
    learn::links(&pairs, &learnt)
}

#[cfg(test)]
mod tests;
