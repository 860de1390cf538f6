//! A million sightings into a store. What the same rows cost when they are written by hand, or by an object-relational mapper, is
//! measured by `peers/bulk.py`, which calls this.

use std::time::Instant;

use lead_core::record::filter::Filter;
use lead_storage::Writer;

use crate::businesses::sighting;

/// Writes `count` sightings, `batch` a commit and so many `commits` at once; prints one line: sightings, seconds.
pub(crate) fn run(store: &str, count: u64, batch: usize, commits: usize) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let store = lead_storage::open(store).await.expect("a store");
        let mut writer = Writer::new(store.clone()).batch(batch).commits(commits);
        let start = Instant::now();
        for number in 0..count {
            writer.write(sighting(number)).await.expect("a place");
        }
        let written = writer.finish().await.expect("all is written");
        let seconds = start.elapsed().as_secs_f64();
        assert_eq!(written.inserted, count, "every one is new");
        assert!(
            store.count(Filter::All).await.expect("a count") > 0,
            "the leads are there"
        );
        store.close().await;
        println!("{count}\t{seconds:.3}");
    });
}
