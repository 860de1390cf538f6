//! A list of web sites of the user's.

use crate::record::{Findings, Listing, NaturalKey, Query, SafeUrl, SourceId, Website};
use crate::seam::{Batch, Context, Cursor, Reject, Search, SourceInfo, Terms};
use crate::source::finding::stated;
use crate::{Error, Result};

/// How many sites a step gives.
const STEP: usize = 100;

/// The source `sites`: a list of web sites, each a listing of its own. The query's words are not looked at.
#[derive(Clone, Debug, Default)]
pub struct Sites {
    urls: Vec<SafeUrl>,
    rejects: Vec<Reject>,
}

impl Sites {
    /// These sites.
    pub fn new(urls: Vec<SafeUrl>) -> Self {
        Self {
            urls,
            rejects: Vec::new(),
        }
    }

    /// Hands these over with the first sites, so that the run keeps them with what else failed.
    pub fn with_rejects(mut self, rejects: Vec<Reject>) -> Self {
        self.rejects = rejects;
        self
    }

    /// Reads a list: a URL or a host name a line; empty lines and those that begin with `#` are passed over. Lines that
    /// cannot be read are handed back with their number and the reason; the others count.
    ///
    /// ```
    /// use lead_core::source::sites::Sites;
    /// let (sites, rejects) = Sites::parse("example.com\n# a note\nfile:///etc/passwd\n");
    /// assert_eq!((sites.len(), rejects.len()), (1, 1));
    /// assert_eq!(rejects[0].entry, "line 3");
    /// ```
    pub fn parse(text: &str) -> (Self, Vec<Reject>) {
        let (mut urls, mut rejects) = (Vec::new(), Vec::new());
        for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match site(line) {
                Ok(url) => urls.push(url),
                Err(cause) => rejects.push(Reject {
                    entry: format!("line {number}"),
                    reason: cause.message().to_owned(),
                }),
            }
        }
        (Self::new(urls), rejects)
    }

    /// How many sites there are.
    pub fn len(&self) -> usize {
        self.urls.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.urls.is_empty()
    }
}

/// `example.com` is meant as `https://example.com/`.
fn site(line: &str) -> Result<SafeUrl> {
    // A scheme, or what looks like one (`mailto:`, `javascript:`), is taken as it stands; `host:8080` is none.
    let scheme = line
        .split_once(':')
        .is_some_and(|(_, rest)| !rest.starts_with(|c: char| c.is_ascii_digit()));
    let url = if scheme {
        SafeUrl::parse(line)?
    } else {
        SafeUrl::parse(&format!("https://{line}"))?
    };
    Ok(url.without_fragment())
}

impl Search for Sites {
    fn id(&self) -> SourceId {
        SourceId::built_in("sites")
    }

    fn info(&self) -> SourceInfo {
        SourceInfo::new("List of web sites", Terms::Own)
    }

    async fn step(&self, _cx: &Context, _query: &Query, at: Option<&Cursor>) -> Result<Batch> {
        let start = match at {
            None => 0,
            Some(cursor) => cursor
                .0
                .parse::<usize>()
                .map_err(|cause| Error::invalid("sites", "not a cursor of this source").because(cause))?,
        };
        let urls = self.urls.get(start..).unwrap_or_default();
        let mut batch = Batch::default();
        if at.is_none() {
            batch.rejects.clone_from(&self.rejects);
        }
        for url in urls.iter().take(STEP) {
            match NaturalKey::new(url.as_str()) {
                Ok(key) => {
                    let mut findings = Findings::default();
                    findings
                        .websites
                        .push(stated(Website::new(url.clone()), 0.9, "list", ""));
                    batch.listings.push(Listing::new(key, None, findings));
                }
                Err(cause) => batch.rejects.push(Reject {
                    entry: url.to_string(),
                    reason: cause.to_string(),
                }),
            }
        }
        batch.total = Some(self.urls.len());
        batch.next = (urls.len() > STEP).then(|| Cursor((start + STEP).to_string()));
        Ok(batch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lists_as_people_write_them() {
        let (sites, rejects) = Sites::parse(
            "\u{feff}example.com\r\nhttp://a.test:8080/x#y\n  b.test:8080  \n\nmailto:a@b.test\nhttp://me:pw@c.test/\n",
        );
        let urls: Vec<_> = sites.urls.iter().map(SafeUrl::as_str).collect();
        assert_eq!(
            urls,
            [
                "https://example.com/",
                "http://a.test:8080/x",
                "https://b.test:8080/"
            ]
        );
        assert_eq!(
            rejects.iter().map(|reject| &*reject.entry).collect::<Vec<_>>(),
            ["line 5", "line 6"]
        );
        assert!(rejects.iter().all(|reject| !reject.reason.contains("pw@")));
    }
}
