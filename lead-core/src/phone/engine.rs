//! The numbers that were found: where they stand, and what the record wants to know of them.

use rlibphonenumber::phonenumber_matcher::{Leniency as Strictness, PHONE_MATCHER_FACTORY};
use rlibphonenumber::{PhoneNumber, Region as Plan};

use super::number::{self, Format, calling_code_of};
use super::options::Leniency;
use super::region::Region;
use crate::record::{CountryCode, E164, Phone, PhoneType};

/// A parsed number.
#[derive(Clone, Debug)]
pub(crate) struct Number {
    inner: number::Number,
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
            Number::from_theirs(&found.number).map(|number| Span { start, end, number })
        })
        .collect()
}

/// Reads all of `text` as one number.
pub(crate) fn parse(text: &str, region: Option<Region>) -> Option<Number> {
    number::Number::parse(text, region).ok().and_then(Number::new)
}

/// The regions that share a country calling code with `region`: the North American plan has some twenty.
pub(crate) fn same_calling_code(one: Region, other: Region) -> bool {
    calling_code_of(one).is_some() && calling_code_of(one) == calling_code_of(other)
}

impl Number {
    fn new(inner: number::Number) -> Option<Self> {
        let digits = inner.extension();
        Some(Self {
            inner,
            e164: inner.e164()?,
            extension: (!digits.is_empty()).then(|| digits.to_string()),
        })
    }

    fn from_theirs(theirs: &PhoneNumber) -> Option<Self> {
        let national = rlibphonenumber::get_national_significant_number_owned(theirs);
        let number = number::Number::new(u16::try_from(theirs.country_code).ok()?, &national)?;
        Self::new(number.with_extension(theirs.extension.as_deref().unwrap_or_default()))
    }

    /// Whether the numbering plan has such a number.
    pub(crate) fn is_valid(&self) -> bool {
        self.inner.is_valid()
    }

    /// Country or territory; `None` for non-geographic codes.
    pub(crate) fn region(&self) -> Option<CountryCode> {
        self.inner.region()?.country()
    }

    /// By its numbering plan.
    pub(crate) fn kind(&self) -> PhoneType {
        self.inner.kind()
    }

    /// As dialled inside its country, without extension.
    pub(crate) fn national(&self) -> String {
        self.inner.without_extension().format(Format::National)
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
