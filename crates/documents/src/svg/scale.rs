//! Axes: round steps, and values as a council prints them.

use libm::{floor, log10, pow};

/// A straight scale from values to places, with its round steps.
pub struct Scale {
    low: f64,
    high: f64,
    step: f64,
    unit: Unit,
    places: (f64, f64),
}

/// How values are printed along an axis.
#[derive(Clone, Copy)]
pub struct Unit {
    money: bool,
    divisor: f64,
    suffix: &'static str,
}

/// Whether the words of an axis say that it holds money.
pub fn is_money(words: &str) -> bool {
    words.contains('£')
}

/// The smallest and largest of the finite values; none where there are none.
pub fn extent(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    let finite = values.into_iter().filter(|value| value.is_finite());
    finite.fold(None, |extent, value| match extent {
        None => Some((value, value)),
        Some((low, high)) => Some((f64::min(low, value), f64::max(high, value))),
    })
}

impl Scale {
    /// A scale that covers values in about so many steps of 1, 2 or 5 times a power of ten.
    pub fn covering(extent: Option<(f64, f64)>, steps: f64, money: bool) -> Self {
        let (low, high) = spread(extent.unwrap_or((0.0, 1.0)));
        let step = round_step((high - low) / steps);
        let low = floor(low / step + 1e-9) * step;
        let high = -floor(-high / step + 1e-9) * step;
        Scale { low, high, step, unit: Unit::of(low.abs().max(high.abs()), money), places: (0.0, 1.0) }
    }

    /// A scale over exactly these values, without room at either end.
    pub fn spanning(extent: Option<(f64, f64)>, steps: f64, money: bool) -> Self {
        let (low, high) = spread(extent.unwrap_or((0.0, 1.0)));
        let step = round_step((high - low) / steps);
        Scale { low, high, step, unit: Unit::of(low.abs().max(high.abs()), money), places: (0.0, 1.0) }
    }

    /// The same, from one place of the picture to another.
    pub fn between(mut self, low: f64, high: f64) -> Self {
        self.places = (low, high);
        self
    }

    /// Where a value stands.
    pub fn at(&self, value: f64) -> f64 {
        let value = value.clamp(self.low, self.high);
        let share = (value - self.low) / (self.high - self.low);
        self.places.0 + (self.places.1 - self.places.0) * share
    }

    /// The values at its steps, ascending.
    pub fn ticks(&self) -> Vec<f64> {
        let first = -floor(-self.low / self.step + 1e-9);
        let last = floor(self.high / self.step + 1e-9);
        let count = (last - first).max(0.0) as usize + 1;
        (0..count).map(|place| (first + place as f64) * self.step).collect()
    }

    /// A step's value as printed.
    pub fn label(&self, tick: f64) -> String {
        let decimals = decimals_of(self.step / self.unit.divisor);
        self.unit.print(tick, decimals)
    }

    /// Whether nought lies on it.
    pub fn has_zero(&self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }

    /// The printed labels of its steps.
    pub fn labels(&self) -> Vec<String> {
        self.ticks().into_iter().map(|tick| self.label(tick)).collect()
    }
}

impl Unit {
    fn of(size: f64, money: bool) -> Self {
        let (divisor, suffix) = match size {
            size if size >= 1e9 && money => (1e9, "bn"),
            size if size >= 1e6 => (1e6, "m"),
            size if size >= 1e4 && money => (1e3, "k"),
            _ => (1.0, ""),
        };
        Unit { money, divisor, suffix }
    }

    fn print(self, value: f64, decimals: usize) -> String {
        let size = format!("{:.*}", decimals, value.abs() / self.divisor);
        let nothing = size.bytes().all(|digit| matches!(digit, b'0' | b'.'));
        let sign = if value < 0.0 && !nothing { "−" } else { "" };
        let pounds = if self.money { "£" } else { "" };
        if nothing {
            return format!("{pounds}0");
        }
        format!("{sign}{pounds}{}{}", grouped(&size), self.suffix)
    }
}

/// A value beside a bar, with three figures that matter.
pub fn short(value: f64, money: bool) -> String {
    let unit = Unit::of(value.abs() * 1.0005, money);
    let size = value.abs() / unit.divisor;
    let decimals = match size {
        size if size >= 99.95 || (unit.suffix.is_empty() && money) => 0,
        size if size >= 9.995 => 1,
        _ => 2,
    };
    let decimals = if unit.suffix.is_empty() && value == floor(value) { 0 } else { decimals };
    let text = unit.print(value, decimals);
    let digits = text.strip_suffix(unit.suffix).unwrap_or(&text);
    let noughts = [".00", ".0"].into_iter().find_map(|end| digits.strip_suffix(end));
    noughts.map_or(text.clone(), |whole| format!("{whole}{}", unit.suffix))
}

/// Values with room: one alone gets nought beside it, and nothing gets one.
fn spread((low, high): (f64, f64)) -> (f64, f64) {
    let size = low.abs().max(high.abs());
    if size < 1e-12 {
        (0.0, 1.0)
    } else if high - low < size * 1e-9 {
        (low.min(0.0), high.max(0.0))
    } else {
        (low, high)
    }
}

/// The least of 1, 2 or 5 times a power of ten that is no less than a length.
fn round_step(length: f64) -> f64 {
    let power = pow(10.0, floor(log10(length)));
    let size = length / power;
    let factor = [1.0, 2.0, 5.0].into_iter().find(|f| size <= *f + 1e-9);
    factor.unwrap_or(10.0) * power
}

/// The decimals that a step needs.
fn decimals_of(step: f64) -> usize {
    (-floor(log10(step) + 1e-9)).clamp(0.0, 9.0) as usize
}

/// Digits with a comma at each thousand.
fn grouped(digits: &str) -> String {
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut text = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_labels_are_money_with_a_real_minus() {
        let scale = Scale::covering(Some((-310_000.0, 840_000.0)), 5.0, true);
        let labels = scale.labels();
        assert_eq!(labels, ["−£0.5m", "£0", "£0.5m", "£1.0m"]);
        let scale = Scale::covering(Some((0.0, 2_300_000.0)), 5.0, true);
        assert_eq!(scale.labels(), ["£0", "£0.5m", "£1.0m", "£1.5m", "£2.0m", "£2.5m"]);
        let scale = Scale::covering(Some((0.0, 9.0)), 5.0, false);
        assert_eq!(scale.labels(), ["0", "2", "4", "6", "8", "10"]);
    }

    #[test]
    fn values_beside_bars_have_three_figures_that_matter() {
        for (value, printed) in [
            (1_234_567.0, "£1.23m"),
            (-349_600.0, "−£350k"),
            (12_340.0, "£12.3k"),
            (4_321.4, "£4,321"),
            (1_204_300.0, "£1.20m"),
            (999_999.0, "£1m"),
            (0.0, "£0"),
            (-0.2, "£0"),
        ] {
            assert_eq!(short(value, true), printed);
        }
        assert_eq!(short(7.0, false), "7");
        assert_eq!(short(0.25, false), "0.25");
    }

    #[test]
    fn nothing_and_a_single_value_still_make_a_scale() {
        for extent in [None, Some((0.0, 0.0)), Some((7.0, 7.0)), Some((-7.0, -7.0))] {
            let scale = Scale::covering(extent, 5.0, false).between(0.0, 100.0);
            assert!(scale.at(0.0).is_finite() && scale.ticks().len() >= 2);
        }
    }
}
