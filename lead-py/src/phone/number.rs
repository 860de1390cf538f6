//! `lead.phone.Number`.

use std::hash::{DefaultHasher, Hash, Hasher};

use lead_core::Error;
use lead_core::phone::{self, Format, NumberParts};
use lead_core::record::{E164, PhoneType};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::region;
use crate::class::{class, word};
use crate::error::Raise;

class! {
    /// A telephone number of some numbering plan, possible or not: equal to another when it is dialled alike.
    Number(phone::Number) in "lead.phone"
    fields {
        /// The country calling code: 49.
        calling_code: u16 = |it| it.calling_code();
        /// The digits after the country calling code, with leading zeros that belong to the number (Italy).
        national_significant: String = |it| it.national_significant().to_string();
        /// The digits to dial after the connection stands.
        extension: Option<String> = |it| NumberParts::from(*it).extension;
        /// How the country calling code was known: `number_with_plus_sign`, `default_country` …
        country_code_source: &'static str = |it| it.country_code_source().name();
        /// In E.164 form, without extension: `+493012345678`.
        e164: String = |it| it.format(Format::E164);
        /// As written for those abroad: `+49 30 12345678`.
        international: String = |it| it.format(Format::International);
        /// As dialled inside its country: `030 12345678`.
        national: String = |it| it.format(Format::National);
        /// As a link: `tel:+49-30-12345678`.
        rfc3966: String = |it| it.format(Format::Rfc3966);
        /// Whether the numbering plan has such a number. Nobody need have it.
        is_valid: bool = |it| it.is_valid();
        /// Whether the length fits the plan, or fits within an area of it.
        is_possible: bool = |it| it.is_possible();
        /// What the length says: `possible`, `local_only`, `too_short` …
        possibility: String = |it| word(&it.possibility());
        /// The region it belongs to, ISO 3166-1 or `AC` or `TA`; None for non-geographic codes.
        region: Option<String> = |it| it.region().map(|region| region.to_string());
        /// By its numbering plan: `fixed`, `mobile`, `toll_free` …
        r#type: &'static str = |it| it.kind().name();
        /// Whether it belongs to a place.
        is_geographical: bool = |it| it.is_geographical();
        /// How many of the national digits are the area code; 0 when there is none.
        area_code_length: usize = |it| it.area_code_length();
        /// How many of the national digits say where to: an area, an operator. 0 when nothing follows them.
        destination_code_length: usize = |it| it.destination_code_length();
        /// Whether it can be dialled from abroad, or nothing is known of it.
        can_be_internationally_dialled: bool = |it| it.can_be_internationally_dialled();
        /// The carrier a mobile number was first given to, in English.
        carrier: Option<&'static str> = |it| it.carrier();
        /// The same, but None where the number may have gone to another carrier.
        certain_carrier: Option<&'static str> = |it| it.certain_carrier();
        /// Where it is, in English: a town or an area where one is known, else the country.
        area: Option<&'static str> = |it| it.area();
        /// The country, in English; None when it is not one alone.
        country_name: Option<&'static str> = |it| it.country_name();
    }
    lists {}
}

#[pymethods]
impl Number {
    /// A number of its parts.
    #[new]
    #[pyo3(signature = (calling_code, national_significant, *, extension = None, country_code_source = "unspecified"))]
    fn new(
        py: Python<'_>,
        calling_code: u32,
        national_significant: String,
        extension: Option<String>,
        country_code_source: &str,
    ) -> PyResult<Self> {
        let mut parts = NumberParts::default();
        parts.calling_code = u16::try_from(calling_code)
            .map_err(|_| Error::invalid("phone.number", "no calling code is that large"))
            .or_raise(py)?;
        (parts.national_significant, parts.extension) = (national_significant, extension);
        parts.country_code_source = country_code_source.parse().or_raise(py)?;
        phone::Number::try_from(parts).map(Self::from).or_raise(py)
    }

    /// The IANA time zones it may be in; `(UNKNOWN_TIME_ZONE,)` when none is known.
    #[getter]
    fn time_zones<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.inner.time_zones().collect::<Vec<_>>())
    }

    /// Whether it is a number of that very region.
    fn is_valid_for(&self, py: Python<'_>, region: &str) -> PyResult<bool> {
        Ok(self.inner.is_valid_for(self::region(py, region)?))
    }

    /// What the length says of a number of a type.
    fn possibility_as(&self, py: Python<'_>, r#type: &str) -> PyResult<String> {
        let kind: PhoneType = r#type.parse().or_raise(py)?;
        Ok(word(&self.inner.possibility_as(kind)))
    }

    /// The number without the digits too many at its end; None when no start of it is valid.
    fn truncated(&self) -> Option<Self> {
        self.inner.truncated().map(Self::from)
    }

    /// The same number with these digits to dial after the connection stands, or without.
    fn with_extension(&self, py: Python<'_>, extension: Option<String>) -> PyResult<Self> {
        let mut parts = NumberParts::from(self.inner);
        parts.extension = extension;
        phone::Number::try_from(parts).map(Self::from).or_raise(py)
    }

    /// The same number, said to have been read this way.
    fn with_country_code_source(&self, py: Python<'_>, source: &str) -> PyResult<Self> {
        let source = source.parse().or_raise(py)?;
        Ok(self.inner.with_country_code_source(source).into())
    }

    fn __str__(&self) -> String {
        self.inner.to_string()
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.inner.hash(&mut hasher);
        hasher.finish()
    }
}

/// Reads all of a text as one number; national forms are those of `region`.
#[pyfunction]
#[pyo3(signature = (text, region = None))]
pub(crate) fn parse(py: Python<'_>, text: &str, region: Option<&str>) -> PyResult<Number> {
    parse_with_carrier(py, text, region).map(|(number, _)| number)
}

/// The same, with the carrier code that stood in it, if any.
#[pyfunction]
#[pyo3(signature = (text, region = None))]
pub(crate) fn parse_with_carrier(
    py: Python<'_>,
    text: &str,
    region: Option<&str>,
) -> PyResult<(Number, Option<String>)> {
    let region = phone::wanted_region(region).or_raise(py)?;
    let (number, carrier) = phone::Number::parse_with_carrier(text, region).or_raise(py)?;
    let carrier = (!carrier.is_empty()).then(|| carrier.to_string());
    Ok((number.into(), carrier))
}

/// Whether the numbering plan has such a number, given in E.164 form.
#[pyfunction]
pub(crate) fn is_valid(py: Python<'_>, e164: &str) -> PyResult<bool> {
    let number: Result<E164, Error> = e164.parse();
    number.map(phone::is_valid).or_raise(py)
}
