//! A SearXNG of one's own: the results of search engines as JSON.
//!
//! API: <https://docs.searxng.org/dev/search_api.html>. The instance must allow the format `json` (`search.formats` in its
//! settings). A result is a page, not a business: a listing has an address, a title and a description, and nothing is claimed of
//! whose site it is.

use serde::Deserialize;

use crate::record::{Findings, Listing, NaturalKey, Query, SafeUrl, SourceId, Website};
use crate::seam::{Batch, Context, Cursor, Purpose, Reject, Request, Search, SourceInfo, Terms};
use crate::source::finding::{site, stated, text_attribute};
use crate::{Error, ErrorKind, Result};

/// Pages asked of one search at most: engines give no more.
const PAGES: u32 = 10;

/// The source `searxng`.
#[derive(Clone, Debug)]
pub struct Searxng {
    search: SafeUrl,
}

#[derive(Deserialize)]
struct Answer {
    results: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Hit {
    url: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    content: Option<String>,
}

impl Searxng {
    /// The instance at this address: `https://searx.example/`.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] when it is no web address.
    pub fn new(address: &str) -> Result<Self> {
        let base = format!("{}/search", address.trim_end_matches('/'));
        let search = SafeUrl::parse(&base).map_err(|cause| {
            Error::new(
                ErrorKind::Config,
                "searxng",
                "the address of the instance cannot be used",
            )
            .because(cause)
        })?;
        Ok(Self { search })
    }

    fn request(&self, query: &Query, page: u32) -> Result<Request> {
        let words = match &query.near {
            Some(place) => format!("{} {place}", query.text),
            None => query.text.to_string(),
        };
        let mut url = self.search.as_url().clone();
        url.query_pairs_mut()
            .append_pair("q", &words)
            .append_pair("format", "json")
            .append_pair("pageno", &page.to_string());
        Ok(Request::get(SafeUrl::from_url(url)?).purpose(Purpose::Api))
    }
}

impl Search for Searxng {
    fn id(&self) -> SourceId {
        SourceId::built_in("searxng")
    }

    fn info(&self) -> SourceInfo {
        SourceInfo::new("SearXNG", Terms::Own)
    }

    async fn step(&self, cx: &Context, query: &Query, at: Option<&Cursor>) -> Result<Batch> {
        let page = match at {
            None => 1,
            Some(cursor) => cursor
                .0
                .parse()
                .map_err(|cause| Error::invalid("searxng", "not a cursor of this source").because(cause))?,
        };
        let response = cx.fetcher().fetch(self.request(query, page)?).await?;
        let response = response.error_for_status()?;
        let answer: Answer = serde_json::from_slice(&response.body).map_err(|cause| {
            let message = "not an answer of SearXNG: does the instance allow the format json?";
            Error::new(ErrorKind::Decode, "searxng", message).because(cause)
        })?;
        let mut batch = Batch::default();
        for (place, value) in answer.results.into_iter().enumerate() {
            match listing(value, place) {
                Ok(listing) => batch.listings.push(listing),
                Err(cause) => batch.rejects.push(Reject {
                    entry: format!("page {page}, /results/{place}"),
                    reason: cause.to_string(),
                }),
            }
        }
        let more = !batch.listings.is_empty() && page < PAGES;
        batch.next = more.then(|| Cursor((page + 1).to_string()));
        Ok(batch)
    }
}

fn listing(value: serde_json::Value, place: usize) -> Result<Listing> {
    let no_hit = |cause| Error::new(ErrorKind::Decode, "searxng", "not a result").because(cause);
    let hit: Hit = serde_json::from_value(value).map_err(no_hit)?;
    let url =
        site(&hit.url).ok_or_else(|| Error::invalid("searxng", "the result's address cannot be used"))?;
    let at = |field: &str| format!("/results/{place}/{field}");
    let mut findings = Findings::default();
    // It was found for the words: whose it is has to be seen there.
    findings
        .websites
        .push(stated(Website::new(url.clone()), 0.3, &at("url"), &hit.url));
    let texts = [
        ("x:title", "title", Some(hit.title)),
        ("description", "content", hit.content),
    ];
    for (name, field, text) in texts {
        let text = text.filter(|text| !text.trim().is_empty());
        findings
            .attributes
            .extend(text.and_then(|text| text_attribute(name, text.trim(), 0.9, &at(field))));
    }
    Ok(Listing::new(NaturalKey::new(url.as_str())?, Some(url), findings))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_pages_and_not_yet_businesses() {
        let value = serde_json::json!({"url": "https://muster.example/x", "title": "Muster", "content": " ", "engine": "y"});
        let read = listing(value, 3).unwrap();
        assert_eq!(read.url.unwrap().as_str(), "https://muster.example/x");
        assert_eq!(
            (read.findings.websites.len(), read.findings.attributes.len()),
            (1, 1)
        );
        assert!(read.findings.organizations.is_empty());
        assert!(listing(serde_json::json!({"title": "x"}), 0).is_err());
        assert!(listing(serde_json::json!({"url": "ftp://x.example/"}), 0).is_err());
    }

    #[test]
    fn an_address_that_is_none_is_told() {
        assert_eq!(Searxng::new("searx").unwrap_err().kind(), ErrorKind::Config);
        let source = Searxng::new("https://searx.example/").unwrap();
        let query = Query::new("Muster GmbH").unwrap().near("Köln").unwrap();
        let url = source.request(&query, 2).unwrap().url;
        assert_eq!(
            url.path_and_query(),
            "/search?q=Muster+GmbH+K%C3%B6ln&format=json&pageno=2"
        );
    }
}
