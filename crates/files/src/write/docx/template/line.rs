//! A paragraph of a template as a line of words, with what else stands in it.

use std::ops::Range;

use super::tree::{Edits, Id, Tree};

/// What stands for a content control among a line's words.
pub const CONTROL: &str = "\u{fffc}";

/// A paragraph's words, and what stands between them. Places are counted over the words.
#[derive(Default)]
pub struct Line {
    pub words: String,
    /// The elements that the words come from, each with where its words stand.
    pieces: Vec<(Range<usize>, Id)>,
    /// Content controls that are places.
    pub controls: Vec<(usize, Id)>,
    /// What does not show in the line and is kept when blocks take the place of its words:
    /// bookmarks, floating pictures, page breaks.
    kept: Vec<(usize, Id)>,
    /// Whether it holds anything else, such as a field or a picture in the line.
    pub other: bool,
}

impl Line {
    /// The words of a paragraph, without those of text boxes within it.
    pub fn of(tree: &Tree, paragraph: Id, is_place: impl Fn(Id) -> bool) -> Self {
        let mut line = Line::default();
        let mut id = paragraph + 1;
        while id < tree.after(paragraph) {
            let into = line.add(tree, id, &is_place);
            id = if into { id + 1 } else { tree.after(id) };
        }
        line
    }

    /// Adds an element; whether what it holds is to be added too.
    fn add(&mut self, tree: &Tree, id: Id, is_place: impl Fn(Id) -> bool) -> bool {
        let place = self.words.len();
        match tree.name(id) {
            "w:t" => self.piece(id, tree.words(id)),
            "w:tab" | "w:ptab" => self.piece(id, "\t"),
            "w:noBreakHyphen" => self.piece(id, "-"),
            "w:cr" => self.piece(id, "\n"),
            "w:br" if tree.attribute(id, "w:type").is_none_or(|kind| kind == "textWrapping") => self.piece(id, "\n"),
            "w:br" | "w:commentReference" => self.kept.push((place, id)),
            "w:sdt" if is_place(id) => {
                self.controls.push((place, id));
                self.words.push_str(CONTROL);
            }
            "w:r" | "w:ins" | "w:moveTo" | "w:smartTag" | "w:customXml" | "w:bdo" | "w:dir" | "w:sdtContent" => {
                return true;
            }
            "w:hyperlink" | "w:fldSimple" | "w:sdt" => {
                self.other = true;
                return true;
            }
            "w:pPr"
            | "w:rPr"
            | "w:sdtPr"
            | "w:sdtEndPr"
            | "w:smartTagPr"
            | "w:customXmlPr"
            | "w:proofErr"
            | "w:lastRenderedPageBreak"
            | "w:softHyphen"
            | "w:del"
            | "w:moveFrom" => {}
            "w:drawing" | "w:pict" | "w:object" | "mc:AlternateContent" if floats(tree, id) => {
                self.kept.push((place, id));
            }
            name if is_range_mark(name) => self.kept.push((place, id)),
            _ => self.other = true,
        }
        false
    }

    fn piece(&mut self, id: Id, words: &str) {
        let from = self.words.len();
        self.words.push_str(words);
        self.pieces.push((from..self.words.len(), id));
    }

    /// Whether the line is empty but for what stands at a place.
    pub fn is_only(&self, at: &Range<usize>) -> bool {
        let rest = [&self.words[..at.start], &self.words[at.end..]];
        !self.other && rest.iter().all(|words| words.trim().is_empty())
    }

    /// The elements whose words stand at a place, in order, each with the words before the place
    /// and after it that it keeps.
    pub fn at(&self, at: &Range<usize>) -> Vec<(Id, &str, &str)> {
        let touched = self.pieces.iter().filter(|(piece, _)| piece.start < at.end && piece.end > at.start);
        let kept = |(piece, id): &(Range<usize>, Id)| {
            let before = &self.words[piece.start..at.start.max(piece.start)];
            let after = &self.words[at.end.min(piece.end)..piece.end];
            (*id, before, after)
        };
        touched.map(kept).collect()
    }

    /// The words of each element that some places touch, once words stand at the places, which come in order.
    pub fn replaced(&self, marks: &[(Range<usize>, String)]) -> Vec<(Id, String)> {
        let mut replaced = Vec::new();
        for (piece, id) in &self.pieces {
            let first = marks.partition_point(|(at, _)| at.end <= piece.start);
            let touched = marks[first..].iter().take_while(|(at, _)| at.start < piece.end);
            let (mut words, mut next) = (String::new(), piece.start);
            for (at, with) in touched.clone() {
                if at.start >= piece.start {
                    words.push_str(&self.words[next..at.start]);
                    words.push_str(with);
                }
                next = at.end.min(piece.end);
            }
            words.push_str(&self.words[next..piece.end]);
            if touched.count() > 0 {
                replaced.push((*id, words));
            }
        }
        replaced
    }

    /// What is kept before a place and after it, each as runs and bookmarks with their edits.
    pub fn kept(&self, tree: &Tree, at: &Range<usize>, edits: &Edits) -> (String, String) {
        let (before, after): (Vec<_>, Vec<_>) = self.kept.iter().partition(|(place, _)| *place <= at.start);
        let written = |kept: Vec<&(usize, Id)>| kept.iter().map(|(_, id)| carried(tree, *id, edits)).collect();
        (written(before), written(after))
    }
}

/// A kept element as it stands in a paragraph: bookmarks by themselves, all else in a run.
fn carried(tree: &Tree, id: Id, edits: &Edits) -> String {
    let words = edits.applied(tree.text, tree.whole(id));
    if is_range_mark(tree.name(id)) { words } else { format!("<w:r>{words}</w:r>") }
}

fn is_range_mark(name: &str) -> bool {
    let ends = name.ends_with("Start") || name.ends_with("End");
    ends && ["bookmark", "commentRange", "perm", "moveFromRange", "moveToRange", "customXml"]
        .iter()
        .any(|start| name.strip_prefix("w:").is_some_and(|name| name.starts_with(start)))
}

/// Whether a picture or a text box floats beside the line and does not stand in it.
fn floats(tree: &Tree, id: Id) -> bool {
    tree.within(id).any(|held| {
        tree.name(held) == "wp:anchor"
            || tree.attribute(held, "style").is_some_and(|style| style.replace(' ', "").contains("position:absolute"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> (Line, String) {
        let tree = Tree::of(text).expect("it is sound");
        let line = Line::of(&tree, 1, |id| tree.name(id) == "w:sdt");
        let at = line.words.find("{{x}}").map_or(0..0, |start| start..start + 5);
        let kept = line.kept(&tree, &at, &Edits::default());
        (line, format!("{} | {}", kept.0, kept.1))
    }

    #[test]
    fn words_are_joined_over_runs_and_marks() {
        let text = "<w:p><w:r><w:t>{{</w:t></w:r><w:proofErr/><w:bookmarkStart/><w:r><w:t>x</w:t><w:tab/></w:r>\
                    <w:ins><w:r><w:t>}</w:t></w:r></w:ins><w:del><w:r><w:delText>no</w:delText></w:r></w:del></w:p>";
        let (line, _) = line(text);
        assert_eq!(line.words, "{{x\t}");
        assert!(!line.other);
    }

    #[test]
    fn words_that_replace_others_stand_where_those_began() {
        let (line, _) =
            line("<w:p><w:r><w:t>a {{</w:t></w:r><w:r><w:t>x</w:t></w:r><w:r><w:t>}} {{x}}.</w:t></w:r></w:p>");
        let marks = [(2..7, "one".to_owned()), (8..13, "two".to_owned())];
        let words: Vec<String> = line.replaced(&marks).into_iter().map(|(_, words)| words).collect();
        assert_eq!(words, ["a one", "", " two."]);
    }

    #[test]
    fn a_line_is_only_a_place_whatever_floats_beside_it() {
        let floating = "<w:r><w:drawing><wp:anchor/></w:drawing></w:r>";
        let (line, kept) = line(&format!(
            "<w:p><w:pPr/><w:bookmarkStart/>{floating}<w:r><w:t> {{{{x}}}}</w:t></w:r><w:bookmarkEnd/></w:p>"
        ));
        assert!(line.is_only(&(1..6)));
        assert_eq!(kept, "<w:bookmarkStart/><w:r><w:drawing><wp:anchor/></w:drawing></w:r> | <w:bookmarkEnd/>");
        for other in ["<w:t>a</w:t>", "<w:drawing><wp:inline/></w:drawing>", "<w:fldChar/>"] {
            let text = format!("<w:p><w:r><w:t>{{{{x}}}}</w:t></w:r><w:r>{other}</w:r></w:p>");
            let tree = Tree::of(&text).expect("it is sound");
            assert!(!Line::of(&tree, 1, |_| false).is_only(&(0..5)), "{other}");
        }
    }

    #[test]
    fn a_control_that_is_a_place_stands_as_one_letter() {
        let text =
            "<w:p><w:r><w:t>a</w:t></w:r><w:sdt><w:sdtContent><w:r><w:t>b</w:t></w:r></w:sdtContent></w:sdt></w:p>";
        let (line, _) = line(text);
        assert_eq!((line.words.as_str(), line.controls.len()), ("a\u{fffc}", 1));
        assert_eq!(line.at(&(0..1)), [(3, "", "")]);
    }
}
