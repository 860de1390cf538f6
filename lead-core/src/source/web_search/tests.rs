//! The rotation: who is asked next, and what a cursor keeps.

use std::time::Duration;

use super::rotation::Rotation;
use crate::clock::Timestamp;
use crate::record::{Findings, Listing, NaturalKey};
use crate::seam::Batch;
use crate::source::adapter::Stand;
use crate::{Error, ErrorKind};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_000_000 + seconds).unwrap()
}

fn engines() -> Rotation {
    Rotation::new(["a", "b", "c"].into_iter().map(str::to_owned))
}

/// A page of so many results.
fn page(results: usize) -> Batch {
    let key = NaturalKey::new("1").unwrap();
    Batch::new(vec![Listing::new(key, None, Findings::default()); results], None)
}

#[test]
fn healthy_engines_take_turns_in_the_users_order() {
    let mut rotation = engines();
    let mut order = String::new();
    for _ in 0..6 {
        let id = rotation.next(at(0)).unwrap();
        rotation.answered(&id, &page(10), Some(Stand::default()), at(0));
        order.push_str(&id);
    }
    assert_eq!(order, "abcabc");
    assert_eq!(rotation.asked(), 6);
}

#[test]
fn an_engine_that_blocks_rests_and_comes_back_with_less_weight() {
    let mut rotation = engines();
    let captcha = Error::new(ErrorKind::Blocked, "test", "a captcha");
    rotation.failed("a", &captcha, at(0));
    for _ in 0..4 {
        let id = rotation.next(at(1)).unwrap();
        assert_ne!(id, "a");
        rotation.answered(&id, &page(10), Some(Stand::default()), at(1));
    }
    // It may be asked again after ten minutes, and with the time is worth as much as the others again.
    rotation.answered("b", &page(10), Some(Stand::default()), at(601));
    rotation.answered("c", &page(10), Some(Stand::default()), at(601));
    assert_eq!(rotation.next(at(40_000)).unwrap(), "a");
}

#[test]
fn when_all_rest_it_says_how_long_and_a_cursor_keeps_it() {
    let mut rotation = engines();
    let slow = Error::new(ErrorKind::RateLimited, "test", "slow down")
        .temporary()
        .after(Duration::from_secs(30));
    let captcha = Error::new(ErrorKind::Blocked, "test", "a captcha");
    rotation.failed("a", &captcha, at(0));
    rotation.failed("b", &slow, at(0));
    rotation.answered("c", &page(3), None, at(0));
    let mut again =
        Rotation::read(&rotation.cursor(), ["a", "b", "c"].into_iter().map(str::to_owned)).unwrap();
    assert_eq!(again.next(at(0)), None);
    assert_eq!(again.rest(at(0)), Duration::from_secs(30));
    assert_eq!(again.next(at(31)).as_deref(), Some("b"));
    assert!(!again.is_over());
    let denied = Error::new(ErrorKind::RobotsDenied, "test", "no");
    again.failed("a", &denied, at(31));
    again.failed("b", &denied, at(31));
    assert!(again.is_over(), "what robots.txt forbids is not tried again");
}

#[test]
fn a_site_is_given_once() {
    let mut rotation = engines();
    assert!(rotation.is_new("site:a") && !rotation.is_new("site:a"));
}

/// Guards against a search that goes on with other engines and asks one for ever that is not there.
#[test]
fn a_search_goes_on_with_the_engines_there_are() {
    let mut rotation = engines();
    for id in ["a", "b", "b"] {
        rotation.answered(id, &page(10), Some(Stand::default()), at(0));
    }
    let others = ["b", "d"].into_iter().map(str::to_owned);
    let mut again = Rotation::read(&rotation.cursor(), others).unwrap();
    assert_eq!(again.asked(), 3, "the budget is that of the search");
    assert_eq!(again.next(at(0)).as_deref(), Some("d"));
    again.answered("d", &page(10), None, at(0));
    assert_eq!(again.next(at(0)).as_deref(), Some("b"));
    again.answered("b", &page(10), None, at(0));
    assert!(again.is_over());
}
