//! The calls, by their names.

use std::sync::Arc;

use futures::future::BoxFuture;
use lead_core::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};

use super::held::Held;
use super::{filters, forget, list, mirror, read, write};
use crate::given;
use crate::place::{Opened, Place};

/// What a store is opened with, as it is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Given {
    store: Option<String>,
    mirror: Option<String>,
    tenant: Option<String>,
}

/// A store that an application holds. It is opened by [`Store::open`], or by the first call; clones share it.
#[derive(Clone, Debug)]
pub struct Store {
    held: Arc<Held>,
}

impl Store {
    /// Reads what is to be opened: `store`, `mirror`, `tenant`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for a value that means nothing, and without a store.
    pub fn read(json: &str) -> Result<Self> {
        let given: Given = given::read("store", json)?;
        let place = Place::read("store", given.store, given.tenant.as_deref())?.mirror(given.mirror);
        Ok(Self {
            held: Held::new(place),
        })
    }

    /// What it is called wherever a store's URI is wanted, as long as it is held.
    pub fn name(&self) -> String {
        self.held.name()
    }

    /// Opens it, unless it is open.
    ///
    /// # Errors
    /// Those of the store; [`ErrorKind::InvalidInput`] when it was closed; [`ErrorKind::Unsupported`] in a process that was forked off
    /// since it was opened.
    pub async fn open(&self) -> Result<()> {
        self.held.opened().await.map(drop)
    }

    /// Lets go of files and connections. A mirror is waited for, ten seconds at most.
    pub async fn close(&self) {
        self.held.close().await;
    }

    /// Asks it, and gives the answer as JSON. `options` are those of the table of [the module](super).
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`] for a call that does not exist, [`ErrorKind::InvalidInput`] for options that mean nothing; as
    /// [`Store::open`]; those of the store.
    pub async fn call(&self, what: &str, options: &str) -> Result<String> {
        let at = self.held.opened().await?;
        named(at, what, options)?.await
    }
}

type Answer<'a> = BoxFuture<'a, Result<String>>;

fn named<'a>(at: &'a Opened, what: &str, json: &'a str) -> Result<Answer<'a>> {
    Ok(match what {
        "leads" => answer(read::leads(at, json)),
        "count" => answer(read::count(at, json)),
        "estimate" => answer(read::estimate(at, json)),
        "marks" => answer(read::marks(at, json)),
        "lead" => answer(read::lead(at, json)),
        "history" => answer(read::history(at, json)),
        "matching" => answer(read::matching(at, json)),
        "runs" => answer(read::runs(at, json)),
        "audit" => answer(read::audit(at, json)),
        "write" => answer(write::write(at, json)),
        "link" => answer(write::link(at, json)),
        "erase" => answer(forget::erase(at, json)),
        "withdraw" => answer(forget::withdraw(at, json)),
        "suppress" => answer(list::suppress(at, json)),
        "unsuppress" => answer(list::unsuppress(at, json)),
        "suppressed" => answer(list::suppressed(at, json)),
        "suppressions" => answer(list::suppressions(at, json)),
        "filters" => answer(filters::all(at, json)),
        "save_filter" => answer(filters::save(at, json)),
        "remove_filter" => answer(filters::remove(at, json)),
        "mirror_lag" => answer(mirror::lag(at, json)),
        "mirror_drain" => answer(mirror::drain(at, json)),
        "mirror_check" => answer(mirror::check(at, json)),
        "mirror_repair" => answer(mirror::repair(at, json)),
        _ => {
            let says = "a store is not asked this";
            return Err(Error::new(ErrorKind::Unsupported, "store", says).with("call", what.escape_debug()));
        }
    })
}

/// What a call comes to, as JSON.
fn answer<'a, T: Serialize + Send + 'a>(work: impl Future<Output = Result<T>> + Send + 'a) -> Answer<'a> {
    Box::pin(async move {
        let told = work.await?;
        serde_json::to_string(&told)
            .map_err(|cause| Error::new(ErrorKind::Internal, "store", "the answer is no JSON").because(cause))
    })
}

/// No options at all.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Nothing {}
