//! A match as both languages follow it.

use lead_core::matching::{MatchEvent, MatchRun, MatchSummary, Matched};
use lead_core::{Error, ErrorKind, Result};
use lead_storage::CrawlFolder;
use serde::Serialize;

use super::options::MatchOptions;
use crate::work::{Followed, Sorted, Work, error_of};

/// A match under way. Dropping it ends the match; what its journal holds stays.
pub type MatchStream = Followed<Running>;

/// What a match has told beside its rows.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Told {
    /// Rows answered.
    pub done: u64,
    /// What it came to, when it is over.
    pub summary: Option<MatchSummary>,
}

/// A run, and the folder that is locked for it.
#[derive(Debug)]
pub struct Running {
    run: MatchRun,
    _folder: Option<CrawlFolder>,
}

async fn begin(options: MatchOptions) -> Result<Running> {
    let folder = match &options.resume {
        Some(path) => Some(CrawlFolder::open(path).await?),
        None => None,
    };
    let net = options.net;
    // Certificates are read, and the archive is looked at.
    let fetcher = tokio::task::spawn_blocking(move || net.fetcher())
        .await
        .map_err(|cause| Error::new(ErrorKind::Internal, "match", "it cannot begin").because(cause))??;
    let mut matcher = options.matcher.fetcher(fetcher);
    if let Some(folder) = &folder {
        matcher = matcher.journal(folder.state(), "rows");
    }
    Ok(Running {
        run: matcher.start(options.rows).await?,
        _folder: folder,
    })
}

impl MatchStream {
    /// Begins a match. What keeps it from beginning is told by the first [`next`](crate::batches::Batches::next).
    ///
    /// # Errors
    /// Those of [`runtime`](crate::runtime()).
    pub fn begin(options: MatchOptions) -> Result<Self> {
        Self::of(begin(options))
    }
}

impl Work for Running {
    type Event = MatchEvent;
    type Item = Matched;
    type Told = Told;

    async fn next(&mut self) -> Option<MatchEvent> {
        self.run.next().await
    }

    fn stop(&self) {
        self.run.stop();
    }

    fn sort(event: MatchEvent, told: &mut Told) -> Sorted<Matched> {
        match event {
            MatchEvent::Row(matched) => {
                told.done += 1;
                return Sorted::Item(*matched);
            }
            MatchEvent::Failed(failure) => return Sorted::Failed(error_of("match", &failure)),
            MatchEvent::Done(summary) => told.summary = Some(summary),
            _ => {}
        }
        Sorted::Noted
    }
}
