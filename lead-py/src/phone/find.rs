//! Numbers in a text, as values.

use lead_core::phone;
use pyo3::prelude::*;

use super::number::Number;
use crate::class::class;
use crate::error::Raise;
use crate::find::{options, search};

class! {
    /// A telephone number found in a text: where it stands, and which it is.
    NumberMatch(phone::NumberMatch) in "lead.phone"
    fields {
        /// Where it begins, in code points.
        start: usize = |it| it.start;
        /// Where it ends, in code points.
        end: usize = |it| it.end;
        /// The number.
        number: Number = |it| it.number.into();
    }
    lists {}
}

/// The same numbers as `lead.find_phones`, as values. Other threads run meanwhile.
#[pyfunction]
#[pyo3(signature = (text, *, region = None, leniency = "valid", mode = "smart", max_tries = None))]
pub(crate) fn find_numbers(
    py: Python<'_>,
    text: &str,
    region: Option<String>,
    leniency: &str,
    mode: &str,
    max_tries: Option<u64>,
) -> PyResult<Vec<NumberMatch>> {
    let options = options(region, leniency, mode, max_tries).or_raise(py)?;
    let found = search(py, text, &options, phone::find_numbers, |one| {
        [&mut one.start, &mut one.end]
    })?;
    Ok(found.into_iter().map(NumberMatch::from).collect())
}
