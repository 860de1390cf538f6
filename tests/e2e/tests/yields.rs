//! With five hundred requests the planner finds at least twice as many as a fixed list of variants.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "test code")]

use e2e::yields::{SETTINGS, by_fixed_list, by_plan, serve, there_are};

const BUDGET: u64 = 500;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_planner_finds_twice_as_many_as_a_fixed_list() {
    for setting in &SETTINGS {
        let web = serve(setting, 11).await.unwrap();
        let (fixed, asked) = by_fixed_list(&web, setting, BUDGET).await.unwrap();
        let (planned, summary) = by_plan(&web, setting, BUDGET, 1, true).await.unwrap();
        eprintln!(
            "{}: {} there, {fixed} by the list with {asked} requests, {planned} planned with {}",
            setting.name,
            there_are(&web, setting),
            summary.requests
        );
        assert!(asked <= BUDGET && summary.requests <= BUDGET);
        assert!(
            planned >= 2 * fixed as u64,
            "{}: {planned} and {fixed}",
            setting.name
        );
        // The same seed, the same run.
        let (again, other) = by_plan(&web, setting, BUDGET, 1, true).await.unwrap();
        assert_eq!((again, other.requests), (planned, summary.requests));
    }
}
