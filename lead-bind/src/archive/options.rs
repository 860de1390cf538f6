//! What the reading of an archive is told.

use std::num::NonZero;

use lead_core::contacts::ExtractOptions;
use lead_core::{Error, Result};
use serde::Deserialize;

use crate::given::{self, Reading, Unknown, all_known};

/// What the reading of an archive is told, as it is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Given {
    all: bool,
    contacts: bool,
    bodies: Option<bool>,
    threads: Option<usize>,
    #[serde(flatten)]
    reading: Reading,
    #[serde(flatten)]
    unknown: Unknown,
}

/// How an archive is read.
#[derive(Clone, Debug)]
pub struct ArchiveOptions {
    /// Whether pages are given too that are no success, or neither HTML nor text.
    pub all: bool,
    /// Whether bodies are handed over.
    pub bodies: bool,
    /// How contacts are read, if they are.
    pub contacts: Option<ExtractOptions>,
    /// How many threads read contacts: all cores, unless said otherwise.
    pub threads: Option<NonZero<usize>>,
}

impl ArchiveOptions {
    /// Reads options.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for a value that means nothing.
    pub fn read(json: &str) -> Result<Self> {
        let given: Given = given::read("archive", json)?;
        all_known("archive", &given.unknown)?;
        let reading = given.reading.options()?;
        if given.threads == Some(0) {
            return Err(Error::invalid("threads", "must be at least 1"));
        }
        Ok(Self {
            all: given.all,
            bodies: given.bodies.unwrap_or(true),
            contacts: given.contacts.then_some(reading),
            threads: given.threads.and_then(NonZero::new),
        })
    }
}
