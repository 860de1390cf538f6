//! Recording what is fetched.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::exchange::{Exchange, Key};
use crate::clock::Clock;
use crate::seam::{Fetch, Fetcher, Layer, Request, Response};
use crate::{Error, ErrorKind, Result};

/// Writes each exchange to a file that [`Replay`](super::Replay) answers from. Put it right around the transport, so that
/// every attempt and hop is recorded and a replay runs through the same layers.
///
/// Request headers, cookies and challenges are left out, and so are the values of parameters that commonly hold secrets
/// (`key`, `token`, …). Bodies are recorded whole: such a file holds whatever the pages hold.
#[derive(Clone, Debug)]
pub struct RecorderLayer {
    file: Arc<Mutex<BufWriter<File>>>,
    clock: Clock,
}

impl RecorderLayer {
    /// Appends to the file at `path`, which is made when there is none.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when it cannot be opened.
    pub fn append(path: &Path) -> Result<Self> {
        let file = File::options()
            .create(true)
            .append(true)
            .open(path)
            .map_err(failed)?;
        Ok(Self {
            file: Arc::new(Mutex::new(BufWriter::new(file))),
            clock: Clock::system(),
        })
    }

    /// Notes times by `clock`.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    fn write(&self, exchange: &Exchange) -> Result<()> {
        let mut line = serde_json::to_vec(exchange).map_err(|cause| {
            Error::new(ErrorKind::Internal, "record", "an exchange cannot be written").because(cause)
        })?;
        line.push(b'\n');
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(&line).and_then(|()| file.flush()).map_err(failed)
    }
}

fn failed(cause: std::io::Error) -> Error {
    Error::new(
        ErrorKind::of_io(&cause),
        "record",
        "the recording cannot be written",
    )
    .because(cause)
}

impl Layer for RecorderLayer {
    fn fetcher(&self, inner: Fetcher) -> Fetcher {
        Fetcher::new(Recording {
            layer: self.clone(),
            inner,
        })
    }
}

#[derive(Debug)]
struct Recording {
    layer: RecorderLayer,
    inner: Fetcher,
}

impl Fetch for Recording {
    /// Fails when the exchange cannot be recorded: a recording with holes is worse than none.
    async fn fetch(&self, request: Request) -> Result<Response> {
        let key = Key::of(&request);
        let result = self.inner.fetch(request).await;
        self.layer
            .write(&Exchange::new(key, self.layer.clock.now(), &result))?;
        result
    }
}
