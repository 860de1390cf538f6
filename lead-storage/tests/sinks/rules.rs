//! Rules and their queue, on memory, SQLite and PostgreSQL.

use std::time::Duration;

use lead_core::ErrorKind;
use lead_core::record::{Link, Subject, Suppression};
use lead_core::seam::conformance::sample::{HandClock, findings, minute, record, sighting};
use lead_core::seam::memory::{MemoryQueue, MemoryState};
use lead_core::seam::{Hiding, JobId, Queue, State, Store, WriteBatch};
use lead_storage::postgres::{PostgresConfig, PostgresStore};
use lead_storage::sink::{Change, Outcome, Rule, Sink, Sinks};
use lead_storage::sqlite::{SqliteConfig, SqliteStore};

use crate::server;
use crate::support::{Kept, Parts, in_memory, other_tenant, put, put_three, reasons};

const MINUTE: Duration = Duration::from_mins(1);

/// One sink `s` and one rule of it.
fn sinks(parts: &Parts, kept: &Kept, filter: &str) -> Sinks {
    let (store, queue, state) = parts.clone();
    let sinks = Sinks::new(store, queue, state)
        .sink("s", Sink::new(kept.clone()))
        .unwrap();
    sinks.rule(Rule::new("r", "s", filter).unwrap()).unwrap()
}

/// What a runtime of many threads may take.
fn sent<T: Send>(value: T) -> T {
    value
}

/// Every backend there is, going by `clock`.
async fn backends(hand: &HandClock) -> Vec<Parts> {
    let clock = hand.clock();
    let memory = (
        Store::memory(),
        Queue::new(MemoryQueue::new(clock.clone())),
        State::new(MemoryState::default()),
    );
    let sqlite = SqliteStore::open(SqliteConfig::memory())
        .await
        .unwrap()
        .with_clock(clock.clone());
    let (queue, state) = (Queue::new(sqlite.queue()), State::new(sqlite.state()));
    let mut all = vec![memory, (Store::new(sqlite), queue, state)];
    if let Some(uri) = server::fresh() {
        let config = PostgresConfig::from_uri(&uri).unwrap();
        let postgres = PostgresStore::open(config).await.unwrap().with_clock(clock);
        let (queue, state) = (Queue::new(postgres.queue()), State::new(postgres.state()));
        all.push((Store::new(postgres), queue, state));
    }
    all
}

#[tokio::test]
async fn new_and_changed_leads_that_pass_are_handed_on_once() {
    let hand = HandClock::default();
    for parts in backends(&hand).await {
        let kept = Kept::default();
        let sinks = sinks(&parts, &kept, "has:phone city:Lyon").with_clock(hand.clock());
        put_three(&parts.0).await;
        let mute = findings("Mute", None, None, Some("Lyon"));
        parts
            .0
            .commit(WriteBatch::of(vec![sighting("m", minute(1), mute)]))
            .await
            .unwrap();
        let report = sent(sinks.once()).await.unwrap();
        assert_eq!((report.queued, report.delivered, report.dead), (3, 3, 0));
        assert_eq!(
            kept.told(),
            ["created Bakery A", "created Bakery B", "created Bakery C"]
        );
        // Nothing happened, and seen again is no change.
        let again = findings(
            "Bakery A",
            Some("+33478000001"),
            Some("info@a.test"),
            Some("Lyon"),
        );
        parts
            .0
            .commit(WriteBatch::of(vec![sighting("a", minute(5), again)]))
            .await
            .unwrap();
        let report = sinks.once().await.unwrap();
        assert_eq!((report.queued, report.delivered), (0, 0));
        put(&parts.0, "b", "Bakery B", "+33478000009").await;
        let report = sinks.once().await.unwrap();
        assert_eq!((report.queued, report.delivered), (1, 1));
        assert_eq!(kept.told()[0], "changed Bakery B");
        let ids = kept.ids();
        assert_eq!(
            ids.iter().collect::<std::collections::BTreeSet<_>>().len(),
            4,
            "one id a change"
        );
    }
}

/// Back to what it was is a change too, with an id of its own: receivers that know the first must not take it for a repetition.
#[tokio::test]
async fn a_change_back_is_another_change() {
    let (parts, kept) = (in_memory().await, Kept::default());
    let sinks = sinks(&parts, &kept, "").with_clock(HandClock::default().clock());
    for (minutes, phone) in [(1, "+33478000001"), (2, "+33478000002"), (3, "+33478000001")] {
        let found = findings("Bakery", Some(phone), None, None);
        let seen = sighting("a", minute(minutes), found);
        parts.0.commit(WriteBatch::of(vec![seen])).await.unwrap();
        assert_eq!(sinks.once().await.unwrap().delivered, 1, "{minutes}");
    }
    let ids = kept.ids();
    assert!(ids[0] != ids[2] && ids[0] != ids[1], "{ids:?}");
}

#[tokio::test]
async fn a_rule_is_for_what_it_says() {
    let (parts, kept) = (in_memory().await, Kept::default());
    let (store, queue, state) = parts.clone();
    let sinks = Sinks::new(store, queue, state)
        .sink("s", Sink::new(kept.clone()))
        .unwrap();
    let rule = Rule::new("r", "s", "").unwrap().on([Change::Changed]);
    let sinks = sinks.rule(rule).unwrap();
    put(&parts.0, "a", "Bakery A", "+33478000001").await;
    assert_eq!(sinks.once().await.unwrap().queued, 0);
    put(&parts.0, "a", "Bakery A", "+33478000002").await;
    assert_eq!(sinks.once().await.unwrap().delivered, 1);
    assert_eq!(kept.told(), ["changed Bakery A"]);
}

/// Killed after the sink took it and before the queue knew: it comes again, and by its id it is known.
#[tokio::test]
async fn a_kill_before_the_receipt_hands_on_twice_under_one_id() {
    let hand = HandClock::default();
    for parts in backends(&hand).await {
        let kept = Kept::default();
        let sinks = sinks(&parts, &kept, "").with_clock(hand.clock());
        put(&parts.0, "a", "Bakery A", "+33478000001").await;
        sinks.pass().await.unwrap();
        *kept.hangs.lock().unwrap() = true;
        let killed = tokio::time::timeout(Duration::from_millis(300), sinks.deliver()).await;
        assert!(killed.is_err() && kept.ids().len() == 1, "it was under way");
        *kept.hangs.lock().unwrap() = false;
        assert_eq!(
            sinks.deliver().await.unwrap().delivered,
            0,
            "its lease still holds"
        );
        hand.advance(6 * MINUTE);
        assert_eq!(sinks.deliver().await.unwrap().delivered, 1);
        let ids = kept.ids();
        assert_eq!((ids.len(), &ids[0]), (2, &ids[1]));
        hand.advance(6 * MINUTE);
        assert_eq!(sinks.once().await.unwrap().delivered, 0);
    }
}

/// Killed after a change was queued and before that was noted: it is queued again under the same key, so it is there once, or comes again
/// with the same id.
#[tokio::test]
async fn a_kill_before_the_note_loses_nothing() {
    let (parts, kept) = (in_memory().await, Kept::default());
    put_three(&parts.0).await;
    let forgetful = (parts.0.clone(), parts.1.clone(), State::memory());
    let sinks = sinks(&parts, &kept, "");
    assert_eq!(self::sinks(&forgetful, &kept, "").pass().await.unwrap(), 3);
    assert_eq!(sinks.pass().await.unwrap(), 0, "all wait already");
    assert_eq!(sinks.deliver().await.unwrap().delivered, 3);
    let third = (parts.0.clone(), parts.1.clone(), State::memory());
    assert_eq!(self::sinks(&third, &kept, "").once().await.unwrap().delivered, 3);
    let mut ids = kept.ids();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3, "six deliveries of three changes");
}

#[tokio::test]
async fn what_changed_on_the_way_is_handed_on_as_it_is_now() {
    let (parts, kept) = (in_memory().await, Kept::default());
    let sinks = sinks(&parts, &kept, "has:phone");
    put(&parts.0, "a", "Bakery A", "+33478000001").await;
    sinks.pass().await.unwrap();
    put(&parts.0, "a", "Bakery A", "+33478000002").await;
    let report = sinks.once().await.unwrap();
    assert_eq!((report.delivered, report.dropped), (1, 1));
    let events = kept.events.lock().unwrap();
    assert_eq!(
        events[0].1.lead.findings.phones[0].e164.to_string(),
        "+33478000002"
    );
}

#[tokio::test]
async fn what_is_suppressed_or_erased_stays_here() {
    let hand = HandClock::default();
    for parts in backends(&hand).await {
        let kept = Kept::default();
        let sinks = sinks(&parts, &kept, "has:phone").with_clock(hand.clock());
        let [a, ..] = put_three(&parts.0).await;
        sinks.pass().await.unwrap();
        parts.0.erase(vec![a]).await.unwrap();
        let number: Subject = "phone:+33478000002".parse().unwrap();
        let objection = Suppression::new(number, "objection", minute(2));
        parts.0.suppress(vec![objection]).await.unwrap();
        let report = sinks.once().await.unwrap();
        assert_eq!((report.delivered, report.dropped), (1, 2));
        assert_eq!(kept.told(), ["created Bakery C"]);
        let queued = format!("{:?}", parts.1.depth().await.unwrap());
        assert_eq!(queued, "(0, 0, 0)");
    }
}

/// An hour later all leads are looked at, so that what changed without being seen lately is found: here a merge by a link alone.
#[tokio::test]
async fn what_changed_unseen_is_found_within_the_hour() {
    let hand = HandClock::default();
    hand.advance(600 * MINUTE);
    for parts in backends(&hand).await {
        let kept = Kept::default();
        let sinks = sinks(&parts, &kept, "").with_clock(hand.clock());
        let seen = ["a", "b", "c"].map(|key| sighting(key, minute(1), findings(key, None, None, None)));
        parts.0.commit(WriteBatch::of(seen.to_vec())).await.unwrap();
        assert_eq!(sinks.once().await.unwrap().delivered, 3);
        let link = Link::new(record("a"), record("b"), "site:a.test".parse().unwrap());
        parts
            .0
            .commit(WriteBatch::default().links(vec![link]))
            .await
            .unwrap();
        assert_eq!(sinks.once().await.unwrap().queued, 0, "not seen lately");
        hand.advance(61 * MINUTE);
        assert_eq!(sinks.once().await.unwrap().delivered, 1);
    }
}

#[tokio::test]
async fn what_fails_waits_and_is_given_up_at_last() {
    let hand = HandClock::default();
    for parts in backends(&hand).await {
        let kept = Kept::default();
        let sinks = sinks(&parts, &kept, "").attempts(2).with_clock(hand.clock());
        put(&parts.0, "a", "Bakery A", "+33478000001").await;
        *kept.says.lock().unwrap() = Some(Outcome::again("down"));
        let report = sinks.once().await.unwrap();
        assert_eq!((report.again, report.dead), (1, 0));
        assert_eq!(sinks.deliver().await.unwrap().again, 0, "it waits");
        hand.advance(MINUTE);
        assert_eq!(sinks.deliver().await.unwrap().dead, 1);
        assert_eq!(reasons(&sinks).await, ["down"]);
        hand.advance(120 * MINUTE);
        assert_eq!(
            sinks.once().await.unwrap().queued,
            0,
            "a dead one is not queued again by itself"
        );
        *kept.says.lock().unwrap() = None;
        let letters = sinks.dead_letters();
        let dead = letters.list(JobId(0), 9).await.unwrap();
        let ids: Vec<JobId> = dead.iter().map(|dead| dead.job).collect();
        assert_eq!(letters.retry(vec![JobId(ids[0].0 + 1)]).await.unwrap(), 0);
        assert_eq!(letters.retry(ids).await.unwrap(), 1);
        assert_eq!(sinks.deliver().await.unwrap().delivered, 1);
        let ids = kept.ids();
        assert!(
            ids.iter().all(|id| *id == ids[0]),
            "one id for all attempts: {ids:?}"
        );
    }
}

#[tokio::test]
async fn a_sink_that_is_down_holds_up_no_other() {
    let parts = in_memory().await;
    put_three(&parts.0).await;
    let (down, up) = (Kept::default(), Kept::default());
    *down.says.lock().unwrap() = Some(Outcome::again("down"));
    let (store, queue, state) = parts.clone();
    let mut sinks = Sinks::new(store, queue, state);
    for (name, kept) in [("down", &down), ("up", &up)] {
        sinks = sinks.sink(name, Sink::new(kept.clone())).unwrap();
        sinks = sinks
            .rule(Rule::new(&format!("to-{name}"), name, "").unwrap())
            .unwrap();
    }
    let report = sinks.once().await.unwrap();
    assert_eq!((report.queued, report.delivered), (6, 3));
    assert_eq!(
        report.again, 2,
        "after one batch that came to nothing the rest keeps its attempts"
    );
    assert_eq!(up.told().len(), 3);
}

/// A sink that hangs is not waited for by another, and a stop ends the run.
#[tokio::test]
async fn a_run_hands_on_what_comes_until_it_is_stopped() {
    let parts = in_memory().await;
    let (hangs, up) = (Kept::default(), Kept::default());
    *hangs.hangs.lock().unwrap() = true;
    let (store, queue, state) = parts.clone();
    let mut sinks = Sinks::new(store, queue, state);
    for (name, kept) in [("hangs", &hangs), ("up", &up)] {
        sinks = sinks.sink(name, Sink::new(kept.clone())).unwrap();
    }
    let quick = sinks.clone().rule(Rule::new("r", "up", "").unwrap()).unwrap();
    put_three(&parts.0).await;
    let late = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        put(&parts.0, "d", "Bakery D", "+33478000004").await;
        tokio::time::sleep(Duration::from_millis(1500)).await;
    };
    let report = sent(quick.run(Duration::from_millis(100), late)).await.unwrap();
    assert_eq!((report.queued, report.delivered), (4, 4));
    let both = sinks.rule(Rule::new("h", "hangs", "").unwrap()).unwrap();
    let both = both.rule(Rule::new("r2", "up", "").unwrap()).unwrap();
    let run = both.run(MINUTE, std::future::pending());
    assert!(
        tokio::time::timeout(Duration::from_millis(800), run)
            .await
            .is_err()
    );
    assert_eq!((hangs.told().len(), up.told().len()), (2, 8));
}

#[tokio::test]
async fn tenants_are_apart() {
    let (parts, kept) = (in_memory().await, Kept::default());
    put(&parts.0, "a", "Bakery A", "+33478000001").await;
    let other = parts.0.tenant(other_tenant());
    put(&other, "b", "Bakery B", "+33478000002").await;
    let sinks = sinks(&parts, &kept, "").tenant(&other_tenant());
    assert_eq!(sinks.once().await.unwrap().delivered, 1);
    assert_eq!(kept.told(), ["created Bakery B"]);
}

#[tokio::test]
async fn a_rule_without_its_sink_is_refused() {
    let (store, queue, state) = in_memory().await;
    let sinks = Sinks::new(store, queue, state);
    let refused = sinks.clone().rule(Rule::new("r", "s", "").unwrap()).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Config);
    let sinks = sinks.sink("s", Sink::new(Kept::default())).unwrap();
    assert!(sinks.clone().sink("s", Sink::new(Kept::default())).is_err());
    assert!(Rule::new("R r", "s", "").is_err() && Rule::new("r", "s", "no:field").is_err());
}

/// A hidden lead is told to nobody, neither when it is looked at nor when it is handed on; brought back, it is told as if it were new.
#[tokio::test]
async fn a_hidden_lead_is_told_when_it_is_brought_back() {
    let hand = HandClock::default();
    for parts in backends(&hand).await {
        let kept = Kept::default();
        let sinks = sinks(&parts, &kept, "").with_clock(hand.clock());
        let ids = put_three(&parts.0).await;
        parts
            .0
            .set_hidden(Hiding::hide("anna").leads([ids[0]]))
            .await
            .unwrap();
        assert_eq!(sinks.pass().await.unwrap(), 2);
        // Hidden when it is queued already.
        parts
            .0
            .set_hidden(Hiding::hide("anna").leads([ids[1]]))
            .await
            .unwrap();
        sinks.once().await.unwrap();
        assert_eq!(kept.told(), ["created Bakery C"]);
        parts
            .0
            .set_hidden(Hiding::unhide("anna").leads(ids))
            .await
            .unwrap();
        hand.advance(MINUTE * 61);
        sinks.once().await.unwrap();
        assert_eq!(
            kept.told(),
            ["created Bakery A", "created Bakery B", "created Bakery C"],
            "each once"
        );
        hand.advance(MINUTE * 61);
        assert_eq!(sinks.once().await.unwrap().delivered, 0);
    }
}
