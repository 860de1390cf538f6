//! `lead demo`

use std::collections::BTreeSet;

use clap::Args;
use fixture_sources::Maps;
use fixture_web::{ServerConfig, Truth, World};
use lead_core::clock::Clock;
use lead_core::collect::Collector;
use lead_core::record::{Lead, SafeUrl, Subject, Suppression};
use lead_core::seam::Source;
use lead_core::source::osm::{Osm, OsmConfig};
use lead_core::{Result, source};

use crate::Exit;
use crate::app::App;
use crate::follow::{Followed, follow};
use crate::halt::Outcome;
use crate::net::NetArgs;
use crate::screen::one_line;
use crate::store::StoreArgs;
use crate::summary::{self, float};
use crate::table;
use crate::world::{WorldArgs, serve};

/// What the demo looks for, and where: the generated world is well stocked with them.
const QUERY: &str = "dentists";
const PLACE: &str = "Lyon";

/// See a whole collection on the built-in web, without a network
///
/// Serves the generated web on loopback, asks its OpenStreetMap and its map search for dentists in Lyon, visits the sites of
/// all its businesses, recognises which records are the same business, and stores the leads. One business is put on the
/// suppression list first: it must not appear. The world's truth is known, so the end says how much of it was found, and
/// how good the estimate of what is still missing is.
#[derive(Args, Debug)]
pub(crate) struct Demo {
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    world: WorldArgs,
    /// Print so many leads at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
}

impl Demo {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let store = self.store.open(app).await?;
        let server = serve(self.world.generate().await?, 0, ServerConfig::default()).await?;
        let world = server.world();
        app.screen.remark(&format!(
            "The generated web: {} invented businesses and {} sites, served on {}.",
            world.businesses().len(),
            world.sites(None).count(),
            server.addr()
        ));
        let unwanted = unwanted(world);
        if let Some((name, subjects)) = &unwanted {
            let now = Clock::system().now();
            let entries = subjects
                .iter()
                .map(|subject| Suppression::new(subject.clone(), "demo: an objection", now));
            store.suppress(entries.collect()).await?;
            app.screen.remark(&format!(
                "“{}” does not want to be contacted: on the suppression list.",
                one_line(name)
            ));
        }
        app.screen.remark(&format!(
            "Looking for {QUERY} near {PLACE}, and visiting every site …"
        ));
        let run = Collector::new(store.clone())
            .fetcher(NetArgs::loopback(server.addr())?.fetcher(app)?)
            .source(osm()?)
            .source(maps()?)
            .source(sites(world)?)
            .query(QUERY)
            .near(PLACE)
            .start()
            .await?;
        let followed = follow(app, run, |_, _| Ok(())).await?;
        let (leads, _) = followed.leads(&store, usize::MAX).await?;
        self.show(app, leads.clone())?;
        let truth: Vec<Truth> = world.truth().collect();
        app.line(&summary::told(&followed.summary))?;
        app.line(&rate(&followed))?;
        if !followed.stopped() && !leads.is_empty() {
            app.line(&compared(&truth, &leads))?;
            app.line(&there_are(&truth))?;
        }
        if let Some((name, subjects)) = &unwanted {
            app.line(&kept_out(name, subjects, &leads))?;
        }
        app.flush()?;
        self.next(app);
        server.stop().await;
        // Sites that fail are part of the show; what failed was listed.
        Ok(match followed.exit() {
            Exit::Partly => Exit::Done,
            other => other,
        })
    }

    /// The leads most is known of.
    fn show(&self, app: &mut App, mut leads: Vec<Lead>) -> Outcome<()> {
        leads.sort_by_cached_key(|lead| {
            let sources: BTreeSet<_> = lead.sources.iter().map(|source| &source.source).collect();
            let sure = lead.findings.phones.first().map(|phone| phone.confidence);
            std::cmp::Reverse((lead.name.is_some(), sources.len(), sure, lead.sources.len()))
        });
        let count = leads.len();
        leads.truncate(self.limit);
        if leads.is_empty() {
            return app.line("Nothing has changed since the last demo in this store.");
        }
        app.line(&table::leads(&leads, app.width).to_string())?;
        app.flush()?;
        table::tell_more(app, leads.len(), count);
        Ok(())
    }

    fn next(&self, app: &App) {
        let store = self.store.flag();
        app.screen.remark("\nNext:");
        for (command, why) in [
            (
                format!("lead leads{store} --filter 'has:email city:Lyon'"),
                "a table; --format jsonl for programs",
            ),
            (
                format!("lead export{store} --format csv --out leads.csv"),
                "for a spreadsheet",
            ),
            (format!("lead suppress list{store}"), "who must not be contacted"),
            ("lead serve-fixtures".to_owned(), "the same web, to try things on"),
            (
                "lead collect dentists --near Lyon".to_owned(),
                "the real world: OpenStreetMap and the sites it names",
            ),
        ] {
            app.screen.remark(&format!("  {command:58} # {why}"));
        }
    }
}

/// A business that says no: its name, site and numbers.
fn unwanted(world: &World) -> Option<(String, Vec<Subject>)> {
    let truth = world.query_truth(QUERY, PLACE);
    let known = truth.into_iter().find(|truth| {
        truth.osm_id.is_some()
            && truth.chain.is_none()
            && truth.site.as_ref().is_some_and(|site| site.reachable)
    })?;
    let domain = known
        .site
        .map(|site| format!("domain:{}", site.host.trim_start_matches("www.")));
    let numbers = known.phones.iter().map(|phone| format!("phone:{}", phone.e164));
    let subjects = domain
        .into_iter()
        .chain(numbers)
        .filter_map(|subject| subject.parse().ok());
    Some((known.names.osm, subjects.collect()))
}

fn config() -> OsmConfig {
    OsmConfig::default()
        .overpass_url("http://overpass.test/api/interpreter")
        .nominatim_url("http://nominatim.test/")
}

fn osm() -> Result<Source> {
    Ok(Source::new(Osm::new(config())?))
}

fn maps() -> Result<Source> {
    let address = SafeUrl::parse(crate::sources::MAPS)?;
    Ok(Source::new(Maps::new(address, config())?))
}

/// What the estimate of the coverage is to be held against.
fn there_are(truth: &[Truth]) -> String {
    let wanted = || {
        truth
            .iter()
            .filter(|truth| truth.city_latin == PLACE && truth.category == "dentist")
    };
    let listed = wanted().filter(|truth| truth.osm_id.is_some() || truth.maps_id.is_some());
    format!(
        "Truth: there are {} {QUERY} in {PLACE}; {} of them stand in what was searched",
        wanted().count(),
        listed.count()
    )
}

fn sites(world: &World) -> Result<Source> {
    let urls: Result<Vec<SafeUrl>> = world.sites(None).map(|site| SafeUrl::parse(&site)).collect();
    Ok(source::sites(urls?))
}

fn rate(followed: &Followed) -> String {
    let seconds = followed.summary.elapsed.as_secs_f64().max(0.001);
    format!("Pages a second: {:.0}", float(followed.summary.pages) / seconds)
}

/// How much of the truth was found, and how much of what was found is true.
fn compared(truth: &[Truth], leads: &[Lead]) -> String {
    let numbers: BTreeSet<String> = leads
        .iter()
        .flat_map(|lead| &lead.findings.phones)
        .map(|phone| phone.e164.to_string())
        .collect();
    let sites: BTreeSet<&str> = leads
        .iter()
        .flat_map(|lead| &lead.findings.websites)
        .map(|site| site.url.site())
        .collect();
    // Within reach: what the sources asked know of.
    let within: Vec<&Truth> = truth.iter().filter(|truth| is_within_reach(truth)).collect();
    let found = within.iter().filter(|truth| {
        truth.phones.iter().any(|phone| numbers.contains(&phone.e164))
            || truth
                .site
                .as_ref()
                .is_some_and(|site| sites.contains(site.host.trim_start_matches("www.")))
    });
    let real: BTreeSet<&str> = truth.iter().flat_map(numbers_of).collect();
    let right = numbers
        .iter()
        .filter(|number| real.contains(number.as_str()))
        .count();
    format!(
        "Truth: {} of {} businesses within reach found; {right} of {} numbers are theirs",
        found.count(),
        within.len(),
        numbers.len()
    )
}

/// Known to the maps of the place asked for, or with a site that can be read.
fn is_within_reach(truth: &Truth) -> bool {
    let mapped = (truth.osm_id.is_some() || truth.maps_id.is_some())
        && truth.city_latin == PLACE
        && truth.category == "dentist";
    mapped || truth.site.as_ref().is_some_and(|site| site.reachable)
}

fn numbers_of(truth: &Truth) -> impl Iterator<Item = &str> {
    let own = truth.phones.iter().map(|phone| phone.e164.as_str());
    let chain = truth.chain.iter().map(|chain| chain.phone.as_str());
    own.chain(chain)
        .chain(truth.persons.iter().filter_map(|person| person.phone.as_deref()))
}

fn kept_out(name: &str, subjects: &[Subject], leads: &[Lead]) -> String {
    let numbers = leads.iter().flat_map(|lead| &lead.findings.phones);
    let shown = numbers
        .filter(|phone| subjects.contains(&Subject::Phone(phone.e164)))
        .count();
    let name = one_line(name);
    if shown == 0 {
        format!("Suppressed: none of the numbers of “{name}” is in any lead")
    } else {
        format!("Suppressed: {shown} numbers of “{name}” SLIPPED THROUGH")
    }
}
