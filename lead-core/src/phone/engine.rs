//! A number that was found, as the record wants it.

use super::number::{self, Format, calling_code_of};
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

/// Reads all of `text` as one number.
pub(crate) fn parse(text: &str, region: Option<Region>) -> Option<Number> {
    number::Number::parse(text, region).ok().and_then(Number::new)
}

/// The regions that share a country calling code with `region`: the North American plan has some twenty.
pub(crate) fn same_calling_code(one: Region, other: Region) -> bool {
    calling_code_of(one).is_some() && calling_code_of(one) == calling_code_of(other)
}

impl Number {
    /// `None` for a number too short or too long for the record.
    pub(crate) fn new(inner: number::Number) -> Option<Self> {
        let digits = inner.extension();
        Some(Self {
            inner,
            e164: inner.e164()?,
            extension: (!digits.is_empty()).then(|| digits.to_string()),
        })
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
