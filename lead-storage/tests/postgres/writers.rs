//! Writers, readers and workers who meet.

use std::time::Duration;

use lead_core::record::filter::Filter;
use lead_core::record::{E164, LeadId, Link, MatchKey, Suppression};
use lead_core::seam::conformance::sample::{findings, minute, record, sighting, someone};
use lead_core::seam::{AuditNote, LeadQuery, NewJob, Queue, WriteBatch};

use crate::server;
use crate::support::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_and_readers_meet_without_an_error() {
    let uri = fresh!();
    let mut stores = Vec::new();
    for _ in 0..4 {
        stores.push(lead_storage::open(&uri).await.unwrap());
    }
    let writers = (0..8).map(|writer| {
        let store = stores[writer % 4].clone();
        tokio::spawn(async move {
            for round in 0..12 {
                let seen = (0..5).map(|index| someone(&format!("{writer}/{round}/{index}")));
                // And all see the same record, in turn with one content and another.
                let shared = sighting(
                    "0/0/0",
                    minute(round),
                    findings("0/0/0", None, None, Some("Bron")),
                );
                let mine = record(&format!("{writer}/{round}/0"));
                let link = Link::new(record("0/0/0"), mine, MatchKey::Site("acme.test".into()));
                let note = AuditNote::new("test", "noted", round, minute(round));
                let batch = WriteBatch::of(seen.chain([shared]).collect())
                    .links(vec![link])
                    .audit(note);
                store.commit(batch).await.unwrap();
            }
        })
    });
    let readers = (0..4).map(|reader| {
        let store = stores[reader].clone();
        tokio::spawn(async move {
            for _ in 0..40 {
                let page = store.page(LeadQuery::default().limit(20)).await.unwrap();
                for lead in page.leads.iter().take(3) {
                    let seen = store.observations(lead.id).await.unwrap();
                    assert!(seen.len() >= lead.sources.len());
                }
                store.count("has:phone lyon".parse().unwrap()).await.unwrap();
            }
        })
    });
    let tasks: Vec<_> = writers.chain(readers).collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(stores[0].count(Filter::All).await.unwrap(), 8 * 12 * 4 + 1);
    let one = stores[1]
        .get(LeadId::from(record("7/11/0")))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(one.sources.len(), 8 * 12);
    let numbers: Vec<u64> = stores[2]
        .audit(0, 1000)
        .await
        .unwrap()
        .iter()
        .map(|entry| entry.number)
        .collect();
    assert!(numbers.into_iter().eq(1..=8 * 12), "notes without gaps");
}

/// Guards what is suppressed while it is being written: whichever comes first, it is not there afterwards.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn suppression_and_commits_do_not_pass_each_other() {
    let uri = fresh!();
    let store = lead_storage::open(&uri).await.unwrap();
    for round in 0..15 {
        let number = format!("+334780000{round:02}");
        let commits = (0..4).map(|writer| {
            let (store, number) = (store.clone(), number.clone());
            tokio::spawn(async move {
                let key = format!("{round}/{writer}");
                let seen = sighting(&key, minute(0), findings(&key, Some(&number), None, None));
                store.commit(WriteBatch::of(vec![seen])).await.unwrap();
            })
        });
        let commits: Vec<_> = commits.collect();
        let entry = Suppression::new(format!("phone:{number}").parse().unwrap(), "objection", minute(0));
        store.suppress(vec![entry]).await.unwrap();
        for commit in commits {
            commit.await.unwrap();
        }
        let key = MatchKey::Phone(E164::new(&number).unwrap());
        assert_eq!(store.matching(vec![key]).await.unwrap(), []);
        assert_eq!(
            store
                .count(format!("phone:{number}").parse().unwrap())
                .await
                .unwrap(),
            0
        );
    }
}

/// Guards the claim of cancel-safety: whenever a caller goes away, a batch is stored whole or not at all.
#[tokio::test(flavor = "multi_thread")]
async fn a_caller_who_goes_away_leaves_whole_batches() {
    let uri = fresh!();
    let store = lead_storage::open(&server::with(&uri, "connections=2"))
        .await
        .unwrap();
    for round in 0..40_u32 {
        let batch = (0..10).map(|index| {
            let key = format!("{round}/{index}");
            sighting(&key, minute(0), findings(&key, None, None, Some("Lyon")))
        });
        let commit = store.commit(WriteBatch::of(batch.collect()));
        let _ = tokio::time::timeout(Duration::from_micros(u64::from(round) * 150), commit).await;
    }
    // An erasure waits for every commit that is still under way.
    store.erase(vec![LeadId::from(record("nobody"))]).await.unwrap();
    let count = store.count(Filter::All).await.unwrap();
    assert_eq!(count % 10, 0, "{count}");
}

/// Two workers who ask at once never hold the same job, and all are done.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn workers_share_a_queue() {
    let uri = fresh!();
    let queue: Queue = lead_storage::open_queue(&uri).await.unwrap();
    let job = |number: usize| NewJob::new("crawl", number.to_string(), number.into());
    // The same jobs from everybody, in another order each: pushed once.
    let pushes = (0..4).map(|turn| {
        let (queue, jobs) = (
            queue.clone(),
            (0..200).map(|number| job((number * 7 + turn * 50) % 200)),
        );
        let jobs = jobs.collect();
        tokio::spawn(async move { queue.push(jobs).await.unwrap() })
    });
    let pushed: usize = futures::future::join_all(pushes)
        .await
        .into_iter()
        .map(Result::unwrap)
        .sum();
    assert_eq!(pushed, 200);
    let workers = (0..8).map(|_| {
        let queue = queue.clone();
        tokio::spawn(async move {
            let mut done = Vec::new();
            loop {
                let leases = queue.lease(Vec::new(), 7, Duration::from_mins(1)).await.unwrap();
                if leases.is_empty() && queue.depth().await.unwrap().0 == 0 {
                    return done;
                }
                for lease in leases {
                    done.push(lease.key.clone());
                    queue.complete(lease).await.unwrap();
                }
            }
        })
    });
    let mut done: Vec<String> = futures::future::join_all(workers)
        .await
        .into_iter()
        .flat_map(Result::unwrap)
        .collect();
    done.sort();
    done.dedup();
    assert_eq!((done.len(), queue.depth().await.unwrap()), (200, (0, 0, 0)));
}
