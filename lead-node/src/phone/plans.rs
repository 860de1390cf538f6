//! What the numbering plans say of regions and calling codes.

use lead_core::Result;
use lead_core::phone::{self, Region};
use lead_core::record::PhoneType;
use napi_derive::napi;

use super::number::{Answer, number};
use crate::answer::answer;

/// The version of libphonenumber whose plans these are.
#[napi]
pub const DATA_VERSION: &str = phone::DATA_VERSION;

/// What a time zone is called when none is known.
#[napi]
pub const UNKNOWN_TIME_ZONE: &str = phone::UNKNOWN_TIME_ZONE;

/// The calling code of a region.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn calling_code_of(region: String) -> String {
    answer(Region::new(&region).map(phone::calling_code_of))
}

/// All regions of a calling code, the main one first.
#[napi]
pub fn regions_of_calling_code(code: u32) -> Vec<String> {
    u16::try_from(code).map_or_else(
        |_| Vec::new(),
        |code| {
            phone::regions_of_calling_code(code)
                .map(|region| region.to_string())
                .collect()
        },
    )
}

/// The main region of a calling code.
#[napi]
pub fn region_of_calling_code(code: u32) -> Option<String> {
    phone::region_of_calling_code(u16::try_from(code).ok()?).map(|region| region.to_string())
}

/// What is dialled before a national number.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn national_prefix_of(region: String) -> String {
    let prefix = Region::new(&region).map(phone::national_prefix_of);
    answer(prefix.map(|prefix| (!prefix.is_empty()).then_some(prefix)))
}

/// Whether mobile numbers can be taken to another carrier.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn is_mobile_number_portable(region: String) -> String {
    answer(Region::new(&region).map(phone::is_mobile_number_portable))
}

/// Whether a text is a number written with letters.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn is_vanity(text: String) -> bool {
    phone::is_vanity(&text)
}

/// A valid number of the region and type.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn example_number(region: String, kind: String) -> Answer {
    let kind: Result<PhoneType> = kind.parse();
    number(kind.and_then(|kind| Ok(phone::example_number(Region::new(&region)?, kind))))
}

/// A valid number of a service.
#[napi]
pub fn example_of_service(code: u32) -> Answer {
    number(Ok(u16::try_from(code).ok().and_then(phone::example_of_service)))
}
