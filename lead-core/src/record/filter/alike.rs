//! Words that are the same but for a slip of the hand.

/// Shorter words are looked for as they are: among short words one slip makes another word.
const SHORTEST: usize = 4;

/// Longer ones too: nobody types them.
const LONGEST: usize = 64;

/// Whether two words are the same but for one slip: a character left out, put in, mistaken for another, or two that changed places.
/// Words of fewer than four characters have to be the same.
///
/// ```
/// use lead_core::record::filter::alike;
/// assert!(alike("boulangrie", "boulangerie") && alike("jonh", "john"));
/// assert!(!alike("bar", "car") && !alike("boulangri", "boulangerie"));
/// ```
pub fn alike(wanted: &str, there: &str) -> bool {
    wanted == there || (Near::of(wanted).is_some() && within_one(wanted, there))
}

/// Where words that are alike stand in sorted lists: whatever the slip, either the beginning or the end is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// What they begin with, …
    pub beginning: String,
    /// … or what they end with, backwards: what they begin with when they are written backwards.
    pub backwards: String,
    /// How many characters they have, the least and the most.
    pub lengths: (usize, usize),
}

impl Near {
    /// For a word; `None` when only the word itself is like it.
    pub fn of(word: &str) -> Option<Self> {
        let chars: Vec<char> = word.chars().collect();
        let length = chars.len();
        if !(SHORTEST..=LONGEST).contains(&length) {
            return None;
        }
        let (head, tail) = chars.split_at(length / 2);
        // One less: of two that changed places one may stand in either half.
        let beginning = head.iter().take(head.len().saturating_sub(1)).collect();
        Some(Self {
            beginning,
            backwards: tail.iter().rev().collect(),
            lengths: (length - 1, length + 1),
        })
    }
}

/// Optimal string alignment distance of at most one.
fn within_one(wanted: &str, there: &str) -> bool {
    let mut left = wanted.chars().peekable();
    let mut right = there.chars().peekable();
    while left.peek().is_some() && left.peek() == right.peek() {
        left.next();
        right.next();
    }
    let (left, right): (Vec<char>, Vec<char>) = (left.collect(), right.collect());
    match (left.as_slice(), right.as_slice()) {
        ([], []) => true,
        (short, [_, rest @ ..]) if short.len() + 1 == right.len() => short == rest,
        ([_, rest @ ..], short) if short.len() + 1 == left.len() => short == rest,
        ([a, b, rest @ ..], [c, d, other @ ..]) if a == d && b == c && rest == other => true,
        ([_, rest @ ..], [_, other @ ..]) => rest == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Guards the short way against the long one.
        #[test]
        fn one_slip_is_a_distance_of_one(wanted in "[abé]{0,7}", there in "[abé]{0,7}") {
            prop_assert_eq!(within_one(&wanted, &there), strsim::osa_distance(&wanted, &there) <= 1);
        }

        /// Guards the promise stores search by.
        #[test]
        fn what_is_alike_begins_or_ends_alike(wanted in "[abc]{4,9}", there in "[abc]{3,10}") {
            if alike(&wanted, &there) {
                let near = Near::of(&wanted).unwrap();
                let backwards: String = there.chars().rev().collect();
                prop_assert!(there.starts_with(&near.beginning) || backwards.starts_with(&near.backwards));
                let length = there.chars().count();
                prop_assert!((near.lengths.0..=near.lengths.1).contains(&length));
            }
        }
    }
}
