//! The native half of the Python package `lead`: conversions only.

mod archive;
mod batch;
mod browser;
mod class;
mod collect;
mod columns;
mod contacts;
mod crawl;
mod error;
mod exit;
mod export;
mod figures;
mod find;
mod found;
mod images;
mod keeping;
mod matching;
mod phone;
mod plan;
mod saved;
mod sinks;
mod store;
mod stream;
mod time;
mod waiting;

use pyo3::prelude::*;

/// The native half of `lead`.
#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::archive::{ArchiveStream, ArchivedPage};
    #[pymodule_export]
    use super::batch::{Page, extract_many};
    #[pymodule_export]
    use super::browser::{Browser, LiveEvent, LiveStream, RenderedPage};
    #[pymodule_export]
    use super::collect::{CollectStream, Event, Reply};
    #[pymodule_export]
    use super::columns::{extract_batches, find_phones_batches};
    #[pymodule_export]
    use super::contacts::{Contacts, extract};
    #[pymodule_export]
    use super::crawl::{CrawlStream, CrawlSummary, CrawledPage, Directives};
    #[pymodule_export]
    use super::error::error_kinds;
    #[pymodule_export]
    use super::export::{ask_export_file, export_file};
    #[pymodule_export]
    use super::figures::{ask_facets, ask_stats, facets, stats};
    #[pymodule_export]
    use super::find::{PhoneMatch, find_phones};
    #[pymodule_export]
    use super::found::{
        Address, Attribute, Category, Email, Evidence, GeoPoint, Location, OpeningHours, Organization,
        Person, Phone, Registration, Social, Status, Website,
    };
    #[pymodule_export]
    use super::images::{Engine, ImageCandidate, candidates, numbers_read};
    #[pymodule_export]
    use super::keeping::{
        Change, ChangesStream, ask_restore, ask_retain, ask_set_hidden, ask_versions, restore, retain,
        set_hidden, versions,
    };
    #[pymodule_export]
    use super::matching::{Match, MatchStream};
    #[pymodule_export]
    use super::phone::_phone;
    #[pymodule_export]
    use super::plan::{Ask, Plan, Trade, plan};
    #[pymodule_export]
    use super::saved::{ask_import_file, import_file, parse_page, source_names};
    #[pymodule_export]
    use super::sinks::{SinkRounds, ask_sinks, sinks};
    #[pymodule_export]
    use super::store::StoreHandle;
    #[pymodule_export]
    use super::waiting::Asked;
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");

    use pyo3::prelude::*;

    /// Makes the inner module importable by its name: a native module has no folder to be found in.
    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        super::exit::register(module.py())?;
        let inner = module.getattr("_phone")?;
        inner.setattr("__name__", "lead._phone")?;
        module
            .py()
            .import("sys")?
            .getattr("modules")?
            .set_item("lead._phone", inner)
    }
}
