//! Where two stores differ, and how to make them agree.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use lead_core::Result;
use lead_core::record::{LeadId, RecordId};
use lead_core::seam::Store;
use serde::Serialize;

use super::mirror::{Kind, Mirror};
use super::walk::{Leads, Other, agrees};
use super::{list, runs};

/// Leads mended together.
const TOGETHER: usize = 256;

/// How a lead differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Differs {
    /// It is in the primary and not in the mirror.
    OnlyPrimary,
    /// It is in the mirror and not in the primary.
    OnlyMirror,
    /// It is in both, with other values or other evidence, or hidden in one of them; in files, with another row.
    Different,
}

/// A lead that differs: its id, and nothing of what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// Which.
    pub lead: LeadId,
    /// How.
    pub how: Differs,
}

/// What to do about differences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Repair {
    /// Nothing: they are told.
    #[default]
    Nothing,
    /// What is in the primary is brought to the mirror; leads that are only in the mirror stay.
    Bring,
    /// The same, and leads that are only in the mirror are erased there.
    BringAndErase,
}

/// How far two stores differ, for one tenant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Divergence {
    /// Leads looked at, of both sides.
    pub checked: u64,
    /// Leads only in the primary.
    pub only_primary: u64,
    /// Leads only in the mirror.
    pub only_mirror: u64,
    /// Leads that are not the same in both.
    pub different: u64,
    /// Subjects on one suppression list and not, or otherwise, on the other. Files have no list.
    pub suppressions: u64,
    /// Runs that have not come as far in the mirror. Files hold none.
    pub runs: u64,
    /// How many of all these were mended.
    pub mended: u64,
}

impl Divergence {
    /// How many differences were found.
    pub fn found(&self) -> u64 {
        self.only_primary + self.only_mirror + self.different + self.suppressions + self.runs
    }

    /// Whether the mirror agrees with the primary by now.
    pub fn agrees(&self) -> bool {
        self.found() == self.mended
    }
}

/// Walks both sides, in order of id, a page of each in memory; `told` hears of each lead that differs.
pub(super) async fn check(
    mirror: &Mirror,
    here: &Store,
    repair: Repair,
    mut told: impl FnMut(Difference) + Send,
) -> Result<Divergence> {
    let mut found = Divergence::default();
    // First, because a list that is behind would take out what is brought.
    beside(mirror, here, repair, &mut found).await?;
    let mut leads = Leads::of(here.clone(), mirror);
    let mut others = Other::of(mirror, here.tenant_id()).await?;
    let mut broken: BTreeSet<RecordId> = BTreeSet::new();
    while let Some(difference) = next(&mut leads, &mut others, &mut found.checked).await? {
        // What was written meanwhile may have passed us by on one side.
        if agrees(mirror, here, difference.lead)
            .await?
            .is_none_or(|agrees| agrees)
        {
            continue;
        }
        found.count(difference);
        told(difference);
        if repair.mends(difference.how) {
            broken.insert(RecordId::from_uuid(difference.lead.as_uuid()));
        }
        if broken.len() >= TOGETHER {
            mend(mirror, here, &mut broken, &mut found).await?;
        }
    }
    mend(mirror, here, &mut broken, &mut found).await?;
    if repair != Repair::Nothing {
        mirror.tidy(here.tenant_id()).await?;
    }
    Ok(found)
}

/// Makes the mirror hold what the primary does, and nothing else.
pub(super) async fn settle(mirror: &Mirror, here: &Store) -> Result<()> {
    // Boxed: it is large, and rare.
    Box::pin(check(mirror, here, Repair::BringAndErase, |_| ()))
        .await
        .map(drop)
}

/// What is beside leads: suppression list and runs.
async fn beside(mirror: &Mirror, here: &Store, repair: Repair, found: &mut Divergence) -> Result<()> {
    let Kind::Store(lazy) = &mirror.0 else {
        return Ok(());
    };
    let there = lazy.open(here.tenant_id()).await?;
    let mends = repair != Repair::Nothing;
    found.suppressions = if mends {
        list::bring(here, &there).await?
    } else {
        list::Apart::of(here, &there).await?.count()
    };
    for run in here.runs().await? {
        if runs::differs(here, &there, run).await? {
            found.runs += 1;
            if mends {
                runs::bring(here, &there, run).await?;
            }
        }
    }
    if mends {
        found.mended = found.suppressions + found.runs;
    }
    Ok(())
}

/// The next lead that differs.
async fn next(leads: &mut Leads, others: &mut Other, checked: &mut u64) -> Result<Option<Difference>> {
    loop {
        let other = others.peek().await?;
        let lead = leads.peek().await?;
        let order = match (lead, other) {
            (None, None) => return Ok(None),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(lead), Some(other)) => lead.cmp(&other),
        };
        *checked += 1;
        let how = match order {
            Ordering::Less => {
                leads.take();
                Differs::OnlyPrimary
            }
            Ordering::Greater => {
                others.pass();
                Differs::OnlyMirror
            }
            Ordering::Equal => match leads.take() {
                Some(lead) if !others.same(&lead).await? => Differs::Different,
                _ => continue,
            },
        };
        let of_either = if order == Ordering::Greater { other } else { lead };
        if let Some(lead) = of_either {
            return Ok(Some(Difference { lead, how }));
        }
    }
}

async fn mend(
    mirror: &Mirror,
    here: &Store,
    broken: &mut BTreeSet<RecordId>,
    found: &mut Divergence,
) -> Result<()> {
    if !broken.is_empty() {
        found.mended += broken.len() as u64;
        mirror.bring(here, std::mem::take(broken)).await?;
    }
    Ok(())
}

impl Divergence {
    fn count(&mut self, difference: Difference) {
        match difference.how {
            Differs::OnlyPrimary => self.only_primary += 1,
            Differs::OnlyMirror => self.only_mirror += 1,
            Differs::Different => self.different += 1,
        }
    }
}

impl Repair {
    fn mends(self, how: Differs) -> bool {
        match self {
            Self::Nothing => false,
            Self::Bring => how != Differs::OnlyMirror,
            Self::BringAndErase => true,
        }
    }
}
