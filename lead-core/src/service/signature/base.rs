//! The text that is signed (RFC 9421 §2.5).

use http::request::Parts;

use super::target::value;
use super::{Component, Refusal};

/// A line for each component, and one for what the signature says of itself.
pub(super) fn base(
    components: &[Component],
    params: &str,
    head: &Parts,
    scheme: &str,
) -> Result<String, Refusal> {
    let mut text = String::new();
    for component in components {
        let value = value(component, head, scheme)?;
        text.extend(["\"", component.name(), "\": ", &value, "\n"]);
    }
    text.extend(["\"@signature-params\": ", params]);
    Ok(text)
}
