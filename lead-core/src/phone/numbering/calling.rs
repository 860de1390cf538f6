//! Country calling codes, and the plans that share one: +1 is the United States and some twenty others.

use super::layout::Layout;
use super::plan::Plan;
use super::tables::{BY_CALLING_CODE, CALLING_CODES, MEMBERS};

/// A country calling code in use.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Calling {
    record: &'static [u8; 6],
}

impl Calling {
    /// A code; `None` when it is not in use.
    #[inline]
    pub(crate) fn of(code: u16) -> Option<Self> {
        let id = BY_CALLING_CODE.get(usize::from(code))?.checked_sub(1)?;
        let record = CALLING_CODES.get(usize::from(id))?;
        Some(Self { record })
    }

    /// The code a number in international form (ASCII digits, without `+`) begins with, and how many digits it has.
    #[inline]
    pub(crate) fn begin(digits: &[u8]) -> Option<(Self, usize)> {
        let mut code = 0;
        for (index, digit) in digits.iter().take(3).enumerate() {
            code = 10 * code + u16::from(digit.wrapping_sub(b'0'));
            if code == 0 {
                return None; // no code begins with 0
            }
            if let Some(calling) = Self::of(code) {
                return Some((calling, index + 1));
            }
        }
        None
    }

    /// The plans, the main one first.
    #[inline]
    pub(crate) fn plans(self) -> impl Iterator<Item = Plan> + Clone + use<> {
        let [low, high, _, _, count, _] = *self.record;
        let first = usize::from(u16::from_le_bytes([low, high]));
        let members = MEMBERS.get(first..first + usize::from(count)).unwrap_or_default();
        members.iter().copied().filter_map(Plan::by_id)
    }

    /// The plan whose rules hold for all: formats, possible lengths.
    #[inline]
    pub(crate) fn main(self) -> Option<Plan> {
        self.plans().next()
    }

    /// Whether several plans share the code.
    #[inline]
    pub(crate) fn is_shared(self) -> bool {
        let [_, _, _, _, count, _] = *self.record;
        count > 1
    }

    /// Other ways to group such a number that people use, though it is not written out so.
    pub(crate) fn alternate_layouts(self, national: &[u8]) -> impl Iterator<Item = Layout> {
        let [_, _, low, high, _, count] = *self.record;
        let first = u16::from_le_bytes([low, high]);
        (first..first + u16::from(count))
            .filter_map(Layout::by_id)
            .filter(move |layout| layout.begins(national))
    }
}
