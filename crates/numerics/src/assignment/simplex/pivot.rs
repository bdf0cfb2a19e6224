//! What changes when one column takes another's place in the basis, and the basis anew from its columns.

use super::{NO_SET, Place, Simplex};

impl Simplex {
    /// Inverts the basis matrix, then prices and reduced costs. A basis that has become singular starts again from slacks.
    pub(super) fn refactor(&mut self) {
        self.since_refactored = 0;
        if !self.invert() {
            self.start_from_slacks();
            self.invert();
        }
        self.reprice();
    }

    fn start_from_slacks(&mut self) {
        for row in 0..self.rows {
            self.place[self.head[row] as usize] = Place::Lower;
        }
        self.others.iter_mut().for_each(Vec::clear);
        for row in 0..self.rows {
            self.head[row] = row as u32;
            self.place[row] = Place::Basic(row as u32);
        }
    }

    /// The first columns that are independent of those before, as many as there are rows.
    pub(super) fn independent(&self, candidates: impl Iterator<Item = usize>) -> Vec<usize> {
        let mut chosen: Vec<usize> = Vec::with_capacity(self.rows);
        let mut reduced: Vec<(usize, Vec<f64>)> = Vec::with_capacity(self.rows);
        for column in candidates {
            if chosen.len() == self.rows {
                break;
            }
            let mut entries = vec![0.0; self.rows];
            self.basic_entries(column, |row, amount| entries[row] += amount);
            for (pivot, other) in &reduced {
                let factor = entries[*pivot];
                if factor != 0.0 {
                    subtract(&mut entries, other, factor);
                    entries[*pivot] = 0.0;
                }
            }
            let greatest = (0..self.rows).max_by(|&one, &other| entries[one].abs().total_cmp(&entries[other].abs()));
            let Some(pivot) = greatest.filter(|&pivot| entries[pivot].abs() > 1e-6) else { continue };
            let factor = 1.0 / entries[pivot];
            entries.iter_mut().for_each(|entry| *entry *= factor);
            reduced.push((pivot, entries));
            chosen.push(column);
        }
        chosen
    }

    fn invert(&mut self) -> bool {
        let rows = self.rows;
        let mut matrix = vec![0.0; rows * rows];
        for place in 0..rows {
            self.basic_entries(self.head[place] as usize, |row, amount| matrix[row * rows + place] += amount);
        }
        let mut inverse = vec![0.0; rows * rows];
        (0..rows).for_each(|row| inverse[row * rows + row] = 1.0);
        for column in 0..rows {
            let greatest = (column..rows).max_by(|&one, &other| {
                matrix[one * rows + column].abs().total_cmp(&matrix[other * rows + column].abs())
            });
            let Some(best) = greatest.filter(|&best| matrix[best * rows + column].abs() > 1e-11) else { return false };
            if best != column {
                for place in 0..rows {
                    matrix.swap(best * rows + place, column * rows + place);
                    inverse.swap(best * rows + place, column * rows + place);
                }
            }
            let pivot = 1.0 / matrix[column * rows + column];
            matrix[column * rows..(column + 1) * rows].iter_mut().for_each(|amount| *amount *= pivot);
            inverse[column * rows..(column + 1) * rows].iter_mut().for_each(|amount| *amount *= pivot);
            let own = matrix[column * rows..(column + 1) * rows].to_vec();
            let own_inverse = inverse[column * rows..(column + 1) * rows].to_vec();
            for row in (0..rows).filter(|&row| row != column) {
                let factor = matrix[row * rows + column];
                if factor != 0.0 {
                    subtract(&mut matrix[row * rows..(row + 1) * rows], &own, factor);
                    subtract(&mut inverse[row * rows..(row + 1) * rows], &own_inverse, factor);
                }
            }
        }
        self.inverse = inverse;
        true
    }

    /// The entries of a column as it stands in the basis matrix: less the key column of its set.
    fn basic_entries(&self, column: usize, mut each: impl FnMut(usize, f64)) {
        self.entries(column).for_each(|(row, amount)| each(row, amount));
        if self.matrix.set[column] != NO_SET {
            let key = self.key[self.matrix.set[column] as usize] as usize;
            self.entries(key).for_each(|(row, amount)| each(row, -amount));
        }
    }

    /// Prices and reduced costs from the basis.
    pub(super) fn reprice(&mut self) {
        let mut price = vec![0.0; self.rows];
        for row in 0..self.rows {
            let column = self.head[row] as usize;
            let mut cost = self.matrix.cost[column];
            if self.matrix.set[column] != NO_SET {
                cost -= self.matrix.cost[self.key[self.matrix.set[column] as usize] as usize];
            }
            if cost != 0.0 {
                subtract(&mut price, self.row(row), -cost);
            }
        }
        self.price = price;
        let own = |column: usize| self.matrix.cost[column] - self.product(&self.price, column);
        let of_keys: Vec<f64> = self.key.iter().map(|&key| own(key as usize)).collect();
        let mut reduced = std::mem::take(&mut self.reduced);
        for &column in &self.active {
            let column = column as usize;
            let set = self.matrix.set[column];
            reduced[column] = match self.place[column] {
                Place::Basic(_) | Place::Key => 0.0,
                _ => {
                    self.matrix.cost[column]
                        - self.product(&self.price, column)
                        - of_keys.get(set as usize).unwrap_or(&0.0)
                }
            };
        }
        self.reduced = reduced;
    }

    /// Values of the basic columns from the basis.
    pub(super) fn revalue(&mut self) {
        let mut right = self.right.clone();
        for &key in &self.key {
            self.entries(key as usize).for_each(|(row, amount)| right[row] -= amount);
        }
        for column in 0..self.columns() {
            let value = match self.place[column] {
                Place::Lower => self.lower[column],
                Place::Upper => self.upper[column],
                _ => 0.0,
            };
            if value != 0.0 {
                self.entries(column).for_each(|(row, amount)| right[row] -= amount * value);
            }
        }
        for row in 0..self.rows {
            self.value[row] = self.row(row).iter().zip(&right).map(|(one, other)| one * other).sum();
        }
        for set in 0..self.key.len() {
            let others: f64 = self.others[set].iter().map(|&row| self.value[row as usize]).sum();
            self.key_value[set] = 1.0 - others;
        }
    }

    /// The column of the tableau: how the basic columns fall as `column` rises by one.
    pub(super) fn tableau_column(&self, column: usize) -> Vec<f64> {
        let mut net = vec![0.0; self.rows];
        self.basic_entries(column, |row, amount| net[row] += amount);
        let places: Vec<usize> = (0..self.rows).filter(|&row| net[row] != 0.0).collect();
        let product = |row| {
            let row: &[f64] = self.row(row);
            places.iter().map(|&place| row[place] * net[place]).sum()
        };
        (0..self.rows).map(product).collect()
    }

    /// Fills the row of the tableau for the active columns out of the basis: how `row`'s column falls as each rises.
    pub(super) fn fill_tableau_row(&mut self, row: usize) {
        let mut filled = std::mem::take(&mut self.row_of_tableau);
        let mut products = std::mem::take(&mut self.key_products);
        let own = self.row(row);
        for (product, &key) in products.iter_mut().zip(&self.key) {
            *product = self.product(own, key as usize);
        }
        for &column in &self.active {
            let column = column as usize;
            if matches!(self.place[column], Place::Basic(_) | Place::Key) {
                continue;
            }
            let of_key = products.get(self.matrix.set[column] as usize).unwrap_or(&0.0);
            filled[column] = self.product(own, column) - of_key;
        }
        self.row_of_tableau = filled;
        self.key_products = products;
    }

    /// `entering` takes the place of the basic column of `row`, which goes to a bound.
    ///
    /// The row of the tableau must be filled; `change` is by how much `entering` moves.
    pub(super) fn exchange(&mut self, row: usize, entering: usize, column: &[f64], change: f64, to: Place) {
        let rows = self.rows;
        let entered_value = self.at(entering) + change;
        self.move_values(entering, column, change);
        let step = self.reduced[entering] / column[row];
        for &other in &self.active {
            let other = other as usize;
            if !matches!(self.place[other], Place::Basic(_) | Place::Key) {
                self.reduced[other] -= step * self.row_of_tableau[other];
            }
        }
        let own: Vec<f64> = self.row(row).to_vec();
        subtract(&mut self.price, &own, -step);
        let leaving = self.head[row] as usize;
        self.place[leaving] = to;
        self.reduced[leaving] = -step;
        self.leave_set(leaving, row);
        self.head[row] = entering as u32;
        self.place[entering] = Place::Basic(row as u32);
        self.reduced[entering] = 0.0;
        if self.matrix.set[entering] != NO_SET {
            self.others[self.matrix.set[entering] as usize].push(row as u32);
        }
        self.value[row] = entered_value;
        let own: Vec<f64> = own.iter().map(|amount| amount / column[row]).collect();
        for (place, &factor) in column.iter().enumerate() {
            if place != row && factor != 0.0 {
                subtract(&mut self.inverse[place * rows..(place + 1) * rows], &own, factor);
            }
        }
        self.inverse[row * rows..(row + 1) * rows].copy_from_slice(&own);
        self.count_pivot();
    }

    /// Moves the basic columns as `entering` moves by `change`.
    pub(super) fn move_values(&mut self, entering: usize, column: &[f64], change: f64) {
        for (value, factor) in self.value.iter_mut().zip(column) {
            *value -= change * factor;
        }
        if self.matrix.set[entering] != NO_SET {
            self.key_value[self.matrix.set[entering] as usize] -= change;
        }
        for (row, factor) in column.iter().enumerate() {
            let set = self.matrix.set[self.head[row] as usize];
            if set != NO_SET && *factor != 0.0 {
                self.key_value[set as usize] += change * factor;
            }
        }
    }

    fn leave_set(&mut self, leaving: usize, row: usize) {
        if self.matrix.set[leaving] != NO_SET {
            self.others[self.matrix.set[leaving] as usize].retain(|&other| other != row as u32);
        }
    }

    pub(super) fn count_pivot(&mut self) {
        self.pivots += 1;
        self.since_refactored += 1;
        if self.since_refactored >= super::REFACTOR {
            self.refactor();
            self.revalue();
        }
    }

    /// The key column of a set and its basic column in `row` change places.
    pub(super) fn swap_key(&mut self, set: usize, row: usize) {
        let rows = self.rows;
        let mut own = vec![0.0; rows];
        for &other in &self.others[set] {
            subtract(&mut own, self.row(other as usize), 1.0);
        }
        self.inverse[row * rows..(row + 1) * rows].copy_from_slice(&own);
        std::mem::swap(&mut self.key[set], &mut self.head[row]);
        self.place[self.head[row] as usize] = Place::Basic(row as u32);
        self.place[self.key[set] as usize] = Place::Key;
        std::mem::swap(&mut self.key_value[set], &mut self.value[row]);
    }

    /// Another allowed column takes the place of a key column that stands alone in its set.
    ///
    /// # Errors
    /// The set, if it has no allowed column.
    pub(super) fn replace_key(&mut self, set: usize) -> Result<(), usize> {
        let of_set = self.active.iter().map(|&column| column as usize).filter(|&column| {
            self.matrix.set[column] == set as u32 && self.upper[column] > 0.0 && self.place[column] != Place::Key
        });
        let best = of_set.min_by(|&one, &other| self.reduced[one].total_cmp(&self.reduced[other]));
        match best {
            Some(best) => {
                self.become_key(set, best);
                Ok(())
            }
            None => Err(set),
        }
    }

    /// Makes a column out of the basis the key column of a set that has no other basic column. Values must be found anew.
    pub(super) fn become_key(&mut self, set: usize, column: usize) {
        let level = self.reduced[column];
        let before = self.key[set] as usize;
        for &other in &self.active {
            if self.matrix.set[other as usize] == set as u32 {
                self.reduced[other as usize] -= level;
            }
        }
        self.place[before] = Place::Lower;
        self.reduced[before] = -level;
        self.key[set] = column as u32;
        self.place[column] = Place::Key;
        self.reduced[column] = 0.0;
    }
}

/// `into − factor × row`, in place.
fn subtract(into: &mut [f64], row: &[f64], factor: f64) {
    into.iter_mut().zip(row).for_each(|(into, amount)| *into -= factor * amount);
}
