//! Search engines as discovery: which sites there are for some words, asked of several engines by their health.
//!
//! | file | what |
//! |---|---|
//! | `health` | how an engine fares: a captcha or a block lowers it, time brings it back |
//! | `rotation` | which engine is asked next, and how far each has come |
//! | `result` | what a result is: a site of its own, a profile, a directory |
//!
//! A result is no business yet: its site is visited as those of other sources are. An engine that blocks is left alone for a
//! while and told of; the search goes on with the others. All of it stands in the cursor, so that a search goes on where it
//! stood, with the same engines resting.

mod health;
mod result;
mod rotation;
#[cfg(test)]
mod tests;

pub use result::{ResultKind, kind_of};

use std::collections::BTreeSet;
use std::sync::Arc;

use rotation::Rotation;

use super::adapter::AdapterSource;
use crate::record::{Query, SourceId};
use crate::seam::{Batch, Context, Cursor, Failure, Search, SourceInfo, Terms};
use crate::{Error, ErrorKind, Result};

/// How a search over several engines goes.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WebSearchOptions {
    /// So many requests at most.
    pub budget: u32,
    /// Hosts that are directories beside those that are known, such as `directory.example`.
    pub directories: BTreeSet<String>,
}

impl Default for WebSearchOptions {
    fn default() -> Self {
        Self {
            budget: Self::BUDGET,
            directories: BTreeSet::new(),
        }
    }
}

impl WebSearchOptions {
    /// The budget when nothing is said.
    pub const BUDGET: u32 = 40;

    /// Forty requests.
    pub fn new() -> Self {
        Self::default()
    }

    /// So many requests at most.
    pub fn budget(mut self, requests: u32) -> Self {
        self.budget = requests;
        self
    }

    /// This host is a directory.
    pub fn directory(mut self, host: impl Into<String>) -> Self {
        self.directories.insert(host.into());
        self
    }
}

/// The source `web_search`: several search engines, asked by their health.
#[derive(Clone, Debug)]
pub struct WebSearch {
    engines: Arc<[AdapterSource]>,
    options: WebSearchOptions,
}

impl WebSearch {
    /// Its id.
    pub const ID: &'static str = "web_search";

    /// A search over these engines, the preferred first.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] without an engine, or with the same one twice.
    pub fn new(engines: Vec<AdapterSource>, options: WebSearchOptions) -> Result<Self> {
        if engines.is_empty() {
            return Err(Error::invalid(
                "web_search",
                "there is no engine to ask: name one, such as searxng",
            ));
        }
        let mut ids = BTreeSet::new();
        for engine in &engines {
            if !ids.insert(engine.id()) {
                return Err(
                    Error::invalid("web_search", "an engine is named twice").with("engine", engine.id())
                );
            }
        }
        Ok(Self {
            engines: engines.into(),
            options,
        })
    }

    fn engine(&self, id: &str) -> Option<&AdapterSource> {
        self.engines.iter().find(|engine| engine.id().as_str() == id)
    }

    /// What a page of an engine brought, and what it means for the engine.
    async fn ask(&self, cx: &Context, query: &Query, rotation: &mut Rotation, id: &str) -> Batch {
        let mut batch = Batch::default();
        let (Some(engine), now) = (self.engine(id), cx.clock().now()) else {
            return batch;
        };
        // What is looked for is not bounded by an engine's page; the run counts what it takes.
        let query = Query {
            area: None,
            max: None,
            ..query.clone()
        };
        match engine.turn(cx, &query, rotation.stand(id)).await {
            Ok((page, next)) => {
                rotation.answered(id, &page, next, now);
                batch.warnings = page.warnings;
                batch.rejects = page.rejects;
                for listing in page.listings {
                    result::sort_in(&listing, &self.options, rotation, &mut batch);
                }
            }
            Err(error) => {
                rotation.failed(id, &error, now);
                batch
                    .warnings
                    .push(Failure::new(format!("{} {id}", Self::ID), &error));
            }
        }
        batch
    }
}

impl Search for WebSearch {
    fn id(&self) -> SourceId {
        SourceId::built_in(Self::ID)
    }

    fn info(&self) -> SourceInfo {
        let infos = self.engines.iter().map(|engine| (engine.id(), engine.info()));
        let reasons: Vec<String> = infos
            .filter(|(_, info)| info.terms == Terms::Restricted)
            .map(|(id, info)| format!("{id}: {}", info.accepted.unwrap_or_default()))
            .collect();
        let terms = if reasons.is_empty() {
            Terms::Open
        } else {
            Terms::Restricted
        };
        let mut info = SourceInfo::new("Search engines, by their health", terms);
        info.services
            .extend(self.engines.iter().flat_map(|engine| engine.info().services));
        if reasons.is_empty() {
            info
        } else {
            info.accepted(reasons.join("; "))
        }
    }

    async fn step(&self, cx: &Context, query: &Query, at: Option<&Cursor>) -> Result<Batch> {
        let ids = self.engines.iter().map(|engine| engine.id().to_string());
        let mut rotation = match at {
            None => Rotation::new(ids),
            Some(cursor) => Rotation::read(cursor, ids)?,
        };
        if rotation.asked() >= self.options.budget || rotation.is_over() {
            return Ok(Batch {
                cut: rotation.is_cut(),
                ..Batch::default()
            });
        }
        let now = cx.clock().now();
        let Some(id) = rotation.next(now) else {
            let wait = rotation.rest(now);
            let message = "every engine that has more to say rests after blocks";
            return Err(Error::new(ErrorKind::RateLimited, "web_search", message)
                .temporary()
                .after(wait));
        };
        let mut batch = self.ask(cx, query, &mut rotation, &id).await;
        let more = rotation.asked() < self.options.budget && !rotation.is_over();
        batch.cut = !more && rotation.is_cut();
        batch.next = more.then(|| rotation.cursor());
        Ok(batch)
    }
}
