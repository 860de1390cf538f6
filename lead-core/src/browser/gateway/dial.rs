//! Connections whose content is none of our business: TLS, web sockets.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::PROXY_AUTHORIZATION;
use http::{Method, Request, Uri};
use hyper::body::Bytes;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::SocksV5;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tower_service::Service;

use crate::fetch::{FetchConfig, GuardedResolver, Proxy, TlsConnector};
use crate::record::SafeUrl;
use crate::{Error, ErrorKind, Result};

/// Both ends of a connection.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Makes connections to hosts, past the guard or through a proxy.
pub(super) struct Dialer {
    way: Way,
    limit: Duration,
}

enum Way {
    Straight(GuardedResolver),
    Through(Proxy, TlsConnector),
}

impl Dialer {
    pub(super) fn new(config: &FetchConfig, proxy: Option<&Proxy>) -> Result<Self> {
        let way = match proxy {
            None => Way::Straight(GuardedResolver::new(
                Arc::new(config.guard.clone()),
                &config.resolve,
            )),
            Some(proxy) => Way::Through(proxy.clone(), TlsConnector::new(config)?),
        };
        Ok(Self {
            way,
            limit: config.connect_timeout,
        })
    }

    /// Connects to the host and port of `url`.
    pub(super) async fn dial(&self, url: &SafeUrl) -> Result<Box<dyn Stream>> {
        let dialled = async {
            match &self.way {
                Way::Straight(resolver) => straight(resolver, url).await,
                Way::Through(proxy, tls) => through(proxy, tls, url).await,
            }
        };
        tokio::time::timeout(self.limit, dialled)
            .await
            .unwrap_or_else(|_| {
                Err(Error::new(
                    ErrorKind::Timeout,
                    "browser",
                    "the connection took too long",
                ))
            })
    }
}

impl fmt::Debug for Dialer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dialer")
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

async fn straight(resolver: &GuardedResolver, url: &SafeUrl) -> Result<Box<dyn Stream>> {
    let addresses = resolver.addresses(url).await?;
    let mut last = Error::new(ErrorKind::Network, "browser", "the name leads nowhere");
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => {
                let _ = stream.set_nodelay(true);
                return Ok(Box::new(stream));
            }
            Err(cause) => last = unconnected(cause),
        }
    }
    Err(last)
}

async fn through(proxy: &Proxy, tls: &TlsConnector, url: &SafeUrl) -> Result<Box<dyn Stream>> {
    if proxy.is_socks() {
        return socks(proxy, url).await;
    }
    let (host, port) = proxy.host_and_port();
    let stream = TcpStream::connect((host, port)).await.map_err(unconnected)?;
    let _ = stream.set_nodelay(true);
    if proxy.is_secure() {
        tunnel(tls.connect(host, stream).await?, proxy, url).await
    } else {
        tunnel(stream, proxy, url).await
    }
}

async fn socks(proxy: &Proxy, url: &SafeUrl) -> Result<Box<dyn Stream>> {
    let (host, port) = proxy.host_and_port();
    let at = uri(&format!("socks5://{host}:{port}"))?;
    let mut way = SocksV5::new(at, HttpConnector::new());
    if let Some((name, password)) = proxy.login() {
        way = way.with_auth(name, password);
    }
    let target = uri(&format!("http://{}", authority(url)))?;
    match way.call(target).await {
        Ok(stream) => Ok(Box::new(stream.into_inner())),
        Err(cause) => Err(unconnected(cause)),
    }
}

/// Has an HTTP proxy connect (RFC 9110 §9.3.6).
async fn tunnel<S: Stream + 'static>(stream: S, proxy: &Proxy, url: &SafeUrl) -> Result<Box<dyn Stream>> {
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(unconnected)?;
    tokio::spawn(connection.with_upgrades());
    let mut request = Request::new(http_body_util::Empty::<Bytes>::new());
    *request.method_mut() = Method::CONNECT;
    *request.uri_mut() = uri(&authority(url))?;
    if let Some(password) = proxy.basic_authorization() {
        request.headers_mut().insert(PROXY_AUTHORIZATION, password);
    }
    let response = sender.send_request(request).await.map_err(unconnected)?;
    if !response.status().is_success() {
        return Err(
            Error::new(ErrorKind::Network, "browser", "the proxy would not connect")
                .with("status", response.status().as_u16()),
        );
    }
    let upgraded = hyper::upgrade::on(response).await.map_err(unconnected)?;
    Ok(Box::new(TokioIo::new(upgraded)))
}

/// Host and port, the port always.
fn authority(url: &SafeUrl) -> String {
    let port = url.as_url().port_or_known_default().unwrap_or_default();
    format!("{}:{port}", url.as_url().host_str().unwrap_or_default())
}

fn uri(text: &str) -> Result<Uri> {
    text.parse()
        .map_err(|_| Error::new(ErrorKind::Network, "browser", "not an address to connect to"))
}

fn unconnected(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::new(ErrorKind::Network, "browser", "no connection could be made").because(cause)
}
