//! Which sources a run asks.

use std::collections::BTreeMap;
use std::fmt::Write;

use clap::Args;
use fixture_sources::Maps;
use lead_core::collect::check_sources;
use lead_core::record::{SafeUrl, SourceId};
use lead_core::seam::{Reject, Search, Source};
use lead_core::source::osm::Osm;
use lead_core::source::platforms::Platforms;
use lead_core::source::sites::Sites;
use lead_core::{Error, ErrorKind, Result, source};

use crate::app::App;
use crate::inputs::whole;
use crate::net::quoted;
use crate::osm::OsmArgs;
use crate::platforms::{self, PlatformArgs, is_file, value};
use crate::suggest::nearest;

/// Which sources, and where they are.
#[derive(Args, Clone, Debug)]
pub(crate) struct SourceArgs {
    /// A source to ask; repeat for more. `lead sources list` names them; osm unless --sites is given
    #[arg(long, value_name = "ID")]
    pub(crate) source: Vec<String>,
    /// Visit the web sites in this file, one URL or host name a line; - for standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) sites: Option<String>,
    #[command(flatten)]
    osm: OsmArgs,
    /// Map search to ask as the source `maps`: that of the generated web, see `lead serve-fixtures`
    #[arg(long, value_name = "URL", default_value = MAPS)]
    maps_url: SafeUrl,
    #[command(flatten)]
    platforms: PlatformArgs,
}

/// Where the generated web has its map search.
pub(crate) const MAPS: &str = "http://maps.test/search";

impl SourceArgs {
    /// The sources asked for; `known` are those of a run to go on with: whether each is done.
    /// `terms` are the reasons it has kept.
    pub(crate) async fn choose(
        &self,
        app: &mut App,
        known: &[(SourceId, bool)],
        terms: &BTreeMap<SourceId, String>,
    ) -> Result<Vec<Source>> {
        let mut ids: Vec<&str> = self.source.iter().map(String::as_str).collect();
        if ids.is_empty() {
            ids.extend(known.iter().map(|(id, _)| id.as_str()));
        }
        if self.sites.is_some() && !ids.contains(&"sites") {
            ids.push("sites");
        }
        if ids.is_empty() {
            ids.push("osm");
        }
        let mut platforms = self.platforms.read()?;
        self.platforms.note_engines(app, &mut platforms).await?;
        let mut sources: Vec<Source> = Vec::new();
        for id in &ids {
            let done = known.iter().any(|(known, done)| known.as_str() == *id && *done);
            // Reasons that the run has kept need not be said again.
            let kept = terms.iter().find(|(known, _)| known.as_str() == *id);
            if let Some((id, reason)) = kept {
                platforms
                    .accepted
                    .entry(id.to_string())
                    .or_insert_with(|| reason.clone());
            }
            let source = match (*id, &self.sites) {
                ("osm", _) => Source::new(Osm::new(self.osm.config())?),
                ("maps", _) => Source::new(Maps::new(self.maps_url.clone(), self.osm.config())?),
                ("sites", Some(file)) => list(file, app).await?,
                ("sites", None) if done => source::sites(Vec::new()),
                ("sites", None) => {
                    return Err(Error::invalid("source", "`sites` wants a list: --sites FILE"));
                }
                (id, _) => platforms::source(app, id, &mut platforms)
                    .await
                    .map_err(|error| unknown(error, known))?,
            };
            sources.push(source);
        }
        check_sources(&sources)?;
        platforms.check(&sources).map_err(|error| near(error, &ids))?;
        Ok(sources)
    }

    /// The flags to type again for a run to go on: those of sources that are not done, as `undone` tells.
    pub(crate) fn flags(&self, undone: impl Fn(&str) -> bool) -> String {
        let mut flags = String::new();
        if let Some(file) = self.sites.as_deref().filter(|_| undone("sites")) {
            let _ = write!(flags, " --sites {}", quoted(file));
        }
        if undone("osm") || undone("maps") {
            flags += &self.osm.flags();
        }
        if self.maps_url.as_str() != MAPS && undone("maps") {
            let _ = write!(flags, " --maps-url {}", quoted(self.maps_url.as_str()));
        }
        let files = self.source.iter().filter(|id| is_file(id));
        files.for_each(|file| {
            let _ = write!(flags, " --source {}", quoted(file));
        });
        flags + &self.platforms.flags()
    }

    /// Whether a new run asks OpenStreetMap.
    pub(crate) fn asks_osm(&self) -> bool {
        let unsaid = self.source.is_empty() && self.sites.is_none();
        unsaid || self.source.iter().any(|id| id == "osm")
    }
}

/// The source of a list of sites. Its lines that cannot be read are kept with what else fails in the run.
async fn list(file: &str, app: &mut App) -> Result<Source> {
    let bytes = whole(app, file, u64::MAX).await?;
    let (sites, unreadable) = Sites::parse(&String::from_utf8_lossy(&bytes));
    if sites.is_empty() {
        return Err(Error::invalid("sites", "the list names no site that can be read").with("file", file));
    }
    let unreadable = unreadable.into_iter().map(|reject| Reject {
        entry: format!("{file} {}", reject.entry),
        ..reject
    });
    Ok(Source::new(sites.with_rejects(unreadable.collect())))
}

/// Every built-in source.
pub(crate) fn all() -> Vec<Source> {
    vec![source::osm(), source::sites(Vec::new())]
}

/// Which sources there are, when one is none of them.
fn unknown(error: Error, known: &[(SourceId, bool)]) -> Error {
    let Some(id) = value(&error, "id").filter(|_| error.kind() == ErrorKind::NotFound) else {
        return error;
    };
    if known.iter().any(|(known, _)| known.as_str() == id) {
        let message = "the run asked a source of the user's own: give its file again, --source FILE";
        return Error::invalid("source", message).with("source", id.escape_debug());
    }
    let mut ids: Vec<String> = all().iter().map(|source| source.id().to_string()).collect();
    ids.extend(Platforms::known().map(str::to_owned));
    let near = nearest(&id, ids.iter().map(String::as_str));
    let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
    Error::invalid("source", format!("there is no such source{near}"))
        .with("source", id.escape_debug())
        .with("known", ids.join(", "))
}

/// What was meant where something was said of a source that is not asked.
fn near(error: Error, ids: &[&str]) -> Error {
    let near = value(&error, "source").and_then(|id| nearest(&id, ids.iter().copied()).map(str::to_owned));
    match near {
        Some(near) => error.with("meant", near),
        None => error,
    }
}
