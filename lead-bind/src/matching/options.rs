//! What a match is told.

use std::path::PathBuf;

use lead_core::crawl::SitePolicy;
use lead_core::matching::{Columns, Company, Field, Matcher, Row, Table};
use lead_core::record::{Confidence, CountryCode};
use lead_core::{Error, ErrorKind, Result};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::browser::Browser;
use crate::given::{self, Unknown, all_known};
use crate::net::{self, Net};
use crate::rendering;
use crate::sources;

/// What a match is told, as it is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Given {
    columns: std::collections::BTreeMap<Field, String>,
    default_country: Option<String>,
    min_confidence: Option<f32>,
    osm: Option<bool>,
    guess: Option<bool>,
    domains: Vec<String>,
    max_pages: Option<usize>,
    concurrency: Option<usize>,
    resume: Option<PathBuf>,
    #[serde(flatten)]
    sources: sources::Given,
    #[serde(flatten)]
    net: net::Given,
    #[serde(flatten)]
    rendering: rendering::Given,
    #[serde(flatten)]
    unknown: Unknown,
}

/// A match that may be begun.
#[derive(Debug)]
pub struct MatchOptions {
    pub(super) rows: Vec<Row>,
    pub(super) matcher: Matcher,
    pub(super) net: Net,
    pub(super) resume: Option<PathBuf>,
}

/// The companies, as they are given.
#[derive(Clone, Copy, Debug)]
pub enum Companies<'a> {
    /// A JSON array of objects, by the names of fields or of columns.
    Objects(&'a str),
    /// A CSV.
    Csv(&'a [u8]),
}

impl MatchOptions {
    /// Renders by a browser of the caller's the pages that are to be rendered.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) when nothing is to be rendered, or settings of a browser are given
    /// besides; [`ErrorKind::Unsupported`](lead_core::ErrorKind::Unsupported) for one of the process this one was forked off.
    pub fn rendered_by(mut self, browser: Option<&Browser>) -> Result<Self> {
        if let Some(browser) = browser {
            self.net.rendered_by(browser)?;
        }
        Ok(self)
    }

    /// Reads companies and options. The options' names are those of the flags of `lead match`; `columns` says which column, or
    /// which member of an object, holds which field.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for a value that means nothing; [`ErrorKind::Config`] for two that contradict each other.
    pub fn read(companies: Companies<'_>, json: &str) -> Result<Self> {
        let given: Given = given::read("match", json)?;
        all_known("match", &given.unknown)?;
        let mut columns = Columns::default();
        for (field, column) in &given.columns {
            columns = columns.column(*field, column);
        }
        let mut rows = match companies {
            Companies::Csv(bytes) => Table::csv(bytes, &columns)?.collect(),
            Companies::Objects(json) => objects(json, &given)?,
        };
        let country = given
            .default_country
            .as_deref()
            .map(CountryCode::new)
            .transpose()?;
        for row in &mut rows {
            row.company.country = row.company.country.or(country);
        }
        Ok(Self {
            rows,
            matcher: matcher(&given)?,
            net: given.net.read(&given.rendering)?,
            resume: given.resume,
        })
    }
}

fn matcher(given: &Given) -> Result<Matcher> {
    let mut matcher = Matcher::new()
        .guess(given.guess.unwrap_or(true))
        .domains(&given.domains)?;
    if let Some(least) = given.min_confidence {
        if !(0.0..=1.0).contains(&least) {
            return Err(Error::invalid("min_confidence", "a number from 0 to 1 is wanted"));
        }
        matcher = matcher.min_confidence(Confidence::clamped(least));
    }
    for (option, value) in [("max_pages", given.max_pages), ("concurrency", given.concurrency)] {
        if value == Some(0) {
            return Err(Error::invalid(option, "must be at least 1"));
        }
    }
    if let Some(pages) = given.max_pages {
        matcher = matcher.site_policy(SitePolicy::default().max_pages(pages));
    }
    if let Some(companies) = given.concurrency {
        matcher = matcher.concurrency(companies);
    }
    if given.osm.unwrap_or(true) {
        matcher = matcher.osm(given.sources.osm()?);
    }
    if let Some(address) = &given.sources.searxng {
        matcher = matcher.source(lead_core::source::searxng(address)?);
    }
    Ok(matcher)
}

/// Objects, each a company: members go by the names of fields, or by those that `columns` gives.
fn objects(json: &str, given: &Given) -> Result<Vec<Row>> {
    let objects: Vec<Map<String, Value>> = serde_json::from_str(json).map_err(|cause| {
        Error::new(ErrorKind::InvalidInput, "match", "companies are objects").because(cause)
    })?;
    let rows = objects.into_iter().enumerate().map(|(number, object)| {
        let mut company = Company::default();
        let mut failure = None;
        for field in Field::ALL {
            let own = given
                .columns
                .get(&field)
                .map_or_else(|| field.name(), String::as_str);
            let value = object
                .get(own)
                .or_else(|| (field == Field::Website).then(|| object.get("domain")).flatten());
            let text = match value {
                None | Some(Value::Null) => continue,
                Some(Value::String(text)) => text.clone(),
                Some(other) => other.to_string(),
            };
            if let Err(error) = company.set(field, &text) {
                let error = error.with("field", field);
                failure = Some(lead_core::seam::Failure::new(
                    format!("row {}", number + 1),
                    &error,
                ));
            }
        }
        company.columns = object;
        let mut row = Row::from(company);
        match (failure, row.company.check().is_ok()) {
            (Some(failure), true) => row.notes.push(failure),
            (failure, _) => row.failure = failure,
        }
        row
    });
    Ok(rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(csv: &str, options: &str) -> Result<MatchOptions> {
        MatchOptions::read(Companies::Csv(csv.as_bytes()), options)
    }

    #[test]
    fn a_domain_that_no_address_ends_in_is_refused() {
        assert!(read("name\nA\n", r#"{"domains": [".DE", "co.uk"]}"#).is_ok());
        let error = read("name\nA\n", r#"{"domains": ["not a tld/../x"]}"#).unwrap_err();
        assert_eq!(error.kind(), lead_core::ErrorKind::InvalidInput);
    }

    #[test]
    fn columns_of_one_heading_are_kept_each() {
        let rows = read("name,note,note\nA,a,b\n", "{}").unwrap().rows;
        let columns = &rows[0].company.columns;
        assert_eq!(
            (&columns["note"], &columns["note (2)"]),
            (&"a".into(), &"b".into())
        );
    }
}
