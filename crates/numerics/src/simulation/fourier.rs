//! The discrete Fourier transform that convolves distributions, the same to the last bit on every machine.

use std::f64::consts::PI;

/// A transform of one length, a power of two, with its roots of unity.
///
/// Source: Cooley and Tukey (1965), "An algorithm for the machine calculation of complex Fourier series",
/// Mathematics of Computation 19, 297–301.
pub struct Transform {
    length: usize,
    /// `cos` and `sin` of `2πk / length` for `k` below half the length.
    roots: Vec<(f64, f64)>,
}

/// Complex numbers, as real and imaginary parts.
#[derive(Debug, Clone)]
pub struct Complex {
    pub re: Vec<f64>,
    pub im: Vec<f64>,
}

impl Transform {
    pub fn new(length: usize) -> Transform {
        assert!(length.is_power_of_two() && length >= 2, "a transform's length is a power of two");
        let root = |k: usize| {
            let angle = 2.0 * PI * k as f64 / length as f64;
            (libm::cos(angle), libm::sin(angle))
        };
        Transform { length, roots: (0..length / 2).map(root).collect() }
    }

    /// Replaces `values` by `Σ values[j] exp(−2πi jk / length)`.
    pub fn forward(&self, values: &mut Complex) {
        self.reorder(values);
        let mut half = 1;
        while half < self.length {
            self.combine(values, half);
            half *= 2;
        }
    }

    /// The real values whose transform is given. Undoes [`Transform::forward`] for real input.
    pub fn real_inverse(&self, mut values: Complex) -> Vec<f64> {
        for im in &mut values.im {
            *im = -*im;
        }
        self.forward(&mut values);
        let scale = 1.0 / self.length as f64;
        values.re.iter().map(|re| re * scale).collect()
    }

    fn reorder(&self, values: &mut Complex) {
        let shift = usize::BITS - self.length.trailing_zeros();
        for at in 0..self.length {
            let mirror = at.reverse_bits() >> shift;
            if at < mirror {
                values.re.swap(at, mirror);
                values.im.swap(at, mirror);
            }
        }
    }

    /// Joins transforms of `half` into transforms of twice that.
    fn combine(&self, values: &mut Complex, half: usize) {
        let stride = self.length / (2 * half);
        let blocks = values.re.chunks_exact_mut(2 * half).zip(values.im.chunks_exact_mut(2 * half));
        for (re, im) in blocks {
            let (re_low, re_high) = re.split_at_mut(half);
            let (im_low, im_high) = im.split_at_mut(half);
            for k in 0..half {
                let (cos, sin) = self.roots[k * stride];
                let (r, i) = (re_high[k] * cos + im_high[k] * sin, im_high[k] * cos - re_high[k] * sin);
                (re_high[k], im_high[k]) = (re_low[k] - r, im_low[k] - i);
                (re_low[k], im_low[k]) = (re_low[k] + r, im_low[k] + i);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_transform_is_its_definition_and_its_inverse_undoes_it() {
        let length = 16;
        let values: Vec<f64> = (0..length).map(|at| f64::from((at * 7 + 3) % 11)).collect();
        let mut transformed = Complex { re: values.clone(), im: vec![0.0; values.len()] };
        let transform = Transform::new(values.len());
        transform.forward(&mut transformed);
        for k in 0..values.len() {
            let angle = |j: usize| -2.0 * PI * (j * k) as f64 / f64::from(length);
            let re: f64 = values.iter().enumerate().map(|(j, value)| value * libm::cos(angle(j))).sum();
            let im: f64 = values.iter().enumerate().map(|(j, value)| value * libm::sin(angle(j))).sum();
            assert!((transformed.re[k] - re).abs() < 1e-11 && (transformed.im[k] - im).abs() < 1e-11);
        }
        for (back, value) in transform.real_inverse(transformed).iter().zip(&values) {
            assert!((back - value).abs() < 1e-12);
        }
    }
}
