//! What is asked of a platform: the request for a page of a search, and how its pages follow one another.

use std::sync::Arc;
use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Method};

use super::reader::Reader;
use super::template::{Slot, Template, in_json, in_path, in_query};
use crate::record::{Query, SafeUrl};
use crate::seam::{Purpose, Request};
use crate::{Error, ErrorKind, Result};

/// The section `[search]` of an adapter.
#[derive(Clone, Debug)]
pub(in crate::source) struct SearchRule {
    /// Up to the question mark.
    pub(super) base: Template,
    /// Parameters by name; one whose value is not known is left out.
    pub(super) params: Vec<(String, Template)>,
    pub(super) headers: Vec<(HeaderName, Template)>,
    /// The body of a POST.
    pub(super) json: Option<Template>,
    pub(super) first: u32,
    pub(super) step: u32,
    pub(super) most: u32,
    pub(super) next: Option<Reader>,
    pub(super) total: Option<Reader>,
    pub(super) detail: Option<Reader>,
    pub(super) pace: Option<Duration>,
    pub(super) api: bool,
    /// Whether its pages want a browser.
    pub(super) rendered: bool,
    /// Selectors of buttons that are pressed there.
    pub(super) reveal: Arc<[String]>,
}

/// What a page of a search is asked with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask<'a> {
    pub(super) query: &'a Query,
    /// The page, from 0.
    pub(super) page: u32,
    pub(super) token: Option<&'a str>,
    pub(super) key: Option<&'a str>,
    /// Asked in place of the platform's own host.
    pub(super) host: Option<&'a SafeUrl>,
}

impl SearchRule {
    /// Whether any part of the request has this placeholder.
    pub(super) fn has(&self, slot: Slot) -> bool {
        let texts = self.params.iter().map(|(_, text)| text);
        let texts = texts
            .chain(self.headers.iter().map(|(_, text)| text))
            .chain(&self.json);
        texts.chain([&self.base]).any(|text| text.has(slot))
    }

    /// The request for a page.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] when the query lacks what the platform is asked with; [`ErrorKind::Config`] without a key
    /// where one is wanted.
    pub(super) fn request(&self, ask: &Ask<'_>) -> Result<Request> {
        if self.has(Slot::Key) && ask.key.is_none() {
            return Err(lacking(Slot::Key));
        }
        let value = |slot| ask.value(self, slot);
        let mut text = self.base.fill(value, in_path).map_err(lacking)?;
        let mut mark = '?';
        for (name, template) in &self.params {
            let Ok(value) = template.fill(value, in_query) else {
                continue;
            };
            text.push(mark);
            text.extend([name.as_str(), "=", value.as_str()]);
            mark = '&';
        }
        let url = moved(SafeUrl::parse(&text)?, ask.host)?;
        let mut request = self.at(ask, url)?;
        if let Some(json) = &self.json {
            let filled = json.fill(value, in_json).map_err(lacking)?;
            request.method = Method::POST;
            request.body = filled.into();
            request = request.header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        Ok(request)
    }

    /// The request for an address of the platform: in its pace, for its purpose, with its headers.
    ///
    /// # Errors
    /// As [`SearchRule::request`].
    fn at(&self, ask: &Ask<'_>, url: SafeUrl) -> Result<Request> {
        let value = |slot| ask.value(self, slot);
        let mut request = self.dressed(Request::get(url));
        for (name, template) in &self.headers {
            let filled = template.fill(value, str::to_owned).map_err(lacking)?;
            let mut header = HeaderValue::try_from(filled)
                .map_err(|cause| Error::invalid("adapter", "not a header's value").because(cause))?;
            header.set_sensitive(template.has(Slot::Key));
            request = request.header(name.clone(), header);
        }
        Ok(request)
    }

    /// The request for an address that a page named. Headers, which may hold the key, go to the server alone that is asked.
    ///
    /// # Errors
    /// As [`SearchRule::request`].
    pub(super) fn named(&self, ask: &Ask<'_>, url: SafeUrl, asked: &SafeUrl) -> Result<Request> {
        if url.origin() == asked.origin() {
            self.at(ask, url)
        } else {
            Ok(self.dressed(Request::get(url)))
        }
    }

    /// A request in the platform's pace, for its purpose.
    fn dressed(&self, mut request: Request) -> Request {
        request.spacing = self.pace;
        request.rendered = self.rendered;
        request.reveal = Arc::clone(&self.reveal);
        let purpose = if self.api { Purpose::Api } else { Purpose::Page };
        request.purpose(purpose)
    }
}

impl Ask<'_> {
    fn value(&self, rule: &SearchRule, slot: Slot) -> Option<String> {
        let query = self.query;
        match slot {
            Slot::Query => Some(query.text.to_string()),
            Slot::Near => query.near.as_ref().map(ToString::to_string),
            Slot::Words => Some(match &query.near {
                Some(near) => format!("{} {near}", query.text),
                None => query.text.to_string(),
            }),
            Slot::Page => Some((rule.first.saturating_add(self.page.saturating_mul(rule.step))).to_string()),
            Slot::Token => Some(self.token.unwrap_or_default().to_owned()),
            Slot::Key => self.key.map(str::to_owned),
            Slot::West => self.sides().map(|[west, ..]| west.to_string()),
            Slot::South => self.sides().map(|[_, south, ..]| south.to_string()),
            Slot::East => self.sides().map(|[_, _, east, _]| east.to_string()),
            Slot::North => self.sides().map(|[.., north]| north.to_string()),
        }
    }

    /// The box around the area that is asked for: west, south, east, north; west > east crosses the antimeridian.
    fn sides(&self) -> Option<[f64; 4]> {
        let cover = self.query.area.as_ref()?.cover();
        let [west, south, _, north] = (*cover.first()?).into();
        let [_, _, east, _] = (*cover.last()?).into();
        Some([west, south, east, north])
    }
}

/// The address on the host that is asked in the platform's place, below the path of that.
pub(super) fn moved(url: SafeUrl, host: Option<&SafeUrl>) -> Result<SafeUrl> {
    match host {
        None => Ok(url),
        Some(host) => {
            let below = host.as_url().path().trim_end_matches('/');
            host.join(&format!("{below}{}", url.path_and_query()))
        }
    }
}

pub(super) fn lacking(slot: Slot) -> Error {
    let kind = if slot == Slot::Key {
        ErrorKind::Config
    } else {
        ErrorKind::InvalidInput
    };
    Error::new(kind, "adapter", "the platform is asked with more than was said").with("wanted", slot.wanted())
}
