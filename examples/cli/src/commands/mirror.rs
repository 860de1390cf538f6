//! `lead mirror`

use clap::{Args, Subcommand};
use lead_storage::dual::{Difference, Divergence, Dual, DualConfig, Repair};
use serde_json::json;

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::mirror::{behind, drained};
use crate::store::StoreArgs;

/// Look after what is kept in step with a store
///
/// Commands that write take --mirror URL: what they write goes into the store, together with a note for the mirror, and from
/// there to the mirror, now or when it can be reached again. A mirror is csv://leads.csv (?layout=legacy: the columns of
/// v3.9), or another store.
#[derive(Args, Debug)]
pub(crate) struct Mirror {
    #[command(subcommand)]
    action: Action,
}

/// A store, and what is kept in step with it.
#[derive(Args, Debug)]
struct Both {
    #[command(flatten)]
    store: StoreArgs,
    /// What is kept in step with the store: csv://leads.csv, or another store
    #[arg(long, value_name = "URL")]
    mirror: String,
    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Say how far the mirror is behind; nothing is carried
    Status(Both),
    /// Carry what the mirror lacks
    Drain(Both),
    /// Compare both, lead by lead; nothing is changed
    Check(Both),
    /// Make the mirror agree with the store; this also fills a new one
    Repair {
        #[command(flatten)]
        both: Both,
        /// Erase leads that are only in the mirror, too
        #[arg(long)]
        erase: bool,
    },
}

impl Mirror {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        match self.action {
            Action::Status(both) => both.status(app, DualConfig::default().at_rest()).await,
            Action::Drain(both) => both.status(app, DualConfig::default()).await,
            Action::Check(both) => {
                let dual = both.open(app, DualConfig::default().at_rest()).await?;
                both.compare(app, &dual, Repair::Nothing).await
            }
            Action::Repair { both, erase } => {
                let dual = both.open(app, DualConfig::default()).await?;
                drained(&dual).await?;
                let repair = if erase {
                    Repair::BringAndErase
                } else {
                    Repair::Bring
                };
                both.compare(app, &dual, repair).await
            }
        }
    }
}

impl Both {
    async fn open(&self, app: &App, config: DualConfig) -> Outcome<Dual> {
        self.store.must_exist()?;
        let dual = Dual::open(&self.store.store, &self.mirror, config).await?;
        app.to_close(dual.store());
        Ok(dual)
    }

    /// How far the mirror is behind, once it has been carried what can be.
    async fn status(&self, app: &mut App, config: DualConfig) -> Outcome<Exit> {
        let carries = config.carries;
        let dual = self.open(app, config).await?;
        let lag = if carries {
            drained(&dual).await?
        } else {
            dual.lag().await?
        };
        if self.json {
            app.json(&lag, false)?;
        } else if lag.is_none() {
            app.line("The mirror has everything.")?;
        } else {
            app.line(&format!("{}.", behind(&lag)))?;
        }
        Ok(if lag.is_none() { Exit::Done } else { Exit::Partly })
    }

    /// What differs, and what was done about it.
    async fn compare(&self, app: &mut App, dual: &Dual, repair: Repair) -> Outcome<Exit> {
        let tenant = app.tenant.clone();
        let mut told: Vec<Difference> = Vec::new();
        let mut more = 0_u64;
        let found = dual
            .repair(&tenant, repair, |difference| {
                if told.len() < MOST {
                    told.push(difference);
                } else {
                    more += 1;
                }
            })
            .await?;
        let lag = dual.lag().await?;
        if self.json {
            let told = json!({"found": found, "leads": told, "more": more, "behind": lag});
            app.json(&told, true)?;
        } else {
            for difference in told {
                app.line(&format!("{} {}", difference.lead, word(&difference)))?;
            }
            if more > 0 {
                app.line(&format!("… and {more} more"))?;
            }
            app.line(&summary(&found))?;
            if !lag.is_none() {
                app.screen
                    .remark(&format!("{}: lead mirror drain goes on", behind(&lag)));
            }
        }
        Ok(if found.agrees() { Exit::Done } else { Exit::Partly })
    }
}

/// So many leads that differ are told one by one.
const MOST: usize = 1_000;

fn word(difference: &Difference) -> String {
    let word = serde_json::to_value(difference.how).ok();
    let word = word.and_then(|word| word.as_str().map(str::to_owned));
    word.unwrap_or_default().replace('_', " ")
}

fn summary(found: &Divergence) -> String {
    let differ = format!(
        "{} leads compared: {} only in the store, {} only in the mirror, {} different",
        found.checked, found.only_primary, found.only_mirror, found.different
    );
    let beside = format!(
        "{} subjects of the suppression list and {} runs differ; {} mended",
        found.suppressions, found.runs, found.mended
    );
    format!("{differ}\n{beside}")
}
