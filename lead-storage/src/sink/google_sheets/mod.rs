//! Google Sheets: a row a lead, found again by the lead's id in a column of it (*Sheets API v4*, `spreadsheets.values`,
//! <https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values>).

pub(super) mod answer;
mod fields;
mod request;
mod settings;

use lead_core::Result;
use lead_core::seam::Request;

use super::answer::UNREAD;
use super::batch::Batch;
use super::client::{Client, Scheme};
use super::settings::{With, for_path};
use super::{Deliver, Event, Outcome, Sink};
use fields::{Columns, Order};
use request::Sheet;

/// Rows of a batch: three to four calls, of sixty a minute and user (*Usage limits*).
const MOST: usize = 200;

#[derive(Debug)]
struct GoogleSheets {
    client: Client,
    sheet: Sheet,
    columns: Columns,
}

/// The sink of these settings.
pub(super) fn build(own: &settings::Settings, with: &With<'_>) -> Result<Sink> {
    for_path([&own.spreadsheet])?;
    Ok(Sink::new(GoogleSheets {
        client: Client::new(with, (own.token.as_ref(), own.oauth.as_ref()), Scheme::BEARER)?,
        sheet: Sheet::new(&own.url, &own.spreadsheet, &own.sheet)?,
        columns: Columns::new(&own.columns)?,
    }))
}

impl Deliver for GoogleSheets {
    fn most(&self) -> usize {
        MOST
    }

    async fn deliver(&self, events: &[Event]) -> Result<Vec<Outcome>> {
        let batch = Batch::of(events);
        let events = batch.events();
        let outcomes = self
            .put(events)
            .await
            .unwrap_or_else(|outcome| vec![outcome; events.len()]);
        Ok(batch.spread(&outcomes))
    }
}

impl GoogleSheets {
    /// Looks at what is there, changes the rows of leads that have one, and adds the others.
    async fn put(&self, events: &[&Event]) -> Result<Vec<Outcome>, Outcome> {
        let order = self.order().await?;
        let ids = self.ask(self.sheet.column(order.id)).await?;
        let ids = answer::cells(&ids).ok_or_else(|| Outcome::again(UNREAD))?;
        let rows = events.iter().map(|event| {
            let id = event.lead.id.to_string();
            ids.iter().position(|known| *known == id)
        });
        let rows: Vec<Option<usize>> = rows.collect();
        let (mut known, mut new) = (Vec::new(), Vec::new());
        for (event, row) in events.iter().zip(&rows) {
            let cells = self.columns.row(&event.lead, &order);
            match row {
                Some(row) => known.push((*row, cells)),
                None => new.push(cells),
            }
        }
        let changed = self.write(known.is_empty(), || self.sheet.update(&known)).await;
        let added = self.write(new.is_empty(), || self.sheet.append(&new)).await;
        let outcome = |row: &Option<usize>| {
            if row.is_some() {
                changed.clone()
            } else {
                added.clone()
            }
        };
        Ok(rows.iter().map(outcome).collect())
    }

    /// Which column stands where, by the first row; it is written when there is none.
    async fn order(&self) -> Result<Order, Outcome> {
        let header = self.ask(self.sheet.header()).await?;
        let header = answer::cells(&header).ok_or_else(|| Outcome::again(UNREAD))?;
        if header.iter().all(String::is_empty) {
            let names = self.columns.names();
            self.ask(self.sheet.begin(&names)).await?;
            return self.columns.order(&names).map_err(missing);
        }
        self.columns.order(&header).map_err(missing)
    }

    async fn write(&self, nothing: bool, request: impl FnOnce() -> Request) -> Outcome {
        if nothing {
            return Outcome::Delivered;
        }
        match self.ask(request()).await {
            Ok(body) if answer::is_object(&body) => Outcome::Delivered,
            // It may have been written: the next attempt looks first.
            Ok(_) => Outcome::again(UNREAD),
            Err(outcome) => outcome,
        }
    }

    async fn ask(&self, request: Request) -> Result<bytes::Bytes, Outcome> {
        let taken = self.client.take(request, answer::refusal).await;
        taken.map(|(_, body)| body)
    }
}

/// Somebody has to put the header right; what waits is not lost by it.
fn missing(column: &str) -> Outcome {
    Outcome::again(format!("the first row has no column {column}"))
}
