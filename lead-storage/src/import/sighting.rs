//! A row as a sighting.

use jiff::tz::TimeZone;
use lead_core::clock::Timestamp;
use lead_core::record::{ContentHash, NaturalKey, Observation, SafeUrl, SourceId};

use super::cells::Cells;
use super::draft::Draft;
use super::{Import, Layout, values};

/// Who kept a row that names no platform.
const NOBODY: &str = "import";
/// Who kept the rows of [`Layout::V39A`], which has no column for it.
const MAP: &str = "google_maps";

/// What all rows of a file share.
pub(super) struct Reading<'a> {
    file: String,
    import: &'a Import,
    written: Timestamp,
    layout: Layout,
}

impl<'a> Reading<'a> {
    pub(super) fn new(file: &str, import: &'a Import, written: Timestamp) -> Self {
        Self {
            file: file.to_owned(),
            import,
            written,
            layout: Layout::V39B,
        }
    }

    pub(super) fn layout(&mut self, layout: Layout) {
        self.layout = layout;
    }

    /// What the row says, or why that is nothing.
    pub(super) fn observe(&self, place: &str, mut cells: Cells) -> Result<Observation, &'static str> {
        let zone = if self.layout.in_utc() {
            &TimeZone::UTC
        } else {
            &self.import.zone
        };
        let key = hash_of(&cells);
        let source = self.source(&mut cells);
        let seen = self.seen(&mut cells, zone);
        let url = profile(&mut cells);
        let key = key_of(url.as_ref(), cells.get("handle"), &key)?;
        let source = SourceId::new(&source).map_err(|_| "a platform that cannot be one")?;
        let mut draft = Draft::new(format!("{} {place}", self.file), self.import.region);
        // A platform says when the row was made and when its number was seen; the same moment needs no second place.
        let phone_time = cells.take("phone_timestamp");
        if let Some(text) = phone_time
            && values::time(&text, zone) != Some(seen)
        {
            cells.put("phone_timestamp", text);
        }
        draft.row(cells, url.as_ref());
        if draft.is_nothing() && url.is_none() {
            return Err("no name, number, mailbox, site, profile or address");
        }
        Ok(Observation::new(source, key, url, seen, draft.finish()))
    }

    /// The platform's name as an id. What that cannot hold is kept beside it.
    fn source(&self, cells: &mut Cells) -> String {
        let Some(platform) = cells.take("platform") else {
            let none = if self.layout == Layout::V39A { MAP } else { NOBODY };
            return none.to_owned();
        };
        let lower = platform.to_lowercase().replace(' ', "_");
        let fits =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '.' | ':');
        let id: String = lower
            .chars()
            .map(|c| if fits(c) { c } else { '_' })
            .skip_while(|c| !c.is_ascii_alphanumeric())
            .take(64)
            .collect();
        if id != lower {
            cells.put("platform", platform);
        }
        if id.is_empty() { NOBODY.to_owned() } else { id }
    }

    fn seen(&self, cells: &mut Cells, zone: &TimeZone) -> Timestamp {
        let Some(text) = cells.take("extracted_at") else {
            return self.written;
        };
        values::time(&text, zone).unwrap_or_else(|| {
            cells.put("extracted_at", text);
            self.written
        })
    }
}

/// The profile's address. A scheme is often left out.
fn profile(cells: &mut Cells) -> Option<SafeUrl> {
    let text = cells.take("profile_url")?;
    let url = SafeUrl::written(&text);
    if url.is_none() {
        cells.put("profile_url", text);
    }
    url
}

/// What the platform calls the row.
fn key_of(url: Option<&SafeUrl>, handle: Option<&str>, hash: &str) -> Result<NaturalKey, &'static str> {
    let url = url
        .filter(|url| names_one(url))
        .map(|url| NaturalKey::new(url.as_str()));
    let handle = || handle.map(|handle| format!("@{}", handle.trim_start_matches('@').to_lowercase()));
    if let Some(Ok(key)) = url {
        return Ok(key);
    }
    let key = handle().and_then(|handle| NaturalKey::new(&handle).ok());
    key.map_or_else(|| NaturalKey::new(hash), Ok)
        .map_err(|_| "nothing that names it")
}

/// Some platforms of v3.9 gave each row the address of the search that it stood in.
fn names_one(url: &SafeUrl) -> bool {
    let url = url.as_url();
    let search = |segment: &str| matches!(segment, "search" | "results");
    let asked = |name: &str| matches!(name, "q" | "query" | "search_query" | "find_desc");
    !url.path().split('/').any(search) && !url.query_pairs().any(|(name, _)| asked(&name))
}

/// A hash of what names the row: columns that every version of its file has, so that more columns make another content of the same row.
fn hash_of(cells: &Cells) -> String {
    let own = ["display_name", "location", "phone", "email", "website"].map(|name| cells.get(name));
    let text = if own.iter().all(Option::is_none) {
        cells.all()
    } else {
        own.map(|value| value.unwrap_or_default().to_lowercase())
            .join("\n")
    };
    format!("row:{}", ContentHash::of(text.as_bytes()))
}
