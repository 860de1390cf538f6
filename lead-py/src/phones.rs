//! `lead.find_phones`.

use lead_core::phone::{FindOptions, OffsetUnit, Offsets, PhoneMatch as Match};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;

use crate::class::{class, word};
use crate::error::raise;

class! {
    /// A telephone number found in a text.
    PhoneMatch(Match)
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
#[pyo3(signature = (text, *, region = None, leniency = "valid", mode = "smart"))]
pub(crate) fn find_phones(
    py: Python<'_>,
    text: PyBackedStr,
    region: Option<String>,
    leniency: &str,
    mode: &str,
) -> PyResult<Vec<PhoneMatch>> {
    let mut options = FindOptions::new();
    options.region = region;
    options.leniency = leniency.parse().map_err(|error| raise(py, &error))?;
    options.mode = mode.parse().map_err(|error| raise(py, &error))?;
    let found = py.detach(move || {
        let mut offsets = Offsets::new(&text, OffsetUnit::CodePoints);
        let mut found = lead_core::find_phones(&text, &options)?;
        for one in &mut found {
            (one.start, one.end) = (offsets.at(one.start), offsets.at(one.end));
        }
        Ok::<_, lead_core::Error>(found)
    });
    let found = found.map_err(|error| raise(py, &error))?;
    Ok(found.into_iter().map(PhoneMatch::from).collect())
}
