//! How a number is written.

use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Number;
use super::sign;
use crate::phone::numbering::{Calling, Plan, Writing};
use crate::{Error, Result};

/// How a number is written out: libphonenumber's `PhoneNumberFormat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
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

impl Format {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::E164, Self::International, Self::National, Self::Rfc3966];

    /// The variant's name in lower case: `e164`.
    pub fn name(self) -> &'static str {
        match self {
            Self::E164 => "e164",
            Self::International => "international",
            Self::National => "national",
            Self::Rfc3966 => "rfc3966",
        }
    }
}

impl FromStr for Format {
    type Err = Error;
    /// Reads what [`Format::name`] says.
    fn from_str(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|format| format.name() == text)
            .ok_or_else(|| Error::invalid("format", "e164, international, national or rfc3966 is wanted"))
    }
}

impl Number {
    /// Writes the number out: `format`. Without a plan for its calling code, the national digits alone.
    pub fn format(&self, format: Format) -> String {
        let mut out = String::with_capacity(32);
        if format == Format::E164 {
            self.push_code(&mut out);
            out.push_str(self.national.as_str());
            return out;
        }
        let Some(plan) = self.main_plan() else {
            return self.national.to_string();
        };
        match format {
            Format::National => self.write_national(plan, Writing::National, &mut out),
            Format::Rfc3966 => {
                out.push_str("tel:");
                self.push_code(&mut out);
                out.push('-');
                let mut digits = String::with_capacity(24);
                self.write_international(plan, &mut digits);
                push_dashed(&digits, &mut out);
                if !self.extension.is_empty() {
                    out.push_str(";ext=");
                    out.push_str(self.extension.as_str());
                }
            }
            Format::International | Format::E164 => {
                self.push_code(&mut out);
                out.push(' ');
                self.write_international(plan, &mut out);
                self.write_extension(plan, &mut out);
            }
        }
        out
    }

    /// As dialled inside its country with a carrier code, where the plan has a place for one:
    /// `formatNationalNumberWithCarrierCode`.
    pub fn format_with_carrier(&self, carrier: &str) -> String {
        let Some(plan) = self.main_plan() else {
            return self.national.to_string();
        };
        let mut out = String::with_capacity(32);
        self.write_national(plan, Writing::Carrier(carrier), &mut out);
        out
    }

    /// The plan whose formats hold for the calling code.
    pub(super) fn main_plan(&self) -> Option<Plan> {
        Calling::of(self.calling_code)?.main()
    }

    /// `+49`
    fn push_code(&self, out: &mut String) {
        out.push('+');
        out.push_str(&self.calling_code.to_string());
    }

    pub(super) fn write_national(&self, plan: Plan, writing: Writing<'_>, out: &mut String) {
        match plan.layout(self.national.as_bytes()) {
            Some(layout) => layout.write(self.national.as_str(), writing, out),
            None => out.push_str(self.national.as_str()),
        }
        self.write_extension(plan, out);
    }

    /// The national digits as those abroad group them, without code and extension.
    pub(super) fn write_international(&self, plan: Plan, out: &mut String) {
        match plan.international_layout(self.national.as_bytes()) {
            Some(layout) => layout.write(self.national.as_str(), Writing::Plain, out),
            None => out.push_str(self.national.as_str()),
        }
    }

    pub(super) fn write_extension(&self, plan: Plan, out: &mut String) {
        if self.extension.is_empty() {
            return;
        }
        let prefix = plan.extension_prefix();
        out.push_str(if prefix.is_empty() { " ext. " } else { prefix });
        out.push_str(self.extension.as_str());
    }
}

/// Appends `grouped` with a dash for each run of punctuation, none at the start.
pub(super) fn push_dashed(grouped: &str, out: &mut String) {
    let mut in_run = true;
    for c in grouped.trim_start_matches(sign::is_punctuation).chars() {
        let punctuation = sign::is_punctuation(c);
        match (punctuation, in_run) {
            (true, false) => out.push('-'),
            (true, true) => {}
            (false, _) => out.push(c),
        }
        in_run = punctuation;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_goes_by_its_name_in_json() {
        for format in Format::ALL {
            assert_eq!(format.name().parse::<Format>().unwrap(), format);
            assert_eq!(serde_json::to_value(format).unwrap(), format.name());
        }
        assert!("pretty".parse::<Format>().is_err());
    }
}
