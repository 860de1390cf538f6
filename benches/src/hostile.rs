//! Inputs made to hurt: what a byte costs as they grow. Time that grows faster than the input shows as a rising line.
//!
//! Each line is measured in a process of its own, so that one that dies takes no other with it.

mod inputs;

use std::io::Write;
use std::time::Duration;

use lead_core::contacts::extract_document;
use lead_core::page::{Document, ParseOptions};
use lead_core::phone::{FindOptions, Mode, find_numbers};
use lead_core::prelude::*;

use crate::itself;
use crate::process::CpuTime;
use inputs::INPUTS;

/// Sizes of the inputs, in bytes.
const SIZES: [(usize, &str); 6] = [
    (1_000, "1 KB"),
    (10_000, "10 KB"),
    (100_000, "100 KB"),
    (1_000_000, "1 MB"),
    (10_000_000, "10 MB"),
    (100_000_000, "100 MB"),
];

/// Where among the sizes the fixed cost of a reader no longer counts.
const SETTLED: usize = 2;

/// How much dearer a byte may become.
const MOST: f64 = 2.0;

/// What would take longer than this by the growth so far is not tried.
const PATIENCE: Duration = Duration::from_secs(80);

/// How long an input is read again and again; the fastest time counts, as it is the least disturbed.
const LONG_ENOUGH: Duration = Duration::from_millis(200);

/// A reader: its name, and how it reads an input; it says how much it found.
type Reader = (&'static str, fn(&str) -> usize);

const READERS: &[Reader] = &[
    ("find_numbers, compat (US)", |text| find(text, Mode::Compat)),
    ("find_numbers, smart (US)", |text| find(text, Mode::Smart)),
    ("Document and extract_document (US)", extract),
];

fn find(text: &str, mode: Mode) -> usize {
    find_numbers(text, &FindOptions::new().region("US").mode(mode)).map_or(0, |found| found.len())
}

/// The caps on bytes and elements are lifted; that on depth is left, as it is no refusal.
fn extract(page: &str) -> usize {
    let mut options = ParseOptions::new().max_bytes(usize::MAX);
    options.max_elements = usize::MAX;
    let document = Document::parse(page.as_bytes(), &options).expect("no cap is passed");
    let contacts = extract_document(&document, &ExtractOptions::new().region("US"));
    contacts.findings.phones.len()
}

/// The hidden subcommand: lets one reader read one input at all sizes up to the largest, and says what a byte costs at each.
pub(crate) fn one(numbers: &[&str]) {
    let number = |place: usize| numbers.get(place).and_then(|word| word.parse::<usize>().ok());
    let (_, read) = number(0).and_then(|place| READERS.get(place)).expect("a reader");
    let (_, make) = number(1).and_then(|place| INPUTS.get(place)).expect("an input");
    let largest = number(2).expect("the largest size");
    let mut before = Duration::ZERO;
    for (size, _) in SIZES.into_iter().take_while(|(size, _)| *size <= largest) {
        let text = make(size);
        let time = fastest(|| read(&text));
        println!("{}", nanoseconds(time) / text.len() as f64);
        // The next input is ten times as long; what took ten times as long before may do so again.
        let growth = if before.is_zero() {
            10.0
        } else {
            (time.as_secs_f64() / before.as_secs_f64()).max(10.0)
        };
        if time.mul_f64(growth) > PATIENCE {
            break;
        }
        before = time;
    }
}

/// The least processor time that `act` takes.
fn fastest(act: impl Fn() -> usize) -> Duration {
    let (mut best, begin) = (Duration::MAX, CpuTime::now());
    while best == Duration::MAX || begin.elapsed() < LONG_ENOUGH {
        let start = CpuTime::now();
        std::hint::black_box(act());
        best = best.min(start.elapsed());
    }
    best
}

fn nanoseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e9
}

pub(crate) fn run(largest: usize) {
    let sizes: Vec<(usize, &str)> = SIZES.into_iter().filter(|(size, _)| *size <= largest).collect();
    for (number, (name, read)) in READERS.iter().enumerate() {
        let fixed = fastest(|| read(""));
        println!(
            "{name}: nanoseconds of processor time a byte; an empty input takes {:.0} ns\n",
            nanoseconds(fixed)
        );
        let names: Vec<&str> = sizes.iter().map(|(_, name)| *name).collect();
        println!(
            "| input | {} | worst / first | worst / 100 KB |",
            names.join(" | ")
        );
        println!("|---|{}---|---|", "---|".repeat(names.len()));
        let dear: Vec<&str> = (0..INPUTS.len())
            .filter_map(|input| line(number, input, &sizes))
            .collect();
        let dear = if dear.is_empty() {
            "none".to_owned()
        } else {
            dear.join(", ")
        };
        println!("\nabove {MOST}x of the first or of 100 KB, or not measured to the end: {dear}\n");
    }
}

/// Measures and prints a line of the table; the input's name, when a byte of it becomes too dear.
fn line(reader: usize, input: usize, sizes: &[(usize, &str)]) -> Option<&'static str> {
    let (name, _) = INPUTS.get(input)?;
    let largest = sizes.last().map_or(0, |(size, _)| *size);
    let args = [reader, input, largest].map(|number| number.to_string());
    let mut words = vec!["hostile-one"];
    words.extend(args.iter().map(String::as_str));
    let costs: Vec<f64> = itself::figures(&words).into_iter().flatten().collect();
    print!("| {name} ");
    for place in 0..sizes.len() {
        match costs.get(place) {
            Some(cost) => print!("| {} ", short(*cost)),
            None => print!("| – "),
        }
    }
    let (all, settled) = (growth(&costs, 0), growth(&costs, SETTLED));
    println!("| {} | {} |", short(all), short(settled));
    std::io::stdout().flush().expect("the line is shown");
    // A line that ends early was not measured to its end because it became too slow, or because the process died.
    (settled > MOST || all > MOST || costs.len() < sizes.len()).then_some(*name)
}

/// How many times the cost at `first` the dearest byte of the sizes from there on costs.
fn growth(costs: &[f64], first: usize) -> f64 {
    let rest = costs.get(first..).unwrap_or_default();
    let worst = rest.iter().copied().fold(f64::NAN, f64::max);
    rest.first().map_or(f64::NAN, |first| worst / first)
}

fn short(figure: f64) -> String {
    if figure < 10.0 {
        format!("{figure:.2}")
    } else {
        format!("{figure:.0}")
    }
}
