//! Two stores side by side, lead by lead, in order of id.

use std::collections::VecDeque;
use std::iter::Peekable;
use std::sync::Arc;

use lead_core::Result;
use lead_core::record::filter::Filter;
use lead_core::record::{Lead, LeadId, TenantId};
use lead_core::seam::{LeadQuery, Store};

use super::csv::CsvMirror;
use super::mirror::{Kind, Mirror};

/// Leads in memory at once, of each side.
const PAGE: usize = 500;

/// The leads of a store, in order of id.
#[derive(Debug)]
pub(super) struct Leads {
    store: Store,
    query: Option<LeadQuery>,
    page: VecDeque<Lead>,
}

impl Leads {
    pub(super) fn of(store: Store) -> Self {
        Self {
            store,
            query: Some(LeadQuery::new(Filter::All).limit(PAGE)),
            page: VecDeque::new(),
        }
    }

    pub(super) async fn peek(&mut self) -> Result<Option<&Lead>> {
        while self.page.is_empty() {
            let Some(query) = self.query.take() else { break };
            let page = self.store.page(query.clone()).await?;
            self.page = page.leads.into();
            self.query = page.next.map(|next| query.after(Some(next)));
        }
        Ok(self.page.front())
    }

    pub(super) fn take(&mut self) -> Option<Lead> {
        self.page.pop_front()
    }
}

/// The leads of a mirror, in order of id.
#[derive(Debug)]
pub(super) enum Other {
    Store(Leads),
    Csv {
        csv: Arc<CsvMirror>,
        tenant: TenantId,
        ids: Peekable<std::vec::IntoIter<LeadId>>,
    },
}

impl Other {
    pub(super) async fn of(mirror: &Mirror, tenant: &TenantId) -> Result<Self> {
        Ok(match &mirror.0 {
            Kind::Store(lazy) => Self::Store(Leads::of(lazy.open(tenant).await?)),
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
            Self::Store(leads) => Ok(leads.peek().await?.map(|lead| lead.id)),
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

    /// Whether the next one, which has the id of `lead`, stands there as it does here.
    pub(super) async fn same(&mut self, lead: &Lead) -> Result<bool> {
        match self {
            Self::Store(leads) => Ok(leads.take().as_ref() == Some(lead)),
            Self::Csv { csv, tenant, ids } => {
                ids.next();
                row_is(csv, tenant, lead).await
            }
        }
    }
}

/// Whether a lead stands in the mirror as it does in the primary, both asked now; `None` when it is in neither.
pub(super) async fn agrees(mirror: &Mirror, here: &Store, id: LeadId) -> Result<Option<bool>> {
    let lead = here.get(id).await?.filter(|lead| lead.id == id);
    match (&mirror.0, lead) {
        (Kind::Store(lazy), lead) => {
            let there = lazy.open(here.tenant_id()).await?;
            let other = there.get(id).await?.filter(|lead| lead.id == id);
            let none = lead.is_none() && other.is_none();
            Ok((!none).then(|| lead == other))
        }
        (Kind::Csv(csv), Some(lead)) => row_is(csv, here.tenant_id(), &lead).await.map(Some),
        (Kind::Csv(csv), None) => {
            let row = csv.with(here.tenant_id(), move |table| table.get(id)).await?;
            Ok(row.map(|_| false))
        }
    }
}

async fn row_is(csv: &CsvMirror, tenant: &TenantId, lead: &Lead) -> Result<bool> {
    let (wanted, id) = (csv.row(lead)?, lead.id);
    let row = csv.with(tenant, move |table| table.get(id)).await?;
    Ok(row == Some(wanted))
}
