//! Where bytes of a kind stand in a text: what finders ask of every byte, answered for sixty-four at a time.
//!
//! A finder of text looks at what it knows by its first sign: a digit, a capital. Most bytes are neither, so the speed of
//! all of them is that of passing over the rest. The answer for a block is kept as a bit a byte, so that many hits in one
//! block cost its reading once.

use wide::u8x16;

const LANE: usize = 16;
const BLOCK: usize = 4 * LANE;

/// A kind of bytes: all bits of those of the kind, none of the others.
pub(crate) trait Kind {
    /// Asks sixteen at once.
    fn of(bytes: u8x16) -> u8x16;
}

/// ASCII digits.
pub(crate) struct Digit;

impl Kind for Digit {
    #[inline]
    fn of(bytes: u8x16) -> u8x16 {
        within(bytes, b'0', b'9')
    }
}

/// ASCII capitals, and the first bytes of letters from U+00C0 on, among which the other capitals are.
pub(crate) struct Capital;

impl Kind for Capital {
    #[inline]
    fn of(bytes: u8x16) -> u8x16 {
        within(bytes, b'A', b'Z') | within(bytes, 0xC3, 0xFF)
    }
}

#[inline]
fn within(bytes: u8x16, first: u8, last: u8) -> u8x16 {
    let from_first = bytes - u8x16::splat(first);
    from_first.min(u8x16::splat(last - first)).simd_eq(from_first)
}

/// The places of a kind in a text, asked for from left to right.
pub(crate) struct Places<'a, K> {
    bytes: &'a [u8],
    /// Where the block begins whose bits are known.
    block: usize,
    bits: u64,
    kind: std::marker::PhantomData<K>,
}

impl<'a, K: Kind> Places<'a, K> {
    pub(crate) fn of(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        Self {
            bytes,
            block: 0,
            bits: bits::<K>(bytes, 0),
            kind: std::marker::PhantomData,
        }
    }

    /// The first place at or after `from`, which is not before that of the last question.
    #[inline]
    pub(crate) fn next(&mut self, from: usize) -> Option<usize> {
        // The known block may lie ahead: then there is none before it.
        let mut from = from.max(self.block);
        if from >= self.block + BLOCK {
            self.load(from)?;
        }
        loop {
            let left = self.bits & (u64::MAX << (from - self.block));
            if left != 0 {
                return Some(self.block + left.trailing_zeros() as usize);
            }
            from = self.block + BLOCK;
            self.load(from)?;
        }
    }

    /// Whether one stands in the text from `from` up to `end`; as [`Places::next`].
    #[inline]
    pub(crate) fn any(&mut self, from: usize, end: usize) -> bool {
        self.next(from).is_some_and(|at| at < end)
    }

    /// Reads the block at `from`; `None` at the end.
    #[inline]
    fn load(&mut self, from: usize) -> Option<()> {
        if from >= self.bytes.len() {
            return None;
        }
        self.block = from;
        self.bits = bits::<K>(self.bytes, from);
        Some(())
    }
}

/// A bit for each of the bytes from `from` on, the first byte's lowest.
#[inline]
fn bits<K: Kind>(bytes: &[u8], from: usize) -> u64 {
    let bytes = bytes.get(from..).unwrap_or_default();
    if let Some(block) = bytes.first_chunk::<BLOCK>() {
        return bits_of::<K>(block);
    }
    let mut padded = [b' '; BLOCK];
    for (place, byte) in padded.iter_mut().zip(bytes) {
        *place = *byte;
    }
    bits_of::<K>(&padded)
}

#[inline]
fn bits_of<K: Kind>(block: &[u8; BLOCK]) -> u64 {
    let (lanes, _) = block.as_chunks::<LANE>();
    let lanes = lanes.iter().rev();
    lanes.fold(0, |bits, lane| {
        bits << LANE | u64::from(K::of(u8x16::new(*lane)).to_bitmask())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn places<K: Kind>(text: &str) -> Vec<usize> {
        let mut places = Places::<K>::of(text);
        let mut at = 0;
        std::iter::from_fn(|| {
            let found = places.next(at)?;
            at = found + 1;
            Some(found)
        })
        .collect()
    }

    proptest! {
        #[test]
        fn each_place_is_found_once(text in "[a-z /:@\\[`{0-9A-ZÀ-ɏЀ-ӿ一-丏]{0,300}") {
            let which = |wanted: fn(u8) -> bool| -> Vec<usize> {
                text.bytes().enumerate().filter(|(_, byte)| wanted(*byte)).map(|(at, _)| at).collect()
            };
            prop_assert_eq!(places::<Digit>(&text), which(|byte| byte.is_ascii_digit()));
            prop_assert_eq!(places::<Capital>(&text), which(|byte| byte.is_ascii_uppercase() || byte >= 0xC3));
        }

        #[test]
        fn steps_may_be_of_any_length(text in "[a1]{0,300}", steps in proptest::collection::vec(0_usize..90, 0..20)) {
            let (mut places, mut at) = (Places::<Digit>::of(&text), 0);
            for step in steps {
                at += step;
                let own = text.get(at..).and_then(|rest| rest.find('1')).map(|found| at + found);
                prop_assert_eq!(places.next(at), own);
                at = own.unwrap_or(at);
            }
        }
    }
}
