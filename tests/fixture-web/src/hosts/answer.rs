//! An answer as hosts give it.

use std::time::Duration;

use bytes::Bytes;

/// What is sent after the head.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    Full(Bytes),
    /// A lead-in, then filler up to so many bytes, made while it is sent.
    Filler {
        head: &'static str,
        total: u64,
    },
    /// A chunk repeated between a beginning and an end, made while it is sent.
    Repeated {
        first: Bytes,
        chunk: Bytes,
        times: u64,
        last: Bytes,
    },
    /// These bytes under a `Content-Length` that promises more; then the connection breaks.
    Short {
        bytes: Bytes,
        promised: u64,
    },
    /// Chunks with a pause before each.
    Drip {
        chunks: Vec<Bytes>,
        pause: Duration,
    },
}

/// What a host answers.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Body,
    /// Waited before the head is sent.
    pub(crate) delay: Duration,
    /// Never compressed on the way, whatever the client accepts.
    pub(crate) as_is: bool,
}

impl Answer {
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            headers: vec![("content-type", content_type.to_owned())],
            body: Body::Full(body.into()),
            delay: Duration::ZERO,
            as_is: false,
        }
    }

    pub(crate) fn html(status: u16, html: impl Into<Bytes>) -> Self {
        Self::new(status, "text/html; charset=utf-8", html)
    }

    pub(crate) fn text(status: u16, text: impl Into<Bytes>) -> Self {
        Self::new(status, "text/plain; charset=utf-8", text)
    }

    pub(crate) fn json(value: &serde_json::Value) -> Self {
        Self::new(200, "application/json; charset=utf-8", value.to_string())
    }

    pub(crate) fn not_found() -> Self {
        Self::html(404, "<!doctype html><title>404</title><h1>Not found</h1>\n")
    }

    pub(crate) fn redirect(status: u16, to: String) -> Self {
        Self::html(status, "<!doctype html><title>Moved</title>\n").with("location", to)
    }

    /// 429 or 503 with `Retry-After`.
    pub(crate) fn later(status: u16, seconds: u64) -> Self {
        Self::text(status, "come back later\n").with("retry-after", seconds.to_string())
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    pub(crate) fn untouched(mut self) -> Self {
        self.as_is = true;
        self
    }

    pub(crate) fn with_body(mut self, body: Body) -> Self {
        self.body = body;
        self.as_is = true;
        self
    }

    /// The whole body, where it is held in memory.
    #[cfg(test)]
    pub(crate) fn body_text(&self) -> String {
        match &self.body {
            Body::Full(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            other => format!("{other:?}"),
        }
    }

    #[cfg(test)]
    pub(crate) fn body_json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body_text()).unwrap_or_default()
    }
}
