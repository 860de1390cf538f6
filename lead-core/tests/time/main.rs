//! Input made to hurt the finders: sixteen times the input takes some sixteen times as long. A quadratic pass would take
//! 256 times.
#![allow(clippy::unwrap_used, reason = "a test harness")]

mod emails;
mod places;

use std::time::{Duration, Instant};

use lead_core::page::{Document, ParseOptions};

fn time_to(find: fn(&Document), page: &str) -> Duration {
    let document = Document::from_html(page, &ParseOptions::new()).unwrap();
    let start = Instant::now();
    find(&document);
    start.elapsed()
}

/// One of several tries has to show it, since the machine may be busy at any moment; what takes no time at all need not.
/// `size` is that of the smaller input in bytes; the larger has sixteen times as many.
fn takes_linear_time(name: &str, size: usize, make: impl Fn(usize) -> String, find: fn(&Document)) {
    let (small, large) = (make(size), make(16 * size));
    let tries: Vec<_> = (0..5)
        .map_while(|_| {
            let (small, large) = (time_to(find, &small), time_to(find, &large));
            let linear = large < Duration::from_millis(2) || large < small * 100;
            (!linear).then_some((small, large))
        })
        .collect();
    assert!(tries.len() < 5, "{name}: not linear: {tries:?}");
}
