//! `lead refresh`

use clap::Args;
use lead_core::clock::Timestamp;
use lead_core::collect::{Collector, Refresh as Source, Refreshed};
use lead_core::record::RunId;
use lead_core::record::filter::Filter;
use lead_core::seam::{self, Store};
use lead_storage::changes::Changes;

use super::changes;
use crate::Exit;
use crate::app::App;
use crate::follow::follow;
use crate::halt::Outcome;
use crate::limits::LimitArgs;
use crate::net::NetArgs;
use crate::store::{StoreArgs, run_of, state_of};
use crate::{summary, when};

/// Visit again the sites of leads that nobody has seen for long
///
/// What stands there now is stored under the records it was stored under before: a lead is renewed, and `lead changes` tells what
/// differs. Obeys robots.txt, pace and suppression as every run does. Stop it, kill it: --resume last goes on where it stood.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    lead refresh --older-than 90d\n  \
    lead refresh --older-than 6mo --filter 'city:Lyon has:phone'\n  \
    lead refresh --resume last")]
pub(crate) struct Refresh {
    #[command(flatten)]
    store: StoreArgs,
    /// Leads not seen for so long: 90d, 6mo, 2y
    #[arg(long, value_name = "TIME", value_parser = when::ago, default_value = "90d")]
    older_than: Timestamp,
    /// Only of those that pass; as in `lead leads`
    #[arg(long, value_name = "EXPR", value_parser = Filter::parse, default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    filter: Filter,
    /// Go on with a refresh that was stopped or killed: its id, or `last`; it keeps to the leads it began with
    #[arg(long, value_name = "ID|last", conflicts_with_all = ["older_than", "filter", "max"])]
    resume: Option<String>,
    #[command(flatten)]
    limits: LimitArgs,
    /// Visit so many sites at a time
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    concurrency: u32,
    #[command(flatten)]
    net: NetArgs,
}

impl Refresh {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let store = self.store.open_existing(app).await?;
        let source = Source::new(store.clone(), self.older_than).filter(&self.filter);
        let mut collector = Collector::new(store.clone())
            .fetcher(self.net.fetcher(app)?)
            .concurrency(usize::try_from(self.concurrency).unwrap_or(usize::MAX))
            .source(seam::Source::new(source.clone()));
        collector = if let Some(which) = &self.resume {
            collector.resume(run_of(&store, which).await?)
        } else {
            let count = source.count().await?;
            if count == 0 {
                app.screen.remark("Every lead has been seen since: nothing to do");
                return Ok(Exit::Done);
            }
            app.screen.remark(&format!("{count} leads not seen since"));
            collector.query("refresh").expand(false)
        };
        let run = self.limits.apply(collector).start().await?;
        let id = run.id();
        app.screen.remark(&format!("Run {id}"));
        let followed = follow(app, run, |_, _| Ok(())).await?;
        app.screen.remark(&summary::told(&followed.summary));
        self.tell(app, &store, id).await?;
        let state = state_of(&store, id).await?;
        if followed.stopped() || followed.summary.reached.is_some() || state.sites_again > 0 {
            let again = format!(
                "lead refresh --resume {id}{}{}",
                self.store.flag(),
                self.net.flags()
            );
            app.screen
                .remark(&format!("Next: {again}   goes on, and tries again what failed"));
        }
        Ok(followed.exit())
    }

    /// What came of the sites, and of the leads.
    async fn tell(&self, app: &mut App, store: &Store, id: RunId) -> Outcome<()> {
        let sites = Refreshed::read(store, id).await?;
        let mut walk = Changes::since_run(store, id).await?.walk(store);
        while walk.next().await?.is_some() {}
        let compared = walk.compared();
        app.line(&format!(
            "Sites: {} read, {} gone, {} kept away from, {} failed, {} not visited yet",
            sites.read, sites.gone, sites.kept_away, sites.failed, sites.open
        ))?;
        app.line(&format!("Leads: {}", changes::told(&compared)))?;
        let flag = self.store.flag();
        if compared.changed + compared.new > 0 {
            app.screen.remark(&format!(
                "Next: lead changes --since {id}{flag}   shows what is new"
            ));
        }
        app.flush()
    }
}
