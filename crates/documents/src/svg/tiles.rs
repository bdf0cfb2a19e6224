//! To be drawn.

use super::canvas::Canvas;
use crate::{Chart, TileGroup};

pub(super) fn draw(_canvas: &mut Canvas, _chart: &Chart, _measure: &str, _groups: &[TileGroup]) {}
