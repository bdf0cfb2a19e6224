//! The linear relaxation by a simplex method whose basis has a row for each capacity and none for the items.
//!
//! Every set (an item) takes one of its columns in all. One basic column of each set is its *key column* and is left
//! out of the basis matrix: the other basic columns of the set stand there less the key column.
//! Source: G. B. Dantzig, R. M. Van Slyke (1967), "Generalized upper bounding techniques", Journal of Computer and
//! System Sciences 1, 213–226. The basis matrix is kept as a dense inverse: capacities are few.

mod dual;
mod pivot;
mod primal;

use std::sync::Arc;

/// The set of a column that belongs to no item.
pub(super) const NO_SET: u32 = u32::MAX;

/// Where a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Lower,
    Upper,
    Basic(u32),
    Key,
}

/// The columns, shared by the copies of a programme.
#[derive(Clone, Default)]
struct Matrix {
    start: Vec<u32>,
    entry_row: Vec<u32>,
    entry: Vec<f64>,
    cost: Vec<f64>,
    set: Vec<u32>,
}

#[derive(Clone)]
/// A linear programme: least cost, capacity rows `≤`, one column in all of each set, bounded columns without a set.
pub(super) struct Simplex {
    rows: usize,
    right: Vec<f64>,
    matrix: Arc<Matrix>,
    lower: Vec<f64>,
    upper: Vec<f64>,
    place: Vec<Place>,
    /// The basic column of each row of the basis matrix.
    head: Vec<u32>,
    /// The key column of each set.
    key: Vec<u32>,
    /// For each set, the rows of the basis matrix where its other basic columns stand.
    others: Vec<Vec<u32>>,
    inverse: Vec<f64>,
    value: Vec<f64>,
    key_value: Vec<f64>,
    /// The multiplier of each row; not above nought at the optimum.
    price: Vec<f64>,
    reduced: Vec<f64>,
    /// The columns that may be more than nought.
    active: Vec<u32>,
    since_refactored: u32,
    /// How far a reduced cost may be below nought and still count as nought.
    cost_tolerance: f64,
    /// Pivots made so far.
    pub(super) pivots: u64,
    row_of_tableau: Vec<f64>,
    key_products: Vec<f64>,
}

/// How far a value may be out of its bounds and still count as within.
const FEASIBLE: f64 = 1e-9;
/// Pivots between two inversions of the basis.
const REFACTOR: u32 = 120;

impl Simplex {
    /// A programme with a slack and an overflow column for each row; an overflow costs `penalty` a unit, so that there
    /// is always a solution.
    pub(super) fn new(right: Vec<f64>, sets: usize, penalty: f64, cost_tolerance: f64) -> Self {
        let rows = right.len();
        let mut simplex = Self {
            rows,
            right,
            matrix: Arc::new(Matrix { start: vec![0], ..Matrix::default() }),
            lower: Vec::new(),
            upper: Vec::new(),
            place: Vec::new(),
            head: (0..rows as u32).collect(),
            key: vec![NO_SET; sets],
            others: vec![Vec::new(); sets],
            inverse: Vec::new(),
            value: vec![0.0; rows],
            key_value: vec![1.0; sets],
            price: vec![0.0; rows],
            reduced: Vec::new(),
            active: Vec::new(),
            since_refactored: 0,
            cost_tolerance,
            pivots: 0,
            row_of_tableau: Vec::new(),
            key_products: vec![0.0; sets],
        };
        for row in 0..rows {
            simplex.add(NO_SET, 0.0, &[(row, 1.0)], f64::INFINITY);
            simplex.place[row] = Place::Basic(row as u32);
        }
        for row in 0..rows {
            simplex.add(NO_SET, penalty, &[(row, -1.0)], f64::INFINITY);
        }
        simplex
    }

    /// Adds a column, at nought.
    pub(super) fn add(&mut self, set: u32, cost: f64, entries: &[(usize, f64)], upper: f64) -> usize {
        let column = self.columns();
        let matrix = Arc::make_mut(&mut self.matrix);
        for &(row, amount) in entries {
            matrix.entry_row.push(row as u32);
            matrix.entry.push(amount);
        }
        matrix.start.push(matrix.entry.len() as u32);
        matrix.cost.push(cost);
        matrix.set.push(set);
        self.lower.push(0.0);
        self.upper.push(upper);
        self.place.push(Place::Lower);
        self.reduced.push(0.0);
        self.row_of_tableau.push(0.0);
        column
    }

    /// Makes a column the key column of its set, before the first solution.
    pub(super) fn begin_with(&mut self, column: usize) {
        let set = self.matrix.set[column] as usize;
        if self.key[set] != NO_SET {
            self.place[self.key[set] as usize] = Place::Lower;
        }
        self.key[set] = column as u32;
        self.place[column] = Place::Key;
    }

    /// Begins with a basis of these columns as far as they are independent, and of slacks.
    pub(super) fn begin_basis(&mut self, columns: &[usize]) {
        for row in 0..self.rows {
            self.place[self.head[row] as usize] = Place::Lower;
        }
        let slacks = 0..self.rows;
        let chosen = self.independent(columns.iter().copied().chain(slacks));
        for (row, column) in chosen.into_iter().enumerate() {
            self.head[row] = column as u32;
            self.place[column] = Place::Basic(row as u32);
            if self.matrix.set[column] != NO_SET {
                self.others[self.matrix.set[column] as usize].push(row as u32);
            }
        }
    }

    pub(super) fn is_key(&self, column: usize) -> bool {
        self.place[column] == Place::Key
    }

    /// The key columns and the other basic columns.
    pub(super) fn basis(&self) -> (&[u32], &[u32]) {
        (&self.key, &self.head)
    }

    /// The reduced cost of a column that is not in the basis.
    pub(super) fn reduced(&self, column: usize) -> f64 {
        self.reduced[column]
    }

    /// Changes the bounds of a column; a column of a set is allowed (`upper` infinite) or not (`upper` nought).
    pub(super) fn bound(&mut self, column: usize, lower: f64, upper: f64) {
        self.lower[column] = lower;
        self.upper[column] = upper;
        if self.place[column] == Place::Upper && upper.is_infinite() {
            self.place[column] = Place::Lower;
        }
    }

    /// Solves from the basis at hand. A limit of pivots keeps it from going round in circles: what the multipliers then
    /// prove is still true.
    ///
    /// # Errors
    /// A set none of whose columns is allowed.
    pub(super) fn solve(&mut self, pivots: u64) -> Result<(), usize> {
        let most = self.pivots + pivots;
        self.begin()?;
        self.dual(most)?;
        self.primal(most);
        Ok(())
    }

    /// Solves on after columns were forbidden and nothing else was changed.
    ///
    /// # Errors
    /// A set none of whose columns is allowed.
    pub(super) fn solve_tightened(&mut self, pivots: u64) -> Result<(), usize> {
        let most = self.pivots + pivots;
        if self.replace_forbidden_keys()? {
            self.revalue();
        }
        self.dual(most)?;
        self.primal(most);
        Ok(())
    }

    fn begin(&mut self) -> Result<(), usize> {
        let upper = &self.upper;
        let place = &self.place;
        self.active.clear();
        self.active.extend((0..upper.len() as u32).filter(|&column| {
            let column = column as usize;
            upper[column] > self.lower[column] || matches!(place[column], Place::Basic(_) | Place::Key)
        }));
        if self.inverse.is_empty() || self.since_refactored > REFACTOR / 2 {
            self.refactor();
        } else {
            self.reprice();
        }
        self.replace_forbidden_keys()?;
        self.revalue();
        Ok(())
    }

    /// Whether any key column had to be replaced.
    fn replace_forbidden_keys(&mut self) -> Result<bool, usize> {
        let mut replaced = false;
        for set in 0..self.key.len() {
            if self.others[set].is_empty() && self.upper[self.key[set] as usize] == 0.0 {
                self.replace_key(set)?;
                replaced = true;
            }
        }
        Ok(replaced)
    }

    pub(super) fn columns(&self) -> usize {
        self.matrix.cost.len()
    }

    /// What a column is at the solution.
    pub(super) fn at(&self, column: usize) -> f64 {
        match self.place[column] {
            Place::Lower => self.lower[column],
            Place::Upper => self.upper[column],
            Place::Basic(row) => self.value[row as usize],
            Place::Key => self.key_value[self.matrix.set[column] as usize],
        }
    }

    /// What the solution costs.
    pub(super) fn objective(&self) -> f64 {
        let cost = |column: usize| match self.at(column) {
            0.0 => 0.0,
            at => at * self.matrix.cost[column],
        };
        (0..self.columns()).map(cost).sum()
    }

    /// The multipliers, within what makes them prove a bound.
    pub(super) fn prices(&self, penalty: f64) -> Vec<f64> {
        self.price.iter().map(|price| price.clamp(-penalty, 0.0)).collect()
    }

    pub(super) fn set_of(&self, column: usize) -> u32 {
        self.matrix.set[column]
    }

    /// The columns that share a set between them, each with its part.
    pub(super) fn parts_of(&self, set: usize) -> Vec<(usize, f64)> {
        let mut parts = vec![(self.key[set] as usize, self.key_value[set])];
        parts.extend(self.others[set].iter().map(|&row| (self.head[row as usize] as usize, self.value[row as usize])));
        parts.retain(|part| part.1 > 1e-7);
        parts
    }

    /// What a set costs in the relaxation, at the multipliers at hand.
    pub(super) fn level_of(&self, set: usize) -> f64 {
        self.matrix.cost[self.key[set] as usize] - self.product(&self.price, self.key[set] as usize)
    }

    /// What a column uses of the rows, at the multipliers at hand.
    pub(super) fn priced_use(&self, column: usize) -> f64 {
        -self.product(&self.price, column)
    }

    fn entries(&self, column: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let range = self.matrix.start[column] as usize..self.matrix.start[column + 1] as usize;
        self.matrix.entry_row[range.clone()]
            .iter()
            .map(|&row| row as usize)
            .zip(self.matrix.entry[range].iter().copied())
    }

    #[inline]
    fn product(&self, row: &[f64], column: usize) -> f64 {
        let range = self.matrix.start[column] as usize..self.matrix.start[column + 1] as usize;
        let rows = &self.matrix.entry_row[range.clone()];
        let amounts = &self.matrix.entry[range];
        rows.iter().zip(amounts).map(|(&place, amount)| row[place as usize] * amount).sum()
    }

    fn row(&self, row: usize) -> &[f64] {
        &self.inverse[row * self.rows..(row + 1) * self.rows]
    }
}
