//! Numbers that are not dialled in full: 112, 911, codes for text messages.

use lead_core::phone;
use pyo3::prelude::*;

use super::number::Number;
use super::region;
use crate::class::word;

#[pymethods]
impl Number {
    /// Whether any region of the calling code has short numbers of that length.
    #[getter]
    fn is_possible_short(&self) -> bool {
        self.inner.is_possible_short()
    }

    /// Whether any region of the calling code has that short number.
    #[getter]
    fn is_valid_short(&self) -> bool {
        self.inner.is_valid_short()
    }

    /// The most a call to the short number may cost in the regions of its calling code.
    #[getter]
    fn short_cost(&self) -> String {
        word(&self.inner.short_cost())
    }

    /// Whether the short number works with one carrier only.
    #[getter]
    fn is_carrier_specific(&self) -> bool {
        self.inner.is_carrier_specific()
    }

    /// Whether the region has short numbers of that length.
    fn is_possible_short_in(&self, py: Python<'_>, region: &str) -> PyResult<bool> {
        Ok(self.inner.is_possible_short_in(self::region(py, region)?))
    }

    /// Whether the region has that short number.
    fn is_valid_short_in(&self, py: Python<'_>, region: &str) -> PyResult<bool> {
        Ok(self.inner.is_valid_short_in(self::region(py, region)?))
    }

    /// What calling the short number costs in the region, valid or not.
    fn short_cost_in(&self, py: Python<'_>, region: &str) -> PyResult<String> {
        Ok(word(&self.inner.short_cost_in(self::region(py, region)?)))
    }

    /// Whether the short number, dialled in the region, works with one carrier only.
    fn is_carrier_specific_in(&self, py: Python<'_>, region: &str) -> PyResult<bool> {
        Ok(self.inner.is_carrier_specific_in(self::region(py, region)?))
    }

    /// Whether the short number is for text messages in the region.
    fn is_sms_service_in(&self, py: Python<'_>, region: &str) -> PyResult<bool> {
        Ok(self.inner.is_sms_service_in(self::region(py, region)?))
    }
}

/// Whether what is dialled is an emergency number of the region.
#[pyfunction]
pub(crate) fn is_emergency_number(py: Python<'_>, text: &str, region: &str) -> PyResult<bool> {
    Ok(phone::is_emergency_number(text, self::region(py, region)?))
}

/// Whether what is dialled may reach an emergency service of the region, with digits behind the number too.
#[pyfunction]
pub(crate) fn connects_to_emergency_number(py: Python<'_>, text: &str, region: &str) -> PyResult<bool> {
    Ok(phone::connects_to_emergency_number(
        text,
        self::region(py, region)?,
    ))
}

/// A short number of the region; None when none is known.
#[pyfunction]
pub(crate) fn example_short_number(py: Python<'_>, region: &str) -> PyResult<Option<&'static str>> {
    Ok(phone::example_short_number(self::region(py, region)?))
}
