//! `lead.find_phones`.

use lead_core::Result;
use lead_core::phone::{FindOptions, OffsetUnit, Offsets, PhoneMatch as Match};
use pyo3::prelude::*;

use crate::class::{class, word};
use crate::error::Raise;

class! {
    /// A telephone number found in a text.
    PhoneMatch(Match) in "lead"
    fields {
        /// Where it begins, in code points: `text[start:end] == raw`.
        start: usize = |it| it.start;
        /// Where it ends, in code points.
        end: usize = |it| it.end;
        /// The text between, as it stood there.
        raw: String = |it| it.raw.clone();
        /// In E.164 form, without extension: `+33478000001`.
        e164: String = |it| it.e164.to_string();
        /// The digits to dial after the connection stands.
        extension: Option<String> = |it| it.extension.clone();
        /// Its country, ISO 3166-1; None for non-geographic codes.
        region: Option<String> = |it| it.region.map(|region| region.to_string());
        /// By its numbering plan: `fixed`, `mobile`, `toll_free` …
        r#type: String = |it| word(&it.kind);
        /// As dialled inside its country.
        national: String = |it| it.national.clone();
    }
    lists {}
}

/// Finds the telephone numbers in a text, in the order they stand there. Other threads run meanwhile.
#[pyfunction]
#[pyo3(signature = (text, *, region = None, leniency = "valid", mode = "smart", max_tries = None))]
pub(crate) fn find_phones(
    py: Python<'_>,
    text: &str,
    region: Option<String>,
    leniency: &str,
    mode: &str,
    max_tries: Option<u64>,
) -> PyResult<Vec<PhoneMatch>> {
    let options = options(region, leniency, mode, max_tries).or_raise(py)?;
    let found = search(py, text, &options, lead_core::find_phones, |one| {
        [&mut one.start, &mut one.end]
    })?;
    Ok(found.into_iter().map(PhoneMatch::from).collect())
}

/// What `find` finds, with its places in code points.
pub(crate) fn search<M: Send>(
    py: Python<'_>,
    text: &str,
    options: &FindOptions,
    find: fn(&str, &FindOptions) -> Result<Vec<M>>,
    place: fn(&mut M) -> [&mut usize; 2],
) -> PyResult<Vec<M>> {
    let found = py.detach(|| {
        let mut offsets = Offsets::new(text, OffsetUnit::CodePoints);
        let mut found = find(text, options)?;
        for offset in found.iter_mut().flat_map(place) {
            *offset = offsets.at(*offset);
        }
        Ok::<_, lead_core::Error>(found)
    });
    found.or_raise(py)
}

/// How to look for numbers, as Python says it.
pub(crate) fn options(
    region: Option<String>,
    leniency: &str,
    mode: &str,
    max_tries: Option<u64>,
) -> Result<FindOptions> {
    let mut options = FindOptions::new();
    options.region = region;
    options.leniency = leniency.parse()?;
    options.mode = mode.parse()?;
    options.max_tries = max_tries;
    Ok(options)
}
