//! Two stores side by side, lead by lead, in order of id.

use std::collections::VecDeque;
use std::iter::Peekable;
use std::sync::Arc;

use lead_core::Result;
use lead_core::record::filter::{Filter, Visibility};
use lead_core::record::{Lead, LeadId, TenantId};
use lead_core::seam::{LeadQuery, Store};

use super::csv::CsvMirror;
use super::mirror::{Kind, Mirror};

/// Leads in memory at once, of each side.
const PAGE: usize = 500;

/// The leads of a store, in order of id: those that are not hidden, then, where they are wanted, the others put between them.
#[derive(Debug)]
pub(super) struct Leads {
    shown: Side,
    hidden: Option<Side>,
}

/// Leads that are all hidden, or all not.
#[derive(Debug)]
struct Side {
    store: Store,
    query: Option<LeadQuery>,
    page: VecDeque<Lead>,
}

/// A lead, and whether it is hidden.
pub(super) type Standing = (Lead, bool);

impl Leads {
    /// Those that are compared with a mirror: all, or, for files, those that are not hidden.
    pub(super) fn of(store: Store, mirror: &Mirror) -> Self {
        let hidden = matches!(mirror.0, Kind::Store(_));
        Self {
            shown: Side::of(store.clone(), Visibility::Shown),
            hidden: hidden.then(|| Side::of(store, Visibility::Hidden)),
        }
    }

    pub(super) async fn peek(&mut self) -> Result<Option<LeadId>> {
        let shown = self.shown.peek().await?;
        let hidden = match &mut self.hidden {
            Some(hidden) => hidden.peek().await?,
            None => None,
        };
        Ok(shown.into_iter().chain(hidden).min())
    }

    /// The one that was peeked at.
    pub(super) fn take(&mut self) -> Option<Standing> {
        let next = |side: &Side| side.page.front().map(|lead| lead.id);
        let hidden = self.hidden.as_mut().filter(|hidden| {
            let (here, there) = (next(hidden), next(&self.shown));
            here.is_some() && (there.is_none() || here < there)
        });
        match hidden {
            Some(hidden) => hidden.page.pop_front().map(|lead| (lead, true)),
            None => self.shown.page.pop_front().map(|lead| (lead, false)),
        }
    }
}

impl Side {
    fn of(store: Store, which: Visibility) -> Self {
        Self {
            store,
            query: Some(LeadQuery::new(Filter::Is(which)).limit(PAGE)),
            page: VecDeque::new(),
        }
    }

    async fn peek(&mut self) -> Result<Option<LeadId>> {
        while self.page.is_empty() {
            let Some(query) = self.query.take() else { break };
            let page = self.store.page(query.clone()).await?;
            self.page = page.leads.into();
            self.query = page.next.map(|next| query.after(Some(next)));
        }
        Ok(self.page.front().map(|lead| lead.id))
    }
}

/// The leads of a mirror, in order of id.
#[derive(Debug)]
pub(super) enum Other {
    Store(Box<Leads>),
    Csv {
        csv: Arc<CsvMirror>,
        tenant: TenantId,
        ids: Peekable<std::vec::IntoIter<LeadId>>,
    },
}

impl Other {
    pub(super) async fn of(mirror: &Mirror, tenant: &TenantId) -> Result<Self> {
        Ok(match &mirror.0 {
            Kind::Store(lazy) => Self::Store(Box::new(Leads::of(lazy.open(tenant).await?, mirror))),
            Kind::Csv(csv) => Self::Csv {
                ids: csv
                    .with(tenant, |table| Ok(table.ids()))
                    .await?
                    .into_iter()
                    .peekable(),
                csv: Arc::clone(csv),
                tenant: tenant.clone(),
            },
        })
    }

    pub(super) async fn peek(&mut self) -> Result<Option<LeadId>> {
        match self {
            Self::Store(leads) => leads.peek().await,
            Self::Csv { ids, .. } => Ok(ids.peek().copied()),
        }
    }

    /// Passes the next one over.
    pub(super) fn pass(&mut self) {
        match self {
            Self::Store(leads) => drop(leads.take()),
            Self::Csv { ids, .. } => drop(ids.next()),
        }
    }

    /// Whether the next one, which has the id of this lead, stands there as it does here.
    pub(super) async fn same(&mut self, standing: &Standing) -> Result<bool> {
        match self {
            Self::Store(leads) => Ok(leads.take().as_ref() == Some(standing)),
            Self::Csv { csv, tenant, ids } => {
                ids.next();
                row_is(csv, tenant, &standing.0).await
            }
        }
    }
}

/// Whether a lead stands in the mirror as it does in the primary, both asked now; `None` when it is in neither.
pub(super) async fn agrees(mirror: &Mirror, here: &Store, id: LeadId) -> Result<Option<bool>> {
    let lead = standing(here, id).await?;
    match (&mirror.0, lead) {
        (Kind::Store(lazy), lead) => {
            let there = lazy.open(here.tenant_id()).await?;
            let other = standing(&there, id).await?;
            let none = lead.is_none() && other.is_none();
            Ok((!none).then(|| lead == other))
        }
        (Kind::Csv(csv), Some((lead, false))) => row_is(csv, here.tenant_id(), &lead).await.map(Some),
        (Kind::Csv(csv), _) => {
            let row = csv.with(here.tenant_id(), move |table| table.get(id)).await?;
            Ok(row.map(|_| false))
        }
    }
}

async fn standing(store: &Store, id: LeadId) -> Result<Option<Standing>> {
    let found = store.versioned(vec![id]).await?.into_iter().flatten().next();
    Ok(found
        .filter(|found| found.lead.id == id)
        .map(|found| (found.lead, found.hidden)))
}

async fn row_is(csv: &CsvMirror, tenant: &TenantId, lead: &Lead) -> Result<bool> {
    let (wanted, id) = (csv.row(lead)?, lead.id);
    let row = csv.with(tenant, move |table| table.get(id)).await?;
    Ok(row == Some(wanted))
}
