//! How a database is opened.

use std::path::PathBuf;
use std::time::Duration;

use lead_core::{Error, Result};
use serde::{Deserialize, Serialize};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

use crate::model::uri::{Access, decoded, duration};

/// When SQLite waits until the disk has what was written (<https://sqlite.org/pragma.html#pragma_synchronous>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Synchronous {
    /// Never. Only for data that can be made again.
    Off,
    /// At checkpoints. A killed process loses nothing; a power cut may take the last commits, never half of one.
    #[default]
    Normal,
    /// At every commit, which then survives a power cut too.
    Full,
}

/// Where a database lies and how it is opened.
///
/// ```
/// # use lead_storage::sqlite::SqliteConfig;
/// let config = SqliteConfig::from_uri("sqlite://leads.db?mode=ro&busy_timeout=250ms")?;
/// assert_eq!(config.busy_timeout.as_millis(), 250);
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct SqliteConfig {
    /// The file; `None` keeps everything in memory, for this store alone.
    pub path: Option<PathBuf>,
    /// What may be done with it.
    pub access: Access,
    /// How long to wait for another writer before [`Locked`](lead_core::ErrorKind::Locked). 5 s.
    pub busy_timeout: Duration,
    /// When to wait for the disk.
    pub synchronous: Synchronous,
    /// How many reads may run at once, 1 to 64. 4.
    pub readers: u32,
}

impl Default for SqliteConfig {
    fn default() -> Self {
        Self {
            path: Some(PathBuf::from("leads.db")),
            access: Access::Create,
            busy_timeout: Duration::from_secs(5),
            synchronous: Synchronous::Normal,
            readers: 4,
        }
    }
}

impl SqliteConfig {
    /// A database in this file.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self {
            path: Some(path.into()),
            ..Self::default()
        }
    }

    /// A database in memory, gone with the store.
    pub fn memory() -> Self {
        Self {
            path: None,
            ..Self::default()
        }
    }

    /// Reads `sqlite://leads.db` (relative), `sqlite:///var/lib/leads.db` (absolute) or `sqlite://:memory:`, percent-encoded,
    /// with the parameters `mode` (`ro`, `rw`, `rwc`, `memory`), `busy_timeout` (`5s`, `250ms`, or milliseconds),
    /// `synchronous` (`off`, `normal`, `full`) and `readers`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) with what was not understood.
    pub fn from_uri(uri: &str) -> Result<Self> {
        let rest = uri
            .strip_prefix("sqlite:")
            .ok_or_else(|| Error::invalid("sqlite uri", "must begin with sqlite:"))?;
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        let (path, parameters) = rest.split_once('?').unwrap_or((rest, ""));
        let mut config = match decoded("sqlite uri", path)? {
            path if path.is_empty() => {
                return Err(Error::invalid(
                    "sqlite uri",
                    "there is no path: sqlite://leads.db is wanted",
                ));
            }
            path if path == ":memory:" => Self::memory(),
            path => Self::file(path),
        };
        for pair in parameters.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            config.set(name, &decoded("sqlite uri", value)?)?;
        }
        config.checked()
    }

    fn set(&mut self, name: &str, value: &str) -> Result<()> {
        let refuse = |wanted: &str| Error::invalid("sqlite uri", format!("{name} is {wanted}"));
        match name {
            "mode" => match value {
                "memory" => self.path = None,
                mode => self.access = Access::of_mode(mode).ok_or_else(|| refuse("ro, rw, rwc or memory"))?,
            },
            "synchronous" => {
                self.synchronous = match value.to_ascii_lowercase().as_str() {
                    "off" => Synchronous::Off,
                    "normal" => Synchronous::Normal,
                    "full" => Synchronous::Full,
                    _ => return Err(refuse("off, normal or full")),
                };
            }
            "busy_timeout" => {
                self.busy_timeout = duration(value).ok_or_else(|| refuse("a time such as 5s or 250ms"))?;
            }
            "readers" => self.readers = value.parse().map_err(|_| refuse("a number"))?,
            _ => {
                let known = "known are mode, busy_timeout, synchronous and readers";
                return Err(
                    Error::invalid("sqlite uri", format!("no such parameter; {known}"))
                        .with("parameter", name.escape_debug()),
                );
            }
        }
        Ok(())
    }

    /// Whether the settings fit together.
    pub(super) fn checked(self) -> Result<Self> {
        if !(1..=64).contains(&self.readers) {
            return Err(Error::invalid("sqlite", "readers are 1 to 64").with("readers", self.readers));
        }
        if self.path.is_none() && self.access == Access::Read {
            return Err(Error::invalid(
                "sqlite",
                "a database in memory is empty: it cannot be read only",
            ));
        }
        Ok(self)
    }

    /// Options of the connection that writes, or of one that reads.
    pub(super) fn options(&self, reader: bool) -> SqliteConnectOptions {
        let options = SqliteConnectOptions::new()
            .foreign_keys(true)
            .busy_timeout(self.busy_timeout)
            .statement_cache_capacity(256)
            // What is erased is overwritten, not only unlinked (https://sqlite.org/pragma.html#pragma_secure_delete).
            .pragma("secure_delete", "ON")
            .pragma("temp_store", "MEMORY")
            .pragma("cache_size", "-16000");
        let options = match &self.path {
            Some(path) => options.filename(path),
            None => options.in_memory(true).filename(":memory:"),
        };
        if self.access == Access::Read || reader {
            return options.read_only(true);
        }
        options
            .create_if_missing(self.access == Access::Create)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(match self.synchronous {
                Synchronous::Off => SqliteSynchronous::Off,
                Synchronous::Normal => SqliteSynchronous::Normal,
                Synchronous::Full => SqliteSynchronous::Full,
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_are_read() {
        let path = |uri: &str| SqliteConfig::from_uri(uri).unwrap().path.unwrap();
        assert_eq!(path("sqlite://leads.db"), PathBuf::from("leads.db"));
        assert_eq!(
            path("sqlite:///srv/my%20leads.db?mode=rw"),
            PathBuf::from("/srv/my leads.db")
        );
        for memory in ["sqlite://:memory:", "sqlite::memory:", "sqlite://x?mode=memory"] {
            assert_eq!(SqliteConfig::from_uri(memory).unwrap().path, None, "{memory}");
        }
        let config = SqliteConfig::from_uri("sqlite:a.db?mode=ro&busy_timeout=2s&synchronous=FULL&readers=2");
        let config = config.unwrap();
        assert_eq!(
            (config.access, config.synchronous, config.readers),
            (Access::Read, Synchronous::Full, 2)
        );
        assert_eq!(config.busy_timeout, Duration::from_secs(2));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for uri in [
            "leads.db",
            "sqlite://",
            "sqlite:///a.db?mod=ro",
            "sqlite://a.db?mode=r",
            "sqlite://a.db?busy_timeout=soon",
            "sqlite://a.db?busy_timeout=99999999999999999999s",
            "sqlite://a.db?synchronous=maybe",
            "sqlite://a.db?readers=0",
            "sqlite://:memory:?mode=ro",
            "sqlite://%ff",
        ] {
            let error = SqliteConfig::from_uri(uri).unwrap_err();
            assert_eq!(error.kind(), lead_core::ErrorKind::InvalidInput, "{uri}");
        }
    }
}
