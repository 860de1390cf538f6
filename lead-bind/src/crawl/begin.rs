//! From what a crawl is told to a crawl under way.

use lead_core::crawl::{Crawl, Crawler};
use lead_core::{Error, ErrorKind, Result};
use lead_storage::CrawlFolder;

use super::options::CrawlOptions;

/// A crawl under way, and the folder that is locked for it.
#[derive(Debug)]
pub struct Running {
    pub(super) crawl: Crawl,
    _folder: Option<CrawlFolder>,
}

/// Begins a crawl on the current runtime.
pub(super) async fn begin(options: CrawlOptions) -> Result<Running> {
    let folder = match &options.resume {
        Some(path) => Some(CrawlFolder::open(path).await?),
        None => None,
    };
    let state = folder.as_ref().map(CrawlFolder::state);
    let (net, concurrency, kept) = (options.net, options.config.concurrency, state.clone());
    // Certificates are read, and the archive is looked at.
    let fetcher = tokio::task::spawn_blocking(move || net.crawl_fetcher(concurrency, kept))
        .await
        .map_err(|cause| Error::new(ErrorKind::Internal, "crawl", "it cannot begin").because(cause))??;
    let mut crawler = Crawler::new(options.seeds)
        .config(options.config)
        .scope(options.scope)
        .extract(options.reading)
        .fetcher(fetcher);
    if let Some(state) = state {
        crawler = crawler.journal(state, CrawlFolder::JOURNAL);
    }
    Ok(Running {
        crawl: crawler.start().await?,
        _folder: folder,
    })
}
