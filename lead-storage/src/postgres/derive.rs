//! What deriving leads reads and writes.

use std::collections::{BTreeMap, BTreeSet};

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::record::{LeadId, ObservationId};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row};

use super::db::Tx;
use super::error::failed;
use super::rows::{columns, split};
use crate::model::derive::{Changes, Derives, KnownSighting, LeadRow, OldLead};
use crate::model::read;
use crate::model::values::{Indexed, Kinds, Place, backwards};

const DERIVE: &str = "store.derive";

/// A stored RFC 3339 time.
pub(super) fn time(row: &PgRow, at: usize) -> Result<Timestamp> {
    read::time(row.try_get(at).map_err(failed(DERIVE))?)
}

impl Derives for Tx {
    async fn old_leads(&mut self, clusters: BTreeSet<i64>) -> Result<Vec<OldLead>> {
        let tenant = self.tenant;
        let sql = "SELECT cluster, id, body, tenant < 0 FROM leads
                   WHERE tenant IN ($1, -$1) AND cluster = ANY ($2)";
        let rows = sqlx::query(sql)
            .bind(tenant)
            .bind(Vec::from_iter(clusters))
            .fetch_all(self.conn())
            .await;
        rows.and_then(|rows| rows.iter().map(old_lead).collect())
            .map_err(failed(DERIVE))
    }

    async fn turn(&mut self, clusters: Vec<i64>) -> Result<()> {
        let tenant = self.tenant;
        for sql in [
            "UPDATE leads SET tenant = -tenant WHERE tenant IN ($1, -$1) AND cluster = ANY ($2)",
            "UPDATE lead_values SET tenant = -tenant WHERE tenant IN ($1, -$1) AND lead = ANY ($2)",
            "UPDATE lead_numbers SET tenant = -tenant WHERE tenant IN ($1, -$1) AND lead = ANY ($2)",
            "UPDATE lead_points SET tenant = -tenant WHERE tenant IN ($1, -$1) AND lead = ANY ($2)",
        ] {
            let turned = sqlx::query(sql).bind(tenant).bind(&clusters);
            turned.execute(self.conn()).await.map_err(failed(DERIVE))?;
        }
        Ok(())
    }

    async fn sightings(&mut self, clusters: BTreeSet<i64>) -> Result<Vec<KnownSighting>> {
        let tenant = self.tenant;
        let sql = "SELECT r.cluster, r.id, o.observation, o.id, o.seen_at, o.last_seen
                   FROM records AS r JOIN observations AS o ON o.tenant = r.tenant AND o.record = r.id
                   WHERE r.tenant = $1 AND r.cluster = ANY ($2)";
        let rows = sqlx::query(sql)
            .bind(tenant)
            .bind(Vec::from_iter(clusters))
            .fetch_all(self.conn())
            .await
            .map_err(failed(DERIVE))?;
        let sighting = |row: &PgRow| {
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
        rows.iter().map(sighting).collect()
    }

    async fn bodies(&mut self, rows: Vec<i64>) -> Result<BTreeMap<i64, String>> {
        let tenant = self.tenant;
        let found: Vec<(i64, String)> =
            sqlx::query_as("SELECT id, body FROM observations WHERE tenant = $1 AND id = ANY ($2)")
                .bind(tenant)
                .bind(rows)
                .fetch_all(self.conn())
                .await
                .map_err(failed(DERIVE))?;
        Ok(found.into_iter().collect())
    }

    async fn write_leads(&mut self, changes: Changes) -> Result<()> {
        forget(self, changes.gone).await?;
        for (fresh, number) in [(changes.shown, self.tenant), (changes.hidden, -self.tenant)] {
            drop_values(self, number, fresh.dropped).await?;
            write_leads(self, number, fresh.leads).await?;
            add_values(self, number, fresh.added).await?;
        }
        Ok(())
    }
}

/// A lead as it is stored: cluster, id, body, and whether it is hidden.
pub(super) fn old_lead(row: &PgRow) -> sqlx::Result<OldLead> {
    Ok(OldLead {
        cluster: row.try_get(0)?,
        id: row.try_get(1).map(LeadId::from_uuid)?,
        body: row.try_get(2)?,
        hidden: row.try_get(3)?,
    })
}

/// Writes leads that stand under this number: the tenant's, or that of its hidden leads.
async fn write_leads(tx: &mut Tx, number: i32, leads: Vec<LeadRow>) -> Result<()> {
    if leads.is_empty() {
        return Ok(());
    }
    let leads = leads.into_iter().map(|lead| (split(&lead.name), lead));
    columns!(
        leads,
        |((head, rest), lead)| clusters = lead.cluster,
        ids = lead.id.as_uuid(),
        names = head,
        rests = rest,
        firsts = lead.first_seen,
        lasts = lead.last_seen,
        confidences = lead.confidence,
        bodies = lead.body,
    );
    let sql = "INSERT INTO leads (tenant, cluster, id, name, name_rest, first_seen, last_seen, confidence, body)
               SELECT $1, * FROM unnest($2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::bigint[],
                   $8::double precision[], $9::text[])
               ON CONFLICT (tenant, cluster) DO UPDATE SET id = excluded.id, name = excluded.name,
                   name_rest = excluded.name_rest, first_seen = excluded.first_seen, last_seen = excluded.last_seen,
                   confidence = excluded.confidence, body = excluded.body";
    let insert = sqlx::query(sql)
        .bind(number)
        .bind(clusters)
        .bind(ids)
        .bind(names)
        .bind(rests);
    let insert = insert.bind(firsts).bind(lasts).bind(confidences).bind(bodies);
    let done = insert.execute(tx.conn()).await;
    done.map(drop).map_err(failed(DERIVE))
}

async fn add_values(tx: &mut Tx, number: i32, values: Vec<(i64, Indexed)>) -> Result<()> {
    let kinds = Kinds::of(values);
    let tenant = tx.tenant;
    list_words(tx.conn(), tenant, &kinds).await?;
    let statements = [
        "INSERT INTO lead_values (tenant, lead, field, value, rest)
         SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[])",
        "INSERT INTO lead_numbers (tenant, lead, field, number)
         SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::double precision[])",
        ADD_PLACES,
    ];
    on_values(tx, number, kinds, statements).await
}

const ADD_PLACES: &str = "INSERT INTO lead_points (tenant, lead, latitude, longitude, x, y, z)
    SELECT $1, * FROM unnest($2::bigint[], $3::double precision[], $4::double precision[], $5::double precision[],
        $6::double precision[], $7::double precision[])";

/// What version 2 added, for leads that were there before.
pub(super) async fn add_places_and_words(conn: &mut PgConnection, tenant: i32, kinds: Kinds) -> Result<()> {
    list_words(conn, tenant, &kinds).await?;
    on_places(conn, tenant, ADD_PLACES, kinds.points).await
}

/// Words that stand nowhere else yet, as far as this transaction sees.
async fn list_words(conn: &mut PgConnection, tenant: i32, kinds: &Kinds) -> Result<()> {
    columns!(
        kinds.words(),
        |word| words = word.to_owned(),
        ends = backwards(word)
    );
    if words.is_empty() {
        return Ok(());
    }
    let sql = "INSERT INTO words (tenant, word, backwards)
               SELECT $1, n.word, n.backwards FROM unnest($2::text[], $3::text[]) AS n (word, backwards)
               WHERE NOT EXISTS (SELECT 1 FROM words AS w WHERE w.tenant = $1 AND w.word = n.word)";
    let insert = sqlx::query(sql).bind(tenant).bind(words).bind(ends);
    insert.execute(conn).await.map(drop).map_err(failed(DERIVE))
}

async fn drop_values(tx: &mut Tx, number: i32, values: Vec<(i64, Indexed)>) -> Result<()> {
    let statements = [
        "DELETE FROM lead_values AS v
         USING unnest($2::bigint[], $3::text[], $4::text[], $5::text[]) AS g (lead, field, value, rest)
         WHERE v.tenant = $1 AND v.lead = g.lead AND v.field = g.field AND v.value = g.value AND v.rest = g.rest",
        "DELETE FROM lead_numbers AS v
         USING unnest($2::bigint[], $3::text[], $4::double precision[]) AS g (lead, field, number)
         WHERE v.tenant = $1 AND v.lead = g.lead AND v.field = g.field AND v.number = g.number",
        "DELETE FROM lead_points AS v
         USING unnest($2::bigint[], $3::double precision[], $4::double precision[], $5::double precision[],
             $6::double precision[], $7::double precision[]) AS g (lead, latitude, longitude, x, y, z)
         WHERE v.tenant = $1 AND v.lead = g.lead AND v.latitude = g.latitude AND v.longitude = g.longitude",
    ];
    on_values(tx, number, Kinds::of(values), statements).await
}

/// Runs one statement on the texts, another on the numbers, and the last on the points, each with the number first.
async fn on_values(tx: &mut Tx, number: i32, kinds: Kinds, statements: [&'static str; 3]) -> Result<()> {
    let [on_texts, on_numbers, on_points] = statements;
    if !kinds.texts.is_empty() {
        let texts = kinds.texts.into_iter();
        let texts = texts.map(|(lead, field, text)| (lead, field, split(&text)));
        columns!(
            texts,
            |(lead, field, (head, rest))| leads = lead,
            fields = field,
            heads = head,
            rests = rest
        );
        let query = sqlx::query(on_texts).bind(number).bind(leads);
        let query = query.bind(fields).bind(heads).bind(rests);
        query.execute(tx.conn()).await.map_err(failed(DERIVE))?;
    }
    if !kinds.numbers.is_empty() {
        columns!(
            kinds.numbers,
            |(lead, field, number)| leads = lead,
            fields = field,
            values = number
        );
        let query = sqlx::query(on_numbers).bind(number).bind(leads);
        let query = query.bind(fields).bind(values);
        query.execute(tx.conn()).await.map_err(failed(DERIVE))?;
    }
    on_places(tx.conn(), number, on_points, kinds.points).await
}

async fn on_places(
    conn: &mut PgConnection,
    number: i32,
    statement: &'static str,
    places: Vec<Place>,
) -> Result<()> {
    if places.is_empty() {
        return Ok(());
    }
    let places = places
        .into_iter()
        .map(|place| (place.lead, place.degrees, place.on_sphere));
    columns!(
        places,
        |(lead, [latitude, longitude], [x, y, z])| leads = lead,
        latitudes = latitude,
        longitudes = longitude,
        xs = x,
        ys = y,
        zs = z
    );
    let query = sqlx::query(statement).bind(number).bind(leads);
    let query = query.bind(latitudes).bind(longitudes).bind(xs).bind(ys).bind(zs);
    query.execute(conn).await.map(drop).map_err(failed(DERIVE))
}

/// Drops the leads of these clusters and what filters know of them.
pub(super) async fn forget(tx: &mut Tx, clusters: Vec<i64>) -> Result<()> {
    if clusters.is_empty() {
        return Ok(());
    }
    let tenant = tx.tenant;
    for sql in [
        "DELETE FROM lead_values WHERE tenant IN ($1, -$1) AND lead = ANY ($2)",
        "DELETE FROM lead_numbers WHERE tenant IN ($1, -$1) AND lead = ANY ($2)",
        "DELETE FROM lead_points WHERE tenant IN ($1, -$1) AND lead = ANY ($2)",
        "DELETE FROM leads WHERE tenant IN ($1, -$1) AND cluster = ANY ($2)",
    ] {
        let gone = sqlx::query(sql).bind(tenant).bind(&clusters);
        gone.execute(tx.conn()).await.map_err(failed(DERIVE))?;
    }
    Ok(())
}
