//! The only way out of a browser: a proxy of ours on loopback, one for each context.
//!
//! Whatever a page asks for passes here, by whatever means its scripts ask: so the guard holds for every address it names,
//! at the moment of connecting; hosts whose address is given are found; bytes are counted and capped; and a
//! way out of the caller's ([`Proxy`]) is taken with its password, which the browser never learns. Behind such a proxy no name
//! is looked up here, nor by the browser: that is the proxy's.

mod dial;
mod forward;
mod traffic;

use std::net::SocketAddr;
use std::sync::Arc;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use self::dial::Dialer;
use self::forward::Forward;
pub(super) use self::forward::OURS;
pub(super) use self::traffic::Traffic;
use crate::fetch::{FetchConfig, Proxy};
use crate::{Error, ErrorKind, Result};

/// What ways out of contexts share: connections to servers.
#[derive(Clone, Debug)]
pub(super) struct Gateways {
    forward: Arc<Forward>,
    dialer: Arc<Dialer>,
}

impl Gateways {
    /// By the guard and hosts of `config`, through `proxy` if there is one.
    pub(super) fn new(config: &FetchConfig, proxy: Option<&Proxy>) -> Result<Self> {
        Ok(Self {
            forward: Arc::new(Forward::new(config, proxy)?),
            dialer: Arc::new(Dialer::new(config, proxy)?),
        })
    }

    /// Opens one, for a context that may load `limit` bytes.
    pub(super) async fn open(&self, limit: u64) -> Result<Gateway> {
        let failed = |cause: std::io::Error| {
            Error::new(
                ErrorKind::Browser,
                "browser",
                "no way out could be opened for a page",
            )
            .temporary()
            .because(cause)
        };
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let traffic = Arc::new(Traffic::new(limit));
        let mut serving = JoinSet::new();
        serving.spawn(accept(listener, self.clone(), Arc::clone(&traffic)));
        Ok(Gateway {
            address,
            traffic,
            _serving: serving,
        })
    }
}

/// An open way out. Dropped, it is closed, with all its connections.
#[derive(Debug)]
pub(super) struct Gateway {
    address: SocketAddr,
    traffic: Arc<Traffic>,
    _serving: JoinSet<()>,
}

impl Gateway {
    /// As a context is told of it.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What went through.
    pub(super) fn traffic(&self) -> &Arc<Traffic> {
        &self.traffic
    }
}

async fn accept(listener: TcpListener, gateways: Gateways, traffic: Arc<Traffic>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let _ = stream.set_nodelay(true);
                    connections.spawn(serve(stream, gateways.clone(), Arc::clone(&traffic)));
                }
                Err(error) => {
                    // Out of descriptors, most likely: others end meanwhile.
                    tracing::debug!(%error, "a page's connection was not taken");
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve(stream: tokio::net::TcpStream, gateways: Gateways, traffic: Arc<Traffic>) {
    let answer = service_fn(move |request| {
        let (gateways, traffic) = (gateways.clone(), Arc::clone(&traffic));
        async move { Ok::<_, std::convert::Infallible>(forward::answer(&gateways, traffic, request).await) }
    });
    let served = http1::Builder::new()
        .preserve_header_case(true)
        .serve_connection(TokioIo::new(stream), answer)
        .with_upgrades()
        .await;
    if let Err(error) = served {
        tracing::trace!(%error, "a page's connection broke");
    }
}
