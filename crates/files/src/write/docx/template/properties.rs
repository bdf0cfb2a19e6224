//! A template's properties, made those of the document: its author's name is not given away.

use penshaw_basis::Date;
use penshaw_documents::Document;

use super::TemplateError;
use super::package::{PROPERTIES, Package, Relation, damaged, highest, tree_of, written};
use super::tree::Edits;
use crate::write::docx::package::PACKAGE;
use crate::write::docx::xml::Xml;
use crate::write::words::one_line;

/// The namespaces of the properties.
const NAMESPACES: &[(&str, &str)] = &[
    ("cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("xsi", "http://www.w3.org/2001/XMLSchema-instance"),
];

const NONE: &str = "<cp:coreProperties \
    xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\"></cp:coreProperties>";

/// Where the properties stand in a file that has none.
const USUAL_PART: &str = "docProps/core.xml";

/// Sets title, author, subject, marking and days, and leaves every other property.
pub fn set(package: &mut Package, document: &Document, created: Date) -> Result<(), TemplateError> {
    let relations = package.relations("")?;
    let known = relations.iter().find(|relation| relation.is("core-properties"));
    let part = known.map_or(USUAL_PART.to_owned(), |relation| relation.target.clone());
    let text = with_properties(&part, package.text(&part)?.unwrap_or(NONE), document, created)?;
    package.put(&part, text.into_bytes());
    if known.is_none() {
        let numbers = relations.iter().filter_map(|relation| relation.id.strip_prefix("rId"));
        let id = format!("rId{}", highest(numbers) + 1);
        let kind = format!("{PACKAGE}/relationships/metadata/core-properties");
        package.relate("", &[Relation { id, kind, target: part.clone(), outside: false }])?;
        package.describe(&[(part, PROPERTIES.to_owned())])?;
    }
    Ok(())
}

fn with_properties(part: &str, text: &str, document: &Document, created: Date) -> Result<String, TemplateError> {
    let day = format!("{created}T00:00:00Z");
    let marking = document.marking.as_ref().map(|marking| one_line(&marking.words));
    let mut given = vec![
        ("dc:title", one_line(&document.title)),
        ("dc:creator", one_line(&document.author)),
        ("cp:lastModifiedBy", one_line(&document.author)),
        ("dcterms:created", day.clone()),
        ("dcterms:modified", day),
    ];
    let others = [("dc:subject", Some(one_line(&document.occasion))), ("cp:contentStatus", marking)];
    given.extend(others.into_iter().filter_map(|(name, words)| Some((name, words.filter(|words| !words.is_empty())?))));
    let tree = tree_of(part, text)?;
    let mut edits = Edits::default();
    for (prefix, address) in NAMESPACES {
        tree.declare(prefix, address, &mut edits).map_err(|why| damaged(part, why))?;
    }
    let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_owned();
    let gone = |id: &usize| given.iter().any(|(name, _)| local(name) == tree.local(*id));
    for id in tree.children(tree.root()).filter(gone) {
        edits.put(tree.whole(id), String::new());
    }
    let mut xml = Xml::piece();
    for (name, words) in &given {
        let day = [("xsi:type", "dcterms:W3CDTF")];
        let attributes = if name.starts_with("dcterms:") { &day[..] } else { &[] };
        xml.element(name, attributes, |xml| xml.words(words));
    }
    tree.append(tree.root(), &written(xml), &mut edits);
    Ok(edits.applied(text, 0..text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use penshaw_documents::Marking;

    #[test]
    fn the_documents_properties_take_the_place_of_the_templates() {
        let document = Document {
            title: "Shared ICT".into(),
            author: "Assistant Chief Executive".into(),
            marking: Some(Marking { words: "Draft".into() }),
            ..Document::default()
        };
        let text = "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
                    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:creator>J Smith</dc:creator><dc:subject>Forms</dc:subject>\
                    <cp:lastModifiedBy>J Smith</cp:lastModifiedBy><cp:category>Cabinet</cp:category></cp:coreProperties>";
        let written = with_properties("p", text, &document, jiff::civil::date(2014, 6, 18)).expect("it is written");
        assert!(!written.contains("Smith"));
        assert_eq!(written.matches("Assistant Chief Executive").count(), 2);
        for kept in ["<dc:subject>Forms<", "<cp:category>Cabinet<", "<cp:contentStatus>Draft<", "2014-06-18T00:00:00Z"]
        {
            assert!(written.contains(kept), "{kept}");
        }
        tree_of("p", &written).expect("it is well-formed");
    }
}
