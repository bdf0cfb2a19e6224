//! To be drawn.

use super::canvas::Canvas;
use crate::{Chart, DayMarker, Span};

pub(super) fn draw(_canvas: &mut Canvas, _chart: &Chart, _spans: &[Span], _days: &[DayMarker]) {}
