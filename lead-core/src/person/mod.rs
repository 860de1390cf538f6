//! Persons who speak for a business: cards marked up with the classes of hCard and h-card.
//!
//! Persons of structured data are read in `contacts`, with everything else that stands there.

mod card;

pub(crate) use card::find;
