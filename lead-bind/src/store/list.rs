//! The list of those who must not be contacted.

use std::collections::BTreeMap;

use lead_core::clock::Clock;
use lead_core::record::{Subject, Suppression};
use lead_core::{Error, Result};
use serde::{Deserialize, Serialize};

use super::calls::Nothing;
use crate::given::{self, all};
use crate::place::Opened;

/// Why, unless told.
const REASON: &str = "objection";

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Given {
    subjects: Vec<String>,
    reason: Option<String>,
}

impl Given {
    fn read(operation: &'static str, json: &str) -> Result<(Vec<Subject>, String)> {
        let given: Self = given::read(operation, json)?;
        if given.subjects.is_empty() {
            let says = "a subject is wanted: phone:+33478000001, email:info@example.com, domain:example.com";
            return Err(Error::invalid(operation, says).with("option", "subjects"));
        }
        let reason = given.reason.unwrap_or_else(|| REASON.to_owned());
        Ok((all(&given.subjects)?, reason))
    }
}

pub(super) async fn suppress(at: &Opened, json: &str) -> Result<()> {
    let (subjects, reason) = Given::read("suppress", json)?;
    let now = Clock::system().now();
    let entries = subjects.into_iter();
    let entries = entries.map(|subject| Suppression::new(subject, &reason, now));
    at.store().suppress(entries.collect()).await
}

/// How many of them were listed.
pub(super) async fn unsuppress(at: &Opened, json: &str) -> Result<usize> {
    let (subjects, _) = Given::read("unsuppress", json)?;
    let listed = listed(at).await?;
    let there: Vec<Subject> = subjects
        .into_iter()
        .filter(|one| listed.contains_key(one))
        .collect();
    let count = there.len();
    at.store().unsuppress(there).await?;
    Ok(count)
}

/// Whether a subject is listed, and by what.
#[derive(Debug, Serialize)]
pub(super) struct Stands {
    subject: Subject,
    /// Its own entry, or that of the domain of a mailbox.
    entry: Option<Suppression>,
}

pub(super) async fn suppressed(at: &Opened, json: &str) -> Result<Vec<Stands>> {
    let (subjects, _) = Given::read("suppressed", json)?;
    let listed = listed(at).await?;
    let stands = |subject: Subject| {
        let wider = || subject.wider().and_then(|wider| listed.get(&wider));
        let entry = listed.get(&subject).or_else(wider).cloned();
        Stands { subject, entry }
    };
    Ok(subjects.into_iter().map(stands).collect())
}

pub(super) async fn suppressions(at: &Opened, json: &str) -> Result<Vec<Suppression>> {
    let _: Nothing = given::read("suppressions", json)?;
    at.store().suppressions().await
}

async fn listed(at: &Opened) -> Result<BTreeMap<Subject, Suppression>> {
    let entries = at.store().suppressions().await?.into_iter();
    Ok(entries.map(|entry| (entry.subject.clone(), entry)).collect())
}
