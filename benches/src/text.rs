//! Finding numbers in running text: the visible text of real pages, all contenders turn by turn in one process on one
//! core. The whole corpus is read in each turn; a small text read again and again would teach the branch predictor.

use lead_core::phone::{FindOptions, Mode, find_numbers};
use rlibphonenumber::Region;
use rlibphonenumber::phonenumber_matcher::{Leniency as Strictness, PHONE_MATCHER_FACTORY};

use crate::{texts, turns};

/// How often every contender reads all texts; the fastest turn counts, as it is the least disturbed.
const TURNS: usize = 15;

/// A contender: its name, the region, and how it counts the numbers of a text.
type Contender = (&'static str, &'static str, fn(&str, &str) -> usize);

const CONTENDERS: &[Contender] = &[
    ("rlibphonenumber, VALID", "US", reference),
    ("rlibphonenumber, VALID", "DE", reference),
    ("lead, compat, VALID", "US", compat),
    ("lead, compat, VALID", "DE", compat),
    ("lead, smart, VALID", "US", smart),
    ("lead, smart, VALID", "DE", smart),
];

pub(crate) fn run(folders: &[&str]) {
    let texts = texts::read(folders);
    let bytes: usize = texts.iter().map(String::len).sum();
    println!(
        "visible text of {} pages, {:.2} MB, one core, best of {TURNS} turns\n",
        texts.len(),
        bytes as f64 / 1e6
    );
    let best = turns::best(TURNS, CONTENDERS, |(_, region, count)| {
        texts.iter().map(|text| count(text, region)).sum()
    });
    println!("| contender | region | MB/s | numbers | x rlibphonenumber there |");
    println!("|---|---|---|---|---|");
    for ((name, region, _), (time, found)) in CONTENDERS.iter().zip(&best) {
        let same = CONTENDERS.iter().position(|(_, other, _)| other == region);
        let first = same
            .and_then(|place| best.get(place))
            .map_or(1.0, |(time, _)| time.as_secs_f64());
        let seconds = time.as_secs_f64();
        println!(
            "| {name} | {region} | {:.1} | {found} | {:.1} |",
            bytes as f64 / 1e6 / seconds,
            first / seconds
        );
    }
}

fn reference(text: &str, region: &str) -> usize {
    let matcher = PHONE_MATCHER_FACTORY
        .matcher_builder(text)
        .leniency(Strictness::Valid);
    let region = Region::from_code(region).ok();
    matcher
        .preferred_region(region)
        .build_fallible()
        .map_while(Result::ok)
        .count()
}

fn compat(text: &str, region: &str) -> usize {
    count(text, region, Mode::Compat)
}

fn smart(text: &str, region: &str) -> usize {
    count(text, region, Mode::Smart)
}

fn count(text: &str, region: &str, mode: Mode) -> usize {
    find_numbers(text, &FindOptions::new().region(region).mode(mode)).map_or(0, |found| found.len())
}
