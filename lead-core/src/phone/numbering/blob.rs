//! A blob is sections one after the other; it begins with how many there are and where each ends, 32 bits each,
//! little-endian. `scripts/numbering/sections.py` writes them.

/// Section `index`; evaluated at compile time for the blobs of this folder.
pub(super) const fn section(blob: &[u8], index: usize) -> &[u8] {
    let begin = if index == 0 {
        4 * (number(blob, 0) + 1)
    } else {
        number(blob, 4 * index)
    };
    let end = number(blob, 4 * (index + 1));
    blob.split_at(end).0.split_at(begin).1
}

/// The number at `at`.
pub(super) const fn number(blob: &[u8], at: usize) -> usize {
    match blob.split_at(at).1 {
        [a, b, c, d, ..] => u32::from_le_bytes([*a, *b, *c, *d]) as usize,
        _ => 0,
    }
}
