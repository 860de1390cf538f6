//! Numbers that the pages of a site show as pictures.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use crate::crawl::SitePage;
use crate::phone::{ImageCandidate, images, numbers_of_image};
use crate::record::{Findings, Joining, SafeUrl, Trace};
use crate::seam::{Context, Failure, OcrEngine, Recognize, Request};
use crate::{Error, ErrorKind, Result};

/// Pictures read at most: of one page, and of one site. A picture takes an engine about a second.
const OF_PAGE: usize = 4;
const OF_SITE: usize = 8;

/// Reads the pictures of one site; each is read once, however many pages show it.
#[derive(Debug)]
pub(super) struct Pictures<'a> {
    cx: &'a Context,
    engine: &'a OcrEngine,
    read: HashMap<Seen, String>,
    pub(super) failures: Vec<(Failure, Error)>,
}

/// A picture: where it is, or what a browser saw of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Seen {
    At(String),
    Shot(Bytes),
}

impl Seen {
    /// `None` for what only a browser sees, where none has.
    fn of(page: &SitePage, candidate: &ImageCandidate) -> Option<Self> {
        let rendering = page.response.rendering.as_ref();
        match rendering.and_then(|rendering| rendering.shot(&candidate.source)) {
            Some(shot) => Some(Self::Shot(shot.png.clone())),
            None if candidate.is_drawn() => None,
            None => Some(Self::At(candidate.source.clone())),
        }
    }
}

impl<'a> Pictures<'a> {
    /// `None` when nothing is there to read them with.
    pub(super) fn of(cx: &'a Context) -> Option<Self> {
        Some(Self {
            cx,
            engine: cx.ocr()?,
            read: HashMap::new(),
            failures: Vec::new(),
        })
    }

    /// Adds the numbers that pictures of a page show. What is written on the page too gets the picture as further proof.
    pub(super) async fn add(
        &mut self,
        page: &SitePage,
        region: Option<&str>,
        findings: &mut Findings<Trace>,
    ) {
        let candidates = images(&page.document).into_iter();
        let seen = candidates.filter_map(|candidate| Some((Seen::of(page, &candidate)?, candidate)));
        for (seen, candidate) in seen.take(OF_PAGE) {
            let Some(text) = self.text(seen, &candidate).await else {
                continue;
            };
            let shown = Findings {
                phones: numbers_of_image(&page.document, &candidate, &text, region),
                ..Findings::default()
            };
            findings.absorb(shown, Joining::Same);
        }
        findings.sort();
    }

    /// What stands in a picture; `None` when it is one too many or cannot be read.
    async fn text(&mut self, seen: Seen, candidate: &ImageCandidate) -> Option<String> {
        if let Some(text) = self.read.get(&seen) {
            return Some(text.clone());
        }
        if self.read.len() >= OF_SITE {
            return None;
        }
        let text = match self.recognise(&seen, candidate).await {
            Ok(text) => text,
            Err(error) => {
                let what = candidate
                    .url
                    .as_ref()
                    .filter(|url| url.scheme() != "data")
                    .map_or("a picture", url::Url::as_str);
                self.failures.push((Failure::new(what, &error), error));
                String::new()
            }
        };
        self.read.insert(seen, text.clone());
        Some(text)
    }

    async fn recognise(&self, seen: &Seen, candidate: &ImageCandidate) -> Result<String> {
        if let Seen::Shot(png) = seen {
            return self.engine.recognize(png).await;
        }
        if let Some(picture) = inline(&candidate.source) {
            return self.engine.recognize(&picture?).await;
        }
        let url = candidate.url.clone();
        let url = url.ok_or_else(|| Error::invalid("picture", "its address is no URL"))?;
        let response = self
            .cx
            .fetcher()
            .fetch(Request::get(SafeUrl::from_url(url)?))
            .await?;
        let response = response.error_for_status()?;
        self.engine.recognize(&response.body).await
    }
}

/// The bytes of a picture that stands in its own address (RFC 2397), in base64 as all are.
fn inline(source: &str) -> Option<Result<Vec<u8>>> {
    let (_, data) = source.strip_prefix("data:")?.split_once(";base64,")?;
    let decoded = STANDARD.decode(data.trim());
    Some(
        decoded.map_err(|cause| {
            Error::new(ErrorKind::Decode, "picture", "the data is no base64").because(cause)
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_in_its_address_is_read_from_there() {
        assert_eq!(inline("data:image/png;base64,AQI=").unwrap().unwrap(), [1, 2]);
        assert!(inline("data:image/png;base64,?").unwrap().is_err());
        assert!(inline("data:image/gif,GIF89a").is_none());
        assert!(inline("https://a.test/x.png").is_none());
    }
}
