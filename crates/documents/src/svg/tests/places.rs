//! Tests of maps, tiles, racks and timelines.

use super::samples::{self, all, odd};
use super::{assert_sound, attribute, chart, number, texts};
use crate::{ChartKind, svg};

/// The tallest that fits on a page of a report under its caption, in picture units.
const PAGE: f64 = 780.0;

fn height(picture: &str) -> f64 {
    number(picture.split('>').next().expect("a root"), "height")
}

fn words(picture: &str) -> Vec<String> {
    texts(picture).into_iter().map(|text| text.words).collect()
}

#[test]
fn maps_tiles_racks_and_timelines_are_drawn_inside_their_edges_without_overlapping_words() {
    for (name, kind) in all() {
        let picture = svg(&chart(kind));
        if let Some(folder) = std::env::var_os("PENSHAW_PICTURES") {
            let file = std::path::Path::new(&folder).join(format!("{name}.svg"));
            std::fs::write(file, &picture).expect("the folder can be written to");
        }
        assert_sound(&picture);
    }
}

#[test]
fn every_picture_fits_on_a_page_of_a_report() {
    for (name, kind) in all() {
        let picture = svg(&chart(kind));
        assert!(height(&picture) <= PAGE, "{name} is {} high", height(&picture));
    }
}

#[test]
fn pictures_of_nothing_and_of_wrong_things_are_drawn_too() {
    for kind in odd() {
        assert_sound(&svg(&chart(kind)));
    }
}

#[test]
fn every_element_that_is_opened_is_closed_and_the_same_chart_gives_the_same_bytes() {
    for kind in all().into_iter().map(|(_, kind)| kind).chain(odd()) {
        let chart = chart(kind);
        let picture = svg(&chart);
        assert_eq!(picture, svg(&chart.clone()));
        let mut open: Vec<&str> = Vec::new();
        for tag in picture.split('<').skip(1) {
            let (inside, _) = tag.split_once('>').expect("a tag ends");
            let name = inside.trim_start_matches('/').split([' ', '/']).next().expect("a tag has a name");
            match (inside.starts_with('/'), inside.ends_with('/')) {
                (true, _) => assert_eq!(open.pop(), Some(name), "{inside}"),
                (false, true) => {}
                (false, false) => open.push(name),
            }
            assert!(inside.matches('"').count().is_multiple_of(2), "{inside}");
        }
        assert!(open.is_empty(), "{open:?}");
    }
}

#[test]
fn a_network_of_fifty_places_is_drawn_whole_and_every_place_is_named() {
    let kind = samples::network();
    let ChartKind::Map { places, connections, .. } = &kind else { unreachable!("a map was made") };
    let picture = svg(&chart(kind.clone()));
    let links = picture.lines().filter(|line| line.starts_with("<polyline")).count();
    let styles = 4;
    assert!((88..=110).contains(&connections.len()), "{}", connections.len());
    assert_eq!(links, connections.len() + styles, "a line each, and a sample a style");
    let words = words(&picture);
    for place in places {
        assert!(picture.contains(&format!("<title>{}</title>", place.label)));
        assert!(words.contains(&place.label), "{} is named", place.label);
    }
}

#[test]
fn every_link_between_two_sites_runs_on_its_own_and_is_named() {
    let kind = samples::two_sites();
    let picture = svg(&chart(kind.clone()));
    let ChartKind::Map { connections, .. } = kind else { unreachable!("a map was made") };
    let lines: Vec<&str> = picture.lines().filter(|line| line.starts_with("<polyline")).collect();
    let paths: std::collections::BTreeSet<&str> = lines.iter().map(|line| attribute(line, "points")).collect();
    assert_eq!(paths.len(), connections.len() + 5, "each runs apart, and each style has a sample");
    let words = words(&picture);
    for connection in &connections {
        assert!(words.contains(&connection.label), "{} in {words:?}", connection.label);
    }
    for said in ["There is another way round", "Nothing goes round it", "Could be added", "Would be added"] {
        assert!(words.iter().any(|words| words == said), "{said}");
    }
}

#[test]
fn names_that_find_no_room_are_numbered_and_listed() {
    let picture = svg(&chart(samples::crowded(30)));
    let words = words(&picture);
    let names = words.iter().filter(|words| words.starts_with("Integrated infrastructure")).count();
    assert!(names >= 30, "every place is named on the map or under it: {words:?}");
    let ones = words.iter().filter(|words| *words == "1").count();
    assert!(ones == 0 || ones == 2, "a number stands at the place and in the list");
}

#[test]
fn tiles_are_shaded_in_five_steps_crossed_where_not_known_and_dotted_where_singled_out() {
    let kind = samples::tiles(&[185, 331]);
    let ChartKind::Tiles { groups, .. } = &kind else { unreachable!("tiles were made") };
    let tiles: Vec<_> = groups.iter().flat_map(|group| &group.tiles).collect();
    let picture = svg(&chart(kind.clone()));
    assert_eq!(picture.matches("<g><title>").count(), tiles.len());
    let shades: std::collections::BTreeSet<&str> =
        picture.lines().filter(|line| line.starts_with("<rect")).map(|line| attribute(line, "fill")).collect();
    assert_eq!(shades.len(), 6, "five steps and white: {shades:?}");
    let unknown = tiles.iter().filter(|tile| tile.weight.is_none()).count();
    assert_eq!(picture.matches("<line").count(), (unknown + 1) * 2, "a cross each, and one in the key");
    let marked = tiles.iter().filter(|tile| tile.marked).count();
    assert_eq!(picture.matches("<circle").count(), marked + 2, "a dot each, and two in the key");
}

#[test]
fn racks_tell_whose_each_block_is_what_is_empty_and_what_overlaps() {
    let picture = svg(&chart(samples::racks(3)));
    assert!(picture.contains("<title>Let to Durham until 1 June 2028 (Durham), U20–29, let and empty</title>"));
    let words = words(&picture);
    for said in ["Durham, let and empty", "Side by side in a thick edge: recorded in the same units", "42", "Switch"] {
        assert!(words.iter().any(|words| words == said), "{said} in {words:?}");
    }
    assert!(words.iter().any(|words| words.starts_with("Not within its rack: Beyond the top")), "{words:?}");
    let edged = picture.lines().filter(|line| line.contains("stroke=\"#b10e1e\"")).count();
    assert_eq!(edged, 3 + 2, "three blocks overlap, and the key shows two");
    assert!(!svg(&chart(samples::racks(1))).contains("#b10e1e"), "nothing overlaps in the first rack");
}

#[test]
fn a_timeline_shows_every_span_every_day_and_what_goes_on() {
    let picture = svg(&chart(samples::timeline(9, 2)));
    assert!(picture.contains("<title>Hosting of revenues and benefits 0: 8 January 2026 to 8 August 2026</title>"));
    let words = words(&picture);
    for said in ["Vesting day, 8 April 2026", "2026", "Notice period", "Jan"] {
        assert!(words.iter().any(|words| words == said), "{said} in {words:?}");
    }
    assert!(!words.iter().any(|words| words == "Goes on beyond the axis"));
    let endless = svg(&chart(samples::endless()));
    assert!(endless.contains(">Goes on beyond the axis<"));
}
