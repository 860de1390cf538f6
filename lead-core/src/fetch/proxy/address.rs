//! The address of a proxy.

use std::fmt;
use std::str::FromStr;

use url::Url;

use crate::{Error, Result};

/// A proxy: `http://`, `https://`, `socks5://` or `socks5h://`, with a host, a port, and a user name and password where it
/// asks for them (`http://user:password@proxy.example:3128`).
///
/// Neither `Display` nor `Debug` shows user name or password.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    url: Url,
}

impl Proxy {
    /// The address with everything in it, for the HTTP client alone.
    pub(in crate::fetch) fn secret(&self) -> &str {
        self.url.as_str()
    }

    /// Whether it wants a password.
    pub fn has_login(&self) -> bool {
        !self.url.username().is_empty() || self.url.password().is_some()
    }
}

/// For those that connect by themselves.
#[cfg(feature = "browser")]
impl Proxy {
    /// Whether it is spoken to as SOCKS 5.
    pub(crate) fn is_socks(&self) -> bool {
        self.url.scheme() == "socks5h"
    }

    /// Whether it is spoken to through TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Where it is. 1080 is what SOCKS goes by (RFC 1928).
    pub(crate) fn host_and_port(&self) -> (&str, u16) {
        let host = self.url.host_str().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        (host, self.url.port_or_known_default().unwrap_or(1080))
    }

    /// User name and password, for it alone.
    pub(crate) fn login(&self) -> Option<(String, String)> {
        let plain = |text: &str| {
            percent_encoding::percent_decode_str(text)
                .decode_utf8_lossy()
                .into_owned()
        };
        let password = self.url.password().unwrap_or_default();
        self.has_login()
            .then(|| (plain(self.url.username()), plain(password)))
    }

    /// The same as HTTP proxies want it (RFC 7617).
    pub(crate) fn basic_authorization(&self) -> Option<http::HeaderValue> {
        use base64::Engine as _;

        let (name, password) = self.login()?;
        let encoded = base64::engine::general_purpose::STANDARD.encode(format!("{name}:{password}"));
        let mut value = http::HeaderValue::try_from(format!("Basic {encoded}")).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

impl FromStr for Proxy {
    type Err = Error;

    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) with the rule that was broken, never with the text.
    fn from_str(text: &str) -> Result<Self> {
        let refuse = |why: &str| Error::invalid("proxy", why);
        // Names are for the proxy to look up: that is what the `h` says.
        let remote = text
            .trim()
            .strip_prefix("socks5://")
            .map(|rest| format!("socks5h://{rest}"));
        let url = Url::parse(remote.as_deref().unwrap_or(text.trim()))
            .map_err(|_| refuse("not an address such as http://proxy.example:3128"))?;
        if !matches!(url.scheme(), "http" | "https" | "socks5h") {
            return Err(refuse("only http, https and socks5 proxies are known").with("scheme", url.scheme()));
        }
        if url.host_str().unwrap_or_default().is_empty() {
            return Err(refuse("there is no host"));
        }
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(refuse("nothing follows the port"));
        }
        Ok(Self { url })
    }
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let login = if self.has_login() { "…@" } else { "" };
        write!(
            f,
            "{}://{login}{}",
            self.url.scheme(),
            self.url.host_str().unwrap_or_default()
        )?;
        match self.url.port_or_known_default() {
            Some(port) => write!(f, ":{port}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_secrets_are_not_shown() {
        let proxy: Proxy = "http://me:hunter2@proxy.test:3128".parse().unwrap();
        assert_eq!(
            format!("{proxy} {proxy:?}"),
            "http://…@proxy.test:3128 Proxy(http://…@proxy.test:3128)"
        );
        assert!(proxy.has_login() && proxy.secret().contains("hunter2"));
        let proxy: Proxy = "socks5://127.0.0.1:1080".parse().unwrap();
        assert_eq!(
            (proxy.to_string().as_str(), proxy.has_login()),
            ("socks5h://127.0.0.1:1080", false)
        );
        assert_eq!(
            "https://proxy.test/".parse::<Proxy>().unwrap().to_string(),
            "https://proxy.test:443"
        );
        for bad in [
            "",
            "proxy.test",
            "ftp://proxy.test",
            "socks4://proxy.test:1",
            "http://proxy.test/hunter2",
            "http://",
        ] {
            let error = bad.parse::<Proxy>().unwrap_err();
            assert!(!format!("{error} {error:?}").contains("hunter2"), "{bad}");
        }
    }
}
