//! A page with what was read on it, in the folders that web-poet's tests have, so that a change of an adapter is held against it.
//!
//! ```text
//! <root>/<adapter>/test-1/inputs/HttpResponse-body.html
//!                         inputs/HttpResponse-info.json    url, status, headers
//!                         output.json                      the outcome
//!                         meta.json                        when, and by which version
//! ```
//!
//! Layout: <https://web-poet.readthedocs.io/en/stable/page-objects/testing.html>.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::difference::{Difference, differences};
use super::{Adapter, ParseRequest};
use crate::clock::Timestamp;
use crate::seam::Response;
use crate::{Error, ErrorKind, Result};

const BODY: &str = "inputs/HttpResponse-body.html";
const INFO: &str = "inputs/HttpResponse-info.json";

/// A recorded page and what was read on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixture(PathBuf);

/// What comes of a recorded page today.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FixtureVerdict {
    /// Whether it is what was recorded.
    pub same: bool,
    /// What was recorded.
    pub recorded: Value,
    /// What is read today.
    pub now: Value,
}

impl FixtureVerdict {
    /// The first places at which today's reading differs, `most` of them.
    pub fn differences(&self, most: usize) -> Vec<Difference> {
        differences(&self.recorded, &self.now, most)
    }
}

#[derive(Serialize, Deserialize)]
struct Info {
    url: String,
    status: u16,
    headers: Vec<(String, String)>,
    #[serde(rename = "_encoding")]
    encoding: Option<String>,
}

impl Fixture {
    /// Writes a page with what the adapter reads on it, as the next test below `root`. Headers that may hold secrets are left
    /// out; why a platform was asked whose terms restrict programs stands in `meta.json`.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] and its kin.
    pub fn record(
        root: &Path,
        adapter: &Adapter,
        response: &Response,
        accepted: Option<&str>,
        now: Timestamp,
    ) -> Result<Self> {
        let tests = root.join(adapter.id().as_str().replace(':', "_"));
        let number = (1..u32::MAX)
            .find(|number| !tests.join(format!("test-{number}")).exists())
            .unwrap_or(u32::MAX);
        let fixture = Self(tests.join(format!("test-{number}")));
        let info = Info {
            url: response.url.as_str().to_owned(),
            status: response.status.as_u16(),
            headers: headers(response),
            encoding: None,
        };
        let output = output(adapter, &response.body, &info.url);
        let meta = json!({"frozen_time": now.to_string(), "adapter": adapter.id(), "version": adapter.version(), "terms_accepted": accepted});
        fs::create_dir_all(fixture.0.join("inputs")).map_err(|cause| failed(&fixture.0, &cause))?;
        fixture.write(BODY, &response.body)?;
        fixture.write(INFO, &pretty(&serde_json::to_value(info).unwrap_or_default()))?;
        fixture.write("output.json", &pretty(&output))?;
        fixture.write("meta.json", &pretty(&meta))?;
        Ok(fixture)
    }

    /// All recorded pages at `root` and two levels below, in order.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] and its kin when a folder cannot be read.
    pub fn all(root: &Path) -> Result<Vec<Self>> {
        let mut level = vec![root.to_owned()];
        let mut all = Vec::new();
        for _ in 0..3 {
            let (tests, folders): (Vec<_>, Vec<_>) =
                level.into_iter().partition(|folder| folder.join(INFO).is_file());
            all.extend(tests.into_iter().map(Self));
            level = Vec::new();
            for folder in folders {
                level.extend(folders_in(&folder)?);
            }
        }
        all.sort_by(|one, other| one.0.cmp(&other.0));
        Ok(all)
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// Holds what the adapter reads today against what was recorded.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] and its kin when it cannot be read; [`ErrorKind::Decode`] when it is no such folder.
    pub fn check(&self, adapter: &Adapter) -> Result<FixtureVerdict> {
        let info: Info = self.json(INFO)?;
        let now = output(adapter, &self.read(BODY)?, &info.url);
        let recorded: Value = self.json("output.json")?;
        Ok(FixtureVerdict {
            same: now == recorded,
            recorded,
            now,
        })
    }

    /// The page's bytes and the address it came from.
    ///
    /// # Errors
    /// As [`Fixture::check`].
    pub fn page(&self) -> Result<(Vec<u8>, String)> {
        let info: Info = self.json(INFO)?;
        Ok((self.read(BODY)?, info.url))
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.0.join(name);
        fs::write(&path, bytes).map_err(|cause| failed(&path, &cause))
    }

    fn read(&self, name: &str) -> Result<Vec<u8>> {
        let path = self.0.join(name);
        fs::read(&path).map_err(|cause| failed(&path, &cause))
    }

    fn json<T: for<'de> Deserialize<'de>>(&self, name: &str) -> Result<T> {
        serde_json::from_slice(&self.read(name)?).map_err(|cause| {
            Error::new(ErrorKind::Decode, "fixture", "not a recorded page")
                .with("file", self.0.join(name).display())
                .because(cause)
        })
    }
}

/// What is read on a page, without what differs from one reading to the next.
fn output(adapter: &Adapter, body: &[u8], url: &str) -> Value {
    match adapter.parse(body, &ParseRequest::new().url(url)) {
        Ok(outcome) => serde_json::to_value(outcome).unwrap_or_default(),
        Err(error) => json!({"outcome": "error", "code": error.kind().code()}),
    }
}

/// The headers by which a page is read; cookies are somebody's.
fn headers(response: &Response) -> Vec<(String, String)> {
    const KEPT: [&str; 5] = [
        "content-type",
        "content-language",
        "date",
        "last-modified",
        "etag",
    ];
    let all = response.headers.iter();
    let kept = all.filter(|(name, _)| KEPT.contains(&name.as_str()));
    kept.filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
        .collect()
}

fn folders_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|cause| failed(folder, &cause))?;
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    Ok(paths.filter(|path| path.is_dir()).collect())
}

fn pretty(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

fn failed(path: &Path, cause: &std::io::Error) -> Error {
    Error::new(
        ErrorKind::of_io(cause),
        "fixture",
        "a recorded page cannot be read or written",
    )
    .with("path", path.display())
    .with("cause", cause)
}
