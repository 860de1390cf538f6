//! `lead.phone`: telephone numbers as values.
//!
//! | file | what |
//! |---|---|
//! | `number` | the class: what a number is |
//! | `writing` | how it is written and dialled |
//! | `likeness` | how alike two are |
//! | `short` | numbers that are not dialled in full |
//! | `find` | numbers in a text |
//! | `plans` | what the numbering plans say |

mod find;
mod likeness;
mod number;
mod plans;
mod short;
mod writing;

use lead_core::phone::Region;
use pyo3::prelude::*;

use crate::error::Raise;

/// The region a code stands for.
fn region(py: Python<'_>, code: &str) -> PyResult<Region> {
    Region::new(code).or_raise(py)
}

/// The native half of `lead.phone`.
#[pymodule(gil_used = false)]
pub(crate) mod _phone {
    #[pymodule_export]
    use super::find::{NumberMatch, find_numbers};
    #[pymodule_export]
    use super::likeness::compare_texts;
    #[pymodule_export]
    use super::number::{Number, is_valid, parse, parse_with_carrier};
    #[pymodule_export]
    use super::plans::{
        calling_code_of, example_number, example_of_service, is_mobile_number_portable, is_vanity,
        national_prefix_of, region_of_calling_code, regions_of_calling_code,
    };
    #[pymodule_export]
    use super::short::{connects_to_emergency_number, example_short_number, is_emergency_number};
    #[pymodule_export]
    const DATA_VERSION: &str = lead_core::phone::DATA_VERSION;
    #[pymodule_export]
    const UNKNOWN_TIME_ZONE: &str = lead_core::phone::UNKNOWN_TIME_ZONE;
}
