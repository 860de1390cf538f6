//! The plain HTTP client.

use std::error::Error as StdError;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls_platform_verifier::Verifier;

use super::FetchConfig;
use super::decode::{self, Caps};
use super::guard::{GuardLayer, Refusal};
use super::resolve::{GuardedResolver, NameCheck};
use crate::clock::Clock;
use crate::limit::Rate;
use crate::seam::{Fetch, Purpose, Request, Response};
use crate::telemetry::{FETCH_ATTEMPTS, FETCH_BYTES, FETCH_WIRE_BYTES};
use crate::{Error, ErrorKind, Result};

/// RFC 9309 §2.5: a crawler reads at least 500 KiB of a robots.txt; we read no more.
pub(super) const ROBOTS_BYTES: usize = 500 * 1024;

/// Bodies larger than this are decompressed off the runtime's threads; a smaller one takes less than a millisecond or two.
const DECODE_APART: usize = 256 * 1024;

/// Header fields of a response; hyper stops at 100 by itself, some honest sites send more.
const MAX_HEADERS: usize = 256;

/// Bytes of header fields of an HTTP/2 response. HTTP/1 heads are capped by hyper at about 400 KiB.
const MAX_HEADER_BYTES: u32 = 64 * 1024;

/// What most pages are asked with; any type is welcome.
const ACCEPT_PAGES: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// HTTP/1.1 and 2 over TCP and TLS, through the guard. Follows no redirects, keeps no cookies, leaves the charset alone.
///
/// TLS trusts the system's certificates and Mozilla's. A body is decompressed (gzip, deflate, brotli, zstd) within
/// [`FetchConfig::max_body_bytes`] and [`FetchConfig::max_ratio`]; a robots.txt is cut at 500 KiB instead of refused.
#[derive(Clone)]
pub struct HttpTransport {
    client: reqwest::Client,
    guard: GuardLayer,
    /// What is asked of names that a proxy will look up.
    behind_proxy: Option<NameCheck>,
    user_agent: HeaderValue,
    caps: Caps,
    clock: Clock,
}

impl HttpTransport {
    /// A client with a connection pool of its own; clones share it.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] when TLS cannot be set up or a file of authorities cannot be read.
    pub fn new(config: &FetchConfig) -> Result<Self> {
        Self::build(config, None)
    }

    /// The same through a proxy, given by its address with all that it wants to know. It looks names up by itself: ours are
    /// only asked whether the guard agrees.
    pub(super) fn through(config: &FetchConfig, proxy: &str) -> Result<Self> {
        let proxy = reqwest::Proxy::all(proxy)
            .map_err(|_| Error::new(ErrorKind::Config, "http", "the address of a proxy cannot be used"))?;
        Self::build(config, Some(proxy))
    }

    /// The same, asking nobody about names: they are the proxy's to look up, and nobody else learns of them.
    #[cfg(feature = "browser")]
    pub(crate) fn unasked(config: &FetchConfig, proxy: &super::Proxy) -> Result<Self> {
        let mut transport = Self::through(config, proxy.secret())?;
        transport.behind_proxy = None;
        Ok(transport)
    }

    fn build(config: &FetchConfig, proxy: Option<reqwest::Proxy>) -> Result<Self> {
        let refuse = |message| {
            move |cause: reqwest::Error| Error::new(ErrorKind::Config, "http", message).because(cause)
        };
        let user_agent = HeaderValue::from_str(&config.user_agent.to_string()).map_err(|cause| {
            Error::new(ErrorKind::Config, "http", "the user agent is no header").because(cause)
        })?;
        let resolver = GuardedResolver::new(Arc::new(config.guard.clone()), &config.resolve);
        let (behind_proxy, builder) = match proxy {
            None => (None, builder().dns_resolver(Arc::new(resolver)).no_proxy()),
            // Only the proxy's own name is looked up then, and that is ours to choose.
            Some(proxy) => (Some(NameCheck::new(resolver)), builder().proxy(proxy)),
        };
        let client = builder
            .tls_backend_preconfigured(tls(&config.extra_roots)?)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .default_headers(default_headers())
            .connect_timeout(config.connect_timeout)
            .pool_idle_timeout(idle_timeout(config.pace.rate))
            .pool_max_idle_per_host(config.pace.max_per_host.max(1))
            .http1_max_headers(MAX_HEADERS)
            .http2_max_header_list_size(MAX_HEADER_BYTES)
            .http2_adaptive_window(true)
            .build()
            .map_err(refuse("the HTTP client cannot be set up"))?;
        let caps = Caps {
            bytes: config.max_body_bytes,
            ratio: config.max_ratio,
            truncate: false,
        };
        let guard = GuardLayer::new(config.guard.clone());
        Ok(Self {
            client,
            guard,
            behind_proxy,
            user_agent,
            caps,
            clock: Clock::system(),
        })
    }

    /// Goes by `clock`.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    fn request(&self, request: &Request) -> reqwest::Request {
        let mut out = reqwest::Request::new(request.method.clone(), request.url.as_url().clone());
        let headers = out.headers_mut();
        headers.insert(USER_AGENT, self.user_agent.clone());
        headers.extend(request.headers.clone());
        // Whatever the caller says: these are the codings that are undone here.
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(decode::ACCEPTED));
        if !request.body.is_empty() {
            *out.body_mut() = Some(request.body.clone().into());
        }
        out
    }
}

/// How long a connection waits for the next request to its host: a little longer than the pace makes it wait.
///
/// A crawl meets thousands of hosts, each for a few pages. Connections kept for long would be its memory and its file
/// descriptors: after 7,000 hosts at full speed, a minute's worth was 7,000 descriptors and 140 MiB.
fn idle_timeout(rate: Rate) -> Duration {
    let between = match rate {
        Rate::Auto => Duration::from_secs(1),
        Rate::PerSecond(rate) => Duration::from_secs_f64(1.0 / rate).min(Duration::from_secs(30)),
        Rate::Off => Duration::ZERO,
    };
    between * 2 + Duration::from_millis(500)
}

/// A client that passes on what others ask as it is: no header of its own, nothing decompressed, through the guard or a
/// proxy. Names are the proxy's to look up, if there is one: ours are not asked, so that nobody learns of them.
#[cfg(feature = "browser")]
pub(crate) fn passing_client(config: &FetchConfig, proxy: Option<&super::Proxy>) -> Result<reqwest::Client> {
    let refuse = |cause: reqwest::Error| {
        Error::new(ErrorKind::Config, "http", "the HTTP client cannot be set up").because(cause)
    };
    let builder = match proxy {
        None => {
            let resolver = GuardedResolver::new(Arc::new(config.guard.clone()), &config.resolve);
            builder().dns_resolver(Arc::new(resolver)).no_proxy()
        }
        Some(proxy) => builder().proxy(reqwest::Proxy::all(proxy.secret()).map_err(refuse)?),
    };
    builder
        .tls_backend_preconfigured(tls(&config.extra_roots)?)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(config.connect_timeout)
        .pool_idle_timeout(Duration::from_secs(5))
        .http1_max_headers(MAX_HEADERS)
        .http1_title_case_headers()
        .build()
        .map_err(refuse)
}

/// Makes TLS connections to proxies.
#[cfg(feature = "browser")]
#[derive(Clone)]
pub(crate) struct TlsConnector(tokio_rustls::TlsConnector);

#[cfg(feature = "browser")]
impl TlsConnector {
    /// One that trusts as the transport does.
    pub(crate) fn new(config: &FetchConfig) -> Result<Self> {
        let mut tls = tls(&config.extra_roots)?;
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self(Arc::new(tls).into()))
    }

    /// Encrypts a connection to `host`.
    pub(crate) async fn connect(
        &self,
        host: &str,
        stream: tokio::net::TcpStream,
    ) -> Result<tokio_rustls::client::TlsStream<tokio::net::TcpStream>> {
        let failed = |cause: Box<dyn StdError + Send + Sync>| {
            Error::new(ErrorKind::Network, "fetch", "no trusted connection could be made").because(cause)
        };
        let name = rustls::pki_types::ServerName::try_from(host.to_owned());
        let name = name.map_err(|cause| failed(cause.into()))?;
        self.0
            .connect(name, stream)
            .await
            .map_err(|cause| failed(cause.into()))
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the transport, the one place that builds a client"
)]
fn builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
}

fn default_headers() -> HeaderMap {
    HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(ACCEPT_PAGES))])
}

/// TLS by rustls and ring, trusting the system's roots and Mozilla's, so that a machine without certificates works too.
fn tls(extra_roots: &[PathBuf]) -> Result<rustls::ClientConfig> {
    let refuse =
        |cause: rustls::Error| Error::new(ErrorKind::Config, "http", "TLS cannot be set up").because(cause);
    let provider: Arc<CryptoProvider> = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS.to_vec();
    for file in extra_roots {
        roots.extend(certificates(file)?);
    }
    let verifier = Verifier::new_with_extra_roots(roots, Arc::clone(&provider)).map_err(refuse)?;
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(refuse)?
        .dangerous() // the builder's word for any verifier that is not its own; this one verifies in full
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let read = CertificateDer::pem_file_iter(file).and_then(Iterator::collect);
    read.map_err(|cause| {
        let message = "a file of certificate authorities cannot be read";
        Error::new(ErrorKind::Config, "http", message)
            .with("file", file.display())
            .because(cause)
    })
}

impl Fetch for HttpTransport {
    async fn fetch(&self, request: Request) -> Result<Response> {
        // Address literals never reach the resolver, so a transport without layers looks at them here.
        self.guard.check(&request.url)?;
        if let Some(names) = &self.behind_proxy {
            names.check(request.url.host()).await?;
        }
        let caps = match request.purpose {
            Purpose::Robots => Caps {
                bytes: ROBOTS_BYTES,
                truncate: true,
                ..self.caps
            },
            _ => self.caps,
        };
        FETCH_ATTEMPTS.add(1, &[]);
        let mut answer = self
            .client
            .execute(self.request(&request))
            .await
            .map_err(translate)?;
        let status = answer.status();
        let mut headers = std::mem::take(answer.headers_mut());
        let body = if request.method == Method::HEAD {
            Bytes::new()
        } else {
            read(answer, caps).await?
        };
        FETCH_WIRE_BYTES.add(body.len() as u64, &[]);
        let body = undo(&mut headers, body, caps).await?;
        FETCH_BYTES.add(body.len() as u64, &[]);
        let mut response = Response::new(request.url, status, headers, body, self.clock.now());
        response.identity = identity(&request.headers);
        Ok(response)
    }
}

/// The body as it comes over the wire, no longer than the cap.
async fn read(mut answer: reqwest::Response, caps: Caps) -> Result<Bytes> {
    let announced = answer
        .content_length()
        .and_then(|length| usize::try_from(length).ok());
    if announced.is_some_and(|length| length > caps.bytes) && !caps.truncate {
        return Err(caps.too_large());
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = answer.chunk().await.map_err(translate)? {
        // One chunk is the whole body more often than not: no copy then.
        if body.is_empty() && announced == Some(chunk.len()) {
            return Ok(chunk);
        }
        body.extend_from_slice(&chunk);
        if body.len() > caps.bytes {
            if caps.truncate {
                body.truncate(caps.bytes);
                break;
            }
            return Err(caps.too_large());
        }
    }
    Ok(body.freeze())
}

/// Undoes the content codings, and takes the headers away that spoke of them.
async fn undo(headers: &mut HeaderMap, body: Bytes, caps: Caps) -> Result<Bytes> {
    let codings = decode::codings(headers);
    if codings.is_empty() || body.is_empty() {
        return Ok(body);
    }
    headers.remove(CONTENT_ENCODING);
    headers.remove(CONTENT_LENGTH);
    if body.len() < DECODE_APART {
        return decode::decode(&codings, body, caps);
    }
    let apart = tokio::task::spawn_blocking(move || decode::decode(&codings, body, caps));
    apart
        .await
        .map_err(|cause| Error::new(ErrorKind::Internal, "fetch", "decompression stopped").because(cause))?
}

/// The name a request goes by, when it brings one of its own.
fn identity(headers: &HeaderMap) -> Option<String> {
    headers
        .get(USER_AGENT)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// The error of the HTTP client, as far as a caller can act on it. Its URL is left out: callers know it, logs need not.
pub(crate) fn translate(error: reqwest::Error) -> Error {
    if let Some(refusal) = find::<Refusal>(&error) {
        return refusal.clone().into();
    }
    let (kind, message) = if error.is_timeout() {
        (ErrorKind::Timeout, "the connection took too long")
    } else if find::<hyper::Error>(&error).is_some_and(hyper::Error::is_parse_too_large) {
        return Error::new(
            ErrorKind::TooLarge,
            "fetch",
            "the headers are larger than allowed",
        )
        .because(error.without_url());
    } else if find::<rustls::Error>(&error).is_some() {
        (ErrorKind::Network, "no trusted connection could be made")
    } else if error.is_connect() {
        (ErrorKind::Network, "no connection could be made")
    } else {
        (ErrorKind::Network, "the connection broke")
    };
    // A certificate does not get better by trying again; nearly all else may.
    let lasting = find::<rustls::Error>(&error)
        .is_some_and(|error| matches!(error, rustls::Error::InvalidCertificate(_)));
    let error = Error::new(kind, "fetch", message).because(error.without_url());
    if lasting { error } else { error.temporary() }
}

fn find<'a, T: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        // An I/O error hides what it wraps from `source`.
        let wrapped = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        if let Some(found) = wrapped.and_then(|inner| find::<T>(inner)) {
            return Some(found);
        }
        next = error.source();
    }
    None
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransport")
            .field("user_agent", &self.user_agent)
            .finish_non_exhaustive()
    }
}
