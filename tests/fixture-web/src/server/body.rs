//! Bodies as streams: the big ones are made while they are sent.

use std::convert::Infallible;
use std::io::{Error, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use http_body_util::{BodyExt, Full, combinators::UnsyncBoxBody};
use tokio::time::{Sleep, sleep};

use crate::hosts::Body;

/// Any body of ours.
pub(super) type AnyBody = UnsyncBoxBody<Bytes, Error>;

/// Size of the pieces fillers are sent in.
const PIECE: usize = 64 * 1024;

/// How long a broken answer waits before it breaks: what was written so far must be on its way.
const FLUSH: Duration = Duration::from_millis(30);

/// The stream of a body, and the length to declare, where one is declared.
pub(super) fn stream(body: Body) -> (AnyBody, Option<u64>) {
    match body {
        Body::Full(bytes) => {
            let length = bytes.len() as u64;
            (
                Full::new(bytes)
                    .map_err(|never: Infallible| match never {})
                    .boxed_unsync(),
                Some(length),
            )
        }
        Body::Filler { head, total } => {
            let piece = Bytes::from(head.repeat(PIECE.div_ceil(head.len().max(1))));
            let times = total / piece.len().max(1) as u64;
            let last = piece.slice(..(total % piece.len().max(1) as u64) as usize);
            (Pieces::new(Bytes::new(), piece, times, last).boxed_unsync(), None)
        }
        Body::Repeated {
            first,
            chunk,
            times,
            last,
        } => (Pieces::new(first, chunk, times, last).boxed_unsync(), None),
        Body::Short { bytes, promised } => {
            let pieces = Pieces {
                breaks: Some(Box::pin(sleep(FLUSH))),
                ..Pieces::new(bytes, Bytes::new(), 0, Bytes::new())
            };
            (pieces.boxed_unsync(), Some(promised))
        }
        Body::Drip { chunks, pause } => (
            Drip {
                chunks: chunks.into_iter(),
                pause,
                sleep: None,
            }
            .boxed_unsync(),
            None,
        ),
    }
}

/// A beginning, a piece some times, an end; then, if wanted, a break of the connection.
struct Pieces {
    first: Option<Bytes>,
    piece: Bytes,
    times: u64,
    last: Option<Bytes>,
    /// Runs out before the break.
    breaks: Option<Pin<Box<Sleep>>>,
}

impl Pieces {
    fn new(first: Bytes, piece: Bytes, times: u64, last: Bytes) -> Self {
        Self {
            first: Some(first),
            piece,
            times,
            last: Some(last),
            breaks: None,
        }
    }

    fn next(&mut self) -> Option<Bytes> {
        if let Some(first) = self.first.take().filter(|first| !first.is_empty()) {
            return Some(first);
        }
        if self.times > 0 && !self.piece.is_empty() {
            self.times -= 1;
            return Some(self.piece.clone());
        }
        self.last.take().filter(|last| !last.is_empty())
    }
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let this = self.get_mut();
        if let Some(bytes) = this.next() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        if let Some(wait) = &mut this.breaks {
            return wait.as_mut().poll(cx).map(|()| {
                this.breaks = None;
                Some(Err(Error::new(ErrorKind::ConnectionAborted, "broken on purpose")))
            });
        }
        Poll::Ready(None)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}

/// Chunks with a pause before each.
struct Drip {
    chunks: std::vec::IntoIter<Bytes>,
    pause: Duration,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl HttpBody for Drip {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let this = self.get_mut();
        let pause = this.pause;
        let waiting = this.sleep.get_or_insert_with(|| Box::pin(sleep(pause)));
        if waiting.as_mut().poll(cx).is_pending() {
            return Poll::Pending;
        }
        this.sleep = None;
        Poll::Ready(this.chunks.next().map(|chunk| Ok(Frame::data(chunk))))
    }
}
