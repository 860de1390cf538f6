//! Opening hours: from schema.org's notations to OpenStreetMap's.
//!
//! `notation` reads days, times and whole values; `week` writes them.

mod notation;
mod week;

pub(crate) use notation::of_text;
pub(crate) use week::{Span, render};
