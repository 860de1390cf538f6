//! Words by the byte they end with: of hundreds only a few are compared with the end of a text.

/// For each byte the first word that ends with it, for each word the next one that ends as it does; places from 1, 0 for
/// none. Made when the library is built.
pub(super) struct ByEnd<const COUNT: usize> {
    words: &'static [&'static str],
    first: [u16; 256],
    next: [u16; COUNT],
}

impl<const COUNT: usize> ByEnd<COUNT> {
    #[allow(
        clippy::indexing_slicing,
        clippy::cast_possible_truncation,
        reason = "runs at compile time: an index out of range is a build error; there are few words"
    )]
    pub(super) const fn of(words: &'static [&'static str]) -> Self {
        let (mut first, mut next) = ([0; 256], [0; COUNT]);
        let mut place = 0;
        while place < COUNT {
            let word = words[place].as_bytes();
            let end = word[word.len() - 1] as usize;
            next[place] = first[end];
            first[end] = place as u16 + 1;
            place += 1;
        }
        Self { words, first, next }
    }

    /// The words that end with the last byte of `text`.
    pub(super) fn like(&self, text: &str) -> impl Iterator<Item = &'static str> {
        let last = text.as_bytes().last();
        let mut place = last.and_then(|last| self.first.get(usize::from(*last))).copied();
        std::iter::from_fn(move || {
            let at = usize::from(place?).checked_sub(1)?;
            place = self.next.get(at).copied();
            self.words.get(at).copied()
        })
    }
}
