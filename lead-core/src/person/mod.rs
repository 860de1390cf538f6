//! Persons who speak for a business.
//!
//! Persons of structured data are read in `contacts`, with everything else that stands there.
//!
//! | file | what |
//! |---|---|
//! | `card` | cards marked up with the classes of hCard and h-card |
//! | `text` | names beside functions: imprints, team pages |
//! | `label` | names behind a label: `Geschäftsführer: …` |
//! | `line` | the lines of a text, one ahead, one behind |
//! | `name`, `function`, `words` | what looks like a name, what like a function, and the words of the latter |

mod card;
mod function;
mod label;
mod line;
mod name;
mod text;
mod words;

pub(crate) use card::find;
pub(crate) use text::{Spoken, find as find_in_text};
