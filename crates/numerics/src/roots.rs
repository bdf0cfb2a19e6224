//! Where a function of one variable crosses zero.

/// Steps before giving up; Brent's method needs at most a few times what bisection would.
const STEPS: usize = 200;

/// A point between `low` and `high` where `f` crosses zero, to within `tolerance` in the argument.
///
/// Brent's method: inverse quadratic or secant steps while they shrink the bracket, bisection when they do not.
/// `None` where `f` has the same sign at both ends, or is not a number somewhere it is asked.
///
/// Source: Brent (1973), *Algorithms for Minimization without Derivatives*, ch. 4.
///
/// ```
/// # use penshaw_numerics::roots::root_between;
/// let root = root_between(|x| x * x - 2.0, 0.0, 2.0, 1e-12).unwrap();
/// assert!((root - 2.0_f64.sqrt()).abs() < 1e-12);
/// assert_eq!(root_between(|x| x * x + 1.0, -5.0, 5.0, 1e-9), None);
/// ```
pub fn root_between(f: impl Fn(f64) -> f64, low: f64, high: f64, tolerance: f64) -> Option<f64> {
    let mut bracket = Bracket::new(&f, low, high)?;
    for _ in 0..STEPS {
        bracket.put_best_last();
        let slack = 2.0 * f64::EPSILON * bracket.b.abs() + 0.5 * tolerance;
        let half = 0.5 * (bracket.c - bracket.b);
        if half.abs() <= slack || bracket.fb == 0.0 {
            return Some(bracket.b);
        }
        let step = bracket.step(half, slack);
        bracket.take(step, half, slack, &f)?;
    }
    Some(bracket.b)
}

/// A crossing of zero found by first widening outwards from `start` in steps that double, up to `low` and `high`.
///
/// Meant for switching values, where the crossing nearest to today's value is wanted. Looks on both sides at once
/// and takes the side where the sign first changes; `None` where neither side has a crossing within the limits.
///
/// ```
/// # use penshaw_numerics::roots::root_near;
/// let root = root_near(|x| 3.0 - x, 0.5, 0.1, -100.0, 100.0, 1e-12).unwrap();
/// assert!((root - 3.0).abs() < 1e-12);
/// assert_eq!(root_near(|x| x + 200.0, 0.0, 1.0, -100.0, 100.0, 1e-12), None);
/// ```
pub fn root_near(
    f: impl Fn(f64) -> f64,
    start: f64,
    first_step: f64,
    low: f64,
    high: f64,
    tolerance: f64,
) -> Option<f64> {
    let (mut left, mut right) = (start, start);
    let mut step = first_step.abs();
    let positive = f(start) > 0.0;
    if f(start) == 0.0 {
        return Some(start);
    }
    while step > 0.0 && step.is_finite() && (left > low || right < high) {
        let (next_left, next_right) = ((left - step).max(low), (right + step).min(high));
        if (f(next_right) > 0.0) != positive {
            return root_between(f, right, next_right, tolerance);
        }
        if (f(next_left) > 0.0) != positive {
            return root_between(f, next_left, left, tolerance);
        }
        (left, right) = (next_left, next_right);
        step *= 2.0;
    }
    None
}

/// Brent's state: `b` the best so far, `a` the one before it, `c` on the other side of the root.
struct Bracket {
    a: f64,
    b: f64,
    c: f64,
    fa: f64,
    fb: f64,
    fc: f64,
    last: f64,
    before_last: f64,
}

impl Bracket {
    fn new(f: &impl Fn(f64) -> f64, low: f64, high: f64) -> Option<Bracket> {
        let (fa, fb) = (f(low), f(high));
        let opposite = (fa <= 0.0 && fb >= 0.0) || (fa >= 0.0 && fb <= 0.0);
        let width = high - low;
        opposite.then_some(Bracket { a: low, b: high, c: low, fa, fb, fc: fa, last: width, before_last: width })
    }

    /// Keeps the root between `b` and `c`, with `b` the nearer to zero.
    fn put_best_last(&mut self) {
        if (self.fb > 0.0) == (self.fc > 0.0) && self.fb != 0.0 {
            (self.c, self.fc) = (self.a, self.fa);
            self.last = self.b - self.a;
            self.before_last = self.last;
        }
        if self.fc.abs() < self.fb.abs() {
            (self.a, self.fa) = (self.b, self.fb);
            (self.b, self.fb) = (self.c, self.fc);
            (self.c, self.fc) = (self.a, self.fa);
        }
    }

    /// The interpolated step from `b` where it may be trusted, else half the bracket.
    fn step(&mut self, half: f64, slack: f64) -> f64 {
        if self.before_last.abs() < slack || self.fa.abs() <= self.fb.abs() {
            self.before_last = half;
            return half;
        }
        let s = self.fb / self.fa;
        let (mut p, mut q) = if self.a == self.c {
            (2.0 * half * s, 1.0 - s)
        } else {
            let (q, r) = (self.fa / self.fc, self.fb / self.fc);
            (s * (2.0 * half * q * (q - r) - (self.b - self.a) * (r - 1.0)), (q - 1.0) * (r - 1.0) * (s - 1.0))
        };
        if p > 0.0 {
            q = -q;
        }
        p = p.abs();
        let limit = (3.0 * half * q - (slack * q).abs()).min((self.before_last * q).abs());
        if 2.0 * p < limit {
            self.before_last = self.last;
            p / q
        } else {
            self.before_last = half;
            half
        }
    }

    fn take(&mut self, step: f64, half: f64, slack: f64, f: &impl Fn(f64) -> f64) -> Option<()> {
        (self.a, self.fa) = (self.b, self.fb);
        self.last = step;
        self.b += if step.abs() > slack { step } else { slack.copysign(half) };
        self.fb = f(self.b);
        (!self.fb.is_nan()).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_root_at_an_end_is_found() {
        assert_eq!(root_between(|x| x, 0.0, 5.0, 1e-12), Some(0.0));
        assert_eq!(root_between(|x| x - 5.0, 0.0, 5.0, 1e-12), Some(5.0));
    }

    #[test]
    fn a_jump_is_found_to_within_the_tolerance() {
        let root = root_between(|x| if x < 0.3 { -1.0 } else { 1.0 }, -4.0, 7.0, 1e-10).expect("signs differ");
        assert!((root - 0.3).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn cubic_roots_are_found(root in -50.0..50.0_f64, scale in 0.01..100.0_f64) {
            let found = root_between(|x| { let d = x - root; scale * d * (d * d + 1.0) }, -60.0, 60.0, 1e-10);
            prop_assert!((found.expect("signs differ") - root).abs() < 1e-9);
        }
    }
}
