//! How much a guess costs.

use argon2::Params;

use crate::{Error, Result};

/// The cost of one hash by Argon2id (RFC 9106).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordCost {
    memory: u32,
    passes: u32,
    lanes: u32,
}

/// Bounds of what is computed at all, so that a hash that somebody slipped into the store does not stop the service: 1 GiB, 32 passes, 16 lanes.
const MOST_MEMORY: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 32;
const MOST_LANES: u32 = 16;

impl Default for PasswordCost {
    /// 19 MiB, two passes, one lane: the Password Storage Cheat Sheet of OWASP.
    fn default() -> Self {
        Self {
            memory: 19 * 1024,
            passes: 2,
            lanes: 1,
        }
    }
}

impl PasswordCost {
    /// So many KiB of memory, gone over so many times, in so many lanes.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when a lane has less than 8 KiB, or it is more than 1 GiB, 32 passes or 16 lanes.
    pub fn new(memory: u32, passes: u32, lanes: u32) -> Result<Self> {
        let fine = (1..=MOST_PASSES).contains(&passes)
            && (1..=MOST_LANES).contains(&lanes)
            && (8 * lanes..=MOST_MEMORY).contains(&memory);
        if fine {
            Ok(Self {
                memory,
                passes,
                lanes,
            })
        } else {
            Err(Error::invalid(
                "password cost",
                "8 KiB to 1 GiB a lane, 1 to 32 passes and 1 to 16 lanes are wanted",
            ))
        }
    }

    /// The cost of a hash that is kept.
    pub(super) fn of(params: &Params) -> Result<Self> {
        Self::new(params.m_cost(), params.t_cost(), params.p_cost())
    }

    pub(super) fn params(self) -> Result<Params> {
        Params::new(self.memory, self.passes, self.lanes, None)
            .map_err(|_| Error::invalid("password cost", "not a cost of Argon2id"))
    }

    /// Whether a hash of this cost should be made anew at `wanted`: less memory, or fewer passes, than is wanted now.
    pub(super) fn is_weaker(self, wanted: Self) -> bool {
        self.memory < wanted.memory || self.passes < wanted.passes
    }
}
