//! A run: keys in rising order, each once, kept as the steps from one to the next.

/// Writes keys in rising order as steps of seven bits a byte, the least first; the highest bit says that more follow.
pub(super) fn encoded(keys: &[u64]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(keys.len() * 3);
    let mut before = 0;
    for key in keys {
        let mut step = key - before;
        before = *key;
        while step >= 0x80 {
            bytes.push(step as u8 | 0x80);
            step >>= 7;
        }
        bytes.push(step as u8);
    }
    bytes.shrink_to_fit();
    bytes
}

/// The next step of some bytes and how many bytes it takes; none where they end within it.
pub(super) fn step(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut step = 0;
    for (place, byte) in bytes.iter().enumerate().take(LONGEST_STEP) {
        step |= u64::from(byte & 0x7F) << (7 * place);
        if *byte < 0x80 {
            return Some((step, place + 1));
        }
    }
    None
}

/// The most bytes of one step.
pub(super) const LONGEST_STEP: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_back_from_their_steps() {
        let keys = [0, 1, 127, 128, 300, 1 << 40, u64::MAX];
        let bytes = encoded(&keys);
        let (mut at, mut before, mut found) = (0, 0, Vec::new());
        while let Some((step, taken)) = step(&bytes[at..]) {
            at += taken;
            before += step;
            found.push(before);
        }
        assert_eq!(found, keys);
        assert_eq!(at, bytes.len());
        assert_eq!(super::step(&[0x80, 0x80]), None);
    }
}
