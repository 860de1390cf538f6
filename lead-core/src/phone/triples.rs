//! Which three bytes stand in a row in the words that are looked for. Few others do in running text, so this is the first
//! thing that is asked of a place in it.

/// Kinds of bytes: from 1 to 26 the letters, in either case.
const KINDS: usize = 32;
/// What parts words: a blank, a hyphen, a comma, a full stop.
pub(super) const SIGN: u8 = 0;
/// Part of a letter beyond ASCII.
const WIDE: u8 = 27;
/// Everything else.
const OTHER: u8 = 31;

/// The kind of each byte.
static KIND: [u8; 256] = kinds();

#[allow(
    clippy::indexing_slicing,
    reason = "runs at compile time: an index out of range is a build error"
)]
const fn kinds() -> [u8; 256] {
    let mut kinds = [OTHER; 256];
    let mut byte: u8 = 0;
    loop {
        kinds[byte as usize] = kind(byte);
        if byte == u8::MAX {
            return kinds;
        }
        byte += 1;
    }
}

/// The kind of a byte.
pub(super) const fn kind(byte: u8) -> u8 {
    match byte {
        b' ' | b'-' | b',' | b'.' => SIGN,
        b'a'..=b'z' | b'A'..=b'Z' => byte & 31,
        0x80.. => WIDE,
        _ => OTHER,
    }
}

/// For two kinds in a row, at `KINDS * first + second`: a bit for each kind that may come next.
pub(super) struct Triples([u32; KINDS * KINDS]);

#[allow(
    clippy::indexing_slicing,
    reason = "runs at compile time: an index out of range is a build error"
)]
impl Triples {
    pub(super) const NONE: Self = Self([0; KINDS * KINDS]);

    /// Takes in three kinds.
    pub(super) const fn add(&mut self, first: u8, second: u8, third: u8) {
        self.0[first as usize * KINDS + second as usize] |= 1 << third;
    }

    /// Takes in two kinds with whatever follows.
    pub(super) const fn add_two(&mut self, first: u8, second: u8) {
        self.0[first as usize * KINDS + second as usize] = u32::MAX;
    }
}

impl Triples {
    /// Whether these bytes may stand in a row.
    #[inline]
    pub(super) fn has(&self, first: u8, second: u8, third: u8) -> bool {
        let kind = |byte: u8| KIND.get(usize::from(byte)).copied().unwrap_or(OTHER);
        let next = self
            .0
            .get(usize::from(kind(first)) * KINDS + usize::from(kind(second)));
        next.is_some_and(|next| next >> kind(third) & 1 != 0)
    }
}
