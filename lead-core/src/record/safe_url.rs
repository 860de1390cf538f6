//! Web addresses that may be shown, stored and (if the guard agrees) fetched.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::{Position, Url};

use crate::{Error, Result};

/// The longest URL taken. Servers stop at 8,000 octets or so (RFC 9110 §4.1 recommends to support at least that).
const MAX_LENGTH: usize = 8192;

/// An absolute `http` or `https` URL with a host and without user name or password.
///
/// Parsed and serialised by the WHATWG URL standard. Whether its host may be asked is the guard's matter, not this type's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct SafeUrl(Url);

impl SafeUrl {
    /// Parses an absolute URL.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) with the rule that was broken; never with the text itself,
    /// which may hold a password.
    pub fn parse(text: &str) -> Result<Self> {
        if text.len() > MAX_LENGTH {
            return Err(Error::invalid("url", "at most 8192 bytes").with("length", text.len()));
        }
        let url = Url::parse(text.trim())
            .map_err(|cause| Error::invalid("url", "not an absolute URL").because(cause))?;
        Self::from_url(url)
    }

    /// Reads an address as people write one: a scheme is often left out, a dot in the host never is. `None` when it is none.
    pub fn written(text: &str) -> Option<Self> {
        let text = text.trim();
        let whole = match text.strip_prefix("//") {
            Some(rest) => format!("https://{rest}"),
            None if text.contains("://") => text.to_owned(),
            None => format!("https://{text}"),
        };
        Self::parse(&whole).ok().filter(|url| url.host().contains('.'))
    }

    /// Checks an already parsed URL.
    ///
    /// # Errors
    /// As [`SafeUrl::parse`].
    pub fn from_url(url: Url) -> Result<Self> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(
                Error::invalid("url", "only http and https can be fetched").with("scheme", url.scheme())
            );
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Error::invalid(
                "url",
                "a URL must not carry a user name or password",
            ));
        }
        let host = url.host_str().unwrap_or_default();
        if host.is_empty() {
            return Err(Error::invalid("url", "there is no host"));
        }
        // Only the root's label is empty (RFC 1034 §3.1), so no such name can be looked up.
        if host.starts_with('.') || host.contains("..") {
            return Err(Error::invalid("url", "the host has an empty label"));
        }
        Ok(Self(url))
    }

    /// Resolves `reference` against this URL.
    ///
    /// # Errors
    /// As [`SafeUrl::parse`].
    pub fn join(&self, reference: &str) -> Result<Self> {
        if reference.len() > MAX_LENGTH {
            return Err(Error::invalid("url", "at most 8192 bytes").with("length", reference.len()));
        }
        let url = self.0.join(reference.trim());
        Self::from_url(url.map_err(|cause| Error::invalid("url", "not a URL").because(cause))?)
    }

    /// The same URL without its fragment, as servers see it.
    pub fn without_fragment(mut self) -> Self {
        self.0.set_fragment(None);
        self
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The host, in ASCII: a name in lower case, or an address (IPv6 in brackets).
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// Scheme, host and port: what robots.txt and pace hold for (RFC 6454).
    pub fn origin(&self) -> &str {
        &self.0[..Position::BeforePath]
    }

    /// The site, by the Public Suffix List: `example.co.uk` of `www.example.co.uk`. An address is its own site. The dot
    /// of the root, which a name may end with, is not part of it.
    pub fn site(&self) -> &str {
        match self.0.domain().and_then(psl::domain_str) {
            Some(site) => site,
            None => without_root(self.host()),
        }
    }

    /// From the path on, without fragment: what is sent to the server, and what rules of robots.txt are compared with.
    pub fn path_and_query(&self) -> &str {
        &self.0[Position::BeforePath..Position::AfterQuery]
    }

    /// The parsed URL.
    pub fn as_url(&self) -> &Url {
        &self.0
    }
}

/// A host name without the dot of the root.
fn without_root(host: &str) -> &str {
    host.strip_suffix('.').unwrap_or(host)
}

impl fmt::Display for SafeUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for SafeUrl {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

impl TryFrom<String> for SafeUrl {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        Self::parse(&text)
    }
}

impl From<SafeUrl> for String {
    fn from(url: SafeUrl) -> Self {
        url.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_and_keeps_the_password_to_itself() {
        let error = SafeUrl::parse("https://me:hunter2@a.test/").unwrap_err();
        assert!(!format!("{error:?}").contains("hunter2"));
        for bad in [
            "file:///etc/passwd",
            "ftp://a.test",
            "//a.test",
            "a.test",
            "http://",
            "http://a..test/",
            "http://.test/",
            "javascript:alert(1)",
            "",
        ] {
            assert!(SafeUrl::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn knows_its_site() {
        assert_eq!(
            SafeUrl::parse("https://www.shop.example.co.uk/a").unwrap().site(),
            "example.co.uk"
        );
        assert_eq!(
            SafeUrl::parse("http://127.0.0.1:80/").unwrap().site(),
            "127.0.0.1"
        );
        assert_eq!(
            SafeUrl::parse("http://www.bakery.test:8080/").unwrap().site(),
            "bakery.test"
        );
        for (rooted, site) in [
            ("http://www.bakery.test./", "bakery.test"),
            ("http://intranet./", "intranet"),
        ] {
            assert_eq!(SafeUrl::parse(rooted).unwrap().site(), site);
        }
    }
}
