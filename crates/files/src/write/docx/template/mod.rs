//! An authority's own Word template, filled with a document.
//!
//! A template names its places by words typed between two braces, such as `{{purpose_of_report}}`, or by content
//! controls whose tag or title is the name. What it holds besides them stays as it is, byte for byte.

mod adopt;
mod error;
mod fill;
mod line;
mod lists;
mod look;
mod names;
mod package;
mod page;
mod properties;
mod said;
mod spots;
mod styles;
mod tree;

use std::collections::BTreeSet;

use penshaw_basis::Date;
use penshaw_documents::{Block, Citations, Document};

use super::Body;
use super::front::W;
use super::package::{Kind, Parts};
use adopt::Names;
pub use error::TemplateError;
use fill::Filling;
use lists::Lists;
use names::Offered;
use package::{Package, Relation, damaged, highest};
use page::Pages;
use spots::{Spot, Story};
use styles::Styles;
use tree::Tree;

/// The most places of a template; a form has about 30.
const MOST_PLACES: usize = 500;

/// A place of a template, by name, and what stands there.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its name, such as `purpose_of_report`. Letter case, spaces and signs between words do not matter.
    pub name: String,
    /// What stands there.
    pub blocks: Vec<Block>,
}

/// A filled template.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// The Word file.
    pub bytes: Vec<u8>,
    /// Places offered that the template has no room for, in order.
    pub left_over: Vec<String>,
}

/// Fills a template with what is offered for its places.
///
/// `document` gives the file's properties and the numbers of the sources. Figures lead to their sources where the
/// template has the place `sources` or a place that holds their list, and stand as plain words where it has not. The
/// same template, places and day give the same bytes.
///
/// # Errors
/// [`TemplateError`], which says what to do: the template is no Word document that can be read, has no place, or has
/// places that nothing is offered for.
pub fn fill(template: &[u8], document: &Document, places: &[Place], created: Date) -> Result<Filled, TemplateError> {
    let mut package = Package::read(template)?;
    let offered = Offered::of(places);
    let texts = texts(&package)?;
    let read = texts.iter().map(|(name, text)| Story::read(name, text, &offered));
    let stories: Vec<Story> = read.collect::<Result<_, _>>()?;
    stories.iter().try_for_each(|story| of_word(story.name, &story.tree))?;
    let used = used(&stories, &offered)?;
    let styles = Held::of(&package, Kind::Styles, "styles", styles::NONE)?;
    let numbering = Held::of(&package, Kind::Numbering, "numbering", lists::NONE)?;
    let names = names(&stories, &styles, &numbering)?;
    let mut filling = Filling { body: body(document, places), names, offered: &offered };
    filling.body.cited = stories.iter().flat_map(|story| &story.spots).any(|spot| lists_sources(spot, &offered));
    filling.body.pictures = pictures(&stories, &package);
    let mut pages = Pages::default();
    for (place, story) in stories.iter().enumerate() {
        // The first holds the sections, by the last of which headers and footers go.
        pages = if place == 0 { Pages::of(&story.tree) } else { pages.last() };
        if story.spots.is_empty() {
            continue;
        }
        filling.body.parts = Parts::after(relations_before(&package, story.name)?);
        let text = filling.story(story, &pages)?;
        package.put(story.name, text.into_bytes());
        add(&mut package, story.name, std::mem::take(&mut filling.body.parts))?;
    }
    let Names { styles: given, lists, .. } = &filling.names;
    let lists = lists.finish(&numbering.name, &numbering.text, given.uses_bullets)?;
    let given = given.finish(&styles.name, &styles.text)?;
    styles.put(given, &mut package)?;
    numbering.put(lists, &mut package)?;
    properties::set(&mut package, document, created)?;
    Ok(Filled { bytes: package.pack()?, left_over: offered.left_over(&used) })
}

/// The parts that may hold places, the main text first, each with its name.
fn texts(package: &Package) -> Result<Vec<(String, String)>, TemplateError> {
    let mut names = vec![package.main.clone()];
    for kind in ["header", "footer", "footnotes", "endnotes"] {
        names.extend(package.related(kind)?);
    }
    let text = |name: String| {
        let text = package.text(&name)?.ok_or_else(|| damaged(&name, "it is not there"))?.to_owned();
        Ok((name, text))
    };
    names.into_iter().map(text).collect()
}

/// Refuses a part whose elements are not written as Word and LibreOffice write them.
fn of_word(name: &str, tree: &Tree) -> Result<(), TemplateError> {
    match tree.attribute(tree.root(), "xmlns:w") {
        Some(address) if address == W => Ok(()),
        _ => Err(damaged(name, "its elements do not bear the prefix w")),
    }
}

/// The places that the template uses.
///
/// # Errors
/// If it uses none, or names some that are not known.
fn used(stories: &[Story], offered: &Offered) -> Result<Vec<usize>, TemplateError> {
    let stray: Vec<String> = stories.iter().flat_map(|story| story.stray.clone()).collect();
    if !stray.is_empty() {
        return Err(TemplateError::Braces { words: stray });
    }
    let mut seen = BTreeSet::new();
    let unknown = stories.iter().flat_map(|story| &story.unknown);
    let unknown: Vec<String> = unknown.filter(|name| seen.insert(names::plain(name))).cloned().collect();
    if !unknown.is_empty() {
        return Err(TemplateError::Unknown { names: unknown, known: offered.names() });
    }
    let used: Vec<usize> = stories.iter().flat_map(|story| &story.spots).flat_map(Spot::places).collect();
    if used.is_empty() {
        return Err(TemplateError::NoPlace { known: offered.names() });
    }
    if used.len() > MOST_PLACES {
        return Err(TemplateError::TooLarge { what: format!("has {} places", used.len()) });
    }
    Ok(used)
}

/// Our writer, for pages that are not ours.
fn body<'a>(document: &'a Document, places: &[Place]) -> Body<'a> {
    let mut body = Body::new(document, Parts::default(), None);
    // What the places cite beyond the document is numbered after it.
    let mut all = Document { titles: document.titles.clone(), blocks: document.blocks.clone(), ..Document::default() };
    all.blocks.extend(places.iter().flat_map(|place| place.blocks.clone()));
    body.citations = Citations::of(&all);
    body
}

/// Whether a place is to hold the list of sources.
fn lists_sources(spot: &Spot, offered: &Offered) -> bool {
    fn any(blocks: &[Block]) -> bool {
        blocks.iter().any(|block| match block {
            Block::SourceList => true,
            Block::Fields { fields, .. } => fields.iter().any(|(_, blocks)| any(blocks)),
            _ => false,
        })
    }
    spot.takes_blocks() && spot.places().iter().any(|place| any(offered.blocks(*place)))
}

/// The names that things of ours get, none of which the template has.
fn names(stories: &[Story], styles: &Held, numbering: &Held) -> Result<Names, TemplateError> {
    let values = |element: &'static str, attribute: &'static str| {
        stories.iter().flat_map(move |story| attributes(&story.tree, element, attribute))
    };
    let of_styles = package::tree_of(&styles.name, &styles.text)?;
    let lists = values("w:numId", "w:val").chain(attributes(&of_styles, "w:numId", "w:val"));
    let mut lists = Lists::of(&numbering.name, &numbering.text, lists)?;
    let styles = Styles::of(&styles.name, &styles.text, lists.bullets())?;
    lists.follow(&numbering.name, &numbering.text, &styles)?;
    let ids: Vec<String> = values("w:bookmarkStart", "w:id").collect();
    let bookmarks: Vec<String> = values("w:bookmarkStart", "w:name").collect();
    let mut mark = String::new();
    while bookmarks.iter().any(|name| name.starts_with(&format!("{mark}source_"))) {
        mark.push_str("p_");
    }
    Ok(Names { styles, lists, bookmarks: highest(ids.iter().map(String::as_str)), mark })
}

fn attributes(tree: &Tree, element: &str, attribute: &str) -> Vec<String> {
    tree.all().filter(|id| tree.name(*id) == element).filter_map(|id| tree.attribute(id, attribute)).collect()
}

/// How many pictures there are, by the numbers that ours must not have.
fn pictures(stories: &[Story], package: &Package) -> usize {
    let ids: Vec<String> = stories.iter().flat_map(|story| attributes(&story.tree, "wp:docPr", "id")).collect();
    let charts = format!("{}media/chart", package.folder());
    let charts = package.names().filter_map(|name| name.strip_prefix(&charts)?.split('.').next());
    highest(ids.iter().map(String::as_str).chain(charts))
}

/// The highest number of a part's relationships.
fn relations_before(package: &Package, part: &str) -> Result<usize, TemplateError> {
    let relations = package.relations(part)?;
    Ok(highest(relations.iter().filter_map(|relation| relation.id.strip_prefix("rId"))))
}

/// Adds what our writer refers to from a part.
fn add(package: &mut Package, part: &str, parts: Parts) -> Result<(), TemplateError> {
    let folder = package.folder().to_owned();
    let relations = parts.relations().map(|(id, kind, target)| {
        let outside = kind == Kind::Link;
        let target = if outside { target.to_owned() } else { format!("{folder}{target}") };
        Relation { id, kind: kind.relationship(), target, outside }
    });
    package.relate(part, &relations.collect::<Vec<_>>())?;
    for (name, bytes) in parts.into_bytes() {
        let name = format!("{folder}{}", name.trim_start_matches("word/"));
        package.put(&name, bytes);
        package.describe(&[(name, "image/png".to_owned())])?;
    }
    Ok(())
}

/// A part that the text refers to, or an empty one where it has none.
struct Held {
    name: String,
    text: String,
    kind: Kind,
    is_new: bool,
}

impl Held {
    fn of(package: &Package, kind: Kind, name: &str, none: &str) -> Result<Self, TemplateError> {
        let known = package.related(name)?.into_iter().next();
        let text = match &known {
            Some(name) => package.text(name)?,
            None => None,
        };
        let (is_new, text) = (text.is_none(), text.unwrap_or(none).to_owned());
        let name = known.unwrap_or_else(|| format!("{}{name}.xml", package.folder()));
        of_word(&name, &package::tree_of(&name, &text)?)?;
        Ok(Held { name, text, kind, is_new })
    }

    /// Puts the part into the package, if it has changed.
    fn put(&self, text: Option<String>, package: &mut Package) -> Result<(), TemplateError> {
        let Some(text) = text else { return Ok(()) };
        package.put(&self.name, text.into_bytes());
        if !self.is_new {
            return Ok(());
        }
        let main = package.main.clone();
        let id = format!("rId{}", relations_before(package, &main)? + 1);
        let relation = Relation { id, kind: self.kind.relationship(), target: self.name.clone(), outside: false };
        package.relate(&main, &[relation])?;
        package.describe(&[(self.name.clone(), self.kind.content_type().unwrap_or_default())])
    }
}
