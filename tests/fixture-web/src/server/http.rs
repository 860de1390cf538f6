//! Between hyper and the hosts: reading a request, writing an answer.

use std::convert::Infallible;
use std::io::Write;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};

use super::Shared;
use super::body::{AnyBody, stream};
use super::log::LogEntry;
use crate::hosts::{self, Answer, Body, Request, Scene};

/// Longest body read; Overpass queries are the only ones sent.
const MAX_BODY: usize = 1 << 20;

pub(super) async fn serve(
    shared: Arc<Shared>,
    incoming: hyper::Request<Incoming>,
) -> Result<hyper::Response<AnyBody>, Infallible> {
    let at = Instant::now();
    let target = incoming
        .uri()
        .path_and_query()
        .map_or_else(|| "/".to_owned(), ToString::to_string);
    let (mut request, oversize) = read(incoming, shared.config.link_port).await;
    let before = shared.log.arrive(&request.host, &request.path, at);
    request.earlier = before.earlier;
    request.earlier_host = before.earlier_host;
    request.since_refusal = before.since_refusal;
    request.since_host_refusal = before.since_host_refusal;
    let answer = if oversize {
        Answer::text(413, "too long\n")
    } else {
        let scene = Scene {
            world: &shared.world,
            faults: shared.config.faults,
            shares: shared.shares,
        };
        hosts::answer(&scene, &request)
    };
    let entry = LogEntry {
        host: request.host.clone(),
        path: target,
        method: request.method.clone(),
        user_agent: request.user_agent.clone(),
        at,
        status: answer.status,
    };
    shared.log.answered(entry, &request.path);
    if !answer.delay.is_zero() {
        tokio::time::sleep(answer.delay).await;
    }
    Ok(write(answer, &request))
}

/// The request, and whether its body was too long.
async fn read(incoming: hyper::Request<Incoming>, link_port: Option<u16>) -> (Request, bool) {
    let (parts, body) = incoming.into_parts();
    // A proxy is asked for absolute addresses; all others name the host in the header.
    let authority = match parts.uri.authority() {
        Some(authority) => authority.to_string(),
        None => header(&parts.headers, "host").unwrap_or_default(),
    };
    let (host, port) = split_authority(&authority);
    let path = percent_encoding::percent_decode_str(parts.uri.path())
        .decode_utf8_lossy()
        .into_owned();
    let query = parts.uri.query().unwrap_or_default();
    let (body, oversize) = match Limited::new(body, MAX_BODY).collect().await {
        Ok(body) => (body.to_bytes().to_vec(), false),
        Err(_) => (Vec::new(), true),
    };
    let request = Request {
        method: parts.method.to_string(),
        host,
        port: link_port.or(port),
        path,
        query: hosts::parse_query(query.as_bytes()),
        body,
        user_agent: header(&parts.headers, "user-agent").unwrap_or_default(),
        if_none_match: header(&parts.headers, "if-none-match"),
        accepts_gzip: header(&parts.headers, "accept-encoding").is_some_and(|value| value.contains("gzip")),
        ..Request::default()
    };
    (request, oversize)
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get(name)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// Host in lower case without a final dot, and the port.
fn split_authority(authority: &str) -> (String, Option<u16>) {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (host, port.parse().ok()),
        _ => (authority, None),
    };
    (host.trim_end_matches('.').to_ascii_lowercase(), port)
}

fn write(mut answer: Answer, request: &Request) -> hyper::Response<AnyBody> {
    compress(&mut answer, request);
    let (body, length) = stream(answer.body);
    let mut response = hyper::Response::new(body);
    *response.status_mut() =
        hyper::StatusCode::from_u16(answer.status).unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.append(HeaderName::from_static(name), value);
        }
    }
    // 204 and 304 have no body and declare none (RFC 9110 section 8.6).
    if let Some(length) = length.filter(|_| !matches!(answer.status, 204 | 304)) {
        headers.insert("content-length", HeaderValue::from(length));
    }
    headers.insert("server", HeaderValue::from_static("generated-web"));
    response
}

/// A third of the hosts compress what is worth it, for visitors who accept it.
fn compress(answer: &mut Answer, request: &Request) {
    if answer.as_is || !request.accepts_gzip || !crate::rng::hash_text(&request.host).is_multiple_of(3) {
        return;
    }
    let Body::Full(plain) = &answer.body else { return };
    if plain.len() < 512 {
        return;
    }
    let mut encoder =
        flate2::write::GzEncoder::new(Vec::with_capacity(plain.len() / 3), flate2::Compression::fast());
    if encoder.write_all(plain).is_ok()
        && let Ok(packed) = encoder.finish()
    {
        answer.body = Body::Full(Bytes::from(packed));
        answer.headers.push(("content-encoding", "gzip".to_owned()));
        answer.headers.push(("vary", "accept-encoding".to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_stripped_from_the_host() {
        assert_eq!(split_authority("A.Test:8080"), ("a.test".to_owned(), Some(8080)));
        assert_eq!(split_authority("a.test."), ("a.test".to_owned(), None));
        assert_eq!(split_authority("[::1]:80"), ("[::1]".to_owned(), Some(80)));
        assert_eq!(split_authority("a.test:99999"), ("a.test".to_owned(), None));
    }
}
