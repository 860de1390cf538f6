//! Lists of words that every word of a text is held against.

/// The longest word of a list, in bytes.
const LONGEST: usize = 40;

/// Words in lower case, parted by bars. Most words of a text are told from them by their length and first byte, the others by
/// one look into a table, which is made at compile time.
pub(crate) struct WordList<const SLOTS: usize> {
    list: &'static str,
    /// A bit for each pair of a word's length and its first byte.
    shapes: [u64; 64],
    /// Where a word begins in the list and its length, at the place of its hash or the next free one; length 0 is free.
    slots: [(u16, u8); SLOTS],
}

impl<const SLOTS: usize> WordList<SLOTS> {
    /// A list with room for at most half of `SLOTS`, a power of two.
    #[allow(
        clippy::indexing_slicing,
        clippy::cast_possible_truncation,
        reason = "runs at compile time: an index out of range is a build error, and the sizes are asserted"
    )]
    pub(crate) const fn new(list: &'static str) -> Self {
        assert!(
            SLOTS.is_power_of_two() && list.len() < 1 << 16,
            "the table fits its list"
        );
        let bytes = list.as_bytes();
        let mut shapes = [0; 64];
        let mut slots = [(0, 0); SLOTS];
        let (mut start, mut at, mut hash, mut count) = (0, 0, SEED, 0);
        while at <= bytes.len() {
            if at < bytes.len() && bytes[at] != b'|' {
                hash = mixed(hash, bytes[at]);
                at += 1;
                continue;
            }
            let length = at - start;
            assert!(length > 0 && length <= LONGEST, "a word of another length");
            shapes[length] |= 1 << (bytes[start] & 63);
            let mut slot = hash as usize % SLOTS;
            while slots[slot].1 != 0 {
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = (start as u16, length as u8);
            count += 1;
            at += 1;
            start = at;
            hash = SEED;
        }
        assert!(count * 2 <= SLOTS, "the table is too full");
        Self { list, shapes, slots }
    }

    /// Whether it holds a word, in any case.
    pub(crate) fn holds(&self, word: &str) -> bool {
        let bytes = word.as_bytes();
        if word.is_ascii() {
            return has_shape(&self.shapes, bytes) && self.look_up(bytes);
        }
        let mut lower = [0; LONGEST];
        lowered(word, &mut lower).is_some_and(|lower| has_shape(&self.shapes, lower) && self.look_up(lower))
    }

    fn look_up(&self, word: &[u8]) -> bool {
        let hash = word
            .iter()
            .fold(SEED, |hash, byte| mixed(hash, byte.to_ascii_lowercase()));
        let home = hash as usize % SLOTS;
        let (before, from) = self.slots.split_at_checked(home).unwrap_or_default();
        from.iter()
            .chain(before)
            .take_while(|(_, length)| *length != 0)
            .any(|(start, length)| {
                let start = usize::from(*start);
                let known = self.list.as_bytes().get(start..start + usize::from(*length));
                known.is_some_and(|known| known.eq_ignore_ascii_case(word))
            })
    }
}

/// Tells most words that are none of a long list from those that are: a bit for the hash of each. What it lets through is
/// looked for in the list itself.
pub(crate) struct Sieve<const ROWS: usize> {
    rows: [u64; ROWS],
    /// A bit for each pair of a word's length and its first byte.
    shapes: [u64; 64],
}

impl<const ROWS: usize> Sieve<ROWS> {
    /// A sieve for no word yet. `ROWS` is a power of two; one row for every four words lets one in fifteen others through.
    pub(crate) const fn new() -> Self {
        assert!(ROWS.is_power_of_two(), "the bits of a hash choose a row");
        Self {
            rows: [0; ROWS],
            shapes: [0; 64],
        }
    }

    /// Adds the words of a list, in lower case.
    #[allow(
        clippy::indexing_slicing,
        reason = "runs at compile time: an index out of range is a build error"
    )]
    pub(crate) const fn add_parts(&mut self, list: &[u8], between: u8) {
        let (mut start, mut at) = (0, 0);
        while at <= list.len() {
            if at == list.len() || list[at] == between {
                self.add(list, start, at);
                start = at + 1;
            }
            at += 1;
        }
    }

    /// Adds the words of a list, in lower case, and each with an `s` behind it.
    #[allow(
        clippy::indexing_slicing,
        reason = "runs at compile time: an index out of range is a build error"
    )]
    pub(crate) const fn add_with_plurals(&mut self, list: &[u8], between: u8) {
        self.add_parts(list, between);
        let (mut word, mut length, mut at) = ([0; LONGEST], 0, 0);
        while at <= list.len() {
            if at == list.len() || list[at] == between {
                word[length] = b's';
                self.add(&word, 0, length + 1);
                length = 0;
            } else {
                word[length] = list[at];
                length += 1;
            }
            at += 1;
        }
    }

    /// Adds the first bytes of a word in any case, which are ASCII.
    #[allow(
        clippy::indexing_slicing,
        reason = "runs at compile time: an index out of range is a build error"
    )]
    pub(crate) const fn add_beginning(&mut self, word: &[u8]) {
        assert!(
            word[0].is_ascii() && word[1].is_ascii(),
            "two letters of one byte"
        );
        self.add(
            &[word[0].to_ascii_lowercase(), word[1].to_ascii_lowercase()],
            0,
            2,
        );
    }

    /// Adds a part of `list`, in lower case.
    #[allow(
        clippy::indexing_slicing,
        reason = "runs at compile time: an index out of range is a build error"
    )]
    pub(crate) const fn add(&mut self, list: &[u8], start: usize, end: usize) {
        let (mut hash, mut at) = (SEED, start);
        while at < end {
            hash = mixed(hash, list[at]);
            at += 1;
        }
        assert!(start < end && end - start <= LONGEST, "a word of another length");
        self.shapes[end - start] |= 1 << (list[start] & 63);
        self.rows[hash as usize / 64 % ROWS] |= 1 << (hash % 64);
    }

    /// Whether a word may be of the list, in any case.
    pub(crate) fn may_hold(&self, word: &str) -> bool {
        let mut lower = [0; LONGEST];
        let word = if word.is_ascii() {
            Some(word.as_bytes())
        } else {
            lowered(word, &mut lower)
        };
        let Some(word) = word.filter(|word| has_shape(&self.shapes, word)) else {
            return false;
        };
        let hash = hash_of(word);
        let row = self.rows.get(hash as usize / 64 % ROWS);
        row.is_some_and(|row| row & (1 << (hash % 64)) != 0)
    }
}

fn has_shape(shapes: &[u64; 64], word: &[u8]) -> bool {
    let row = shapes.get(word.len()).copied().unwrap_or_default();
    let first = word.first().map_or(0, u8::to_ascii_lowercase);
    row & (1 << (first & 63)) != 0
}

fn hash_of(word: &[u8]) -> u32 {
    word.iter()
        .fold(SEED, |hash, byte| mixed(hash, byte.to_ascii_lowercase()))
}

const SEED: u32 = 0x811c_9dc5;

/// FNV-1a (<http://www.isthe.com/chongo/tech/comp/fnv/>).
const fn mixed(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(0x0100_0193)
}

/// A word in lower case; `None` when it is longer than every word of a list.
fn lowered<'a>(word: &str, buffer: &'a mut [u8; LONGEST]) -> Option<&'a [u8]> {
    let mut length = 0;
    for c in word.chars() {
        if c.is_ascii() {
            *buffer.get_mut(length)? = u8::try_from(c).ok()?.to_ascii_lowercase();
            length += 1;
            continue;
        }
        for c in c.to_lowercase() {
            let room = buffer.get_mut(length..length + c.len_utf8())?;
            length += c.encode_utf8(room).len();
        }
    }
    buffer.get(..length)
}

#[cfg(test)]
mod tests {
    use super::*;

    static LIST: WordList<16> = WordList::new("manager|geschäftsführer|sp. z o.o|vd|ägare");

    #[test]
    fn words_are_held_in_any_case_and_whole() {
        for word in [
            "manager",
            "MANAGER",
            "GeschäftsFÜHRER",
            "Sp. Z o.o",
            "VD",
            "Ägare",
        ] {
            assert!(LIST.holds(word), "{word}");
        }
        for word in [
            "manage",
            "managers",
            "",
            "|",
            "vd|ägare",
            "Übermanager",
            &"ä".repeat(60),
        ] {
            assert!(!LIST.holds(word), "{word}");
        }
        assert!(LIST.list.split('|').all(|word| LIST.holds(word)));
    }
}
