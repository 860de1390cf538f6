//! Jobs and state: kinds, keys, payloads, reasons, logs.

use std::time::Duration;

use bytes::Bytes;
use lead_core::seam::{JobId, NewJob};
use serde_json::json;

use crate::corpus::corpus;
use crate::engines::engines;

const MINUTE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn jobs_of_any_name_are_leased_by_it() {
    for engine in engines().await {
        for text in corpus() {
            let payload = json!({ text.as_str(): [text.as_str()] });
            let job = NewJob::new(text.as_str(), text.as_str(), payload.clone());
            assert_eq!(
                engine.queue.push(vec![job.clone(), job]).await.unwrap(),
                1,
                "{text:.80?}"
            );
            assert_eq!(engine.queue.open_jobs(text.clone()).await.unwrap(), 1);
            let mut leases = engine.queue.lease(vec![text.clone()], 9, MINUTE).await.unwrap();
            let lease = leases.pop().unwrap();
            assert!(leases.is_empty() && lease.payload == payload);
            assert!(
                [&lease.kind, &lease.key] == [&engine.kept(&text); 2],
                "{text:.80?}"
            );
            engine.queue.fail(lease, text.clone(), None).await.unwrap();
            let dead = engine.queue.dead(vec![text.clone()], JobId(0), 9).await.unwrap();
            assert!(
                dead.len() == 1 && dead[0].reason == engine.kept(&text),
                "{text:.80?}"
            );
            assert_eq!(engine.queue.revive(vec![dead[0].job]).await.unwrap(), 1);
            let again = engine.queue.lease(vec![text.clone()], 9, MINUTE).await.unwrap();
            for lease in again {
                engine.queue.complete(lease).await.unwrap();
            }
            assert_eq!(engine.queue.depth().await.unwrap(), (0, 0, 0), "{text:.80?}");
        }
        engine.is_untouched().await;
    }
}

#[tokio::test]
async fn state_of_any_name_is_kept_under_it() {
    for engine in engines().await {
        let texts = corpus();
        for text in &texts {
            let value = Bytes::from(text.clone().into_bytes());
            let version = engine.state.put(text.clone(), value.clone(), None).await.unwrap();
            let changed = engine
                .state
                .compare_and_set(text.clone(), version, value.clone(), Some(MINUTE));
            assert!(changed.await.unwrap().is_some(), "{text:.80?}");
            assert_eq!(engine.state.append(text.clone(), value.clone()).await.unwrap(), 1);
            assert_eq!(engine.state.append(text.clone(), value).await.unwrap(), 2);
        }
        for text in &texts {
            let entry = engine.state.get(text.clone()).await.unwrap().unwrap();
            assert!(entry.value == text.as_bytes(), "{text:.80?}");
            let lines = engine.state.read_log(text.clone(), 1, 9).await.unwrap();
            assert!(lines.len() == 1 && lines[0].1 == text.as_bytes(), "{text:.80?}");
            engine.state.remove(text.clone()).await.unwrap();
            assert!(engine.state.get(text.clone()).await.unwrap().is_none());
        }
        engine.is_untouched().await;
    }
}
