//! A number behind JavaScript's `PhoneNumber`.

use lead_core::phone::{self, Format, Number, NumberParts, Region};
use lead_core::record::{E164, PhoneType};
use lead_core::{Error, ErrorKind, Result};
use napi::bindgen_prelude::Either;
use napi_derive::napi;

use crate::answer::{answer, refusal};

/// A number of some numbering plan; `lib/phone.cjs` shows it.
#[napi]
pub struct NativeNumber {
    pub(super) inner: Number,
}

/// A number, none, or an error as [`answer`](crate::answer) writes it.
pub type Answer = Either<Option<NativeNumber>, String>;

/// What crosses for a number.
pub(super) fn number(result: Result<Option<Number>>) -> Answer {
    match result {
        Ok(inner) => Either::A(inner.map(|inner| NativeNumber { inner })),
        Err(error) => Either::B(refusal(&error)),
    }
}

/// The parts of a number, as they are checked by the loader.
#[napi(object)]
pub struct Parts {
    /// 49
    pub calling_code: u32,
    /// The digits after it.
    pub national_significant: String,
    /// The digits to dial after the connection stands.
    pub extension: Option<String>,
    /// How the calling code was known.
    pub country_code_source: Option<String>,
}

/// A number of its parts.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn number_of_parts(parts: Parts) -> Answer {
    number(of_parts(parts).map(Some))
}

fn of_parts(given: Parts) -> Result<Number> {
    let mut parts = NumberParts::default();
    parts.calling_code = u16::try_from(given.calling_code)
        .map_err(|_| Error::invalid("phone.number", "no calling code is that large"))?;
    (parts.national_significant, parts.extension) = (given.national_significant, given.extension);
    if let Some(source) = given.country_code_source {
        parts.country_code_source = source.parse()?;
    }
    parts.try_into()
}

/// Reads the library's JSON.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn number_of_json(json: String) -> Answer {
    let read: serde_json::Result<Number> = serde_json::from_str(&json);
    number(
        read.map(Some)
            .map_err(|cause| Error::new(ErrorKind::Decode, "from_json", cause.to_string())),
    )
}

/// Reads all of a text as one number.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn parse_number(text: String, region: Option<String>) -> Answer {
    number(parsed(&text, region.as_deref()).map(|(number, _)| Some(number)))
}

/// The carrier code that stood in the text, if any.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn carrier_in(text: String, region: Option<String>) -> String {
    answer(parsed(&text, region.as_deref()).map(|(_, carrier)| carrier))
}

fn parsed(text: &str, region: Option<&str>) -> Result<(Number, Option<String>)> {
    let region = phone::wanted_region(region)?;
    let (number, carrier) = Number::parse_with_carrier(text, region)?;
    Ok((number, (!carrier.is_empty()).then(|| carrier.to_string())))
}

/// Whether the numbering plan has such a number, given in E.164 form.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn is_valid_number(e164: String) -> String {
    answer(E164::new(&e164).map(phone::is_valid))
}

/// What a number is.
#[napi]
impl NativeNumber {
    /// 49
    #[napi(getter)]
    pub fn calling_code(&self) -> u32 {
        self.inner.calling_code().into()
    }

    /// The digits after it.
    #[napi(getter)]
    pub fn national_significant(&self) -> String {
        self.inner.national_significant().to_string()
    }

    /// The digits to dial after the connection stands.
    #[napi(getter)]
    pub fn extension(&self) -> Option<String> {
        NumberParts::from(self.inner).extension
    }

    /// How the calling code was known.
    #[napi(getter)]
    pub fn country_code_source(&self) -> &'static str {
        self.inner.country_code_source().name()
    }

    /// `+493012345678`
    #[napi(getter)]
    pub fn e164(&self) -> String {
        self.inner.format(Format::E164)
    }

    /// `+49 30 12345678`
    #[napi(getter)]
    pub fn international(&self) -> String {
        self.inner.format(Format::International)
    }

    /// `030 12345678`
    #[napi(getter)]
    pub fn national(&self) -> String {
        self.inner.format(Format::National)
    }

    /// `tel:+49-30-12345678`
    #[napi(getter)]
    pub fn rfc3966(&self) -> String {
        self.inner.format(Format::Rfc3966)
    }

    /// Whether the plan has it.
    #[napi(getter)]
    pub fn is_valid(&self) -> bool {
        self.inner.is_valid()
    }

    /// Whether its length fits.
    #[napi(getter)]
    pub fn is_possible(&self) -> bool {
        self.inner.is_possible()
    }

    /// What its length says.
    #[napi(getter)]
    pub fn possibility(&self) -> String {
        answer(Ok(self.inner.possibility()))
    }

    /// The region it belongs to.
    #[napi(getter)]
    pub fn region(&self) -> Option<String> {
        self.inner.region().map(|region| region.to_string())
    }

    /// By its numbering plan.
    #[napi(getter, js_name = "type")]
    pub fn kind(&self) -> &'static str {
        self.inner.kind().name()
    }

    /// Whether it belongs to a place.
    #[napi(getter)]
    pub fn is_geographical(&self) -> bool {
        self.inner.is_geographical()
    }

    /// How many digits are the area code.
    #[napi(getter)]
    pub fn area_code_length(&self) -> u32 {
        digits(self.inner.area_code_length())
    }

    /// How many digits say where to.
    #[napi(getter)]
    pub fn destination_code_length(&self) -> u32 {
        digits(self.inner.destination_code_length())
    }

    /// Whether it can be dialled from abroad.
    #[napi(getter)]
    pub fn can_be_internationally_dialled(&self) -> bool {
        self.inner.can_be_internationally_dialled()
    }

    /// The carrier it was first given to.
    #[napi(getter)]
    pub fn carrier(&self) -> Option<&'static str> {
        self.inner.carrier()
    }

    /// The same, where numbers stay with their carrier.
    #[napi(getter)]
    pub fn certain_carrier(&self) -> Option<&'static str> {
        self.inner.certain_carrier()
    }

    /// A town or an area where one is known, else the country.
    #[napi(getter)]
    pub fn area(&self) -> Option<&'static str> {
        self.inner.area()
    }

    /// The country.
    #[napi(getter)]
    pub fn country_name(&self) -> Option<&'static str> {
        self.inner.country_name()
    }

    /// The IANA time zones it may be in.
    #[napi(getter)]
    pub fn time_zones(&self) -> Vec<&'static str> {
        self.inner.time_zones().collect()
    }

    /// The library's JSON.
    #[napi]
    pub fn to_json(&self) -> String {
        answer(Ok(self.inner))
    }

    /// The international form.
    #[napi]
    #[allow(clippy::inherent_to_string, reason = "JavaScript's own name for it")]
    pub fn to_string(&self) -> String {
        self.inner.to_string()
    }

    /// Whether both are dialled alike.
    #[napi]
    pub fn equals(&self, other: &NativeNumber) -> bool {
        self.inner == other.inner
    }

    /// Whether it is a number of that very region.
    #[napi]
    #[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
    pub fn is_valid_for(&self, region: String) -> String {
        answer(Region::new(&region).map(|region| self.inner.is_valid_for(region)))
    }

    /// What the length says of a number of a type.
    #[napi]
    #[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
    pub fn possibility_as(&self, kind: String) -> String {
        let kind: Result<PhoneType> = kind.parse();
        answer(kind.map(|kind| self.inner.possibility_as(kind)))
    }

    /// Without the digits too many.
    #[napi]
    pub fn truncated(&self) -> Answer {
        number(Ok(self.inner.truncated()))
    }

    /// With another extension, or without.
    #[napi]
    pub fn with_extension(&self, extension: Option<String>) -> Answer {
        let mut parts = NumberParts::from(self.inner);
        parts.extension = extension;
        number(parts.try_into().map(Some))
    }

    /// Said to have been read this way.
    #[napi]
    #[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
    pub fn with_country_code_source(&self, source: String) -> Answer {
        let source: Result<phone::CountryCodeSource> = source.parse();
        number(source.map(|source| Some(self.inner.with_country_code_source(source))))
    }
}

/// A count of digits as JavaScript's number.
fn digits(count: usize) -> u32 {
    u32::try_from(count).unwrap_or_default()
}
