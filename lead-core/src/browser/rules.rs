//! What single sites want of a browser before they show what is on them.

use serde::{Deserialize, Serialize};

use super::wait::Wait;
use crate::fetch::host_matches;
use crate::{Error, ErrorKind, Result};

/// Rules for sites, from a file.
///
/// ```
/// # use lead_core::browser::SiteRules;
/// let rules: SiteRules = r#"
///     [[site]]
///     hosts = ["yellow.example", "*.yellow.example"]
///     cookies = [{ name = "consent", value = "necessary" }]   # set before the page is asked for
///     press = ["button#decline"]      # each pressed once, when it is there
///     reveal = [".show-number"]       # every one of them pressed
///     scrolls = 0                     # how often the page is scrolled through at most
///     until = { selector = ".result" }
/// "#.parse()?;
/// assert_eq!(rules.of("www.yellow.example").unwrap().reveal, [".show-number"]);
/// assert!(rules.of("yellow.test").is_none());
/// # Ok::<(), lead_core::Error>(())
/// ```
///
/// Buttons are pressed as a hand does, with a mouse. A press that leads to another page leads nowhere.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct SiteRules {
    /// The first that names a host holds for it.
    site: Vec<SiteRule>,
}

/// Rules as they are written, in a file or as settings.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    site: Vec<SiteRule>,
}

impl TryFrom<Written> for SiteRules {
    type Error = Error;

    fn try_from(Written { mut site }: Written) -> Result<Self> {
        if let Some(rule) = site.iter().find(|rule| rule.hosts.is_empty()) {
            let selector = rule.press.iter().chain(&rule.reveal).next();
            return Err(Error::invalid("browser", "a rule names no host")
                .with("selector", selector.map_or("", String::as_str)));
        }
        for host in site.iter_mut().flat_map(|rule| &mut rule.hosts) {
            host.make_ascii_lowercase();
        }
        Ok(Self { site })
    }
}

/// What a site wants.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SiteRule {
    /// Hosts by name, or `*.` and what they end with.
    pub hosts: Vec<String>,
    /// Cookies that are set before the page is asked for: that one declines to be followed, say.
    #[serde(default)]
    pub cookies: Vec<SiteCookie>,
    /// Selectors of buttons that are pressed once, when they are there.
    #[serde(default)]
    pub press: Vec<String>,
    /// Selectors of buttons that all are pressed: each shows a number, say.
    #[serde(default)]
    pub reveal: Vec<String>,
    /// How often the page is scrolled through, instead of what the settings say.
    pub scrolls: Option<u32>,
    /// What is waited for, instead of what the settings say.
    pub until: Option<super::wait::Until>,
}

/// A cookie of a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SiteCookie {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl SiteRules {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.site.is_empty()
    }

    /// The rules in a file.
    ///
    /// # Errors
    /// As parsing its text; [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) or [`ErrorKind::Io`](crate::ErrorKind::Io) when it
    /// cannot be read.
    pub fn from_file(file: &std::path::Path) -> Result<Self> {
        let text = std::fs::read_to_string(file).map_err(|cause| {
            Error::new(
                ErrorKind::of_io(&cause),
                "browser",
                "a file of rules for sites cannot be read",
            )
            .with("file", file.display())
            .because(cause)
        })?;
        text.parse::<Self>()
            .map_err(|error| error.with("file", file.display()))
    }

    /// The rule for a host.
    pub fn of(&self, host: &str) -> Option<&SiteRule> {
        self.site
            .iter()
            .find(|rule| rule.hosts.iter().any(|pattern| host_matches(pattern, host)))
    }
}

impl std::str::FromStr for SiteRules {
    type Err = Error;

    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput), with the place in the text.
    fn from_str(text: &str) -> Result<Self> {
        let written: Written = toml::from_str(text).map_err(|cause| {
            let line = cause.span().and_then(|span| text.get(..span.start));
            let line = line.map_or(1, |before| before.matches('\n').count() + 1);
            Error::invalid("browser", "rules for sites that cannot be read")
                .with("line", line)
                .with("reason", cause.message())
                .because(cause)
        })?;
        Self::try_from(written)
    }
}

impl SiteRule {
    /// The settings of waiting with what this site wants.
    pub(super) fn wait(&self, usual: &Wait) -> Wait {
        Wait {
            until: self.until.clone().unwrap_or_else(|| usual.until.clone()),
            scrolls: self.scrolls.unwrap_or(usual.scrolls),
            ..usual.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen_are_told() {
        for bad in [
            "[[site]]\nhosts = ['a.test']\nrevael = ['.x']",
            "[[site]]\nhosts = []\npress = ['.x']",
            "[[site]]\npress = ['.x']",
            "site = 3",
        ] {
            assert!(bad.parse::<SiteRules>().is_err(), "{bad}");
        }
        assert!("".parse::<SiteRules>().unwrap().of("a.test").is_none());
    }

    #[test]
    fn rules_given_as_settings_are_read_like_a_file() {
        let read = |json: &str| serde_json::from_str::<SiteRules>(json);
        let rules = read(r#"{"site": [{"hosts": ["*.Yellow.test"], "press": [".no"]}]}"#).unwrap();
        assert!(rules.of("www.yellow.test").is_some());
        assert!(read(r#"{"site": [{"hosts": []}]}"#).is_err());
        assert!(read(r#"{"sites": []}"#).is_err());
    }
}
