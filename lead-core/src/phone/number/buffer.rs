//! The digits of an input, as many as may matter.

/// ASCII digits in place.
///
/// Digits beyond [`Buffer::CAPACITY`] are dropped: no prefix of any plan (at most 16 digits) with a number behind it (at
/// most 17) comes near, so an input that long is too long either way.
#[derive(Clone, Copy)]
pub(super) struct Buffer {
    bytes: [u8; Self::CAPACITY],
    len: usize,
}

impl Buffer {
    pub(super) const CAPACITY: usize = 64;

    pub(super) const fn new() -> Self {
        Self {
            bytes: [0; Self::CAPACITY],
            len: 0,
        }
    }

    /// Adds an ASCII digit.
    #[inline]
    pub(super) fn push(&mut self, digit: u8) {
        if let Some(place) = self.bytes.get_mut(self.len) {
            *place = digit;
            self.len += 1;
        }
    }

    pub(super) fn extend(&mut self, digits: &[u8]) {
        for digit in digits {
            self.push(*digit);
        }
    }

    #[inline]
    pub(super) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }
}
