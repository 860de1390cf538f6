use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use proptest::prelude::*;
use tokio::time::Instant;

use super::*;

fn target(url: &str) -> Target {
    Target::seed(SafeUrl::parse(url).unwrap())
}

fn push(frontier: &mut Frontier, urls: &[&str]) {
    for url in urls {
        assert_eq!(frontier.push(&target(url), Class::Plain), Pushed::New, "{url}");
    }
}

/// Three addresses of a host, one of another.
const FOUR: [&str; 4] = [
    "http://a.test/1",
    "http://a.test/2",
    "http://a.test/3",
    "http://b.test/1",
];

fn fetch(frontier: &mut Frontier) -> Option<(HostId, String)> {
    match frontier.next(Instant::now(), |_| Turn::Now) {
        Next::Fetch(host, target) => Some((host, target.url.to_string())),
        Next::Wait(_) | Next::Idle => None,
    }
}

#[test]
fn hosts_take_turns_and_the_promising_come_first() {
    let mut frontier = Frontier::new(10);
    push(&mut frontier, &FOUR);
    frontier.push(&target("http://a.test/contact"), Class::Promising);
    frontier.push(&target("http://b.test/?q=1"), Class::Last);
    let order: Vec<_> = std::iter::from_fn(|| fetch(&mut frontier))
        .map(|(_, url)| url)
        .collect();
    let wanted = [
        "http://a.test/contact",
        "http://b.test/1",
        "http://a.test/1",
        "http://b.test/?q=1",
        "http://a.test/2",
        "http://a.test/3",
    ];
    assert_eq!(order, wanted);
    assert_eq!(
        (frontier.pending(), frontier.under_way(), frontier.hosts()),
        (0, 6, 2)
    );
}

#[test]
fn an_address_is_taken_once_and_a_host_has_its_share() {
    let mut frontier = Frontier::new(1).max_of_a_host(2);
    push(&mut frontier, &["http://a.test/1", "http://a.test/2"]);
    assert_eq!(
        frontier.push(&target("http://a.test/1"), Class::First),
        Pushed::Known
    );
    assert_eq!(
        frontier.push(&target("http://a.test/3"), Class::First),
        Pushed::Refused
    );
    push(&mut frontier, &["https://a.test/1"]);
    assert!(frontier.mark(Fingerprint::of("http://c.test/")));
    assert_eq!(
        frontier.push(&target("http://c.test/"), Class::First),
        Pushed::Known
    );
}

#[test]
fn a_host_with_enough_under_way_waits_for_its_release() {
    let mut frontier = Frontier::new(1);
    push(&mut frontier, &["http://a.test/1", "http://a.test/2"]);
    let (host, _) = fetch(&mut frontier).unwrap();
    assert_eq!(fetch(&mut frontier), None);
    frontier.release(host);
    assert_eq!(fetch(&mut frontier).unwrap().1, "http://a.test/2");
}

#[test]
fn a_host_that_must_wait_holds_up_no_other() {
    let mut frontier = Frontier::new(9);
    push(
        &mut frontier,
        &[
            "http://slow.test/1",
            "http://slow.test/2",
            "http://a.test/1",
            "http://a.test/2",
        ],
    );
    let now = Instant::now();
    let later = now + Duration::from_secs(5);
    let turn = |origin: &str| {
        if origin.contains("slow") {
            Turn::At(later)
        } else {
            Turn::Now
        }
    };
    for wanted in ["http://a.test/1", "http://a.test/2"] {
        match frontier.next(now, turn) {
            Next::Fetch(_, target) => assert_eq!(target.url.as_str(), wanted),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(frontier.next(now, turn), Next::Wait(later));
    assert!(matches!(frontier.next(later, |_| Turn::Now), Next::Fetch(..)));
}

#[test]
fn a_host_can_be_left() {
    let mut frontier = Frontier::new(1);
    push(&mut frontier, &FOUR);
    let (host, _) = fetch(&mut frontier).unwrap();
    let url = |text| SafeUrl::parse(text).unwrap();
    assert_eq!(frontier.leave(&url("http://a.test/x")), 2);
    assert_eq!(
        frontier.push(&target("http://a.test/4"), Class::First),
        Pushed::Refused
    );
    frontier.release(host);
    assert_eq!(fetch(&mut frontier).unwrap().1, "http://b.test/1");
    assert_eq!(fetch(&mut frontier), None);
    assert_eq!((frontier.pending(), frontier.known()), (0, 5));
}

proptest! {
    /// Whatever is handed in and whenever requests end: every address comes out once, and none is lost.
    #[test]
    fn every_address_comes_out_once(
        steps in proptest::collection::vec((0_u8..4, 0_u8..5, 0_u16..60), 1..400),
        per_host in 1_u16..4,
    ) {
        let mut frontier = Frontier::new(per_host);
        let (mut given, mut got) = (BTreeSet::new(), Vec::new());
        let mut under_way: BTreeMap<HostId, u16> = BTreeMap::new();
        for (step, host, page) in steps {
            if step < 2 {
                let target = target(&format!("http://h{host}.test/{page}"));
                let class = [Class::First, Class::Plain, Class::Last][usize::from(page % 3)];
                let new = given.insert(target.url.to_string());
                prop_assert_eq!(frontier.push(&target, class), if new { Pushed::New } else { Pushed::Known });
            } else if step == 2 {
                if let Some((host, url)) = fetch(&mut frontier) {
                    got.push(url);
                    let count = under_way.entry(host).or_default();
                    *count += 1;
                    prop_assert!(*count <= per_host);
                }
            } else if let Some((host, count)) = under_way.iter_mut().find(|(_, count)| **count > 0) {
                *count -= 1;
                frontier.release(*host);
            }
        }
        for (host, count) in under_way {
            (0..count).for_each(|_| frontier.release(host));
        }
        while let Some((host, url)) = fetch(&mut frontier) {
            got.push(url);
            frontier.release(host);
        }
        prop_assert_eq!(frontier.pending(), 0);
        prop_assert_eq!(got.len(), given.len());
        prop_assert_eq!(got.into_iter().collect::<BTreeSet<_>>(), given);
    }
}
