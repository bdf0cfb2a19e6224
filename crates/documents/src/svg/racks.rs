//! Racks from the front, side by side: each unit at its height, with who takes it.

use crate::{Chart, RackBlock, RackFront};

use super::canvas::{Anchor, Canvas, GREY, LEADING, SIZE, SMALL, WIDTH, Words};
use super::hatch::{self, Filling};
use super::key::{self, Entry, Groups};
use super::shelf::{Shelf, Standing, shelves};
use super::words::{fits, text_width, wrap};

/// The most racks side by side.
const ACROSS: usize = 6;
/// The widest that a rack stands, with its unit numbers.
const SLOT: f64 = 172.0;
/// The room for unit numbers at the left, and for numbers of blocks at the right.
const GUTTER: f64 = 18.0;
/// The height that the racks should take, in one row and in several together.
const HEIGHT: f64 = 460.0;
const HEIGHT_OF_MANY: f64 = 315.0;
/// The tallest that one unit is drawn.
const TALLEST: f64 = 14.0;
/// The size of numbers within a block of one unit.
const NUMBER: f64 = 8.0;
/// How many names are listed under the racks.
const LISTED: usize = 32;
/// The height of a row of them.
const ROW: f64 = 11.5;
const RED: &str = "#b10e1e";

/// How the racks stand in the picture.
struct Layout {
    across: usize,
    slot: f64,
    unit: f64,
}

/// Names that did not fit in their block, by the number that stands there instead.
#[derive(Default)]
struct List(Vec<String>);

impl List {
    /// The number of a name, which is added if it is new.
    fn number(&mut self, name: String) -> String {
        let known = self.0.iter().position(|listed| *listed == name);
        let place = known.unwrap_or_else(|| {
            self.0.push(name);
            self.0.len() - 1
        });
        (place + 1).to_string()
    }
}

/// The racks in rows, the key, and the names that did not fit.
pub fn draw(canvas: &mut Canvas, chart: &Chart, racks: &[RackFront]) {
    let mut y = key::remark(canvas, 2.0, &chart.vertical, 2);
    let groups = Groups::of(racks.iter().flat_map(|rack| &rack.blocks).map(|block| block.group.as_str()));
    let shelves: Vec<Shelf> = shelves(racks);
    y = key::draw(canvas, y, &entries(racks, &groups, &shelves)) + 4.0;
    if racks.is_empty() {
        y = key::remark(canvas, y, "No racks to show.", 1);
    }
    let layout = layout(&shelves);
    let mut list = List::default();
    for row in shelves.chunks(layout.across) {
        y = draw_row(canvas, row, &groups, &layout, &mut list, y) + 12.0;
    }
    y = draw_list(canvas, &list, y);
    for outside in shelves.iter().flat_map(|shelf| &shelf.outside) {
        let words = format!("Not within its rack: {}, {}.", outside.label, units(outside));
        y = key::remark(canvas, y, &words, 2);
    }
    canvas.height = key::remark(canvas, y, &chart.horizontal, 2) + 2.0;
}

fn layout(shelves: &[Shelf]) -> Layout {
    let rows = shelves.len().div_ceil(ACROSS).max(1);
    let across = shelves.len().div_ceil(rows).max(1);
    let tallest = |row: &[Shelf]| row.iter().map(|shelf| shelf.units).max().unwrap_or(1);
    let units: u32 = shelves.chunks(across).map(tallest).sum();
    let height = if rows > 1 { HEIGHT_OF_MANY } else { HEIGHT };
    Layout { across, slot: (WIDTH / across as f64).min(SLOT), unit: (height / f64::from(units.max(1))).min(TALLEST) }
}

/// Racks side by side, their feet on one line; gives the height under them.
fn draw_row(canvas: &mut Canvas, row: &[Shelf], groups: &Groups, layout: &Layout, list: &mut List, top: f64) -> f64 {
    let names: Vec<Vec<String>> = row.iter().map(|shelf| wrap(shelf.label, SIZE, layout.slot - 12.0, 3)).collect();
    let lines = names.iter().map(Vec::len).max().unwrap_or(0);
    let tallest = row.iter().map(|shelf| shelf.units).max().unwrap_or(0);
    let foot = top + lines as f64 * LEADING + 4.0 + f64::from(tallest) * layout.unit;
    for (place, (shelf, name)) in row.iter().zip(&names).enumerate() {
        let left = place as f64 * layout.slot;
        let front = Front {
            left: left + GUTTER,
            right: left + layout.slot - GUTTER,
            foot,
            unit: layout.unit,
            head: foot - f64::from(shelf.units) * layout.unit,
        };
        let middle = front.head - 5.0 - name.len() as f64 * LEADING / 2.0;
        canvas.lines_of_words(front.left, middle, name, Anchor::Start);
        front.draw(canvas, shelf, groups, list);
    }
    foot
}

/// The front of one rack.
struct Front {
    left: f64,
    right: f64,
    head: f64,
    foot: f64,
    unit: f64,
}

impl Front {
    fn draw(&self, canvas: &mut Canvas, shelf: &Shelf, groups: &Groups, list: &mut List) {
        let frame = format!("fill=\"#ffffff\" stroke=\"{GREY}\" stroke-width=\"1.5\"");
        canvas.rectangle((self.left, self.head), (self.right, self.foot), &frame);
        self.unit_numbers(canvas, shelf.units);
        let mut beside = Vec::new();
        for standing in &shelf.standing {
            let (from, to) = self.corners(standing);
            canvas.named(&described(standing.block), |canvas| {
                let filling = if standing.block.empty { Filling::Empty } else { Filling::Full };
                hatch::rectangle(canvas, from, to, groups.place(&standing.block.group), filling);
            });
            beside.extend(name(canvas, standing, (from, to), list));
        }
        for standing in shelf.standing.iter().filter(|standing| standing.lanes > 1) {
            let (from, to) = self.corners(standing);
            canvas.rectangle(from, to, &format!("fill=\"none\" stroke=\"{RED}\" stroke-width=\"2.5\""));
        }
        self.numbers_beside(canvas, beside);
    }

    /// The upper left and the lower right corner of a block.
    fn corners(&self, standing: &Standing) -> ((f64, f64), (f64, f64)) {
        let wide = (self.right - self.left - 2.0) / standing.lanes as f64;
        let left = self.left + 1.0 + wide * standing.lane as f64;
        let height = |unit: u32| self.foot - f64::from(unit) * self.unit;
        ((left + 0.5, height(standing.to) + 0.5), (left + wide - 0.5, height(standing.from - 1) - 0.5))
    }

    /// The first unit, every fifth, and a line at each where there is room.
    fn unit_numbers(&self, canvas: &mut Canvas, units: u32) {
        let every = [5, 10, 20, 50].into_iter().find(|every| f64::from(*every) * self.unit >= 11.0).unwrap_or(100);
        for unit in 1..=units {
            let y = self.foot - (f64::from(unit) - 0.5) * self.unit;
            if self.unit >= 5.0 && unit > 1 {
                let y = y + self.unit / 2.0;
                canvas.grid_line((self.left + 1.0, y), (self.right - 1.0, y), false);
            }
            let top = unit == units && f64::from(unit % every) * self.unit >= 11.0;
            if unit == 1 || unit % every == 0 || top {
                let number = unit.to_string();
                canvas.words(self.left - 3.0, y, &Words::new(&number, Anchor::End).grey().sized(SMALL));
            }
        }
    }

    /// Numbers of blocks too low to hold them, beside the rack and moved apart.
    fn numbers_beside(&self, canvas: &mut Canvas, mut numbers: Vec<(f64, String)>) {
        let gap = NUMBER + 1.0;
        if numbers.len() as f64 * gap > self.foot - self.head {
            return;
        }
        numbers.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut heights: Vec<f64> = numbers.iter().map(|(y, _)| *y).collect();
        let mut edge = self.head - gap / 2.0;
        for y in &mut heights {
            *y = y.max(edge + gap);
            edge = *y;
        }
        let mut edge = self.foot + gap / 2.0;
        for y in heights.iter_mut().rev() {
            *y = y.min(edge - gap);
            edge = *y;
        }
        for ((at, number), y) in numbers.iter().zip(heights) {
            canvas.line((self.right, *at), (self.right + 5.0, y), "stroke=\"#6b6b6b\" stroke-width=\"0.6\"");
            canvas.words(self.right + 6.0, y, &Words::new(number, Anchor::Start).sized(NUMBER));
        }
    }
}

/// The block's name where it fits, else its number; gives the number that must stand beside the rack.
fn name(
    canvas: &mut Canvas,
    standing: &Standing,
    (from, to): ((f64, f64), (f64, f64)),
    list: &mut List,
) -> Option<(f64, String)> {
    let (wide, high) = (to.0 - from.0 - 6.0, to.1 - from.1);
    let (x, y) = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
    let block = standing.block;
    let leading = LEADING * SMALL / SIZE;
    let most = ((high + 2.0) / leading) as usize;
    if most > 0 && fits(&block.label, SMALL, wide, most) {
        let lines = wrap(&block.label, SMALL, wide, most);
        let top = y - leading * (lines.len() as f64 - 1.0) / 2.0;
        for (place, line) in lines.iter().enumerate() {
            let words = Words::new(line, Anchor::Middle).sized(SMALL);
            canvas.words_on_white(x, top + leading * place as f64, &words);
        }
        return None;
    }
    let number = list.number(owned(block));
    if high < NUMBER || text_width(&number, NUMBER) > wide + 4.0 {
        return Some((y, number));
    }
    canvas.words_on_white(x, y, &Words::new(&number, Anchor::Middle).sized(NUMBER));
    None
}

/// What stands in the block and whose it is.
fn owned(block: &RackBlock) -> String {
    if block.group.is_empty() { block.label.clone() } else { format!("{} ({})", block.label, block.group) }
}

/// The same with where it stands and whether it is empty.
fn described(block: &RackBlock) -> String {
    let empty = if block.empty { ", let and empty" } else { "" };
    format!("{}, {}{empty}", owned(block), units(block))
}

fn units(block: &RackBlock) -> String {
    let (from, to) = (block.from_unit.min(block.to_unit), block.from_unit.max(block.to_unit));
    if from == to { format!("U{from}") } else { format!("U{from}–{to}") }
}

fn draw_list(canvas: &mut Canvas, list: &List, top: f64) -> f64 {
    let wide = WIDTH / 2.0;
    let rows = list.0.len().min(LISTED).div_ceil(2);
    for (place, name) in list.0.iter().take(LISTED).enumerate() {
        let (x, y) = ((place / rows.max(1)) as f64 * wide, top + 6.0 + (place % rows.max(1)) as f64 * ROW);
        let number = (place + 1).to_string();
        canvas.words(x + 16.0, y, &Words::new(&number, Anchor::End).sized(SMALL).grey());
        let words = wrap(name, SMALL, wide - 28.0, 1).remove(0);
        canvas.words(x + 20.0, y, &Words::new(&words, Anchor::Start).sized(SMALL));
    }
    let y = top + rows as f64 * ROW + if rows > 0 { 4.0 } else { 0.0 };
    let more = list.0.len().saturating_sub(LISTED);
    if more == 0 { y } else { key::remark(canvas, y, &format!("And {more} more, which the table names."), 1) }
}

/// The groups, full and empty, and the edge of what overlaps.
fn entries<'a>(racks: &'a [RackFront], groups: &Groups<'a>, shelves: &[Shelf]) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    for (group, name) in groups.named() {
        let blocks = || racks.iter().flat_map(|rack| &rack.blocks).filter(|block| block.group == name);
        for (filling, empty, words) in
            [(Filling::Full, false, name.to_owned()), (Filling::Empty, true, format!("{name}, let and empty"))]
        {
            if blocks().any(|block| block.empty == empty) {
                entries.push(Entry::new(words, move |canvas, (x, y)| {
                    hatch::rectangle(canvas, (x - 12.0, y - 6.0), (x + 12.0, y + 6.0), group, filling);
                }));
            }
        }
    }
    if shelves.iter().flat_map(|shelf| &shelf.standing).any(|standing| standing.lanes > 1) {
        entries.push(Entry::new("Side by side in a thick edge: recorded in the same units", |canvas, (x, y)| {
            let paint = format!("fill=\"#ffffff\" stroke=\"{RED}\" stroke-width=\"2.5\"");
            canvas.rectangle((x - 12.0, y - 6.0), (x, y + 6.0), &paint);
            canvas.rectangle((x + 2.0, y - 6.0), (x + 12.0, y + 6.0), &paint);
        }));
    }
    entries
}
