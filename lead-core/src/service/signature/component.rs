//! What may be signed of a request.

use http::HeaderName;
use sfv::{BareItem, Item};

use super::Refusal;
use crate::{Error, Result};

/// A component of a request (RFC 9421 §2): a field by its name, or what is derived from the rest.
///
/// ```
/// use lead_core::service::Component;
///
/// assert_eq!(Component::parse("@method")?, Component::Method);
/// assert!(Component::parse("@status").is_err(), "of answers");
/// assert!(Component::parse("Content-Type").is_err(), "names stand in lower case");
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Component {
    /// `@method`.
    Method,
    /// `@target-uri`: the whole address.
    TargetUri,
    /// `@authority`: host and port.
    Authority,
    /// `@scheme`.
    Scheme,
    /// `@path`.
    Path,
    /// `@query`, with its question mark.
    Query,
    /// A field, all its lines.
    Field(HeaderName),
}

const DERIVED: [Component; 6] = [
    Component::Method,
    Component::TargetUri,
    Component::Authority,
    Component::Scheme,
    Component::Path,
    Component::Query,
];

impl Component {
    /// Parses a name: `@method`, `content-type`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when there is no such component, or it is not in lower case.
    pub fn parse(name: &str) -> Result<Self> {
        if let Some(known) = DERIVED.into_iter().find(|known| known.name() == name) {
            return Ok(known);
        }
        match HeaderName::from_lowercase(name.as_bytes()) {
            Ok(field) => Ok(Self::Field(field)),
            Err(_) => Err(Error::invalid(
                "component",
                "a field in lower case, or a derived component of a request, is wanted",
            )),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Method => "@method",
            Self::TargetUri => "@target-uri",
            Self::Authority => "@authority",
            Self::Scheme => "@scheme",
            Self::Path => "@path",
            Self::Query => "@query",
            Self::Field(name) => name.as_str(),
        }
    }

    /// The component that an item of a signature's list names.
    pub(super) fn of_item(item: &Item) -> std::result::Result<Self, Refusal> {
        let BareItem::String(name) = &item.bare_item else {
            return Err(Refusal::Malformed);
        };
        if !item.params.is_empty() {
            return Err(Refusal::Unsupported);
        }
        Self::parse(name.as_str()).map_err(|_| Refusal::Unsupported)
    }

    /// Whether what this covers is covered by another: the whole address holds its parts.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        let part = matches!(self, Self::Authority | Self::Scheme | Self::Path | Self::Query);
        self == other || (part && *other == Self::TargetUri)
    }
}
