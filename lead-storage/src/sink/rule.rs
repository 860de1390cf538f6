//! Which leads go where.

use std::sync::Arc;

use lead_core::record::ContentHash;
use lead_core::record::filter::Filter;
use lead_core::{Error, Result};

use super::{Change, SINK};

/// Leads that pass a filter go to a sink, when they come, when they change, or both.
#[derive(Clone, Debug)]
pub struct Rule {
    name: Arc<str>,
    sink: Arc<str>,
    /// As it was written: what the rule's progress is remembered under.
    said: String,
    filter: Filter,
    on: Vec<Change>,
}

impl Rule {
    /// A rule for every change of the leads that pass `filter`, as in `lead leads --filter`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for a name that is none ([`Rule::name`]), and for a filter that
    /// cannot be read.
    pub fn new(name: &str, sink: &str, filter: &str) -> Result<Self> {
        Ok(Self {
            name: checked(name)?,
            sink: checked(sink)?,
            said: filter.to_owned(),
            filter: Filter::parse(filter)?,
            on: vec![Change::Created, Change::Changed],
        })
    }

    /// Only for these changes. A lead that is met otherwise counts as known from then on.
    pub fn on(mut self, changes: impl IntoIterator<Item = Change>) -> Self {
        self.on = changes.into_iter().collect();
        self
    }

    /// What it is called: 1 to 64 characters `a-z 0-9 _ -`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The sink's name.
    pub fn sink(&self) -> &str {
        &self.sink
    }

    /// Which leads.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The filter as it was written.
    pub fn said(&self) -> &str {
        &self.said
    }

    /// Whether it is for this change.
    pub fn is_on(&self, change: Change) -> bool {
        self.on.contains(&change)
    }

    pub(super) fn shared_name(&self) -> Arc<str> {
        Arc::clone(&self.name)
    }

    /// Where its progress is remembered. A rule that says something else begins anew.
    pub(super) fn mark(&self) -> String {
        let says = format!("{}\0{:?}", self.said, self.on);
        format!(
            "sink:mark:{}:{}:{}",
            self.sink,
            self.name,
            ContentHash::of(says.as_bytes())
        )
    }
}

/// A name of a sink or a rule.
pub(super) fn checked(name: &str) -> Result<Arc<str>> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    if !(1..=64).contains(&name.len()) || !name.chars().all(plain) {
        let message = "a name of a sink or a rule has 1 to 64 characters a-z 0-9 _ -";
        return Err(Error::invalid(SINK, message).with("length", name.len()));
    }
    Ok(name.into())
}
