//! How a number is dialled from elsewhere.

use super::possible::{Possibility, test_length};
use super::{Format, Number};
use crate::phone::numbering::Plan;
use crate::phone::region::Region;
use crate::record::PhoneType;

/// The country calling code of the North American plan.
pub(super) const NANPA: u16 = 1;

impl Number {
    /// As dialled from `region`: `formatOutOfCountryCallingNumber`.
    ///
    /// ```
    /// use lead_core::phone::{Number, Region};
    /// let number = Number::parse("+49 30 123456", None).unwrap();
    /// assert_eq!(number.format_from(Region::US), "011 49 30 123456");
    /// assert_eq!(number.format_from(Region::new("DE")?), "030 123456");
    /// # Ok::<(), lead_core::Error>(())
    /// ```
    ///
    /// Where several international prefixes are in use and none is preferred, the international form.
    pub fn format_from(&self, region: Region) -> String {
        let Some(home) = Plan::of_region(region) else {
            return self.format(Format::International);
        };
        let Some(plan) = self.main_plan() else {
            return self.national.to_string();
        };
        if self.calling_code == home.calling_code() {
            let national = self.format(Format::National);
            return if self.calling_code == NANPA {
                format!("{NANPA} {national}")
            } else {
                national
            };
        }
        let mut number = String::with_capacity(24);
        self.write_international(plan, &mut number);
        self.write_extension(plan, &mut number);
        self.after_prefix(home.international_prefix(), &number)
    }

    /// `number` after an international prefix, or after `+` when there is none to tell.
    pub(super) fn after_prefix(&self, prefix: &str, number: &str) -> String {
        if prefix.is_empty() {
            format!("+{} {number}", self.calling_code)
        } else {
            format!("{prefix} {} {number}", self.calling_code)
        }
    }

    /// As dialled from a mobile phone in `region`: `formatNumberForMobileDialing`. `None` when it cannot be reached from
    /// there, or only with a carrier code that is not known.
    ///
    /// `carrier` is the code the number was written with ([`Number::parse_with_carrier`]), empty when there was none.
    pub fn format_for_mobile(&self, region: Region, carrier: &str) -> Option<String> {
        let number = self.without_extension();
        let home = number.main_plan()?.region();
        if home == Some(region) {
            number.mobile_at_home(region, carrier)
        } else {
            let reachable = number.is_valid() && number.can_be_internationally_dialled();
            reachable.then(|| number.format(Format::International))
        }
    }

    fn mobile_at_home(&self, region: Region, carrier: &str) -> Option<String> {
        let kind = self.kind();
        let fixed_or_mobile = matches!(
            kind,
            PhoneType::Fixed | PhoneType::Mobile | PhoneType::FixedOrMobile
        );
        let abroad = match region.as_str() {
            // Brazilian carriers connect no call without their code.
            "BR" if fixed_or_mobile => {
                return (!carrier.is_empty()).then(|| self.format_with_carrier(carrier));
            }
            // What might be a short number is dialled as it is.
            _ if self.calling_code == NANPA => {
                let plan = Plan::of_region(region)?;
                test_length(self.national.as_bytes(), plan) != Possibility::TooShort
            }
            // The national forms need codes that depend on the caller, or differ from those that are written.
            "MX" | "CL" | "UZ" => fixed_or_mobile,
            _ => false,
        };
        let format = if abroad && self.can_be_internationally_dialled() {
            Format::International
        } else {
            Format::National
        };
        Some(self.format(format))
    }
}

/// The signs of `text` that can be dialled: `normalizeDiallableCharsOnly`.
pub(super) fn diallable(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '+' | '*' | '#'))
        .collect()
}
