//! Source to tape: one pass, no tree, no recursion.
//!
//! - [`tokenizer`]: bytes to tags and text; [`script`] where a script ends; [`reference`] `&amp;`;
//! - [`names`]: names to numbers; [`swar`] eight bytes at a time; [`traits`]: what a tag means;
//! - [`stack`]: the open elements; [`tree`]: which tags open and end which elements;
//! - [`tape`]: the text buffer; [`builder`]: what happens at a start tag, an end tag and text;
//!   [`attributes`]: which attributes are kept; [`plain`]: text that is no markup.

mod attributes;
mod builder;
mod lanes;
pub(super) mod names;
mod plain;
pub(super) mod reference;
mod script;
mod stack;
pub(super) mod tape;
mod tokenizer;
mod traits;
mod tree;

pub(super) use builder::{Tapes, read};
pub(super) use plain::read_plain;
