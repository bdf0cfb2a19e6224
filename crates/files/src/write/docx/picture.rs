//! Charts as pictures: SVG drawn at 300 dots an inch with the typeface that the program carries.

use std::sync::{Arc, LazyLock};

use penshaw_documents::{Chart, FONTS};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::write::WriteError;
use crate::write::words::clean;

/// Dots an inch of the picture, and of the SVG's own units.
const DOTS: f32 = 300.0;
const UNITS: f32 = 96.0;

/// English Metric Units an inch, in which Word measures pictures.
const EMU: f32 = 914_400.0;

static TYPEFACE: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for face in FONTS {
        fonts.load_font_data(face.to_vec());
    }
    fonts.set_sans_serif_family("Liberation Sans");
    Arc::new(fonts)
});

/// A chart as PNG, with its size on paper in English Metric Units.
pub struct Picture {
    pub png: Vec<u8>,
    pub width: i64,
    pub height: i64,
}

/// The chart drawn, no wider than `widest` English Metric Units.
pub fn draw(chart: &Chart, widest: i64) -> Result<Picture, WriteError> {
    let failed = |reason: String| WriteError::Chart { chart: chart.id.clone(), reason };
    let options =
        Options { font_family: "Liberation Sans".into(), fontdb: Arc::clone(&TYPEFACE), ..Options::default() };
    let tree =
        Tree::from_str(&clean(&penshaw_documents::svg(chart)), &options).map_err(|error| failed(error.to_string()))?;
    let scale = DOTS / UNITS;
    let (width, height) = (tree.size().width(), tree.size().height());
    let pixels = |length: f32| (length * scale).ceil() as u32;
    let mut pixmap = Pixmap::new(pixels(width), pixels(height)).ok_or_else(|| failed("it has no size".to_owned()))?;
    pixmap.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let png = pixmap.encode_png().map_err(|error| failed(error.to_string()))?;
    let fit = (widest as f32 / (width / UNITS * EMU)).min(1.0);
    let emu = |length: f32| (length / UNITS * EMU * fit).round() as i64;
    Ok(Picture { png, width: emu(width), height: emu(height) })
}
