//! Numbers in running text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::compat::{self, Search};
use super::engine;
use super::number::{Format, Number};
use super::options::{FindOptions, Mode, wanted_region};
use super::smart;
use crate::Result;
use crate::record::{CountryCode, E164, Phone, PhoneType};

/// A number found in a text: where it stands, and which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NumberMatch {
    /// Where it begins, in bytes; see [`Offsets`](super::Offsets) for other units.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// The number.
    pub number: Number,
}

/// A number found in a text, written out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct PhoneMatch {
    /// Where it begins, in bytes; see [`Offsets`](super::Offsets) for other units.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// The text between, as it stood there.
    pub raw: String,
    /// The number in E.164 form.
    pub e164: E164,
    /// Extension digits.
    pub extension: Option<String>,
    /// Country or territory; `None` for non-geographic codes.
    pub region: Option<CountryCode>,
    /// By its numbering plan.
    #[serde(rename = "type")]
    pub kind: PhoneType,
    /// As dialled inside its country.
    pub national: String,
}

impl PhoneMatch {
    fn new(text: &str, found: &NumberMatch) -> Option<Self> {
        let (start, end, number) = (found.start, found.end, &found.number);
        let extension = number.extension();
        Some(Self {
            start,
            end,
            raw: text.get(start..end).unwrap_or_default().to_owned(),
            e164: number.e164()?,
            extension: (!extension.is_empty()).then(|| extension.to_string()),
            region: number.region().and_then(|region| region.country()),
            kind: number.kind(),
            national: number.without_extension().format(Format::National),
        })
    }
}

/// Finds the telephone numbers in `text`, in the order they stand there, none overlapping.
///
/// ```
/// use lead_core::phone::{FindOptions, find_phones};
/// let found = find_phones("Ring 0478 00 00 01 or +1 415-555-2671.", &FindOptions::new().region("FR"))?;
/// assert_eq!(found[0].e164.to_string(), "+33478000001");
/// assert_eq!(found[1].raw, "+1 415-555-2671");
/// # Ok::<(), lead_core::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when the options name no known region.
pub fn find_phones(text: &str, options: &FindOptions) -> Result<Vec<PhoneMatch>> {
    let found = find_numbers(text, options)?;
    Ok(found
        .iter()
        .filter_map(|one| PhoneMatch::new(text, one))
        .collect())
}

/// The same numbers as [`find_phones`], not yet written out: for those who count, compare or store them.
///
/// ```
/// use lead_core::phone::{FindOptions, find_numbers};
/// let found = find_numbers("Ring 0478 00 00 01.", &FindOptions::new().region("FR"))?;
/// assert_eq!((found[0].start, found[0].end), (5, 18));
/// assert_eq!(found[0].number.calling_code(), 33);
/// # Ok::<(), lead_core::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when the options name no known region.
pub fn find_numbers(text: &str, options: &FindOptions) -> Result<Vec<NumberMatch>> {
    let region = wanted_region(options.region.as_deref())?;
    let search = Search {
        max_tries: options.max_tries,
        ..Search::new(region, options.leniency)
    };
    Ok(match options.mode {
        Mode::Compat => compat::find(text, search).collect(),
        Mode::Smart => smart::find(text, region, options.leniency),
    })
}

/// Reads all of `text` as one number: `(0)30 123456`, `tel:+49-30-123456`, `1-800-FLOWERS`.
///
/// `None` when it is no possible number; whether the plan has it, [`is_valid`] says.
///
/// # Errors
/// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when `region` names no known region.
pub fn parse(text: &str, region: Option<&str>) -> Result<Option<Phone>> {
    let region = wanted_region(region)?;
    Ok(engine::parse(text, region).map(|number| number.to_phone(text)))
}

/// Whether the numbering plan has such a number.
pub fn is_valid(number: E164) -> bool {
    engine::parse(&number.to_string(), None).is_some_and(|number| number.is_valid())
}
