//! Sixty-four trials in a word: chances as words of bits, and whole numbers as planes of bits.

use rand_core::Rng;

/// A chance as a binary fraction of 64 digits, the first digit in the highest place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Chance {
    /// It always comes.
    Certain,
    /// It comes where a random fraction is less than this.
    Below(u64),
}

impl Chance {
    pub fn of(probability: f64) -> Chance {
        // 2⁶⁴, which a cast would saturate at.
        let scaled = probability * 18_446_744_073_709_551_616.0;
        if probability >= 1.0 { Chance::Certain } else { Chance::Below(scaled as u64) }
    }

    /// Sixty-four independent draws of the chance, one a bit.
    ///
    /// Compares 64 random fractions with the chance at once, digit by digit from the first, each digit of all of
    /// them being one random word, and stops when no comparison is open: after seven to eight words on average,
    /// however many digits the chance has.
    #[inline]
    pub fn draw(self, random: &mut impl Rng) -> u64 {
        let Chance::Below(mut digits) = self else {
            return u64::MAX;
        };
        let mut open = u64::MAX;
        let mut comes = 0;
        while digits != 0 && open != 0 {
            let word = random.next_u64();
            if digits >> 63 == 1 {
                comes |= open & !word;
                open &= word;
            } else {
                open &= !word;
            }
            digits <<= 1;
        }
        comes
    }
}

/// Adds one in the trials that `bits` marks, to numbers in two's complement whose lowest plane comes first.
#[inline]
pub fn add_bits(planes: &mut [u64], mut bits: u64) {
    for plane in planes {
        let carry = *plane & bits;
        *plane ^= bits;
        bits = carry;
        if bits == 0 {
            return;
        }
    }
}

/// Adds the numbers of other planes, as many, and one more where `carry` marks it.
#[inline]
pub fn add_planes(planes: &mut [u64], other: impl Iterator<Item = u64>, mut carry: u64) {
    for (plane, other) in planes.iter_mut().zip(other) {
        let either = *plane ^ other;
        let both = *plane & other;
        *plane = either ^ carry;
        carry = both | (either & carry);
    }
}

/// The planes of one number, the same in every trial.
pub fn constant(number: i64, planes: usize) -> impl Iterator<Item = u64> {
    (0..planes).map(move |plane| if (number >> plane.min(63)) & 1 == 1 { u64::MAX } else { 0 })
}

/// How many planes hold every number from `−most` to `most`.
pub fn planes_for(most: usize) -> usize {
    (usize::BITS - most.leading_zeros()) as usize + 1
}

/// The number of one trial, none below nought.
pub fn number(planes: &[u64], trial: usize) -> usize {
    planes.iter().enumerate().map(|(plane, bits)| (((bits >> trial) & 1) as usize) << plane).sum()
}
