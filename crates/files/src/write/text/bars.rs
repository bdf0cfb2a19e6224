//! Bars and tornados as rows of block characters.

use penshaw_documents::{ChartKind, Value};

use crate::write::words::one_line;

/// The longest name printed beside a bar.
const LONGEST_NAME: usize = 28;

/// The least room in which bars are drawn.
const SHORTEST: usize = 10;

/// A span from one end to the other, with its name and what is printed behind it.
struct Span {
    name: String,
    from: f64,
    to: f64,
    behind: String,
}

/// The chart's bars, where it is a chart of bars.
pub(super) fn drawn(kind: &ChartKind, width: usize) -> Option<String> {
    let spans: Vec<Span> = match kind {
        ChartKind::Bars { bars } => {
            let span = |bar: &penshaw_documents::Bar| Span {
                name: one_line(&bar.label),
                from: bar.value.min(0.0),
                to: bar.value.max(0.0),
                behind: short(bar.value),
            };
            bars.iter().map(span).collect()
        }
        ChartKind::Tornado { bands, .. } => {
            let span = |band: &penshaw_documents::Band| Span {
                name: one_line(&band.label),
                from: band.low.min(band.high),
                to: band.low.max(band.high),
                behind: format!("{} to {}", short(band.low), short(band.high)),
            };
            bands.iter().map(span).collect()
        }
        _ => return None,
    };
    rows(&spans, width)
}

/// A row a span, where there are spans and room to draw them.
fn rows(spans: &[Span], width: usize) -> Option<String> {
    let length = |words: &str| words.chars().count();
    let names = spans.iter().map(|span| length(&span.name)).max().unwrap_or(0).min(LONGEST_NAME);
    let behind = spans.iter().map(|span| length(&span.behind)).max().unwrap_or(0);
    let room = width.checked_sub(names + behind + 4).filter(|room| *room >= SHORTEST)?;
    let low = spans.iter().map(|span| span.from).fold(f64::INFINITY, f64::min);
    let high = spans.iter().map(|span| span.to).fold(f64::NEG_INFINITY, f64::max);
    let scale = if high > low { room as f64 / (high - low) } else { 0.0 };
    let place = |value: f64| ((value - low) * scale).round() as usize;
    let mut text = String::new();
    for span in spans {
        let name: String = span.name.chars().take(names).collect();
        let (from, to) = (place(span.from), place(span.to).min(room));
        let drawn = to.saturating_sub(from).max(usize::from(span.to > span.from));
        let row = format!(
            "{name:<names$}  {}{}{}  {}",
            " ".repeat(from.min(room.saturating_sub(drawn))),
            "█".repeat(drawn),
            " ".repeat(room.saturating_sub(from.min(room.saturating_sub(drawn)) + drawn)),
            span.behind
        );
        text.push_str(row.trim_end());
        text.push('\n');
    }
    Some(text)
}

/// A number short enough to stand behind a bar: whole from a hundred up, else to two decimals.
fn short(number: f64) -> String {
    if !number.is_finite() {
        return "–".to_owned();
    }
    let decimals = if number.abs() >= 100.0 || number == number.trunc() { 0 } else { 2 };
    Value::Number { number, decimals }.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_behind_bars_are_grouped_once() {
        assert_eq!([1_827_249.4, -1_234.0, 0.256].map(short), ["1,827,249", "−1,234", "0.26"]);
    }
}
