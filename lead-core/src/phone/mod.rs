//! Telephone numbers: in text, in links, in structured data.
//!
//! | file | what |
//! |---|---|
//! | `number`, `digits` | a number as a value: parsed, checked, written, compared |
//! | `numbering` | the numbering plans, as tables |
//! | `engine` | a number that was found, as the record wants it |
//! | `scan` | where the next digit stands |
//! | `compat` | numbers in running text, as the reference finds them |
//! | `find`, `smart` | numbers in running text, with rules for how real pages write them |
//! | `decoy` | what only looks like a number |
//! | `folded`, `glued`, `shape`, `spelled`, `vanity` | numbers between odd signs, touched by words, by their shape, in words, in letters |
//! | `extension`, `list` | what stands behind a number: its extension, further numbers |
//! | `text`, `links`, `field`, `image` | the places of a page: its text, its links, its structured data, its pictures |
//! | `role`, `infer` | what a number is for, by the words beside it; which country's numbers a page writes |
//! | `options`, `region`, `offsets` | how to look, and how to count |
//! | `triples`, `ends` | which words cannot be the ones that are looked for, by a few of their letters |

mod compat;
mod decoy;
mod digits;
mod ends;
mod engine;
mod extension;
mod field;
mod find;
mod folded;
mod glued;
mod image;
mod infer;
mod links;
mod list;
mod number;
mod numbering;
mod offsets;
mod options;
mod region;
mod role;
mod scan;
mod shape;
mod smart;
mod spelled;
mod text;
mod triples;
mod vanity;

pub use digits::Digits;
pub use find::{NumberMatch, PhoneMatch, find_numbers, find_phones, is_valid, parse};
#[cfg(feature = "ocr")]
pub use image::tesseract::Tesseract;
pub use image::{ImageCandidate, images, numbers_of_image, numbers_read};
pub use number::short::{
    ShortNumberCost, connects_to_emergency_number, example_short_number, is_emergency_number,
};
pub use number::{
    CountryCodeSource, Format, Likeness, Number, NumberParts, ParseError, Possibility, UNKNOWN_TIME_ZONE,
    calling_code_of, compare_texts, example_number, example_of_service, is_mobile_number_portable, is_vanity,
    national_prefix_of, region_of_calling_code, regions_of_calling_code,
};
pub use numbering::DATA_VERSION;
pub use offsets::{OffsetUnit, Offsets};
pub use options::{FindOptions, Leniency, Mode, wanted_region};
pub use region::Region;

pub(crate) use field::read as read_field;
pub use infer::country_named;
pub(crate) use infer::{Votes, vote};
pub(crate) use links::find as find_linked;
pub(crate) use text::{Certainty, find as find_in_text};
