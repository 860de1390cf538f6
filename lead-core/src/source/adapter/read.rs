//! A page through an adapter.

use serde_json::Value;

use super::check::{FieldRule, PageRule};
use super::fill::Filler;
use super::page::Page;
use super::path::Path;
use super::reader::{Entry, Place, Reader};
use super::{Adapter, FieldReport, Outcome, PageKind, Reading, wall};
use crate::phone::wanted_region;
use crate::seam::Reject;
use crate::{Error, ErrorKind, Result};

/// What is known of a page beside its bytes.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ParseRequest {
    /// The address it came from.
    pub url: Option<String>,
    /// The region (ISO 3166-1 alpha-2) national numbers are read for where an entry names no country.
    pub region: Option<String>,
}

impl ParseRequest {
    /// Nothing is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// It came from this address.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// National numbers are of this region.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }
}

impl Adapter {
    /// Reads a page or answer.
    ///
    /// # Errors
    /// [`ErrorKind::UnrecognisedPage`] when no rule of the adapter knows it, or a rule does and none of its entries can be
    /// read; [`ErrorKind::TooLarge`] over 32 MiB; [`ErrorKind::InvalidInput`] when the request's region is none.
    pub fn parse(&self, bytes: &[u8], request: &ParseRequest) -> Result<Outcome> {
        match self.parse_entries(bytes, request)? {
            Outcome::Listings(reading) if reading.listings.is_empty() => Err(self
                .unrecognised("the page is known, but no entry on it can be read")
                .with("page", &reading.page)
                .with("rejected", reading.rejects.len())),
            outcome => Ok(outcome),
        }
    }

    /// As [`Adapter::parse`]; entries may be rejected one and all.
    pub(in crate::source) fn parse_entries(&self, bytes: &[u8], request: &ParseRequest) -> Result<Outcome> {
        wanted_region(request.region.as_deref()).map_err(|cause| {
            cause.with(
                "region",
                request.region.as_deref().unwrap_or_default().escape_debug(),
            )
        })?;
        let page = Page::new(bytes, request.url.as_deref(), &self.hooks, &self.scripts)?;
        let rule = self.pages.iter().find(|rule| rule.holds(&page));
        let Some(rule) = rule else {
            return wall::before(&page)
                .ok_or_else(|| self.unrecognised("no rule of the adapter knows this page"));
        };
        if rule.kind != PageKind::Listings {
            return Ok(Outcome::Negative {
                kind: rule.kind,
                page: rule.name.clone(),
            });
        }
        let reading = match self.hooks.listings {
            Some(listings) => {
                drop(page); // the hook reads the bytes itself, and an answer is many times as large when it is taken apart
                let (listings, rejects) = listings(bytes, request)?;
                Reading {
                    page: rule.name.clone(),
                    listings,
                    rejects,
                    ..Reading::default()
                }
            }
            None => self.read(&page, rule, request),
        };
        Ok(Outcome::Listings(reading))
    }

    pub(super) fn unrecognised(&self, message: &str) -> Error {
        Error::new(ErrorKind::UnrecognisedPage, "adapter", message)
            .with("adapter", &self.id)
            .with("version", self.version)
    }

    fn read(&self, page: &Page<'_>, rule: &PageRule, request: &ParseRequest) -> Reading {
        let entries = match &rule.entries {
            None => vec![match &page.json {
                Some(value) => Entry::Json(value, String::new()),
                None => Entry::Whole,
            }],
            Some(reader) => entries(page, reader),
        };
        let rules: Vec<&FieldRule> = self
            .fields
            .iter()
            .filter(|field| field.is_on(&rule.name))
            .collect();
        let mut reading = Reading {
            page: rule.name.clone(),
            fields: rules.iter().map(|field| report(field)).collect(),
            ..Reading::default()
        };
        for (index, entry) in entries.iter().enumerate() {
            let mut filler = Filler::new(self, request);
            let mut lacking = None;
            for (field, report) in rules.iter().zip(&mut reading.fields) {
                if let Some(winner) = filler.read(field, page, entry, index + 1) {
                    if let Some((_, count)) = report.readers.get_mut(winner) {
                        *count += 1;
                    }
                } else {
                    report.missing += 1;
                    lacking = lacking.or(field.required.then(|| field.to.name()));
                }
            }
            match filler.finish(lacking) {
                Ok(listing) => {
                    reading.listings.push(listing);
                    if self.follows() {
                        reading.details.push(self.detail(page, entry, index + 1));
                    }
                }
                Err(reason) => reading.rejects.push(Reject {
                    entry: (index + 1).to_string(),
                    reason,
                }),
            }
        }
        expectations(&mut reading, &rules, entries.len());
        let search = self.search.as_ref();
        let first = |reader: Option<&Reader>| first_of(reader?, page, &Entry::Whole, 0);
        reading.next = first(search.and_then(|search| search.next.as_ref()));
        let total = first(search.and_then(|search| search.total.as_ref()));
        reading.total = total.and_then(|total| total.parse().ok());
        reading
    }

    fn follows(&self) -> bool {
        self.search.as_ref().is_some_and(|search| search.detail.is_some())
    }

    /// Where an entry's own page is.
    fn detail(&self, page: &Page<'_>, entry: &Entry<'_>, position: usize) -> Option<String> {
        let reader = self.search.as_ref()?.detail.as_ref()?;
        first_of(reader, page, entry, position)
    }
}

/// The first text a reader brings, after its own steps.
fn first_of(reader: &Reader, page: &Page<'_>, entry: &Entry<'_>, position: usize) -> Option<String> {
    let hits = reader.hits(page, entry, position);
    let texts = hits.iter().filter_map(|hit| super::text_of(&hit.value)).collect();
    let texts: Vec<String> = reader.then.iter().fold(texts, |texts, step| step.apply(texts));
    texts.into_iter().find(|text| !text.trim().is_empty())
}

fn entries<'p>(page: &'p Page<'_>, reader: &Reader) -> Vec<Entry<'p>> {
    let of_json = |value: Option<&'p Value>, path: &Path| {
        let found = value.map(|value| path.find(value, "")).unwrap_or_default();
        found
            .into_iter()
            .map(|(value, at)| Entry::Json(value, at))
            .collect()
    };
    match &reader.place {
        Place::Json { path, .. } => of_json(page.json.as_ref(), path),
        Place::Script { script, path } => of_json(page.script(*script), path),
        Place::Css {
            selector: Some(selector),
            ..
        } => page
            .dom()
            .map(|dom| dom.select(selector).map(Entry::Element).collect())
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn report(field: &FieldRule) -> FieldReport {
    FieldReport {
        field: field.to.name().to_owned(),
        readers: field
            .readers
            .iter()
            .map(|reader| (reader.label.clone(), 0))
            .collect(),
        missing: 0,
        expected: field.expect,
        below_expectation: false,
    }
}

#[expect(clippy::cast_precision_loss, reason = "a page has less than 2^52 entries")]
fn expectations(reading: &mut Reading, rules: &[&FieldRule], entries: usize) {
    for (field, report) in rules.iter().zip(&mut reading.fields) {
        let share = (entries - report.missing) as f64 / entries.max(1) as f64;
        report.below_expectation = share < field.expect;
    }
}

impl PageRule {
    fn holds(&self, page: &Page<'_>) -> bool {
        self.all.iter().all(|condition| {
            let reader = &condition.reader;
            let there = match &condition.is {
                None => reader.is_there(page),
                Some(wanted) => {
                    let mut hits = reader.hits(page, &Entry::Whole, 0).into_iter();
                    hits.any(|hit| super::text_of(&hit.value).as_ref() == Some(wanted))
                }
            };
            there != condition.none
        })
    }
}

impl FieldRule {
    pub(super) fn is_on(&self, page: &str) -> bool {
        self.pages.is_empty() || self.pages.iter().any(|own| own == page)
    }
}
