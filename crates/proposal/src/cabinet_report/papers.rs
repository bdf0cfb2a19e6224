//! Section 10, Background Papers, and the documents that the body relies on.

use penshaw_basis::Source;
use penshaw_documents::{Block, Inline};
use penshaw_register::{
    Alignment, Bid, Consideration, Entry, Evidence, Fit, Held, Impact, JointRegister, Mitigation, Paper, Programme,
    Requirement,
};

use super::ReportInputs;
use super::said::{cited, day, section as numbered_section};

/// A document that an entry names as what shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedPaper {
    /// The document, as the entry names it.
    pub document: String,
    /// The first entry that names it.
    pub by: Source,
}

/// The documents that the body of the report relies on, once each, in the order of their kinds.
pub fn cited_papers(joint: &JointRegister) -> Vec<CitedPaper> {
    let mut papers = Vec::new();
    named::<Impact>(joint, &mut papers, |entry| entry.assessment.as_deref());
    named::<Bid>(joint, &mut papers, |entry| entry.document.as_deref());
    named::<Alignment>(joint, &mut papers, |entry| entry.evidence.as_deref());
    named::<Requirement>(joint, &mut papers, |entry| entry.evidence.as_deref());
    named::<Fit>(joint, &mut papers, |entry| entry.evidence.as_deref());
    named::<Evidence>(joint, &mut papers, |entry| entry.document.as_deref());
    named::<Consideration>(joint, &mut papers, |entry| entry.document.as_deref());
    named::<Programme>(joint, &mut papers, |entry| entry.evidence.as_deref());
    named::<Mitigation>(joint, &mut papers, |entry| entry.evidence.as_deref());
    papers
}

fn named<E: Entry>(joint: &JointRegister, papers: &mut Vec<CitedPaper>, document: impl Fn(&E) -> Option<&str>) {
    for entry in joint.all::<E>() {
        let Some(words) = document(&entry).map(without_place).filter(|words| !words.is_empty()) else {
            continue;
        };
        if !papers.iter().any(|paper| comparable(&paper.document) == comparable(words)) {
            papers.push(CitedPaper { document: words.to_owned(), by: entry.source() });
        }
    }
}

/// The document without the place within it: what stands before ", paragraph 5.5".
fn without_place(document: &str) -> &str {
    let places = [", paragraph", ", para", ", section", ", page", ", p. ", ", annex"];
    let end = places.iter().filter_map(|place| document.to_lowercase().find(place)).min();
    end.and_then(|end| document.get(..end)).unwrap_or(document).trim()
}

/// Letters and digits alone, so that commas and capitals do not part two names of one document.
fn comparable(document: &str) -> String {
    document.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Whether a document is listed among papers: one name holds the other.
pub fn is_listed(document: &str, titles: &[String]) -> bool {
    let document = comparable(document);
    titles
        .iter()
        .map(|title| comparable(title))
        .any(|title| !title.is_empty() && (document.contains(&title) || title.contains(&document)))
}

/// Whether a paper is to be listed: it is relied on, and no published work (SI 2012/2089 reg. 2).
pub(crate) fn is_background_paper(paper: &Paper) -> bool {
    paper.relied_on != Some(false) && paper.published != Some(true)
}

pub fn section(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let papers = inputs.joint.all::<Paper>();
    let relied_on: Vec<&Held<Paper>> = papers.iter().filter(|paper| is_background_paper(paper)).collect();
    let published: Vec<&Held<Paper>> = papers.iter().filter(|paper| paper.published == Some(true)).collect();
    let mut blocks = Vec::new();
    if relied_on.is_empty() {
        blocks.push(Block::words("None are listed."));
    } else {
        blocks.push(Block::words("These papers were relied on to a material extent in writing this report:"));
        blocks.push(list_of(&relied_on));
    }
    if !published.is_empty() {
        blocks.push(Block::words("These published works were used and need not be listed as background papers:"));
        blocks.push(list_of(&published));
    }
    numbered_section("10", "Background Papers", blocks)
}

fn list_of(papers: &[&Held<Paper>]) -> Block {
    Block::List { ordered: false, items: papers.iter().map(|paper| item(paper)).collect() }
}

fn item(paper: &Held<Paper>) -> Vec<Inline> {
    let title = match &paper.href {
        Some(href) if href.starts_with("https://") || href.starts_with("http://") => {
            Inline::Link { text: paper.title.clone(), href: href.clone() }
        }
        _ => cited(&paper.title, &[paper.source()]),
    };
    let author = paper.author.as_deref().map(|author| format!(", {author}"));
    let dated = paper.dated.map(|dated| format!(", {}", day(dated)));
    vec![title, Inline::text(format!("{}{}", author.unwrap_or_default(), dated.unwrap_or_default()))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_known_by_its_name_whatever_the_place_within_it() {
        assert_eq!(without_place("Cabinet report, 18 June 2014, paragraph 5.5"), "Cabinet report, 18 June 2014");
        let titles = ["Equality Impact Assessment (signed)".to_owned()];
        assert!(is_listed("equality impact assessment", &titles));
        assert!(!is_listed("Risk analysis", &titles));
        assert!(!is_listed("Risk analysis", &[]));
    }
}
