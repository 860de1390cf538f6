//! What marks a cursor as one that a store gave.

use std::hash::Hasher;

use siphasher::sip128::{Hasher128, SipHasher24};
use uuid::Uuid;

use super::Cursor;
use crate::{Error, Result};

/// What a store signs the cursors of a tenant with, so that only those it gave come back to it: nobody makes one up, changes one, or
/// carries one from tenant to tenant. Kept in the store, where a cursor outlives the process that gave it.
#[derive(Clone, Copy)]
pub struct Seal([u8; 16]);

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal")
    }
}

impl Seal {
    /// Digits of a signature, in hexadecimal.
    const DIGITS: usize = 32;

    /// The seal that is kept as these bytes, which must be drawn by chance.
    pub const fn new(secret: Uuid) -> Self {
        Self(secret.into_bytes())
    }

    /// A seal for as long as the process lives.
    pub fn fresh() -> Self {
        Self::new(Uuid::now_v7())
    }

    /// A cursor of this content.
    pub(super) fn cursor(&self, content: &str) -> Cursor {
        Cursor(self.sign(content) + content)
    }

    /// Whether the cursor is one of this seal.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it is not.
    pub fn check(&self, cursor: &Cursor) -> Result<()> {
        let (signature, content) = parts(cursor).ok_or_else(made_up)?;
        // All digits are looked at, so that the time it takes tells nothing of the right ones.
        let wanted = self.sign(content);
        let differ = |(a, b): (u8, u8)| a ^ b;
        let differences = signature.bytes().zip(wanted.bytes()).map(differ);
        if differences.fold(0, |all, one| all | one) == 0 {
            Ok(())
        } else {
            Err(made_up())
        }
    }

    fn sign(&self, content: &str) -> String {
        let mut hasher = SipHasher24::new_with_key(&self.0);
        hasher.write(content.as_bytes());
        format!("{:0width$x}", hasher.finish128().as_u128(), width = Self::DIGITS)
    }
}

/// The signature of a cursor, and what it signs.
pub(super) fn parts(cursor: &Cursor) -> Option<(&str, &str)> {
    cursor.0.split_at_checked(Seal::DIGITS)
}

fn made_up() -> Error {
    Error::invalid("cursor", "not a cursor that this store gave")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_seal_gave_passes_it() {
        let (mine, other) = (Seal::fresh(), Seal::new(Uuid::from_u128(7)));
        let given = mine.cursor("abc");
        assert!(mine.check(&given).is_ok());
        assert!(other.check(&given).is_err(), "of another store");
        for at in 0..given.0.len() {
            let mut changed = given.0.clone().into_bytes();
            changed[at] ^= 1;
            let changed = Cursor(String::from_utf8(changed).unwrap());
            assert!(mine.check(&changed).is_err(), "{at}");
        }
        for text in [
            "",
            "zz",
            "é".repeat(40).as_str(),
            &given.0[..31],
            &given.0[..32],
            &(given.0.clone() + "d"),
        ] {
            assert!(mine.check(&Cursor(text.to_owned())).is_err(), "{text}");
        }
        assert_eq!(format!("{mine:?}"), "Seal");
    }
}
