//! New businesses by a budget of requests, as a table: `cargo run --release -p e2e --example yields [BUDGET]`.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a program of one's own: what should not happen ends it"
)]

use e2e::yields::{SETTINGS, by_fixed_list, by_plan, serve, there_are};

#[tokio::main]
async fn main() {
    let budget = std::env::args()
        .nth(1)
        .map_or(500, |text| text.parse().expect("a number of requests"));
    println!(
        "| setting | seed | there are | fixed list (requests) | own words (requests) | planned (requests) | ratio |"
    );
    println!("|---|---|---|---|---|---|---|");
    for setting in &SETTINGS {
        for seed in [11, 12, 13] {
            let web = serve(setting, seed).await.expect("a port on loopback");
            let (fixed, asked) = by_fixed_list(&web, setting, budget).await.expect("a search");
            let (own, alone) = by_plan(&web, setting, budget, seed, false).await.expect("a run");
            let (planned, summary) = by_plan(&web, setting, budget, seed, true).await.expect("a run");
            let fixed_part = u32::try_from(fixed).expect("some thousands");
            let ratio = f64::from(u32::try_from(planned).expect("some thousands")) / f64::from(fixed_part);
            println!(
                "| {} | {seed} | {} | {fixed} ({asked}) | {own} ({}) | {planned} ({}) | {ratio:.1} |",
                setting.name,
                there_are(&web, setting),
                alone.requests,
                summary.requests
            );
        }
    }
}
