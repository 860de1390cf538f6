//! `lead sources record`: a page with what is read on it, for tests to come.

use std::path::PathBuf;

use clap::Args;
use lead_core::clock::Clock;
use lead_core::source::adapter::{Fixture, ParseRequest};

use super::fetched::{Terms, fetched};
use super::saved_page::{ended, known};
use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::net::NetArgs;

/// A page to record.
#[derive(Args, Debug)]
pub(crate) struct Record {
    /// The platform: `lead sources list` names them; or an adapter file of one's own, *.toml
    #[arg(value_name = "ID")]
    id: String,
    /// Address of the page
    #[arg(value_name = "URL")]
    url: String,
    /// Folder of recorded pages
    #[arg(long, value_name = "DIR", default_value = "fixtures")]
    into: PathBuf,
    #[command(flatten)]
    terms: Terms,
    #[command(flatten)]
    net: NetArgs,
}

impl Record {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let adapter = known(app, &self.id).await?;
        let response = fetched(&adapter, &self.url, &self.terms, &self.net, app).await?;
        let accepted = self.terms.accept_terms.as_deref();
        let fixture = Fixture::record(&self.into, &adapter, &response, accepted, Clock::system().now())?;
        let read = adapter.parse(&response.body, &ParseRequest::new().url(response.url.as_str()));
        let kind = fixture.check(&adapter)?.now;
        let word = kind
            .get("kind")
            .or_else(|| kind.get("outcome"))
            .and_then(|word| word.as_str());
        app.line(&format!(
            "{}: {}",
            fixture.folder().display(),
            word.unwrap_or("recorded")
        ))?;
        app.screen.remark(&format!(
            "Next: lead sources doctor {} {}   holds what is read later against it",
            self.id,
            self.into.display()
        ));
        // The page is kept, for whoever mends the adapter; what it came to is told as `sources parse` tells it.
        Ok(ended(&read?))
    }
}
