//! Leads that a person puts away and brings back, and how a lead stood when it was read.

use serde::{Deserialize, Serialize};

use super::{AuditNote, LeadVersion};
use crate::clock::Timestamp;
use crate::record::{Lead, LeadId};

/// Which leads are to be hidden, or not hidden any more, and who wants it.
///
/// A lead named with a version is changed only if it still stands at it: what a person decided about the lead they saw is not done to
/// another.
///
/// ```
/// use lead_core::seam::{Hiding, Store, WriteBatch};
/// # use lead_core::clock::Timestamp;
/// # use lead_core::record::filter::Filter;
/// # use lead_core::record::{Findings, NaturalKey, Observation, SourceId};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> lead_core::Result<()> {
/// # let store = Store::memory();
/// # let (source, key) = (SourceId::new("directory")?, NaturalKey::new("a")?);
/// # let seen = Observation::new(source, key, None, Timestamp::UNIX_EPOCH, Findings::default());
/// # let id = store.commit(WriteBatch::of(vec![seen])).await?.created[0];
/// let Some(read) = store.versioned(vec![id]).await?.pop().flatten() else { return Ok(()) };
/// // … a person looks at `read.lead`, and puts it away …
/// let hiding = Hiding::hide("anna").if_unchanged(id, read.version);
/// let came = store.set_hidden(hiding).await?; // [Hid::Done], or [Hid::Changed]: read it again
/// # assert_eq!(came, [lead_core::seam::Hid::Done]);
/// assert_eq!(store.count(Filter::parse("is:hidden")?).await?, 1);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hiding {
    /// Whether they are hidden afterwards.
    pub hidden: bool,
    /// Which, by the id of any of their records; with a version, only if they still stand at it.
    pub leads: Vec<(LeadId, Option<LeadVersion>)>,
    /// Who wants it: a user's name in the application. It stands in the audit log.
    pub by: String,
}

impl Hiding {
    /// `by` wants leads hidden.
    pub fn hide(by: impl Into<String>) -> Self {
        Self {
            hidden: true,
            leads: Vec::new(),
            by: by.into(),
        }
    }

    /// `by` wants leads hidden no more.
    pub fn unhide(by: impl Into<String>) -> Self {
        Self {
            hidden: false,
            ..Self::hide(by)
        }
    }

    /// These, however they stand.
    pub fn leads(mut self, ids: impl IntoIterator<Item = LeadId>) -> Self {
        self.leads.extend(ids.into_iter().map(|id| (id, None)));
        self
    }

    /// This one, if it still stands at the version at which it was read.
    pub fn if_unchanged(mut self, id: LeadId, version: LeadVersion) -> Self {
        self.leads.push((id, Some(version)));
        self
    }

    /// What comes of it for a lead: what was asked for it, its version were it not hidden (where one was asked for), and whether it
    /// is. For those who make a store.
    pub fn decide(&self, asked: Option<LeadVersion>, shown: Option<LeadVersion>, hidden: bool) -> Hid {
        let stands = |hidden| shown.map(|shown| shown.hidden(hidden));
        // Who asks a second time, because the first answer was lost, is told that it is done.
        let done_before = hidden == self.hidden && asked == stands(!hidden);
        match asked {
            Some(_) if asked != stands(hidden) && !done_before => Hid::Changed,
            _ if hidden == self.hidden => Hid::Already,
            _ => Hid::Done,
        }
    }

    /// The note of the audit log that says it was done to a lead.
    pub fn note(&self, id: LeadId, at: Timestamp) -> AuditNote {
        let action = if self.hidden {
            "lead.hidden"
        } else {
            "lead.unhidden"
        };
        AuditNote::new(self.by.as_str(), action, id, at)
    }
}

/// What came of hiding a lead, or of hiding it no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Hid {
    /// It was done, and noted.
    Done,
    /// It was so already: nothing was done or noted.
    Already,
    /// There is no such lead.
    NotFound,
    /// It is not what it was when it was read: nothing was done. Whoever wants it still reads it again.
    Changed,
}

impl Hid {
    /// Whether the lead is as it was wanted.
    pub const fn is_so(self) -> bool {
        matches!(self, Self::Done | Self::Already)
    }
}

/// A lead as it stood at one moment.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Versioned {
    /// The lead.
    pub lead: Lead,
    /// What it stood at.
    pub version: LeadVersion,
    /// Whether it was hidden.
    pub hidden: bool,
}

impl Versioned {
    /// A lead with its version were it not hidden, and whether it is.
    pub fn new(lead: Lead, shown: LeadVersion, hidden: bool) -> Self {
        Self {
            lead,
            version: shown.hidden(hidden),
            hidden,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_holds_for_what_was_read_and_for_who_asks_twice() {
        let shown = LeadVersion::of(&[], &[]);
        let other = shown.hidden(true).hidden(true);
        let (hide, unhide) = (Hiding::hide("anna"), Hiding::unhide("anna"));
        let at = |hidden| Some(shown.hidden(hidden));
        assert_eq!(hide.decide(None, None, false), Hid::Done);
        assert_eq!(hide.decide(None, None, true), Hid::Already);
        assert_eq!(hide.decide(at(false), Some(shown), false), Hid::Done);
        assert_eq!(hide.decide(at(false), Some(shown), true), Hid::Already);
        assert_eq!(hide.decide(at(true), Some(shown), true), Hid::Already);
        // Somebody brought it back since it was read as hidden.
        assert_eq!(hide.decide(at(true), Some(shown), false), Hid::Changed);
        assert_eq!(hide.decide(Some(other), Some(shown), false), Hid::Changed);
        assert_eq!(unhide.decide(at(true), Some(shown), true), Hid::Done);
        assert_eq!(unhide.decide(at(false), Some(shown), true), Hid::Changed);
        assert_eq!(unhide.decide(at(true), Some(shown), false), Hid::Already);
    }
}
