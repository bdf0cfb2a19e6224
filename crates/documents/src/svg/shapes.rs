//! The shapes that stand for places: one for each group, told apart in grey too.

use super::canvas::{Canvas, PALETTE};

/// How many shapes there are.
const SHAPES: usize = 6;

/// The paint of a group: filled the first time round the shapes, white with an edge the second.
pub fn paint(group: usize) -> String {
    let colour = PALETTE[group % PALETTE.len()];
    if (group / SHAPES).is_multiple_of(2) {
        format!("fill=\"{colour}\" stroke=\"#ffffff\" stroke-width=\"0.75\"")
    } else {
        format!("fill=\"#ffffff\" stroke=\"{colour}\" stroke-width=\"1.75\"")
    }
}

/// The shape of a group about a centre, about as large as a circle of the radius.
pub fn draw(canvas: &mut Canvas, group: usize, (x, y): (f64, f64), radius: f64, paint: &str) {
    let at = |across: f64, down: f64| (x + across * radius, y + down * radius);
    match group % SHAPES {
        0 => canvas.circle((x, y), radius, paint),
        1 => canvas.rectangle(at(-0.9, -0.9), at(0.9, 0.9), paint),
        2 => canvas.polygon(&[at(0.0, -1.25), at(1.15, 0.85), at(-1.15, 0.85)], paint),
        3 => canvas.polygon(&[at(0.0, -1.3), at(1.3, 0.0), at(0.0, 1.3), at(-1.3, 0.0)], paint),
        4 => canvas.polygon(&[at(0.0, 1.25), at(1.15, -0.85), at(-1.15, -0.85)], paint),
        _ => canvas.polygon(&plus((x, y), radius), paint),
    }
}

/// A ring for a place that is singled out, which is drawn on it.
pub fn ring(canvas: &mut Canvas, centre: (f64, f64), radius: f64) {
    canvas.circle(centre, radius + 3.5, "fill=\"#ffffff\" stroke=\"#1d1d1b\" stroke-width=\"1.5\"");
}

fn plus((x, y): (f64, f64), radius: f64) -> Vec<(f64, f64)> {
    let (long, short) = (radius * 1.2, radius * 0.45);
    let quarter = [(-short, -long), (short, -long), (short, -short)];
    let turned = |turns: usize, (across, down): (f64, f64)| match turns {
        0 => (across, down),
        1 => (-down, across),
        2 => (-across, -down),
        _ => (down, -across),
    };
    let corners = (0..4).flat_map(|turns| quarter.map(|corner| turned(turns, corner)));
    corners.map(|(across, down)| (x + across, y + down)).collect()
}
