//! Which letters and signs follow each other in numbers that are spelled out.

use super::super::triples::{SIGN, Triples, kind};
use super::{LOOK, WORDS};

static TRIPLES: Triples = triples();

/// Whether these bytes may stand in a row in a spelled number.
#[inline]
#[allow(
    clippy::many_single_char_names,
    reason = "six bytes that are nothing but neighbours"
)]
pub(super) fn may_be_spelled([a, b, c, d, e, f]: [u8; LOOK]) -> bool {
    let has = |a, b, c| TRIPLES.has(a, b, c);
    // One tells nearly all of a text apart; the others at once, as which of them fails cannot be foretold.
    has(b, c, d) && (has(a, b, c) & has(c, d, e) & has(d, e, f))
}

#[allow(
    clippy::indexing_slicing,
    reason = "runs at compile time: an index out of range is a build error"
)]
const fn triples() -> Triples {
    let mut triples = Triples::NONE;
    triples.add(SIGN, SIGN, SIGN);
    let mut digit = 0;
    while digit < WORDS.len() {
        let words = WORDS[digit].1;
        let mut place = 0;
        while place < words.len() {
            let word = words[place].as_bytes();
            add_word(&mut triples, word);
            add_neighbours(&mut triples, kind(word[word.len() - 1]));
            place += 1;
        }
        digit += 1;
    }
    triples
}

/// The letters of a word, with signs before and behind.
#[allow(
    clippy::indexing_slicing,
    reason = "runs at compile time: an index out of range is a build error"
)]
const fn add_word(triples: &mut Triples, word: &[u8]) {
    let (mut first, mut second) = (SIGN, SIGN);
    let mut at = 0;
    while at < word.len() + 2 {
        let third = if at < word.len() { kind(word[at]) } else { SIGN };
        triples.add(first, second, third);
        (first, second) = (second, third);
        at += 1;
    }
}

/// The last letter of a word, one sign, and the first letter of any word.
#[allow(
    clippy::indexing_slicing,
    reason = "runs at compile time: an index out of range is a build error"
)]
const fn add_neighbours(triples: &mut Triples, last: u8) {
    let mut digit = 0;
    while digit < WORDS.len() {
        let words = WORDS[digit].1;
        let mut place = 0;
        while place < words.len() {
            triples.add(last, SIGN, kind(words[place].as_bytes()[0]));
            place += 1;
        }
        digit += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(text: &str) -> bool {
        let looks = text.as_bytes().windows(LOOK);
        looks.clone().count() > 0
            && looks
                .filter_map(<[u8]>::first_chunk)
                .all(|look| may_be_spelled(*look))
    }

    #[test]
    fn every_place_of_a_spelled_number_passes() {
        let words = || WORDS.iter().flat_map(|(_, words)| *words);
        for first in words() {
            for second in words() {
                for signs in [" ", "-", ", ", ". -"] {
                    assert!(passes(&format!("{first}{signs}{second}{signs}")));
                }
            }
        }
        assert!(passes("FOUR-One, Zéro") && !passes("four apples") && !passes("one\ntwo"));
    }
}
