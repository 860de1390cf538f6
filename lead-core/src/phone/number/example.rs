//! Numbers to show, of every region and type.

use super::kind::desc_of;
use super::{Number, parse};
use crate::phone::numbering::{Desc, Plan};
use crate::phone::region::Region;
use crate::record::PhoneType;

/// A valid number of the region and type: `getExampleNumberForType`. `None` when the plan has none.
///
/// ```
/// use lead_core::phone::{Format, Region, example_number};
/// use lead_core::record::PhoneType;
/// let number = example_number(Region::new("FR")?, PhoneType::Mobile).unwrap();
/// assert_eq!(number.format(Format::National), "06 12 34 56 78");
/// # Ok::<(), lead_core::Error>(())
/// ```
pub fn example_number(region: Region, kind: PhoneType) -> Option<Number> {
    let plan = Plan::of_region(region)?;
    let text = plan.example(desc_of(kind));
    parse::parse(text, Some(region)).ok().map(|parsed| parsed.number)
}

/// A valid number of a service with a calling code of its own, +800 and the like: `getExampleNumberForNonGeoEntity`.
pub fn example_of_service(calling_code: u16) -> Option<Number> {
    let plan = Plan::all().find(|plan| plan.region().is_none() && plan.calling_code() == calling_code)?;
    let kinds = [
        Desc::Mobile,
        Desc::TollFree,
        Desc::SharedCost,
        Desc::Voip,
        Desc::Voicemail,
        Desc::Uan,
        Desc::PremiumRate,
    ];
    let text = kinds
        .into_iter()
        .map(|desc| plan.example(desc))
        .find(|text| !text.is_empty())?;
    Number::parse(&format!("+{calling_code}{text}"), None).ok()
}
