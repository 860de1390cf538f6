//! Names that go with a number: its carrier, its time zones, its place.

use super::Number;
use crate::phone::numbering::names;
use crate::record::PhoneType;

/// What a number's time zone is called when none is known.
pub const UNKNOWN_TIME_ZONE: &str = "Etc/Unknown";

impl Number {
    /// The carrier the number was first given to, in English: `PhoneNumberToCarrierMapper.getNameForNumber`. `None` when
    /// it is no mobile or pager number, or none is known. Where numbers are portable it may have another one by now.
    ///
    /// ```
    /// use lead_core::phone::Number;
    /// let number = Number::parse("+40 721 234 567", None).unwrap();
    /// assert_eq!(number.carrier(), Some("Vodafone"));
    /// ```
    pub fn carrier(&self) -> Option<&'static str> {
        let movable = matches!(
            self.kind(),
            PhoneType::Mobile | PhoneType::FixedOrMobile | PhoneType::Pager
        );
        movable
            .then(|| names::carrier(self.international()))
            .filter(|name| !name.is_empty())
    }

    /// The same, but `None` where the number may have gone to another carrier: `getSafeDisplayName`.
    pub fn certain_carrier(&self) -> Option<&'static str> {
        let portable = self.plan().is_some_and(|plan| plan.mobile_number_portable());
        if portable { None } else { self.carrier() }
    }

    /// The IANA time zones the number may be in: `PhoneNumberToTimeZonesMapper.getTimeZonesForNumber`. Never empty:
    /// [`UNKNOWN_TIME_ZONE`] alone when none is known, or the number is not valid.
    ///
    /// ```
    /// use lead_core::phone::Number;
    /// let number = Number::parse("+1 415 555 2671", None).unwrap();
    /// assert_eq!(number.time_zones().collect::<Vec<_>>(), ["America/Los_Angeles"]);
    /// ```
    pub fn time_zones(&self) -> impl Iterator<Item = &'static str> {
        let kind = self.kind();
        let zones = if kind == PhoneType::Unknown {
            ""
        } else if self.is_geographical_as(kind) {
            names::zones(self.international())
        } else {
            names::zones(self.calling_code.to_string().into_bytes().into_iter())
        };
        let zones = if zones.is_empty() {
            UNKNOWN_TIME_ZONE
        } else {
            zones
        };
        zones.split('&')
    }

    /// The digits in international form.
    fn international(&self) -> impl Iterator<Item = u8> {
        let code = self.calling_code.to_string().into_bytes();
        let national = self.national;
        let digits: Vec<u8> = code
            .into_iter()
            .chain(national.as_bytes().iter().copied())
            .collect();
        digits.into_iter()
    }
}

#[cfg(feature = "areas")]
mod areas {
    use super::super::area::WITH_MOBILE_TOKEN;
    use super::Number;
    use crate::phone::number::{region_of_calling_code, regions_of_calling_code};
    use crate::phone::numbering::names;
    use crate::record::PhoneType;

    impl Number {
        /// Where the number is, in English: `PhoneNumberOfflineGeocoder.getDescriptionForNumber`. A town or an area where
        /// one is known, else the country. `None` when the number is not valid, or nothing is known.
        ///
        /// ```
        /// use lead_core::phone::Number;
        /// let number = Number::parse("+49 89 1234567", None).unwrap();
        /// assert_eq!(number.area(), Some("Munich"));
        /// ```
        pub fn area(&self) -> Option<&'static str> {
            let kind = self.kind();
            if kind == PhoneType::Unknown {
                return None;
            }
            let area = if self.is_geographical_as(kind) {
                names::area(self.without_mobile_token().international())
            } else {
                ""
            };
            Some(area)
                .filter(|area| !area.is_empty())
                .or_else(|| self.country_name())
        }

        /// The country, in English; `None` when it is not one alone: `getCountryNameForNumber`.
        pub fn country_name(&self) -> Option<&'static str> {
            let mut regions = regions_of_calling_code(self.calling_code);
            let (first, more) = (regions.next()?, regions.next().is_some());
            let region = if more {
                let mut valid =
                    regions_of_calling_code(self.calling_code).filter(|region| self.is_valid_for(*region));
                let region = valid.next()?;
                if valid.next().is_some() {
                    return None;
                }
                region
            } else {
                first
            };
            Some(names::country(region)).filter(|name| !name.is_empty())
        }

        /// Argentine mobile numbers have a 9 before their area code.
        fn without_mobile_token(&self) -> Self {
            let rest = self.national.as_str().strip_prefix('9');
            match (self.calling_code, rest) {
                (WITH_MOBILE_TOKEN, Some(rest)) => {
                    Self::parse(rest, region_of_calling_code(self.calling_code)).unwrap_or(*self)
                }
                _ => *self,
            }
        }
    }
}
