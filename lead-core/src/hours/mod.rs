//! Opening hours: from schema.org's notations to OpenStreetMap's.
//!
//! | file | what |
//! |---|---|
//! | `notation` | days, times and whole values as structured data states them |
//! | `week` | spans of days and times, and OpenStreetMap's form of them |
//! | `text` | weeks in the text, line by line |
//! | `line`, `token`, `clock`, `words` | what one line says: its pieces, its clock, its words |

mod clock;
mod line;
mod notation;
mod text;
mod token;
mod week;
mod words;

pub(crate) use notation::of_text;
pub(crate) use text::find;
pub(crate) use week::{Span, render};
