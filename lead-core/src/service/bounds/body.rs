//! A body that ends when it breaks a bound.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::time::Sleep;

use super::verdict::Verdict;
use crate::service::body::{Body, BodyError};
use crate::{Error, ErrorKind};

/// Counts what comes, and the time it takes.
pub(super) struct BoundedBody {
    inner: Body,
    left: u64,
    until: Pin<Box<Sleep>>,
    verdict: Verdict,
}

impl BoundedBody {
    pub(super) fn new(inner: Body, bytes: u64, until: Sleep, verdict: Verdict) -> Self {
        Self {
            inner,
            left: bytes,
            until: Box::pin(until),
            verdict,
        }
    }

    fn charge(&mut self, frame: Frame<Bytes>) -> Result<Frame<Bytes>, BodyError> {
        let size = frame.data_ref().map_or(0, Bytes::len);
        let left = self.left.checked_sub(u64::try_from(size).unwrap_or(u64::MAX));
        let Some(left) = left else {
            self.verdict.too_large();
            let error = Error::new(
                ErrorKind::TooLarge,
                "service.body",
                "more than may be sent at once",
            );
            return Err(error.into());
        };
        self.left = left;
        Ok(frame)
    }
}

impl http_body::Body for BoundedBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        // The time first: a body that drips is always ready.
        if self.until.as_mut().poll(cx).is_ready() && !self.inner.is_end_stream() {
            self.verdict.too_slow();
            let error = Error::new(ErrorKind::Timeout, "service.body", "the body came too slowly");
            return Poll::Ready(Some(Err(error.into())));
        }
        let frame = Pin::new(&mut self.inner).poll_frame(cx);
        frame.map(|frame| frame.map(|frame| frame.and_then(|frame| self.charge(frame))))
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
