//! Patterns of paths: `*` and a final `$` (RFC 9309 §2.2.3), compared octet by octet (§2.2.2).

use memchr::memmem;

/// A pattern in the form it is compared in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    text: Box<[u8]>,
    /// Whether it must match up to the path's end.
    anchored: bool,
}

impl Pattern {
    pub(super) fn new(written: &[u8]) -> Self {
        let (body, anchored) = match written.strip_suffix(b"$") {
            Some(body) => (body, true),
            None => (written, false),
        };
        Self {
            text: normal(body, Side::Pattern).into(),
            anchored,
        }
    }

    /// How specific it is: its octets, the anchor included.
    pub(super) fn len(&self) -> usize {
        self.text.len() + usize::from(self.anchored)
    }

    /// Whether a path that [`path`] has normalised matches. Linear in both but for pathological patterns.
    pub(super) fn matches(&self, path: &[u8]) -> bool {
        let mut pieces = self.text.split(|byte| *byte == b'*');
        let first = pieces.next().unwrap_or_default();
        let Some(mut rest) = path.strip_prefix(first) else {
            return false;
        };
        let mut pieces = pieces.peekable();
        if pieces.peek().is_none() {
            return !self.anchored || rest.is_empty();
        }
        while let Some(piece) = pieces.next() {
            if self.anchored && pieces.peek().is_none() {
                return rest.ends_with(piece);
            }
            // The leftmost place leaves the most for what follows.
            let Some(at) = memmem::find(rest, piece) else {
                return false;
            };
            rest = rest.get(at + piece.len()..).unwrap_or_default();
        }
        true
    }
}

/// Path and query of a URL in the form patterns are compared with.
pub(super) fn path(written: &str) -> Vec<u8> {
    normal(written.as_bytes(), Side::Path)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Pattern,
    Path,
}

/// One spelling for each octet: unreserved ones (RFC 3986 §2.3) plain, others that were encoded or are not ASCII as `%XX`
/// in upper case, the rest as they are. A literal `*` or `$` is `%2A`, `%24`, so that a pattern can name it.
fn normal(text: &[u8], side: Side) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 8);
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        rest = after;
        match *byte {
            b'%' => match decoded(after) {
                Some((octet, after)) => {
                    rest = after;
                    if octet.is_ascii_alphanumeric() || b"-._~".contains(&octet) {
                        out.push(octet);
                    } else {
                        encode(octet, &mut out);
                    }
                }
                None => out.push(b'%'),
            },
            b'*' if side == Side::Path => encode(b'*', &mut out),
            b'$' => encode(b'$', &mut out),
            octet if octet.is_ascii() => out.push(octet),
            octet => encode(octet, &mut out),
        }
    }
    out
}

/// The octet two hexadecimal digits at the start stand for, and what follows.
fn decoded(text: &[u8]) -> Option<(u8, &[u8])> {
    let [high, low, after @ ..] = text else {
        return None;
    };
    let digit = |byte: &u8| {
        char::from(*byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    Some((digit(high)? << 4 | digit(low)?, after))
}

fn encode(octet: u8, out: &mut Vec<u8>) {
    let digit = |value: u8| {
        if value < 10 {
            b'0' + value
        } else {
            b'A' + value - 10
        }
    };
    out.extend([b'%', digit(octet >> 4), digit(octet & 15)]);
}
