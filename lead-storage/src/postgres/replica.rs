//! A second server that follows the first and answers reads, as long as what it shows is new enough.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use lead_core::{Error, ErrorKind, Result, telemetry};

use super::config::PostgresConfig;
use super::freshness::{Freshness, end_of_last};
use super::pool::{Begun, Pool};

/// A replica that is away is left alone for so long.
const REST: Duration = Duration::from_secs(5);

/// A primary that did not say where it is is not asked again for so long.
const QUIET: Duration = Duration::from_secs(1);

/// So long a replica is waited for at most: the primary can answer, too.
const PATIENCE: Duration = Duration::from_secs(2);

/// Asks a primary where its log is, of which a replica replays every byte.
const POSITION: &str =
    "SELECT pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '0/0')::bigint";

/// Ends a write, and tells a place in the log that is behind it.
pub(super) const COMMIT: &str =
    "COMMIT; SELECT pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '0/0')::bigint";

/// Begins on a replica: how far it is, told in a transaction of its own, so that whatever follows sees at least that.
const REPLAYED: &str = "BEGIN READ ONLY; SELECT pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_last_wal_replay_lsn(), '0/0')::bigint; COMMIT; ";

/// Who answered the reads of a store that has a replica, counted since it was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReplicaReport {
    /// Reads that the replica answered.
    pub answered: u64,
    /// Reads that the primary answered, because the replica could not be shown to be new enough.
    pub behind: u64,
    /// Reads that the primary answered, because the replica was not reached, refused, broke off, or is none.
    pub away: u64,
    /// How old at most what the replica showed was when it was last asked; `None` when that is older than it may be, or not known.
    pub staleness: Option<Duration>,
}

pub(super) struct Replica {
    pool: Pool,
    known: Mutex<Known>,
    /// Held by who asks the primary where it is: one at a time is enough.
    asking: tokio::sync::Mutex<()>,
    answered: AtomicU64,
    behind: AtomicU64,
    away: AtomicU64,
}

struct Known {
    freshness: Freshness,
    /// The last age.
    staleness: Option<Duration>,
    /// Until when it is left alone.
    rests: Option<Instant>,
    /// Until when the primary, which did not answer, is not asked again where it is.
    quiet: Option<Instant>,
}

impl Replica {
    /// The one `config` names, if it does. It is connected to when it is first needed.
    pub(super) fn of(config: &PostgresConfig) -> Option<Self> {
        let server = config.replica.clone()?;
        Some(Self {
            pool: Pool::new(server, config, config.connect_timeout.min(PATIENCE)),
            known: Mutex::new(Known {
                freshness: Freshness::new(config.max_staleness),
                staleness: None,
                rests: None,
                quiet: None,
            }),
            asking: tokio::sync::Mutex::default(),
            answered: AtomicU64::new(0),
            behind: AtomicU64::new(0),
            away: AtomicU64::new(0),
        })
    }

    pub(super) fn report(&self) -> ReplicaReport {
        ReplicaReport {
            answered: self.answered.load(Ordering::Relaxed),
            behind: self.behind.load(Ordering::Relaxed),
            away: self.away.load(Ordering::Relaxed),
            staleness: self.known().staleness,
        }
    }

    /// A write ended, and told this place.
    pub(super) fn wrote(&self, next: i64) {
        self.known().freshness.wrote(Instant::now(), end_of_last(next));
    }

    /// A transaction on the replica on which `begin` was run; `None` when the primary must answer.
    pub(super) async fn begin(&self, primary: &Pool, operation: &'static str, begin: &str) -> Option<Begun> {
        if self.known().rests.is_some_and(|until| Instant::now() < until) {
            left_to_primary(&self.away, "away");
            return None;
        }
        // When the primary does not even say where it is, it will say why when it is asked to read.
        self.floor(primary, operation).await.ok()?;
        let begun = self.pool.begin(operation, &format!("{REPLAYED}{begin}")).await;
        let begun = begun.map_err(|error| self.failed(&error)).ok()?;
        // Asked again: there may have been a wait for the connection.
        let (told, (floor, _)) = (begun.told, self.floor_for_now());
        if let Some(position) = told {
            self.saw(position);
            if floor.is_some_and(|floor| position >= floor) {
                return Some(begun);
            }
            left_to_primary(&self.behind, "behind");
        } else {
            // A server that replays nothing is none, or was made a primary meanwhile.
            self.rest();
        }
        // When even that fails the connection is closed.
        let _ = self.pool.end(operation, begun, "ROLLBACK").await;
        None
    }

    /// Ends a read that came to `outcome`; `None` when the primary must answer after all.
    pub(super) async fn end<T>(
        &self,
        operation: &'static str,
        begun: Begun,
        outcome: Result<T>,
    ) -> Option<Result<T>> {
        let word = if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" };
        let ended = self.pool.end(operation, begun, word).await;
        match outcome.and_then(|done| ended.map(|_| done)) {
            Ok(done) => {
                self.answered.fetch_add(1, Ordering::Relaxed);
                telemetry::STORE_READS.add(1, &["replica"]);
                Some(Ok(done))
            }
            Err(error) if is_of_replica(&error) => {
                self.failed(&error);
                None
            }
            Err(error) => Some(Err(error)),
        }
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }

    /// What the replica must have replayed; the primary is asked where it is when that was too long ago.
    async fn floor(&self, primary: &Pool, operation: &'static str) -> Result<i64> {
        let unknown = || {
            Error::new(
                ErrorKind::Storage,
                operation,
                "the primary does not say where it is",
            )
        };
        let (floor, asks) = self.floor_for_now();
        let _one = match (self.asking.try_lock(), floor) {
            (_, Some(floor)) if !asks => return Ok(floor),
            (Ok(one), _) => one,
            (Err(_), Some(floor)) => return Ok(floor),
            (Err(_), None) => self.asking.lock().await,
        };
        // Who waited may find it answered, or that nobody answers.
        let (floor, asks) = self.floor_for_now();
        if !asks {
            return floor.ok_or_else(unknown);
        }
        let at = Instant::now();
        let answer = primary.ask(operation, POSITION).await;
        let mut known = self.known();
        match answer {
            Ok(Some(next)) => known.freshness.mark(at, end_of_last(next)),
            // What was known before holds until it is too old.
            _ => known.quiet = Some(Instant::now() + QUIET),
        }
        known.freshness.floor(Instant::now()).ok_or_else(unknown)
    }

    /// What is known, and whether it is time to ask anew.
    fn floor_for_now(&self) -> (Option<i64>, bool) {
        let (known, now) = (self.known(), Instant::now());
        let quiet = known.quiet.is_some_and(|until| now < until);
        (
            known.freshness.floor(now),
            known.freshness.wants_mark(now) && !quiet,
        )
    }

    fn saw(&self, position: i64) {
        let mut known = self.known();
        known.staleness = known.freshness.age(Instant::now(), position);
    }

    /// One that has no connection left, or met its own replay, is asked again at once; any other is left alone for a while.
    fn failed(&self, error: &Error) {
        if matches!(error.kind(), ErrorKind::Locked | ErrorKind::Conflict) {
            left_to_primary(&self.away, "away");
        } else {
            self.rest();
        }
    }

    fn rest(&self) {
        self.known().rests = Some(Instant::now() + REST);
        left_to_primary(&self.away, "away");
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts a read that the primary answers.
fn left_to_primary(count: &AtomicU64, why: &'static str) {
    count.fetch_add(1, Ordering::Relaxed);
    telemetry::STORE_READS.add(1, &[why]);
}

/// Whether an error is the replica's alone: it went away, or replay needed what the read was looking at. Any other the primary would
/// give as well, a statement that takes too long among them.
fn is_of_replica(error: &Error) -> bool {
    error.is_retryable()
        && matches!(
            error.kind(),
            ErrorKind::Network | ErrorKind::Conflict | ErrorKind::Locked
        )
}
