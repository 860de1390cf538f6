//! The first use in a fresh process: what a command, or a worker that was just started, pays before its first answer.
//! And the tables that stand in the program for it.

use std::path::Path;
use std::time::Instant;

use lead_core::phone::{FindOptions, Mode, find_numbers};
use lead_core::prelude::*;

use crate::itself;
use crate::quantile::quantile;

/// How many processes are started for each use.
const PROCESSES: usize = 51;

/// The most a first use may take, in microseconds.
const MOST_TIME: f64 = 1000.0;

/// The most bytes the numbering plans may have.
const MOST_BYTES: u64 = 500_000;

const TEXT: &str = "Ring (415) 555-2671 or +49 30 1234567 from nine to five.";

const PAGE: &str = r#"<!doctype html><html lang="en"><title>Rossi Bakery</title>
<script type="application/ld+json">{"@type":"Bakery","name":"Rossi Bakery","telephone":"+1 415-555-2671"}</script>
<h1>Rossi Bakery</h1><p>12 Main Street, San Francisco, CA 94105</p><p>Mon-Fri 8:00-18:00</p>
<p>Tel. (415) 555-2671, <a href="mailto:ciao@rossi.example">ciao@rossi.example</a>,
<a href="https://www.facebook.com/rossibakery">Facebook</a></p></html>"#;

/// A use: its name, and what it does; it says how many numbers it found.
type Use = (&'static str, fn() -> usize);

const USES: &[Use] = &[
    ("find_numbers, compat", || find(Mode::Compat)),
    ("find_numbers, smart", || find(Mode::Smart)),
    ("extract of a small page", extract),
];

fn find(mode: Mode) -> usize {
    find_numbers(TEXT, &FindOptions::new().region("US").mode(mode)).map_or(0, |found| found.len())
}

fn extract() -> usize {
    lead_core::extract(PAGE, &ExtractOptions::new().region("US"))
        .map_or(0, |contacts| contacts.findings.phones.len())
}

/// The hidden subcommand: uses the library twice and says how many microseconds each time took.
pub(crate) fn once(number: usize) {
    let (_, act) = USES.get(number).expect("a use");
    let times = [(); 2].map(|()| {
        let start = Instant::now();
        let found = act();
        let time = start.elapsed();
        assert!(found > 0, "there are numbers");
        time.as_secs_f64() * 1e6
    });
    println!("{} {}", times[0], times[1]);
}

pub(crate) fn run() {
    println!("{PROCESSES} fresh processes each; microseconds\n");
    println!("| use | first, least | first, median | first, worst | second, median | median within 1 ms |");
    println!("|---|---|---|---|---|---|");
    for (number, (name, _)) in USES.iter().enumerate() {
        let number = number.to_string();
        let runs: Vec<Vec<f64>> = (0..PROCESSES)
            .flat_map(|_| itself::figures(&["start", &number]))
            .collect();
        let of =
            |place: usize| -> Vec<f64> { runs.iter().filter_map(|run| run.get(place).copied()).collect() };
        let (first, second) = (of(0), of(1));
        let median = quantile(&first, 0.5);
        println!(
            "| {name} | {:.0} | {median:.0} | {:.0} | {:.1} | {} |",
            quantile(&first, 0.0),
            quantile(&first, 1.0),
            quantile(&second, 0.5),
            if median <= MOST_TIME { "yes" } else { "no" }
        );
    }
    tables();
}

/// The numbering tables as they stand in the program.
fn tables() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../lead-core/src/phone/numbering");
    println!("\n| table | bytes | |\n|---|---|---|");
    for (name, what) in [
        ("plans.bin", "always in the program"),
        ("carriers.bin", "always in the program"),
        ("zones.bin", "always in the program"),
        ("areas.bin", "with the feature `areas`"),
    ] {
        let bytes = std::fs::metadata(folder.join(name)).expect("a table").len();
        let within = match name {
            "plans.bin" if bytes <= MOST_BYTES => ", within 500 KB",
            "plans.bin" => ", over 500 KB",
            _ => "",
        };
        println!("| {name} | {bytes} | {what}{within} |");
    }
}
