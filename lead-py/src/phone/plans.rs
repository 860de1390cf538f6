//! What the numbering plans say of regions and calling codes.

use lead_core::phone;
use lead_core::record::PhoneType;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::number::Number;
use super::region;
use crate::error::Raise;

/// The country calling code of a region; None for the few regions without numbers.
#[pyfunction]
pub(crate) fn calling_code_of(py: Python<'_>, region: &str) -> PyResult<Option<u16>> {
    Ok(phone::calling_code_of(self::region(py, region)?))
}

/// The region of a country calling code, the main one where several share it; None for codes of services.
#[pyfunction]
pub(crate) fn region_of_calling_code(calling_code: u32) -> Option<String> {
    phone::region_of_calling_code(code(calling_code)?).map(|region| region.to_string())
}

/// All regions that share a country calling code, the main one first.
#[pyfunction]
pub(crate) fn regions_of_calling_code(py: Python<'_>, calling_code: u32) -> PyResult<Bound<'_, PyTuple>> {
    let regions = code(calling_code)
        .into_iter()
        .flat_map(phone::regions_of_calling_code);
    PyTuple::new(py, regions.map(|region| region.to_string()).collect::<Vec<_>>())
}

/// A calling code; none is that large otherwise.
fn code(number: u32) -> Option<u16> {
    u16::try_from(number).ok()
}

/// What is dialled before a national number at home, without signs; None when nothing is.
#[pyfunction]
pub(crate) fn national_prefix_of(py: Python<'_>, region: &str) -> PyResult<Option<String>> {
    let prefix = phone::national_prefix_of(self::region(py, region)?);
    Ok((!prefix.is_empty()).then_some(prefix))
}

/// Whether mobile numbers of the region can be taken to another carrier.
#[pyfunction]
pub(crate) fn is_mobile_number_portable(py: Python<'_>, region: &str) -> PyResult<bool> {
    Ok(phone::is_mobile_number_portable(self::region(py, region)?))
}

/// Whether a text is a number written with letters: `1-800-FLOWERS`.
#[pyfunction]
pub(crate) fn is_vanity(text: &str) -> bool {
    phone::is_vanity(text)
}

/// A valid number of the region and type; None when the plan has none.
#[pyfunction]
#[pyo3(signature = (region, r#type = "fixed"))]
pub(crate) fn example_number(py: Python<'_>, region: &str, r#type: &str) -> PyResult<Option<Number>> {
    let kind: PhoneType = r#type.parse().or_raise(py)?;
    Ok(phone::example_number(self::region(py, region)?, kind).map(Number::from))
}

/// A valid number of a service with a calling code of its own, +800 and the like.
#[pyfunction]
pub(crate) fn example_of_service(calling_code: u32) -> Option<Number> {
    phone::example_of_service(code(calling_code)?).map(Number::from)
}
