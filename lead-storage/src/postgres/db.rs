//! Transactions of tenants.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures::future::BoxFuture;
use lead_core::record::TenantId;
use lead_core::seam::{Call, Seal, Wakes};
use lead_core::{Error, ErrorKind, Result};
use sqlx::PgConnection;
use uuid::Uuid;

use super::config::PostgresConfig;
use super::error::failed;
use super::migrate::migrate;
use super::pool::{Begun, Pool};
use super::queue::Ear;
use super::replica::{self, Replica, ReplicaReport};
use crate::model::task::on_its_own;
use crate::model::uri::Access;

/// A transaction that met another is tried so often at most.
const TRIES: u32 = 10;

/// An open database; clones share it.
#[derive(Clone)]
pub(super) struct Db(Arc<Inner>);

struct Inner {
    pool: Pool,
    replica: Option<Replica>,
    config: PostgresConfig,
    channel: String,
    ear: Ear,
    tenants: Mutex<HashMap<TenantId, Account>>,
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Db")
    }
}

/// A transaction of one tenant.
pub(super) struct Tx {
    begun: Begun,
    pub(super) tenant: i32,
    /// What the tenant's cursors are signed with.
    pub(super) seal: Seal,
    /// What is called out when jobs were pushed for it, and where.
    pub(super) call: Call,
    pub(super) channel: String,
    locks: i32,
}

/// What is kept of a tenant.
#[derive(Clone, Copy, Debug)]
struct Account {
    /// The number it stands under.
    id: i32,
    seal: Seal,
    call: Call,
}

impl Tx {
    pub(super) fn conn(&mut self) -> &mut PgConnection {
        &mut self.begun.conn
    }

    /// Lets commits of the tenant pass beside each other, but none beside an erasure or a suppression: what these do not see
    /// yet would be stored in spite of them.
    pub(super) async fn share(&mut self) -> Result<()> {
        self.lock("SELECT pg_advisory_xact_lock_shared($1, $2)").await
    }

    /// Waits until no commit of the tenant is under way, and keeps others out.
    pub(super) async fn alone(&mut self) -> Result<()> {
        self.lock("SELECT pg_advisory_xact_lock($1, $2)").await
    }

    async fn lock(&mut self, sql: &'static str) -> Result<()> {
        let lock = sqlx::query(sql).bind(self.locks).bind(self.tenant);
        let done = lock.execute(self.conn()).await;
        done.map(drop).map_err(failed("store.lock"))
    }
}

impl Db {
    pub(super) async fn open(config: PostgresConfig) -> Result<Self> {
        let config = config.checked()?;
        let pool = Pool::new(config.server.clone(), &config, config.connect_timeout);
        let db = Self(Arc::new(Inner {
            pool,
            replica: Replica::of(&config),
            channel: config.channel(),
            ear: Ear::new(config.server.clone(), config.channel()),
            config,
            tenants: Mutex::default(),
        }));
        let opening = db.clone();
        on_its_own("store.open", async move {
            migrate(&opening.0.pool, &opening.0.config).await
        })
        .await?;
        Ok(db)
    }

    /// Runs `act` in a transaction that only reads; `None` when nothing was ever written for the tenant.
    pub(super) async fn read<T, F>(
        &self,
        operation: &'static str,
        tenant: &TenantId,
        act: F,
    ) -> Result<Option<T>>
    where
        T: Send + 'static,
        F: for<'c> Fn(&'c mut Tx) -> BoxFuture<'c, Result<T>> + Send + Sync + 'static,
    {
        let (db, tenant) = (self.clone(), tenant.clone());
        on_its_own(operation, async move {
            match db.tenant(operation, &tenant).await? {
                Some(tenant) => db.attempts(operation, tenant, true, act).await.map(Some),
                None => Ok(None),
            }
        })
        .await
    }

    /// As [`read`](Self::read), but a replica may answer that shows what it is allowed to miss.
    pub(super) async fn look<T, F>(
        &self,
        operation: &'static str,
        tenant: &TenantId,
        act: F,
    ) -> Result<Option<T>>
    where
        T: Send + 'static,
        F: for<'c> Fn(&'c mut Tx) -> BoxFuture<'c, Result<T>> + Send + Sync + 'static,
    {
        if self.0.replica.is_none() {
            return self.read(operation, tenant, act).await;
        }
        let (db, tenant) = (self.clone(), tenant.clone());
        on_its_own(operation, async move {
            let Some(tenant) = db.tenant(operation, &tenant).await? else {
                return Ok(None);
            };
            match db.on_replica(operation, tenant, &act).await {
                Some(outcome) => outcome.map(Some),
                None => db.attempts(operation, tenant, true, act).await.map(Some),
            }
        })
        .await
    }

    /// Runs `act` on the replica; `None` when the primary must answer.
    async fn on_replica<T, F>(&self, operation: &'static str, tenant: Account, act: &F) -> Option<Result<T>>
    where
        F: for<'c> Fn(&'c mut Tx) -> BoxFuture<'c, Result<T>> + Sync,
    {
        let replica = self.0.replica.as_ref()?;
        let begin = self.words(true, &of_tenant(tenant.id));
        let begun = replica.begin(&self.0.pool, operation, &begin).await?;
        let mut tx = self.tx(begun, tenant);
        let outcome = act(&mut tx).await;
        replica.end(operation, tx.begun, outcome).await
    }

    /// Who answers reads; `None` without a replica.
    pub(super) fn report(&self) -> Option<ReplicaReport> {
        self.0.replica.as_ref().map(Replica::report)
    }

    /// Runs `act` in a transaction of its own, which commits if it succeeds and leaves nothing behind if not; again, when it
    /// met another transaction and the server undid it.
    ///
    /// Once begun it runs to its end on a task of its own, so a caller who goes away leaves no transaction open.
    pub(super) async fn write<T, F>(&self, operation: &'static str, tenant: &TenantId, act: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> Fn(&'c mut Tx) -> BoxFuture<'c, Result<T>> + Send + Sync + 'static,
    {
        self.may_write(operation)?;
        let (db, tenant) = (self.clone(), tenant.clone());
        on_its_own(operation, async move {
            let tenant = db.made(operation, &tenant).await?;
            db.attempts(operation, tenant, false, act).await
        })
        .await
    }

    /// Tells of jobs that are pushed through this or any other connection.
    pub(super) fn listen(&self, tenant: &TenantId, kinds: &[String]) -> Wakes {
        self.0.ear.listen(tenant, kinds)
    }

    /// Asks one question of a tenant, for whose number `question` says it, in a transaction of its own that is begun and ended in the
    /// same round trip; the text it is answered with. Again, when it met another transaction.
    pub(super) async fn call<F>(
        &self,
        operation: &'static str,
        tenant: &TenantId,
        question: F,
    ) -> Result<Option<String>>
    where
        F: Fn(i32) -> String + Send + Sync + 'static,
    {
        self.may_write(operation)?;
        let (db, tenant) = (self.clone(), tenant.clone());
        on_its_own(operation, async move {
            let tenant = db.made(operation, &tenant).await?.id;
            let words = db.words(false, &of_tenant(tenant));
            let words = format!("{words}; {}; COMMIT", question(tenant));
            let begun = Instant::now();
            let mut tries = 1;
            loop {
                match db.0.pool.call(operation, &words).await {
                    Err(error) if db.goes_on(&error, tries, begun) => {
                        tokio::time::sleep(pause(tries)).await;
                        tries += 1;
                    }
                    outcome => return outcome,
                }
            }
        })
        .await
    }

    /// Whether a transaction that failed is tried again.
    fn goes_on(&self, error: &Error, tries: u32, begun: Instant) -> bool {
        met_another(error) && tries < TRIES && begun.elapsed() < self.0.config.busy_timeout
    }

    fn may_write(&self, operation: &'static str) -> Result<()> {
        if self.0.config.access != Access::Read {
            return Ok(());
        }
        let message = "the database was opened to be read";
        Err(Error::new(ErrorKind::ReadOnly, operation, message))
    }

    pub(super) async fn close(&self) {
        self.0.ear.close();
        self.0.pool.close().await;
        if let Some(replica) = &self.0.replica {
            replica.close().await;
        }
    }

    async fn attempts<T, F>(&self, operation: &'static str, tenant: Account, reads: bool, act: F) -> Result<T>
    where
        F: for<'c> Fn(&'c mut Tx) -> BoxFuture<'c, Result<T>> + Sync,
    {
        let begun = Instant::now();
        let mut tries = 1;
        loop {
            match self.attempt(operation, tenant, reads, &act).await {
                Err(error) if self.goes_on(&error, tries, begun) => {
                    tokio::time::sleep(pause(tries)).await;
                    tries += 1;
                }
                Err(error) if met_another(&error) => return Err(error.with("tries", tries)),
                outcome => return outcome,
            }
        }
    }

    async fn attempt<T, F>(&self, operation: &'static str, tenant: Account, reads: bool, act: &F) -> Result<T>
    where
        F: for<'c> Fn(&'c mut Tx) -> BoxFuture<'c, Result<T>>,
    {
        let begun = self.begin(operation, reads, &of_tenant(tenant.id)).await?;
        let mut tx = self.tx(begun, tenant);
        match act(&mut tx).await {
            Ok(done) => {
                let ended = self.commit(operation, tx.begun, reads).await;
                ended.map(|()| done).map_err(|error| unknown_end(error, reads))
            }
            Err(error) => {
                // When even that fails the connection is closed, which rolls back, too.
                let _ = self.0.pool.end(operation, tx.begun, "ROLLBACK").await;
                Err(error)
            }
        }
    }

    /// Ends a transaction well; where there is a replica, it is not asked before it has what was written.
    async fn commit(&self, operation: &'static str, begun: Begun, reads: bool) -> Result<()> {
        let Some(replica) = self.0.replica.as_ref().filter(|_| !reads) else {
            return self.0.pool.end(operation, begun, "COMMIT").await.map(drop);
        };
        if let Some(place) = self.0.pool.end(operation, begun, replica::COMMIT).await? {
            replica.wrote(place);
        }
        Ok(())
    }

    fn tx(&self, begun: Begun, tenant: Account) -> Tx {
        Tx {
            begun,
            tenant: tenant.id,
            seal: tenant.seal,
            call: tenant.call,
            channel: self.0.channel.clone(),
            locks: self.0.config.locks(),
        }
    }

    async fn begin(&self, operation: &'static str, reads: bool, setting: &str) -> Result<Begun> {
        self.0.pool.begin(operation, &self.words(reads, setting)).await
    }

    /// What begins a transaction. Everything that is set holds for this one alone, so that a pooler between us and the server may hand
    /// its connections round.
    fn words(&self, reads: bool, setting: &str) -> String {
        let config = &self.0.config;
        // An answer may take several statements, which are to see one moment.
        let mode = if reads {
            "REPEATABLE READ READ ONLY"
        } else {
            "READ COMMITTED READ WRITE"
        };
        let schema = config.quoted_schema();
        let wait = config.busy_timeout.as_millis().max(1);
        format!(
            "BEGIN ISOLATION LEVEL {mode}; SET LOCAL search_path = {schema}; \
             SET LOCAL lock_timeout = {wait}; {setting}"
        )
    }

    /// What is kept of a tenant; `None` when nothing was ever written for it.
    async fn tenant(&self, operation: &'static str, tenant: &TenantId) -> Result<Option<Account>> {
        let known = self.tenants().get(tenant).copied();
        if known.is_some() {
            return Ok(known);
        }
        self.named(
            operation,
            tenant,
            true,
            "SELECT id, seal FROM tenants WHERE name = $1",
        )
        .await
    }

    /// What is kept of a tenant, which is added when nothing was ever written for it.
    async fn made(&self, operation: &'static str, tenant: &TenantId) -> Result<Account> {
        match self.tenant(operation, tenant).await? {
            Some(account) => Ok(account),
            None => self.add_tenant(operation, tenant).await,
        }
    }

    async fn add_tenant(&self, operation: &'static str, tenant: &TenantId) -> Result<Account> {
        let add = "INSERT INTO tenants (name) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id, seal";
        let added = self.named(operation, tenant, false, add).await?;
        // Another process may have been quicker.
        let there = match added {
            None => self.tenant(operation, tenant).await?,
            added => added,
        };
        there.ok_or_else(|| Error::new(ErrorKind::Storage, operation, "the tenant cannot be written"))
    }

    /// Asks for a tenant by its name, in a transaction that sees no other.
    async fn named(
        &self,
        operation: &'static str,
        tenant: &TenantId,
        reads: bool,
        sql: &'static str,
    ) -> Result<Option<Account>> {
        let mut begun = self.begin(operation, reads, "SET LOCAL lead.tenant = ''").await?;
        sqlx::query("SELECT set_config('lead.tenant_name', $1, true)")
            .bind(tenant.as_str())
            .execute(&mut begun.conn)
            .await
            .map_err(failed(operation))?;
        let row: Option<(i32, Uuid)> = sqlx::query_as(sql)
            .bind(tenant.as_str())
            .fetch_optional(&mut begun.conn)
            .await
            .map_err(failed(operation))?;
        self.0.pool.end(operation, begun, "COMMIT").await?;
        let found = row.map(|(id, seal)| Account {
            id,
            seal: Seal::new(seal),
            call: Call::any(tenant),
        });
        if let Some(account) = found {
            self.tenants().insert(tenant.clone(), account);
        }
        Ok(found)
    }

    fn tenants(&self) -> std::sync::MutexGuard<'_, HashMap<TenantId, Account>> {
        self.0.tenants.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets a transaction see the rows of one tenant.
fn of_tenant(tenant: i32) -> String {
    format!("SET LOCAL lead.tenant = '{tenant}'")
}

/// Whether the server undid a transaction because of another.
fn met_another(error: &Error) -> bool {
    error.kind() == ErrorKind::Conflict && error.is_retryable()
}

/// Longer each time, and not the same for two who met: by the odd part of the clock.
fn pause(tries: u32) -> Duration {
    let most = 5_u64 << tries.min(6);
    let odd = lead_core::clock::Clock::system()
        .now()
        .subsec_nanosecond()
        .unsigned_abs()
        / 1000;
    Duration::from_millis(most / 2 + u64::from(odd) % most)
}

/// A connection that breaks at the last word leaves open whether it was heard.
fn unknown_end(error: Error, reads: bool) -> Error {
    if reads || error.kind() != ErrorKind::Network {
        return error;
    }
    error.with("outcome", "not known: it may have been stored")
}
