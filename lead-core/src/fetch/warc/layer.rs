//! Writing an archive of what is fetched.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::pages::Pages;
use super::writer::{Compression, Writer, failed};
use crate::clock::Clock;
use crate::seam::{Fetch, Fetcher, Layer, Request, Response};
use crate::{Error, ErrorKind, Result};

/// Writes every answer of a transport to a WARC file; failures, which have no answer, are left out. Put it right around the
/// transport, so that every hop is written.
#[derive(Clone, Debug)]
pub struct WarcLayer {
    writer: Arc<Mutex<Writer<BufWriter<File>>>>,
}

impl WarcLayer {
    /// Appends to the file at `path`, which is made when there is none; compressed when its name ends with `.gz`. What a
    /// program that was killed left of its last record is damage that [`Reader`](super::Reader) passes over.
    ///
    /// # Errors
    /// [`ErrorKind::Io`], [`ErrorKind::StorageFull`]; [`ErrorKind::Conflict`] when the file is there and is no archive.
    pub fn append(path: &Path, user_agent: &str, clock: &Clock) -> Result<Self> {
        let failed = |cause| failed(cause).with("file", path.display());
        let file = File::options()
            .create(true)
            .append(true)
            .open(path)
            .map_err(failed)?;
        if file.metadata().map_err(failed)?.len() > 0 && !Pages::is_archive(path) {
            let error = Error::new(
                ErrorKind::Conflict,
                "warc",
                "the file is there already and is no archive",
            );
            return Err(error.with("file", path.display()));
        }
        let compression = if path
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("gz"))
        {
            Compression::Gzip
        } else {
            Compression::None
        };
        let mut writer = Writer::new(BufWriter::new(file), compression);
        let software = concat!("lead/", env!("CARGO_PKG_VERSION"));
        let about = [
            ("software", software),
            ("format", "WARC File Format 1.1"),
            ("http-header-user-agent", user_agent),
        ];
        writer.info(clock.now(), &about)?;
        writer.flush()?;
        Ok(Self {
            writer: Arc::new(Mutex::new(writer)),
        })
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
    /// Fails when the answer cannot be written: an archive with holes is worse than none.
    async fn fetch(&self, request: Request) -> Result<Response> {
        let asked = request.clone();
        let response = self.inner.fetch(request).await?;
        let mut writer = self.layer.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.exchange(&asked, &response)?;
        writer.flush()?;
        Ok(response)
    }
}
