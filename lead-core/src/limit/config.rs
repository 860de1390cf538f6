//! Settings of pace.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as friendly;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// How often a host is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub enum Rate {
    /// Once a second, slower when the host asks for it, and faster up to [`PaceConfig::auto_ceiling`] while its answers
    /// come as quickly as before.
    #[default]
    Auto,
    /// So many times a second at most (0.001 to 100,000), slower when the host asks for it.
    PerSecond(f64),
    /// As fast as it goes, whatever crawl delay robots.txt asks for. Only for hosts of one's own; a `Retry-After` is
    /// heeded all the same.
    Off,
}

impl Rate {
    /// Requests a second; infinite when off.
    pub(super) fn per_second(self) -> f64 {
        match self {
            Self::Auto => 1.0,
            Self::PerSecond(rate) => rate,
            Self::Off => f64::INFINITY,
        }
    }

    /// At most `rate` times a second.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) outside 0.001 to 100,000.
    pub fn per(rate: f64) -> Result<Self> {
        if (0.001..=100_000.0).contains(&rate) {
            Ok(Self::PerSecond(rate))
        } else {
            Err(Error::invalid("rate", "between 0.001 and 100000 a second").with("rate", rate))
        }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::PerSecond(rate) => write!(f, "{rate}"),
            Self::Off => f.write_str("off"),
        }
    }
}

impl FromStr for Rate {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        match text {
            "auto" => Ok(Self::Auto),
            "off" => Ok(Self::Off),
            number => number
                .parse()
                .map_err(|_| Error::invalid("rate", "`auto`, `off` or a number of requests a second"))
                .and_then(Self::per),
        }
    }
}

/// A rate in a file: a word or a number.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Number(f64),
    Word(String),
}

impl TryFrom<Written> for Rate {
    type Error = Error;
    fn try_from(written: Written) -> Result<Self> {
        match written {
            Written::Number(number) => Self::per(number),
            Written::Word(word) => word.parse(),
        }
    }
}

impl From<Rate> for Written {
    fn from(rate: Rate) -> Self {
        match rate {
            Rate::PerSecond(number) => Self::Number(number),
            word => Self::Word(word.to_string()),
        }
    }
}

/// Settings of a [`Pacer`](super::Pacer).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct PaceConfig {
    /// How often a host is asked; `auto`.
    pub rate: Rate,
    /// Other rates for hosts of these names (`api.example.com`, with `:port` when it is not 80 or 443).
    pub hosts: BTreeMap<String, Rate>,
    /// How many requests a second `auto` may grow to; 1, which is where it begins. It grows by one a second while a
    /// host's latency stays flat and nothing fails (additive increase), and shrinks when answers come slower, fail or say
    /// so (multiplicative decrease). How many requests are under way follows from rate and latency (Little's law).
    pub auto_ceiling: f64,
    /// Requests under way to one host; 2.
    pub max_per_host: usize,
    /// Requests under way in all; 256.
    pub max_in_flight: usize,
    /// The longest `Crawl-delay` heeded; 30 s. The directive is no part of RFC 9309, and some sites write hours.
    #[serde(with = "friendly")]
    pub max_crawl_delay: Duration,
    /// When a host asked us to come back later than this, a request fails at once instead of waiting; 2 min.
    #[serde(with = "friendly")]
    pub max_hold: Duration,
}

impl Default for PaceConfig {
    fn default() -> Self {
        Self {
            rate: Rate::Auto,
            hosts: BTreeMap::new(),
            auto_ceiling: 1.0,
            max_per_host: 2,
            max_in_flight: 256,
            max_crawl_delay: Duration::from_secs(30),
            max_hold: Duration::from_mins(2),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_read_and_write() {
        for (text, rate) in [
            ("auto", Rate::Auto),
            ("off", Rate::Off),
            ("2.5", Rate::PerSecond(2.5)),
        ] {
            assert_eq!(text.parse::<Rate>().unwrap(), rate);
            assert_eq!(rate.to_string(), text);
            let json = serde_json::to_string(&rate).unwrap();
            assert_eq!(serde_json::from_str::<Rate>(&json).unwrap(), rate);
        }
        for bad in ["", "fast", "0", "-1", "NaN", "inf", "1e9"] {
            assert!(bad.parse::<Rate>().is_err(), "{bad}");
        }
    }

    #[test]
    fn settings_are_readable_text() {
        let json = serde_json::to_value(PaceConfig::default()).unwrap();
        assert_eq!(json["max_hold"], "2m");
        let config: PaceConfig = serde_json::from_str(r#"{"rate": 4, "max_crawl_delay": "1m 5s"}"#).unwrap();
        assert_eq!(config.max_crawl_delay, Duration::from_secs(65));
        assert_eq!(config.rate, Rate::PerSecond(4.0));
    }
}
