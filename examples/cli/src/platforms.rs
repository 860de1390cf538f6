//! Platforms as sources: which may be asked, where and with what.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;
use lead_core::record::{SafeUrl, SourceId};
use lead_core::seam::Source;
use lead_core::source::adapter::{Adapter, AdapterSource, Quarantine, SourceOptions};
use lead_core::source::web_search::{WebSearch, WebSearchOptions};
use lead_core::{Error, ErrorKind, Result, source};

use crate::app::App;
use crate::inputs::whole;
use crate::net::quoted;
use crate::suggest::nearest;

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

fn of<'a>(pairs: &'a [Pair], id: &str) -> Option<&'a str> {
    let mut own = pairs.iter().filter(|pair| pair.id == id);
    own.next_back().map(|pair| pair.value.as_str())
}

impl PlatformArgs {
    /// Refuses what is said of sources that are not asked: a slip of the pen would ask someone else, or without a reason.
    /// Files of one's own have ids that are not known yet.
    pub(crate) fn check(&self, ids: &[&str]) -> Result<()> {
        if ids
            .iter()
            .copied()
            .chain(self.engine.iter().map(String::as_str))
            .any(is_file)
        {
            return Ok(());
        }
        let asked = |id: &str| ids.contains(&id) || self.engine.iter().any(|engine| engine == id);
        for (flag, pairs) in [
            ("--accept-terms", &self.accept_terms),
            ("--source-url", &self.source_url),
            ("--key", &self.key),
        ] {
            if let Some(pair) = pairs.iter().find(|pair| !asked(&pair.id)) {
                let near = nearest(&pair.id, ids.iter().copied());
                let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                return Err(
                    Error::invalid("source", format!("this source is not asked{near}"))
                        .with("source", pair.id.escape_debug())
                        .with("flag", flag),
                );
            }
        }
        Ok(())
    }

    /// The source of a platform, by its id or by an adapter file of one's own; `None` when it is neither. `terms` are the
    /// reasons that a run to go on with has kept.
    pub(crate) async fn source(
        &self,
        app: &mut App,
        id: &str,
        terms: &BTreeMap<SourceId, String>,
    ) -> Result<Option<Source>> {
        if id == WebSearch::ID {
            return self.web_search(app, terms).await.map(Some);
        }
        let Some(adapter) = adapter(app, id).await? else {
            return Ok(None);
        };
        let source = self.adapter_source(adapter, terms)?;
        Ok(Some(Source::new(source)))
    }

    fn adapter_source(&self, adapter: Adapter, terms: &BTreeMap<SourceId, String>) -> Result<AdapterSource> {
        let id = adapter.id().to_string();
        let mut options = SourceOptions::new();
        options.accepted = of(&self.accept_terms, &id).map(str::to_owned).or_else(|| {
            terms
                .iter()
                .find(|(own, _)| own.as_str() == id)
                .map(|(_, reason)| reason.clone())
        });
        options.key = of(&self.key, &id).map(str::to_owned);
        options.base_url = of(&self.source_url, &id).map(SafeUrl::parse).transpose()?;
        options.list_only = self.list_only;
        options.quarantine = self.quarantine.clone().map(Quarantine::new);
        let accepted = options.accepted.is_some();
        let source = AdapterSource::new(adapter, options);
        source.map_err(|error| match error.kind() {
            ErrorKind::InvalidInput if !accepted => {
                error.with("meant", format!("--accept-terms '{id}=why you may'"))
            }
            ErrorKind::Config => error.with("meant", format!("--key '{id}=…', or LEAD_KEY")),
            _ => error,
        })
    }

    /// The engines, each with its own terms.
    async fn web_search(&self, app: &mut App, terms: &BTreeMap<SourceId, String>) -> Result<Source> {
        let mut engines = Vec::new();
        for id in &self.engine {
            let adapter = adapter(app, id).await?;
            let unknown =
                || Error::invalid("source", "there is no such engine").with("engine", id.escape_debug());
            engines.push(self.adapter_source(adapter.ok_or_else(unknown)?, terms)?);
        }
        let options = WebSearchOptions::new().budget(self.search_budget);
        Ok(Source::new(WebSearch::new(engines, options)?))
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

/// Whether this names an adapter file rather than a platform.
pub(crate) fn is_file(id: &str) -> bool {
    Path::new(id).extension().is_some_and(|ending| ending == "toml")
}

/// A platform by its id, or by a file of one's own; `None` when there is none of this id.
pub(crate) async fn adapter(app: &mut App, id: &str) -> Result<Option<Adapter>> {
    if is_file(id) {
        let bytes = whole(app, id, MOST).await?;
        let adapter = Adapter::from_toml(&String::from_utf8_lossy(&bytes));
        return adapter.map(Some).map_err(|error| error.with("file", id));
    }
    if !source::adapters().any(|known| known == id) {
        return Ok(None);
    }
    source::adapter(id).map(Some)
}
