//! Writing an archive of what is fetched.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::pages::{SIGN, first_bytes, is_warc};
use super::reader::Reader;
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
    /// Appends to the file at `path`, compressed as it is; one that is not there is made, compressed when its name ends with
    /// `.gz`. Behind what a program that was killed left of a compressed record a reader finds the next one.
    ///
    /// # Errors
    /// [`ErrorKind::Io`], [`ErrorKind::StorageFull`]; [`ErrorKind::Conflict`] when the file is there and is no WARC, or a plain
    /// one that ends within a record.
    pub fn append(path: &Path, user_agent: &str, clock: &Clock) -> Result<Self> {
        let failed = |cause| failed(cause).with("file", path.display());
        let file = File::options()
            .create(true)
            .append(true)
            .open(path)
            .map_err(failed)?;
        let first = first_bytes(path).map_err(failed)?;
        let named = || {
            path.extension()
                .is_some_and(|ending| ending.eq_ignore_ascii_case("gz"))
        };
        let compression = match first.first() {
            None if named() => Compression::Gzip,
            None => Compression::None,
            Some(_) if !is_warc(&first) => {
                let message = "the file is there already and is no web archive";
                return Err(Error::new(ErrorKind::Conflict, "warc", message).with("file", path.display()));
            }
            Some(_) if first.starts_with(&SIGN) => {
                refuse_torn(path)?;
                Compression::None
            }
            Some(_) => Compression::Gzip,
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

/// Refuses a plain archive that ends in the middle of a record, whose length would swallow what is written behind it.
fn refuse_torn(path: &Path) -> Result<()> {
    let file = File::open(path).map_err(failed)?;
    match Reader::new(BufReader::new(file)).torn_end() {
        None => Ok(()),
        Some(offset) => {
            let message = "the archive ends within a record: cut it off there, or write another file";
            Err(Error::new(ErrorKind::Conflict, "warc", message)
                .with("offset", offset)
                .with("file", path.display()))
        }
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
