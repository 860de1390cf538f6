//! What is known of the numbers of a region, or of a service with a calling code of its own (+800).

use super::automaton;
use super::layout::Layout;
use super::program::{self, Matched};
use super::tables::{self, PLANS, REGIONS};
use crate::phone::region::Region;

/// Bytes of a plan's record; the fields are told in `scripts/numbering/plans.py`.
pub(super) const SIZE: usize = 106;

/// No program.
const NONE: u16 = 0xFFFF;

/// The descriptions of a plan; the order is that of the bits and the fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Desc {
    General,
    FixedLine,
    Mobile,
    TollFree,
    PremiumRate,
    SharedCost,
    PersonalNumber,
    Voip,
    Pager,
    Uan,
    Voicemail,
    NoInternationalDialling,
}

/// The descriptions of a region's short numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShortDesc {
    General,
    TollFree,
    PremiumRate,
    Emergency,
    ShortCode,
    StandardRate,
    CarrierSpecific,
    SmsServices,
}

/// The bit that says a number begins as those of the plan do.
const LEADING_DIGITS: u32 = 1 << 12;

/// A numbering plan.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    id: u8,
    record: &'static [u8; SIZE],
}

impl PartialEq for Plan {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Plan {
    pub(super) fn by_id(id: u8) -> Option<Self> {
        let record = PLANS.get(usize::from(id))?;
        Some(Self { id, record })
    }

    /// The plan of a region.
    #[inline]
    pub(crate) fn of_region(region: Region) -> Option<Self> {
        let [first, second] = region
            .letters()
            .map(|letter| usize::from(letter.wrapping_sub(b'A')));
        let id = REGIONS.get(first * 26 + second)?.checked_sub(1)?;
        Self::by_id(id)
    }

    /// Every plan: regions by their code, then services by their calling code.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..=u8::MAX).map_while(Self::by_id)
    }

    fn word<const AT: usize>(&self) -> u16 {
        match self.record.get(AT..AT + 2) {
            Some([low, high]) => u16::from_le_bytes([*low, *high]),
            _ => 0,
        }
    }

    fn byte(&self, at: usize) -> u8 {
        self.record.get(at).copied().unwrap_or_default()
    }

    fn text<const AT: usize>(&self) -> &'static str {
        std::str::from_utf8(tables::text(self.word::<AT>())).unwrap_or_default()
    }

    /// The region; `None` for a service.
    pub(crate) fn region(&self) -> Option<Region> {
        let [first, second, ..] = *self.record;
        Region::of_letters([first, second])
    }

    /// The country calling code.
    #[inline]
    pub(crate) fn calling_code(&self) -> u16 {
        self.word::<2>()
    }

    /// The descriptions whose patterns a national number matches, as bits, and whether it begins as numbers of this plan do.
    #[inline]
    pub(crate) fn matches(&self, national: &[u8]) -> Matches {
        Matches(automaton::walk(self.word::<4>(), national))
    }

    /// Whether the plan is known by how its numbers begin, so that nothing else need be asked.
    pub(crate) fn has_leading_digits(&self) -> bool {
        self.byte(33) & 1 != 0
    }

    /// Whether a mobile number can be taken to another carrier.
    pub(crate) fn mobile_number_portable(&self) -> bool {
        self.byte(33) & 4 != 0
    }

    /// Whether short numbers are known.
    pub(crate) fn has_short_numbers(&self) -> bool {
        self.byte(33) & 8 != 0
    }

    /// The possible lengths of a description, as bits; none when the plan has no such numbers.
    #[inline]
    pub(crate) fn lengths(&self, desc: Desc) -> u32 {
        self.lengths_at(34 + desc as usize)
    }

    /// The lengths that are possible within an area only.
    #[inline]
    pub(crate) fn local_lengths(&self, desc: Desc) -> u32 {
        self.lengths_at(46 + desc as usize)
    }

    /// The possible lengths of short numbers.
    pub(crate) fn short_lengths(&self, desc: ShortDesc) -> u32 {
        self.lengths_at(58 + desc as usize)
    }

    #[inline]
    fn lengths_at(&self, at: usize) -> u32 {
        tables::LENGTHS
            .get(usize::from(self.byte(at)))
            .map_or(0, |mask| u32::from_le_bytes(*mask))
    }

    /// Whether a short number matches a description's pattern.
    pub(crate) fn matches_short(&self, number: &[u8], desc: ShortDesc) -> bool {
        automaton::walk(self.word::<10>(), number) & (1 << desc as u32) != 0
    }

    /// Whether a number begins with a short number of a description.
    pub(crate) fn begins_short(&self, number: &[u8], desc: ShortDesc) -> bool {
        automaton::matches_a_start(self.word::<10>(), number, 1 << desc as u32)
    }

    /// Matches the national prefix, with or without carrier code.
    #[inline]
    pub(crate) fn match_national_prefix(&self, number: &[u8]) -> Option<Matched> {
        self.run::<16>(number)
    }

    /// How many groups the pattern of the national prefix has.
    pub(crate) fn national_prefix_groups(&self) -> usize {
        usize::from(self.byte(32))
    }

    /// What a number becomes whose prefix was matched: digits, and groups as 1 to 9; empty when it is cut off only.
    pub(crate) fn national_prefix_transform(&self) -> &'static [u8] {
        tables::text(self.word::<22>())
    }

    /// Matches an international prefix: `00`, `011`.
    #[inline]
    pub(crate) fn match_international_prefix(&self, number: &[u8]) -> Option<Matched> {
        self.run::<18>(number)
    }

    #[inline]
    fn run<const AT: usize>(&self, number: &[u8]) -> Option<Matched> {
        let start = self.word::<AT>();
        if start == NONE {
            None
        } else {
            program::run(start, number)
        }
    }

    /// What is dialled before a national number, `~` for a tone to wait for; empty when nothing is.
    pub(crate) fn national_prefix(&self) -> &'static str {
        self.text::<20>()
    }

    /// What is dialled before a foreign number: the preferred prefix or the only one, else empty.
    pub(crate) fn international_prefix(&self) -> &'static str {
        self.text::<24>()
    }

    /// The same, where the only prefix goes before a preferred one.
    pub(crate) fn single_international_prefix(&self) -> &'static str {
        self.text::<26>()
    }

    /// What stands before an extension; empty for the usual ` ext. `.
    pub(crate) fn extension_prefix(&self) -> &'static str {
        self.text::<28>()
    }

    /// How numbers are grouped at home.
    pub(crate) fn layout(&self, national: &[u8]) -> Option<Layout> {
        Layout::choose(self.word::<6>(), self.word::<12>(), self.byte(30), national)
    }

    /// How numbers are grouped for those abroad.
    pub(crate) fn international_layout(&self, national: &[u8]) -> Option<Layout> {
        if self.byte(31) == 0 {
            return self.layout(national);
        }
        Layout::choose(self.word::<8>(), self.word::<14>(), self.byte(31), national)
    }

    /// A number of a description, without prefix; empty when none is known.
    pub(crate) fn example(&self, desc: Desc) -> &'static str {
        self.example_at(66 + 2 * desc as usize)
    }

    /// A short number of a description; empty when none is known.
    pub(crate) fn short_example(&self, desc: ShortDesc) -> &'static str {
        self.example_at(90 + 2 * desc as usize)
    }

    fn example_at(&self, at: usize) -> &'static str {
        let id = u16::from_le_bytes([self.byte(at), self.byte(at + 1)]);
        std::str::from_utf8(tables::text(id)).unwrap_or_default()
    }
}

/// Which patterns of a plan a number matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Matches(u32);

impl Matches {
    /// Whether the pattern of `desc` matches, whatever the length.
    #[inline]
    pub(crate) fn has(self, desc: Desc) -> bool {
        self.0 & (1 << desc as u32) != 0
    }

    /// Whether the number begins as numbers of the plan do.
    #[inline]
    pub(crate) fn begins(self) -> bool {
        self.0 & LEADING_DIGITS != 0
    }
}
