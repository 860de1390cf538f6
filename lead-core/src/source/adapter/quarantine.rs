//! Pages that nobody knows are kept, so that whoever mends the adapter has them.

use std::fs;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use serde::Serialize;
use sha1::{Digest, Sha1};

use crate::record::SourceId;
use crate::seam::Response;
use crate::{Error, ErrorKind, Result};

/// So many pages of a folder are kept; a platform that has changed gives the same page again and again.
const MOST: usize = 200;

/// A folder for pages that no rule of an adapter knows.
///
/// A page is `<source>-<hash>.html` (`.json` for JSON) with its `<source>-<hash>.info.json`: the address, the status, when. The same page is
/// kept once, and at most 200 of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantine(PathBuf);

#[derive(Serialize)]
struct Info<'a> {
    source: &'a SourceId,
    version: u32,
    url: &'a str,
    status: u16,
    content_type: Option<&'a str>,
    fetched_at: String,
    reason: String,
}

impl Quarantine {
    /// This folder; it is made when the first page comes.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// Keeps a page; says where, or `None` when the folder is full.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] and its kin when it cannot be written.
    pub(super) fn keep(
        &self,
        source: &SourceId,
        version: u32,
        response: &Response,
        why: &Error,
    ) -> Result<Option<PathBuf>> {
        fs::create_dir_all(&self.0).map_err(|cause| self.failed(&cause))?;
        let hash = Sha1::digest(&response.body);
        let name = HEXLOWER.encode(hash.get(..8).unwrap_or_default());
        let json = matches!(response.body.trim_ascii_start().first(), Some(b'{' | b'['));
        let ending = if json { "json" } else { "html" };
        let stem = format!("{}-{name}", source.as_str().replace(':', "_"));
        let path = self.0.join(format!("{stem}.{ending}"));
        if path.exists() {
            return Ok(Some(path));
        }
        let kept = fs::read_dir(&self.0)
            .map_err(|cause| self.failed(&cause))?
            .count();
        if kept >= MOST * 2 {
            return Ok(None);
        }
        let info = Info {
            source,
            version,
            url: response.url.as_str(),
            status: response.status.as_u16(),
            content_type: response.content_type(),
            fetched_at: response.fetched_at.to_string(),
            reason: why.message().to_owned(),
        };
        let info = serde_json::to_vec_pretty(&info).unwrap_or_default();
        fs::write(self.0.join(format!("{stem}.info.json")), info).map_err(|cause| self.failed(&cause))?;
        fs::write(&path, &response.body).map_err(|cause| self.failed(&cause))?;
        Ok(Some(path))
    }

    fn failed(&self, cause: &std::io::Error) -> Error {
        Error::new(
            ErrorKind::of_io(cause),
            "quarantine",
            "a page that nobody knows could not be kept",
        )
        .with("folder", self.0.display())
        .with("cause", cause)
    }
}
