//! Behaviour added around fetching: a layer that counts.
#![allow(clippy::print_stdout, reason = "an example prints what it shows")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use lead_core::prelude::*;
use lead_core::seam::{Fetch, Layer, Response};

/// Counts what passes. State lives in the layer; what it returns is a cheap projection.
#[derive(Clone, Debug, Default)]
struct Count(Arc<AtomicU64>);

impl Layer for Count {
    fn fetcher(&self, inner: Fetcher) -> Fetcher {
        Fetcher::new(Counting {
            inner,
            count: Arc::clone(&self.0),
        })
    }
}

#[derive(Debug)]
struct Counting {
    inner: Fetcher,
    count: Arc<AtomicU64>,
}

impl Fetch for Counting {
    async fn fetch(&self, request: Request) -> Result<Response> {
        self.count.fetch_add(1, Ordering::Relaxed);
        self.inner.fetch(request).await
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let web = e2e::web(7, 50).await;
    let count = Count::default();
    let fetcher = Fetcher::http(&e2e::fetch_config(&web))?.layer(&count);
    for host in ["fixtures.test", "directory.test"] {
        let response = fetcher
            .fetch(Request::get(SafeUrl::parse(&web.url(host, "/"))?))
            .await?;
        println!("{} {}", response.status, response.url);
    }
    assert_eq!(count.0.load(Ordering::Relaxed), 2);
    Ok(())
}
