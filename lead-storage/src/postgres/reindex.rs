//! Filling tables that a newer version derives from the leads there are.

use lead_core::Result;
use sqlx::{AssertSqlSafe, PgConnection};

use super::derive::add_places_and_words;
use super::error::failed;
use crate::model::read;
use crate::model::values::{Kinds, indexed};

const MIGRATE: &str = "store.migrate";

/// So many leads are in memory at once.
const SOME: i64 = 500;

/// Fills what version 2 added. The wall between tenants is let down for the tables' owner meanwhile, inside the migration's
/// transaction, where nobody else sees it.
pub(super) async fn fill_places_and_words(conn: &mut PgConnection) -> Result<()> {
    wall(conn, "NO FORCE").await?;
    let (mut tenant, mut cluster) = (i32::MIN, i64::MIN);
    loop {
        let sql = "SELECT tenant, cluster, body FROM leads WHERE (tenant, cluster) > ($1, $2)
                   ORDER BY tenant, cluster LIMIT $3";
        let leads: Vec<(i32, i64, String)> = sqlx::query_as(sql)
            .bind(tenant)
            .bind(cluster)
            .bind(SOME)
            .fetch_all(&mut *conn)
            .await
            .map_err(failed(MIGRATE))?;
        let Some((last_tenant, last_cluster, _)) = leads.last() else {
            break;
        };
        (tenant, cluster) = (*last_tenant, *last_cluster);
        for some in leads.chunk_by(|one, other| one.0 == other.0) {
            fill(conn, some).await?;
        }
    }
    wall(conn, "FORCE").await
}

/// Leads of one tenant.
async fn fill(conn: &mut PgConnection, leads: &[(i32, i64, String)]) -> Result<()> {
    let Some((tenant, _, _)) = leads.first() else {
        return Ok(());
    };
    let mut values = Vec::new();
    for (_, cluster, body) in leads {
        let lead = read::lead(MIGRATE, body)?;
        values.extend(indexed(&lead).into_iter().map(|value| (*cluster, value)));
    }
    add_places_and_words(conn, *tenant, Kinds::of(values)).await
}

async fn wall(conn: &mut PgConnection, how: &str) -> Result<()> {
    for table in ["leads", "lead_points", "words"] {
        let sql = format!("ALTER TABLE {table} {how} ROW LEVEL SECURITY");
        let done = sqlx::query(AssertSqlSafe(sql)).execute(&mut *conn).await;
        done.map_err(failed(MIGRATE))?;
    }
    Ok(())
}
