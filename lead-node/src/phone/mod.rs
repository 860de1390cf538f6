//! Telephone numbers as values.
//!
//! | file | what |
//! |---|---|
//! | `number` | the class: what a number is |
//! | `writing` | how it is written, dialled and compared |
//! | `short` | numbers that are not dialled in full |
//! | `find` | numbers in a text |
//! | `plans` | what the numbering plans say |

pub mod find;
pub mod number;
pub mod plans;
pub mod short;
pub mod writing;
