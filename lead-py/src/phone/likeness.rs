//! How alike two numbers are.

use lead_core::phone;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;

use super::number::Number;
use crate::class::word;

/// What a number is compared with.
#[derive(FromPyObject)]
enum Other {
    Number(Py<Number>),
    Text(PyBackedStr),
}

#[pymethods]
impl Number {
    /// How alike this number and another one or a text are; None when the text is no number.
    fn compare(&self, other: Other) -> Option<String> {
        let likeness = match other {
            Other::Number(other) => Some(self.inner.compare(&other.get().inner)),
            Other::Text(text) => self.inner.compare_text(&text),
        };
        likeness.as_ref().map(word)
    }
}

/// How alike two texts are, as numbers; None when one of them is no number.
#[pyfunction]
pub(crate) fn compare_texts(one: &str, other: &str) -> Option<String> {
    phone::compare_texts(one, other).as_ref().map(word)
}
