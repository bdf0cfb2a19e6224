//! To be drawn.

use super::canvas::Canvas;
use crate::{Chart, RackFront};

pub(super) fn draw(_canvas: &mut Canvas, _chart: &Chart, _racks: &[RackFront]) {}
