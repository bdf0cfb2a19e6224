//! Lists: our bullets and numbers after the template's own, or in the form of its own list styles.

use super::TemplateError;
use super::package::{highest, tree_of, written};
use super::styles::Styles;
use super::tree::{Edits, Id, Tree};
use crate::write::docx::front::list_level;
use crate::write::docx::xml::Xml;

/// A template without a part of lists.
pub const NONE: &str =
    "<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"></w:numbering>";

/// The numbers of our lists in a template.
pub struct Lists {
    /// The highest number of a list of the template's own.
    before: usize,
    /// The form, and its level, of the template's own numbered lists.
    numbered: Option<(usize, usize)>,
    /// Whether the template's style of bullets has bullets.
    own_bullets: bool,
    /// The highest of our numbers that is used, as our writer counts them; 1 are the bullets.
    used: usize,
}

impl Lists {
    /// The lists of a template, given its part of lists and the numbers that its text uses.
    pub fn of(part: &str, text: &str, used: impl IntoIterator<Item = String>) -> Result<Self, TemplateError> {
        let tree = tree_of(part, text)?;
        let defined = tree.all().filter(|id| tree.name(*id) == "w:num");
        let numbers: Vec<String> = defined.filter_map(|id| tree.attribute(id, "w:numId")).chain(used).collect();
        let before = highest(numbers.iter().map(String::as_str));
        Ok(Lists { before, numbered: None, own_bullets: false, used: 0 })
    }

    /// The template's number of our bullets.
    pub fn bullets(&self) -> usize {
        self.before + 1
    }

    /// Sees which of our list styles have lists of the template's own.
    pub fn follow(&mut self, part: &str, text: &str, styles: &Styles) -> Result<(), TemplateError> {
        let tree = tree_of(part, text)?;
        self.own_bullets = styles.theirs("ListBullet").is_some_and(|style| styles.list(&style).is_some());
        self.numbered = styles.theirs("ListNumber").and_then(|style| {
            let (list, level) = styles.list(&style)?;
            form(&tree, list, level, &style)
        });
        Ok(())
    }

    /// Whether bullets need nothing but their style.
    pub fn own_bullets(&self) -> bool {
        self.own_bullets
    }

    /// The level of numbered lists in the template's own form, where it has one.
    pub fn own_level(&self) -> Option<usize> {
        self.numbered.map(|(_, level)| level)
    }

    /// The template's number of one of our lists.
    pub fn number(&mut self, ours: usize) -> usize {
        self.used = self.used.max(ours);
        self.before + ours
    }

    /// The part with our lists, forms before lists; nothing where none is used.
    pub fn finish(&self, part: &str, text: &str, uses_bullets: bool) -> Result<Option<String>, TemplateError> {
        let last = self.used.max(usize::from(uses_bullets));
        if last == 0 {
            return Ok(None);
        }
        let tree = tree_of(part, text)?;
        let (root, mut edits) = (tree.root(), Edits::default());
        let named = |name: &'static str| tree.children(root).filter(|id| tree.name(*id) == name).collect::<Vec<Id>>();
        let (forms, lists) = (named("w:abstractNum"), named("w:num"));
        let ids: Vec<String> = forms.iter().filter_map(|id| tree.attribute(*id, "w:abstractNumId")).collect();
        let first = highest(ids.iter().map(String::as_str)) + 1;
        let (forms_words, lists_words) = self.written(first, last);
        let end_of = |ids: &[Id]| ids.last().map(|id| tree.whole(*id).end);
        let after_pictures = end_of(&named("w:numPicBullet")).unwrap_or(tree.inside(root).start);
        let is_empty = tree.inside(root).end == tree.whole(root).end;
        if is_empty {
            tree.append(root, &(forms_words + &lists_words), &mut edits);
        } else {
            let place = end_of(&forms).unwrap_or(after_pictures);
            edits.put(place..place, forms_words);
            let place = end_of(&lists).unwrap_or(place);
            edits.put(place..place, lists_words);
        }
        Ok(Some(edits.applied(text, 0..text.len())))
    }

    /// Our two forms, the first of the number given, and our lists up to the last that is used.
    fn written(&self, first: usize, last: usize) -> (String, String) {
        let (mut forms, mut lists) = (Xml::piece(), Xml::piece());
        list_level(&mut forms, &first.to_string(), "bullet", "•", None);
        list_level(&mut forms, &(first + 1).to_string(), "decimal", "%1.", None);
        for list in 1..=last {
            lists.element("w:num", &[("w:numId", &(self.before + list).to_string())], |xml| {
                let (form, level) = if list == 1 { (first, 0) } else { self.numbered.unwrap_or((first + 1, 0)) };
                xml.value("w:abstractNumId", &form.to_string());
                if list > 1 {
                    let level = level.to_string();
                    xml.element("w:lvlOverride", &[("w:ilvl", &level)], |xml| xml.value("w:startOverride", "1"));
                }
            });
        }
        (written(forms), written(lists))
    }
}

/// The form of a list and the level that a style uses, where the form has levels of its own.
fn form(tree: &Tree, list: usize, level: usize, style: &str) -> Option<(usize, usize)> {
    let numbered = |name: &str, attribute: &str, number: usize| {
        let number = number.to_string();
        tree.children(tree.root())
            .find(|id| tree.name(*id) == name && tree.attribute(*id, attribute).as_deref() == Some(number.as_str()))
    };
    let form = tree.value_of(numbered("w:num", "w:numId", list)?, "w:abstractNumId")?.parse().ok()?;
    let form_of = numbered("w:abstractNum", "w:abstractNumId", form)?;
    let levels: Vec<Id> = tree.children(form_of).filter(|id| tree.name(*id) == "w:lvl").collect();
    let of_style = levels.iter().find(|id| tree.value_of(**id, "w:pStyle").as_deref() == Some(style));
    let own = of_style.and_then(|id| tree.attribute(*id, "w:ilvl")?.parse().ok());
    (!levels.is_empty()).then_some((form, own.unwrap_or(level)))
}

#[cfg(test)]
mod tests {
    use super::super::styles;
    use super::*;

    fn numbering(inside: &str) -> String {
        NONE.replace("</w:numbering>", &format!("{inside}</w:numbering>"))
    }

    /// The names and numbers of what a part of lists holds, in order.
    fn held(text: &str) -> Vec<String> {
        let tree = Tree::of_part(text).expect("it is sound");
        let number = |id| tree.attribute(id, "w:abstractNumId").or_else(|| tree.attribute(id, "w:numId"));
        tree.children(tree.root()).map(|id| format!("{} {}", tree.local(id), number(id).unwrap_or_default())).collect()
    }

    #[test]
    fn our_lists_come_after_the_templates_and_forms_before_lists() {
        let text = numbering(
            "<w:abstractNum w:abstractNumId=\"4\"/><w:num w:numId=\"2\"><w:abstractNumId w:val=\"4\"/></w:num>\
             <w:numIdMacAtCleanup w:val=\"1\"/>",
        );
        // The text uses a list that is not there: it must stay without one.
        let mut lists = Lists::of("n", &text, ["5".to_owned()]).expect("it is sound");
        assert_eq!((lists.bullets(), lists.number(3)), (6, 8));
        let text = lists.finish("n", &text, false).expect("it is written").expect("there are lists");
        let expected = [
            "abstractNum 4",
            "abstractNum 5",
            "abstractNum 6",
            "num 2",
            "num 6",
            "num 7",
            "num 8",
            "numIdMacAtCleanup ",
        ];
        assert_eq!(held(&text), expected);
    }

    #[test]
    fn a_template_without_lists_is_given_ours_only_where_they_are_used() {
        let mut lists = Lists::of("n", "<w:numbering/>", []).expect("it is sound");
        assert!(lists.finish("n", "<w:numbering/>", false).expect("it is written").is_none());
        lists.number(1);
        let text = lists.finish("n", "<w:numbering/>", false).expect("it is written").expect("there are lists");
        assert_eq!(held(&text), ["abstractNum 1", "abstractNum 2", "num 1"]);
    }

    #[test]
    fn numbered_lists_take_the_form_of_the_templates_style_and_begin_from_one() {
        let text = numbering(
            "<w:abstractNum w:abstractNumId=\"9\"><w:lvl w:ilvl=\"1\"><w:pStyle w:val=\"ListNumber\"/></w:lvl></w:abstractNum>\
             <w:num w:numId=\"3\"><w:abstractNumId w:val=\"9\"/></w:num>",
        );
        let style = "<w:style w:type=\"paragraph\" w:styleId=\"ListNumber\"><w:name w:val=\"List Number\"/>\
                     <w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style>";
        let of_styles = styles::NONE.replace("</w:styles>", &format!("{style}</w:styles>"));
        let mut lists = Lists::of("n", &text, []).expect("it is sound");
        let styles = Styles::of("s", &of_styles, lists.bullets()).expect("they are sound");
        lists.follow("n", &text, &styles).expect("it is sound");
        assert_eq!((lists.own_level(), lists.own_bullets(), lists.number(2)), (Some(1), false, 5));
        let text = lists.finish("n", &text, false).expect("it is written").expect("there are lists");
        assert!(text.contains(
            "<w:num w:numId=\"5\"><w:abstractNumId w:val=\"9\"/><w:lvlOverride w:ilvl=\"1\"><w:startOverride w:val=\"1\"/>"
        ));
    }
}
