//! Tests of every kind of chart: what is drawn, kept inside, escaped and finite.

mod places;
mod samples;

use super::canvas::{SIZE, WIDTH};
use super::text_width;
use crate::{Band, Bar, Chart, ChartKind, Marker, Series, Table, svg};

fn chart(kind: ChartKind) -> Chart {
    Chart {
        id: "a chart".into(),
        caption: "Costs & <benefits>".into(),
        alternative: "The \"joint\" option costs > the other.".into(),
        horizontal: "Net present cost (£)".into(),
        vertical: "Net present cost (£)".into(),
        kind,
        table: Table::new("table", "Costs", Vec::new()),
    }
}

fn bars(values: &[(&str, f64)]) -> Vec<Bar> {
    let bar = |(label, value): &(&str, f64)| Bar { label: (*label).into(), value: *value };
    values.iter().map(bar).collect()
}

const LONG: &str = "Integrated infrastructure, service desk & <applications> support for both authorities";

fn kinds(values: &[f64]) -> Vec<ChartKind> {
    let named: Vec<(&str, f64)> = values.iter().map(|value| (LONG, *value)).collect();
    let short: Vec<(&str, f64)> = values.iter().map(|value| ("Desk & <phones>", *value)).collect();
    let band = |value: &f64| Band { label: LONG.into(), low: -value, high: *value };
    let marker = |value: &f64| Marker { label: "P10".into(), value: *value };
    let series = |place: usize| Series {
        label: format!("{LONG} {place}"),
        values: values.iter().map(|value| value * place as f64).collect(),
    };
    vec![
        ChartKind::Bars { bars: bars(&named) },
        ChartKind::Bridge { bars: bars(&named) },
        ChartKind::Bridge { bars: bars(&short) },
        ChartKind::Lines {
            steps: values.iter().map(|_| "2014/15 & <on>".to_owned()).collect(),
            series: (0..7).map(series).collect(),
        },
        ChartKind::Tornado { middle: values.first().copied().unwrap_or(0.0), bands: values.iter().map(band).collect() },
        ChartKind::Histogram {
            from: values.first().copied().unwrap_or(0.0),
            width: 10_000.0,
            counts: values.iter().map(|value| value.abs() as u64).collect(),
            markers: values.iter().map(marker).collect(),
        },
    ]
}

/// The text of an attribute of an element.
fn attribute<'a>(element: &'a str, name: &str) -> &'a str {
    let start = format!(" {name}=\"");
    let (_, rest) = element.split_once(&start).unwrap_or_else(|| panic!("{name} in {element}"));
    rest.split('"').next().expect("an attribute ends")
}

fn number(element: &str, name: &str) -> f64 {
    attribute(element, name).parse().expect("a coordinate is a number")
}

/// A piece of text of a picture.
struct Text {
    left: f64,
    right: f64,
    /// The height of its foot.
    y: f64,
    size: f64,
    words: String,
}

/// The pieces of text of a picture.
fn texts(picture: &str) -> Vec<Text> {
    let elements = picture.split("<text").skip(1);
    elements
        .map(|element| {
            let (tag, rest) = element.split_once('>').expect("an element ends");
            let words = rest.split("</text>").next().unwrap_or_default();
            let words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            let size = if tag.contains("font-size") { number(tag, "font-size") } else { SIZE };
            let width = text_width(&words, size);
            let x = number(tag, "x");
            let left = match attribute(tag, "text-anchor") {
                "start" => x,
                "middle" => x - width / 2.0,
                _ => x - width,
            };
            Text { left, right: left + width, y: number(tag, "y"), size, words }
        })
        .collect()
}

fn assert_sound(picture: &str) {
    for wrong in ["NaN", "\"inf", "\"-inf", ",inf"] {
        assert!(!picture.contains(wrong), "{wrong} in {picture}");
    }
    assert!(!picture.contains("style") && !picture.contains("<script"), "{picture}");
    assert!(picture.contains("role=\"img\"") && picture.contains("<desc id="));
    let height = number(picture.split('>').next().expect("a root"), "height");
    let texts = texts(picture);
    assert!(!texts.is_empty());
    for Text { left, right, y, size, words } in &texts {
        assert!(*left >= -0.1 && *right <= WIDTH + 0.1, "{words}: {left} to {right}");
        assert!(*y >= size * 0.7 && *y <= height - 2.0, "{words} at {y} of {height}");
    }
    for (place, one) in texts.iter().enumerate() {
        for other in &texts[place + 1..] {
            let beside = one.right <= other.left || other.right <= one.left;
            let apart = beside || (one.y - other.y).abs() > 0.72 * one.size.max(other.size);
            assert!(apart, "{} overlaps {}", one.words, other.words);
        }
    }
}

#[test]
fn every_kind_is_drawn_inside_its_edges_without_overlapping_words() {
    let values = [-310_000.0, 840_000.0, 25_000.0, 1_250.0, -90_000.0];
    for kind in kinds(&values) {
        let picture = svg(&chart(kind));
        assert_sound(&picture);
        assert!(picture.contains("£"), "{picture}");
    }
}

#[test]
fn charts_of_noughts_of_one_value_and_of_nothing_are_drawn() {
    for values in [&[0.0, 0.0, 0.0][..], &[420_000.0], &[-3.5], &[]] {
        for kind in kinds(values) {
            assert_sound(&svg(&chart(kind)));
        }
    }
}

#[test]
fn values_that_are_not_numbers_are_left_out_and_never_drawn() {
    for kind in kinds(&[1_000.0, f64::NAN, f64::INFINITY, -500.0]) {
        assert_sound(&svg(&chart(kind)));
    }
}

#[test]
fn words_are_escaped_in_title_description_and_labels() {
    for kind in kinds(&[1.0, 2.0]) {
        let picture = svg(&chart(kind));
        assert!(picture.contains(">Costs &amp; &lt;benefits&gt;</title>"));
        assert!(picture.contains(">The &quot;joint&quot; option costs &gt; the other.</desc>"));
        assert!(!picture.contains("<benefits>") && !picture.contains("& "));
    }
}

#[test]
fn a_bridge_steps_from_the_first_total_to_the_last() {
    let steps = [("Before", 100_000.0), ("Saved", -40_000.0), ("Added", 15_000.0), ("After", 75_000.0)];
    let picture = svg(&chart(ChartKind::Bridge { bars: bars(&steps) }));
    let boxes: Vec<(f64, f64)> = picture
        .split("<rect")
        .skip(1)
        .filter(|tag| attribute(tag, "fill") != "#ffffff")
        .map(|tag| (number(tag, "y"), number(tag, "y") + number(tag, "height")))
        .collect();
    assert_eq!(boxes[0].0, boxes[1].0, "the first step starts where the total ends");
    assert_eq!(boxes[1].1, boxes[2].1, "the second step starts where the first ends");
    assert_eq!(boxes[2].0, boxes[3].0, "the last total ends where the steps led");
    assert_eq!(boxes[0].1, boxes[3].1, "both totals start from nought");
}

#[test]
fn a_tornado_shows_both_ends_and_the_middle() {
    let bands = vec![Band { label: "Staff cost".into(), low: 50_000.0, high: 150_000.0 }];
    let kind = ChartKind::Tornado { middle: 100_000.0, bands };
    let picture = svg(&chart(kind));
    for words in [">£50k<", ">£150k<", ">Central £100k<"] {
        assert!(picture.contains(words), "{words} in {picture}");
    }
}

#[test]
fn the_same_chart_is_drawn_in_the_same_bytes() {
    for kind in kinds(&[3.0, 1.0, 2.0]) {
        let chart = chart(kind);
        assert_eq!(svg(&chart), svg(&chart.clone()));
    }
}
