//! Which patterns a number matches: one walk over its digits answers for all types of a plan at once.
//!
//! The states of all plans are minimised together (Hopcroft and Ullman, "minimal automaton"), so that plans share what
//! they have in common. State 0 is the one from which nothing matches.

use super::tables::{ACCEPTS, MASKS, STATES};

/// The bits of the patterns that match all of `digits` (ASCII), walking from `start`.
#[inline]
pub(super) fn walk(start: u16, digits: &[u8]) -> u32 {
    let mut state = start;
    for digit in digits {
        state = step(state, *digit);
        if state == 0 {
            return 0;
        }
    }
    mask(state)
}

/// Whether any start of `digits` matches a pattern of `bits`.
pub(super) fn matches_a_start(start: u16, digits: &[u8], bits: u32) -> bool {
    let mut state = start;
    for digit in digits {
        state = step(state, *digit);
        if mask(state) & bits != 0 {
            return true;
        }
    }
    false
}

#[inline]
fn step(state: u16, digit: u8) -> u16 {
    STATES
        .get(usize::from(state))
        .and_then(|row| row.get(usize::from(digit.wrapping_sub(b'0'))))
        .map_or(0, |next| u16::from_le_bytes(*next))
}

#[inline]
fn mask(state: u16) -> u32 {
    ACCEPTS
        .get(usize::from(state))
        .and_then(|accept| MASKS.get(usize::from(u16::from_le_bytes(*accept))))
        .map_or(0, |mask| u32::from_le_bytes(*mask))
}
