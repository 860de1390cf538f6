//! A language model that may propose words.

use clap::Args;
use lead_core::Result;
use lead_core::collect::Collector;
use lead_core::plan::{Model, understand};
use lead_core::record::QueryText;
use lead_core::seam::{Failure, Fetcher};

use crate::app::App;
use crate::follow::tell;

/// A language model that may propose words. Its key is better given in the environment: a command line is seen by others.
#[derive(Args, Clone, Debug)]
pub(crate) struct ModelArgs {
    /// Let this language model propose words to ask by; one request, and only with a key
    #[arg(long, value_name = "NAME")]
    model: Option<String>,
    /// Where it answers, in the manner of OpenAI's API; one of your own machine wants --allow-net too
    #[arg(long, value_name = "URL", default_value = "https://api.openai.com/v1")]
    model_url: String,
    /// The key it is asked with; better in the environment
    #[arg(long, value_name = "KEY")]
    model_key: Option<String>,
}

impl ModelArgs {
    /// Asks by what the model proposes too. When it does not answer the run goes on without.
    pub(crate) async fn apply(
        &self,
        app: &App,
        fetcher: &Fetcher,
        text: &str,
        near: Option<&str>,
        collector: Collector,
    ) -> Result<Collector> {
        let Some(name) = &self.model else {
            return Ok(collector);
        };
        let model = Model::new(&self.model_url, name)?.key(self.model_key.as_deref().unwrap_or_default());
        let mut meant = understand(&QueryText::new(text)?);
        if let Some(place) = near {
            meant.place = Some(QueryText::new(place)?);
        }
        match model.propose(fetcher, &meant).await {
            Ok(variants) => Ok(collector.variants(variants)),
            Err(error) => {
                tell(
                    app,
                    &Failure::new("model", &error),
                    Some("The run goes on without it."),
                );
                Ok(collector)
            }
        }
    }
}
