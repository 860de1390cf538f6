//! Which column is which.

use std::sync::Arc;

use lead_core::record::{AttributeName, LEGACY_COLUMNS};
use serde::Serialize;

use super::cells::Cell;
use super::layout::Layout;

/// v3.9's columns in its order, as its JSON names them; held against [`LEGACY_COLUMNS`] by a test.
pub(super) const LEGACY: &[&str] = &[
    "search_query",
    "platform",
    "profile_url",
    "handle",
    "display_name",
    "bio_about",
    "website",
    "email",
    "phone",
    "followers",
    "location",
    "business_type",
    "industry",
    "sub_category",
    "city",
    "region",
    "country",
    "postal_code",
    "job_title",
    "seniority_level",
    "education_level",
    "institution_name",
    "last_post_date",
    "is_boosted",
    "post_engagement",
    "lead_score",
    "intent_category",
    "sentiment_score",
    "sentiment_trend",
    "lead_summary",
    "extracted_at",
    "phone_raw",
    "phone_normalized",
    "phone_validation_status",
    "phone_confidence_score",
    "phone_source",
    "phone_element_selector",
    "phone_screenshot_path",
    "phone_timestamp",
    "lead_type",
    "field_of_study",
    "degree_program",
    "graduation_year",
];

/// Columns of the other layouts that have a name of their own.
const OTHERS: &[(&str, &str)] = &[
    ("category", "categories"),
    ("plus_code", "attributes: plus_code"),
    ("latitude", "geo"),
    ("longitude", "geo"),
];

/// What other layouts and other versions call the same.
const ALIASES: &[(&str, &str)] = &[
    ("business_name", "display_name"),
    ("name", "display_name"),
    ("address", "location"),
    ("bio", "bio_about"),
    ("institution", "institution_name"),
];

/// The most columns that are read; further ones are left out.
const MOST: usize = 500;

/// A column of a file, and where its values go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ColumnHome {
    /// As the file calls it.
    pub column: String,
    /// Where in the record it lives; `attributes: x:…` for a column that v3.9 did not have.
    pub home: String,
}

/// The columns of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    columns: Vec<(String, Arc<str>)>,
    /// Whether the columns are the first ones of the 43: cells past the header's end are the next of them then.
    grows: bool,
}

impl Header {
    pub(super) fn of<'a>(cells: impl IntoIterator<Item = &'a str>) -> Self {
        let mut header = Self::default();
        for cell in cells.into_iter().take(MOST) {
            header.push(cell);
        }
        let count = header.columns.len();
        header.grows = count <= LEGACY.len() && header.names().eq(LEGACY.iter().take(count).copied());
        header
    }

    /// The columns of a layout, for a file that does not name them.
    pub(super) fn told(layout: Layout) -> Self {
        Self::of(layout.columns().iter().copied())
    }

    /// Adds a column; the name it goes by here.
    pub(super) fn push(&mut self, written: &str) -> Arc<str> {
        let name = match canonical(written) {
            name if name.is_empty() => format!("column_{}", self.columns.len() + 1),
            name => name,
        };
        let name: Arc<str> = name.into();
        self.columns.push((written.trim().to_owned(), Arc::clone(&name)));
        name
    }

    /// The name of the column at this place, counted from 0; `None` past the most that are read.
    pub(super) fn name(&self, at: usize) -> Option<Arc<str>> {
        if let Some((_, name)) = self.columns.get(at) {
            return Some(Arc::clone(name));
        }
        let further = LEGACY.get(at).filter(|_| self.grows);
        let unnamed = || (at < MOST).then(|| format!("column_{}", at + 1).into());
        further.map(|name| Arc::from(*name)).or_else(unnamed)
    }

    /// The name of the column that is written so, when it is one of these.
    pub(super) fn find(&self, written: &str) -> Option<Arc<str>> {
        let mut all = self.columns.iter();
        let found = all.find(|(column, _)| column == written);
        found.map(|(_, name)| Arc::clone(name))
    }

    pub(super) fn len(&self) -> usize {
        self.columns.len()
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(_, name)| &**name)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }

    /// Whether this is a column of the predecessor's.
    pub(super) fn knows(name: &str) -> bool {
        LEGACY.contains(&name) || OTHERS.iter().any(|(known, _)| *known == name)
    }

    /// Whether a row says the header over again: two files were put together.
    pub(super) fn is(&self, cells: &[Cell]) -> bool {
        let same = |(name, value): &Cell| canonical(value) == **name;
        self.columns.len() > 1 && cells.len() == self.columns.len() && cells.iter().all(same)
    }

    pub(super) fn homes(&self) -> Vec<ColumnHome> {
        let home = |(column, name): &(String, Arc<str>)| ColumnHome {
            column: column.clone(),
            home: home(name),
        };
        self.columns.iter().map(home).collect()
    }
}

fn home(name: &str) -> String {
    let legacy = LEGACY.iter().position(|known| *known == name);
    if let Some(column) = legacy.and_then(|at| LEGACY_COLUMNS.get(at)) {
        return column.home.to_owned();
    }
    if let Some((_, home)) = OTHERS.iter().find(|(known, _)| *known == name) {
        return (*home).to_owned();
    }
    match AttributeName::new(name) {
        Ok(known) => format!("attributes: {known}"),
        Err(_) => format!("attributes: x:{name}"),
    }
}

/// `Bio/About` → `bio_about`.
fn canonical(written: &str) -> String {
    let words = written
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut name = words.map(str::to_lowercase).collect::<Vec<_>>().join("_");
    // So that it fits behind `x:` in an attribute's name, of at most 80 bytes.
    name.truncate(name.floor_char_boundary(78));
    let alias = ALIASES.iter().find(|(known, _)| *known == name);
    alias.map_or(name, |(_, name)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_those_of_the_record() {
        let written: Vec<_> = LEGACY_COLUMNS
            .iter()
            .map(|column| canonical(column.header))
            .collect();
        assert_eq!(written, LEGACY);
    }

    #[test]
    fn a_wider_row_goes_on_where_an_older_header_ends() {
        let older = Header::of(["Search Query", "Platform", "Profile URL"]);
        assert_eq!(older.name(3).as_deref(), Some("handle"));
        assert_eq!(older.name(43).as_deref(), Some("column_44"));
        let other = Header::of(["Display Name", "Platform"]);
        assert_eq!(other.name(2).as_deref(), Some("column_3"));
        assert_eq!(other.name(MOST), None);
    }
}
