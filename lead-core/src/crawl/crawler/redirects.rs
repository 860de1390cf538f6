//! Which address leads to which.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::crawl::frontier::{AsItIs, Fingerprint};

/// Redirects seen, to tell circles from ways.
#[derive(Debug, Default)]
pub(super) struct Redirects(HashMap<Fingerprint, Fingerprint, BuildHasherDefault<AsItIs>>);

impl Redirects {
    /// Notes that one address leads to another. Whether that closes a circle.
    pub(super) fn note(&mut self, from: Fingerprint, to: Fingerprint) -> bool {
        let mut at = to;
        // No way has more steps than there are redirects.
        for _ in 0..=self.0.len() {
            if at == from {
                return true;
            }
            match self.0.get(&at) {
                Some(next) => at = *next,
                None => break,
            }
        }
        self.0.insert(from, to);
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_told_from_ways() {
        let of = |name: &str| Fingerprint::of(name);
        let mut redirects = Redirects::default();
        assert!(redirects.note(of("self"), of("self")));
        assert!(!redirects.note(of("a"), of("b")));
        assert!(!redirects.note(of("b"), of("c")));
        assert!(!redirects.note(of("x"), of("b")), "two ways to one page");
        assert!(redirects.note(of("c"), of("a")));
    }
}
