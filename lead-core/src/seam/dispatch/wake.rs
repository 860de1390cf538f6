//! Being told that there may be something to do.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use futures::channel::mpsc;
use futures::stream::BoxStream;
use futures::{Stream, StreamExt as _};
use siphasher::sip::SipHasher24;

use super::NewJob;
use crate::record::TenantId;
use crate::{Error, Result};

/// Tells when there may be jobs to take ([`Dispatch::listen`](super::Dispatch::listen)). What happened since it was made or asked last is
/// told at once, and once however much it was.
pub struct Wakes(Option<BoxStream<'static, ()>>);

impl Wakes {
    /// Of a queue that cannot tell: who waits for it waits for ever.
    pub const fn none() -> Self {
        Self(None)
    }

    /// Tells whenever the stream has something.
    pub fn new(stream: impl Stream<Item = ()> + Send + 'static) -> Self {
        Self(Some(stream.boxed()))
    }

    /// Waits until there may be something; for ever, when nothing will be told any more. Dropped, it has missed nothing.
    pub async fn next(&mut self) {
        if let Some(stream) = &mut self.0
            && stream.next().await.is_some()
        {
            return;
        }
        self.0 = None;
        std::future::pending::<()>().await;
    }
}

impl fmt::Debug for Wakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wakes")
    }
}

/// What is called out when a job can be taken: a tenant and a kind, or any of its kinds, as numbers that tell nothing of either.
///
/// ```
/// use lead_core::record::TenantId;
/// use lead_core::seam::Call;
/// let call = Call::new(&TenantId::default(), "export");
/// assert_eq!(call.to_string().parse::<Call>()?, call);
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Call {
    tenant: u64,
    kind: u64,
}

impl Call {
    /// So many kinds are called out at once; of more, all the tenant's.
    pub const MANY: usize = 8;
    /// Stands for any kind.
    const ANY: u64 = 0;

    /// There may be jobs of any kind.
    pub fn any(tenant: &TenantId) -> Self {
        Self {
            tenant: number(tenant.as_str()),
            kind: Self::ANY,
        }
    }

    /// There is a job of this kind.
    pub fn new(tenant: &TenantId, kind: &str) -> Self {
        Self::any(tenant).kind(kind)
    }

    /// For the same tenant: there is a job of this kind.
    pub fn kind(self, kind: &str) -> Self {
        Self {
            kind: number(kind).max(1),
            ..self
        }
    }

    /// What is to be called out when these jobs were pushed for the same tenant. The library's own ([`NewJob::OUTBOX`]) are not: who does
    /// those looks.
    pub fn jobs(self, jobs: &[NewJob]) -> Vec<Self> {
        let kinds = jobs.iter().map(|job| job.kind.as_str());
        let mut calls: Vec<Self> = Vec::new();
        for kind in kinds.filter(|kind| !kind.starts_with(NewJob::OUTBOX)) {
            let call = self.kind(kind);
            if !calls.contains(&call) {
                calls.push(call);
            }
            if calls.len() > Self::MANY {
                return vec![Self {
                    kind: Self::ANY,
                    ..self
                }];
            }
        }
        calls
    }
}

/// The same in every version and on every machine.
fn number(text: &str) -> u64 {
    SipHasher24::new().hash(text.as_bytes())
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}:{:016x}", self.tenant, self.kind)
    }
}

impl FromStr for Call {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let number = |text: &str| u64::from_str_radix(text, 16).ok();
        let read = text.split_once(':').and_then(|(tenant, kind)| {
            Some(Self {
                tenant: number(tenant)?,
                kind: number(kind)?,
            })
        });
        read.ok_or_else(|| Error::invalid("queue", "a call is two numbers with a colon between"))
    }
}

/// Who listens within this process. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Bell(Arc<Mutex<Vec<Listener>>>);

#[derive(Debug)]
struct Listener {
    /// Any of the tenant's kinds, when none is named.
    calls: Vec<Call>,
    tenant: u64,
    wake: mpsc::Sender<()>,
}

impl Listener {
    fn hears(&self, call: Call) -> bool {
        let kind = || self.calls.is_empty() || call.kind == Call::ANY || self.calls.contains(&call);
        self.tenant == call.tenant && kind()
    }
}

impl Bell {
    /// Tells of jobs of these kinds, or of any when there is none, as long as it is kept.
    pub fn listen(&self, tenant: &TenantId, kinds: &[String]) -> Wakes {
        // One place for one sender: what was not heard yet is told once.
        let (wake, heard) = mpsc::channel(0);
        let listener = Listener {
            calls: kinds.iter().map(|kind| Call::new(tenant, kind)).collect(),
            tenant: Call::any(tenant).tenant,
            wake,
        };
        self.on(|listeners| listeners.push(listener));
        Wakes::new(heard)
    }

    /// Wakes whom one of these calls concerns.
    pub fn ring(&self, calls: &[Call]) {
        self.wake(|listener| calls.iter().any(|call| listener.hears(*call)));
    }

    /// Wakes all.
    pub fn ring_all(&self) {
        self.wake(|_| true);
    }

    /// Whether nobody listens any more.
    pub fn is_idle(&self) -> bool {
        self.on(|listeners| {
            listeners.retain(|listener| !listener.wake.is_closed());
            listeners.is_empty()
        })
    }

    fn wake(&self, concerns: impl Fn(&Listener) -> bool) {
        self.on(|listeners| {
            listeners.retain_mut(|listener| {
                if concerns(listener) {
                    // Where there is no place he was woken and has not heard it yet.
                    let _ = listener.wake.try_send(());
                }
                !listener.wake.is_closed()
            });
        });
    }

    fn on<T>(&self, act: impl FnOnce(&mut Vec<Listener>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;
    use serde_json::json;

    use super::*;

    fn heard(wakes: &mut Wakes) -> bool {
        wakes.next().now_or_never().is_some()
    }

    #[test]
    fn who_listens_hears_what_concerns_him_once() {
        let (bell, main) = (Bell::default(), TenantId::default());
        let other = TenantId::new("other").unwrap();
        let mut exports = bell.listen(&main, &["export".to_owned(), "crawl".to_owned()]);
        let mut all = bell.listen(&main, &[]);
        let mut theirs = bell.listen(&other, &["export".to_owned()]);
        let export = Call::new(&main, "export");
        bell.ring(&[export]);
        bell.ring(&[export]);
        assert!(heard(&mut exports) && heard(&mut all) && !heard(&mut theirs));
        assert!(!heard(&mut exports) && !heard(&mut all), "it was heard");
        bell.ring(&[Call::new(&main, "geocode")]);
        assert!(!heard(&mut exports) && heard(&mut all));
        bell.ring(&[Call::any(&main)]);
        assert!(heard(&mut exports) && heard(&mut all) && !heard(&mut theirs));
        bell.ring_all();
        assert!(heard(&mut theirs));
        drop((exports, theirs));
        assert!(!bell.is_idle());
        drop(all);
        assert!(bell.is_idle());
        bell.ring_all();
    }

    #[test]
    fn a_call_names_kinds_until_they_are_many() {
        let main = TenantId::default();
        let job = |kind: String| NewJob::new(kind, "a", json!({}));
        let jobs = |count: usize| {
            (0..count)
                .map(|number| job(format!("kind {}", number / 2)))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            Call::any(&main).jobs(&jobs(4)),
            [Call::new(&main, "kind 0"), Call::new(&main, "kind 1")]
        );
        assert_eq!(Call::any(&main).jobs(&jobs(40)), [Call::any(&main)]);
        assert!(
            Call::any(&main)
                .jobs(&[job(format!("{}mirror", NewJob::OUTBOX))])
                .is_empty()
        );
        // What one version calls out another understands.
        assert_eq!(
            Call::new(&main, "export").to_string(),
            "c24aa1c02ca3c801:854cd37f2dbfaccc"
        );
        for text in ["", "1", "1:", ":1", "x:1", "1:1:1", "10000000000000000:1"] {
            assert!(text.parse::<Call>().is_err(), "{text}");
        }
    }
}
