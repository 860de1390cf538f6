//! `lead.match`.

use lead_bind::batches::Batches;
use lead_bind::matching::{Companies, MatchOptions, MatchStream as Inner};
use lead_core::matching;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};

use crate::browser::{Browser, held};
use crate::class::{Json, class, figure, json_of};
use crate::error::Raise;
use crate::stream::{HandOver, stream};

class! {
    /// A company, its site, and how to reach it.
    Match(matching::Matched) in "lead"
    fields {
        /// Its place in the input, from 0.
        row: u64 = |it| it.row;
        /// What was given of it: `name`, `city`, `website` …, those that were.
        company: Json = |it| Json(json_of(&it.company));
        /// The columns of its row, as they came.
        columns: Json = |it| Json(json_of(&it.company.columns));
        /// Its site's front page; None with a `reason`.
        site: Option<String> = |it| it.site.as_ref().map(|site| site.url.to_string());
        /// The probability, 0 to 1, that the site is the company's; None without one.
        confidence: Option<f64> = |it| it.site.as_ref().map(|site| figure(site.confidence.get()));
        /// What speaks for the site, a line each.
        why: Vec<String> = |it| it.site.as_ref().map(|site| site.why.clone()).unwrap_or_default();
        /// Why there is no site: `no_candidate`, `elsewhere`, `parked`, `unsure`, `failed` …
        reason: Option<&'static str> = |it| it.reason.map(matching::NoSite::code);
        /// What the row lacks and is known now, by field: `value`, `confidence` and `evidence` of each.
        filled: Json = |it| Json(json_of(&it.filled));
        /// Everything known of how to reach it, as the library's JSON has a lead; None without a site.
        contacts: Json = |it| Json(json_of(&it.contacts));
        /// Its telephone numbers in E.164 form, the surest first.
        phones: Vec<String> = |it| {
            it.contacts.iter().flat_map(|lead| &lead.findings.phones).map(|found| found.e164.to_string()).collect()
        };
        /// Its e-mail addresses, the surest first.
        emails: Vec<String> = |it| {
            it.contacts.iter().flat_map(|lead| &lead.findings.emails).map(|found| found.address.to_string()).collect()
        };
        /// Its profiles, the surest first.
        socials: Vec<String> = |it| {
            it.contacts.iter().flat_map(|lead| &lead.findings.socials).map(|found| found.url.to_string()).collect()
        };
        /// The sites that were looked at, the surest first: `url`, `confidence`, `origins`, `why`, `refused`.
        candidates: Json = |it| Json(json_of(&it.candidates));
        /// What failed meanwhile: `what`, `code`, `reason`.
        failures: Json = |it| Json(json_of(&it.failures));
        /// Why the row could not be looked for; None unless `reason` is `failed`.
        failure: Json = |it| Json(json_of(&it.failure));
        /// Requests made for it.
        requests: u64 = |it| it.requests;
        /// Whether an earlier run found it.
        resumed: bool = |it| it.resumed;
    }
    lists {}
}

#[pymethods]
impl Match {
    /// A field: what the row has, else what was found.
    fn value(&self, py: Python<'_>, field: &str) -> PyResult<Option<String>> {
        let known = matching::Field::ALL
            .into_iter()
            .find(|known| known.name() == field);
        let missing = || lead_core::Error::invalid("match", "there is no such field").with("field", field);
        let field = known.ok_or_else(missing).or_raise(py)?;
        Ok(self.inner.value(field).map(str::to_owned))
    }
}

impl HandOver for matching::Matched {
    fn hand_over(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        Ok(Py::new(py, Match::from(self))?.into_any())
    }
}

/// Companies: objects as JSON, or a CSV.
#[derive(FromPyObject)]
pub(crate) enum Given {
    Objects(PyBackedStr),
    Csv(PyBackedBytes),
}

stream! {
    /// A match under way.
    MatchStream(Inner)
}

#[pymethods]
impl MatchStream {
    #[new]
    #[allow(clippy::needless_pass_by_value, reason = "pyo3 hands values over")]
    #[pyo3(signature = (companies, options, browser = None))]
    fn new(
        py: Python<'_>,
        companies: Given,
        options: &str,
        browser: Option<&Bound<'_, Browser>>,
    ) -> PyResult<Self> {
        let given = match &companies {
            Given::Objects(json) => Companies::Objects(json),
            Given::Csv(bytes) => Companies::Csv(bytes),
        };
        let options = py.detach(|| MatchOptions::read(given, options));
        let options = options
            .and_then(|options| options.rendered_by(held(browser)))
            .or_raise(py)?;
        let inner = Inner::begin(options).or_raise(py)?;
        Ok(Self { inner: inner.into() })
    }

    /// Rows answered.
    fn done(&self) -> u64 {
        self.inner.told().done
    }

    /// What it came to, when it is over, as JSON.
    fn summary(&self) -> Option<String> {
        self.inner.told().summary.map(|summary| json_of(&summary))
    }
}
