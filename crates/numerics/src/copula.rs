//! Correlation matrices and their triangular factors, for joining ranges by a Gaussian copula.

use std::f64::consts::PI;

/// Why a correlation matrix cannot be used, in words for whoever entered it. Rows and columns count from 1.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CorrelationError {
    /// A row has the wrong number of entries.
    #[error("row {row} of the correlation matrix has {found} entries; {expected} are needed")]
    NotSquare {
        /// The row.
        row: usize,
        /// How many entries it has.
        found: usize,
        /// How many there should be.
        expected: usize,
    },
    /// An entry is not a number from −1 to 1.
    #[error("the correlation in row {row}, column {column}, {value}, must lie between -1 and 1")]
    OutOfRange {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
        /// What was given.
        value: f64,
    },
    /// A diagonal entry is not 1.
    #[error("the correlation of row {row} with itself must be 1, not {value}")]
    DiagonalNotOne {
        /// The row.
        row: usize,
        /// What was given.
        value: f64,
    },
    /// Two mirrored entries differ.
    #[error(
        "the correlation matrix must be symmetric: row {row}, column {column} is {value}, but its mirror is {mirror}"
    )]
    NotSymmetric {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
        /// What was given there.
        value: f64,
        /// What was given with row and column exchanged.
        mirror: f64,
    },
    /// The correlations contradict one another.
    #[error(
        "these correlations contradict one another (the matrix is not positive definite: its smallest pivot, \
         {pivot:.6}, is that of row {row}); bring the correlations in that row nearer to 0"
    )]
    NotPositiveDefinite {
        /// The row with the smallest pivot.
        row: usize,
        /// That pivot.
        pivot: f64,
    },
}

/// A pivot below this counts as zero: the row is then determined by those before it.
const SMALLEST_PIVOT: f64 = 1e-12;
/// How far mirrored entries and the diagonal may stray, for matrices that were rounded when written.
const ENTRY_TOLERANCE: f64 = 1e-9;

/// The correlation of two normals that gives their ranges the rank correlation `rho`: `2 sin(π ρ / 6)`.
///
/// Source: Pearson (1907), "On further methods of determining correlation", Drapers' Company Research Memoirs,
/// Biometric Series IV; Kruskal (1958), "Ordinal measures of association", JASA 53, 814–861.
///
/// ```
/// # use penshaw_numerics::copula::normal_correlation_of_rank;
/// assert_eq!(normal_correlation_of_rank(0.0), 0.0);
/// assert!((normal_correlation_of_rank(1.0) - 1.0).abs() < 1e-15);
/// assert!((normal_correlation_of_rank(0.5) - 0.517_638_090_205_041_5).abs() < 1e-15);
/// ```
pub fn normal_correlation_of_rank(rho: f64) -> f64 {
    2.0 * libm::sin(PI * rho / 6.0)
}

/// Whether `matrix` is square, symmetric, with ones on its diagonal and entries from −1 to 1.
///
/// ```
/// # use penshaw_numerics::copula::check_correlation;
/// assert!(check_correlation(&[vec![1.0, 0.3], vec![0.3, 1.0]]).is_ok());
/// let error = check_correlation(&[vec![1.0, 0.3], vec![0.4, 1.0]]).unwrap_err();
/// assert!(error.to_string().contains("must be symmetric"));
/// ```
pub fn check_correlation(matrix: &[Vec<f64>]) -> Result<(), CorrelationError> {
    let expected = matrix.len();
    if let Some(at) = matrix.iter().position(|row| row.len() != expected) {
        return Err(CorrelationError::NotSquare { row: at + 1, found: matrix[at].len(), expected });
    }
    for (i, row) in matrix.iter().enumerate() {
        for (j, &value) in row.iter().enumerate() {
            check_entry(i, j, value, matrix[j][i])?;
        }
    }
    Ok(())
}

/// The lower triangular `L` with `L Lᵀ` the given correlation matrix.
///
/// Independent standard normals `e` become correlated ones as `z = L e`. A matrix that is not positive definite
/// is refused, naming the smallest pivot.
///
/// Source: Golub and Van Loan (2013), *Matrix Computations*, 4th edn, 4.2 (Cholesky).
///
/// ```
/// # use penshaw_numerics::copula::cholesky;
/// let lower = cholesky(&[vec![1.0, 0.6], vec![0.6, 1.0]]).unwrap();
/// assert_eq!(lower, [vec![1.0], vec![0.6, 0.8]]);
/// let contradiction = [vec![1.0, 0.9, -0.9], vec![0.9, 1.0, 0.9], vec![-0.9, 0.9, 1.0]];
/// assert!(cholesky(&contradiction).unwrap_err().to_string().contains("row 3"));
/// ```
pub fn cholesky(matrix: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, CorrelationError> {
    check_correlation(matrix)?;
    let (unit, pivots) = unit_factor(matrix);
    let smallest = (0..pivots.len()).min_by(|&one, &other| pivots[one].total_cmp(&pivots[other]));
    if let Some(row) = smallest.filter(|&row| pivots[row] < SMALLEST_PIVOT) {
        return Err(CorrelationError::NotPositiveDefinite { row: row + 1, pivot: pivots[row] });
    }
    let scaled = |row: &Vec<f64>| row.iter().zip(&pivots).map(|(entry, pivot)| entry * pivot.sqrt()).collect();
    Ok(unit.iter().map(scaled).collect())
}

/// The factor with ones on its diagonal, and the pivots: `matrix = U D Uᵀ`. Stops dividing at a pivot of zero.
fn unit_factor(matrix: &[Vec<f64>]) -> (Vec<Vec<f64>>, Vec<f64>) {
    let mut unit: Vec<Vec<f64>> = Vec::with_capacity(matrix.len());
    let mut pivots: Vec<f64> = Vec::with_capacity(matrix.len());
    for (i, entries) in matrix.iter().enumerate() {
        let mut row: Vec<f64> = Vec::with_capacity(i + 1);
        let mut pivot = entries[i];
        for (j, &pivot_of_column) in pivots.iter().enumerate() {
            let known: f64 = (0..j).map(|k| row[k] * unit[j][k] * pivots[k]).sum();
            let left = entries[j] - known;
            let entry = if pivot_of_column.abs() < SMALLEST_PIVOT { 0.0 } else { left / pivot_of_column };
            pivot -= entry * entry * pivot_of_column;
            row.push(entry);
        }
        row.push(1.0);
        unit.push(row);
        pivots.push(pivot);
    }
    (unit, pivots)
}

fn check_entry(i: usize, j: usize, value: f64, mirror: f64) -> Result<(), CorrelationError> {
    let (row, column) = (i + 1, j + 1);
    if value.is_nan() || value.abs() > 1.0 + ENTRY_TOLERANCE {
        return Err(CorrelationError::OutOfRange { row, column, value });
    }
    if i == j && (value - 1.0).abs() > ENTRY_TOLERANCE {
        return Err(CorrelationError::DiagonalNotOne { row, value });
    }
    if (value - mirror).abs() > ENTRY_TOLERANCE {
        return Err(CorrelationError::NotSymmetric { row, column, value, mirror });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn perfect_correlation_is_refused_with_its_row() {
        let error = cholesky(&[vec![1.0, 1.0], vec![1.0, 1.0]]).expect_err("a pivot is zero");
        assert_eq!(error, CorrelationError::NotPositiveDefinite { row: 2, pivot: 0.0 });
    }

    #[test]
    fn a_ragged_or_impossible_matrix_is_refused() {
        assert!(matches!(cholesky(&[vec![1.0], vec![0.0, 1.0]]), Err(CorrelationError::NotSquare { row: 1, .. })));
        assert!(matches!(cholesky(&[vec![0.5]]), Err(CorrelationError::DiagonalNotOne { row: 1, .. })));
        let wide = [vec![1.0, 1.5], vec![1.5, 1.0]];
        assert!(matches!(cholesky(&wide), Err(CorrelationError::OutOfRange { row: 1, column: 2, .. })));
        let none = [vec![1.0, f64::NAN], vec![f64::NAN, 1.0]];
        assert!(matches!(cholesky(&none), Err(CorrelationError::OutOfRange { .. })));
    }

    proptest! {
        #[test]
        fn the_factor_times_itself_is_the_matrix(loadings in prop::collection::vec(-0.95..0.95_f64, 1..7)) {
            // One common cause gives a proper correlation matrix: r_ij = l_i l_j.
            let size = loadings.len();
            let entry = |i: usize, j: usize| if i == j { 1.0 } else { loadings[i] * loadings[j] };
            let matrix: Vec<Vec<f64>> = (0..size).map(|i| (0..size).map(|j| entry(i, j)).collect()).collect();
            let lower = cholesky(&matrix).expect("one common cause is positive definite");
            for i in 0..size {
                for j in 0..=i {
                    let product: f64 = (0..=j).map(|k| lower[i][k] * lower[j][k]).sum();
                    prop_assert!((product - matrix[i][j]).abs() < 1e-12);
                }
            }
        }
    }
}
