//! A telephone number as a value: what libphonenumber calls `PhoneNumber`, with its questions as methods.
//!
//! | here | libphonenumber |
//! |---|---|
//! | [`Number::parse`] | `parseAndKeepRawInput`, without keeping the input |
//! | [`Number::is_possible`] | `isPossibleNumber` |
//! | [`Number::is_valid`] | `isValidNumber` |
//! | [`Number::region`] | `getRegionCodeForNumber` |
//! | [`Number::kind`] | `getNumberType` |
//! | [`Number::format`] | `format` |
//! | [`Number::national_significant`] | `getNationalSignificantNumber` |
//! | [`Number::compare`], [`Number::compare_text`] | `isNumberMatch` |

use rlibphonenumber::{
    CountryCodeSource as TheirSource, MatchType, PHONE_NUMBER_UTIL, ParseError as TheirError, PhoneNumber,
    PhoneNumberFormat, PhoneNumberType, Region as Plan,
};

use super::digits::Digits;
use super::region::Region;
use crate::record::{E164, PhoneType};

/// A number of some numbering plan, possible or not. Small and `Copy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    national: u64,
    calling_code: u16,
    leading_zeros: u8,
    source: CountryCodeSource,
    extension: Digits,
}

/// How the country calling code of a parsed number was known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CountryCodeSource {
    /// It was not: the number was made otherwise.
    #[default]
    Unspecified,
    /// `+49 …`
    NumberWithPlusSign,
    /// `00 49 …`, `011 49 …`
    NumberWithIdd,
    /// `49 …`, read in a region whose national numbers do not look like that.
    NumberWithoutPlusSign,
    /// The region that was given.
    DefaultCountry,
}

/// Why a text is no number: libphonenumber's `NumberParseException`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParseError {
    /// `+` with no known country calling code behind it, or neither `+` nor a region.
    InvalidCountryCode,
    /// Too few digits, or signs that no number has.
    NotANumber,
    /// An international prefix with hardly anything behind it.
    TooShortAfterIdd,
    /// Fewer than two digits after the country calling code.
    TooShortNsn,
    /// More digits than any number has, or more than 250 characters.
    TooLong,
}

/// How alike two numbers are, from least to most: libphonenumber's `MatchType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Likeness {
    /// Not at all.
    None,
    /// One ends like the other, or one has an extension and the other has none.
    ShortNsn,
    /// The same, but for a country calling code that one does not state.
    Nsn,
    /// The same.
    Exact,
}

/// How a number is written out: libphonenumber's `PhoneNumberFormat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// `+41446681800`, without extension.
    E164,
    /// `+41 44 668 18 00`
    International,
    /// `044 668 18 00`
    National,
    /// `tel:+41-44-668-18-00`
    Rfc3966,
}

impl Number {
    /// Reads all of `text` as one number; national forms are those of `region`.
    ///
    /// # Errors
    /// The rule that was broken. A number that is read need be neither possible nor valid.
    pub fn parse(text: &str, region: Option<Region>) -> Result<Self, ParseError> {
        let plan = region.and_then(|region| Plan::from_code(region.as_str()).ok());
        PHONE_NUMBER_UTIL
            .parse_and_keep_raw_input(text, plan)
            .map_err(|error| match error {
                TheirError::InvalidCountryCode => ParseError::InvalidCountryCode,
                TheirError::NotANumber(_) => ParseError::NotANumber,
                TheirError::TooShortAfterIdd => ParseError::TooShortAfterIdd,
                TheirError::TooShortNsn => ParseError::TooShortNsn,
                TheirError::TooLongNsn => ParseError::TooLong,
            })
            .and_then(|theirs| Self::from_theirs(&theirs).ok_or(ParseError::TooLong))
    }

    /// The country calling code: 49.
    pub fn calling_code(&self) -> u16 {
        self.calling_code
    }

    /// How the country calling code was known.
    pub fn country_code_source(&self) -> CountryCodeSource {
        self.source
    }

    /// The digits to dial once the connection stands; empty when there are none.
    pub fn extension(&self) -> Digits {
        self.extension
    }

    /// The digits after the country calling code, with leading zeros that belong to the number (Italy), without the
    /// national prefix.
    pub fn national_significant(&self) -> Digits {
        let mut digits = Digits::EMPTY;
        (0..self.leading_zeros).for_each(|_| {
            digits.push(b'0');
        });
        let written = self.national.to_string();
        written.bytes().for_each(|digit| {
            digits.push(digit);
        });
        digits
    }

    /// Whether the length fits the plan, or fits within an area of it.
    pub fn is_possible(&self) -> bool {
        PHONE_NUMBER_UTIL.is_possible_number(&self.to_theirs())
    }

    /// Whether the plan has such a number.
    pub fn is_valid(&self) -> bool {
        PHONE_NUMBER_UTIL.is_valid_number(&self.to_theirs())
    }

    /// The region the number belongs to; `None` for codes without one (+800) and for numbers that several regions of
    /// one calling code could have but none has.
    pub fn region(&self) -> Option<Region> {
        let region = PHONE_NUMBER_UTIL.get_region_for_number(&self.to_theirs())?;
        Region::new(&region.to_string()).ok()
    }

    /// What the plan says the number is for.
    pub fn kind(&self) -> PhoneType {
        match PHONE_NUMBER_UTIL.get_number_type(&self.to_theirs()) {
            PhoneNumberType::FixedLine => PhoneType::Fixed,
            PhoneNumberType::Mobile => PhoneType::Mobile,
            PhoneNumberType::FixedLineOrMobile => PhoneType::FixedOrMobile,
            PhoneNumberType::TollFree => PhoneType::TollFree,
            PhoneNumberType::PremiumRate => PhoneType::PremiumRate,
            PhoneNumberType::SharedCost => PhoneType::SharedCost,
            PhoneNumberType::VoIP => PhoneType::Voip,
            PhoneNumberType::PersonalNumber => PhoneType::PersonalNumber,
            PhoneNumberType::Pager => PhoneType::Pager,
            PhoneNumberType::UAN => PhoneType::Uan,
            PhoneNumberType::VoiceMail => PhoneType::Voicemail,
            PhoneNumberType::Unknown => PhoneType::Unknown,
        }
    }

    /// Writes the number out.
    pub fn format(&self, format: Format) -> String {
        let format = match format {
            Format::E164 => PhoneNumberFormat::E164,
            Format::International => PhoneNumberFormat::International,
            Format::National => PhoneNumberFormat::National,
            Format::Rfc3966 => PhoneNumberFormat::RFC3966,
        };
        PHONE_NUMBER_UTIL.format(&self.to_theirs(), format).into_owned()
    }

    /// The record's value; `None` for the few numbers too short for it.
    pub fn e164(&self) -> Option<E164> {
        E164::new(&self.format(Format::E164)).ok()
    }

    /// How alike two numbers are.
    pub fn compare(&self, other: &Self) -> Likeness {
        Likeness::from(PHONE_NUMBER_UTIL.is_number_match(&self.to_theirs(), &other.to_theirs()))
    }

    /// How alike this number and a text are; `None` when the text is no number.
    pub fn compare_text(&self, text: &str) -> Option<Likeness> {
        PHONE_NUMBER_UTIL
            .is_number_match_with_one_string(&self.to_theirs(), text)
            .ok()
            .map(Likeness::from)
    }

    fn from_theirs(theirs: &PhoneNumber) -> Option<Self> {
        let zeros = match theirs.italian_leading_zero {
            Some(true) => u8::try_from(theirs.number_of_leading_zeros.unwrap_or(1)).ok()?,
            _ => 0,
        };
        let source = match theirs
            .country_code_source
            .and_then(|source| TheirSource::try_from(source).ok())
        {
            Some(TheirSource::FromNumberWithPlusSign) => CountryCodeSource::NumberWithPlusSign,
            Some(TheirSource::FromNumberWithIdd) => CountryCodeSource::NumberWithIdd,
            Some(TheirSource::FromNumberWithoutPlusSign) => CountryCodeSource::NumberWithoutPlusSign,
            Some(TheirSource::FromDefaultCountry) => CountryCodeSource::DefaultCountry,
            _ => CountryCodeSource::Unspecified,
        };
        Some(Self {
            national: theirs.national_number,
            calling_code: u16::try_from(theirs.country_code).ok()?,
            leading_zeros: zeros,
            source,
            extension: Digits::new(theirs.extension.as_deref().unwrap_or_default().as_bytes())?,
        })
    }

    fn to_theirs(self) -> PhoneNumber {
        PhoneNumber {
            country_code: i32::from(self.calling_code),
            national_number: self.national,
            extension: (!self.extension.is_empty()).then(|| self.extension.to_string()),
            italian_leading_zero: (self.leading_zeros > 0).then_some(true),
            number_of_leading_zeros: (self.leading_zeros > 1).then_some(i32::from(self.leading_zeros)),
            ..PhoneNumber::default()
        }
    }
}

impl From<MatchType> for Likeness {
    fn from(theirs: MatchType) -> Self {
        match theirs {
            MatchType::NoMatch => Self::None,
            MatchType::ShortNsnMatch => Self::ShortNsn,
            MatchType::NsnMatch => Self::Nsn,
            MatchType::ExactMatch => Self::Exact,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_asks_and_writes() {
        let number = Number::parse("030/123456 ext. 7", Some(Region::new("DE").unwrap())).unwrap();
        assert_eq!(number.calling_code(), 49);
        assert_eq!(number.national_significant().as_str(), "30123456");
        assert_eq!(number.extension().as_str(), "7");
        assert_eq!(number.country_code_source(), CountryCodeSource::DefaultCountry);
        assert_eq!(number.kind(), PhoneType::Fixed);
        assert_eq!(number.format(Format::Rfc3966), "tel:+49-30-123456;ext=7");
        assert_eq!(number.compare_text("0049 30 123456"), None); // no region is known for 00
        assert_eq!(number.compare_text("+49 30 123456"), Some(Likeness::ShortNsn));
        assert_eq!(
            Number::parse("+39 06 698", None)
                .unwrap()
                .national_significant()
                .as_str(),
            "06698"
        );
        assert_eq!(Number::parse("call me", None), Err(ParseError::NotANumber));
    }
}
