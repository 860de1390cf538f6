//! A page of a platform, fetched by hand.

use clap::Args;
use lead_core::Result;
use lead_core::record::SafeUrl;
use lead_core::seam::{Request, Response};
use lead_core::source::adapter::Adapter;

use crate::app::App;
use crate::net::NetArgs;

/// Whether a platform's terms are accepted.
#[derive(Args, Clone, Debug)]
pub(super) struct Terms {
    /// Fetch pages of a platform whose terms restrict programs, for this reason
    #[arg(long, value_name = "REASON")]
    pub(super) accept_terms: Option<String>,
}

/// The page at this address, as robots.txt and the platform's terms allow.
///
/// # Errors
/// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) when the terms restrict programs and no reason is given;
/// those of fetching.
pub(super) async fn fetched(
    adapter: &Adapter,
    address: &str,
    terms: &Terms,
    net: &NetArgs,
    app: &App,
) -> Result<Response> {
    let info = match &terms.accept_terms {
        Some(reason) => adapter.info().accepted(reason),
        None => adapter.info(),
    };
    info.may_be_asked(adapter.id())
        .map_err(|error| error.with("meant", "--accept-terms REASON"))?;
    net.fetcher(app)?
        .fetch(Request::get(SafeUrl::parse(address)?))
        .await
}
