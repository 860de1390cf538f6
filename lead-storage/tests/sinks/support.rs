//! A server that sees everything and answers as it is told, stores with leads, and sinks that count.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http_body_util::{BodyExt, Full};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use lead_core::clock::Clock;
use lead_core::fetch::FetchConfig;
use lead_core::record::{LeadId, TenantId};
use lead_core::seam::conformance::sample::{findings, record, sighting};
use lead_core::seam::{Fetcher, Queue, State, Store, WriteBatch};
use lead_storage::sink::{Deliver, Event, Outcome, Settings, Sinks, fetcher};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Seen {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: String,
    wait: Duration,
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "bodies are written where they are handed over"
)]
pub(crate) fn reply(status: u16, body: impl ToString) -> Reply {
    Reply {
        status,
        headers: Vec::new(),
        body: body.to_string(),
        wait: Duration::ZERO,
    }
}

impl Reply {
    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) fn after(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }
}

pub(crate) struct Server {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: JoinHandle<()>,
}

impl Server {
    /// What came so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A server on loopback.
pub(crate) async fn serve(answer: impl FnMut(&Seen) -> Reply + Send + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
    let (log, answer) = (Arc::clone(&seen), Arc::new(Mutex::new(answer)));
    let task = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
            let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                async move {
                    let (parts, body) = request.into_parts();
                    let seen = Seen {
                        method: parts.method.to_string(),
                        path: parts.uri.to_string(),
                        headers: parts.headers,
                        body: body.collect().await.unwrap().to_bytes(),
                    };
                    log.lock().unwrap().push(seen.clone());
                    let reply = (*answer.lock().unwrap())(&seen);
                    tokio::time::sleep(reply.wait).await;
                    let mut response = hyper::Response::builder().status(reply.status);
                    for (name, value) in reply.headers {
                        response = response.header(name, value);
                    }
                    response.body(Full::new(Bytes::from(reply.body)))
                }
            });
            tokio::spawn(
                hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service),
            );
        }
    });
    Server { url, seen, task }
}

/// A fetcher that reaches loopback, and waits half a second for an answer.
pub(crate) fn local() -> Fetcher {
    let mut config = FetchConfig::default();
    config.guard = config.guard.allow("127.0.0.0/8".parse().unwrap());
    config.timeout = Duration::from_millis(500);
    fetcher(&config).unwrap()
}

/// Where leads, jobs and notes are.
pub(crate) type Parts = (Store, Queue, State);

pub(crate) async fn in_memory() -> Parts {
    let parts = lead_storage::open_parts("sqlite://:memory:").await.unwrap();
    (parts.store, parts.queue, parts.state)
}

/// A business with a number, a mailbox and a town, seen now.
pub(crate) async fn put(store: &Store, key: &str, name: &str, phone: &str) -> LeadId {
    let email = format!("info@{key}.test");
    let found = findings(name, Some(phone), Some(&email), Some("Lyon"));
    let seen = sighting(key, Clock::system().now(), found);
    store.commit(WriteBatch::of(vec![seen])).await.unwrap();
    record(key).into()
}

/// Three businesses.
pub(crate) async fn put_three(store: &Store) -> [LeadId; 3] {
    [
        put(store, "a", "Bakery A", "+33478000001").await,
        put(store, "b", "Bakery B", "+33478000002").await,
        put(store, "c", "Bakery C", "+33478000003").await,
    ]
}

/// Sinks of these settings, with a rule `all` for the sink `s`. Names of secrets are known as `secret of NAME`.
pub(crate) fn sinks_of(parts: &Parts, sink: &str) -> Sinks {
    let (store, queue, state) = parts.clone();
    let text = format!("[[sink]]\nname = 's'\n{sink}\n[[rule]]\nname = 'all'\nsink = 's'\n");
    let settings: Settings = text.parse().unwrap();
    let secret = |name: &str| Some(format!("secret-of-{name}"));
    Sinks::new(store, queue, state)
        .with(&settings, &local(), secret)
        .unwrap()
}

/// The reasons of what is dead, in order.
pub(crate) async fn reasons(sinks: &Sinks) -> Vec<String> {
    let dead = sinks
        .dead_letters()
        .list(lead_core::seam::JobId(0), 100)
        .await
        .unwrap();
    dead.into_iter().map(|dead| dead.reason).collect()
}

/// How three leads end at a side that always answers so: how many are tried again and how many are dead, why, and how often it was asked.
pub(crate) async fn ends(settings: fn(&str) -> String, answer: Reply) -> ((u64, u64), Vec<String>, usize) {
    let parts = in_memory().await;
    put_three(&parts.0).await;
    let server = serve(move |_| answer.clone()).await;
    let sinks = sinks_of(&parts, &settings(&server.url));
    let report = sinks.once().await.unwrap();
    (
        (report.again, report.dead),
        reasons(&sinks).await,
        server.seen().len(),
    )
}

/// A sink that keeps what it is given, and answers as it is told.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    pub(crate) events: Arc<Mutex<Vec<(String, Event)>>>,
    pub(crate) says: Arc<Mutex<Option<Outcome>>>,
    /// It never answers, though it took what it was given.
    pub(crate) hangs: Arc<Mutex<bool>>,
}

impl Kept {
    /// The names of the leads that came, with what happened to them.
    pub(crate) fn told(&self) -> Vec<String> {
        let events = self.events.lock().unwrap();
        let told = events.iter().map(|(_, event)| {
            let name = event.lead.name.clone().unwrap();
            format!("{} {name}", event.change.name())
        });
        let mut told: Vec<String> = told.collect();
        told.sort();
        told
    }

    pub(crate) fn ids(&self) -> Vec<String> {
        self.events
            .lock()
            .unwrap()
            .iter()
            .map(|(id, _)| id.clone())
            .collect()
    }
}

impl Deliver for Kept {
    fn most(&self) -> usize {
        2
    }

    async fn deliver(&self, events: &[Event]) -> lead_core::Result<Vec<Outcome>> {
        let came = events.iter().map(|event| (event.id.clone(), event.clone()));
        self.events.lock().unwrap().extend(came);
        let hangs = *self.hangs.lock().unwrap();
        if hangs {
            std::future::pending::<()>().await;
        }
        let says = self.says.lock().unwrap().clone();
        Ok(vec![says.unwrap_or(Outcome::Delivered); events.len()])
    }
}

pub(crate) fn other_tenant() -> TenantId {
    TenantId::new("other").unwrap()
}
