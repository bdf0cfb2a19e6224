//! The dual simplex method: prices that are right, values made to fit their bounds one by one.

use super::{FEASIBLE, NO_SET, Place, Simplex};

/// What leaves the basis, and to which of its bounds.
enum Leaving {
    Row { row: usize, rises: bool },
    Key { set: usize, rises: bool },
}

impl Simplex {
    /// Pivots until every value is within its bounds, or none can be brought nearer.
    ///
    /// Columns whose reduced cost has the wrong sign wait for the primal method.
    ///
    /// # Errors
    /// A set none of whose columns is allowed.
    pub(super) fn dual(&mut self, most: u64) -> Result<(), usize> {
        while self.pivots < most {
            let Some(leaving) = self.leaving() else { return Ok(()) };
            let (row, rises) = match leaving {
                Leaving::Row { row, rises } => (row, rises),
                Leaving::Key { set, rises } => match self.others[set].first() {
                    Some(&row) => {
                        self.swap_key(set, row as usize);
                        (row as usize, rises)
                    }
                    None => {
                        self.replace_key(set)?;
                        self.revalue();
                        continue;
                    }
                },
            };
            self.fill_tableau_row(row);
            let Some(entering) = self.entering(rises) else { return Ok(()) };
            let column = self.tableau_column(entering);
            let leaves = self.head[row] as usize;
            let (target, to) = match rises {
                true => (self.lower[leaves], Place::Lower),
                false if self.matrix.set[leaves] != NO_SET => (self.upper[leaves], Place::Lower),
                false => (self.upper[leaves], Place::Upper),
            };
            if column[row].abs() < 1e-10 {
                self.refactor();
                self.revalue();
                self.pivots += 1;
                continue;
            }
            let change = (self.value[row] - target) / column[row];
            self.exchange(row, entering, &column, change, to);
        }
        Ok(())
    }

    /// What is furthest out of its bounds, measured by the length of its row (dual steepest edge).
    fn leaving(&self) -> Option<Leaving> {
        let mut best = (0.0, None);
        let excess = |value: f64, column: u32| {
            let column = column as usize;
            let below = self.lower[column] - value;
            let above = value - self.upper[column];
            (below.max(above), below > above)
        };
        for row in 0..self.rows {
            let (excess, rises) = excess(self.value[row], self.head[row]);
            if excess > FEASIBLE {
                let score = excess * excess / length(self.row(row));
                if score > best.0 {
                    best = (score, Some(Leaving::Row { row, rises }));
                }
            }
        }
        for set in 0..self.key.len() {
            let (excess, rises) = excess(self.key_value[set], self.key[set]);
            if excess > FEASIBLE {
                let score = excess * excess / self.key_length(set);
                if score > best.0 {
                    best = (score, Some(Leaving::Key { set, rises }));
                }
            }
        }
        best.1
    }

    fn key_length(&self, set: usize) -> f64 {
        match self.others[set][..] {
            [] => 1e-30,
            [only] => length(self.row(only as usize)),
            _ => {
                let mut sum = vec![0.0; self.rows];
                for &row in &self.others[set] {
                    sum.iter_mut().zip(self.row(row as usize)).for_each(|(sum, amount)| *sum += amount);
                }
                length(&sum)
            }
        }
    }

    /// The column whose reduced cost is first used up; among those that are nearly first, the one with the greatest
    /// entry (Harris 1973).
    fn entering(&self, rises: bool) -> Option<usize> {
        let sign = if rises { -1.0 } else { 1.0 };
        let usable = |column: usize| {
            let fixed = self.upper[column] <= self.lower[column];
            let amount = sign * self.row_of_tableau[column];
            let (amount, reduced) = match self.place[column] {
                Place::Lower => (amount, self.reduced[column]),
                Place::Upper => (-amount, -self.reduced[column]),
                _ => return None,
            };
            (!fixed && amount > 1e-9 && reduced >= -10.0 * self.cost_tolerance).then_some((amount, reduced.max(0.0)))
        };
        let columns = || self.active.iter().filter_map(|&column| Some((column as usize, usable(column as usize)?)));
        let most = columns().map(|(_, (amount, reduced))| (reduced + self.cost_tolerance) / amount);
        let most = most.fold(f64::INFINITY, f64::min);
        let near = columns().filter(|(_, (amount, reduced))| reduced / amount <= most);
        near.max_by(|one, other| one.1.0.total_cmp(&other.1.0)).map(|(column, _)| column)
    }
}

fn length(row: &[f64]) -> f64 {
    row.iter().map(|amount| amount * amount).sum::<f64>().max(1e-30)
}
