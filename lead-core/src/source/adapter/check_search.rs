//! The section `[search]` of an adapter file, checked.

use std::time::Duration;

use http::HeaderName;
use toml::Spanned;

use super::check::Checker;
use super::file;
use super::search::SearchRule;
use super::template::{Slot, Template};
use crate::Result;
use crate::record::SafeUrl;

/// Pages of a search that are asked when the file does not say.
const MOST: u32 = 50;
/// The longest pace, in seconds.
const SLOWEST: f64 = 3_600.0;

impl Checker<'_> {
    pub(super) fn search(&self, raw: &Spanned<file::Search>) -> Result<SearchRule> {
        let search = raw.as_ref();
        let (base, params) = self.address(&search.url)?;
        let header = |(name, value): (&String, &Spanned<String>)| {
            let known = HeaderName::try_from(name.as_str());
            let known =
                known.map_err(|_| self.fault(value.span(), format!("a header's name, not `{name}`")))?;
            Ok((known, self.template(value)?))
        };
        let reader =
            |raw: &Option<Spanned<file::Reader>>| raw.as_ref().map(|raw| self.reader(raw)).transpose();
        let rule = SearchRule {
            base,
            params,
            headers: search.headers.iter().map(header).collect::<Result<_>>()?,
            json: search.json.as_ref().map(|json| self.template(json)).transpose()?,
            first: search.first.unwrap_or(1),
            step: search.step.unwrap_or(1),
            most: search.most.as_ref().map_or(Ok(MOST), |most| self.most(most))?,
            next: reader(&search.next)?,
            total: reader(&search.total)?,
            detail: reader(&search.detail)?,
            pace: search.pace.as_ref().map(|pace| self.pace(pace)).transpose()?,
            api: search.api,
            rendered: search.rendered,
            reveal: search
                .reveal
                .iter()
                .map(|button| button.as_ref().clone())
                .collect(),
        };
        if let (Some(button), false) = (search.reveal.first(), search.rendered) {
            return Err(self.fault(
                button.span(),
                "`rendered = true` too: buttons are pressed in a browser",
            ));
        }
        if !rule.has(Slot::Query) && !rule.has(Slot::Words) {
            return Err(self.fault(
                search.url.span(),
                "an address that asks for something: {query} or {words}",
            ));
        }
        // Addresses stand in errors, evidence and checkpoints.
        let in_params = rule.params.iter().any(|(_, text)| text.has(Slot::Key));
        if in_params || rule.base.has(Slot::Key) {
            return Err(self.fault(
                search.url.span(),
                "an address without {key}: a key belongs into `headers`, since addresses are written down",
            ));
        }
        if rule.has(Slot::Token) && rule.next.is_none() {
            return Err(self.fault(raw.span(), "`next`: where the page names the {token}"));
        }
        Ok(rule)
    }

    fn template(&self, raw: &Spanned<String>) -> Result<Template> {
        Template::new(raw.as_ref()).map_err(|expected| self.fault(raw.span(), expected))
    }

    /// The address up to its question mark, and its parameters.
    fn address(&self, raw: &Spanned<String>) -> Result<(Template, Vec<(String, Template)>)> {
        let text = raw.as_ref();
        let (base, query) = text.split_once('?').unwrap_or((text, ""));
        // A placeholder is a segment of a path, never a host.
        let trial = base.replace(['{', '}'], "x");
        if SafeUrl::parse(&trial).is_err() || base.split('/').nth(2).is_some_and(|host| host.contains('{')) {
            return Err(self.fault(
                raw.span(),
                "an address that begins with https:// or http:// and a host",
            ));
        }
        let new = |text: &str| Template::new(text).map_err(|expected| self.fault(raw.span(), expected));
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let params = pairs.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((name.to_owned(), new(value)?))
        });
        Ok((new(base)?, params.collect::<Result<_>>()?))
    }

    fn most(&self, raw: &Spanned<u32>) -> Result<u32> {
        match *raw.as_ref() {
            0 => Err(self.fault(raw.span(), "how many pages of a search are asked at most, from 1")),
            most => Ok(most),
        }
    }

    fn pace(&self, raw: &Spanned<f64>) -> Result<Duration> {
        let seconds = *raw.as_ref();
        if (0.0..=SLOWEST).contains(&seconds) {
            return Ok(Duration::from_secs_f64(seconds));
        }
        Err(self.fault(raw.span(), "seconds between two requests, 0 to 3600"))
    }
}
