//! A few decimal digits, kept in place: national numbers, extensions, carrier codes.

use std::fmt;

/// Up to [`Digits::CAPACITY`] ASCII digits, without an allocation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digits {
    bytes: [u8; Self::CAPACITY],
    len: u8,
}

impl Digits {
    /// The longest extension libphonenumber reads; national numbers have at most 17 digits.
    pub const CAPACITY: usize = 20;

    /// None.
    pub const EMPTY: Self = Self {
        bytes: [0; Self::CAPACITY],
        len: 0,
    };

    /// The ASCII digits of `bytes`; `None` when there is anything else in it, or more than fit.
    pub(crate) fn new(bytes: &[u8]) -> Option<Self> {
        let mut digits = Self {
            len: u8::try_from(bytes.len()).ok()?,
            ..Self::EMPTY
        };
        digits.bytes.get_mut(..bytes.len())?.copy_from_slice(bytes);
        bytes.iter().all(u8::is_ascii_digit).then_some(digits)
    }

    /// Adds an ASCII digit; `false` when there is no room.
    pub(crate) fn push(&mut self, digit: u8) -> bool {
        let Some(place) = self.bytes.get_mut(usize::from(self.len)) else {
            return false;
        };
        *place = digit;
        self.len += 1;
        true
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// As ASCII bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len()).unwrap_or_default()
    }

    /// How many.
    pub fn len(&self) -> usize {
        usize::from(self.len)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}

impl Default for Digits {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl fmt::Debug for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_fits() {
        assert_eq!(Digits::new(b"0123").unwrap().as_str(), "0123");
        assert_eq!(Digits::new(b"01x3"), None);
        assert!(Digits::new(&[b'1'; Digits::CAPACITY]).is_some());
        assert!(Digits::new(&[b'1'; Digits::CAPACITY + 1]).is_none());
        assert!(Digits::EMPTY.is_empty());
    }
}
