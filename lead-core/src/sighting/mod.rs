//! A value seen on a page and where: what the finders of contacts hand to `contacts`, which groups and merges.

mod text;

pub(crate) use text::{head, mentions, snippet_around, tail};

use std::ops::Range;

use crate::page::{Document, ElementId};
use crate::record::{Confidence, Method};

/// Where a value stood.
#[derive(Clone, Debug)]
pub(crate) enum Spot {
    /// In the text, at these bytes.
    Text(Range<usize>),
    /// On an element: its attribute, or its whole text.
    Element(ElementId),
    /// In structured data, at this JSON pointer; on the element, when it was written as attributes of one.
    Pointer(String, Option<ElementId>),
}

/// A value seen on a page.
#[derive(Clone, Debug)]
pub(crate) struct Sighting<T> {
    pub(crate) value: T,
    pub(crate) confidence: Confidence,
    pub(crate) method: Method,
    pub(crate) spot: Spot,
}

impl<T> Sighting<T> {
    pub(crate) fn new(value: T, confidence: f32, method: Method, spot: Spot) -> Self {
        Self {
            value,
            confidence: Confidence::clamped(confidence),
            method,
            spot,
        }
    }
}

impl Spot {
    /// The text it covers.
    pub(crate) fn span(&self, document: &Document) -> Option<Range<usize>> {
        match self {
            Self::Text(span) => Some(span.clone()),
            Self::Element(id) | Self::Pointer(_, Some(id)) => Some(document.element(*id)?.span()),
            Self::Pointer(_, None) => None,
        }
    }
}
