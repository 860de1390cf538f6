//! Making hashes, and checking passwords against them.

use std::sync::Arc;

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Version};
use tokio::sync::Semaphore;

use super::{PasswordCost, PasswordHash};
use crate::service::chance;
use crate::{Error, ErrorKind, Result};

/// The longest password that is hashed, in bytes. Argon2id takes any; reading a novel is nobody's password.
const LONGEST: usize = 1024;

/// What came of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordCheck {
    /// It is the password.
    Right,
    /// It is, and the hash is weaker than those made now: hash it anew while the password is at hand.
    Outdated,
    /// It is not, or there is no such account.
    Wrong,
}

/// Hashes passwords on threads that may block, a few at once: each takes the memory of its cost.
///
/// ```
/// use lead_core::service::{PasswordCheck, PasswordCost, Passwords};
///
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// # let cost = PasswordCost::new(64, 1, 1)?;
/// let passwords = Passwords::new(cost, 2)?;
/// let hash = passwords.hash("correct horse").await?;
/// assert_eq!(passwords.check("correct horse", Some(&hash)).await?, PasswordCheck::Right);
/// assert_eq!(passwords.check("battery staple", Some(&hash)).await?, PasswordCheck::Wrong);
/// assert_eq!(passwords.check("correct horse", None).await?, PasswordCheck::Wrong);
/// # Ok::<(), Box<dyn std::error::Error>>(()) })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Passwords {
    cost: PasswordCost,
    turns: Arc<Semaphore>,
    nobody: PasswordHash,
}

impl Passwords {
    /// Hashes of this cost, at most so many at once.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn new(cost: PasswordCost, at_once: usize) -> Result<Self> {
        let password = chance::bytes::<32>()?;
        Ok(Self {
            cost,
            turns: Arc::new(Semaphore::new(at_once.max(1))),
            nobody: hash(cost, &password)?,
        })
    }

    /// A hash to keep, with a salt by chance.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] when the password has no or more than 1,024 bytes.
    pub async fn hash(&self, password: &str) -> Result<PasswordHash> {
        if password.is_empty() || password.len() > LONGEST {
            return Err(Error::invalid("password", "1 to 1024 bytes are wanted"));
        }
        let (cost, password) = (self.cost, password.as_bytes().to_vec());
        self.in_turn(move || hash(cost, &password)).await
    }

    /// Checks a password against the hash of an account; without an account against one of nobody's, so that it takes as long.
    ///
    /// # Errors
    /// When the work could not be done; a wrong password is no error.
    pub async fn check(&self, password: &str, kept: Option<&PasswordHash>) -> Result<PasswordCheck> {
        let known = kept.is_some() && password.len() <= LONGEST;
        let kept = kept.unwrap_or(&self.nobody).clone();
        let cost = kept.cost();
        let password: Vec<u8> = password.bytes().take(LONGEST).collect();
        let right = self.in_turn(move || verify(&password, &kept)).await?;
        Ok(match right && known {
            true if cost.is_weaker(self.cost) => PasswordCheck::Outdated,
            true => PasswordCheck::Right,
            false => PasswordCheck::Wrong,
        })
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let failed = || Error::new(ErrorKind::Internal, "service.password", "the work was broken off");
        let turn = Arc::clone(&self.turns)
            .acquire_owned()
            .await
            .map_err(|_| failed())?;
        // The turn ends with the work, not with who waits for it: those who hang up free no memory.
        let work = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        work.await.map_err(|_| failed())?
    }
}

fn argon(cost: PasswordCost) -> Result<Argon2<'static>> {
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, cost.params()?))
}

fn hash(cost: PasswordCost, password: &[u8]) -> Result<PasswordHash> {
    let salt = chance::bytes::<16>()?;
    let hash: argon2::PasswordHash = argon(cost)?
        .hash_password_with_salt(password, &salt)
        .map_err(|_| {
            Error::new(
                ErrorKind::Internal,
                "service.password",
                "the password could not be hashed",
            )
        })?;
    PasswordHash::new(&hash.to_string())
}

/// The crate compares in constant time, with the cost that the hash names.
fn verify(password: &[u8], kept: &PasswordHash) -> Result<bool> {
    let hash = argon2::PasswordHash::new(kept.expose())
        .map_err(|_| Error::new(ErrorKind::Corrupt, "service.password", "the hash cannot be read"))?;
    Ok(argon(kept.cost())?.verify_password(password, &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cost(memory: u32, passes: u32) -> PasswordCost {
        PasswordCost::new(memory, passes, 1).unwrap()
    }

    #[tokio::test]
    async fn a_weaker_hash_is_to_be_made_anew() {
        let old = Passwords::new(cost(16, 1), 1).unwrap();
        let kept = old.hash("correct horse").await.unwrap();
        assert_eq!(
            old.check("correct horse", Some(&kept)).await.unwrap(),
            PasswordCheck::Right
        );
        for stronger in [cost(32, 1), cost(16, 2)] {
            let new = Passwords::new(stronger, 1).unwrap();
            let checked = new.check("correct horse", Some(&kept)).await.unwrap();
            assert_eq!(checked, PasswordCheck::Outdated);
            assert_eq!(
                new.check("wrong", Some(&kept)).await.unwrap(),
                PasswordCheck::Wrong
            );
        }
        let weaker = Passwords::new(cost(8, 1), 1).unwrap();
        let checked = weaker.check("correct horse", Some(&kept)).await.unwrap();
        assert_eq!(checked, PasswordCheck::Right);
    }

    /// RFC 9106 names no PHC strings; this one was made by `argon2-cffi` 25.1.
    #[tokio::test]
    async fn what_others_hashed_is_read() {
        let kept = include_str!("argon2_cffi.txt").trim();
        let kept = PasswordHash::new(kept).unwrap();
        let passwords = Passwords::new(PasswordCost::default(), 1).unwrap();
        let checked = passwords.check("correct horse battery staple", Some(&kept)).await;
        assert_eq!(checked.unwrap(), PasswordCheck::Outdated);
        let checked = passwords.check("correct horse battery stapl", Some(&kept)).await;
        assert_eq!(checked.unwrap(), PasswordCheck::Wrong);
    }

    #[tokio::test]
    async fn two_of_one_password_differ_and_neither_is_shown() {
        let passwords = Passwords::new(cost(8, 1), 2).unwrap();
        let one = passwords.hash("a").await.unwrap();
        let other = passwords.hash("a").await.unwrap();
        assert_ne!(one, other);
        assert!(!format!("{one:?}{passwords:?}").contains('$'));
        assert!(passwords.hash("").await.is_err());
        let long = "a".repeat(LONGEST + 1);
        assert!(passwords.hash(&long).await.is_err());
        let full = passwords.hash(&long[..LONGEST]).await.unwrap();
        assert_eq!(
            passwords.check(&long, Some(&full)).await.unwrap(),
            PasswordCheck::Wrong
        );
    }

    #[test]
    fn only_hashes_that_can_be_borne_are_read() {
        for bad in [
            "",
            "$argon2id$v=19$m=19456,t=2,p=1",
            "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$FN0p6Qg2kTFmFMrQhZ5Qzw",
            "$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$FN0p6Qg2kTFmFMrQhZ5Qzw",
            "$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHQ$FN0p6Qg2kTFmFMrQhZ5Qzw",
            "$argon2id$v=19$m=64,t=4294967295,p=1$c29tZXNhbHQ$FN0p6Qg2kTFmFMrQhZ5Qzw",
            "$2b$12$abcdefghijklmnopqrstuu",
        ] {
            assert!(PasswordHash::new(bad).is_err(), "{bad}");
        }
        assert!(PasswordHash::new("$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$FN0p6Qg2kTFmFMrQhZ5Qzw").is_ok());
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "(\\$argon2id)?(\\$v=19)?(\\$m=[0-9]{1,12},t=[0-9]{1,12},p=[0-9]{1,3})?[$a-zA-Z0-9+/,=]{0,60}") {
            if let Ok(hash) = PasswordHash::new(&text) {
                prop_assert_eq!(hash.expose(), text);
            }
        }
    }
}
