//! All that the typesetter may see: the template, one report as data, and four fonts.

use std::path::PathBuf;
use std::sync::LazyLock;

use penshaw_documents::FONTS;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

const TEMPLATE: &str = include_str!("report.typ");

/// What is the same for every report, made once.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    data: FileId,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONTS.into_iter().flat_map(|face| Font::iter(Bytes::new(face))).collect();
    // Row headings and table summaries are tagged by functions that typst keeps behind this.
    let features = [Feature::A11yExtras].into_iter().collect();
    Shared {
        library: LazyHash::new(Library::builder().with_features(features).build()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        template: Source::new(file("/report.typ"), TEMPLATE.to_owned()),
        data: file("/report.json"),
    }
});

fn file(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("the path is sound");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// The fonts of every report.
pub fn fonts() -> &'static [Font] {
    &SHARED.fonts
}

/// The typesetter's world for one report.
pub struct ReportWorld {
    data: Bytes,
}

impl ReportWorld {
    /// The world that holds a report as JSON.
    pub fn new(data: Vec<u8>) -> Self {
        ReportWorld { data: Bytes::new(data) }
    }
}

/// The refusal of any file but the report's own.
fn refused(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.get().vpath().get_without_slash()))
}

impl World for ReportWorld {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHARED.book
    }

    fn main(&self) -> FileId {
        SHARED.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match id == SHARED.template.id() {
            true => Ok(SHARED.template.clone()),
            false => Err(refused(id)),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match id == SHARED.data {
            true => Ok(self.data.clone()),
            false => Err(refused(id)),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHARED.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use typst::layout::Abs;
    use typst::text::{FontVariant, FontVariations};

    #[test]
    fn nothing_but_the_report_and_the_template_can_be_read() {
        let world = ReportWorld::new(b"{}".to_vec());
        assert!(world.file(file("/report.json")).is_ok());
        assert!(world.source(file("/report.typ")).is_ok());
        for path in ["/etc/passwd", "/Cargo.toml", "/other.typ"] {
            assert!(world.file(file(path)).is_err());
            assert!(world.source(file(path)).is_err());
        }
        assert!(world.today(None).is_none());
    }

    #[test]
    fn the_four_faces_are_found_and_hold_the_widths_that_charts_count_on() {
        assert_eq!(fonts().len(), 4);
        let size = Abs::pt(11.0);
        let face = fonts()[0].clone().instantiate(FontVariant::default(), size, &FontVariations::default());
        let face = face.ttf();
        for character in (' '..='~').chain("£–−’‘“”…·×—→é±€".chars()) {
            let glyph = face.glyph_index(character).expect("a glyph");
            let advance = f64::from(face.glyph_hor_advance(glyph).expect("an advance"));
            let taken = penshaw_documents::text_width(&character.to_string(), 2048.0);
            assert_eq!(taken.round(), advance, "{character}");
        }
    }
}
