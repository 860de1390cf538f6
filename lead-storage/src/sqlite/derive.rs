//! What deriving leads reads and writes.

use std::collections::{BTreeMap, BTreeSet};

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::record::{LeadId, ObservationId};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::db::Tx;
use super::error::failed;
use super::rows::{bind, insert, numbers};
use crate::model::cell::Cell;
use crate::model::derive::{Changes, Derives, KnownSighting, LeadRow, OldLead};
use crate::model::read;
use crate::model::values::{Kinds, Place, backwards};

const DERIVE: &str = "store.derive";

/// A stored RFC 3339 time.
pub(super) fn time(row: &SqliteRow, at: usize) -> Result<Timestamp> {
    read::time(row.try_get(at).map_err(failed(DERIVE))?)
}

impl Derives for Tx<'_> {
    async fn old_leads(&mut self, clusters: BTreeSet<i64>) -> Result<Vec<OldLead>> {
        let sql = "SELECT cluster, id, body, tenant < 0 FROM leads WHERE cluster IN (SELECT value FROM json_each(?1))";
        let rows = sqlx::query(sql)
            .bind(numbers(clusters))
            .fetch_all(&mut *self.conn)
            .await;
        rows.and_then(|rows| rows.iter().map(old_lead).collect())
            .map_err(failed(DERIVE))
    }

    async fn turn(&mut self, clusters: Vec<i64>) -> Result<()> {
        let clusters = numbers(clusters);
        for sql in [
            "UPDATE leads SET tenant = -tenant WHERE cluster IN (SELECT value FROM json_each(?1))",
            "UPDATE lead_values SET tenant = -tenant WHERE lead IN (SELECT value FROM json_each(?1))",
            "UPDATE lead_points SET tenant = -tenant WHERE lead IN (SELECT value FROM json_each(?1))",
        ] {
            let turned = sqlx::query(sql).bind(&clusters).execute(&mut *self.conn).await;
            turned.map_err(failed(DERIVE))?;
        }
        Ok(())
    }

    async fn sightings(&mut self, clusters: BTreeSet<i64>) -> Result<Vec<KnownSighting>> {
        let sql = "SELECT r.cluster, r.id, o.observation, o.id, o.seen_at, o.last_seen
                   FROM records AS r JOIN observations AS o ON o.record = r.id
                   WHERE r.cluster IN (SELECT value FROM json_each(?1))";
        let rows = sqlx::query(sql)
            .bind(numbers(clusters))
            .fetch_all(&mut *self.conn)
            .await
            .map_err(failed(DERIVE))?;
        let seen = |row: &SqliteRow| {
            let get = |at: usize| row.try_get::<i64, _>(at).map_err(failed(DERIVE));
            Ok(KnownSighting {
                cluster: get(0)?,
                record: get(1)?,
                id: row
                    .try_get(2)
                    .map(ObservationId::from_uuid)
                    .map_err(failed(DERIVE))?,
                row: get(3)?,
                seen_at: time(row, 4)?,
                last_seen: time(row, 5)?,
            })
        };
        rows.iter().map(seen).collect()
    }

    async fn bodies(&mut self, rows: Vec<i64>) -> Result<BTreeMap<i64, String>> {
        let sql = "SELECT id, body FROM observations WHERE id IN (SELECT value FROM json_each(?1))";
        let found: Vec<(i64, String)> = sqlx::query_as(sql)
            .bind(numbers(rows))
            .fetch_all(&mut *self.conn)
            .await
            .map_err(failed(DERIVE))?;
        Ok(found.into_iter().collect())
    }

    async fn write_leads(&mut self, changes: Changes) -> Result<()> {
        if !changes.gone.is_empty() {
            forget(self.conn, changes.gone).await?;
        }
        for (fresh, number) in [(changes.shown, self.tenant), (changes.hidden, -self.tenant)] {
            drop_values(self.conn, Kinds::of(fresh.dropped)).await?;
            let kinds = Kinds::of(fresh.added);
            write_leads(self.conn, number, fresh.leads).await?;
            list(self.conn, self.tenant, &kinds).await?;
            add_values(self.conn, number, kinds).await?;
        }
        Ok(())
    }
}

/// A lead as it is stored: cluster, id, body, and whether it is hidden.
pub(super) fn old_lead(row: &SqliteRow) -> sqlx::Result<OldLead> {
    Ok(OldLead {
        cluster: row.try_get(0)?,
        id: row.try_get(1).map(LeadId::from_uuid)?,
        body: row.try_get(2)?,
        hidden: row.try_get(3)?,
    })
}

/// Texts and numbers, which stand in one column here.
fn in_one_column(
    texts: Vec<(i64, &'static str, String)>,
    numbers: Vec<(i64, &'static str, f64)>,
) -> impl Iterator<Item = (i64, &'static str, Cell)> {
    let texts = texts
        .into_iter()
        .map(|(lead, field, text)| (lead, field, Cell::Text(text)));
    let numbers = numbers
        .into_iter()
        .map(|(lead, field, number)| (lead, field, Cell::Real(number)));
    texts.chain(numbers)
}

async fn drop_values(conn: &mut SqliteConnection, kinds: Kinds) -> Result<()> {
    for (lead, field, value) in in_one_column(kinds.texts, kinds.numbers) {
        let gone = sqlx::query("DELETE FROM lead_values WHERE lead = ?1 AND field = ?2 AND value = ?3");
        let gone = bind(gone.bind(lead).bind(field), value);
        gone.execute(&mut *conn).await.map_err(failed(DERIVE))?;
    }
    for Place {
        lead,
        degrees: [latitude, longitude],
        ..
    } in kinds.points
    {
        let gone =
            sqlx::query("DELETE FROM lead_points WHERE lead = ?1 AND latitude = ?2 AND longitude = ?3");
        let gone = gone.bind(lead).bind(latitude).bind(longitude);
        gone.execute(&mut *conn).await.map_err(failed(DERIVE))?;
    }
    Ok(())
}

async fn add_values(conn: &mut SqliteConnection, tenant: i64, kinds: Kinds) -> Result<()> {
    let values = in_one_column(kinds.texts, kinds.numbers);
    let values = values.map(|(lead, field, value)| [lead.into(), field.into(), value, tenant.into()]);
    let head = "INSERT INTO lead_values (lead, field, value, tenant) VALUES";
    insert(conn, DERIVE, head, "", values.collect()).await?;
    place(conn, tenant, kinds.points).await
}

/// Words that stand nowhere else yet.
pub(super) async fn list(conn: &mut SqliteConnection, tenant: i64, kinds: &Kinds) -> Result<()> {
    let words = kinds.words().into_iter();
    let words = words.map(|word| [tenant.into(), word.into(), backwards(word).into()]);
    let head = "INSERT INTO words (tenant, word, backwards) VALUES";
    insert(conn, DERIVE, head, "ON CONFLICT DO NOTHING", words.collect()).await
}

pub(super) async fn place(conn: &mut SqliteConnection, tenant: i64, points: Vec<Place>) -> Result<()> {
    let points = points.into_iter().map(|place| {
        let ([latitude, longitude], [x, y, z]) = (place.degrees, place.on_sphere);
        let numbers = [latitude, longitude, x, y, z].map(Cell::Real);
        let [latitude, longitude, x, y, z] = numbers;
        [place.lead.into(), latitude, longitude, x, y, z, tenant.into()]
    });
    let head = "INSERT INTO lead_points (lead, latitude, longitude, x, y, z, tenant) VALUES";
    insert(conn, DERIVE, head, "", points.collect()).await
}

async fn write_leads(conn: &mut SqliteConnection, tenant: i64, leads: Vec<LeadRow>) -> Result<()> {
    let rows = leads.into_iter().map(|lead| {
        [
            lead.cluster.into(),
            tenant.into(),
            lead.id.as_uuid().into(),
            lead.name.into(),
            lead.first_seen.into(),
            lead.last_seen.into(),
            lead.confidence.into(),
            lead.body.into(),
        ]
    });
    let head =
        "INSERT INTO leads (cluster, tenant, id, name, first_seen, last_seen, confidence, body) VALUES";
    let tail = "ON CONFLICT (cluster) DO UPDATE SET id = excluded.id, name = excluded.name,
                first_seen = excluded.first_seen, last_seen = excluded.last_seen,
                confidence = excluded.confidence, body = excluded.body";
    insert(conn, DERIVE, head, tail, rows.collect()).await
}

/// Drops the leads of these clusters and what filters know of them.
pub(super) async fn forget(conn: &mut SqliteConnection, clusters: Vec<i64>) -> Result<()> {
    let clusters = numbers(clusters);
    for sql in [
        "DELETE FROM lead_values WHERE lead IN (SELECT value FROM json_each(?1))",
        "DELETE FROM lead_points WHERE lead IN (SELECT value FROM json_each(?1))",
        "DELETE FROM leads WHERE cluster IN (SELECT value FROM json_each(?1))",
    ] {
        sqlx::query(sql)
            .bind(&clusters)
            .execute(&mut *conn)
            .await
            .map_err(failed(DERIVE))?;
    }
    Ok(())
}
