//! What a browser is told.

use std::path::Path;

use lead_core::browser::{BrowserConfig, Identity, SiteRules};
use lead_core::{Error, Result};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::given;
use crate::net::{self, Net, seconds_of};
use crate::rendering;

/// How it fetches: the options that other work has, less those that mean nothing to pages rendered one by one.
const NET: [&str; 10] = [
    "allow_net",
    "resolve",
    "rate",
    "contact",
    "connect_timeout",
    "max_attempts",
    "extra_roots",
    "proxy",
    "proxy_policy",
    "cookies",
];

/// Settings that are times, which languages give in seconds.
const TIMES: [&str; 7] = ["recycle_age", "idle", "health", "hang", "start", "page", "quiet"];

/// A browser that may be made.
#[derive(Debug)]
pub struct BrowserOptions {
    pub(super) config: BrowserConfig,
    pub(super) net: Net,
}

impl BrowserOptions {
    /// Reads options: those of [`BrowserConfig`] as its JSON has them, times in seconds, and how it fetches. `rules` may be the
    /// text of a file, or its path; `identity` a word as well (`coherent:7@DE`).
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for an option that means nothing or that nobody knows;
    /// those of [`SiteRules::from_file`].
    pub fn read(json: &str) -> Result<Self> {
        let given: Map<String, Value> = given::read("browser", json)?;
        let (net, mut settings): (Map<_, _>, Map<_, _>) = given
            .into_iter()
            .partition(|(name, _)| NET.contains(&name.as_str()));
        if let Some(rules) = settings.get_mut("rules") {
            *rules = as_json(&rules_of(rules)?)?;
        }
        if let Some(identity) = settings.get_mut("identity") {
            *identity = as_json(&identity_of(identity)?)?;
        }
        in_words(&mut settings)?;
        if let Some(Value::Object(wait)) = settings.get_mut("wait") {
            in_words(wait)?;
        }
        let net: net::Given = given::read("browser", &Value::from(net).to_string())?;
        Ok(Self {
            config: given::read("browser", &Value::from(settings).to_string())?,
            net: net.read(&rendering::Given::default())?,
        })
    }
}

/// Seconds as the library's JSON has times.
fn in_words(settings: &mut Map<String, Value>) -> Result<()> {
    for name in TIMES {
        if let Some(time) = settings.get_mut(name)
            && let Some(seconds) = time.as_f64()
        {
            *time = format!("{}us", seconds_of(name, seconds)?.as_micros()).into();
        }
    }
    Ok(())
}

fn as_json(value: &impl Serialize) -> Result<Value> {
    serde_json::to_value(value)
        .map_err(|cause| Error::invalid("browser", "a setting that cannot be written").because(cause))
}

/// Rules for sites: an object, the text of a file, or its path. A text has lines or a table; no path that anybody writes has.
pub(crate) fn rules_of(given: &Value) -> Result<SiteRules> {
    match given {
        Value::String(text) if text.contains("[[") || text.contains('\n') => text.parse(),
        Value::String(path) => SiteRules::from_file(Path::new(path)),
        rules => serde_json::from_value(rules.clone())
            .map_err(|cause| Error::invalid("rules", format!("they cannot be read: {cause}"))),
    }
}

/// An identity: a word, or the library's JSON.
pub(crate) fn identity_of(given: &Value) -> Result<Identity> {
    match given {
        Value::String(word) => word.parse(),
        identity => serde_json::from_value(identity.clone())
            .map_err(|cause| Error::invalid("identity", format!("it cannot be read: {cause}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lead_core::ErrorKind;
    use lead_core::browser::{Coherent, Until};
    use std::time::Duration;

    #[test]
    fn settings_are_the_librarys_own() {
        let read = BrowserOptions::read(
            r#"{"pages": 2, "page": 1.5, "wait": {"until": {"selector": ".x"}, "quiet": 0.25}, "window": [800, 600],
                "identity": "coherent:7@DE", "rules": "[[site]]\nhosts = [\"a.test\"]\nreveal = [\".n\"]",
                "block": ["images"], "live": {"rate": 2}, "rate": "off", "allow_net": ["127.0.0.0/8"]}"#,
        );
        let config = read.unwrap().config;
        assert_eq!((config.pages, config.page), (2, Duration::from_millis(1500)));
        assert_eq!(config.wait.until, Until::Selector(".x".into()));
        assert_eq!(config.wait.quiet, Duration::from_millis(250));
        let german = Coherent::new(7).country("DE".parse().unwrap());
        assert_eq!(config.identity, Identity::Coherent(german));
        assert_eq!(config.rules.of("a.test").unwrap().reveal, [".n"]);
        assert_eq!(config.window, (800, 600));
    }

    #[test]
    fn every_time_may_be_given_in_seconds() {
        let Ok(Value::Object(mut known)) = serde_json::to_value(BrowserConfig::default()) else {
            panic!("settings are an object");
        };
        let wait = known.remove("wait").unwrap();
        let words = known.iter().chain(wait.as_object().unwrap());
        for (name, value) in words {
            let is_word = ["user", "until", "identity"].contains(&name.as_str());
            assert_eq!(
                value.is_string() && !is_word,
                TIMES.contains(&name.as_str()),
                "{name}"
            );
        }
    }

    #[test]
    fn what_means_nothing_is_told_by_its_name() {
        for (json, told) in [
            (r#"{"pagse": 2}"#, "pagse"),
            (r#"{"pages": "many"}"#, "(option: pages)"),
            (r#"{"page": 0}"#, "page"),
            (r#"{"block": ["ads"]}"#, "(option: block)"),
            (r#"{"wait": {"untill": "load"}}"#, "untill"),
            (r#"{"identity": "sly"}"#, "coherent[:SEED]"),
            (r#"{"identity": {"coherent": {"sed": 1}}}"#, "sed"),
            (r#"{"rules": {"site": [{"hosts": []}]}}"#, "names no host"),
            (r#"{"rules": "[[sight]]"}"#, "cannot be read"),
            (r#"{"warc": "x"}"#, "warc"),
            (r#"{"allow_net": ["x"]}"#, "127.0.0.0/8"),
        ] {
            let error = BrowserOptions::read(json).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidInput, "{json}");
            assert!(format!("{error:?}{error}").contains(told), "{json}: {error}");
        }
        let missing = BrowserOptions::read(r#"{"rules": "/nowhere/rules.toml"}"#);
        assert_eq!(missing.unwrap_err().kind(), ErrorKind::NotFound);
    }
}
