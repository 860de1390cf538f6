//! A number as plain data: what JSON and other languages hold of it.

use std::fmt;
use std::hash::{Hash, Hasher};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CountryCodeSource, Format, Number};
use crate::phone::digits::Digits;
use crate::{Error, Result};

/// The parts a [`Number`] is made of; its form in JSON.
///
/// ```
/// use lead_core::phone::{Number, NumberParts};
/// let mut parts = NumberParts::default();
/// (parts.calling_code, parts.national_significant) = (39, "0612345678".into());
/// assert_eq!(Number::try_from(parts)?.to_string(), "+39 06 1234 5678");
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct NumberParts {
    /// The country calling code: 49.
    pub calling_code: u16,
    /// The digits after it, with leading zeros that belong to the number.
    pub national_significant: String,
    /// The digits to dial once the connection stands.
    #[serde(default)]
    pub extension: Option<String>,
    /// How the country calling code was known.
    #[serde(default)]
    pub country_code_source: CountryCodeSource,
}

impl TryFrom<NumberParts> for Number {
    type Error = Error;
    fn try_from(parts: NumberParts) -> Result<Self> {
        let number = Self::new(parts.calling_code, &parts.national_significant)
            .ok_or_else(|| Error::invalid("phone.number", "1 to 17 digits are wanted"))?
            .with_country_code_source(parts.country_code_source);
        let extension = parts.extension.unwrap_or_default();
        if Digits::new(extension.as_bytes()).is_none() {
            let rule = "an extension has up to 20 digits and nothing else";
            return Err(Error::invalid("phone.number", rule));
        }
        Ok(number.with_extension(&extension))
    }
}

impl From<Number> for NumberParts {
    fn from(number: Number) -> Self {
        let extension = number.extension();
        Self {
            calling_code: number.calling_code,
            national_significant: number.national.to_string(),
            extension: (!extension.is_empty()).then(|| extension.to_string()),
            country_code_source: number.source,
        }
    }
}

/// Numbers are equal when they are dialled alike: calling code, digits and extension. How they were written is no part of
/// what they are; [`Number::compare`] tells shades of likeness.
impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.dialled() == other.dialled()
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.dialled().hash(state);
    }
}

impl Number {
    fn dialled(&self) -> (u16, Digits, Digits) {
        (self.calling_code, self.national, self.extension)
    }
}

/// The international form with its extension, which [`Number::parse`] reads back: `+49 30 123456 ext. 7`.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.format(Format::International))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::phone::Region;

    #[test]
    fn json_keeps_all_of_a_number() {
        let number = Number::parse("+39 06 698 ext. 12", None).unwrap();
        let json = serde_json::json!({
            "calling_code": 39, "national_significant": "06698", "extension": "12",
            "country_code_source": "number_with_plus_sign",
        });
        assert_eq!(serde_json::to_value(number).unwrap(), json);
        let read: Number = serde_json::from_value(json).unwrap();
        assert_eq!(
            (read, read.country_code_source()),
            (number, number.country_code_source())
        );
    }

    #[test]
    fn parts_that_are_no_number_are_refused() {
        let made = |national: &str, extension: &str| {
            Number::try_from(NumberParts {
                calling_code: 49,
                national_significant: national.into(),
                extension: Some(extension.into()),
                ..NumberParts::default()
            })
        };
        assert!(made("30123456", "").is_ok());
        for (national, extension) in [
            ("", ""),
            ("30x", ""),
            ("123456789012345678", ""),
            ("30123456", "7a"),
        ] {
            assert!(made(national, extension).is_err(), "{national} {extension}");
        }
    }

    /// Guards sets of numbers: those written in other ways, with digits of other scripts too, are one.
    #[test]
    fn numbers_are_equal_when_they_are_dialled_alike() {
        let germany = Some(Region::new("DE").unwrap());
        let read = |text| Number::parse(text, germany).unwrap();
        let written = [
            "030 123456 ext. 7",
            "+49 30 123456 ext. 7",
            "0049 30 123456 ext. ٧",
        ];
        assert_eq!(written.map(read).into_iter().collect::<HashSet<_>>().len(), 1);
        assert_ne!(read("030 123456"), read("030 123456 ext. 7"));
    }
}
