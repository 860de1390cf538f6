//! The numbering plans: the one file that knows which library reads them.
//!
//! What is found, parsed, checked and formatted here follows libphonenumber. The rest of the station sees [`Number`] and
//! [`Span`] only, so another engine can take this one's place.

use rlibphonenumber::phonenumber_matcher::{Leniency as Strictness, PHONE_MATCHER_FACTORY};
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region as Plan};

use super::options::Leniency;
use super::region::Region;
use crate::record::{CountryCode, E164, Phone, PhoneType};

/// A parsed number.
#[derive(Clone, Debug)]
pub(crate) struct Number {
    inner: PhoneNumber,
    /// In E.164 form.
    pub(crate) e164: E164,
    /// Extension digits.
    pub(crate) extension: Option<String>,
}

/// Where a number stands in a text, in bytes.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) number: Number,
}

/// The longest text the reference reads as one number (`MAX_INPUT_STRING_LENGTH`).
const MAX_INPUT: usize = 250;

fn plan(region: Option<Region>) -> Option<Plan> {
    region.and_then(|region| Plan::from_code(region.as_str()).ok())
}

/// Every number of `text`, as the reference finds them.
pub(crate) fn find(text: &str, region: Option<Region>, leniency: Leniency) -> Vec<Span> {
    let strictness = match leniency {
        Leniency::Possible => Strictness::Possible,
        Leniency::Valid => Strictness::Valid,
        Leniency::StrictGrouping => Strictness::StrictGrouping,
        Leniency::ExactGrouping => Strictness::ExactGrouping,
    };
    PHONE_MATCHER_FACTORY
        .matcher_builder(text)
        .leniency(strictness)
        .preferred_region(plan(region))
        .build_fallible()
        .map_while(Result::ok)
        .filter_map(|found| {
            let (start, end) = (found.start, found.end());
            Number::new(found.number).map(|number| Span { start, end, number })
        })
        .collect()
}

/// Reads all of `text` as one number.
pub(crate) fn parse(text: &str, region: Option<Region>) -> Option<Number> {
    if text.len() > MAX_INPUT {
        return None;
    }
    PHONE_NUMBER_UTIL
        .parse(text, plan(region))
        .ok()
        .and_then(Number::new)
}

/// The regions that share a country calling code with `region`: the North American plan has some twenty.
pub(crate) fn same_calling_code(one: Region, other: Region) -> bool {
    let code =
        |region| plan(Some(region)).and_then(|plan| PHONE_NUMBER_UTIL.get_country_code_for_region(plan));
    code(one).is_some() && code(one) == code(other)
}

impl Number {
    fn new(inner: PhoneNumber) -> Option<Self> {
        let e164 = E164::new(&PHONE_NUMBER_UTIL.format(&inner, PhoneNumberFormat::E164)).ok()?;
        let extension = inner.extension.clone().filter(|digits| !digits.is_empty());
        Some(Self {
            inner,
            e164,
            extension,
        })
    }

    /// Whether the numbering plan has such a number.
    pub(crate) fn is_valid(&self) -> bool {
        PHONE_NUMBER_UTIL.is_valid_number(&self.inner)
    }

    /// Country or territory; `None` for non-geographic codes.
    pub(crate) fn region(&self) -> Option<CountryCode> {
        let region = PHONE_NUMBER_UTIL.get_region_for_number(&self.inner)?;
        CountryCode::new(&region.to_string()).ok()
    }

    /// By its numbering plan.
    pub(crate) fn kind(&self) -> PhoneType {
        match PHONE_NUMBER_UTIL.get_number_type(&self.inner) {
            PhoneNumberType::FixedLine => PhoneType::Fixed,
            PhoneNumberType::Mobile => PhoneType::Mobile,
            PhoneNumberType::FixedLineOrMobile => PhoneType::FixedOrMobile,
            PhoneNumberType::TollFree => PhoneType::TollFree,
            PhoneNumberType::PremiumRate => PhoneType::PremiumRate,
            PhoneNumberType::SharedCost => PhoneType::SharedCost,
            PhoneNumberType::VoIP => PhoneType::Voip,
            PhoneNumberType::PersonalNumber => PhoneType::PersonalNumber,
            PhoneNumberType::Pager => PhoneType::Pager,
            PhoneNumberType::UAN => PhoneType::Uan,
            PhoneNumberType::VoiceMail => PhoneType::Voicemail,
            PhoneNumberType::Unknown => PhoneType::Unknown,
        }
    }

    /// As dialled inside its country, without extension.
    pub(crate) fn national(&self) -> String {
        let mut plain = self.inner.clone();
        plain.extension = None;
        PHONE_NUMBER_UTIL
            .format(&plain, PhoneNumberFormat::National)
            .into_owned()
    }

    /// The record's value for this number, seen as `raw`.
    pub(crate) fn to_phone(&self, raw: &str) -> Phone {
        let mut phone = Phone::new(self.e164, raw);
        phone.national = self.national();
        phone.extension.clone_from(&self.extension);
        phone.region = self.region();
        phone.kind = self.kind();
        phone
    }
}
