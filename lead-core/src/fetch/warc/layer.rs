//! Writing what is fetched into an archive.

use std::collections::HashMap;
use std::fmt;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use super::write::{Draft, Earlier, digest, is_worth_a_revisit};
use crate::clock::Clock;
use crate::seam::{Fetch, Fetcher, Layer, Request, Response};
use crate::{Error, ErrorKind, Result};

/// Bodies remembered to tell revisits by.
const REMEMBERED: usize = 1_000_000;

/// Writes each exchange into an archive: WARC 1.1, a gzip member a record. Put it right around the transport, so that every
/// attempt and hop is written. Request headers that carry a login are left out.
#[derive(Clone)]
pub struct WarcLayer {
    archive: Arc<Mutex<Archive>>,
    clock: Clock,
}

struct Archive {
    out: Box<dyn Write + Send>,
    seen: HashMap<String, Earlier>,
}

impl WarcLayer {
    /// Begins an archive; `software` says who writes it (`lead/0.1`).
    ///
    /// # Errors
    /// [`ErrorKind::Io`] or [`ErrorKind::StorageFull`] when nothing can be written.
    pub fn begin(out: impl Write + Send + 'static, software: &str, clock: Clock) -> Result<Self> {
        let mut archive = Archive {
            out: Box::new(out),
            seen: HashMap::new(),
        };
        archive.write(&Draft::info(software, clock.now()).packed().map_err(failed)?)?;
        Ok(Self {
            archive: Arc::new(Mutex::new(archive)),
            clock,
        })
    }

    fn write(&self, mut request: Request, response: &Response, millis: u128) -> Result<()> {
        for name in [
            http::header::AUTHORIZATION,
            http::header::COOKIE,
            http::header::PROXY_AUTHORIZATION,
        ] {
            request.headers.remove(name);
        }
        let key = is_worth_a_revisit(&response.body).then(|| digest(&response.body));
        let earlier = key.as_ref().and_then(|key| self.archive().seen.get(key).cloned());
        let answer = match &earlier {
            Some(earlier) => Draft::revisit(response, earlier),
            None => Draft::response(response),
        };
        let request = Draft::request(&request, &answer, self.clock.now());
        let metadata = Draft::metadata(response, &answer, millis);
        let mut packed = Vec::new();
        // Packed before the archive is locked: that is where the time goes.
        for record in [&answer, &request, &metadata] {
            packed.extend(record.packed().map_err(failed)?);
        }
        let mut archive = self.archive();
        archive.write(&packed)?;
        if let (Some(key), None) = (key, earlier)
            && archive.seen.len() < REMEMBERED
        {
            let earlier = Earlier {
                id: answer.id(),
                url: response.url.to_string(),
                at: response.fetched_at,
            };
            archive.seen.insert(key, earlier);
        }
        Ok(())
    }

    fn archive(&self) -> std::sync::MutexGuard<'_, Archive> {
        self.archive.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Archive {
    fn write(&mut self, packed: &[u8]) -> Result<()> {
        self.out
            .write_all(packed)
            .and_then(|()| self.out.flush())
            .map_err(failed)
    }
}

fn failed(cause: std::io::Error) -> Error {
    let kind = match cause.kind() {
        std::io::ErrorKind::StorageFull => ErrorKind::StorageFull,
        _ => ErrorKind::Io,
    };
    Error::new(kind, "warc", "the archive cannot be written").because(cause)
}

impl fmt::Debug for WarcLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WarcLayer")
    }
}

impl Layer for WarcLayer {
    fn fetcher(&self, inner: Fetcher) -> Fetcher {
        Fetcher::new(Archiving {
            layer: self.clone(),
            inner,
        })
    }
}

#[derive(Debug)]
struct Archiving {
    layer: WarcLayer,
    inner: Fetcher,
}

impl Fetch for Archiving {
    /// Fails when the exchange cannot be written: an archive with holes is worse than none.
    async fn fetch(&self, request: Request) -> Result<Response> {
        let started = Instant::now();
        let response = self.inner.fetch(request.clone()).await?;
        let millis = started.elapsed().as_millis();
        let (layer, answer) = (self.layer.clone(), response.clone());
        let written = tokio::task::spawn_blocking(move || layer.write(request, &answer, millis)).await;
        written
            .map_err(|death| Error::new(ErrorKind::Internal, "warc", "writing stopped").because(death))??;
        Ok(response)
    }
}
