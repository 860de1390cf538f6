//! Filling tables that a newer version derives from the leads there are.

use lead_core::Result;
use sqlx::SqliteConnection;

use super::derive::{list, place};
use super::error::failed;
use crate::model::read;
use crate::model::values::{Kinds, indexed};

const MIGRATE: &str = "store.migrate";

/// So many leads are in memory at once.
const SOME: i64 = 500;

/// Fills what version 2 added, inside the migration's transaction.
pub(super) async fn fill_places_and_words(conn: &mut SqliteConnection) -> Result<()> {
    let mut after = i64::MIN;
    loop {
        let sql = "SELECT tenant, cluster, body FROM leads WHERE cluster > ?1 ORDER BY cluster LIMIT ?2";
        let leads: Vec<(i64, i64, String)> = sqlx::query_as(sql)
            .bind(after)
            .bind(SOME)
            .fetch_all(&mut *conn)
            .await
            .map_err(failed(MIGRATE))?;
        let Some((_, last, _)) = leads.last() else {
            return Ok(());
        };
        after = *last;
        for (tenant, cluster, body) in &leads {
            let lead = read::lead(MIGRATE, body)?;
            let values = indexed(&lead).into_iter().map(|value| (*cluster, value));
            let kinds = Kinds::of(values);
            list(conn, *tenant, &kinds).await?;
            place(conn, *tenant, kinds.points).await?;
        }
    }
}
