//! Bytes by chance, from the system.

use ring::rand::{SecureRandom, SystemRandom};

use crate::{Error, ErrorKind, Result};

/// So many bytes that nobody can guess.
pub(super) fn bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| {
        Error::new(
            ErrorKind::Internal,
            "service.chance",
            "the system gives no random bytes",
        )
    })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #[test]
    fn two_draws_differ() {
        assert_ne!(super::bytes::<16>().unwrap(), super::bytes::<16>().unwrap());
    }
}
