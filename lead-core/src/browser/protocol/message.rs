//! The messages of the DevTools protocol: JSON, one after another, each ended by a zero byte.

use bytes::Bytes;
use chromiumoxide_types::Command;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{Error, ErrorKind, Result};

/// What we say.
#[derive(Serialize)]
struct Outgoing<'a, P> {
    id: u64,
    method: &'a str,
    #[serde(rename = "sessionId", skip_serializing_if = "Option::is_none")]
    session: Option<&'a str>,
    params: &'a P,
}

/// A command as bytes, its end included.
pub(super) fn encode<C: Command>(id: u64, session: Option<&str>, command: &C) -> Result<Vec<u8>> {
    let message = Outgoing {
        id,
        method: &command.identifier(),
        session,
        params: command,
    };
    let mut bytes = serde_json::to_vec(&message).map_err(|cause| {
        Error::new(ErrorKind::Internal, "browser", "a command cannot be written").because(cause)
    })?;
    bytes.push(0);
    Ok(bytes)
}

/// What the browser says: an answer when it has an id, an event otherwise.
#[derive(Deserialize)]
struct Incoming<'a> {
    id: Option<u64>,
    #[serde(borrow)]
    method: Option<&'a str>,
    #[serde(borrow, rename = "sessionId")]
    session: Option<&'a str>,
    #[serde(borrow)]
    params: Option<&'a RawValue>,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    error: Option<Refusal>,
}

/// Why it would not do what it was told.
#[derive(Clone, Debug, Deserialize)]
pub(in crate::browser) struct Refusal {
    pub(in crate::browser) message: String,
}

/// A message, as far as it must be read to hand it on.
#[derive(Debug)]
pub(super) enum Message {
    Answer { id: u64, answer: Result<Bytes, Refusal> },
    Event(Event),
}

/// Something that happened.
#[derive(Clone, Debug)]
pub(in crate::browser) struct Event {
    /// In which conversation; empty for the browser itself.
    pub(in crate::browser) session: String,
    /// `Page.loadEventFired`, say.
    pub(in crate::browser) method: String,
    params: Bytes,
}

impl Event {
    /// Its details. Nothing when they are not as expected: another version of the browser may tell them otherwise.
    pub(in crate::browser) fn details<T: DeserializeOwned>(&self) -> Option<T> {
        let details = serde_json::from_slice(&self.params);
        details
            .inspect_err(
                |error| tracing::debug!(method = self.method, %error, "an event that cannot be read"),
            )
            .ok()
    }
}

/// Reads a message, without its end.
pub(super) fn decode(frame: &Bytes) -> Option<Message> {
    let text = std::str::from_utf8(frame).ok()?;
    let incoming: Incoming<'_> = serde_json::from_str(text).ok()?;
    let part =
        |raw: Option<&RawValue>| raw.map_or_else(Bytes::new, |raw| frame.slice_ref(raw.get().as_bytes()));
    match (incoming.id, incoming.method) {
        (Some(id), _) => Some(Message::Answer {
            id,
            answer: match incoming.error {
                Some(refusal) => Err(refusal),
                None => Ok(part(incoming.result)),
            },
        }),
        (None, Some(method)) => Some(Message::Event(Event {
            session: incoming.session.unwrap_or_default().to_owned(),
            method: method.to_owned(),
            params: part(incoming.params),
        })),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_and_events_are_told_apart() {
        let frame = Bytes::from_static(br#"{"id":7,"result":{"frameId":"F"},"sessionId":"S"}"#);
        let Some(Message::Answer {
            id: 7,
            answer: Ok(answer),
        }) = decode(&frame)
        else {
            panic!()
        };
        assert_eq!(&answer[..], br#"{"frameId":"F"}"#);
        let frame = Bytes::from_static(
            br#"{"method":"Page.loadEventFired","params":{"timestamp":1.5},"sessionId":"S"}"#,
        );
        let Some(Message::Event(event)) = decode(&frame) else {
            panic!()
        };
        assert_eq!(
            (event.session.as_str(), event.method.as_str()),
            ("S", "Page.loadEventFired")
        );
        let frame = Bytes::from_static(br#"{"id":8,"error":{"code":-32000,"message":"No such \"target\""}}"#);
        let Some(Message::Answer {
            id: 8,
            answer: Err(refusal),
        }) = decode(&frame)
        else {
            panic!()
        };
        assert_eq!(refusal.message, "No such \"target\"");
        for odd in [&b""[..], b"{}", b"[]", b"\xff", b"{\"id\":", b"{\"method\":3}"] {
            assert!(decode(&Bytes::copy_from_slice(odd)).is_none());
        }
    }
    proptest::proptest! {
        #[test]
        fn nothing_a_browser_says_trips_us(
            parts in proptest::collection::vec(proptest::sample::select(vec![
                "{", "}", "[", "]", ":", ",", "\"id\"", "\"method\"", "\"params\"", "\"result\"", "\"sessionId\"", "\"error\"",
                "\"message\"", "7", "-1", "1e999", "null", "\"\\ud800\"", "\"x\"", "\u{0}", " ",
            ]), 0..24),
            bytes: Vec<u8>,
        ) {
            for frame in [parts.concat().into_bytes(), bytes] {
                if let Some(Message::Event(event)) = decode(&Bytes::from(frame)) {
                    let _ = event.details::<serde_json::Value>();
                }
            }
        }
    }
}
