//! Filters that are built in.

use std::time::Duration;

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::record::filter::{Comparison, Field, Filter, Scalar};

/// A filter that is built in.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Preset {
    /// Its name: `@with-phone` asks for it.
    pub name: &'static str,
    /// What it says, for people.
    pub doc: &'static str,
    said: Said,
}

/// How a preset says which leads.
#[derive(Clone, Copy, Debug)]
enum Said {
    /// In the filter language.
    So(&'static str),
    /// First seen in the last days.
    NewWithin(u64),
    /// Not seen in the last days.
    NotSeenWithin(u64),
}

macro_rules! presets {
    ($($name:literal $said:expr, $doc:literal;)+) => {
        /// Every filter that is built in.
        pub const PRESETS: &[Preset] = &[$(Preset { name: $name, doc: $doc, said: $said },)+];
    };
}

use Said::{NewWithin, NotSeenWithin, So};

presets! {
    "with-phone" So("has:phone"), "it has a phone";
    "with-email" So("has:email"), "it has an e-mail";
    "reachable" So("has:phone OR has:email"), "it has a phone or an e-mail";
    "unreachable" So("-has:phone -has:email"), "it has neither phone nor e-mail";
    "sure" So("confidence>=0.9"), "a phone or an e-mail is its own with a probability of 90 % or more";
    "complete" So("has:phone has:email has:website has:address"), "it has phone, e-mail, web site and address";
    "no-website" So("-has:website"), "it has no web site";
    "well-rated" So("rating>=4"), "a mean rating of 4 and more";
    "in-business" So("-status:permanently_closed"), "it is not closed for good";
    "new-today" NewWithin(1), "first seen in the last 24 hours";
    "new-this-week" NewWithin(7), "first seen in the last 7 days";
    "new-this-month" NewWithin(30), "first seen in the last 30 days";
    "stale" NotSeenWithin(90), "not seen in the last 90 days";
}

impl Preset {
    /// The preset of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.name == name)
    }

    /// Which leads it says at this time.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) when the calendar does not reach back so far.
    pub fn filter(&self, now: Timestamp) -> Result<Filter> {
        let ago = |days: u64| {
            let before = now.checked_sub(Duration::from_secs(days * 24 * 60 * 60));
            let early =
                |_| lead_core::Error::invalid(super::FILTERS, "the calendar does not reach back so far");
            before.map(Scalar::Time).map_err(early)
        };
        match self.said {
            So(text) => Filter::parse(text),
            NewWithin(days) => Ok(Filter::Compare(
                Field::FirstSeen,
                Comparison::GreaterOrEqual,
                ago(days)?,
            )),
            NotSeenWithin(days) => Ok(Filter::Compare(Field::Seen, Comparison::Less, ago(days)?)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_means_something() {
        let now = "2026-07-15T12:00:00Z".parse().unwrap();
        for preset in PRESETS {
            assert_ne!(preset.filter(now).unwrap(), Filter::All, "{}", preset.name);
        }
        let week = Preset::named("new-this-week").unwrap().filter(now).unwrap();
        assert_eq!(week.to_string(), "first_seen>=2026-07-08T12:00:00Z");
    }
}
