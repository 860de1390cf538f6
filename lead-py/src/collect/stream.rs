//! A collection under way.

use std::sync::Arc;

use lead_bind::batches::Batches;
use lead_bind::collect::{CollectOptions, CollectStream as Inner, RefreshOptions};
use lead_bind::sources::{OwnSource, Questions};
use lead_core::seam;
use pyo3::prelude::*;

use super::own::PythonSource;
use crate::browser::{Browser, held};
use crate::class::{Json, class, json_of};
use crate::error::Raise;
use crate::stream::{HandOver, stream};

class! {
    /// A step of a collection.
    Event(seam::Event) in "lead"
    fields {
        /// What happened: `planned`, `fetched`, `found`, `lead`, `retry`, `blocked`, `failed`, `progress`, `done`.
        event: String = |it| named(it);
        /// The lead as it is now, of a `lead`; None of others.
        lead: Json = |it| Json(match it {
            seam::Event::Lead { lead, .. } => json_of(lead),
            _ => "null".to_owned(),
        });
        /// Whether the lead of a `lead` is new.
        is_new: bool = |it| matches!(it, seam::Event::Lead { new: true, .. });
        /// What failed and why, of a `failed` or `blocked`: `what`, `code`, `reason`; None of others.
        failure: Json = |it| Json(match it {
            seam::Event::Failed(failure) | seam::Event::Blocked(failure) => json_of(failure),
            _ => "null".to_owned(),
        });
    }
    lists {}
}

/// The name of an event on the wire.
fn named(event: &seam::Event) -> String {
    let value = serde_json::to_value(event).unwrap_or_default();
    value
        .get("event")
        .and_then(|name| name.as_str())
        .unwrap_or_default()
        .to_owned()
}

impl HandOver for seam::Event {
    fn hand_over(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        Ok(Py::new(py, Event::from(self))?.into_any())
    }
}

stream! {
    /// A collection under way.
    CollectStream(Inner)
}

#[pymethods]
impl CollectStream {
    /// `own` are the application's sources: what each is, as JSON, and what takes its steps.
    #[new]
    #[pyo3(signature = (query, own, options, browser = None))]
    #[allow(clippy::needless_pass_by_value, reason = "pyo3 hands values over")]
    fn new(
        py: Python<'_>,
        query: Option<&str>,
        own: Vec<(String, Py<PyAny>)>,
        options: &str,
        browser: Option<&Bound<'_, Browser>>,
    ) -> PyResult<Self> {
        let own = own.into_iter().map(|(card, take)| {
            let id = serde_json::from_str::<serde_json::Value>(&card).ok();
            let id = id
                .and_then(|card| card.get("id")?.as_str().map(str::to_owned))
                .unwrap_or_default();
            let take = Arc::new(take);
            OwnSource::new(&card, PythonSource { id, take })
        });
        let own = own.collect::<lead_core::Result<Vec<_>>>().or_raise(py)?;
        let options = CollectOptions::read(query, own, options);
        let options = options
            .and_then(|options| options.rendered_by(held(browser)))
            .or_raise(py)?;
        let inner = Inner::begin(options, Questions::default()).or_raise(py)?;
        Ok(Self { inner: inner.into() })
    }

    /// Begins to visit again sites of leads that nobody has seen for long.
    #[staticmethod]
    #[pyo3(signature = (options, browser = None))]
    fn refresh(py: Python<'_>, options: &str, browser: Option<&Bound<'_, Browser>>) -> PyResult<Self> {
        let options = RefreshOptions::read(options);
        let begun = options.and_then(|options| options.rendered_by(held(browser)));
        let inner = begun.and_then(Inner::refresh).or_raise(py)?;
        Ok(Self { inner: inner.into() })
    }

    /// The run, to resume it by.
    fn run(&self) -> Option<String> {
        self.inner.told().run.map(|run| run.to_string())
    }

    /// Sites visited, and sites known.
    fn progress(&self) -> (u64, u64) {
        let told = self.inner.told();
        (told.done, told.known)
    }

    /// What it came to, when it is over, as JSON.
    fn summary(&self) -> Option<String> {
        self.inner.told().summary.map(|summary| json_of(&summary))
    }

    /// What came of the sites that were visited again, when it is over, as JSON.
    fn sites(&self) -> Option<String> {
        self.inner.told().sites.map(|sites| json_of(&sites))
    }
}
