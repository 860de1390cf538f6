//! Every figure and span the library emits, in one table.
//!
//! The library moves figures through the [`metrics`] facade and opens [`tracing`] spans; exporting them is the
//! application's matter. An application that exports calls [`describe`] once, after it installed its recorder.
//!
//! A label never holds a host, a URL or anything else without bound: each combination is kept for ever by most backends.

use std::time::Duration;

use metrics::{Key, Level, Metadata, Unit};

/// Where figures come from.
static METADATA: Metadata<'static> = Metadata::new(module_path!(), Level::INFO, Some(module_path!()));

/// How a figure moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MetricKind {
    /// Only grows.
    Counter,
    /// Goes up and down.
    Gauge,
    /// A distribution.
    Histogram,
}

/// One figure: its name, how it moves, in what unit, by which labels, and what it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Metric {
    /// As exporters show it.
    pub name: &'static str,
    /// How it moves.
    pub kind: MetricKind,
    /// In what unit.
    pub unit: Unit,
    /// Its labels, in the order their values are given.
    pub labels: &'static [&'static str],
    /// What it tells, in one line.
    pub meaning: &'static str,
    /// Its name without labels, hashed when this is compiled: some figures move for every few hundred nanoseconds of work.
    plain: &'static Key,
}

impl Metric {
    /// Adds to a counter.
    pub fn add(&self, amount: u64, labels: &[&'static str]) {
        debug_assert_eq!(self.kind, MetricKind::Counter, "{}", self.name);
        if labels.is_empty() {
            metrics::with_recorder(|to| to.register_counter(self.plain, &METADATA).increment(amount));
        } else {
            metrics::counter!(self.name, self.pairs(labels)).increment(amount);
        }
    }

    /// Moves a gauge by `change`.
    pub fn shift(&self, change: f64, labels: &[&'static str]) {
        debug_assert_eq!(self.kind, MetricKind::Gauge, "{}", self.name);
        metrics::gauge!(self.name, self.pairs(labels)).increment(change);
    }

    /// Sets a gauge.
    pub fn set(&self, value: f64, labels: &[&'static str]) {
        debug_assert_eq!(self.kind, MetricKind::Gauge, "{}", self.name);
        metrics::gauge!(self.name, self.pairs(labels)).set(value);
    }

    /// Records a value of a histogram.
    pub fn record(&self, value: f64, labels: &[&'static str]) {
        debug_assert_eq!(self.kind, MetricKind::Histogram, "{}", self.name);
        metrics::histogram!(self.name, self.pairs(labels)).record(value);
    }

    /// Records a time, in seconds.
    pub fn record_time(&self, time: Duration, labels: &[&'static str]) {
        self.record(time.as_secs_f64(), labels);
    }

    fn pairs(&self, values: &[&'static str]) -> Vec<metrics::Label> {
        debug_assert_eq!(self.labels.len(), values.len(), "labels of {}", self.name);
        self.labels
            .iter()
            .zip(values)
            .map(|(key, value)| metrics::Label::from_static_parts(key, value))
            .collect()
    }
}

macro_rules! metrics_table {
    ($($constant:ident = $kind:ident $name:literal, $unit:ident, [$($label:literal),*], $meaning:literal;)+) => {
        $(
            #[doc = concat!($meaning, " `", $name, "`.")]
            pub const $constant: Metric = Metric {
                name: $name,
                kind: MetricKind::$kind,
                unit: Unit::$unit,
                labels: &[$($label),*],
                meaning: $meaning,
                plain: &Key::from_static_name($name),
            };
        )+

        /// Every figure, in the order of the table.
        pub const METRICS: &[Metric] = &[$($constant,)+];
    };
}

metrics_table! {
    FETCHES = Counter "lead_fetch_requests_total", Count, ["purpose", "outcome"], "Fetches asked for, by what became of them: ok, cached, client_error, server_error, or the code of the error.";
    FETCH_SECONDS = Histogram "lead_fetch_duration_seconds", Seconds, ["purpose"], "Time from asking to answer, waits and retries included.";
    FETCH_BYTES = Counter "lead_fetch_body_bytes_total", Bytes, [], "Bytes of bodies received, decompressed.";
    FETCH_WIRE_BYTES = Counter "lead_fetch_wire_bytes_total", Bytes, [], "Bytes of bodies received, as they came over the wire.";
    FETCH_ATTEMPTS = Counter "lead_fetch_attempts_total", Count, [], "Requests sent to servers, retries, redirects and robots.txt included.";
    FETCH_RETRIES = Counter "lead_fetch_retries_total", Count, ["reason"], "Attempts after the first, by why: rate_limited, server_error, or the code of the error.";
    FETCH_REDIRECTS = Counter "lead_fetch_redirects_total", Count, [], "Redirects followed.";
    FETCH_TIMEOUTS = Counter "lead_fetch_timeouts_total", Count, ["scope"], "Time limits that struck: attempt or deadline.";
    GUARD_REFUSALS = Counter "lead_fetch_guard_refusals_total", Count, [], "URLs and addresses the guard refused.";
    ROBOTS_DECISIONS = Counter "lead_fetch_robots_decisions_total", Count, ["decision"], "Answers of robots.txt: allowed, denied, unreachable.";
    ROBOTS_FETCHES = Counter "lead_fetch_robots_files_total", Count, ["outcome"], "robots.txt files looked for: found, absent, unreachable, remembered.";
    CACHE_LOOKUPS = Counter "lead_fetch_cache_lookups_total", Count, ["result"], "Looks into the HTTP cache: hit, revalidated, miss.";
    DNS_LOOKUPS = Counter "lead_fetch_dns_lookups_total", Count, [], "Names of hosts asked of the system, those remembered not included.";
    PACE_WAIT_SECONDS = Histogram "lead_pace_wait_seconds", Seconds, [], "Time a request waited for its host's turn.";
    PACE_IN_FLIGHT = Gauge "lead_pace_in_flight", Count, [], "Requests under way.";
    PACE_SLOWDOWNS = Counter "lead_pace_slowdowns_total", Count, [], "Times a host asked to slow down and was heard.";
    PACE_BREAKS = Counter "lead_pace_breaks_total", Count, [], "Times a host that failed again and again was left alone for a while.";
    PACE_HOSTS = Gauge "lead_pace_hosts", Count, [], "Hosts whose pace is remembered.";
    LIMIT_CHECKS = Counter "lead_limit_checks_total", Count, [], "Uses that were checked against limits.";
    LIMIT_REFUSALS = Counter "lead_limit_refusals_total", Count, [], "Uses that a limit refused.";
    LIMIT_FAILURES = Counter "lead_limit_failures_total", Count, [], "Uses that could not be checked: what they asked for cannot be, or the limiter's backend failed.";
    LIMIT_AWAY = Counter "lead_limit_away_total", Count, [], "Uses that were decided without the limiter's Redis, because it was away.";
    LIMIT_KEYS = Gauge "lead_limit_keys", Count, [], "Keys that limiters in memory remember.";
    LIMIT_KEYS_DROPPED = Counter "lead_limit_keys_dropped_total", Count, [], "Keys that a full limiter in memory forgot before all they had used was back.";
    RENDERED_PAGES = Counter "lead_browser_pages_total", Count, ["outcome"], "Pages given to a browser, by what became of them: ok or failed.";
    BROWSER_STARTS = Counter "lead_browser_starts_total", Count, [], "Browsers started.";
    BROWSER_ENDS = Counter "lead_browser_ends_total", Count, ["reason"], "Browsers ended: idle, worn (by pages, age or memory), hung, lost (it crashed or was killed), or closed with the program's leave.";
    CRAWL_PAGES = Counter "lead_crawl_pages_total", Count, ["outcome"], "Addresses of crawls that were asked, by what came of them.";
    CRAWL_PENDING = Gauge "lead_crawl_pending", Count, [], "Addresses of a crawl that wait.";
    MATCH_ROWS = Counter "lead_match_rows_total", Count, ["outcome"], "Companies looked for, by what came of them: found, or why there is no site.";
    COLLECT_LISTINGS = Counter "lead_collect_listings_total", Count, [], "Listings sources gave.";
    COLLECT_PAGES = Counter "lead_collect_pages_total", Count, [], "Pages of sites read.";
    COLLECT_LEADS = Counter "lead_collect_leads_total", Count, ["change"], "Leads a run changed: created, updated, merged.";
    COLLECT_SUPPRESSED = Counter "lead_collect_suppressed_total", Count, [], "Sightings dropped or stripped because someone must not be contacted.";
    COLLECT_FAILURES = Counter "lead_collect_failures_total", Count, ["kind"], "What was kept aside: failed, or blocked by robots.txt, the guard or the site.";
    COLLECT_COMMIT_SECONDS = Histogram "lead_collect_commit_duration_seconds", Seconds, [], "Time to link and commit a batch.";
    COLLECT_SITES_WAITING = Gauge "lead_collect_sites_waiting", Count, [], "Sites a run knows and has not visited.";
    JOBS = Counter "lead_jobs_total", Count, ["outcome"], "Tries of jobs, by what became of them: done, retried, dead, lost (the lease was), cancelled, or returned because the worker stopped.";
    JOB_SECONDS = Histogram "lead_job_duration_seconds", Seconds, [], "Time a handler took.";
    JOBS_RUNNING = Gauge "lead_jobs_running", Count, [], "Jobs that handlers of this process are doing.";
    STORE_READS = Counter "lead_store_reads_total", Count, ["by"], "Reads of a store that has a replica, by who answered: replica, or the primary because the replica was behind or away.";
    SERVICE_REFUSALS = Counter "lead_service_refusals_total", Count, ["part", "reason"], "Requests of services that were refused, by what refused them (signature, key, token, login, limit) and why.";
}

/// Names of spans, for filters of a subscriber.
pub mod span {
    /// One fetch with all its layers: `url` (without query), `purpose`; on its end `status`, `bytes`, `attempts`, `hops`, `cached`.
    pub const FETCH: &str = "fetch";
}

/// Registers every figure's unit and meaning with the installed recorder.
pub fn describe() {
    for metric in METRICS {
        match metric.kind {
            MetricKind::Counter => metrics::describe_counter!(metric.name, metric.unit, metric.meaning),
            MetricKind::Gauge => metrics::describe_gauge!(metric.name, metric.unit, metric.meaning),
            MetricKind::Histogram => metrics::describe_histogram!(metric.name, metric.unit, metric.meaning),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_conventions_of_prometheus() {
        let mut names: Vec<_> = METRICS.iter().map(|metric| metric.name).collect();
        for metric in METRICS {
            assert!(metric.name.starts_with("lead_"), "{}", metric.name);
            assert!(
                metric
                    .name
                    .bytes()
                    .all(|byte| byte == b'_' || byte.is_ascii_lowercase())
            );
            assert_eq!(
                metric.name.ends_with("_total"),
                metric.kind == MetricKind::Counter,
                "{}",
                metric.name
            );
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), METRICS.len(), "a name is used twice");
    }
}
