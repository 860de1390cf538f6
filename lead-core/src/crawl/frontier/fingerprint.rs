//! Addresses as numbers.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use siphasher::sip128::{Hasher128, SipHasher13};

/// The address as 128 bits: among ten billion addresses two share theirs with a chance of one in 10¹⁸.
///
/// The same on every machine and in every run, so that a journal's addresses are recognised when it is read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// Of a canonical address.
    pub fn of(url: &str) -> Self {
        let mut hasher = SipHasher13::new();
        hasher.write(url.as_bytes());
        Self(hasher.finish128().as_u128())
    }
}

impl std::hash::Hash for Fingerprint {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(truncated(self.0));
    }
}

#[expect(clippy::cast_possible_truncation, reason = "half of a hash is a hash")]
fn truncated(number: u128) -> u64 {
    number as u64
}

/// Takes a number that is a hash already as it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        // Not called for fingerprints; a hash all the same.
        self.0 = bytes.iter().fold(self.0, |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(u64::from(*byte))
        });
    }
    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// A set of addresses, 17 bytes each and the room a hash table leaves.
pub type Fingerprints = HashSet<Fingerprint, BuildHasherDefault<AsItIs>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_the_same_in_every_run() {
        let of = |url| format!("{:032x}", Fingerprint::of(url).0);
        assert_eq!(of("http://a.test/"), of("http://a.test/"));
        assert_ne!(of("http://a.test/"), of("http://a.test/?"));
        // Journals hold the order of addresses by it: a new version of the hash must not change it.
        assert_eq!(of("http://a.test/"), "07f765be08a68e41c162fee33c9940d3");
    }
}
