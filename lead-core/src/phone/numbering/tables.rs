//! The sections of `plans.bin`; their order is that of `scripts/numbering/plans.py`.
//!
//! All numbers are little-endian.

const BLOB: &[u8] = include_bytes!("plans.bin");

/// A number of 16 bits as it stands in the blob.
pub(super) type Word = [u8; 2];

/// The version of libphonenumber's data that the tables were made from.
pub const DATA_VERSION: &str = match std::str::from_utf8(section(0)) {
    Ok(version) => version,
    Err(_) => "",
};

/// The automaton: for each state the next one, by digit.
pub(super) const STATES: &[[Word; 10]] = section(1).as_chunks::<2>().0.as_chunks::<10>().0;
/// For each state the number of its mask.
pub(super) const ACCEPTS: &[Word] = words(2);
/// Which patterns match, as bits; what the bits mean depends on the state a walk began in.
pub(super) const MASKS: &[[u8; 4]] = section(3).as_chunks().0;
/// What is known of a plan; see `plan`.
pub(super) const PLANS: &[[u8; super::plan::SIZE]] = section(4).as_chunks().0;
/// For each pair of letters the number of the region's plan, plus one.
pub(super) const REGIONS: &[u8] = section(5);
/// For each calling code its number in [`CALLING_CODES`], plus one.
pub(super) const BY_CALLING_CODE: &[u8] = section(6);
/// For each calling code in use: see `calling`.
pub(super) const CALLING_CODES: &[[u8; 6]] = section(7).as_chunks().0;
/// The plans of each calling code, the main one first.
pub(super) const MEMBERS: &[u8] = section(8);
/// Sets of lengths, as bits.
pub(super) const LENGTHS: &[[u8; 4]] = section(9).as_chunks().0;
/// How digits are grouped; see `layout`.
pub(super) const LAYOUTS: &[[u8; super::layout::SIZE]] = section(10).as_chunks().0;
/// Instructions; see `program`.
pub(super) const CODE: &[Word] = words(11);
const TEXT_ENDS: &[Word] = words(12);
const TEXTS: &[u8] = section(13);

const fn section(index: usize) -> &'static [u8] {
    super::blob::section(BLOB, index)
}

const fn words(index: usize) -> &'static [Word] {
    section(index).as_chunks().0
}

/// Text number `id`; 0 is the empty one.
pub(super) fn text(id: u16) -> &'static [u8] {
    let end = |id: u16| {
        let end = TEXT_ENDS
            .get(usize::from(id))
            .map_or(0, |word| u16::from_le_bytes(*word));
        usize::from(end)
    };
    let begin = id.checked_sub(1).map_or(0, end);
    TEXTS.get(begin..end(id)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_blob_is_whole() {
        assert_eq!(DATA_VERSION.split('.').count(), 3);
        assert_eq!(STATES.len(), ACCEPTS.len());
        let sections = super::super::blob::number(BLOB, 0);
        assert_eq!(super::super::blob::number(BLOB, 4 * sections), BLOB.len());
        assert!(BLOB.len() <= 500_000, "{}", BLOB.len());
        assert!(text(0).is_empty());
    }
}
