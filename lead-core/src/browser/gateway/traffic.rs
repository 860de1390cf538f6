//! What a page has loaded.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::{Error, ErrorKind};

/// Counts what goes through a way out, and says when it is too much.
#[derive(Debug)]
pub(in crate::browser) struct Traffic {
    limit: u64,
    bytes: AtomicU64,
    requests: AtomicU64,
    refused: AtomicU64,
    /// The first thing that was not passed on, and why: the page itself, when it did not come.
    failure: Mutex<Option<Error>>,
}

impl Traffic {
    pub(super) fn new(limit: u64) -> Self {
        Self {
            limit,
            bytes: AtomicU64::new(0),
            requests: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            failure: Mutex::default(),
        }
    }

    /// Counts bytes that came. False when the page has had enough.
    pub(super) fn take(&self, bytes: usize) -> bool {
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed) + bytes as u64 <= self.limit
    }

    /// Counts a request, or a connection of which we see no more.
    pub(super) fn ask(&self) {
        self.requests.fetch_add(1, Ordering::Relaxed);
    }

    /// Notes that something was not passed on.
    pub(super) fn fail(&self, error: Error) {
        if error.kind() == ErrorKind::GuardRefused {
            self.refused.fetch_add(1, Ordering::Relaxed);
        }
        self.failure
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get_or_insert(error);
    }

    /// Why the first thing that was not passed on was not. Told once.
    pub(in crate::browser) fn failure(&self) -> Option<Error> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Bytes that came.
    pub(in crate::browser) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Requests that went out, encrypted connections counted as one each.
    pub(in crate::browser) fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// Requests that the guard refused.
    pub(in crate::browser) fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }

    /// Whether more was asked for than is allowed.
    pub(in crate::browser) fn is_too_much(&self) -> bool {
        self.bytes() > self.limit
    }
}
