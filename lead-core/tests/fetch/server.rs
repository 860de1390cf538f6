//! A server on loopback that says exactly the bytes a test wants.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What to do with a connection, step by step.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Send(Vec<u8>),
    /// Send these bytes again and again until the other side hangs up.
    Flood(Vec<u8>),
    Wait(Duration),
    /// Close with a TCP reset instead of an orderly end.
    Reset,
}

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) requests: Arc<std::sync::Mutex<Vec<String>>>,
    pub(crate) connections: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A server that answers each request with the steps `script` gives for its head (request line and headers).
pub(crate) async fn serve(script: impl Fn(&str) -> Vec<Step> + Send + Sync + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let requests = Arc::new(std::sync::Mutex::new(Vec::new()));
    let connections = Arc::new(AtomicUsize::new(0));
    let (log, count, script) = (Arc::clone(&requests), Arc::clone(&connections), Arc::new(script));
    let task = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(connection(stream, Arc::clone(&script), Arc::clone(&log)));
        }
    });
    Server {
        address,
        requests,
        connections,
        task,
    }
}

async fn connection(
    mut stream: TcpStream,
    script: Arc<impl Fn(&str) -> Vec<Step>>,
    log: Arc<std::sync::Mutex<Vec<String>>>,
) -> std::io::Result<()> {
    let mut buffer = Vec::new();
    loop {
        let end = loop {
            if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                break end + 4;
            }
            if stream.read_buf(&mut buffer).await? == 0 {
                return Ok(());
            }
        };
        let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
        buffer.drain(..end);
        log.lock().unwrap().push(head.clone());
        for step in script(&head) {
            match step {
                Step::Send(bytes) => stream.write_all(&bytes).await?,
                Step::Flood(bytes) => loop {
                    stream.write_all(&bytes).await?;
                },
                Step::Wait(time) => tokio::time::sleep(time).await,
                Step::Reset => {
                    #[expect(
                        deprecated,
                        reason = "a linger of zero is how a reset is sent; it does not block"
                    )]
                    stream.set_linger(Some(Duration::ZERO))?;
                    return Ok(());
                }
            }
        }
    }
}

/// An HTTP/1.1 answer with a right length.
pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut out = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n", body.len()).into_bytes();
    for (name, value) in headers {
        out.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    out.extend_from_slice(b"\r\n");
    out.extend_from_slice(body);
    out
}
