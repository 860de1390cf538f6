//! Answering from archives.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::pages::{Part, parts};
use super::reader::Reader;
use super::record::RecordKind;
use crate::fetch::replay::absent;
use crate::record::SafeUrl;
use crate::seam::{Fetch, Request, Response};
use crate::{Error, ErrorKind, Result};

/// A transport that answers from web archives, without a network: the latest record of an address, whatever its status.
///
/// Fragments do not count. A robots.txt that is not there is absent; anything else that is not there is
/// [`ErrorKind::NotFound`].
#[derive(Clone, Default)]
pub struct Archive {
    parts: Arc<Vec<Part>>,
    places: Arc<HashMap<String, Place>>,
    damaged: usize,
}

/// Where the record of a page begins.
#[derive(Clone, Copy, Debug)]
struct Place {
    part: usize,
    offset: u64,
    /// Which of the records there: several may stand in one compressed piece.
    nth: usize,
}

impl Archive {
    /// Reads through archives once, to know where each page is.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when one cannot be read; [`ErrorKind::Corrupt`] for a damaged zip; [`ErrorKind::Unsupported`] for
    /// a WACZ whose archives are compressed as a whole. Damaged records are passed over: see [`Archive::damaged`].
    pub fn open<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Result<Self> {
        let (mut all, mut places, mut damaged) = (Vec::new(), HashMap::new(), 0);
        for path in paths {
            for part in parts(path.as_ref())? {
                if !part.can_seek() {
                    let message = "an archive that is compressed as a whole can only be read through";
                    return Err(Error::new(ErrorKind::Unsupported, "warc", message));
                }
                damaged += index(&part, all.len(), &mut places)?;
                all.push(part);
            }
        }
        Ok(Self {
            parts: Arc::new(all),
            places: Arc::new(places),
            damaged,
        })
    }

    /// How many addresses it has an answer for.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// How many stretches could not be read.
    pub fn damaged(&self) -> usize {
        self.damaged
    }

    fn answer(&self, url: &str) -> Result<Option<Response>> {
        let Some((place, part)) = self
            .places
            .get(url)
            .and_then(|place| Some((place, self.parts.get(place.part)?)))
        else {
            return Ok(None);
        };
        let record = Reader::new(part.open(place.offset)?).nth(place.nth).transpose()?;
        let page = record.map(|record| record.page()).transpose()?.flatten();
        Ok(page.map(super::Page::into_response))
    }
}

/// Notes where the pages of a part are; gives back how much of it is damaged.
fn index(part: &Part, number: usize, places: &mut HashMap<String, Place>) -> Result<usize> {
    let mut damaged = 0;
    let (mut offset, mut nth) = (u64::MAX, 0);
    for record in Reader::new(part.open(0)?) {
        let record = match record {
            Ok(record) => record,
            Err(error) if error.kind() == ErrorKind::Io => return Err(error),
            Err(_) => {
                damaged += 1;
                continue;
            }
        };
        nth = if record.offset == offset { nth + 1 } else { 0 };
        offset = record.offset;
        let Some(key) = record.target().and_then(key) else {
            continue;
        };
        if is_answer(record.kind) {
            let place = Place {
                part: number,
                offset,
                nth,
            };
            places.insert(key, place);
        } else if record.kind == RecordKind::Revisit {
            // The same as an earlier one, of this address or of another.
            let earlier = record.refers_to().0.and_then(self::key);
            if let Some(place) = earlier.and_then(|earlier| places.get(&earlier).copied()) {
                places.entry(key).or_insert(place);
            }
        }
    }
    Ok(damaged)
}

fn is_answer(kind: RecordKind) -> bool {
    matches!(
        kind,
        RecordKind::Response | RecordKind::Resource | RecordKind::Conversion
    )
}

/// The address as pages are found by it.
fn key(target: &str) -> Option<String> {
    SafeUrl::parse(target).ok().map(|url| without_fragment(&url))
}

fn without_fragment(url: &SafeUrl) -> String {
    let mut url = url.as_url().clone();
    url.set_fragment(None);
    url.into()
}

impl Fetch for Archive {
    async fn fetch(&self, request: Request) -> Result<Response> {
        let (archive, url) = (self.clone(), without_fragment(&request.url));
        let answer = tokio::task::spawn_blocking(move || archive.answer(&url))
            .await
            .map_err(|cause| {
                Error::new(ErrorKind::Internal, "warc", "reading the archive failed").because(cause)
            })?;
        match answer? {
            Some(mut response) => {
                response.url = request.url;
                Ok(response)
            }
            None => absent(request, "warc", "this is not in the archive"),
        }
    }
}

impl fmt::Debug for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Archive")
            .field("pages", &self.len())
            .finish_non_exhaustive()
    }
}
