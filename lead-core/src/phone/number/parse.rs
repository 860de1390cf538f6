//! From digits to a number: international prefix, country calling code, national prefix, carrier code.
//!
//! The steps and their order are those of libphonenumber's `parseHelper`; the names beside the functions are its own.

use super::buffer::Buffer;
use super::input::Input;
use super::possible::{Possibility, test_length};
use super::{CountryCodeSource, Number, ParseError};
use crate::phone::digits::Digits;
use crate::phone::numbering::{Calling, Desc, Plan};
use crate::phone::region::Region;

/// `MIN_LENGTH_FOR_NSN`
const MIN_NATIONAL: usize = 2;
/// `MAX_LENGTH_FOR_NSN`: the ITU says 15, German numbers are longer.
const MAX_NATIONAL: usize = 17;

/// A number, and the carrier code that stood in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parsed {
    pub(super) number: Number,
    pub(super) carrier: Digits,
}

/// Reads all of `text` as one number.
pub(super) fn parse(text: &str, region: Option<Region>) -> Result<Parsed, ParseError> {
    let home = region.and_then(Plan::of_region);
    let mut input = Input::EMPTY;
    input.read(text)?;
    if home.is_none() && !input.plus {
        return Err(ParseError::InvalidCountryCode);
    }
    from_input(&input, home)
}

/// Reads a national number of nobody knows which region: its calling code is 0.
pub(super) fn parse_without_region(text: &str) -> Result<Number, ParseError> {
    let mut input = Input::EMPTY;
    input.read(text)?;
    from_input(&input, None).map(|parsed| parsed.number)
}

#[inline]
fn from_input(input: &Input, home: Option<Plan>) -> Result<Parsed, ParseError> {
    let mut parsed = from_digits(input.digits.as_bytes(), input.plus, home)?;
    parsed.number.extension = input.extension;
    parsed.number.plain_extension = input.plain_extension;
    Ok(parsed)
}

/// Reads ASCII digits, with a plus sign before them or not.
#[inline]
pub(super) fn from_digits(digits: &[u8], plus: bool, home: Option<Plan>) -> Result<Parsed, ParseError> {
    let found = match split_calling_code(digits, plus, home) {
        // `+` with no known code behind it: perhaps the sign was meant otherwise.
        Err(ParseError::InvalidCountryCode) if plus => match split_calling_code(digits, false, home)? {
            found if found.calling_code == 0 => return Err(ParseError::InvalidCountryCode),
            found => found,
        },
        found => found?,
    };
    let plan = if found.calling_code == 0 {
        home
    } else {
        Calling::of(found.calling_code).and_then(Calling::main)
    };
    let stripped = found.national.as_bytes();
    if stripped.len() < MIN_NATIONAL {
        return Err(ParseError::TooShortNsn);
    }
    let Some(plan) = plan else {
        return finish(stripped, 0, CountryCodeSource::Unspecified, Digits::EMPTY);
    };
    let code = plan.calling_code();
    let without = strip_national_prefix(stripped, plan);
    let kept = match test_length(without.national.as_bytes(), plan) {
        // Without its prefix it would be no number: a short one, perhaps.
        Possibility::TooShort | Possibility::LocalOnly | Possibility::InvalidLength => {
            return finish(stripped, code, found.source, Digits::EMPTY);
        }
        _ => without,
    };
    finish(kept.national.as_bytes(), code, found.source, kept.carrier)
}

fn finish(
    national: &[u8],
    calling_code: u16,
    source: CountryCodeSource,
    carrier: Digits,
) -> Result<Parsed, ParseError> {
    if national.len() < MIN_NATIONAL {
        return Err(ParseError::TooShortNsn);
    }
    if national.len() > MAX_NATIONAL {
        return Err(ParseError::TooLong);
    }
    let national = Digits::new(national).ok_or(ParseError::NotANumber)?;
    let number = Number {
        national,
        calling_code,
        source,
        extension: Digits::EMPTY,
        plain_extension: true,
    };
    Ok(Parsed { number, carrier })
}

/// Digits that are a part of the input, or were written anew.
pub(super) enum National<'d> {
    Part(&'d [u8]),
    Rewritten(Buffer),
}

impl National<'_> {
    #[inline]
    pub(super) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Part(part) => part,
            Self::Rewritten(buffer) => buffer.as_bytes(),
        }
    }
}

/// The calling code of a number, 0 when it has none, and what follows it.
struct Split<'d> {
    calling_code: u16,
    source: CountryCodeSource,
    national: National<'d>,
}

/// `maybeExtractCountryCode`
#[inline]
fn split_calling_code(digits: &[u8], plus: bool, home: Option<Plan>) -> Result<Split<'_>, ParseError> {
    let (source, rest) = if plus {
        (CountryCodeSource::NumberWithPlusSign, digits)
    } else {
        match strip_international_prefix(digits, home) {
            Some(rest) => (CountryCodeSource::NumberWithIdd, rest),
            None => (CountryCodeSource::DefaultCountry, digits),
        }
    };
    if source != CountryCodeSource::DefaultCountry {
        if rest.len() <= MIN_NATIONAL {
            return Err(ParseError::TooShortAfterIdd);
        }
        let (calling, length) = Calling::begin(rest).ok_or(ParseError::InvalidCountryCode)?;
        let plan = calling.main().ok_or(ParseError::InvalidCountryCode)?;
        return Ok(Split {
            calling_code: plan.calling_code(),
            source,
            national: National::Part(rest.get(length..).unwrap_or_default()),
        });
    }
    if let Some(home) = home
        && let Some(national) = without_own_calling_code(digits, home)
    {
        return Ok(Split {
            calling_code: home.calling_code(),
            source: CountryCodeSource::NumberWithoutPlusSign,
            national,
        });
    }
    Ok(Split {
        calling_code: 0,
        source,
        national: National::Part(digits),
    })
}

/// `parsePrefixAsIdd`: what follows an international prefix. No calling code begins with 0.
#[inline]
fn strip_international_prefix(digits: &[u8], home: Option<Plan>) -> Option<&[u8]> {
    let matched = home?.match_international_prefix(digits)?;
    let rest = digits.get(matched.end..)?;
    (rest.first() != Some(&b'0')).then_some(rest)
}

/// What follows the home region's calling code, where the number makes more sense so.
#[inline]
fn without_own_calling_code(digits: &[u8], home: Plan) -> Option<National<'_>> {
    let rest = strip_number(digits, home.calling_code())?;
    let without = strip_national_prefix(rest, home).national;
    let better =
        !home.matches(digits).has(Desc::General) && home.matches(without.as_bytes()).has(Desc::General);
    (better || test_length(digits, home) == Possibility::TooLong).then_some(without)
}

#[inline]
fn strip_number(digits: &[u8], number: u16) -> Option<&[u8]> {
    let mut power = if number >= 100 {
        100
    } else if number >= 10 {
        10
    } else {
        1
    };
    let mut rest = digits;
    loop {
        let wanted = number / power % 10;
        let [first, after @ ..] = rest else {
            return None;
        };
        if u16::from(first.wrapping_sub(b'0')) != wanted {
            return None;
        }
        rest = after;
        if power == 1 {
            return Some(rest);
        }
        power /= 10;
    }
}

/// A number without its national prefix.
pub(super) struct Stripped<'d> {
    pub(super) national: National<'d>,
    pub(super) carrier: Digits,
    /// Whether there was a prefix or a carrier code.
    pub(super) had_prefix: bool,
}

/// `maybeStripNationalPrefixAndCarrierCode`
#[inline]
pub(super) fn strip_national_prefix(digits: &[u8], plan: Plan) -> Stripped<'_> {
    let as_it_is = Stripped {
        national: National::Part(digits),
        carrier: Digits::EMPTY,
        had_prefix: false,
    };
    if digits.is_empty() {
        return as_it_is;
    }
    let Some(matched) = plan.match_national_prefix(digits) else {
        return as_it_is;
    };
    let groups = plan.national_prefix_groups();
    let transform = plan.national_prefix_transform();
    let last_group = groups.checked_sub(1).and_then(|last| matched.group(last, digits));
    let rest = digits.get(matched.end..).unwrap_or_default();
    let transformed = !transform.is_empty() && last_group.is_some();
    let national = if transformed {
        let mut buffer = Buffer::new();
        for sign in transform {
            match sign.checked_sub(1) {
                Some(group @ 0..9) => {
                    buffer.extend(matched.group(usize::from(group), digits).unwrap_or_default());
                }
                _ => buffer.push(*sign),
            }
        }
        buffer.extend(rest);
        National::Rewritten(buffer)
    } else {
        National::Part(rest)
    };
    // A number of the plan is not cut to one that is none.
    if plan.matches(digits).has(Desc::General) && !plan.matches(national.as_bytes()).has(Desc::General) {
        return as_it_is;
    }
    let carrier = match groups {
        0 => None,
        1 if transformed => None,
        _ => matched.group(0, digits),
    };
    Stripped {
        national,
        carrier: carrier.and_then(Digits::new).unwrap_or_default(),
        had_prefix: true,
    }
}
