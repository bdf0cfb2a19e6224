//! Shades of one colour in five steps, told apart in grey: the darker, the more.

use super::canvas::{Canvas, INK};
use super::key::Entry;
use crate::Scale;

/// The shades, from the least to the most.
const SHADES: [&str; 5] = ["#eef4f9", "#b9d3e8", "#7ba9cf", "#3d74a8", "#0f3557"];
/// The thin edge that sets the light shades apart from the ground.
const EDGE: &str = "stroke=\"#4d4d4d\" stroke-width=\"0.6\"";

/// The step of a weight from 0 to 1; none where it is not known.
pub fn step(weight: Option<f64>) -> Option<usize> {
    let weight = weight.filter(|weight| weight.is_finite())?;
    Some(((weight * 5.0 + 1e-9).max(0.0) as usize).min(4))
}

/// The paint of a step; white where it is not known.
pub fn paint(step: Option<usize>) -> String {
    let shade = step.map_or("#ffffff", |step| SHADES[step]);
    format!("fill=\"{shade}\" {EDGE}")
}

/// What stands out on a step.
pub fn contrast(step: Option<usize>) -> &'static str {
    if step.is_some_and(|step| step > 2) { "#ffffff" } else { INK }
}

/// A key's entries of the five steps, each sample drawn by `shape` in its paint.
pub fn entries<'a>(scale: Scale, shape: impl Fn(&mut Canvas, (f64, f64), &str) + Copy + 'a) -> Vec<Entry<'a>> {
    let entry = |step: usize| Entry::shape(words(step, scale), move |canvas, at| shape(canvas, at, &paint(Some(step))));
    (0..SHADES.len()).map(entry).collect()
}

/// From where to where a step goes.
fn words(step: usize, scale: Scale) -> String {
    let edge = |step: usize| {
        let edge = format!("{:.2}", scale.value(step as f64 / SHADES.len() as f64));
        edge.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    let end = match step {
        0 => " (least)",
        4 => " (most)",
        _ => "",
    };
    format!("{} to {}{end}", edge(step), edge(step + 1))
}
