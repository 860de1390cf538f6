//! A small random source whose numbers never change.
//!
//! The world must be the same bytes for the same seed in every version of every dependency, so the generator is our
//! own: SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014).

/// SplitMix64.
#[derive(Clone, Debug)]
pub(crate) struct Rng(u64);

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number for `parts` that looks random and depends on each of them.
pub(crate) fn hash(parts: &[u64]) -> u64 {
    parts.iter().fold(GOLDEN, |state, part| {
        mix(state.wrapping_add(*part).wrapping_add(GOLDEN))
    })
}

/// A number for a text, for host names and paths.
pub(crate) fn hash_text(text: &str) -> u64 {
    text.bytes()
        .fold(GOLDEN, |state, byte| mix(state ^ u64::from(byte)))
}

impl Rng {
    /// The source for one purpose (`parts`: seed, stream, index).
    pub(crate) fn of(parts: &[u64]) -> Self {
        Self(hash(parts))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// A number below `n`; 0 when `n` is 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        // The high half times n: no modulo bias worth speaking of for n far below 2^32.
        (((self.next() >> 32) * n as u64) >> 32) as usize
    }

    /// A number in `low..=high`.
    pub(crate) fn range(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True with this probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A number in `0.0..1.0`.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of the items; none only when there are none.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// One of the texts; empty only when there are none.
    pub(crate) fn word(&mut self, items: &[&'static str]) -> &'static str {
        self.pick(items).copied().unwrap_or_default()
    }

    /// The index of one of the weights, in proportion to it.
    pub(crate) fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let total: u32 = weights.clone().sum();
        let mut left = self.below(total as usize) as u32;
        for (index, weight) in weights.enumerate() {
            if left < weight {
                return index;
            }
            left -= weight;
        }
        0
    }

    /// A text from a pattern: `#` is a digit, `?` 1–9, `*` 2–9, `@` a capital letter; all else stands for itself.
    pub(crate) fn pattern(&mut self, pattern: &str) -> String {
        let letters = b"ABDEFGHJLNPQRSTUWXYZ";
        pattern
            .chars()
            .map(|c| match c {
                '#' => digit(self.below(10)),
                '?' => digit(self.range(1, 9)),
                '*' => digit(self.range(2, 9)),
                '@' => char::from(self.pick(letters).copied().unwrap_or(b'A')),
                other => other,
            })
            .collect()
    }
}

fn digit(value: usize) -> char {
    char::from_digit(value as u32, 10).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_reference() {
        // First outputs of SplitMix64 for state 0, as in the authors' C code.
        let mut rng = Rng(0);
        assert_eq!(rng.next(), 0xe220_a839_7b1d_cdaf);
        assert_eq!(rng.next(), 0x6e78_9e6a_a1b9_65f4);
    }

    #[test]
    fn patterns_keep_their_shape() {
        let text = Rng::of(&[1]).pattern("+33 ?# *@");
        assert!(text.starts_with("+33 ") && text.len() == 9, "{text}");
    }
}
