//! Sinks and rules, whose leads they are for, and what is asked of them.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::time::Duration;

use lead_core::clock::Clock;
use lead_core::fetch::FetchConfig;
use lead_core::seam::{DeadJob, Fetcher, JobId, Queue};
use lead_core::{Error, Result};
use lead_storage::sink::{Change, DeadLetters, Report, Settings, Sinks as Inner, fetcher};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::given::{self, all, all_or};
use crate::net::seconds_of;
use crate::place::{Opened, Place};

/// Dead letters, unless told.
const FEW: usize = 50;
/// Between two rounds, unless told.
const EVERY: Duration = Duration::from_secs(30);

/// What is handed on, as it is given.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Given {
    settings: Value,
    store: Option<String>,
    tenant: Option<String>,
    queue: Option<String>,
    allow_net: Vec<String>,
    resolve: Vec<String>,
    secrets: BTreeMap<String, String>,
    /// Of dead letters.
    after: u64,
    limit: Option<usize>,
    jobs: Option<Vec<u64>>,
    /// Of rounds.
    every: Option<f64>,
}

/// Sinks and rules of a store.
#[derive(Clone)]
pub struct Sinks {
    settings: Settings,
    place: Place,
    queue: Option<String>,
    net: FetchConfig,
    secrets: BTreeMap<String, String>,
    after: JobId,
    limit: usize,
    jobs: Option<Vec<u64>>,
    pub(super) every: Duration,
}

impl fmt::Debug for Sinks {
    /// Without secrets and URIs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sinks")
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

/// A rule, and how many leads it is for.
#[derive(Clone, Debug, Serialize)]
pub struct RuleState {
    /// Its name.
    pub rule: String,
    /// The sink's name.
    pub sink: String,
    /// What the sink is: `webhook`, `hubspot` …
    pub kind: Option<&'static str>,
    /// For which changes: `created`, `changed`.
    pub on: Vec<&'static str>,
    /// Which leads, as it was written.
    pub filter: String,
    /// How many leads pass now.
    pub leads: u64,
}

impl Sinks {
    /// Reads options. `settings` is the path of a file of sinks, its text, or what stands in it; `secrets` are values of `env:NAME`, which
    /// the environment is asked for otherwise; the rest are the flags of `lead sinks`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for a value that means nothing, and without a store; as
    /// [`Settings::read`].
    pub fn read(json: &str) -> Result<Self> {
        let given: Given = given::read("sinks", json)?;
        let mut net = FetchConfig::default();
        for network in all_or(
            &given.allow_net,
            "allow_net",
            "a network, such as 127.0.0.0/8 or ::1/128,",
        )? {
            net.guard = net.guard.allow(network);
        }
        net.resolve = all(&given.resolve)?;
        Ok(Self {
            settings: settings(given.settings)?,
            place: Place::read("sinks", given.store, given.tenant.as_deref())?,
            queue: given.queue,
            net,
            secrets: given.secrets,
            after: JobId(given.after),
            limit: given.limit.unwrap_or(FEW),
            jobs: given.jobs,
            every: given
                .every
                .map_or(Ok(EVERY), |seconds| seconds_of("every", seconds))?,
        })
    }

    /// One pass, and what is due then.
    ///
    /// # Errors
    /// Those of the store, of [`Inner::with`] and of [`Inner::once`]; what a sink says is never one.
    pub async fn once(self) -> Result<Report> {
        let opened = self.place.open().await?;
        let done = match self.at(&opened).await {
            Ok(sinks) => sinks.once().await,
            Err(error) => Err(error),
        };
        opened.close().await;
        done
    }

    /// The rules, and how many leads each is for. Every sink is built, secrets included, and nothing is sent.
    ///
    /// # Errors
    /// As [`Sinks::once`].
    pub async fn check(self) -> Result<Vec<RuleState>> {
        let opened = self.place.open().await?;
        let done = match self.at(&opened).await {
            Ok(_) => self.rules(&opened).await,
            Err(error) => Err(error),
        };
        opened.close().await;
        done
    }

    /// What was given up, the oldest first. No secret is needed.
    ///
    /// # Errors
    /// Those of the queue.
    pub async fn dead(self) -> Result<Vec<DeadJob>> {
        let opened = self.place.open().await?;
        let done = match self.letters(&opened).await {
            Ok(letters) => letters.list(self.after, self.limit).await,
            Err(error) => Err(error),
        };
        opened.close().await;
        done
    }

    /// Has what was given up tried again: these jobs, or all; how many.
    ///
    /// # Errors
    /// Those of the queue.
    pub async fn retry(self) -> Result<usize> {
        let opened = self.place.open().await?;
        let done = match (self.letters(&opened).await, &self.jobs) {
            (Ok(letters), Some(jobs)) => letters.retry(jobs.iter().copied().map(JobId).collect()).await,
            (Ok(letters), None) => letters.retry_all().await,
            (Err(error), _) => Err(error),
        };
        opened.close().await;
        done
    }

    pub(super) async fn open(&self) -> Result<(Opened, Inner)> {
        let opened = self.place.open().await?;
        match self.at(&opened).await {
            Ok(sinks) => Ok((opened, sinks)),
            Err(error) => {
                opened.close().await;
                Err(error)
            }
        }
    }

    /// The sinks, with the leads, jobs and notes of this store.
    async fn at(&self, opened: &Opened) -> Result<Inner> {
        let parts = opened.parts.clone();
        let queue = self.queue_of(opened).await?;
        let sinks = Inner::new(parts.store, queue, parts.state).with_clock(Clock::system());
        sinks.with(&self.settings, &self.fetcher()?, |name| self.secret(name))
    }

    async fn letters(&self, opened: &Opened) -> Result<DeadLetters> {
        Ok(DeadLetters::of(self.queue_of(opened).await?, &self.settings))
    }

    async fn queue_of(&self, opened: &Opened) -> Result<Queue> {
        match &self.queue {
            Some(uri) => {
                let queue = lead_storage::open_queue(uri).await?;
                Ok(queue.tenant(opened.store().tenant_id().clone()))
            }
            None => Ok(opened.parts.queue.clone()),
        }
    }

    async fn rules(&self, opened: &Opened) -> Result<Vec<RuleState>> {
        let mut rules = Vec::new();
        for rule in self.settings.rules() {
            let mut sinks = self.settings.sinks().iter();
            let sink = sinks.find(|sink| sink.name() == rule.sink());
            let on = [Change::Created, Change::Changed].into_iter();
            rules.push(RuleState {
                rule: rule.name().to_owned(),
                sink: rule.sink().to_owned(),
                kind: sink.map(|sink| sink.kind().name()),
                on: on
                    .filter(|change| rule.is_on(*change))
                    .map(Change::name)
                    .collect(),
                filter: rule.said().to_owned(),
                leads: opened.store().count(rule.filter().clone()).await?,
            });
        }
        Ok(rules)
    }

    fn fetcher(&self) -> Result<Fetcher> {
        fetcher(&self.net)
    }

    /// The value of `env:NAME`.
    #[expect(
        clippy::disallowed_methods,
        reason = "settings of sinks name variables of the environment that hold their secrets: they are read here alone"
    )]
    fn secret(&self, name: &str) -> Option<String> {
        let given = self.secrets.get(name).cloned();
        given.or_else(|| std::env::var(name).ok())
    }
}

fn settings(given: Value) -> Result<Settings> {
    match given {
        Value::String(text) if text.contains("[[") || text.contains('\n') => text.parse(),
        Value::String(path) => Settings::read(Path::new(&path)),
        Value::Null => {
            let says = "sinks and rules are wanted: a file, its text, or what stands in it";
            Err(Error::invalid("sinks", says).with("option", "settings"))
        }
        other => Settings::from_json(other),
    }
}

#[cfg(test)]
mod tests {
    use lead_core::ErrorKind;

    use super::*;

    #[test]
    fn settings_are_a_text_or_what_stands_in_it() {
        let read =
            |settings: &str| Sinks::read(&format!(r#"{{"store": "memory://", "settings": {settings}}}"#));
        assert!(read(r#"{"sink": [{"name": "a", "kind": "webhook", "url": "https://a.example/"}]}"#).is_ok());
        assert!(read(r#""[[sink]]\nname='a'\nkind='webhook'\nurl='https://a.example/'""#).is_ok());
        assert_eq!(read(r#""missing.toml""#).unwrap_err().kind(), ErrorKind::NotFound);
        assert_eq!(read("null").unwrap_err().kind(), ErrorKind::InvalidInput);
        assert_eq!(read("[]").unwrap_err().kind(), ErrorKind::Config);
    }

    #[test]
    fn what_is_shown_of_sinks_holds_no_secret() {
        let json = r#"{"store": "sqlite://hunter2.db", "settings": {}, "secrets": {"A": "hunter2"}}"#;
        assert!(!format!("{:?}", Sinks::read(json).unwrap()).contains("hunter2"));
    }

    #[tokio::test]
    async fn a_secret_is_wanted_before_anything_is_sent() {
        let json = r#"{"store": "memory://", "settings": {"sink": [{"name": "a", "kind": "webhook",
            "url": "https://a.example/", "secrets": ["env:NO_SUCH_VARIABLE_HERE"]}]}}"#;
        let error = Sinks::read(json).unwrap().once().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(Sinks::read(json).unwrap().dead().await.unwrap().is_empty());
    }
}
