//! How a source writes down what its answer says.

use crate::Result;
use crate::record::{Attribute, Confidence, Found, Method, Trace};

/// A value of a platform's field, at this place of its answer.
pub(super) fn stated<T>(value: T, confidence: f32, locator: &str, raw: &str) -> Found<T, Trace> {
    let trace = Trace::new(Method::Platform).at(locator);
    let snippet: String = raw.chars().take(80).collect();
    let trace = if snippet.is_empty() {
        trace
    } else {
        trace.snippet(snippet)
    };
    Found::new(value, Confidence::clamped(confidence), trace)
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
