//! A collection killed at random moments and resumed gives the same leads as one that was left alone.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{folder, kill_after, run};
use crate::web::Web;

const BUSINESSES: usize = 500;

#[test]
fn a_collection_killed_at_twenty_moments_gives_the_same_leads() {
    killed(20, 20_260_101);
}

/// The long one: `cargo test -p lead-cli --release -- --ignored soak_kill`.
#[test]
#[ignore = "minutes: run by scripts/test --soak"]
fn soak_kill() {
    killed(100, fastrand::u64(..));
}

fn killed(times: u32, seed: u64) {
    eprintln!("killing {times} times, seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let (web, folder) = (Web::new(BUSINESSES), folder());
    let collect = Collect {
        flags: flags(&web, folder.path()),
        folder: folder.path(),
    };
    let whole = collect.whole("whole.db");
    let leads = collect.leads("whole.db");
    assert!(leads.len() > BUSINESSES / 2, "{} leads", leads.len());
    let (mut kills, mut round) = (0, 0);
    while kills < times {
        round += 1;
        let store = format!("round-{round}.db");
        // Moments over the whole of a run, the start of the process included.
        let span = whole.mul_f64(2.0 / 20.0) + Duration::from_millis(120);
        while kills < times && collect.kill(&store, span.mul_f64(random.f64())) {
            kills += 1;
            if collect.is_nearly_done(&store) {
                break; // the last sites wait for their retries: further kills would hit nothing
            }
        }
        collect.resume(&store);
        let resumed = collect.leads(&store);
        eprintln!("round {round}: {kills} kills so far, {} leads", resumed.len());
        assert_same(&leads, &resumed, seed);
    }
}

fn flags(web: &Web, folder: &Path) -> Vec<String> {
    let mut flags = vec![
        "--sites".to_owned(),
        web.sites(folder).display().to_string(),
        "--source".to_owned(),
        "osm".to_owned(),
    ];
    flags.extend(web.flags());
    flags.extend(Web::osm());
    flags
}

struct Collect<'a> {
    flags: Vec<String>,
    folder: &'a Path,
}

impl Collect<'_> {
    fn args(&self, store: &str, resume: bool) -> Vec<String> {
        let what: &[&str] = if resume {
            &["--resume", "last"]
        } else {
            &["dentists", "--near", "Lyon"]
        };
        let mut args = vec![
            "collect".to_owned(),
            "--store".to_owned(),
            format!("sqlite://{store}"),
        ];
        args.extend(what.iter().map(|arg| (*arg).to_owned()));
        args.extend(self.flags.iter().cloned());
        args
    }

    /// An uninterrupted run; how long it took.
    fn whole(&self, store: &str) -> Duration {
        let start = Instant::now();
        let ran = run(self.folder, &self.args(store, false));
        assert!(matches!(ran.code, Some(0 | 3)), "{ran:?}");
        start.elapsed()
    }

    /// Starts or resumes a run and kills it after `moment`; whether it was still under way.
    fn kill(&self, store: &str, moment: Duration) -> bool {
        let args = self.args(store, self.has_run(store));
        kill_after(self.folder, &args, moment)
    }

    /// Goes on with the run to its end, or starts it when it was killed before it had begun.
    fn resume(&self, store: &str) {
        let ran = run(self.folder, &self.args(store, self.has_run(store)));
        assert!(matches!(ran.code, Some(0 | 3)), "{ran:?}");
        let runs = self.runs(store);
        assert_eq!(runs.len(), 1, "one run, resumed: {runs:?}");
        assert_eq!(runs[0]["state"]["done"], true, "{runs:?}");
    }

    fn has_run(&self, store: &str) -> bool {
        self.folder.join(store).exists() && !self.runs(store).is_empty()
    }

    /// Whether nineteen in twenty sites are visited.
    fn is_nearly_done(&self, store: &str) -> bool {
        let count = |run: &Value, field: &str| run["state"][field].as_u64().unwrap();
        let runs = if self.folder.join(store).exists() {
            self.runs(store)
        } else {
            Vec::new()
        };
        runs.first().is_some_and(|run| {
            let known = count(run, "sites_known");
            known > 0 && count(run, "sites_done") * 20 >= known * 19
        })
    }

    fn runs(&self, store: &str) -> Vec<Value> {
        run(
            self.folder,
            &["runs", "--json", "--store", &format!("sqlite://{store}")],
        )
        .expect(0)
        .objects()
    }

    /// All leads, without times.
    fn leads(&self, store: &str) -> Vec<Value> {
        let args = [
            "leads",
            "--format",
            "jsonl",
            "--limit",
            "1000000",
            "--store",
            &format!("sqlite://{store}"),
        ];
        let mut leads = run(self.folder, &args).expect(0).objects();
        leads.iter_mut().for_each(forget_times);
        leads
    }
}

fn forget_times(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !matches!(name.as_str(), "first_seen" | "last_seen"));
            fields.values_mut().for_each(forget_times);
        }
        Value::Array(values) => values.iter_mut().for_each(forget_times),
        _ => {}
    }
}

fn assert_same(whole: &[Value], resumed: &[Value], seed: u64) {
    for (one, other) in whole.iter().zip(resumed) {
        assert!(one == other, "seed {seed}: {}", difference(one, other));
    }
    assert_eq!(whole.len(), resumed.len(), "seed {seed}");
}

/// The fields in which two leads differ.
fn difference(one: &Value, other: &Value) -> String {
    let fields = one
        .as_object()
        .unwrap()
        .iter()
        .filter(|(name, value)| other[name.as_str()] != **value);
    let told = fields
        .map(|(name, value)| [name.clone(), value.to_string(), other[name.as_str()].to_string()].join("\n"));
    told.collect::<Vec<_>>().join("\n\n")
}
