//! Telephone numbers as values. Finding and formatting them is the `phone` station.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CountryCode, Identified};
use crate::{Error, Result};

/// A number in E.164 form: `+`, then 4 to 19 digits, the first not 0.
///
/// ITU-T E.164 allows 15 digits; libphonenumber knows possible ones of 4 (Germany, within an area) and valid ones of up to
/// 19 (free numbers in Japan and Indonesia).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct E164(u64);

impl E164 {
    /// Parses `+14155552671`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) with the rule that was broken.
    pub fn new(text: &str) -> Result<Self> {
        let digits = text
            .strip_prefix('+')
            .ok_or_else(|| Error::invalid("E.164", "must begin with +"))?;
        if !(4..=19).contains(&digits.len()) {
            return Err(Error::invalid("E.164", "4 to 19 digits are wanted").with("digits", digits.len()));
        }
        if let Some(at) = digits.bytes().position(|b| !b.is_ascii_digit()) {
            return Err(Error::invalid("E.164", "only digits may follow +").with("position", at + 1));
        }
        if digits.starts_with('0') {
            return Err(Error::invalid("E.164", "no country code begins with 0"));
        }
        digits
            .parse()
            .map(Self)
            .map_err(|cause| Error::invalid("E.164", "not a number").because(cause))
    }

    /// The digits as a number: `14155552671`.
    pub const fn digits(self) -> u64 {
        self.0
    }
}

impl fmt::Display for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

impl FromStr for E164 {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::new(text)
    }
}

impl TryFrom<String> for E164 {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        Self::new(&text)
    }
}

impl From<E164> for String {
    fn from(number: E164) -> Self {
        number.to_string()
    }
}

/// What a number is for, by its numbering plan.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PhoneType {
    /// A fixed line.
    Fixed,
    /// A mobile.
    Mobile,
    /// The plan does not tell fixed from mobile (NANP).
    FixedOrMobile,
    /// Free for the caller.
    TollFree,
    /// Dearer than usual.
    PremiumRate,
    /// The cost is shared.
    SharedCost,
    /// Over the internet.
    Voip,
    /// Follows its owner.
    PersonalNumber,
    /// A pager.
    Pager,
    /// A company-wide number (universal access).
    Uan,
    /// Only a voice mailbox.
    Voicemail,
    /// The plan does not say.
    #[default]
    Unknown,
}

impl PhoneType {
    /// Every type.
    pub const ALL: [Self; 12] = [
        Self::Fixed,
        Self::Mobile,
        Self::FixedOrMobile,
        Self::TollFree,
        Self::PremiumRate,
        Self::SharedCost,
        Self::Voip,
        Self::PersonalNumber,
        Self::Pager,
        Self::Uan,
        Self::Voicemail,
        Self::Unknown,
    ];

    /// The variant's name in lower case: `fixed_or_mobile`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::Mobile => "mobile",
            Self::FixedOrMobile => "fixed_or_mobile",
            Self::TollFree => "toll_free",
            Self::PremiumRate => "premium_rate",
            Self::SharedCost => "shared_cost",
            Self::Voip => "voip",
            Self::PersonalNumber => "personal_number",
            Self::Pager => "pager",
            Self::Uan => "uan",
            Self::Voicemail => "voicemail",
            Self::Unknown => "unknown",
        }
    }
}

impl FromStr for PhoneType {
    type Err = Error;
    /// Reads what [`PhoneType::name`] says.
    fn from_str(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| {
                Error::invalid(
                    "phone type",
                    "fixed, mobile, fixed_or_mobile, toll_free, premium_rate, shared_cost, voip, personal_number, \
                     pager, uan, voicemail or unknown is wanted",
                )
            })
    }
}

/// What a number is *said* to be for, by the words beside it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PhoneRole {
    /// A telephone; also when nothing is said.
    #[default]
    Tel,
    /// A fax machine.
    Fax,
    /// A mobile.
    Mobile,
    /// Free for the caller.
    TollFree,
    /// A WhatsApp account.
    Whatsapp,
    /// Text messages.
    Sms,
    /// A pager.
    Pager,
}

/// A telephone number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Phone {
    /// The number in E.164 form, without extension.
    pub e164: E164,
    /// As dialled inside its country.
    pub national: String,
    /// As it stood on the page.
    pub raw: String,
    /// The digits to dial after the connection stands.
    #[serde(default)]
    pub extension: Option<String>,
    /// The country or territory of the number; `None` for non-geographic codes such as +800.
    #[serde(default)]
    pub region: Option<CountryCode>,
    /// By its numbering plan.
    #[serde(rename = "type", default)]
    pub kind: PhoneType,
    /// By the words beside it.
    #[serde(default)]
    pub role: PhoneRole,
}

impl Phone {
    /// A number of which only the E.164 form is known.
    pub fn new(e164: E164, raw: impl Into<String>) -> Self {
        Self {
            e164,
            national: String::new(),
            raw: raw.into(),
            extension: None,
            region: None,
            kind: PhoneType::Unknown,
            role: PhoneRole::Tel,
        }
    }
}

impl Identified for Phone {
    type Key = (E164, Option<String>);

    fn identity(&self) -> Self::Key {
        (self.e164, self.extension.clone())
    }

    fn complete(&mut self, other: &Self) {
        if self.national.is_empty() {
            self.national.clone_from(&other.national);
        }
        self.region = self.region.or(other.region);
        if self.kind == PhoneType::Unknown {
            self.kind = other.kind;
        }
        if self.role == PhoneRole::Tel {
            self.role = other.role;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_only_e164() {
        assert_eq!(E164::new("+14155552671").unwrap().to_string(), "+14155552671");
        for bad in [
            "14155552671",
            "+0415555267",
            "+1 415",
            "+123",
            "+12345678901234567890",
            "+１４１５５５５",
        ] {
            assert!(E164::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_type_goes_by_its_name_in_json() {
        for kind in PhoneType::ALL {
            assert_eq!(kind.name().parse::<PhoneType>().unwrap(), kind);
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
        assert!("fax".parse::<PhoneType>().is_err());
    }
}
