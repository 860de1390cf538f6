//! Where words stand in a text, all of them looked for at once.
//!
//! The search is Teddy, of the `aho-corasick` crate: some gigabytes a second, as long as no word has fewer than three letters
//! and none begins with three that texts are full of. The automata of the same crate take a step a byte instead.

use aho_corasick::packed::{self, MatchKind, Searcher};

/// Finds words wherever they stand; they may overlap.
pub(crate) struct WordPlaces {
    /// `None` on processors without the vectors it needs.
    searcher: Option<Searcher>,
    words: Vec<String>,
}

impl WordPlaces {
    pub(crate) fn of<W: Into<String>>(words: impl IntoIterator<Item = W>) -> Self {
        let words: Vec<String> = words.into_iter().map(Into::into).collect();
        let mut builder = packed::Config::new()
            .match_kind(MatchKind::LeftmostFirst)
            .builder();
        let searcher = builder.extend(&words).build();
        Self { searcher, words }
    }

    /// The places where one of the words begins, rising.
    pub(crate) fn places<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            let place = self.next(bytes, from)?;
            from = place + 1;
            Some(place)
        })
    }

    fn next(&self, bytes: &[u8], from: usize) -> Option<usize> {
        match &self.searcher {
            Some(searcher) => {
                let span = (from.min(bytes.len())..bytes.len()).into();
                searcher.find_in(bytes, span).map(|found| found.start())
            }
            None => (from..bytes.len()).find(|at| {
                let rest = bytes.get(*at..).unwrap_or_default();
                self.words.iter().any(|word| rest.starts_with(word.as_bytes()))
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_seen_wherever_they_stand() {
        let words = WordPlaces::of(["right", "(c)", "aba"]);
        for shift in 0..140 {
            for word in ["right", "(c)", "aba"] {
                let text = format!("{}{word}{}", "x".repeat(shift), "y".repeat(70));
                assert_eq!(words.places(text.as_bytes()).collect::<Vec<_>>(), [shift]);
            }
        }
        assert_eq!(words.places(b"ababa (C)").collect::<Vec<_>>(), [0, 2]);
        assert_eq!(words.places(b"").count(), 0);
    }
}
