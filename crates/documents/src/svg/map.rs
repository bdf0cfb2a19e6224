//! To be drawn.

use super::canvas::Canvas;
use crate::{Chart, Connection, Place};

pub(super) fn draw(_canvas: &mut Canvas, _chart: &Chart, _places: &[Place], _connections: &[Connection]) {}
