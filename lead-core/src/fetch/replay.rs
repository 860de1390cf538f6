//! Answering from a recording.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::exchange::{Exchange, Key};
use crate::clock::Timestamp;
use crate::seam::{Fetch, Purpose, Request, Response};
use crate::{Error, ErrorKind, Result};

/// A transport that answers from what a [`RecorderLayer`](super::RecorderLayer) wrote, without a network.
///
/// Requests are the same when method, URL and body are. One that was made several times is answered in the order recorded,
/// then with the last again. A robots.txt that was not recorded is absent; anything else is
/// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound).
#[derive(Default)]
pub struct Replay {
    exchanges: HashMap<Key, Recorded>,
}

#[derive(Default)]
struct Recorded {
    in_order: Vec<Exchange>,
    next: AtomicUsize,
}

impl Replay {
    /// Reads a file, or every `.jsonl` file of a folder in the order of their names.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when it cannot be read, [`ErrorKind::Corrupt`] as [`Replay::parse`].
    pub fn open(path: &Path) -> Result<Self> {
        let mut replay = Self::default();
        let mut files = vec![path.to_owned()];
        if path.is_dir() {
            let entries = std::fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
            files = entries
                .map_err(failed)?
                .into_iter()
                .map(|entry| entry.path())
                .collect();
            files.retain(|file| file.extension().is_some_and(|extension| extension == "jsonl"));
            files.sort();
        }
        for file in files {
            replay.add(&std::fs::read_to_string(file).map_err(failed)?)?;
        }
        Ok(replay)
    }

    /// Reads the text of a recording.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] with the number of the line that is no exchange.
    pub fn parse(text: &str) -> Result<Self> {
        let mut replay = Self::default();
        replay.add(text)?;
        Ok(replay)
    }

    fn add(&mut self, text: &str) -> Result<()> {
        for (index, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
        {
            let exchange: Exchange = serde_json::from_str(line).map_err(|cause| {
                Error::new(ErrorKind::Corrupt, "replay", "not an exchange")
                    .with("line", index + 1)
                    .because(cause)
            })?;
            self.exchanges
                .entry(exchange.key())
                .or_default()
                .in_order
                .push(exchange);
        }
        Ok(())
    }
}

fn failed(cause: std::io::Error) -> Error {
    Error::new(ErrorKind::Io, "replay", "the recording cannot be read").because(cause)
}

impl Fetch for Replay {
    async fn fetch(&self, request: Request) -> Result<Response> {
        let recorded = self.exchanges.get(&Key::of(&request));
        let exchange = recorded.and_then(|recorded| {
            let next = recorded
                .next
                .fetch_add(1, Ordering::Relaxed)
                .min(recorded.in_order.len() - 1);
            recorded.in_order.get(next)
        });
        match exchange {
            Some(exchange) => exchange.result(request.url),
            None => absent(request, "replay", "this was not recorded"),
        }
    }
}

/// What is answered when there is no answer: a robots.txt that is not there allows everything (RFC 9309 §2.3.1.3).
pub(super) fn absent(request: Request, operation: &'static str, message: &'static str) -> Result<Response> {
    if request.purpose != Purpose::Robots {
        return Err(Error::new(ErrorKind::NotFound, operation, message).with("host", request.url.host()));
    }
    let (status, at) = (StatusCode::NOT_FOUND, Timestamp::UNIX_EPOCH);
    Ok(Response::new(
        request.url,
        status,
        HeaderMap::new(),
        Bytes::new(),
        at,
    ))
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replay")
            .field("requests", &self.exchanges.len())
            .finish_non_exhaustive()
    }
}
