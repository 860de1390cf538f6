//! How the digits of a number are grouped and written: libphonenumber's `NumberFormat`.

use super::automaton;
use super::tables::{self, LAYOUTS, Word};

/// Bytes of a record; the fields are told in `scripts/numbering/plans.py`.
pub(super) const SIZE: usize = 16;

/// The most groups a layout has.
const GROUPS: usize = 6;

/// No leading digits are asked for.
const NONE: u16 = 0xFFFF;

/// Stands for the carrier code in a rule.
const CARRIER: u8 = 16;

/// A way to group digits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    record: &'static [u8; SIZE],
}

/// What is put before the first group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing<'c> {
    /// Nothing.
    Plain,
    /// The national prefix, where it is usual.
    National,
    /// The carrier code, where the plan has a rule for it; else as `National`.
    Carrier(&'c str),
}

impl Layout {
    pub(super) fn by_id(id: u16) -> Option<Self> {
        let record = LAYOUTS.get(usize::from(id))?;
        Some(Self { record })
    }

    /// The first of `count` layouts from `first` on that begins and is as long as the number; `start` is the state that
    /// tells which begin so.
    pub(super) fn choose(start: u16, first: u16, count: u8, national: &[u8]) -> Option<Self> {
        let mut begins = automaton::walk(start, national);
        while begins != 0 {
            let index = begins.trailing_zeros();
            if index >= u32::from(count) {
                return None;
            }
            let layout = u16::try_from(index)
                .ok()
                .and_then(|index| Self::by_id(first + index))?;
            if layout.fits(national.len()) {
                return Some(layout);
            }
            begins &= begins - 1;
        }
        None
    }

    fn word(self, at: usize) -> u16 {
        match self.record.get(at..at + 2) {
            Some([low, high]) => u16::from_le_bytes(Word::from([*low, *high])),
            _ => 0,
        }
    }

    /// Least and most digits of each group.
    fn groups(self) -> impl Iterator<Item = (usize, usize)> {
        self.record
            .iter()
            .take(GROUPS)
            .take_while(|group| **group != 0)
            .map(|group| (usize::from(group >> 4), usize::from(group & 15)))
    }

    fn fits(self, length: usize) -> bool {
        let (least, most) = self
            .groups()
            .fold((0, 0), |(least, most), group| (least + group.0, most + group.1));
        (least..=most).contains(&length)
    }

    /// For an alternate layout: whether numbers that begin like this one are grouped so.
    pub(super) fn begins(self, national: &[u8]) -> bool {
        let start = self.word(12);
        start == NONE || automaton::walk(start, national) & 1 != 0
    }

    /// How the national prefix is written: `0` before the first group (1), in brackets or not; empty when it is not.
    pub(crate) fn national_prefix_rule(self) -> &'static [u8] {
        tables::text(self.word(8))
    }

    /// Whether the national prefix may be left out.
    pub(crate) fn national_prefix_is_optional(self) -> bool {
        let [.., flags, _] = *self.record;
        flags & 1 != 0
    }

    /// Whether the rule has the first group only, perhaps in brackets, and no prefix.
    pub(crate) fn rule_has_first_group_only(self) -> bool {
        let [.., flags, _] = *self.record;
        flags & 2 != 0
    }

    /// Appends `national` to `out`, grouped.
    ///
    /// A number longer than the layout is written by it again and again, what is left over stands at the end: so does the
    /// reference, which replaces every match (alternate layouts meet such numbers).
    pub(crate) fn write(self, national: &str, writing: Writing<'_>, out: &mut String) {
        let mut rest = national;
        while !rest.is_empty() {
            let Some(groups) = self.split(rest) else {
                break;
            };
            let used: usize = groups.iter().map(|group| group.len()).sum();
            self.write_groups(&groups, writing, out);
            rest = rest.get(used..).unwrap_or_default();
        }
        out.push_str(rest);
    }

    /// The groups at the start of `digits`, each as long as the later ones allow.
    fn split(self, digits: &str) -> Option<[&str; GROUPS]> {
        let mut later: usize = self.groups().map(|(least, _)| least).sum();
        if digits.len() < later {
            return None;
        }
        let mut parts = [""; GROUPS];
        let mut at = 0;
        for (part, (least, most)) in parts.iter_mut().zip(self.groups()) {
            later -= least;
            let length = most.min(digits.len() - at - later);
            *part = digits.get(at..at + length)?;
            at += length;
        }
        Some(parts)
    }

    fn write_groups(self, groups: &[&str], writing: Writing<'_>, out: &mut String) {
        let mut rule = match writing {
            Writing::Plain => &[],
            Writing::Carrier(code) if !code.is_empty() && self.word(10) != 0 => tables::text(self.word(10)),
            Writing::National | Writing::Carrier(_) => self.national_prefix_rule(),
        };
        for sign in tables::text(self.word(6)) {
            let Some(group) = group_of(*sign, groups) else {
                out.push(char::from(*sign));
                continue;
            };
            if rule.is_empty() {
                out.push_str(group);
                continue;
            }
            for sign in rule {
                match (*sign, writing) {
                    (1..=9, _) => out.push_str(group),
                    (CARRIER, Writing::Carrier(code)) => out.push_str(code),
                    (sign, _) => out.push(char::from(sign)),
                }
            }
            rule = &[]; // it is for the first group only
        }
    }
}

fn group_of<'g>(sign: u8, groups: &[&'g str]) -> Option<&'g str> {
    let index = usize::from(sign.checked_sub(1)?);
    groups.get(index).copied()
}
