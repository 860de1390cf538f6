//! The engines, each with a tenant whose data nothing may touch.

use bytes::Bytes;
use lead_core::record::{Suppression, TenantId};
use lead_core::seam::conformance::sample::{minute, town};
use lead_core::seam::{AuditNote, LeadQuery, NewJob, Queue, State, Store, WriteBatch};
use sqlx::{Connection as _, SqliteConnection};

use crate::server;

/// A database, and what it must look like however it is asked.
pub(crate) struct Engine {
    pub(crate) store: Store,
    pub(crate) queue: Queue,
    pub(crate) state: State,
    /// Whether a NUL is kept, or U+0001 in its place.
    nul: bool,
    uri: String,
    before: String,
    _folder: tempfile::TempDir,
}

impl Engine {
    async fn open(uri: String, folder: tempfile::TempDir) -> Self {
        let mut engine = Self {
            store: lead_storage::open(&uri).await.unwrap(),
            queue: lead_storage::open_queue(&uri).await.unwrap(),
            state: lead_storage::open_state(&uri).await.unwrap(),
            nul: uri.starts_with("sqlite"),
            uri,
            before: String::new(),
            _folder: folder,
        };
        engine.settle().await;
        engine.before = engine.others().await;
        engine
    }

    /// What a text of a column is read as.
    pub(crate) fn kept(&self, text: &str) -> String {
        if self.nul {
            text.to_owned()
        } else {
            text.replace('\0', "\u{1}")
        }
    }

    async fn settle(&self) {
        let tenant = victim();
        let entry = Suppression::new("domain:victim.test".parse().unwrap(), "objection", minute(0));
        let store = self.store.tenant(tenant.clone());
        store.suppress(vec![entry]).await.unwrap();
        let batch = WriteBatch::of(town(9)).jobs(vec![NewJob::new("crawl", "mine", 1.into())]);
        let note = AuditNote::new("test", "noted", "victim", minute(0));
        store.commit(batch.audit(note)).await.unwrap();
        let state = self.state.tenant(tenant);
        state
            .put("key".into(), Bytes::from_static(b"mine"), None)
            .await
            .unwrap();
    }

    /// All that the other tenant has, and the tables there are.
    async fn others(&self) -> String {
        let (store, queue, state) = (
            self.store.tenant(victim()),
            self.queue.tenant(victim()),
            self.state.tenant(victim()),
        );
        format!(
            "{:?} {:?} {:?} {:?} {:?} {:?}",
            store.page(LeadQuery::default()).await.unwrap(),
            store.suppressions().await.unwrap(),
            store.audit(0, 100).await.unwrap(),
            queue.depth().await.unwrap(),
            state.get("key".into()).await.unwrap(),
            self.tables().await
        )
    }

    async fn tables(&self) -> Vec<String> {
        if self.nul {
            let path = self.uri.trim_start_matches("sqlite://");
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            let mut conn = SqliteConnection::connect_with(&options).await.unwrap();
            let sql = "SELECT name || coalesce(sql, '') FROM sqlite_master ORDER BY 1";
            return sqlx::query_scalar(sql).fetch_all(&mut conn).await.unwrap();
        }
        let (server, schema) = self.uri.rsplit_once(['?', '&']).unwrap();
        let mut conn = sqlx::PgConnection::connect(server).await.unwrap();
        let sql =
            "SELECT table_name || '.' || column_name || ' ' || data_type FROM information_schema.columns
                   WHERE table_schema = $1 ORDER BY 1";
        let names = sqlx::query_scalar(sql).bind(schema.trim_start_matches("schema="));
        names.fetch_all(&mut conn).await.unwrap()
    }

    /// Nothing of others, and no table, is other than it was.
    pub(crate) async fn is_untouched(&self) {
        assert!(self.before.contains("Bakery") && self.before.contains("observations"));
        assert_eq!(self.others().await, self.before);
    }
}

fn victim() -> TenantId {
    TenantId::new("victim").unwrap()
}

/// An empty database of each engine there is.
pub(crate) async fn engines() -> Vec<Engine> {
    let folder = tempfile::tempdir().unwrap();
    let uri = format!("sqlite://{}", folder.path().join("leads.db").display());
    let mut engines = vec![Engine::open(uri, folder).await];
    if let Some(uri) = server::fresh() {
        engines.push(Engine::open(uri, tempfile::tempdir().unwrap()).await);
    }
    engines
}
