//! Requests of pages, one by one: those over plain HTTP are passed on, others are connected through.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::header::{
    CONNECTION, HOST, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::{Body as _, Frame, Incoming, SizeHint};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::dial::Stream;
use super::{Gateways, Traffic};
use crate::fetch::{FetchConfig, GuardLayer, Proxy, passing_client, translate};
use crate::record::SafeUrl;
use crate::{Error, ErrorKind, Result};

/// Fields that speak of one connection (RFC 9110 §7.6.1), those that only this proxy is meant by, and what the client sets.
static HOP: [HeaderName; 11] = [
    CONNECTION,
    HOST,
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
    OURS,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
];

type Cause = Box<dyn std::error::Error + Send + Sync>;
type Body = BoxBody<Bytes, Cause>;

/// Marks answers that are ours, not a server's; from servers it is not passed on.
pub(in crate::browser) const OURS: HeaderName = HeaderName::from_static("x-lead-gateway");

/// Passes plain requests on.
#[derive(Debug)]
pub(super) struct Forward {
    client: reqwest::Client,
    guard: GuardLayer,
}

impl Forward {
    pub(super) fn new(config: &FetchConfig, proxy: Option<&Proxy>) -> Result<Self> {
        Ok(Self {
            client: passing_client(config, proxy)?,
            guard: GuardLayer::new(config.guard.clone()),
        })
    }
}

/// Answers a request of the browser's.
pub(super) async fn answer(
    gateways: &Gateways,
    traffic: Arc<Traffic>,
    request: Request<Incoming>,
) -> Response<Body> {
    let noted = Arc::clone(&traffic);
    let answered = if request.method() == Method::CONNECT {
        connect(gateways, &traffic, request).await
    } else {
        pass(gateways, Arc::clone(&traffic), request).await
    };
    answered.unwrap_or_else(|error| {
        tracing::debug!(%error, "a request of a page was not passed on");
        let status = match error.kind() {
            ErrorKind::GuardRefused | ErrorKind::TooLarge => StatusCode::FORBIDDEN,
            ErrorKind::InvalidInput => StatusCode::BAD_REQUEST,
            ErrorKind::Timeout => StatusCode::GATEWAY_TIMEOUT,
            _ => StatusCode::BAD_GATEWAY,
        };
        noted.fail(error);
        let mut response = said(status);
        response
            .headers_mut()
            .insert(OURS, HeaderValue::from_static("failed"));
        response
    })
}

fn said(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Full::new(Bytes::new()).map_err(|never| match never {}).boxed());
    *response.status_mut() = status;
    response
}

fn address(text: &str) -> Result<SafeUrl> {
    SafeUrl::parse(text).map_err(|cause| Error::invalid("browser", "no address to ask").because(cause))
}

async fn pass(
    gateways: &Gateways,
    traffic: Arc<Traffic>,
    request: Request<Incoming>,
) -> Result<Response<Body>> {
    let forward = &gateways.forward;
    let (mut head, body) = request.into_parts();
    let url = address(&head.uri.to_string())?;
    forward.guard.check(&url)?;
    traffic.ask();
    if traffic.is_too_much() {
        return Err(Error::new(
            ErrorKind::TooLarge,
            "browser",
            "the page has loaded enough",
        ));
    }
    let mut out = reqwest::Request::new(head.method, url.as_url().clone());
    strip(&mut head.headers);
    *out.headers_mut() = head.headers;
    if !body.is_end_stream() {
        *out.body_mut() = Some(reqwest::Body::wrap(body));
    }
    let answer = forward.client.execute(out).await.map_err(translate)?;
    let (mut head, body) = Response::<reqwest::Body>::from(answer).into_parts();
    strip(&mut head.headers);
    let counted = Counted { body, traffic };
    Ok(Response::from_parts(head, counted.boxed()))
}

/// A body that breaks off when its page has had enough.
struct Counted {
    body: reqwest::Body,
    traffic: Arc<Traffic>,
}

impl hyper::body::Body for Counted {
    type Data = Bytes;
    type Error = Cause;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Cause>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        Poll::Ready(match frame {
            Some(Ok(frame))
                if frame
                    .data_ref()
                    .is_some_and(|data| !self.traffic.take(data.len())) =>
            {
                Some(Err("the page has loaded enough".into()))
            }
            Some(frame) => Some(frame.map_err(Into::into)),
            None => None,
        })
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

fn strip(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|names| names.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    for name in HOP.iter().chain(&named) {
        headers.remove(name);
    }
}

async fn connect(
    gateways: &Gateways,
    traffic: &Arc<Traffic>,
    request: Request<Incoming>,
) -> Result<Response<Body>> {
    let asked = request
        .uri()
        .authority()
        .map(ToString::to_string)
        .unwrap_or_default();
    // What is behind a port is not known; 80 is for web sockets.
    let scheme = if asked.ends_with(":80") { "http" } else { "https" };
    let url = address(&format!("{scheme}://{asked}"))?;
    gateways.forward.guard.check(&url)?;
    traffic.ask();
    let server = gateways.dialer.dial(&url).await?;
    let traffic = Arc::clone(traffic);
    tokio::spawn(async move {
        match hyper::upgrade::on(request).await {
            Ok(browser) => carry(TokioIo::new(browser), server, &traffic).await,
            Err(error) => tracing::debug!(%error, "a page did not take its connection"),
        }
    });
    Ok(said(StatusCode::OK))
}

/// Carries bytes both ways until one side ends, or the page has had enough.
async fn carry(browser: impl Stream, server: Box<dyn Stream>, traffic: &Traffic) {
    let (mut from_browser, mut to_browser) = tokio::io::split(browser);
    let (mut from_server, mut to_server) = tokio::io::split(server);
    let up = async {
        let _ = tokio::io::copy(&mut from_browser, &mut to_server).await;
        let _ = to_server.shutdown().await;
    };
    let down = async {
        let mut chunk = vec![0; 16 << 10];
        while let Ok(read @ 1..) = from_server.read(&mut chunk).await {
            let bytes = chunk.get(..read).unwrap_or_default();
            if !traffic.take(read) || to_browser.write_all(bytes).await.is_err() {
                return;
            }
        }
        let _ = to_browser.shutdown().await;
    };
    tokio::pin!(up);
    // The server's end ends it; the browser's end may be half of one.
    tokio::select! {
        () = down => {}
        () = &mut up => {}
    }
}
