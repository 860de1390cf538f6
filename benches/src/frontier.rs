//! A frontier with ten thousand, a hundred thousand and a million addresses that wait: memory, and how fast they go in and
//! come out.

use std::time::Instant;

use lead_core::crawl::frontier::{Class, Frontier, Next, Pushed, Target, Turn};
use lead_core::record::SafeUrl;

use crate::itself;
use crate::process::mib;

/// Addresses a host.
const A_HOST: usize = 100;

/// How many addresses wait.
const SIZES: &[usize] = &[10_000, 100_000, 1_000_000];

/// Times each size is measured; the median is shown.
const TIMES: usize = 5;

/// Addresses that come out while so many go in, so that the frontier stays as full as it was.
const POPS: usize = 200_000;

pub(crate) fn run() {
    println!(
        "| addresses | hosts | resident, MiB | bytes an address | pushes/s | pops/s, kept full | pops/s, to the end |"
    );
    println!("|---|---|---|---|---|---|---|");
    for size in SIZES {
        let runs: Vec<Vec<f64>> = (0..TIMES)
            .filter_map(|_| itself::figures(&["frontier-one", &size.to_string()]).pop())
            .collect();
        let median = |column: usize| {
            let mut values: Vec<f64> = runs.iter().filter_map(|run| run.get(column).copied()).collect();
            values.sort_by(f64::total_cmp);
            values[values.len() / 2]
        };
        println!(
            "| {size} | {} | {:.1} | {:.0} | {:.0} | {:.0} | {:.0} |",
            size / A_HOST,
            median(0),
            median(0) * 1024.0 * 1024.0 / *size as f64,
            median(1),
            median(2),
            median(3)
        );
    }
}

/// The hidden subcommand: resident MiB beyond an empty process, pushes a second, pops a second.
pub(crate) fn one(size: usize) {
    let mut frontier = Frontier::new(64);
    let before = mib("VmRSS");
    let target = |number: usize| {
        let (host, page) = (number % (size / A_HOST), number / (size / A_HOST));
        let url = format!(
            "https://www.business-{host}.example/category-{}/product-{page}.html",
            page % 7
        );
        Target::at_depth(SafeUrl::parse(&url).expect("an address"), 3)
    };
    let push = |frontier: &mut Frontier, number| {
        assert_eq!(frontier.push(&target(number), Class::Plain), Pushed::New);
    };
    let start = Instant::now();
    (0..size).for_each(|number| push(&mut frontier, number));
    let pushes = size as f64 / start.elapsed().as_secs_f64();
    let resident = mib("VmRSS") - before;
    assert_eq!(frontier.pending(), size);
    // As full as it is: what comes out is timed, what goes in meanwhile is not.
    let mut kept_full = std::time::Duration::ZERO;
    for round in 0..POPS / 1_000 {
        let start = Instant::now();
        (0..1_000).for_each(|_| pop(&mut frontier));
        kept_full += start.elapsed();
        (0..1_000).for_each(|number| push(&mut frontier, size + round * 1_000 + number));
    }
    let start = Instant::now();
    (0..size).for_each(|_| pop(&mut frontier));
    let to_the_end = size as f64 / start.elapsed().as_secs_f64();
    assert_eq!(frontier.pending(), 0);
    println!(
        "{resident} {pushes} {} {to_the_end}",
        POPS as f64 / kept_full.as_secs_f64()
    );
}

fn pop(frontier: &mut Frontier) {
    match frontier.next(tokio::time::Instant::now(), |_| Turn::Now) {
        Next::Fetch(host, target) => {
            std::hint::black_box(target);
            frontier.release(host);
        }
        other => panic!("{other:?} of {}", frontier.pending()),
    }
}
