//! Quantile tables that the inner loop reads: straight lines over cells narrow enough not to matter.

use super::curve::Place;
use crate::normal;

/// Bits of a draw's magnitude, below its leading one, that choose a cell: 64 cells an octave.
const FRACTION_BITS: u32 = 6;
const CELLS_IN_OCTAVE: usize = 1 << FRACTION_BITS;
/// Magnitudes are below 2³¹.
const OCTAVES: usize = 31;
const SIDE: usize = 32 * CELLS_IN_OCTAVE;
const CELLS: usize = 2 * SIDE;

/// A function of a uniform draw, tabulated so finely towards both ends that the tails are as good as the middle.
///
/// A draw is an odd signed 32-bit integer `x`; its tail probability is `|x| / 2³²`, of the lower tail where `x` is
/// negative and of the upper where it is positive. A cell is a 64th of an octave of `|x|`, found from the bits of
/// `x` as a float (sign, five bits of exponent, six of fraction), so that no branch and no logarithm is needed.
/// A straight line over such a cell misses the normal quantile by less than 2 × 10⁻⁵ standard deviations anywhere
/// (tested); the least tail probability is 2⁻³², where the normal quantile is 6.2.
///
/// Each line is kept as two numbers, its value at zero and its slope.
pub struct TailTable(Box<[f64; 2 * CELLS]>);

/// Where a draw's line stands in a table: an even number.
#[inline(always)]
pub fn line(x: f64) -> usize {
    let bits = x.to_bits();
    let octave_and_fraction = (bits >> (51 - FRACTION_BITS)) as usize & (2 * SIDE - 2);
    let upper = (bits >> (62 - 5 - FRACTION_BITS)) as usize & (2 * SIDE);
    octave_and_fraction | upper
}

impl TailTable {
    /// Tabulates `value` at the ends of every cell.
    pub fn new(grid: &Grid, mut value: impl FnMut(&Place) -> f64) -> TailTable {
        let mut lines = vec![0.0; 2 * CELLS];
        for upper in [false, true] {
            let sign = if upper { 1.0 } else { -1.0 };
            let mut before: Option<(f64, f64)> = None;
            for place in &grid.tails {
                let x = sign * place.tail * TWO_TO_32;
                let y = value(&place.on_side(upper));
                if let Some((x0, y0)) = before {
                    let slope = (y - y0) / (x - x0);
                    lines[line(x0)] = y0 - slope * x0;
                    lines[line(x0) | 1] = slope;
                }
                before = Some((x, y));
            }
        }
        TailTable(lines.try_into().expect("the vector has one line a cell"))
    }

    /// The function's value at a draw.
    #[inline(always)]
    pub fn at(&self, x: f64) -> f64 {
        self.on_line(line(x), x)
    }

    /// The same where the line is already known.
    #[inline(always)]
    pub fn on_line(&self, line: usize, x: f64) -> f64 {
        let line = line & (2 * CELLS - 2);
        self.0[line] + self.0[line | 1] * x
    }
}

const TWO_TO_32: f64 = 4_294_967_296.0;

/// Cells to a unit of the normal `z`.
const CELLS_IN_UNIT: usize = 64;
/// Functions of a normal are worked out from −8 to 8, beyond which lie 10⁻¹⁵ of all draws, and go on straight from there.
const REACH: usize = 8;
/// Tables hold normals from −16 to 16.
const NORMAL_CELLS: usize = 32 * CELLS_IN_UNIT;
const MIDDLE: usize = NORMAL_CELLS / 2;
/// What is known of a normal before the last draw, itself at most 6.24, may be no larger to stay within the tables.
pub const LARGEST_KNOWN: f64 = 9.7;

/// A function of a normal `z`, tabulated in even cells of 1/64, to be asked by `z / scale`.
///
/// Its lines run through values lowered by a twelfth of the second difference, so that the mean over each cell is
/// right to the fourth order where a plain chord would lean to the outside of the curve.
pub struct NormalTable {
    lines: Box<[f64; 2 * NORMAL_CELLS]>,
    /// Half cells to a unit of the argument.
    fineness: f64,
}

impl NormalTable {
    /// Tabulates `value` at the ends of every cell, for arguments of `z / scale`.
    pub fn new(grid: &Grid, scale: f64, value: impl FnMut(&Place) -> f64) -> NormalTable {
        let values: Vec<f64> = grid.normals.iter().map(value).collect();
        let last = values.len() - 1;
        let levelled = |at: usize| {
            let inner = at.clamp(1, last - 1);
            values[at] - (values[inner + 1] - 2.0 * values[inner] + values[inner - 1]) / 12.0
        };
        let mut lines = vec![0.0; 2 * NORMAL_CELLS];
        for (cell, line) in lines.chunks_exact_mut(2).enumerate() {
            let at = cell.saturating_sub(MIDDLE - REACH * CELLS_IN_UNIT).min(last - 1);
            let slope = (levelled(at + 1) - levelled(at)) * CELLS_IN_UNIT as f64;
            line[0] = levelled(at) - slope * grid.normals[at].z;
            line[1] = slope * scale;
        }
        let lines = lines.try_into().expect("the vector has one line a cell");
        NormalTable { lines, fineness: 2.0 * CELLS_IN_UNIT as f64 * scale }
    }

    /// The function's value at `z = scale × argument`, for `z` from −16 to 16.
    #[inline(always)]
    pub fn at(&self, argument: f64) -> f64 {
        // Adding 1.5 × 2⁵² leaves the rounded sum in the low bits: quicker than a conversion, and the same everywhere.
        const ROUND: f64 = 6_755_399_441_055_744.0;
        let half_cell = (argument * self.fineness + (ROUND + NORMAL_CELLS as f64)).to_bits() as usize;
        let line = half_cell & (2 * NORMAL_CELLS - 2);
        self.lines[line] + self.lines[line | 1] * argument
    }
}

/// The places at which functions are tabulated, worked out once for all tables.
pub struct Grid {
    /// The ends of a tail table's cells, from the least tail to one half, on the lower side.
    tails: Vec<Place>,
    /// The ends of a normal table's cells.
    normals: Vec<Place>,
}

impl Grid {
    pub fn new() -> Grid {
        let mut tails: Vec<Place> = Vec::with_capacity(OCTAVES * CELLS_IN_OCTAVE + 1);
        let mut octave = 1.0 / TWO_TO_32;
        for _ in 0..OCTAVES {
            tails.extend((0..CELLS_IN_OCTAVE).map(|part| lower(octave * (1.0 + part as f64 / CELLS_IN_OCTAVE as f64))));
            octave *= 2.0;
        }
        tails.push(lower(0.5));
        // Half cells are rounded to the nearest, so a cell begins a quarter of one early.
        let end = |at: usize| (at as f64 - (REACH * CELLS_IN_UNIT) as f64 - 0.25) / CELLS_IN_UNIT as f64;
        let normals = (0..=2 * REACH * CELLS_IN_UNIT).map(|at| Place::of_normal(end(at))).collect();
        Grid { tails, normals }
    }

    /// Tail probabilities, from the least tail to one half.
    #[cfg(test)]
    pub fn lower_tails(&self) -> impl Iterator<Item = f64> {
        self.tails.iter().map(|place| place.tail)
    }
}

fn lower(tail: f64) -> Place {
    Place { z: normal::quantile(tail), tail, upper: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Distribution;
    use crate::simulation::curve::Curve;

    /// Odd draws of both signs, a few in every octave.
    fn draws() -> Vec<i32> {
        let magnitudes = (0..31_u32)
            .flat_map(|octave| (0..97_u64).map(move |part| ((1_u64 << octave) + (part << octave) / 97) as i32 | 1));
        magnitudes.flat_map(|magnitude| [magnitude, -magnitude]).collect()
    }

    fn probability(x: i32) -> f64 {
        let tail = f64::from(x).abs() / TWO_TO_32;
        if x < 0 { tail } else { 1.0 - tail }
    }

    #[test]
    fn the_normal_quantile_is_met_in_the_middle_and_in_the_tails() {
        let table = TailTable::new(&Grid::new(), |place| place.z);
        for x in draws() {
            let tail = f64::from(x).abs() / TWO_TO_32;
            let exact = if x < 0 { normal::quantile(tail) } else { -normal::quantile(tail) };
            assert!((table.at(f64::from(x)) - exact).abs() < 2e-5, "{x}");
        }
    }

    #[test]
    fn every_shape_of_range_is_met_by_both_tables() {
        let shapes = [
            Distribution::Triangular { min: -1.0, mode: -0.6, max: 2.0 },
            Distribution::Pert { min: 3.0, mode: 3.2, max: 5.0 },
            Distribution::Pert { min: 3.0, mode: 3.0, max: 5.0 },
            Distribution::Lognormal { mean: 1.0, sd: 0.4 },
            Distribution::Uniform { min: 0.0, max: 7.0 },
        ];
        let grid = Grid::new();
        for shape in shapes {
            let curve = Curve::new(&shape);
            let sd = shape.standard_deviation();
            let by_tail = TailTable::new(&grid, |place| curve.at(place));
            let by_normal = NormalTable::new(&grid, 0.5, |place| curve.at(place));
            for x in draws() {
                let exact = shape.quantile(probability(x));
                let z = normal::quantile(probability(x));
                assert!((by_tail.at(f64::from(x)) - exact).abs() < 5e-5 * sd, "{shape:?} {x}");
                assert!((by_normal.at(z / 0.5) - exact).abs() < 2e-4 * sd, "{shape:?} {z}");
            }
        }
    }
}
