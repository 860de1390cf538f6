//! A visitor that speaks just enough HTTP to see the raw bytes of an answer.

use fixture_web::FixtureServer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An answer as it came over the wire.
pub(crate) struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The length without the framing of chunks.
    pub(crate) fn plain_length(&self) -> usize {
        self.body.len()
    }
}

pub(crate) async fn get(server: &FixtureServer, host: &str, target: &str) -> Answer {
    get_with(server, host, target, &[]).await
}

pub(crate) async fn get_with(
    server: &FixtureServer,
    host: &str,
    target: &str,
    headers: &[(&str, &str)],
) -> Answer {
    send(server, &format!("GET {target}"), host, headers, "").await
}

pub(crate) async fn post(server: &FixtureServer, host: &str, target: &str, body: &str) -> Answer {
    let length = body.len().to_string();
    send(
        server,
        &format!("POST {target}"),
        host,
        &[("content-length", &length)],
        body,
    )
    .await
}

async fn send(
    server: &FixtureServer,
    line: &str,
    host: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let mut stream = TcpStream::connect(server.addr()).await.unwrap();
    let port = server.addr().port();
    let mut head = format!("{line} HTTP/1.1\r\nhost: {host}:{port}\r\nconnection: close\r\n");
    for (name, value) in headers {
        for part in [name, ": ", value, "\r\n"] {
            head.push_str(part);
        }
    }
    stream.write_all(format!("{head}\r\n").as_bytes()).await.unwrap();
    // A server that refuses early may close while the body is on its way.
    let _ = stream.write_all(body.as_bytes()).await;
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
    parse(&bytes)
}

fn parse(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let mut answer = Answer {
        status,
        headers,
        body: bytes[end + 4..].to_vec(),
    };
    if answer.header("transfer-encoding") == Some("chunked") {
        answer.body = unchunk(&answer.body);
    }
    answer
}

fn unchunk(mut rest: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some(at) = rest.windows(2).position(|window| window == b"\r\n") {
        let size = usize::from_str_radix(&String::from_utf8_lossy(&rest[..at]), 16).unwrap_or(0);
        if size == 0 || rest.len() < at + 4 + size {
            break;
        }
        out.extend(&rest[at + 2..at + 2 + size]);
        rest = &rest[at + 4 + size..];
    }
    out
}
