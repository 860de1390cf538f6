//! A telephone number as a value: what libphonenumber calls `PhoneNumber`, with its questions as methods.
//!
//! | file | what | libphonenumber |
//! |---|---|---|
//! | `input`, `context`, `extension`, `sign`, `buffer` | from a text to digits | `isViablePhoneNumber`, `normalize` … |
//! | `parse` | from digits to a number | `parse`, `parseAndKeepRawInput` |
//! | `possible` | whether the length fits | `isPossibleNumberWithReason` … |
//! | `kind` | whether a plan has it, which, what for | `isValidNumber`, `getRegionCodeForNumber`, `getNumberType` |
//! | `format` | how it is written | `format`, `formatNationalNumberWithCarrierCode` |
//! | `dial` | how it is dialled from elsewhere | `formatOutOfCountryCallingNumber`, `formatNumberForMobileDialing` |
//! | `original` | how it was written | `formatInOriginalFormat`, `formatOutOfCountryKeepingAlphaChars` |
//! | `area` | its area code | `getLengthOfGeographicalAreaCode` … |
//! | `compare` | how alike two are | `isNumberMatch` |
//! | `grouping` | what the text matcher checks | `PhoneNumberMatcher`'s helpers |
//! | `example` | numbers to show | `getExampleNumber` … |
//! | `names` | carrier, time zones, place | `PhoneNumberToCarrierMapper` … |
//! | `parts`, `source`, `error` | as plain data, and how and why it was read or not | `NumberParseException` … |
//! | `short` | numbers that are not dialled in full | `ShortNumberInfo` |

mod area;
mod buffer;
mod compare;
mod context;
mod dial;
mod error;
mod example;
mod extension;
mod format;
#[allow(dead_code, reason = "asked by the text matcher")]
mod grouping;
mod input;
mod kind;
mod names;
mod original;
mod parse;
mod parts;
mod possible;
pub(crate) mod short;
pub(crate) mod sign;
mod source;

pub use compare::{Likeness, compare_texts};
pub use error::ParseError;
pub use example::{example_number, example_of_service};
pub use format::Format;
pub use names::UNKNOWN_TIME_ZONE;
pub use parts::NumberParts;
pub use possible::Possibility;
pub use source::CountryCodeSource;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::digits::Digits;
use super::numbering::{Calling, Plan};
use super::region::Region;
use crate::record::E164;

/// A number of some numbering plan, possible or not. Small and `Copy`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "NumberParts", into = "NumberParts")]
#[schemars(with = "NumberParts")]
pub struct Number {
    /// Two to seventeen, with the zeros that belong to the number.
    national: Digits,
    calling_code: u16,
    source: CountryCodeSource,
    extension: Digits,
    /// Whether the extension was written in ASCII digits; the text matcher compares it with the text.
    plain_extension: bool,
}

impl Number {
    /// Reads all of `text` as one number; national forms are those of `region`.
    ///
    /// ```
    /// use lead_core::phone::{Format, Number, Region};
    /// let number = Number::parse("(0)30 / 12 34 56 ext. 7", Some(Region::new("DE")?)).unwrap();
    /// assert_eq!(number.format(Format::International), "+49 30 123456 ext. 7");
    /// assert!(number.is_valid());
    /// # Ok::<(), lead_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// The rule that was broken. A number that is read need be neither possible nor valid.
    #[inline]
    pub fn parse(text: &str, region: Option<Region>) -> Result<Self, ParseError> {
        parse::parse(text, region).map(|parsed| parsed.number)
    }

    /// As [`Number::parse`], with the carrier code that stood in it (`getPreferredDomesticCarrierCode`): `0 15 2222-3333`
    /// in Brazil. It is empty when there was none.
    ///
    /// # Errors
    /// As [`Number::parse`].
    pub fn parse_with_carrier(text: &str, region: Option<Region>) -> Result<(Self, Digits), ParseError> {
        parse::parse(text, region).map(|parsed| (parsed.number, parsed.carrier))
    }

    /// Reads digits that were cut out of a text already, ASCII and without extension; `plus` says whether a plus sign
    /// stands before them. What [`Number::parse`] does once it has the digits.
    ///
    /// # Errors
    /// As [`Number::parse`].
    #[inline]
    #[allow(dead_code, reason = "asked by the text matcher")]
    pub(crate) fn of_digits(digits: &[u8], plus: bool, region: Option<Region>) -> Result<Self, ParseError> {
        let home = region.and_then(Plan::of_region);
        if home.is_none() && !plus {
            return Err(ParseError::InvalidCountryCode);
        }
        parse::from_digits(digits, plus, home).map(|parsed| parsed.number)
    }

    /// A number of its parts: the country calling code, and the digits after it with leading zeros that belong to it.
    ///
    /// `None` when there are fewer than one or more than 17 digits, or anything else.
    pub fn new(calling_code: u16, national: &str) -> Option<Self> {
        let national = Digits::new(national.as_bytes()).filter(|digits| (1..=17).contains(&digits.len()))?;
        Some(Self {
            national,
            calling_code,
            source: CountryCodeSource::Unspecified,
            extension: Digits::EMPTY,
            plain_extension: true,
        })
    }

    /// The same number with these digits to dial once the connection stands; unchanged when they are none.
    pub fn with_extension(mut self, digits: &str) -> Self {
        self.extension = Digits::new(digits.as_bytes()).unwrap_or(self.extension);
        self
    }

    /// The same number, said to have been read this way.
    pub fn with_country_code_source(mut self, source: CountryCodeSource) -> Self {
        self.source = source;
        self
    }

    /// The same number without extension.
    pub fn without_extension(mut self) -> Self {
        self.extension = Digits::EMPTY;
        self
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

    /// Whether the extension was written in ASCII digits, or there is none. The reference keeps digits of other scripts
    /// there as they are, and its text matcher then finds them nowhere.
    #[allow(dead_code, reason = "asked by the text matcher")]
    pub(crate) fn has_plain_extension(&self) -> bool {
        self.plain_extension
    }

    /// The digits after the country calling code, with leading zeros that belong to the number (Italy), without the
    /// national prefix: `getNationalSignificantNumber`.
    pub fn national_significant(&self) -> Digits {
        self.national
    }

    /// The record's value; `None` for the few numbers too short or too long for it.
    pub fn e164(&self) -> Option<E164> {
        E164::new(&self.format(Format::E164)).ok()
    }
}

/// Whether a text is a number written with letters, `1-800-FLOWERS`: `isAlphaNumber`.
pub fn is_vanity(text: &str) -> bool {
    input::is_vanity(text)
}

/// The country calling code of a region: `getCountryCodeForRegion`. `None` for the few regions without numbers.
///
/// ```
/// use lead_core::phone::{Region, calling_code_of, region_of_calling_code};
/// assert_eq!(calling_code_of(Region::new("NZ")?), Some(64));
/// assert_eq!(region_of_calling_code(1), Some(Region::US));
/// # Ok::<(), lead_core::Error>(())
/// ```
pub fn calling_code_of(region: Region) -> Option<u16> {
    Plan::of_region(region).map(|plan| plan.calling_code())
}

/// The region of a country calling code, the main one where several share it: `getRegionCodeForCountryCode`. `None` for
/// codes of services (+800) and those not in use.
pub fn region_of_calling_code(code: u16) -> Option<Region> {
    Calling::of(code)?.main()?.region()
}

/// All regions that share a country calling code, the main one first: `getRegionCodesForCountryCode`.
pub fn regions_of_calling_code(code: u16) -> impl Iterator<Item = Region> {
    Calling::of(code)
        .into_iter()
        .flat_map(Calling::plans)
        .filter_map(|plan| plan.region())
}

/// What is dialled before a national number at home, without signs: `getNddPrefixForRegion`. Empty when nothing is.
pub fn national_prefix_of(region: Region) -> String {
    Plan::of_region(region).map_or_else(String::new, |plan| plan.national_prefix().replace('~', ""))
}

/// Whether mobile numbers of the region can be taken to another carrier: `isMobileNumberPortableRegion`.
pub fn is_mobile_number_portable(region: Region) -> bool {
    Plan::of_region(region).is_some_and(|plan| plan.mobile_number_portable())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::PhoneType;

    #[test]
    fn reads_asks_and_writes() {
        let number = Number::parse("030/123456 ext. 7", Some(Region::new("DE").unwrap())).unwrap();
        assert_eq!(number.calling_code(), 49);
        assert_eq!(number.national_significant().as_str(), "30123456");
        assert_eq!(number.extension().as_str(), "7");
        assert_eq!(number.country_code_source(), CountryCodeSource::DefaultCountry);
        assert_eq!(number.kind(), PhoneType::Fixed);
        assert_eq!(number.format(Format::Rfc3966), "tel:+49-30-123456;ext=7");
        assert_eq!(
            number.without_extension().compare_text("0049 30 123456"),
            Some(Likeness::Nsn)
        );
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
