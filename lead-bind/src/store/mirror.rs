//! What is kept in step with a store.

use std::time::Duration;

use lead_core::{Error, Result};
use lead_storage::dual::{Difference, Divergence, Dual, Lag, Repair};
use serde::{Deserialize, Serialize};

use super::calls::Nothing;
use crate::given;
use crate::net::seconds_of;
use crate::place::Opened;

/// How long a mirror is waited for, unless told.
const WAIT: Duration = Duration::from_mins(1);
/// So many leads that differ are told one by one, unless told.
const MOST: usize = 1_000;

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Given {
    seconds: Option<f64>,
    most: Option<usize>,
    erase: bool,
}

impl Given {
    fn wait(&self) -> Result<Duration> {
        self.seconds
            .map_or(Ok(WAIT), |seconds| seconds_of("seconds", seconds))
    }
}

fn dual(at: &Opened) -> Result<&Dual> {
    let says = "the store was opened without a mirror";
    at.dual
        .as_ref()
        .ok_or_else(|| Error::invalid("mirror", says).with("option", "mirror"))
}

pub(super) async fn lag(at: &Opened, json: &str) -> Result<Lag> {
    let _: Nothing = given::read("mirror_lag", json)?;
    dual(at)?.lag().await
}

pub(super) async fn drain(at: &Opened, json: &str) -> Result<Lag> {
    let given: Given = given::read("mirror_drain", json)?;
    dual(at)?.drain(given.wait()?).await
}

/// How two stores differ.
#[derive(Debug, Serialize)]
pub(super) struct Compared {
    #[serde(flatten)]
    found: Divergence,
    /// Whether they agree by now.
    agrees: bool,
    /// The first leads that differ.
    leads: Vec<Difference>,
    /// How many more there are.
    more: u64,
}

pub(super) async fn check(at: &Opened, json: &str) -> Result<Compared> {
    let given: Given = given::read("mirror_check", json)?;
    compare(at, Repair::Nothing, given.most).await
}

pub(super) async fn repair(at: &Opened, json: &str) -> Result<Compared> {
    let given: Given = given::read("mirror_repair", json)?;
    // What waits to be carried differs, and would be mended twice.
    dual(at)?.drain(given.wait()?).await?;
    let repair = if given.erase {
        Repair::BringAndErase
    } else {
        Repair::Bring
    };
    compare(at, repair, given.most).await
}

async fn compare(at: &Opened, repair: Repair, most: Option<usize>) -> Result<Compared> {
    let (mut leads, mut more) = (Vec::new(), 0);
    let told = |difference| {
        if leads.len() < most.unwrap_or(MOST) {
            leads.push(difference);
        } else {
            more += 1;
        }
    };
    let tenant = at.store().tenant_id();
    let found = dual(at)?.repair(tenant, repair, told).await?;
    Ok(Compared {
        agrees: found.agrees(),
        found,
        leads,
        more,
    })
}
