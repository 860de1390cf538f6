//! Numbers that are not dialled in full.

use lead_core::phone::{self, Region};
use napi_derive::napi;

use super::number::NativeNumber;
use crate::answer::answer;

/// What is asked of short numbers.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
impl NativeNumber {
    /// Whether any region has short numbers of that length.
    #[napi(getter)]
    pub fn is_possible_short(&self) -> bool {
        self.inner.is_possible_short()
    }

    /// Whether any region has that short number.
    #[napi(getter)]
    pub fn is_valid_short(&self) -> bool {
        self.inner.is_valid_short()
    }

    /// The most a call may cost.
    #[napi(getter)]
    pub fn short_cost(&self) -> String {
        answer(Ok(self.inner.short_cost()))
    }

    /// Whether it works with one carrier only.
    #[napi(getter)]
    pub fn is_carrier_specific(&self) -> bool {
        self.inner.is_carrier_specific()
    }

    /// Whether the region has short numbers of that length.
    #[napi]
    pub fn is_possible_short_in(&self, region: String) -> String {
        answer(Region::new(&region).map(|region| self.inner.is_possible_short_in(region)))
    }

    /// Whether the region has that short number.
    #[napi]
    pub fn is_valid_short_in(&self, region: String) -> String {
        answer(Region::new(&region).map(|region| self.inner.is_valid_short_in(region)))
    }

    /// What a call costs in the region.
    #[napi]
    pub fn short_cost_in(&self, region: String) -> String {
        answer(Region::new(&region).map(|region| self.inner.short_cost_in(region)))
    }

    /// Whether it works with one carrier of the region only.
    #[napi]
    pub fn is_carrier_specific_in(&self, region: String) -> String {
        answer(Region::new(&region).map(|region| self.inner.is_carrier_specific_in(region)))
    }

    /// Whether it is for text messages in the region.
    #[napi]
    pub fn is_sms_service_in(&self, region: String) -> String {
        answer(Region::new(&region).map(|region| self.inner.is_sms_service_in(region)))
    }
}

/// Whether what is dialled is an emergency number of the region.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn is_emergency_number(text: String, region: String) -> String {
    answer(Region::new(&region).map(|region| phone::is_emergency_number(&text, region)))
}

/// Whether what is dialled may reach an emergency service of the region.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn connects_to_emergency_number(text: String, region: String) -> String {
    answer(Region::new(&region).map(|region| phone::connects_to_emergency_number(&text, region)))
}

/// A short number of the region.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn example_short_number(region: String) -> String {
    answer(Region::new(&region).map(phone::example_short_number))
}
