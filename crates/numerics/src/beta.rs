//! The beta distribution on 0 to 1: density, cumulative probability and quantile.

/// A beta distribution with both shapes at least 1, as PERT needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Beta {
    /// The power of `x`, plus one.
    pub a: f64,
    /// The power of `1 − x`, plus one.
    pub b: f64,
    log_of_beta: f64,
}

/// Newton's steps end long before this; bisection alone would need about fifty.
const STEPS: usize = 200;

impl Beta {
    pub fn new(a: f64, b: f64) -> Beta {
        let log_of_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
        Beta { a, b, log_of_beta }
    }

    /// The density of `ln(x / (1 − x))`, given the logarithms of `x` and of `1 − x`: `xᵃ (1 − x)ᵇ / B(a, b)`.
    pub fn logit_density(&self, log_x: f64, log_rest: f64) -> f64 {
        libm::exp(self.a * log_x + self.b * log_rest - self.log_of_beta)
    }

    /// The density at `x`.
    pub fn density(&self, x: f64) -> f64 {
        let power = |base: f64, shape: f64| if shape == 1.0 { 0.0 } else { (shape - 1.0) * libm::log(base) };
        if !(0.0..=1.0).contains(&x) {
            return 0.0;
        }
        libm::exp(power(x, self.a) + power(1.0 - x, self.b) - self.log_of_beta)
    }

    /// The regularised incomplete beta function `I_x(a, b)`.
    ///
    /// Source: NIST Digital Library of Mathematical Functions, 8.17.22 (continued fraction, by Lentz's method)
    /// and 8.17.4 (reflection).
    pub fn cumulative(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        if x >= 1.0 {
            return 1.0;
        }
        if x > (self.a + 1.0) / (self.a + self.b + 2.0) {
            return 1.0 - self.reflected().lower(1.0 - x);
        }
        self.lower(x)
    }

    /// The value below which a share `u` of the distribution lies.
    ///
    /// Newton's method on `I_x(a, b) = u` inside a bracket that halves whenever Newton would leave it,
    /// always in the lesser tail so that no digits cancel.
    pub fn quantile(&self, u: f64) -> f64 {
        let at_centre = self.cumulative(0.5);
        if u <= at_centre { self.lower_quantile(u) } else { 1.0 - self.reflected().lower_quantile(1.0 - u) }
    }

    fn reflected(&self) -> Beta {
        Beta { a: self.b, b: self.a, log_of_beta: self.log_of_beta }
    }

    /// The quantile where it lies in 0 to ½.
    fn lower_quantile(&self, u: f64) -> f64 {
        if u <= 0.0 {
            return 0.0;
        }
        let (mut low, mut high) = (0.0_f64, 0.5_f64);
        // Near 0 the distribution is xᵃ / (a B(a, b)).
        let log_x = (libm::log(u * self.a) + self.log_of_beta) / self.a;
        let mut x = libm::exp(log_x).clamp(1e-300, 0.4);
        for _ in 0..STEPS {
            let excess = self.cumulative(x) - u;
            if excess > 0.0 {
                high = x;
            } else {
                low = x;
            }
            let newton = x - excess / self.density(x);
            let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
            if (next - x).abs() <= 4.0 * f64::EPSILON * x {
                return next;
            }
            x = next;
        }
        x
    }

    /// `I_x(a, b)` by its continued fraction, which converges quickly for `x` below `(a + 1) / (a + b + 2)`.
    fn lower(&self, x: f64) -> f64 {
        let (a, b) = (self.a, self.b);
        let front = libm::exp(a * libm::log(x) + b * libm::log1p(-x) - self.log_of_beta) / a;
        let tiny = 1e-300;
        let away = |value: f64| if value.abs() < tiny { tiny } else { value };
        let mut c = 1.0;
        let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
        let mut fraction = d;
        for step in 1..STEPS {
            let m = step as f64;
            let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
            d = 1.0 / away(1.0 + even * d);
            c = away(1.0 + even / c);
            fraction *= d * c;
            let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
            d = 1.0 / away(1.0 + odd * d);
            c = away(1.0 + odd / c);
            fraction *= d * c;
            if (d * c - 1.0).abs() < f64::EPSILON {
                break;
            }
        }
        front * fraction
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_shapes_agree_with_the_binomial_sum() {
        // I_x(2, 3) = Σ_{j=2..4} C(4, j) xʲ (1 − x)⁴⁻ʲ (DLMF 8.17.5).
        let x: f64 = 0.3;
        let y = 1.0 - x;
        let exact = 6.0 * x * x * y * y + 4.0 * x * x * x * y + x * x * x * x;
        assert!((Beta::new(2.0, 3.0).cumulative(x) - exact).abs() < 1e-15);
    }

    #[test]
    fn the_quantile_undoes_the_cumulative_probability() {
        for a in [1.0, 1.7, 3.0, 4.2, 5.0] {
            let beta = Beta::new(a, 6.0 - a);
            for step in 1..400 {
                let u = f64::from(step) / 400.0;
                assert!((beta.cumulative(beta.quantile(u)) - u).abs() < 1e-13, "{a} {u}");
            }
            for u in [1e-12, 1e-9, 1e-6] {
                assert!((beta.cumulative(beta.quantile(u)) / u - 1.0).abs() < 1e-9, "{a} {u}");
            }
        }
    }
}
