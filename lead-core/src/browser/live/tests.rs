use std::sync::Arc;

use bytes::Bytes;
use futures::StreamExt as _;

use super::forms::message;
use super::*;

fn frame(page: PageId, jpeg: &'static [u8]) -> LiveEvent {
    LiveEvent::Frame(Arc::new(Frame {
        page,
        jpeg: Bytes::from_static(jpeg),
        shows: Rect::default(),
    }))
}

#[test]
fn a_message_is_json_and_a_picture_after_a_zero() {
    let bytes = message(&frame(3, b"\xff\xd8\0"));
    let end = bytes.iter().position(|byte| *byte == 0).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&bytes[..end]).unwrap();
    assert_eq!(
        (json["kind"].as_str(), json["page"].as_u64()),
        (Some("frame"), Some(3))
    );
    assert_eq!(&bytes[end + 1..], b"\xff\xd8\0");
    let closed = message(&LiveEvent::Closed { page: 3 });
    assert_eq!(&closed[..], br#"{"kind":"closed","page":3}"#);
}

#[tokio::test]
async fn who_looks_slowly_sees_the_last_frame() {
    let feed = Feed::new(LiveConfig::default());
    let mut view = LiveView::new(&feed);
    for jpeg in [&b"1"[..], b"2", b"3"] {
        feed.tell_for_tests(&frame(1, jpeg));
    }
    feed.tell_for_tests(&frame(2, b"4"));
    let seen: Vec<_> = [view.next().await.unwrap(), view.next().await.unwrap()]
        .map(|event| message(&event))
        .to_vec();
    assert!(seen[0].ends_with(b"3") && seen[1].ends_with(b"4"));
    let mut late = LiveView::new(&feed);
    assert!(
        message(&late.next().await.unwrap()).ends_with(b"3"),
        "what there is to see already"
    );
    let mut parts = std::pin::pin!(LiveView::new(&feed).mjpeg());
    let part = parts.next().await.unwrap();
    assert!(part.starts_with(b"--frame\r\n") && part.ends_with(b"\r\n\r\n3\r\n"));
}

#[tokio::test]
async fn who_never_looks_costs_little_and_sees_whole_pages() {
    let feed = Feed::new(LiveConfig::default());
    let (mut idle, mut late) = (LiveView::new(&feed), LiveView::new(&feed));
    for page in 1..1000 {
        let url = "http://bakery.test/".parse().unwrap();
        feed.tell_for_tests(&LiveEvent::Opened { page, url });
        feed.tell_for_tests(&frame(page, b"1"));
        feed.tell_for_tests(&LiveEvent::Closed { page });
    }
    feed.end();
    let mut seen = Vec::new();
    while let Some(event) = idle.next().await {
        seen.push(event);
    }
    assert!(seen.len() <= 256 && seen.len() % 3 == 0, "{}", seen.len());
    assert!(seen.chunks(3).all(|page| matches!(
        page,
        [
            LiveEvent::Opened { .. },
            LiveEvent::Frame(_),
            LiveEvent::Closed { .. }
        ]
    )));
    assert_eq!(seen.last().map(LiveEvent::page), Some(999));
    drop(feed);
    assert!(late.next().await.is_some());
    let mut after = LiveView::new(&{
        let feed = Feed::new(LiveConfig::default());
        feed.end();
        feed
    });
    assert!(after.next().await.is_none());
}
