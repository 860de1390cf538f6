//! Hidden leads of one store as those of another.

use std::collections::BTreeSet;

use lead_core::Result;
use lead_core::record::filter::{Filter, Visibility};
use lead_core::record::{LeadId, RecordId};
use lead_core::seam::{Hiding, LeadQuery, Store};

/// Who hides leads in a mirror; who did it in the primary stands in the note that is carried.
const MIRROR: &str = "mirror";

/// Makes the leads of these records hidden there where they are here, and not where they are not.
pub(super) async fn bring(here: &Store, there: &Store, records: BTreeSet<RecordId>) -> Result<()> {
    if !has_any(here).await? && !has_any(there).await? {
        return Ok(());
    }
    let ids: Vec<LeadId> = records.into_iter().map(LeadId::from).collect();
    let wanted = here.versioned(ids.clone()).await?;
    let stands = there.versioned(ids).await?;
    let (mut hide, mut unhide) = (BTreeSet::new(), BTreeSet::new());
    for (wanted, stands) in wanted.into_iter().zip(stands) {
        let (Some(wanted), Some(stands)) = (wanted, stands) else {
            continue;
        };
        match (wanted.hidden, stands.hidden) {
            (true, false) => drop(hide.insert(stands.lead.id)),
            (false, true) => drop(unhide.insert(stands.lead.id)),
            _ => {}
        }
    }
    for (wanted, ids) in [(Hiding::hide(MIRROR), hide), (Hiding::unhide(MIRROR), unhide)] {
        if !ids.is_empty() {
            there.set_hidden(wanted.leads(ids)).await?;
        }
    }
    Ok(())
}

/// Whether a store has hidden leads at all.
async fn has_any(store: &Store) -> Result<bool> {
    let one = LeadQuery::new(Filter::Is(Visibility::Hidden)).limit(1);
    store.page(one).await.map(|page| !page.leads.is_empty())
}
