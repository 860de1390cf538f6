//! Names of tags and attributes to small numbers, with one load and one multiplication each.

use super::lanes::{self, Lanes};

/// Slots of a table: four times the largest set, so most look-ups end at the first.
const SLOTS: usize = 512;

/// Any odd constant with well-mixed high bits does: 2^64 / golden ratio (Knuth, TAOCP 6.4).
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// Every byte's bit 0x20: sets ASCII letters to lower case.
const LOWER: u64 = 0x2020_2020_2020_2020;

/// An open-addressed table from names of at most eight bytes to numbers from 1; 0 says unknown.
pub(in crate::page) struct NameTable {
    keys: [u64; SLOTS],
    ids: [u8; SLOTS],
    /// A bit for each length that a name of more than eight bytes has.
    long: u64,
}

impl NameTable {
    /// Numbers the names from 1 in order; names longer than eight bytes are left out (see [`NameTable::find`]).
    #[allow(
        clippy::indexing_slicing,
        clippy::cast_possible_truncation,
        reason = "runs at compile time: an index out of range is a build error; slots and ids are small"
    )]
    pub(in crate::page) const fn new(names: &[&str]) -> Self {
        let mut table = Self {
            keys: [0; SLOTS],
            ids: [0; SLOTS],
            long: 0,
        };
        let mut index = 0;
        while index < names.len() {
            let name = names[index].as_bytes();
            if name.len() <= 8 {
                let key = key_of(name);
                let mut slot = slot_of(key);
                while table.ids[slot] != 0 {
                    slot = (slot + 1) % SLOTS;
                }
                table.keys[slot] = key;
                table.ids[slot] = index as u8 + 1;
            } else {
                table.long |= 1 << name.len();
            }
            index += 1;
        }
        table
    }

    /// The number of a packed name.
    pub(in crate::page) fn get(&self, key: u64) -> u8 {
        let mut slot = slot_of(key);
        loop {
            let id = self.ids.get(slot).copied().unwrap_or(0);
            if id == 0 || self.keys.get(slot) == Some(&key) {
                return id;
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    /// The number of a name of any length and case, among `names` the table was made of.
    pub(in crate::page) fn find(&self, names: &[&str], name: &[u8]) -> u8 {
        if name.len() <= 8 {
            return self.get(key_of(name));
        }
        if name.len() >= 64 || self.long & (1 << name.len()) == 0 {
            return 0;
        }
        let long = names
            .iter()
            .position(|known| known.as_bytes().eq_ignore_ascii_case(name));
        long.and_then(|index| u8::try_from(index + 1).ok()).unwrap_or(0)
    }
}

#[allow(clippy::cast_possible_truncation, reason = "nine bits are left of the 64")]
const fn slot_of(key: u64) -> usize {
    (key.wrapping_mul(MIX) >> (64 - 9)) as usize
}

/// Packs at most eight bytes, in lower case, little end first.
#[allow(
    clippy::indexing_slicing,
    reason = "bounded by the loop; const code cannot use `get`"
)]
const fn key_of(name: &[u8]) -> u64 {
    let mut key = 0;
    let mut index = 0;
    while index < name.len() && index < 8 {
        key |= ((name[index] | 0x20) as u64) << (8 * index);
        index += 1;
    }
    key
}

/// A name that begins at `start`: where it ends, and its packed form when it has at most eight bytes.
///
/// A name ends before a byte up to 0x20, `/`, `>` and, for attributes, `=`. Its bytes are loaded at once: storing them one
/// by one and loading them together would stall on the store buffer.
#[inline]
pub(super) fn scan<const ATTRIBUTE: bool>(bytes: &[u8], start: usize) -> (usize, Option<u64>) {
    let rest = bytes.get(start..).unwrap_or_default();
    let (Some(lanes), Some(chunk)) = (Lanes::at(rest, 0), rest.first_chunk::<8>()) else {
        let length = end_of::<ATTRIBUTE>(rest, 0);
        let name = rest.get(..length).unwrap_or_default();
        return (start + length, (length <= 8).then(|| key_of(name)));
    };
    let last = if ATTRIBUTE { b'=' } else { b'>' };
    let length = lanes::first(lanes.up_to_or(b' ', [b'/', b'>', last]));
    if length >= 8 {
        let length = if length < lanes::WIDTH {
            length
        } else {
            end_of::<ATTRIBUTE>(rest, lanes::WIDTH)
        };
        let word = u64::from_le_bytes(*chunk) | LOWER;
        return (start + length, (length == 8).then_some(word));
    }
    let mask = (1_u64 << (8 * length)) - 1;
    (start + length, Some((u64::from_le_bytes(*chunk) | LOWER) & mask))
}

fn end_of<const ATTRIBUTE: bool>(rest: &[u8], from: usize) -> usize {
    let tail = rest.get(from..).unwrap_or_default();
    let stop = tail
        .iter()
        .position(|&byte| byte <= b' ' || byte == b'/' || byte == b'>' || (ATTRIBUTE && byte == b'='));
    stop.map_or(rest.len(), |stop| from + stop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_where_the_standard_says() {
        assert_eq!(scan::<false>(b"DIV class=x", 0).0, 3);
        assert_eq!(scan::<false>(b"br/>", 0).0, 2);
        assert_eq!(scan::<false>(b"blockquote>", 0).0, 10);
        assert_eq!(scan::<false>(b"noscript>", 0).0, 8);
        assert_eq!(scan::<true>(b"href=\"aaaaaaa\"", 0).0, 4);
        assert_eq!(scan::<true>(b"data-long-name=1", 0).0, 14);
        assert_eq!(scan::<false>(b"a\nhref=x", 0).0, 1);
        assert_eq!(scan::<false>("é-custom>".as_bytes(), 0).0, "é-custom".len());
    }

    #[test]
    fn the_long_way_and_the_short_way_agree() {
        for name in ["a", "h1", "td", "table", "section", "template"] {
            let padded = format!("{}>        ", name.to_uppercase());
            let exact = name.to_uppercase();
            assert_eq!(
                scan::<false>(padded.as_bytes(), 0),
                scan::<false>(exact.as_bytes(), 0),
                "{name}"
            );
        }
    }

    #[test]
    fn every_name_is_found_again() {
        static NAMES: [&str; 5] = ["a", "b", "section", "template", "blockquote"];
        static TABLE: NameTable = NameTable::new(&NAMES);
        for (index, name) in NAMES.iter().enumerate() {
            assert_eq!(
                usize::from(TABLE.find(&NAMES, name.to_uppercase().as_bytes())),
                index + 1
            );
        }
        assert_eq!(TABLE.find(&NAMES, b"c"), 0);
    }
}
