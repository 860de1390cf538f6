//! `lead sources parse`: a saved page of a platform.

use clap::{Args, ValueEnum};
use lead_core::record::SourceId;
use lead_core::source::adapter::{Adapter, Outcome as Parsed, ParseRequest};
use lead_core::{Error, Result, source};
use serde::Serialize;

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::inputs::whole;
use crate::platforms::adapter;
use crate::suggest::nearest;

/// The most bytes of a page that are read: adapters take no more.
pub(super) const MOST: u64 = (32 << 20) + 1;

/// A saved page, and whose it is.
#[derive(Args, Debug)]
pub(crate) struct SavedPage {
    /// The platform: `lead sources list` names them; or an adapter file of one's own, *.toml
    #[arg(value_name = "ID")]
    id: String,
    /// The page or answer, or - for standard input
    #[arg(value_name = "FILE")]
    file: String,
    /// Address it came from
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Country whose national numbers are read where an entry names none
    #[arg(long, value_name = "CC")]
    region: Option<String>,
}

/// Form of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ParseFormat {
    /// One JSON object: the outcome with all its listings.
    Json,
    /// One listing a line.
    Jsonl,
}

/// An outcome, and by which adapter: written as it stands, since answers may be large.
#[derive(Serialize)]
struct Whole<'a> {
    adapter: &'a SourceId,
    #[serde(flatten)]
    outcome: &'a Parsed,
    version: u32,
}

/// How reading a page ends: in part, when entries were kept aside.
pub(super) fn ended(parsed: &Parsed) -> Exit {
    match parsed {
        Parsed::Listings(reading) if !reading.rejects.is_empty() => Exit::Partly,
        _ => Exit::Done,
    }
}

impl SavedPage {
    pub(crate) async fn parse(&self, app: &mut App, format: ParseFormat) -> Outcome<Exit> {
        let adapter = known(app, &self.id).await?;
        let parsed = self.outcome(app, &adapter).await?;
        match (&parsed, format) {
            (Parsed::Listings(reading), ParseFormat::Jsonl) => {
                for listing in &reading.listings {
                    app.json(listing, false)?;
                }
            }
            (outcome, ParseFormat::Jsonl) => app.json(&outcome, false)?,
            (outcome, ParseFormat::Json) => {
                let whole = Whole {
                    adapter: adapter.id(),
                    outcome,
                    version: adapter.version(),
                };
                app.json(&whole, true)?;
            }
        }
        Ok(ended(&parsed))
    }

    async fn outcome(&self, app: &mut App, adapter: &Adapter) -> Result<Parsed> {
        let bytes = whole(app, &self.file, MOST).await?;
        let mut request = ParseRequest::new();
        request.url.clone_from(&self.url);
        request.region.clone_from(&self.region);
        adapter.parse(&bytes, &request)
    }
}

/// The platform of this id or file.
pub(super) async fn known(app: &mut App, id: &str) -> Result<Adapter> {
    let unknown = || {
        let near = nearest(id, source::adapters());
        let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        Error::invalid("source", format!("there is no such platform{near}")).with("source", id.escape_debug())
    };
    adapter(app, id).await?.ok_or_else(unknown)
}
