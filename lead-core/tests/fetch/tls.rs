//! TLS and HTTP/2.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::Full;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use lead_core::fetch::{FetchConfig, HttpTransport};
use lead_core::seam::{Fetch, Request};
use lead_core::{ErrorKind, ErrorStatus};
use rustls::pki_types::PrivateKeyDer;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::fake::url;

/// A server for `bakery.test` that speaks HTTP/2 only and tells the version it was asked in; its certificate, as PEM.
async fn serve() -> (SocketAddr, String) {
    let own = rcgen::generate_simple_self_signed(["bakery.test".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key)
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(stream) = acceptor.accept(stream).await else {
                    return;
                };
                let answer = service_fn(|request: hyper::Request<hyper::body::Incoming>| async move {
                    let body = Full::new(Bytes::from(format!("{:?}", request.version())));
                    Ok::<_, std::convert::Infallible>(hyper::Response::new(body))
                });
                let server = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
                let _ = server.serve_connection(TokioIo::new(stream), answer).await;
            });
        }
    });
    (address, own.cert.pem())
}

fn config(address: SocketAddr, roots: Vec<PathBuf>) -> FetchConfig {
    let mut config = FetchConfig::default();
    config.guard = config.guard.allow("127.0.0.0/8".parse().unwrap());
    config.resolve = vec![format!("*.test={address}").parse().unwrap()];
    config.extra_roots = roots;
    config
}

#[tokio::test]
async fn http_2_is_spoken_to_servers_that_are_trusted() {
    let (address, pem) = serve().await;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root.pem");
    std::fs::write(&root, pem).unwrap();
    let transport = HttpTransport::new(&config(address, vec![root])).unwrap();
    let response = transport
        .fetch(Request::get(url("https://bakery.test/")))
        .await
        .unwrap();
    assert_eq!(response.body, "HTTP/2.0");

    let error = transport
        .fetch(Request::get(url("https://butcher.test/")))
        .await
        .unwrap_err();
    assert_eq!(
        error.kind(),
        ErrorKind::Network,
        "the certificate is for another name"
    );
}

#[tokio::test]
async fn others_are_not_trusted_and_that_lasts() {
    let (address, _) = serve().await;
    let transport = HttpTransport::new(&config(address, vec![])).unwrap();
    let error = transport
        .fetch(Request::get(url("https://bakery.test/")))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Network, ErrorStatus::Permanent),
        "{error:?}"
    );
}

#[test]
fn a_missing_file_of_authorities_is_told() {
    let address = "127.0.0.1:1".parse().unwrap();
    let error = HttpTransport::new(&config(address, vec!["/nowhere/root.pem".into()])).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
}
