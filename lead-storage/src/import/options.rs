//! How a file is read.

use jiff::tz::{Offset, TimeZone};
use lead_core::record::CountryCode;
use lead_core::seam::State;
use lead_core::{Error, Result};

use super::Layout;

/// An import of a file.
#[derive(Clone, Debug)]
pub struct Import {
    pub(super) layout: Option<Layout>,
    pub(super) zone: TimeZone,
    pub(super) region: Option<CountryCode>,
    pub(super) max: Option<u64>,
    pub(super) state: Option<State>,
    pub(super) resumes: bool,
}

impl Default for Import {
    fn default() -> Self {
        Self {
            layout: None,
            zone: TimeZone::UTC,
            region: None,
            max: None,
            state: None,
            resumes: false,
        }
    }
}

impl Import {
    /// An import that looks at the file's header, and takes times without a zone for UTC.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the file for one of this layout. It may lack a header then.
    pub fn layout(mut self, layout: Layout) -> Self {
        self.layout = Some(layout);
        self
    }

    /// The zone of times that say none: `UTC`, `+02:00`, or a name of the IANA database that the system knows, `Europe/Paris`. Times of
    /// [`Layout::V39C`] are UTC whatever is said here.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for a zone that is not known.
    pub fn zone(mut self, zone: &str) -> Result<Self> {
        self.zone = zone_of(zone).ok_or_else(|| {
            let says = "a zone is UTC, +02:00, or one the system knows, such as Europe/Paris";
            Error::invalid("zone", says).with("zone", zone.escape_debug())
        })?;
        Ok(self)
    }

    /// Whose national numbers are read in rows that name no country.
    pub fn region(mut self, region: CountryCode) -> Self {
        self.region = Some(region);
        self
    }

    /// At most so many rows.
    pub fn max(mut self, rows: u64) -> Self {
        self.max = Some(rows);
        self
    }

    /// Notes in `state`, for each file, how far it is stored. The note goes when the file is done.
    pub fn note(mut self, state: State) -> Self {
        self.state = Some(state);
        self
    }

    /// The same, and goes on where the note of an earlier import ends: one that was killed does its last batch over at most.
    pub fn resume(mut self, state: State) -> Self {
        self.resumes = true;
        self.note(state)
    }
}

fn zone_of(text: &str) -> Option<TimeZone> {
    if text.eq_ignore_ascii_case("utc") || text == "Z" {
        return Some(TimeZone::UTC);
    }
    let Some(sign) = text.chars().next().filter(|sign| matches!(sign, '+' | '-')) else {
        return TimeZone::get(text).ok();
    };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let part = |part: &str| (part.len() == 2).then(|| part.parse::<u8>().ok()).flatten();
    let (hours, minutes) = (part(hours)?, part(minutes).filter(|minutes| *minutes < 60)?);
    let seconds = (i32::from(hours) * 60 + i32::from(minutes)) * 60;
    let seconds = if sign == '-' { -seconds } else { seconds };
    Offset::from_seconds(seconds).ok().map(TimeZone::fixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_offsets_or_names() {
        for zone in ["UTC", "utc", "Z", "+02:00", "-03:30", "Europe/Paris"] {
            assert!(Import::new().zone(zone).is_ok(), "{zone}");
        }
        for zone in ["", "+2", "+02:60", "+99:00", "Atlantis/Harbour", "+é0:00"] {
            assert!(Import::new().zone(zone).is_err(), "{zone}");
        }
    }
}
