//! Where the next digit stands: the only thing that is done for every byte of a text.
//!
//! A block of 64 bytes is first asked as a whole whether it holds anything of interest, in a form that compilers turn into
//! vector instructions. Only then are its bytes told apart, eight at a time in one number, and the answer is kept as 64
//! bits, so that many digits in one block cost it once.

use std::ops::Range;

use super::number::sign;

const BLOCK: usize = 64;
/// No first byte of a digit beyond ASCII is smaller: `٠`, U+0660, is `D9 A0`.
const LOWEST_WIDE: u8 = 0xD9;

/// Digits of one text, asked for from left to right.
pub(super) struct Digits<'a> {
    text: &'a str,
    /// Where the block begins whose bits are known.
    block: usize,
    /// The bytes of that block that are ASCII digits or may begin another.
    bits: u64,
}

impl<'a> Digits<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut digits = Self {
            text,
            block: 0,
            bits: 0,
        };
        digits.bits = digits.bits_at(0);
        digits
    }

    /// The first digit at or after `from`, which is not before that of the last question.
    #[inline]
    pub(super) fn next(&mut self, from: usize) -> Option<usize> {
        let mut from = from;
        loop {
            let at = self.suspect(from)?;
            match self.text.as_bytes().get(at)? {
                byte if byte.is_ascii_digit() => return Some(at),
                _ if is_wide_digit(self.text, at) => return Some(at),
                _ => from = at + 1,
            }
        }
    }

    /// Where the run of ASCII digits ends whose first is `digit`, which is not before the last answer. `None` when another
    /// block or another script may have a say in it.
    #[inline]
    pub(super) fn run_end(&self, digit: usize) -> Option<usize> {
        let place = digit.checked_sub(self.block).filter(|place| *place < BLOCK)?;
        let end = place + (self.bits >> place).trailing_ones() as usize;
        (end < BLOCK).then_some(self.block + end)
    }

    #[inline]
    fn suspect(&mut self, from: usize) -> Option<usize> {
        // The known block may already lie ahead: then there is no digit before it.
        let mut from = from.max(self.block);
        if from >= self.block + BLOCK {
            self.block = from - from % BLOCK;
            self.bits = self.bits_at(self.block);
        }
        loop {
            let left = self.bits & (u64::MAX << (from - self.block));
            if left != 0 {
                return Some(self.block + left.trailing_zeros() as usize);
            }
            from = self.next_block(self.block + BLOCK)?;
            self.block = from;
            self.bits = self.bits_at(from);
        }
    }

    /// The next block at or after `from`, a multiple of its size, that holds a suspect.
    fn next_block(&self, from: usize) -> Option<usize> {
        let (blocks, rest) = self.text.as_bytes().get(from..)?.as_chunks::<BLOCK>();
        let whole = blocks.iter().position(has_suspect);
        let last = (!rest.is_empty()).then_some(blocks.len());
        whole.or(last).map(|place| from + place * BLOCK)
    }

    fn bits_at(&self, block: usize) -> u64 {
        let bytes = self.text.as_bytes().get(block..).unwrap_or_default();
        if let Some(block) = bytes.first_chunk::<BLOCK>() {
            return bits(block);
        }
        let mut padded = [0; BLOCK];
        for (place, byte) in padded.iter_mut().zip(bytes) {
            *place = *byte;
        }
        bits(&padded)
    }
}

/// All runs of ASCII digits in a text. Several finders look at the same ones, so they are looked for once.
pub(super) struct AllRuns(Vec<Range<usize>>);

impl AllRuns {
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut digits = Digits::new(text);
        let (mut runs, mut at) = (Vec::new(), 0);
        while let Some(start) = digits.next(at) {
            let rest = bytes.get(start..).unwrap_or_default();
            let end = start + rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            // A digit of another script is none of a run.
            if end > start {
                runs.push(start..end);
            }
            at = end.max(start + 1);
        }
        Self(runs)
    }

    /// From left to right.
    pub(super) fn iter(&self) -> Runs<'_> {
        Runs {
            left: self.0.iter(),
            at: 0,
        }
    }
}

/// See [`AllRuns::iter`].
pub(super) struct Runs<'a> {
    left: std::slice::Iter<'a, Range<usize>>,
    at: usize,
}

impl Runs<'_> {
    /// Goes on at `at`, which is not before the end of the last run.
    pub(super) fn go_on_at(&mut self, at: usize) {
        self.at = at;
    }
}

impl Iterator for Runs<'_> {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        let at = self.at;
        let run = self.left.find(|run| run.end > at)?;
        Some(run.start.max(at)..run.end)
    }
}

fn is_wide_digit(text: &str, at: usize) -> bool {
    let c = text.get(at..).and_then(|rest| rest.chars().next());
    c.is_some_and(|c| sign::digit(c).is_some())
}

/// Whether the block holds a digit or what may begin one. First the test that most blocks of most texts fail, then the
/// exact one: a page in Japanese has bytes above [`LOWEST_WIDE`] throughout, but hardly one that begins a digit.
#[inline]
fn has_suspect(block: &[u8; BLOCK]) -> bool {
    any(block, |byte| digit(byte) | high(byte)) && any(block, |byte| digit(byte) | wide(byte))
}

/// Whether any byte is `wanted`, which is 1 or 0. Numbers, and no way out: so it becomes vector instructions.
#[inline]
fn any(block: &[u8; BLOCK], wanted: impl Fn(u8) -> u8) -> bool {
    block.iter().fold(0, |seen, byte| seen | wanted(*byte)) != 0
}

/// 1 for an ASCII digit.
#[inline]
fn digit(byte: u8) -> u8 {
    u8::from(byte.wrapping_sub(b'0') < 10)
}

/// 1 for a byte that is not below the first ones of all digits beyond ASCII.
#[inline]
fn high(byte: u8) -> u8 {
    u8::from(byte >= LOWEST_WIDE)
}

/// 1 for the first byte of a character among which digits are. Few bytes of running text are, in any script but Arabic
/// and the Indic ones.
#[inline]
fn wide(byte: u8) -> u8 {
    u8::from(byte == 0xD9) // U+0660: Arabic
        | u8::from(byte == 0xDB) // U+06F0: Persian
        | u8::from(byte == 0xDF) // U+07C0: N'Ko
        | u8::from(byte == 0xE0) // U+0966 to U+0F29: the Indic scripts, Thai, Lao, Tibetan
        | u8::from(byte == 0xE1) // U+1040 to U+1C59: Burmese, Khmer, Mongolian and more
        | u8::from(byte == 0xEA) // U+A620 to U+ABF9: Vai, Javanese, Cham and more
        | u8::from(byte == 0xEF) // U+FF10: full width
        | u8::from(byte == 0xF0) // beyond U+10000
}

/// One bit a byte: whether it is a suspect.
fn bits(block: &[u8; BLOCK]) -> u64 {
    let (words, _) = block.as_chunks::<8>();
    let digits =
        |bits: u64, (place, word): (usize, &[u8; 8])| bits | eight(u64::from_le_bytes(*word)) << (place * 8);
    let digits = words.iter().enumerate().fold(0, digits);
    if any(block, high) && any(block, wide) {
        digits | wide_bits(block)
    } else {
        digits
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = ONES * 0x80;

/// The ASCII digits among eight bytes, in the lowest eight bits.
#[inline]
fn eight(word: u64) -> u64 {
    let flipped = word ^ (ONES * u64::from(b'0')); // digits become 0 to 9
    let above = ((flipped & !HIGHS) + ONES * 0x76) | flipped; // high bit: 10 or more; 0x76 + 10 = 0x80, no byte carries
    let marks = !above & HIGHS;
    // The eight high bits, moved side by side into the top byte.
    (marks >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cold]
fn wide_bits(block: &[u8; BLOCK]) -> u64 {
    let mark = |bits: u64, (place, byte): (usize, &u8)| bits | u64::from(wide(*byte)) << place;
    block.iter().enumerate().fold(0, mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<usize> {
        let mut digits = Digits::new(text);
        let mut from = 0;
        std::iter::from_fn(|| {
            let at = digits.next(from)?;
            from = at + 1;
            Some(at)
        })
        .collect()
    }

    #[test]
    fn every_digit_is_found_wherever_it_stands() {
        for length in 0..200 {
            let text = "x".repeat(length);
            assert_eq!(all(&text), [0; 0]);
            for place in 0..length {
                let mut with = text.clone();
                with.replace_range(place..=place, "7");
                assert_eq!(all(&with), [place]);
            }
        }
    }

    #[test]
    fn digits_of_all_scripts_are_found_and_nothing_else() {
        let text = "/:;é電話０３、٣ قلم ९ก๑ 😀𝟗².".repeat(40);
        let expected: Vec<usize> = text
            .char_indices()
            .filter(|(_, c)| sign::digit(*c).is_some())
            .map(|(at, _)| at)
            .collect();
        assert_eq!(all(&text), expected);
    }
}
