//! `lead hide` and `lead unhide`

use clap::Args;
use lead_core::record::LeadId;
use lead_core::record::filter::{Filter, Visibility};
use lead_core::seam::{Hid, Hiding, LeadQuery, LeadVersion, Store};
use lead_core::{Error, ErrorKind};

use crate::Exit;
use crate::app::App;
use crate::exit::Tally;
use crate::halt::Outcome;
use crate::store::{MirrorArgs, StoreArgs};

/// Leads hidden at a time.
const PAGE: usize = 500;

/// Hide leads: put them away until `lead unhide` brings them back
///
/// A hidden lead is in no list, count, statistic, export, sink or mirror in CSV, unless a filter asks for it: lead leads --filter is:hidden. It
/// goes on gathering what is seen of it, and what is joined to it is hidden, too. To be rid of leads for good: lead erase.
#[derive(Args, Debug)]
pub(crate) struct Hide {
    #[command(flatten)]
    which: Which,
}

/// Bring back leads that were hidden, with all that was seen of them meanwhile
#[derive(Args, Debug)]
pub(crate) struct Unhide {
    #[command(flatten)]
    which: Which,
}

/// Which leads, and who wants it.
#[derive(Args, Debug)]
struct Which {
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    mirror: MirrorArgs,
    /// Ids of leads
    #[arg(value_name = "ID", required_unless_present = "filter")]
    id: Vec<LeadId>,
    /// All that pass; as in `lead leads`
    #[arg(long, value_name = "EXPR", value_parser = some_filter, conflicts_with = "id", allow_hyphen_values = true)]
    filter: Option<Filter>,
    /// Only if the one lead still is what it was when `lead leads --versions` told this version of it
    #[arg(long, value_name = "VERSION", conflicts_with = "filter")]
    if_version: Option<LeadVersion>,
    /// Who wants it, for the audit log
    #[arg(long, value_name = "NAME", default_value = "lead")]
    by: String,
}

impl Hide {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        self.which.run(app, Hiding::hide, Visibility::Shown).await
    }
}

impl Unhide {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        self.which.run(app, Hiding::unhide, Visibility::Hidden).await
    }
}

impl Which {
    /// Does what `wanted` says to leads that are `now` so.
    async fn run(self, app: &mut App, wanted: fn(String) -> Hiding, now: Visibility) -> Outcome<Exit> {
        if self.if_version.is_some() && self.id.len() != 1 {
            let says = "--if-version is about one lead, which is named by its id";
            return Err(Error::invalid("hide", says).into());
        }
        let store = self.store.open_existing_with(&self.mirror, app).await?;
        let hiding = || wanted(self.by.clone());
        let word = if hiding().hidden { "hidden" } else { "brought back" };
        let Some(filter) = self.filter else {
            let hiding = match (self.if_version, self.id.as_slice()) {
                (Some(version), [id]) => hiding().if_unchanged(*id, version),
                _ => hiding().leads(self.id.clone()),
            };
            let came = store.set_hidden(hiding).await?;
            return Ok(told(app, &self.id, &came, word));
        };
        let filter = if filter.speaks_of_hidden() {
            filter
        } else {
            Filter::And(vec![Filter::Is(now), filter])
        };
        let done = all(&store, filter, hiding).await?;
        app.screen.remark(&format!("{done} {word}"));
        Ok(Exit::Done)
    }
}

/// What came of each lead that was named.
fn told(app: &App, ids: &[LeadId], came: &[Hid], word: &str) -> Exit {
    let mut tally = Tally::default();
    let mut done = 0;
    for (id, hid) in ids.iter().zip(came) {
        let (kind, says) = match hid {
            Hid::NotFound => (ErrorKind::NotFound, "no lead of this store has such an id"),
            Hid::Changed => (
                ErrorKind::Conflict,
                "the lead is not what it was: look at it again",
            ),
            hid => {
                tally.done += 1;
                done += usize::from(*hid == Hid::Done);
                continue;
            }
        };
        app.screen.error(&Error::new(kind, "hide", says).with("lead", id));
        tally.failed(kind);
    }
    app.screen.remark(&format!("{done} {word}"));
    tally.exit()
}

/// All that pass, page by page; how many were not so already.
async fn all(store: &Store, filter: Filter, hiding: impl Fn() -> Hiding) -> lead_core::Result<usize> {
    let mut query = LeadQuery::new(filter).limit(PAGE);
    let mut done = 0;
    loop {
        let page = store.page(query.clone()).await?;
        let ids = page.leads.iter().map(|lead| lead.id);
        let came = store.set_hidden(hiding().leads(ids)).await?;
        done += came.iter().filter(|hid| **hid == Hid::Done).count();
        match page.next {
            // Pages go by key, so what leaves them makes none be passed by.
            Some(next) => query = query.after(Some(next)),
            None => return Ok(done),
        }
    }
}

/// An empty filter passes every lead, and is more often a variable that was not set than a wish.
fn some_filter(text: &str) -> lead_core::Result<Filter> {
    if text.trim().is_empty() {
        return Err(Error::invalid(
            "hide",
            "an empty filter passes every lead; say '*' if that is meant",
        ));
    }
    Filter::parse(text)
}
