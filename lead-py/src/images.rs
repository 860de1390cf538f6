//! `lead.images` and `lead.numbers_of_image`.

use lead_bind::images::{self, Engine as Inner, ImageCandidate as Candidate, Page};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use crate::class::{class, figure, word};
use crate::contacts::Html;
use crate::error::Raise;
use crate::found::Phone;
use crate::waiting::{Asked, ask, wait};

class! {
    /// A picture that may show a telephone number.
    ImageCandidate(Candidate) in "lead"
    fields {
        /// Its address as the page has it, a `data:` URL included.
        source: String = |it| it.source.clone();
        /// The address resolved against the document's; None when it is no URL.
        url: Option<String> = |it| it.url.clone();
        /// What the words beside it say it is: `tel`, `fax`, `mobile`, `whatsapp` …
        role: String = |it| word(&it.role);
        /// How likely it shows a number, above 0 and at most 1; an order, not a probability.
        score: f64 = |it| figure(it.score);
        /// Where in the document: a path of elements.
        locator: String = |it| it.locator.clone();
    }
    lists {}
}

/// The pictures of a document that may show a telephone number. Other threads run meanwhile.
#[pyfunction]
#[pyo3(name = "images", signature = (html, *, base_url = None, content_type = None))]
#[allow(clippy::needless_pass_by_value, reason = "pyo3 hands values over")]
pub(crate) fn candidates(
    py: Python<'_>,
    html: Html,
    base_url: Option<String>,
    content_type: Option<String>,
) -> PyResult<Vec<ImageCandidate>> {
    let found = py.detach(|| {
        let (bytes, decoded) = match &html {
            Html::Text(text) => (text.as_bytes(), true),
            Html::Bytes(bytes) => (&**bytes, false),
        };
        images::candidates(&Page {
            html: bytes,
            decoded,
            base_url: base_url.as_deref(),
            content_type: content_type.as_deref(),
        })
    });
    Ok(found
        .or_raise(py)?
        .into_iter()
        .map(ImageCandidate::from)
        .collect())
}

/// The numbers in what was read from a picture.
#[pyfunction]
#[pyo3(signature = (text, candidate = None, region = None))]
#[allow(clippy::needless_pass_by_value, reason = "pyo3 hands values over")]
pub(crate) fn numbers_read(
    py: Python<'_>,
    text: &str,
    candidate: Option<Py<ImageCandidate>>,
    region: Option<&str>,
) -> PyResult<Vec<Phone>> {
    let candidate = candidate.as_ref().map(|candidate| &candidate.get().inner);
    let found = py.detach(|| images::numbers(text, candidate, region));
    Ok(found.or_raise(py)?.into_iter().map(Phone::from).collect())
}

/// The system's tesseract.
#[pyclass(frozen, module = "lead._native")]
pub(crate) struct Engine(Inner);

#[pymethods]
impl Engine {
    #[new]
    fn new(py: Python<'_>, options: &str) -> PyResult<Self> {
        Inner::read(options).map(Self).or_raise(py)
    }

    /// The characters in a picture.
    #[allow(clippy::needless_pass_by_value, reason = "pyo3 hands values over")]
    fn recognize(&self, py: Python<'_>, picture: PyBackedBytes) -> PyResult<String> {
        wait(py, self.0.recognize(picture.to_vec()))
    }

    /// As `recognize`, told to `told(text, None)` or `told(None, error)`.
    #[allow(clippy::needless_pass_by_value, reason = "pyo3 hands values over")]
    fn ask(&self, py: Python<'_>, picture: PyBackedBytes, told: Py<PyAny>) -> PyResult<Asked> {
        let (engine, picture) = (self.0.clone(), picture.to_vec());
        let text = |py: Python<'_>, text: String| Ok(text.into_pyobject(py)?.into_any().unbind());
        ask(py, async move { engine.recognize(picture).await }, text, told)
    }

    /// Whether it can be run at all.
    fn check(&self, py: Python<'_>) -> PyResult<()> {
        wait(py, self.0.check())
    }
}
