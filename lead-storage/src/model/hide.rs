//! Leads hidden, and hidden no more.

use std::collections::{BTreeMap, BTreeSet};

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::seam::{Hid, Hiding};

use super::version::{self, Looks};

/// Hides leads, or hides them no more, where they still are what was asked for; notes what was done.
pub(crate) async fn set_hidden(engine: &mut impl Looks, wanted: Hiding, now: Timestamp) -> Result<Vec<Hid>> {
    if wanted.leads.is_empty() {
        return Ok(Vec::new());
    }
    let ids = wanted.leads.iter().map(|(id, _)| *id).collect();
    let leads = engine.leads_of(ids).await?;
    let minded = wanted.leads.iter().filter(|(_, version)| version.is_some());
    let minded = minded
        .filter_map(|(id, _)| leads.get(id))
        .map(|lead| lead.cluster);
    let versions = version::shown(engine, minded.collect()).await?;
    let mut hidden: BTreeMap<i64, bool> = leads.values().map(|lead| (lead.cluster, lead.hidden)).collect();
    let (mut came, mut notes) = (Vec::with_capacity(wanted.leads.len()), Vec::new());
    let mut turned = BTreeSet::new();
    for (id, asked) in &wanted.leads {
        let cluster = leads.get(id).map(|lead| lead.cluster);
        let place = cluster.and_then(|cluster| Some((cluster, hidden.get_mut(&cluster)?)));
        let Some((cluster, hidden)) = place else {
            came.push(Hid::NotFound);
            continue;
        };
        let hid = wanted.decide(*asked, versions.get(&cluster).copied(), *hidden);
        if hid == Hid::Done {
            *hidden = wanted.hidden;
            turned.insert(cluster);
            notes.push(wanted.note(*id, now));
        }
        came.push(hid);
    }
    if !turned.is_empty() {
        engine.turn(turned.into_iter().collect()).await?;
        engine.note(notes).await?;
    }
    Ok(came)
}
