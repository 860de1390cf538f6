//! Attack × outcome: for each way to say who asks, a table of what somebody may try, and what comes of it.
//!
//! An outcome is a status; what is refused never reaches the service, all 401 of a table are alike to the last byte, and nothing that was sent comes back.

mod api_key;
mod signature;
mod token;

use std::convert::Infallible;

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response};
use http_body_util::Full;
use lead_core::service::Body;
use tower_service::Service;

use crate::house::{Answer, House, Sent};

/// An attack: what is sent, one after the other, and the status of the last answer.
pub(crate) struct Row {
    name: &'static str,
    requests: Vec<(Parts, Sent)>,
    status: u16,
}

/// One request.
pub(crate) fn row(name: &'static str, head: Parts, body: impl Into<Vec<u8>>, status: u16) -> Row {
    sent(name, head, Sent::Whole(body.into()), status)
}

pub(crate) fn sent(name: &'static str, head: Parts, sent: Sent, status: u16) -> Row {
    Row {
        name,
        requests: vec![(head, sent)],
        status,
    }
}

/// The same request, twice.
pub(crate) fn twice(name: &'static str, head: Parts, body: impl Into<Vec<u8>>, status: u16) -> Row {
    let request = (head, Sent::Whole(body.into()));
    Row {
        name,
        requests: vec![request.clone(), request],
        status,
    }
}

pub(crate) fn get(path: &str) -> Parts {
    let request = Request::get(path).header("host", "api.example");
    request.body(()).unwrap().into_parts().0
}

/// Tries a table. `secrets` are texts that no answer may hold.
pub(crate) async fn attack<S>(house: &mut House<S>, rows: Vec<Row>, secrets: &[&str])
where
    S: Service<Request<Body>, Response = Response<Full<Bytes>>, Error = Infallible>,
{
    let mut unknown: Option<Answer> = None;
    for Row {
        name,
        requests,
        status,
    } in rows
    {
        let mut last = None;
        for (head, sent) in requests {
            last = Some(house.ask(head, sent).await);
        }
        let answer = last.unwrap();
        assert_eq!(answer.status, status, "{name}: {}", answer.body);
        // 404 is the service's own answer, and 408 and 413 may come while it reads.
        let may_reach = matches!(status, 200 | 404);
        assert_eq!(answer.reached, may_reach, "{name}");
        assert!(answer.headers.contains_key("content-security-policy"), "{name}");
        let all = format!("{:?}{}", answer.headers, answer.body);
        for secret in secrets {
            assert!(!all.contains(secret), "{name}: {all}");
        }
        if status == 401 {
            let first = unknown.get_or_insert_with(|| answer.clone());
            assert_eq!(answer.body, first.body, "{name}");
            assert_eq!(
                answer.headers.keys().collect::<Vec<_>>(),
                first.headers.keys().collect::<Vec<_>>(),
                "{name}"
            );
        }
    }
}

/// Two answers that must not be told apart.
pub(crate) async fn alike<S>(house: &mut House<S>, one: Parts, other: Parts)
where
    S: Service<Request<Body>, Response = Response<Full<Bytes>>, Error = Infallible>,
{
    let one = house.ask(one, Sent::Whole(Vec::new())).await;
    let other = house.ask(other, Sent::Whole(Vec::new())).await;
    assert_eq!(one.status, 404);
    assert_eq!(
        (one.status, one.headers, one.body),
        (other.status, other.headers, other.body)
    );
}
