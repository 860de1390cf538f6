//! What of a file is wanted.

use crate::record::{BoundingBox, GeoPoint};

/// What of a file is wanted; everything unless said.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ReadOptions {
    /// Only what lies in this box. Entries that do not say where they lie are passed over.
    pub area: Option<BoundingBox>,
    /// Only this category, in the source's own words: `dentist`, `amenity=dentist`, `Dining and Drinking`, `56.10A`. It
    /// names a whole category or a part of its path; case and `_` do not matter, and a code stands for those it begins.
    pub category: Option<String>,
    /// At most so many listings.
    pub max: Option<usize>,
}

impl ReadOptions {
    /// Everything.
    pub fn new() -> Self {
        Self::default()
    }

    /// Only what lies in this box.
    pub fn area(mut self, area: BoundingBox) -> Self {
        self.area = Some(area);
        self
    }

    /// Only this category.
    pub fn category(mut self, category: impl Into<String>) -> Self {
        self.category = Some(category.into());
        self
    }

    /// At most so many listings.
    pub fn max(mut self, max: usize) -> Self {
        self.max = Some(max);
        self
    }

    pub(in crate::source) fn sieve(&self) -> Sieve {
        Sieve {
            area: self.area,
            category: self.category.as_deref().map(folded),
        }
    }
}

/// The filter that rows pass before they are read in full.
#[derive(Clone, Debug)]
pub(in crate::source) struct Sieve {
    pub(in crate::source) area: Option<BoundingBox>,
    category: Option<String>,
}

impl Sieve {
    /// Whether a place is within the area.
    pub(in crate::source) fn holds(&self, point: Option<GeoPoint>) -> bool {
        self.area
            .is_none_or(|area| point.is_some_and(|point| area.contains(point)))
    }

    /// Whether one of the categories is the one wanted.
    pub(in crate::source) fn wants<'a>(&self, categories: impl IntoIterator<Item = &'a str>) -> bool {
        let Some(wanted) = self.category.as_deref() else {
            return true;
        };
        categories
            .into_iter()
            .any(|category| is(&folded(category), wanted))
    }
}

/// Whether `category` is `wanted`, has it in its path, or is a code that begins with it.
fn is(category: &str, wanted: &str) -> bool {
    let code = wanted.starts_with(|c: char| c.is_ascii_digit()) && category.starts_with(wanted);
    let mut parts = category.split(['=', '>', ';']).flat_map(|part| part.split(" - "));
    code || category == wanted || parts.any(|part| part.trim() == wanted)
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase().replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_is_named_as_its_source_does() {
        let wants =
            |wanted: &str, category: &str| ReadOptions::new().category(wanted).sieve().wants([category]);
        assert!(wants("dentist", "amenity=dentist") && wants("Amenity=Dentist", "amenity=dentist"));
        assert!(wants("Dining and Drinking", "Dining and Drinking > Restaurant"));
        assert!(
            wants("fast food", "fast_food")
                && wants("56", "56.10A")
                && wants("56101", "56101 - Licensed restaurants")
        );
        assert!(!wants("restaurant", "fast_food_restaurant") && !wants("6", "56.10A"));
        assert!(ReadOptions::new().sieve().wants([]));
    }
}
