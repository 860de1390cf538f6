//! E-mail addresses as values. Finding them is the `email` station.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Identified;
use crate::{Error, Result};

/// An e-mail address, in lower case: `info@müller.example`.
///
/// The local part is a dot-atom of RFC 5322 §3.2.3 (with Unicode as RFC 6531 allows), at most 64 bytes; the domain has
/// at least two labels and passes UTS 46; the whole is at most 254 bytes (RFC 5321 §4.5.3.1, erratum 1690). Quoted local
/// parts and address literals are refused: no business publishes them.
///
/// An internationalised domain is shown as it was written, in Unicode or in A-labels (`xn--…`, RFC 5890). Both are one
/// mailbox: addresses are compared, ordered and suppressed in their Unicode form.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct EmailAddress {
    /// As it was written.
    text: Box<str>,
    /// With the domain in Unicode, where it was written in A-labels.
    unicode: Option<Box<str>>,
    at: u8,
}

impl EmailAddress {
    /// Parses and normalises an address.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) with the rule that was broken.
    pub fn new(text: &str) -> Result<Self> {
        let refuse = |rule: &str| Error::invalid("e-mail address", rule);
        let (local, domain) = text
            .trim()
            .rsplit_once('@')
            .ok_or_else(|| refuse("there is no @"))?;
        // In lower case first: what `İ` turns into holds a mark that no local part may have.
        let local = local.to_lowercase();
        check_local(&local)?;
        let domain = domain.strip_suffix('.').unwrap_or(domain);
        let ascii =
            idna::domain_to_ascii_strict(domain).map_err(|_| refuse("the domain is no valid host name"))?;
        check_domain(&ascii)?;
        let at = u8::try_from(local.len()).map_err(|_| refuse("the local part is too long"))?;
        let (unicode, _) = idna::domain_to_unicode(&ascii);
        let coded = domain.is_ascii() && unicode != ascii;
        let canonical = format!("{local}@{unicode}");
        let text = if coded {
            format!("{local}@{ascii}")
        } else {
            canonical.clone()
        };
        if text.len().max(canonical.len()) > 254 {
            return Err(refuse("at most 254 bytes"));
        }
        Ok(Self {
            text: text.into(),
            unicode: coded.then(|| canonical.into()),
            at,
        })
    }

    /// The whole address as it was written, in lower case.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The whole address in the one form that all its writings share: the domain in Unicode.
    ///
    /// ```
    /// use lead_core::record::EmailAddress;
    /// let coded = EmailAddress::new("Info@xn--mller-kva.example")?;
    /// assert_eq!(coded.as_str(), "info@xn--mller-kva.example");
    /// assert_eq!(coded, EmailAddress::new("info@müller.example")?);
    /// # Ok::<(), lead_core::Error>(())
    /// ```
    pub fn canonical(&self) -> &str {
        self.unicode.as_ref().unwrap_or(&self.text)
    }

    /// What stands before the `@`.
    pub fn local(&self) -> &str {
        self.text.get(..usize::from(self.at)).unwrap_or_default()
    }

    /// What stands after the `@`, in Unicode.
    pub fn domain(&self) -> &str {
        self.canonical()
            .get(usize::from(self.at) + 1..)
            .unwrap_or_default()
    }
}

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.canonical() == other.canonical()
    }
}

impl Eq for EmailAddress {}

impl PartialOrd for EmailAddress {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for EmailAddress {
    fn cmp(&self, other: &Self) -> Ordering {
        self.canonical().cmp(other.canonical())
    }
}

impl Hash for EmailAddress {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.canonical().hash(state);
    }
}

fn check_local(local: &str) -> Result<()> {
    let refuse = |rule: &str| Err(Error::invalid("e-mail address", rule));
    if local.is_empty() || local.len() > 64 {
        return refuse("the local part has 1 to 64 bytes");
    }
    if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        return refuse("a dot stands between two other characters");
    }
    let atext = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    if local
        .chars()
        .all(|c| atext(c) || (!c.is_ascii() && c.is_alphanumeric()))
    {
        Ok(())
    } else {
        refuse("the local part holds a character that needs quotes")
    }
}

fn check_domain(ascii: &str) -> Result<()> {
    let refuse = |rule: &str| Err(Error::invalid("e-mail address", rule));
    let Some((_, top)) = ascii.rsplit_once('.') else {
        return refuse("the domain has no dot");
    };
    if top.len() < 2 || top.bytes().all(|b| b.is_ascii_digit()) {
        return refuse("the top-level domain is no name");
    }
    Ok(())
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for EmailAddress {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::new(text)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        Self::new(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.text.into()
    }
}

/// Whose mailbox it is, by its name.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EmailKind {
    /// A function's: `info@`, `sales@`.
    Role,
    /// A person's at their own domain.
    #[default]
    Personal,
    /// At a provider anybody can join.
    Free,
    /// At a provider of throw-away addresses.
    Disposable,
}

/// How the address was written.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum EmailScheme {
    /// In the open.
    #[default]
    Plain,
    /// In a `mailto:` link.
    Mailto,
    /// As a field of structured data.
    Structured,
    /// Hidden by Cloudflare's e-mail protection.
    Cloudflare,
    /// With words for the signs: `info (at) example (dot) com`.
    Spelled,
    /// With character references.
    Entities,
    /// In attributes that a script puts together.
    Attributes,
    /// Backwards, by style.
    Reversed,
    /// Percent- or otherwise encoded.
    Encoded,
    /// Put together by a script.
    Script,
}

/// An e-mail address with what its form tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Email {
    /// The address.
    pub address: EmailAddress,
    /// Whose mailbox it is.
    #[serde(default)]
    pub kind: EmailKind,
    /// How it was written where it was first seen.
    #[serde(default)]
    pub scheme: EmailScheme,
}

impl Email {
    /// An address seen in the open.
    pub fn new(address: EmailAddress, kind: EmailKind, scheme: EmailScheme) -> Self {
        Self {
            address,
            kind,
            scheme,
        }
    }
}

impl Identified for Email {
    type Key = EmailAddress;
    fn identity(&self) -> EmailAddress {
        self.address.clone()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn normalises() {
        let address = EmailAddress::new(" Info@MÜLLER.Example ").unwrap();
        assert_eq!(address.as_str(), "info@müller.example");
        assert_eq!((address.local(), address.domain()), ("info", "müller.example"));
        assert_eq!(
            EmailAddress::new("пользователь@пример.рф").unwrap().as_str(),
            "пользователь@пример.рф"
        );
    }

    #[test]
    fn two_writings_of_a_domain_are_one_mailbox() {
        let coded = EmailAddress::new(" Info@XN--MLLER-KVA.Example ").unwrap();
        let plain = EmailAddress::new("info@müller.example").unwrap();
        assert_eq!(coded.as_str(), "info@xn--mller-kva.example");
        assert_eq!(
            (coded.domain(), coded.canonical()),
            (plain.domain(), plain.as_str())
        );
        assert_eq!((&coded, coded.cmp(&plain)), (&plain, Ordering::Equal));
        assert_eq!(BTreeSet::from([coded, plain]).len(), 1);
    }

    #[test]
    fn refuses_what_nobody_publishes() {
        for bad in [
            "",
            "@a.test",
            "a@",
            "a@localhost",
            "a..b@c.test",
            ".a@b.test",
            "a b@c.test",
            "a@1.2.3.4",
            "a@-b.test",
        ] {
            assert!(EmailAddress::new(bad).is_err(), "{bad}");
        }
        assert!(EmailAddress::new(&format!("{}@a.test", "x".repeat(65))).is_err());
    }
}
