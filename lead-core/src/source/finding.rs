//! How a source writes down what its answer says.

use crate::Result;
use crate::record::{Attribute, Confidence, Found, Method, SafeUrl, Trace};

/// A value of a platform's field, at this place of its answer.
pub(super) fn stated<T>(value: T, confidence: f32, locator: &str, raw: &str) -> Found<T, Trace> {
    let trace = trace(Method::Platform, locator, raw);
    Found::new(value, Confidence::clamped(confidence), trace)
}

/// Where a value stood, and the beginning of what stood there.
pub(super) fn trace(method: Method, locator: &str, raw: &str) -> Trace {
    let trace = Trace::new(method).at(locator);
    let snippet = match raw.char_indices().nth(80) {
        Some((end, _)) => raw.get(..end).unwrap_or(raw),
        None => raw,
    };
    if snippet.is_empty() {
        trace
    } else {
        trace.snippet(snippet)
    }
}

/// A web site; a scheme is often left out.
pub(super) fn site(text: &str) -> Option<SafeUrl> {
    SafeUrl::written(text)
}

/// A text attribute of a platform's field; `None` when the name is not allowed, which the tests of each source rule out.
pub(super) fn text_attribute(
    name: &str,
    value: &str,
    confidence: f32,
    locator: &str,
) -> Option<Found<Attribute, Trace>> {
    let attribute: Result<Attribute> = Attribute::text(name, value);
    attribute
        .ok()
        .map(|attribute| stated(attribute, confidence, locator, value))
}
