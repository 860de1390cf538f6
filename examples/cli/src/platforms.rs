//! Platforms as sources: which may be asked, where and with what.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;
use lead_core::record::SafeUrl;
use lead_core::seam::Source;
use lead_core::source::adapter::{Adapter, Quarantine};
use lead_core::source::platforms::Platforms;
use lead_core::source::web_search::WebSearchOptions;
use lead_core::{Error, ErrorKind, Result, source};

use crate::app::App;
use crate::inputs::whole;
use crate::net::quoted;

/// The most bytes of an adapter file.
const MOST: u64 = 1 << 20;

/// How platforms are asked.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Options of platforms")]
pub(crate) struct PlatformArgs {
    /// Ask a source whose terms restrict programs, for this reason, which the run keeps; repeat for more
    #[arg(long, value_name = "ID=REASON")]
    pub(crate) accept_terms: Vec<Pair>,
    /// Ask this host in place of a source's own, such as searxng=http://localhost:8080; repeat for more
    #[arg(long, value_name = "ID=URL")]
    pub(crate) source_url: Vec<Pair>,
    /// The key of a source that wants one; better told as LEAD_KEY in the environment
    #[arg(long, value_name = "ID=KEY", hide_env_values = true)]
    pub(crate) key: Vec<Pair>,
    /// Read lists only, not the entries' own pages
    #[arg(long)]
    pub(crate) list_only: bool,
    /// Keep pages that no adapter knows in this folder, for whoever mends it
    #[arg(long, value_name = "DIR")]
    pub(crate) quarantine: Option<PathBuf>,
    /// Engines that the source `web_search` asks, by their health; repeat for more
    #[arg(long, value_name = "ID")]
    pub(crate) engine: Vec<String>,
    /// So many requests to search engines at most
    #[arg(long, value_name = "N", default_value_t = WebSearchOptions::BUDGET)]
    pub(crate) search_budget: u32,
}

/// `ID=VALUE`
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    id: String,
    value: String,
}

impl FromStr for Pair {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            Some((id, value)) if !id.trim().is_empty() && !value.trim().is_empty() => Ok(Self {
                id: id.trim().to_owned(),
                value: value.trim().to_owned(),
            }),
            _ => Err("the source's id, `=`, and its value".to_owned()),
        }
    }
}

fn told<T>(pairs: &[Pair], read: impl Fn(&str) -> Result<T>) -> Result<BTreeMap<String, T>> {
    let pairs = pairs.iter().map(|pair| Ok((pair.id.clone(), read(&pair.value)?)));
    pairs.collect()
}

impl PlatformArgs {
    /// How platforms are asked.
    pub(crate) fn read(&self) -> Result<Platforms> {
        let mut platforms = Platforms::default();
        let text = |text: &str| Ok(text.to_owned());
        platforms.accepted = told(&self.accept_terms, text)?;
        platforms.keys = told(&self.key, text)?;
        platforms.base_urls = told(&self.source_url, SafeUrl::parse)?;
        platforms.list_only = self.list_only;
        platforms.quarantine = self.quarantine.clone().map(Quarantine::new);
        platforms.search = WebSearchOptions::new().budget(self.search_budget);
        Ok(platforms)
    }

    /// Notes the engines, of which some may be files of one's own.
    pub(crate) async fn note_engines(&self, app: &mut App, platforms: &mut Platforms) -> Result<()> {
        for engine in &self.engine {
            let id = note(app, engine, platforms).await?;
            platforms.engines.push(id);
        }
        Ok(())
    }

    /// The flags to type again for a run to go on; keys are not told, reasons are in the run.
    pub(crate) fn flags(&self) -> String {
        let mut flags = String::new();
        let mut flag = |name: &str, value: &str| {
            let _ = write!(flags, " --{name} {}", quoted(value));
        };
        self.source_url
            .iter()
            .for_each(|pair| flag("source-url", &format!("{}={}", pair.id, pair.value)));
        self.engine.iter().for_each(|id| flag("engine", id));
        if let Some(folder) = &self.quarantine {
            flag("quarantine", &folder.display().to_string());
        }
        if self.search_budget != WebSearchOptions::BUDGET {
            flag("search-budget", &self.search_budget.to_string());
        }
        if self.list_only {
            flags.push_str(" --list-only");
        }
        flags
    }
}

/// The source of a platform by its id, or by a file of one's own.
pub(crate) async fn source(app: &mut App, name: &str, platforms: &mut Platforms) -> Result<Source> {
    let id = note(app, name, platforms).await?;
    platforms.source(&id).map_err(|error| {
        // Of `web_search` it is an engine that may not be asked.
        let at_fault = value(&error, "source").or_else(|| value(&error, "adapter"));
        let id = at_fault.unwrap_or(id);
        match error.kind() {
            ErrorKind::InvalidInput if !platforms.accepted.contains_key(&id) => {
                error.with("meant", format!("--accept-terms '{id}=why you may'"))
            }
            ErrorKind::Config => error.with("meant", format!("--key '{id}=…', or LEAD_KEY")),
            _ => error,
        }
    })
}

/// What an error says of this.
pub(crate) fn value(error: &Error, key: &str) -> Option<String> {
    let mut context = error.context();
    let (_, value) = context.find(|(known, _)| *known == key)?;
    Some(value.to_owned())
}

/// Takes in a file of one's own; the id of what is named.
async fn note(app: &mut App, name: &str, platforms: &mut Platforms) -> Result<String> {
    if !is_file(name) {
        return Ok(name.to_owned());
    }
    let adapter = file(app, name).await?;
    let id = adapter.id().to_string();
    if platforms.own.iter().all(|own| own.id() != adapter.id()) {
        platforms.own.push(adapter);
    }
    Ok(id)
}

/// Whether this names an adapter file rather than a platform.
pub(crate) fn is_file(id: &str) -> bool {
    Path::new(id).extension().is_some_and(|ending| ending == "toml")
}

async fn file(app: &mut App, name: &str) -> Result<Adapter> {
    let bytes = whole(app, name, MOST).await?;
    Adapter::from_toml(&String::from_utf8_lossy(&bytes)).map_err(|error| error.with("file", name))
}

/// A platform by its id, or by a file of one's own; `None` when there is none of this id.
pub(crate) async fn adapter(app: &mut App, id: &str) -> Result<Option<Adapter>> {
    if is_file(id) {
        return file(app, id).await.map(Some);
    }
    if !source::adapters().any(|known| known == id) {
        return Ok(None);
    }
    source::adapter(id).map(Some)
}
