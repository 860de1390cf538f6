//! The area code of a number.

use super::{Format, Number};
use crate::record::PhoneType;

/// China: a mobile number begins with its carrier, not with its area.
const MOBILE_WITHOUT_AREA: u16 = 86;
/// Mexico: no national prefix, and yet area codes.
const AREAS_WITHOUT_NATIONAL_PREFIX: u16 = 52;
/// Countries whose mobile numbers belong to an area (`GEO_MOBILE_COUNTRIES`): Mexico, Argentina, Brazil, Indonesia, China.
const MOBILE_WITH_AREA: [u16; 5] = [52, 54, 55, 62, MOBILE_WITHOUT_AREA];
/// Argentina writes a 9 before the area code of a mobile number (`MOBILE_TOKEN_MAPPINGS`).
pub(super) const WITH_MOBILE_TOKEN: u16 = 54;

impl Number {
    /// Whether the number belongs to a place: `isNumberGeographical`.
    pub fn is_geographical(&self) -> bool {
        self.is_geographical_as(self.kind())
    }

    pub(crate) fn is_geographical_as(&self, kind: PhoneType) -> bool {
        match kind {
            PhoneType::Fixed | PhoneType::FixedOrMobile => true,
            PhoneType::Mobile => MOBILE_WITH_AREA.contains(&self.calling_code),
            _ => false,
        }
    }

    /// How many of the national digits are the area code: `getLengthOfGeographicalAreaCode`. 0 when there is none.
    pub fn area_code_length(&self) -> usize {
        let Some(plan) = self.plan().filter(|plan| plan.region().is_some()) else {
            return 0;
        };
        let kind = self.kind();
        let closed = plan.national_prefix().is_empty()
            && !self.has_leading_zero()
            && self.calling_code != AREAS_WITHOUT_NATIONAL_PREFIX;
        let mobile_without_area = kind == PhoneType::Mobile && self.calling_code == MOBILE_WITHOUT_AREA;
        if closed || mobile_without_area || !self.is_geographical_as(kind) {
            return 0;
        }
        self.destination_code_length()
    }

    /// How many of the national digits say where to (an area, an operator): `getLengthOfNationalDestinationCode`.
    /// 0 when nothing follows them.
    pub fn destination_code_length(&self) -> usize {
        let number = self.without_extension();
        let written = number.format(Format::International);
        // The calling code is the first group.
        let mut groups = written
            .split(|c: char| !c.is_ascii_digit())
            .filter(|group| !group.is_empty())
            .skip(1);
        let (Some(first), Some(second)) = (groups.next(), groups.next()) else {
            return 0;
        };
        if self.calling_code == WITH_MOBILE_TOKEN && self.kind() == PhoneType::Mobile {
            return first.len() + second.len();
        }
        first.len()
    }

    fn has_leading_zero(&self) -> bool {
        self.national.len() > 1 && self.national.as_str().starts_with('0')
    }
}
