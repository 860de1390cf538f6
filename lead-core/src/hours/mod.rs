//! Opening hours: from schema.org's notations to OpenStreetMap's.
//!
//! `notation` reads days, times and whole values; `week` writes them; `text` finds them in the text by its `words`.

mod notation;
mod text;
mod week;
mod words;

pub(crate) use notation::of_text;
pub(crate) use text::find;
pub(crate) use week::{Span, render};
