//! The standard normal distribution: its density, its cumulative probability and its quantile.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// The density of the standard normal distribution, `exp(−z²/2) / √(2π)`.
///
/// ```
/// # use penshaw_numerics::normal::density;
/// assert!((density(0.0) - 0.398_942_280_401_432_7).abs() < 1e-16);
/// ```
pub fn density(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / (2.0 * PI).sqrt()
}

/// The probability that a standard normal draw is at most `z`: `erfc(−z/√2) / 2`.
///
/// Source: NIST Digital Library of Mathematical Functions, 7.2.2 and 7.17.
///
/// ```
/// # use penshaw_numerics::normal::cumulative;
/// assert!((cumulative(1.959_963_984_540_054) - 0.975).abs() < 1e-15);
/// ```
pub fn cumulative(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// The value that a standard normal draw stays below with probability `u`.
///
/// Algorithm AS 241 (PPND16), good to about one part in 10¹⁶; minus infinity at 0, infinity at 1, NaN outside.
///
/// Source: Wichura (1988), "Algorithm AS 241: The percentage points of the normal distribution",
/// Applied Statistics 37(3), 477–484.
///
/// ```
/// # use penshaw_numerics::normal::quantile;
/// assert_eq!(quantile(0.5), 0.0);
/// assert!((quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-14);
/// assert!((quantile(1e-10) + 6.361_340_902_404_056).abs() < 1e-13);
/// ```
pub fn quantile(u: f64) -> f64 {
    let from_centre = u - 0.5;
    if from_centre.abs() <= 0.425 {
        let r = 0.180_625 - from_centre * from_centre;
        return from_centre * ratio(&CENTRE, r);
    }
    if from_centre < 0.0 { quantile_of_lower_tail(u) } else { -quantile_of_lower_tail(1.0 - u) }
}

/// The quantile of a small lower-tail probability (AS 241's two outer ranges).
fn quantile_of_lower_tail(tail: f64) -> f64 {
    if tail == 0.0 {
        return f64::NEG_INFINITY;
    }
    let r = (-libm::log(tail)).sqrt();
    if r <= 5.0 { -ratio(&MIDDLE, r - 1.6) } else { -ratio(&OUTER, r - 5.0) }
}

/// Two polynomials of degree seven, constant term first: numerator, denominator.
type Ratio = ([f64; 8], [f64; 8]);

fn ratio((above, below): &Ratio, r: f64) -> f64 {
    polynomial(above, r) / polynomial(below, r)
}

fn polynomial(coefficients: &[f64; 8], r: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * r + coefficient)
}

#[expect(clippy::excessive_precision, reason = "the digits are the source's")]
const CENTRE: Ratio = (
    [
        3.387_132_872_796_366_608,
        1.331_416_678_917_843_774_5e2,
        1.971_590_950_306_551_442_7e3,
        1.373_169_376_550_946_112_5e4,
        4.592_195_393_154_987_145_7e4,
        6.726_577_092_700_870_085_3e4,
        3.343_057_558_358_812_810_5e4,
        2.509_080_928_730_122_672_7e3,
    ],
    [
        1.0,
        4.231_333_070_160_091_125_2e1,
        6.871_870_074_920_579_083e2,
        5.394_196_021_424_751_107_7e3,
        2.121_379_430_158_659_586_7e4,
        3.930_789_580_009_271_061e4,
        2.872_908_573_572_194_267_4e4,
        5.226_495_278_852_854_561e3,
    ],
);

#[expect(clippy::excessive_precision, reason = "the digits are the source's")]
const MIDDLE: Ratio = (
    [
        1.423_437_110_749_683_577_34,
        4.630_337_846_156_545_295_9,
        5.769_497_221_460_691_405_5,
        3.647_848_324_763_204_605_04,
        1.270_458_252_452_368_382_58,
        2.417_807_251_774_506_117_7e-1,
        2.272_384_498_926_918_458_33e-2,
        7.745_450_142_783_414_076_4e-4,
    ],
    [
        1.0,
        2.053_191_626_637_758_821_87,
        1.676_384_830_183_803_849_4,
        6.897_673_349_851_000_045_5e-1,
        1.481_039_764_274_800_745_9e-1,
        1.519_866_656_361_645_719_66e-2,
        5.475_938_084_995_344_946e-4,
        1.050_750_071_644_416_843_24e-9,
    ],
);

#[expect(clippy::excessive_precision, reason = "the digits are the source's")]
const OUTER: Ratio = (
    [
        6.657_904_643_501_103_777_2,
        5.463_784_911_164_114_369_9,
        1.784_826_539_917_291_335_8,
        2.965_605_718_285_048_912_3e-1,
        2.653_218_952_657_612_309_3e-2,
        1.242_660_947_388_078_438_6e-3,
        2.711_555_568_743_487_578_15e-5,
        2.010_334_399_292_288_132_65e-7,
    ],
    [
        1.0,
        5.998_322_065_558_879_376_9e-1,
        1.369_298_809_227_358_053_1e-1,
        1.487_536_129_085_061_485_25e-2,
        7.868_691_311_456_132_591e-4,
        1.846_318_317_510_054_681_8e-5,
        1.421_511_758_316_445_888_7e-7,
        2.044_263_103_389_939_785_64e-15,
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantile_undoes_the_cumulative_probability() {
        for step in -160..=160 {
            let z = f64::from(step) * 0.05;
            let back = if z <= 0.0 { quantile(cumulative(z)) } else { -quantile(cumulative(-z)) };
            assert!((back - z).abs() < 2e-14 * (1.0 + z.abs()), "{z} {back}");
        }
    }
}
