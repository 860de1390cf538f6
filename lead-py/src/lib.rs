//! The native half of the Python package `lead`: conversions only.

mod class;
mod contacts;
mod error;
mod found;
mod phones;

use pyo3::prelude::*;

/// The native half of `lead`.
#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::contacts::{Contacts, extract};
    #[pymodule_export]
    use super::error::error_kinds;
    #[pymodule_export]
    use super::found::{
        Address, Attribute, Category, Email, Evidence, GeoPoint, Location, OpeningHours, Organization,
        Person, Phone, Registration, Social, Status, Website,
    };
    #[pymodule_export]
    use super::phones::{PhoneMatch, find_phones};
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
}
