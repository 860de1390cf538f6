//! Who asks.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The honest name a program goes by, as the `User-Agent` header shows it: `lead/0.1.0 (+https://example.com/bot)`.
///
/// Without a contact the header says only product and version: an address of somebody else is never made up. Whoever runs
/// a crawl should set one, so that a site's operator can ask rather than block; some APIs (Nominatim's) demand it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct UserAgent {
    product: String,
    version: String,
    contact: Option<String>,
}

impl UserAgent {
    /// A product of a version, reachable at `contact`: a web page or a mail address.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when the product is no product token (RFC 9309 §2.2.1:
    /// letters, `-` and `_`), the version no token (RFC 9110 §5.6.2), or the contact is not plain ASCII without brackets.
    pub fn new(product: &str, version: &str, contact: Option<&str>) -> Result<Self> {
        let token = |text: &str, more: &[u8]| {
            !text.is_empty()
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_alphabetic() || more.contains(&byte))
        };
        if !token(product, b"-_") {
            return Err(Error::invalid("user-agent", "a product is letters, `-` and `_`"));
        }
        if !token(version, b"0123456789.-+") {
            return Err(Error::invalid(
                "user-agent",
                "a version is letters, digits, `.`, `-` and `+`",
            ));
        }
        let plain = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_graphic() && !b"()\\".contains(&byte))
        };
        if contact.is_some_and(|contact| contact.is_empty() || !plain(contact)) {
            return Err(Error::invalid("user-agent", "a contact is a web or mail address"));
        }
        let contact = contact.map(str::to_owned);
        Ok(Self {
            product: product.to_owned(),
            version: version.to_owned(),
            contact,
        })
    }

    /// The name robots.txt knows it by.
    pub fn product(&self) -> &str {
        &self.product
    }

    /// Where its operator can be reached.
    pub fn contact(&self) -> Option<&str> {
        self.contact.as_deref()
    }
}

impl Default for UserAgent {
    fn default() -> Self {
        Self {
            product: "lead".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            contact: None,
        }
    }
}

impl fmt::Display for UserAgent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.product, self.version)?;
        match &self.contact {
            Some(contact) => write!(f, " (+{contact})"),
            None => Ok(()),
        }
    }
}

/// A user agent in a file.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    product: String,
    version: String,
    contact: Option<String>,
}

impl Default for Written {
    fn default() -> Self {
        let UserAgent {
            product,
            version,
            contact,
        } = UserAgent::default();
        Self {
            product,
            version,
            contact,
        }
    }
}

impl TryFrom<Written> for UserAgent {
    type Error = Error;
    fn try_from(written: Written) -> Result<Self> {
        Self::new(&written.product, &written.version, written.contact.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_who_and_where() {
        let agent = UserAgent::new("lead", "1.2", Some("https://bakery.test/bot")).unwrap();
        assert_eq!(agent.to_string(), "lead/1.2 (+https://bakery.test/bot)");
        assert!(UserAgent::default().to_string().starts_with("lead/0."));
        for (product, version, contact) in [
            ("", "1", None),
            ("a b", "1", None),
            ("a", "", None),
            ("a", "1", Some("x\r\nEvil: 1")),
            ("a", "1", Some("")),
        ] {
            assert!(UserAgent::new(product, version, contact).is_err());
        }
    }

    #[test]
    fn a_file_may_set_the_contact_alone() {
        let agent: UserAgent = serde_json::from_str(r#"{"contact": "bot@bakery.test"}"#).unwrap();
        assert_eq!(agent.contact(), Some("bot@bakery.test"));
        assert_eq!(agent.product(), "lead");
    }
}
