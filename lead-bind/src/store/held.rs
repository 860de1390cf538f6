//! Stores that are held open, by number: whatever takes a store's URI takes the name of one of them, too.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use lead_core::{Error, ErrorKind, Result};
use tokio::sync::OnceCell;

use crate::place::{Opened, Place};

/// What the name of a store that is held begins with.
const PREFIX: &str = "open:";

static LAST: AtomicU64 = AtomicU64::new(0);
static HELD: Mutex<BTreeMap<u64, Weak<Held>>> = Mutex::new(BTreeMap::new());

/// A store that an application holds: opened when it is first asked, closed when it is told to be or when nobody refers to it any more.
#[derive(Debug)]
pub(crate) struct Held {
    number: u64,
    place: Place,
    opened: OnceCell<Opened>,
    closed: AtomicBool,
    process: u32,
}

impl Held {
    /// The URI it was opened by.
    pub(crate) fn uri(&self) -> &str {
        self.place.uri()
    }

    pub(crate) fn new(place: Place) -> Arc<Self> {
        let number = LAST.fetch_add(1, Ordering::Relaxed) + 1;
        let held = Arc::new(Self {
            number,
            place,
            opened: OnceCell::new(),
            closed: AtomicBool::new(false),
            process: std::process::id(),
        });
        all().insert(number, Arc::downgrade(&held));
        held
    }

    pub(crate) fn name(&self) -> String {
        format!("{PREFIX}{}", self.number)
    }

    /// The one of this name; `None` when it is no such name but a URI.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] when it is open no more.
    pub(crate) fn named(name: &str) -> Result<Option<Arc<Self>>> {
        let Some(number) = name.strip_prefix(PREFIX) else {
            return Ok(None);
        };
        let number = number.parse().ok();
        let held = number.and_then(|number: u64| all().get(&number).and_then(Weak::upgrade));
        held.map(Some).ok_or_else(gone)
    }

    /// It, open.
    ///
    /// # Errors
    /// Those of opening; [`ErrorKind::InvalidInput`] when it was closed, [`ErrorKind::Unsupported`] in a process that was forked off.
    pub(crate) async fn opened(&self) -> Result<&Opened> {
        if !self.is_at_home() {
            let says = "the store was opened before the process was forked: open it anew";
            return Err(Error::new(ErrorKind::Unsupported, "store", says));
        }
        if self.closed.load(Ordering::SeqCst) {
            return Err(gone());
        }
        self.opened.get_or_try_init(|| self.place.anew()).await
    }

    /// Lets go of it.
    pub(crate) async fn close(&self) {
        if self.is_at_home()
            && !self.closed.swap(true, Ordering::SeqCst)
            && let Some(opened) = self.opened.get()
        {
            opened.close().await;
        }
    }

    fn is_at_home(&self) -> bool {
        self.process == std::process::id()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        all().remove(&self.number);
        let Some(opened) = self.opened.take() else {
            return;
        };
        if !self.is_at_home() {
            // Its connections are the parent's.
            std::mem::forget(opened);
        } else if !self.closed.load(Ordering::SeqCst)
            && let Ok(runtime) = crate::runtime()
        {
            runtime.spawn(async move { opened.close().await });
        }
    }
}

fn all() -> MutexGuard<'static, BTreeMap<u64, Weak<Held>>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

fn gone() -> Error {
    Error::invalid("store", "this store is closed")
}
