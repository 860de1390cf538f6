//! Where a prefix of a number ends, and what it captures: a small backtracking matcher.
//!
//! The patterns (national prefixes, international prefixes) are compiled by `scripts/numbering/patterns.py`: one
//! instruction is 16 bits, the operation in the upper four. They have no loops, so a run is bounded by their length.

use super::tables::CODE;

const SPLIT: u16 = 0x4;
const JUMP: u16 = 0x8;
const SAVE: u16 = 0xC;
const END: u16 = 0xD;
const MATCH: u16 = 0xE;

/// The most groups a pattern has.
const GROUPS: usize = 2;

/// Where a pattern matched the start of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Matched {
    /// Where the match ends.
    pub(crate) end: usize,
    /// Begin and end of each group, each plus one; 0 where there is none.
    saves: [u8; 2 * GROUPS],
}

impl Matched {
    /// What group `index` (from 0) captured.
    pub(crate) fn group<'d>(&self, index: usize, digits: &'d [u8]) -> Option<&'d [u8]> {
        let place = |at: usize| {
            self.saves
                .get(at)
                .and_then(|save| save.checked_sub(1))
                .map(usize::from)
        };
        digits.get(place(2 * index)?..place(2 * index + 1)?)
    }
}

/// Runs the program at `start` on the start of `digits`.
#[inline]
pub(super) fn run(start: u16, digits: &[u8]) -> Option<Matched> {
    resume(start, 0, [0; 2 * GROUPS], digits)
}

fn resume(mut counter: u16, mut at: usize, mut saves: [u8; 2 * GROUPS], digits: &[u8]) -> Option<Matched> {
    loop {
        let word = u16::from_le_bytes(*CODE.get(usize::from(counter))?);
        let argument = word & 0x0FFF;
        match word >> 12 {
            0 => {
                let digit = digits.get(at)?.wrapping_sub(b'0');
                if argument.checked_shr(u32::from(digit)).unwrap_or(0) & 1 == 0 {
                    return None;
                }
                at += 1;
            }
            SPLIT => {
                if let Some(matched) = resume(counter + 1, at, saves, digits) {
                    return Some(matched);
                }
                counter = argument;
                continue;
            }
            JUMP => {
                counter = argument;
                continue;
            }
            SAVE => *saves.get_mut(usize::from(argument))? = u8::try_from(at + 1).ok()?,
            END if at != digits.len() => return None,
            MATCH => return Some(Matched { end: at, saves }),
            _ => {}
        }
        counter += 1;
    }
}
