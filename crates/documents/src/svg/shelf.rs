//! What stands where in a rack: blocks cut to its units, those that overlap side by side.

use crate::{RackBlock, RackFront};

/// The most units that a rack is drawn with; the tallest on the market have about 60.
const MOST: u32 = 120;

/// A rack with its blocks in place.
pub struct Shelf<'a> {
    /// Its name.
    pub label: &'a str,
    /// How many units it is drawn with.
    pub units: u32,
    /// Its blocks, from the foot.
    pub standing: Vec<Standing<'a>>,
    /// Blocks recorded wholly outside its units.
    pub outside: Vec<&'a RackBlock>,
}

/// A block in its place.
pub struct Standing<'a> {
    /// The block.
    pub block: &'a RackBlock,
    /// Its lowest unit within the rack.
    pub from: u32,
    /// Its highest unit within the rack.
    pub to: u32,
    /// Its place from the left among those that overlap.
    pub lane: usize,
    /// How many stand side by side there: one where nothing overlaps.
    pub lanes: usize,
}

/// The racks with their blocks in place.
pub fn shelves(racks: &[RackFront]) -> Vec<Shelf<'_>> {
    racks.iter().map(shelf).collect()
}

fn shelf(rack: &RackFront) -> Shelf<'_> {
    let units = rack.units.clamp(1, MOST);
    let (mut standing, mut outside) = (Vec::new(), Vec::new());
    for block in &rack.blocks {
        let (low, high) = (block.from_unit.min(block.to_unit), block.from_unit.max(block.to_unit));
        if high == 0 || low > units {
            outside.push(block);
        } else {
            standing.push(Standing { block, from: low.max(1), to: high.min(units), lane: 0, lanes: 1 });
        }
    }
    standing.sort_by_key(|standing| (standing.from, standing.to));
    side_by_side(&mut standing);
    Shelf { label: &rack.label, units, standing, outside }
}

/// Gives each block of a run of overlaps the first lane that is free.
fn side_by_side(standing: &mut [Standing]) {
    let mut first = 0;
    while first < standing.len() {
        let mut tops = vec![standing[first].to];
        let mut last = first + 1;
        while last < standing.len() && tops.iter().any(|top| standing[last].from <= *top) {
            let lane = tops.iter().position(|top| *top < standing[last].from).unwrap_or(tops.len());
            if lane == tops.len() {
                tops.push(0);
            }
            tops[lane] = standing[last].to;
            standing[last].lane = lane;
            last += 1;
        }
        standing[first..last].iter_mut().for_each(|block| block.lanes = tops.len());
        first = last;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rack(units: u32, blocks: &[(u32, u32)]) -> RackFront {
        let block = |(from_unit, to_unit): &(u32, u32)| RackBlock {
            label: "Server".into(),
            from_unit: *from_unit,
            to_unit: *to_unit,
            group: "SCC".into(),
            empty: false,
        };
        RackFront { label: "R1".into(), units, blocks: blocks.iter().map(block).collect() }
    }

    fn lanes(rack: &RackFront) -> Vec<(u32, u32, usize, usize)> {
        shelf(rack).standing.iter().map(|block| (block.from, block.to, block.lane, block.lanes)).collect()
    }

    #[test]
    fn blocks_that_overlap_stand_side_by_side_and_others_do_not() {
        let rack = rack(42, &[(1, 4), (3, 6), (5, 8), (10, 12)]);
        assert_eq!(lanes(&rack), [(1, 4, 0, 2), (3, 6, 1, 2), (5, 8, 0, 2), (10, 12, 0, 1)]);
    }

    #[test]
    fn blocks_are_cut_to_the_rack_and_those_outside_it_are_told() {
        let rack = rack(10, &[(9, 14), (20, 22), (0, 0)]);
        assert_eq!(lanes(&rack), [(9, 10, 0, 1)]);
        assert_eq!(shelf(&rack).outside.len(), 2);
    }
}
