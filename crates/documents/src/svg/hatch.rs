//! Fills that are told apart in grey and in print: a colour and a pattern of its own for each group.
//!
//! Patterns are drawn line by line: every program that shows the picture draws lines alike.

use super::canvas::{Canvas, PALETTE, number};

/// The distance between the lines of a pattern.
const PITCH: f64 = 5.0;

/// How the lines of a pattern run.
#[derive(Clone, Copy, PartialEq)]
enum Pattern {
    Solid,
    Rising,
    Falling,
    Crossed,
    Upright,
    Dotted,
}

const PATTERNS: [Pattern; 6] =
    [Pattern::Solid, Pattern::Rising, Pattern::Dotted, Pattern::Falling, Pattern::Upright, Pattern::Crossed];

/// How a group's rectangle is filled.
#[derive(Clone, Copy, PartialEq)]
pub enum Filling {
    /// In its colour, with its pattern in white.
    Full,
    /// White with its pattern in its colour and a dashed edge.
    Empty,
}

/// A rectangle in the colour and the pattern of a group.
///
/// The pattern moves on by one each time the colours start again, so that 36 groups differ.
pub fn rectangle(canvas: &mut Canvas, from: (f64, f64), to: (f64, f64), group: usize, filling: Filling) {
    let colour = PALETTE[group % PALETTE.len()];
    let pattern = PATTERNS[(group + group / PALETTE.len()) % PATTERNS.len()];
    let (ground, lines, pattern) = match (filling, pattern) {
        (Filling::Full, pattern) => (colour, "#ffffff", pattern),
        (Filling::Empty, Pattern::Solid) => ("#ffffff", colour, Pattern::Rising),
        (Filling::Empty, pattern) => ("#ffffff", colour, pattern),
    };
    canvas.rectangle(from, to, &format!("fill=\"{ground}\""));
    let paint = format!("stroke=\"{lines}\" stroke-width=\"1\"");
    match pattern {
        Pattern::Solid => {}
        Pattern::Rising => slanted(canvas, from, to, 1.0, &paint),
        Pattern::Falling => slanted(canvas, from, to, -1.0, &paint),
        Pattern::Crossed => {
            slanted(canvas, from, to, 1.0, &paint);
            slanted(canvas, from, to, -1.0, &paint);
        }
        Pattern::Upright => upright(canvas, from, to, &paint),
        Pattern::Dotted => dotted(canvas, from, to, lines),
    }
    let dash = if filling == Filling::Empty { " stroke-dasharray=\"4 2\"" } else { "" };
    canvas.rectangle(from, to, &format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.25\"{dash}"));
}

/// Lines at half a right angle, rising or falling to the right, cut at the edges.
fn slanted(canvas: &mut Canvas, from: (f64, f64), to: (f64, f64), slope: f64, paint: &str) {
    let (wide, high) = (to.0 - from.0, to.1 - from.1);
    let pitch = PITCH * std::f64::consts::SQRT_2;
    let mut reach = pitch / 2.0;
    while reach < wide + high {
        let (start, end) = ((reach - high).max(0.0), reach.min(wide));
        let height = |x: f64| if slope > 0.0 { from.1 + reach - x } else { to.1 - reach + x };
        canvas.line((from.0 + start, height(start)), (from.0 + end, height(end)), paint);
        reach += pitch;
    }
}

fn upright(canvas: &mut Canvas, from: (f64, f64), to: (f64, f64), paint: &str) {
    let mut x = from.0 + PITCH / 2.0;
    while x < to.0 {
        canvas.line((x, from.1), (x, to.1), paint);
        x += PITCH;
    }
}

/// Dots in rows, drawn as one path however many there are.
fn dotted(canvas: &mut Canvas, from: (f64, f64), to: (f64, f64), colour: &str) {
    let mut path = String::new();
    let rows = (((to.1 - from.1) / PITCH) as usize).max(1);
    let rise = (to.1 - from.1) / rows as f64;
    for row in 0..rows {
        let y = from.1 + rise * (row as f64 + 0.5);
        let mut x = from.0 + if row % 2 == 0 { PITCH * 0.5 } else { PITCH };
        while x < to.0 - 1.0 {
            path.push_str(&format!("M{} {}h1.6v1.6h-1.6z", number(x - 0.8), number(y - 0.8)));
            x += PITCH;
        }
    }
    canvas.path(&path, &format!("fill=\"{colour}\""));
}
