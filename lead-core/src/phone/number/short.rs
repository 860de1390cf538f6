//! Short numbers: 112, 911, text message codes. They are dialled as they are and never from abroad.
//!
//! libphonenumber's `ShortNumberInfo`. What is asked of a *number* takes one that was parsed in its region; emergency
//! numbers are asked about as they are dialled.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Number, input, sign};
use crate::phone::numbering::{Calling, Plan, ShortDesc};
use crate::phone::region::Region;

/// What a call to a short number costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ShortNumberCost {
    /// Nothing.
    TollFree,
    /// As any other call.
    StandardRate,
    /// More.
    PremiumRate,
    /// Not known.
    Unknown,
}

/// Where digits after an emergency number break the call.
const EXACT_EMERGENCY: [&str; 3] = ["BR", "CL", "NI"];

impl Number {
    /// Whether the region has short numbers of that length: `isPossibleShortNumberForRegion`.
    pub fn is_possible_short_in(&self, region: Region) -> bool {
        self.short_plan(region)
            .is_some_and(|plan| has_length(plan, ShortDesc::General, self.national.as_bytes()))
    }

    /// Whether any region of the calling code has short numbers of that length: `isPossibleShortNumber`.
    pub fn is_possible_short(&self) -> bool {
        self.sharing()
            .any(|plan| has_length(plan, ShortDesc::General, self.national.as_bytes()))
    }

    /// Whether the region has that short number: `isValidShortNumberForRegion`.
    pub fn is_valid_short_in(&self, region: Region) -> bool {
        self.short_plan(region).is_some_and(|plan| self.is_short_of(plan))
    }

    /// Whether any region of the calling code has that short number: `isValidShortNumber`.
    pub fn is_valid_short(&self) -> bool {
        let shared = Calling::of(self.calling_code).is_some_and(Calling::is_shared);
        if shared {
            self.owner_of_short().is_some()
        } else {
            self.sharing().next().is_some_and(|plan| self.is_short_of(plan))
        }
    }

    fn is_short_of(&self, plan: Plan) -> bool {
        let national = self.national.as_bytes();
        is(plan, ShortDesc::General, national) && is(plan, ShortDesc::ShortCode, national)
    }

    /// What calling the short number costs in the region, valid or not: `getExpectedCostForRegion`.
    ///
    /// ```
    /// use lead_core::phone::{Number, Region, ShortNumberCost};
    /// let france = Region::new("FR")?;
    /// let number = Number::parse("112", Some(france)).unwrap();
    /// assert_eq!(number.short_cost_in(france), ShortNumberCost::TollFree);
    /// # Ok::<(), lead_core::Error>(())
    /// ```
    pub fn short_cost_in(&self, region: Region) -> ShortNumberCost {
        let national = self.national.as_bytes();
        let Some(plan) = self
            .short_plan(region)
            .filter(|plan| has_length(*plan, ShortDesc::General, national))
        else {
            return ShortNumberCost::Unknown;
        };
        // The dearest first, should patterns overlap.
        if is(plan, ShortDesc::PremiumRate, national) {
            ShortNumberCost::PremiumRate
        } else if is(plan, ShortDesc::StandardRate, national) {
            ShortNumberCost::StandardRate
        } else if is(plan, ShortDesc::TollFree, national)
            || is_emergency_number(self.national.as_str(), region)
        {
            ShortNumberCost::TollFree
        } else {
            ShortNumberCost::Unknown
        }
    }

    /// The most a call to the short number may cost in the regions of its calling code: `getExpectedCost`. Not to know
    /// counts as dearer than the standard rate; the first region that does not know, or knows it for dear, decides.
    pub fn short_cost(&self) -> ShortNumberCost {
        let mut dearest = None;
        for region in self.sharing().filter_map(|plan| plan.region()) {
            match self.short_cost_in(region) {
                cost @ (ShortNumberCost::Unknown | ShortNumberCost::PremiumRate) => return cost,
                ShortNumberCost::StandardRate => dearest = Some(ShortNumberCost::StandardRate),
                ShortNumberCost::TollFree => dearest = dearest.or(Some(ShortNumberCost::TollFree)),
            }
        }
        dearest.unwrap_or(ShortNumberCost::Unknown)
    }

    /// Whether the short number works with one carrier only: `isCarrierSpecific`.
    pub fn is_carrier_specific(&self) -> bool {
        self.owner_of_short()
            .is_some_and(|plan| is(plan, ShortDesc::CarrierSpecific, self.national.as_bytes()))
    }

    /// The same, dialled in the region: `isCarrierSpecificForRegion`.
    pub fn is_carrier_specific_in(&self, region: Region) -> bool {
        self.short_plan(region)
            .is_some_and(|plan| is(plan, ShortDesc::CarrierSpecific, self.national.as_bytes()))
    }

    /// Whether the short number is for text messages: `isSmsServiceForRegion`.
    pub fn is_sms_service_in(&self, region: Region) -> bool {
        self.short_plan(region)
            .is_some_and(|plan| is(plan, ShortDesc::SmsServices, self.national.as_bytes()))
    }

    /// The plan of the region, when it has short numbers and the number's calling code.
    fn short_plan(&self, region: Region) -> Option<Plan> {
        Plan::of_region(region)
            .filter(|plan| plan.has_short_numbers() && plan.calling_code() == self.calling_code)
    }

    fn sharing(&self) -> impl Iterator<Item = Plan> {
        Calling::of(self.calling_code)
            .into_iter()
            .flat_map(Calling::plans)
    }

    /// The first plan that has the number, or the only one there is.
    fn owner_of_short(&self) -> Option<Plan> {
        let calling = Calling::of(self.calling_code)?;
        if calling.is_shared() {
            self.sharing()
                .find(|plan| is(*plan, ShortDesc::ShortCode, self.national.as_bytes()))
        } else {
            calling.main()
        }
    }
}

/// Whether what is dialled is an emergency number of the region: `isEmergencyNumber`.
///
/// ```
/// use lead_core::phone::{Region, is_emergency_number};
/// assert!(is_emergency_number("911", Region::US));
/// assert!(!is_emergency_number("9111", Region::US));
/// ```
pub fn is_emergency_number(text: &str, region: Region) -> bool {
    emergency(text, region, false)
}

/// Whether what is dialled may reach an emergency service of the region, with digits behind the number too:
/// `connectsToEmergencyNumber`.
pub fn connects_to_emergency_number(text: &str, region: Region) -> bool {
    emergency(text, region, true)
}

fn emergency(text: &str, region: Region, with_more: bool) -> bool {
    let text: Vec<char> = text.chars().collect();
    let number = input::possible_number(&text);
    if number.first().is_some_and(|c| sign::is_plus(*c)) {
        return false; // nobody dials +1 911
    }
    let Some(plan) = Plan::of_region(region).filter(Plan::has_short_numbers) else {
        return false;
    };
    let digits: Vec<u8> = number.iter().filter_map(|c| sign::digit(*c)).collect();
    if with_more && !EXACT_EMERGENCY.contains(&region.as_str()) {
        plan.begins_short(&digits, ShortDesc::Emergency)
    } else {
        plan.matches_short(&digits, ShortDesc::Emergency)
    }
}

/// A short number of the region; `None` when none is known.
pub fn example_short_number(region: Region) -> Option<&'static str> {
    let plan = Plan::of_region(region)?;
    Some(plan.short_example(ShortDesc::ShortCode)).filter(|text| !text.is_empty())
}

fn is(plan: Plan, desc: ShortDesc, number: &[u8]) -> bool {
    plan.matches_short(number, desc) && has_length(plan, desc, number)
}

fn has_length(plan: Plan, desc: ShortDesc, number: &[u8]) -> bool {
    u32::try_from(number.len())
        .ok()
        .and_then(|length| plan.short_lengths(desc).checked_shr(length))
        .is_some_and(|rest| rest & 1 != 0)
}
