//! The primal simplex method: values that fit, made cheaper by columns that were added or allowed since.

use super::{FEASIBLE, NO_SET, Place, Simplex};

/// What stops a column that rises or falls.
enum Stop {
    Own,
    Row { row: usize, to: Place },
    Key { set: usize },
}

impl Simplex {
    /// Pivots until no column can make it cheaper.
    pub(super) fn primal(&mut self, most: u64) {
        while self.pivots < most {
            let Some(entering) = self.cheapening() else { return };
            let rises = self.place[entering] == Place::Lower;
            let direction = if rises { 1.0 } else { -1.0 };
            let column = self.tableau_column(entering);
            let (step, stop) = self.stop(entering, &column, direction);
            let Some(stop) = stop else { return };
            match stop {
                Stop::Own => {
                    self.move_values(entering, &column, direction * step);
                    self.place[entering] = if rises { Place::Upper } else { Place::Lower };
                    self.pivots += 1;
                }
                Stop::Row { row, to } => {
                    self.fill_tableau_row(row);
                    self.exchange(row, entering, &column, direction * step, to);
                }
                Stop::Key { set } => match self.others[set].first() {
                    Some(&row) => {
                        self.swap_key(set, row as usize);
                        let column = self.tableau_column(entering);
                        self.fill_tableau_row(row as usize);
                        self.exchange(row as usize, entering, &column, direction * step, Place::Lower);
                    }
                    None => {
                        self.become_key(set, entering);
                        self.revalue();
                        self.count_pivot();
                    }
                },
            }
        }
    }

    fn cheapening(&self) -> Option<usize> {
        let gain = |column: usize| {
            if self.upper[column] <= self.lower[column] {
                return 0.0;
            }
            match self.place[column] {
                Place::Lower => -self.reduced[column],
                Place::Upper => self.reduced[column],
                _ => 0.0,
            }
        };
        let gains = self.active.iter().map(|&column| (column as usize, gain(column as usize)));
        let best = gains.max_by(|one, other| one.1.total_cmp(&other.1))?;
        (best.1 > self.cost_tolerance).then_some(best.0)
    }

    fn stop(&self, entering: usize, column: &[f64], direction: f64) -> (f64, Option<Stop>) {
        let mut least = self.upper[entering] - self.lower[entering];
        let mut stop = least.is_finite().then_some(Stop::Own);
        let mut greatest = 0.0;
        let mut consider = |room: f64, rate: f64, what: Stop| {
            let step = room.max(0.0) / rate;
            if step < least - FEASIBLE || (step <= least + FEASIBLE && rate > greatest) {
                least = least.min(step);
                greatest = rate;
                stop = Some(what);
            }
        };
        let mut of_keys = vec![0.0; self.key.len()];
        for (row, factor) in column.iter().enumerate() {
            let head = self.head[row] as usize;
            let rate = direction * factor;
            if rate > 1e-9 {
                consider(self.value[row] - self.lower[head], rate, Stop::Row { row, to: Place::Lower });
            } else if rate < -1e-9 && self.upper[head].is_finite() {
                let to = if self.matrix.set[head] == NO_SET { Place::Upper } else { Place::Lower };
                consider(self.upper[head] - self.value[row], -rate, Stop::Row { row, to });
            }
            if self.matrix.set[head] != NO_SET {
                of_keys[self.matrix.set[head] as usize] -= rate;
            }
        }
        if self.matrix.set[entering] != NO_SET {
            of_keys[self.matrix.set[entering] as usize] += direction;
        }
        for (set, &rate) in of_keys.iter().enumerate() {
            if rate > 1e-9 {
                consider(self.key_value[set], rate, Stop::Key { set });
            } else if rate < -1e-9 && self.upper[self.key[set] as usize] == 0.0 {
                consider(-self.key_value[set], -rate, Stop::Key { set });
            }
        }
        (least, stop)
    }
}
