//! Which leads, in which order, and a page of them.

use super::Cursor;
use crate::record::Lead;
use crate::record::filter::Filter;
use crate::{Error, ErrorKind, Result};

/// What to order leads by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SortField {
    /// By id: stable, and the cheapest.
    #[default]
    Id,
    /// By name, folded; leads without one come first.
    Name,
    /// By when they were first seen.
    FirstSeen,
    /// By when they were last seen.
    LastSeen,
    /// By the confidence of their surest phone or e-mail; leads without one come first.
    Confidence,
}

/// The order of leads; equals are ordered by id, in the same direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Sort {
    /// By what.
    pub field: SortField,
    /// The greatest first.
    pub descending: bool,
}

impl Sort {
    /// The smallest first.
    pub const fn ascending(field: SortField) -> Self {
        Self {
            field,
            descending: false,
        }
    }

    /// The greatest first.
    pub const fn descending(field: SortField) -> Self {
        Self {
            field,
            descending: true,
        }
    }
}

impl std::str::FromStr for Sort {
    type Err = crate::Error;
    /// Reads `name`, `-last_seen`.
    fn from_str(text: &str) -> Result<Self> {
        let (name, descending) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
        let field = match name {
            "id" => SortField::Id,
            "name" => SortField::Name,
            "first_seen" => SortField::FirstSeen,
            "last_seen" | "seen" => SortField::LastSeen,
            "confidence" => SortField::Confidence,
            _ => {
                let known = "id, name, first_seen, last_seen or confidence, with - for the greatest first";
                return Err(crate::Error::invalid("sort", format!("wanted is {known}")));
            }
        };
        Ok(Self { field, descending })
    }
}

/// Which leads, in which order, from where.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LeadQuery {
    /// Which.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// How many at most, 1 to 10,000.
    pub limit: usize,
    /// After where: the `next` of an earlier page with the same filter and order.
    pub after: Option<Cursor>,
}

impl Default for LeadQuery {
    fn default() -> Self {
        Self {
            filter: Filter::All,
            sort: Sort::default(),
            limit: 50,
            after: None,
        }
    }
}

impl LeadQuery {
    /// The largest page.
    pub const MAX_LIMIT: usize = 10_000;

    /// The most places that [`Persist::marks`](super::Persist::marks) tells.
    pub const MAX_MARKS: usize = 100_000;

    /// The first fifty leads that pass `filter`.
    pub fn new(filter: Filter) -> Self {
        Self {
            filter,
            ..Self::default()
        }
    }

    /// In this order.
    pub fn sort(mut self, sort: Sort) -> Self {
        self.sort = sort;
        self
    }

    /// At most so many.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// After this place.
    pub fn after(mut self, cursor: Option<Cursor>) -> Self {
        self.after = cursor;
        self
    }
}

/// A page of leads as JSON, each as [`Lead`] is written and read: for who passes them on, or needs little of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct JsonPage {
    /// The leads.
    pub leads: Vec<String>,
    /// Where to go on; `None` at the end.
    pub next: Option<Cursor>,
}

impl JsonPage {
    /// A page, and where to go on.
    pub fn new(leads: Vec<String>, next: Option<Cursor>) -> Self {
        Self { leads, next }
    }

    /// A page of leads, written.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`](crate::ErrorKind::Internal) for a lead that cannot be put into words, which is a fault of this library.
    pub fn of(page: &LeadPage) -> Result<Self> {
        let leads = page.leads.iter().map(serde_json::to_string);
        let leads = leads.collect::<serde_json::Result<_>>().map_err(|cause| {
            Error::new(ErrorKind::Internal, "page", "a lead could not be written").because(cause)
        })?;
        Ok(Self::new(leads, page.next.clone()))
    }
}

/// A page of leads.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct LeadPage {
    /// The leads.
    pub leads: Vec<Lead>,
    /// Where to go on; `None` at the end.
    pub next: Option<Cursor>,
}

impl LeadPage {
    /// A page, and where to go on.
    pub fn new(leads: Vec<Lead>, next: Option<Cursor>) -> Self {
        Self { leads, next }
    }
}
