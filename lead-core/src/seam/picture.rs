//! A page as it was seen.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

/// A rectangle in a document, in CSS pixels from its corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rect {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// A place where a number stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NumberBox {
    /// The number, E.164.
    pub number: String,
    /// How it was found.
    pub method: String,
    /// How sure it is, 0 to 1.
    pub confidence: f32,
    /// Where it stands. A number over two lines has two boxes.
    pub rect: Rect,
}

/// A page as it was seen, with the numbers found on it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Picture {
    /// A JPEG.
    pub jpeg: Bytes,
    /// The part of the document it shows.
    pub shows: Rect,
    /// Where numbers stand in the document.
    pub boxes: Vec<NumberBox>,
}

/// What may show a number as a picture, as it was seen.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Shot {
    /// Which one: [`ImageCandidate::source`](crate::phone::ImageCandidate::source) of the page as it was read.
    pub source: String,
    /// A PNG.
    pub png: Bytes,
}

impl Shot {
    /// What was seen of `source`.
    pub fn new(source: String, png: Bytes) -> Self {
        Self { source, png }
    }
}

impl Picture {
    /// A picture of a part of a document.
    pub fn new(jpeg: Bytes, shows: Rect, boxes: Vec<NumberBox>) -> Self {
        Self { jpeg, shows, boxes }
    }
}

impl NumberBox {
    /// A number, how it was found and how sure it is, 0 to 1, and where it stands.
    pub fn new(number: String, method: String, confidence: f32, rect: Rect) -> Self {
        Self {
            number,
            method,
            confidence,
            rect,
        }
    }
}
