//! Why a text is no number.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Error;

/// Why a text is no number: libphonenumber's `NumberParseException`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
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

impl ParseError {
    /// Every reason.
    pub const ALL: [Self; 5] = [
        Self::InvalidCountryCode,
        Self::NotANumber,
        Self::TooShortAfterIdd,
        Self::TooShortNsn,
        Self::TooLong,
    ];

    /// The variant's name in lower case, as the context of an [`Error`] has it under `reason`: `not_a_number`.
    pub fn name(self) -> &'static str {
        match self {
            Self::InvalidCountryCode => "invalid_country_code",
            Self::NotANumber => "not_a_number",
            Self::TooShortAfterIdd => "too_short_after_idd",
            Self::TooShortNsn => "too_short_nsn",
            Self::TooLong => "too_long",
        }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InvalidCountryCode => "a region, or + and a known country calling code is wanted",
            Self::NotANumber => "this is no telephone number",
            Self::TooShortAfterIdd => "too few digits stand behind the international prefix",
            Self::TooShortNsn => "too few digits stand behind the country calling code",
            Self::TooLong => "no telephone number is that long",
        })
    }
}

impl std::error::Error for ParseError {}

impl From<ParseError> for Error {
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) with the reason in its context. The text itself, which
    /// may be a person's, is not in it.
    fn from(reason: ParseError) -> Self {
        Self::invalid("phone.parse", reason.to_string()).with("reason", reason.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn an_error_names_the_reason_as_json_does() {
        for reason in ParseError::ALL {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.name());
            let error = Error::from(reason);
            assert_eq!(error.kind(), ErrorKind::InvalidInput);
            assert_eq!(error.context().collect::<Vec<_>>(), [("reason", reason.name())]);
        }
    }
}
