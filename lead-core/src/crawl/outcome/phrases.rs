//! Lists of phrases, looked for all at once.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

/// Phrases, any of which a text may say. The machine that looks for them is made at the first use: a walk over the text
/// for all of them instead of one for each.
pub(super) struct Phrases {
    list: &'static [&'static str],
    /// None when it cannot be built, which a test rules out.
    machine: OnceLock<Option<AhoCorasick>>,
}

impl Phrases {
    pub(super) const fn new(list: &'static [&'static str]) -> Self {
        Self {
            list,
            machine: OnceLock::new(),
        }
    }

    fn machine(&self) -> Option<&AhoCorasick> {
        let made = self.machine.get_or_init(|| AhoCorasick::new(self.list).ok());
        made.as_ref()
    }

    /// Whether `text` has one of them.
    pub(super) fn are_in(&self, text: &str) -> bool {
        self.machine().is_some_and(|machine| machine.is_match(text))
    }

    /// Every one of them in `text`: where it begins.
    pub(super) fn all_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        let machine = self.machine().into_iter();
        machine.flat_map(move |machine| machine.find_overlapping_iter(text).map(|found| found.start()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_all_at_once() {
        let phrases = Phrases::new(&["for sale", "sale", "é"]);
        assert!(phrases.machine().is_some());
        assert!(phrases.are_in("a sale") && !phrases.are_in("sail"));
        let mut all: Vec<usize> = phrases.all_in("for sale").collect();
        all.sort_unstable();
        assert_eq!(all, [0, 4]);
    }
}
