//! By which words sources are asked.

use clap::Args;
use lead_core::Result;
use lead_core::collect::Collector;
use lead_core::plan::Preset;

use crate::app::App;
use crate::inputs::whole;

/// The longest preset.
const MOST: u64 = 1024 * 1024;

/// By which words sources are asked.
#[derive(Args, Clone, Debug)]
pub(crate) struct WordArgs {
    /// Ask by the query's own words alone: by default sources that go by words are asked by synonyms and translations too, as
    /// long as those bring something
    #[arg(long, conflicts_with = "preset")]
    no_expand: bool,
    /// Ask by the words of this preset (TOML: name, templates = ["best {what} in {place}", …], order = "yield" or "fixed")
    #[arg(long, value_name = "FILE")]
    preset: Option<String>,
}

impl WordArgs {
    /// Tells a collector.
    pub(crate) async fn apply(&self, app: &mut App, collector: Collector) -> Result<Collector> {
        let Some(file) = &self.preset else {
            return Ok(collector.expand(!self.no_expand));
        };
        let bytes = whole(app, file, MOST).await?;
        let preset = Preset::from_toml(&String::from_utf8_lossy(&bytes));
        Ok(collector.preset(preset.map_err(|error| error.with("file", file))?))
    }
}
