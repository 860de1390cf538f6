//! A key as an entry of the table holds it.

/// Bytes of a key that stand in the entry itself.
const SHORT: usize = 22;

/// A short key stands in its entry, so that to tell it from another takes no look elsewhere in memory.
#[derive(Debug)]
pub(super) enum Key {
    Short(u8, [u8; SHORT]),
    Long(Box<str>),
}

impl Key {
    pub(super) fn new(text: &str) -> Self {
        let mut bytes = [0; SHORT];
        match (u8::try_from(text.len()), bytes.get_mut(..text.len())) {
            (Ok(length), Some(short)) => {
                short.copy_from_slice(text.as_bytes());
                Self::Short(length, bytes)
            }
            _ => Self::Long(text.into()),
        }
    }

    pub(super) fn text(&self) -> &str {
        match self {
            // It was made of a text.
            Self::Short(..) => std::str::from_utf8(self.bytes()).unwrap_or_default(),
            Self::Long(text) => text,
        }
    }

    #[inline]
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Short(length, bytes) => bytes.get(..usize::from(*length)).unwrap_or_default(),
            Self::Long(text) => text.as_bytes(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_what_it_was_made_of() {
        for length in [0, 1, SHORT - 1, SHORT, SHORT + 1, 255, 256, 300] {
            let text = "k".repeat(length);
            let key = Key::new(&text);
            assert_eq!((key.text(), key.bytes()), (text.as_str(), text.as_bytes()));
            assert_eq!(matches!(key, Key::Short(..)), length <= SHORT);
        }
        assert_eq!(Key::new("ключ").text(), "ключ");
        assert!(size_of::<Key>() <= 24, "{}", size_of::<Key>());
    }
}
