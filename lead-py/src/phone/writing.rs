//! How a number is written and dialled.

use lead_core::phone::Format;
use pyo3::prelude::*;

use super::number::Number;
use super::region;
use crate::error::Raise;

#[pymethods]
impl Number {
    /// The number in a format: what the property of that name says.
    fn format(&self, py: Python<'_>, format: &str) -> PyResult<String> {
        let format: Format = format.parse().or_raise(py)?;
        Ok(self.inner.format(format))
    }

    /// As dialled from a region.
    fn format_from(&self, py: Python<'_>, region: &str) -> PyResult<String> {
        Ok(self.inner.format_from(self::region(py, region)?))
    }

    /// As dialled from a mobile phone in a region; None when it cannot be reached from there, or only with a carrier code
    /// that is not known.
    #[pyo3(signature = (region, carrier = None))]
    fn format_for_mobile(
        &self,
        py: Python<'_>,
        region: &str,
        carrier: Option<&str>,
    ) -> PyResult<Option<String>> {
        let region = self::region(py, region)?;
        Ok(self.inner.format_for_mobile(region, carrier.unwrap_or_default()))
    }

    /// As dialled inside its country with a carrier code, where the plan has a place for one.
    fn format_with_carrier(&self, carrier: &str) -> String {
        self.inner.format_with_carrier(carrier)
    }

    /// In the form it was read in, nicely grouped; `raw` is the text it was read from, and is given back where grouping
    /// would change a digit.
    fn format_as_written(&self, py: Python<'_>, raw: &str, region: &str) -> PyResult<String> {
        Ok(self.inner.format_as_written(raw, self::region(py, region)?))
    }

    /// As dialled from a region, with the letters and the grouping of `raw`, the text it was read from.
    fn format_keeping_letters(&self, py: Python<'_>, raw: &str, region: &str) -> PyResult<String> {
        Ok(self.inner.format_keeping_letters(raw, self::region(py, region)?))
    }
}
