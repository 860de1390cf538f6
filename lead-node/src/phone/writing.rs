//! How a number is written, dialled and compared.

use lead_core::phone::{self, Format, Region};
use napi_derive::napi;

use super::number::NativeNumber;
use crate::answer::answer;

/// How a number is written and dialled.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
impl NativeNumber {
    /// In a format.
    #[napi]
    pub fn format(&self, format: String) -> String {
        let format: lead_core::Result<Format> = format.parse();
        answer(format.map(|format| self.inner.format(format)))
    }

    /// As dialled from a region.
    #[napi]
    pub fn format_from(&self, region: String) -> String {
        answer(Region::new(&region).map(|region| self.inner.format_from(region)))
    }

    /// As dialled from a mobile phone.
    #[napi]
    pub fn format_for_mobile(&self, region: String, carrier: Option<String>) -> String {
        let carrier = carrier.unwrap_or_default();
        answer(Region::new(&region).map(|region| self.inner.format_for_mobile(region, &carrier)))
    }

    /// With a carrier code.
    #[napi]
    pub fn format_with_carrier(&self, carrier: String) -> String {
        self.inner.format_with_carrier(&carrier)
    }

    /// In the form it was read in.
    #[napi]
    pub fn format_as_written(&self, raw: String, region: String) -> String {
        answer(Region::new(&region).map(|region| self.inner.format_as_written(&raw, region)))
    }

    /// With the letters it was read with.
    #[napi]
    pub fn format_keeping_letters(&self, raw: String, region: String) -> String {
        answer(Region::new(&region).map(|region| self.inner.format_keeping_letters(&raw, region)))
    }

    /// How alike two numbers are.
    #[napi]
    pub fn compare(&self, other: &NativeNumber) -> String {
        answer(Ok(self.inner.compare(&other.inner)))
    }

    /// How alike a number and a text are.
    #[napi]
    pub fn compare_text(&self, text: String) -> String {
        answer(Ok(self.inner.compare_text(&text)))
    }
}

/// How alike two texts are.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn compare_texts(one: String, other: String) -> String {
    answer(Ok(phone::compare_texts(&one, &other)))
}
