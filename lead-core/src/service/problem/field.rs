//! Where in what was sent a rule was broken.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Serialize, Serializer};

/// Everything that RFC 3986 §3.5 does not let stand in a fragment as it is.
const NOT_IN_FRAGMENTS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/')
    .remove(b'?');

/// A JSON pointer as the fragment of an address (RFC 6901 §6), as the example of RFC 9457 §3 shows it: `#/sites/2/url`.
///
/// ```
/// use lead_core::service::Pointer;
///
/// assert_eq!(Pointer::root().key("a/b").index(2).to_string(), "#/a~1b/2");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pointer(String);

impl Pointer {
    /// The whole of what was sent.
    pub fn root() -> Self {
        Self::default()
    }

    /// The member of an object.
    pub fn key(mut self, name: &str) -> Self {
        let escaped = name.replace('~', "~0").replace('/', "~1");
        self.0.push('/');
        self.0.extend(utf8_percent_encode(&escaped, NOT_IN_FRAGMENTS));
        self
    }

    /// The member of a list, counted from 0.
    pub fn index(mut self, at: usize) -> Self {
        self.0.push('/');
        self.0.push_str(&at.to_string());
        self
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

impl Serialize for Pointer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A rule that a field broke: `{"pointer": "#/text", "detail": "at most 200 characters"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// Where.
    pub pointer: Pointer,
    /// Which rule. What was sent is not repeated.
    #[serde(rename = "detail")]
    pub reason: String,
}

impl FieldError {
    /// A rule that was broken there.
    pub fn new(pointer: Pointer, reason: impl Into<String>) -> Self {
        Self {
            pointer,
            reason: reason.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_escaped_twice() {
        assert_eq!(Pointer::root().key("~x y").to_string(), "#/~0x%20y");
        assert_eq!(Pointer::root().to_string(), "#");
    }

    proptest! {
        /// Any name comes back from its pointer, and none breaks out of it.
        #[test]
        fn any_name_comes_back(name in any::<String>()) {
            let text = Pointer::root().key(&name).to_string();
            let token = text.strip_prefix("#/").unwrap();
            prop_assert!(!token.contains(['/', '#', ' ', '"']));
            let decoded = percent_encoding::percent_decode_str(token).decode_utf8().unwrap();
            prop_assert_eq!(decoded.replace("~1", "/").replace("~0", "~"), name);
        }
    }
}
