//! Where a script ends: the WHATWG HTML standard's script data states (section 13.2.5.15 to 13.2.5.31).
//!
//! `<!--` inside a script opens an escaped stretch, and `<script` within that a doubly escaped one, in which `</script>`
//! does not end the element. Nearly no script has either, so a search decides first.

use memchr::memchr2;
use memchr::memmem::{self, Finder};

use super::tokenizer::{end_tag_at, is_name_here};

/// Bytes of a script's content before its end tag, or all of it when there is none.
pub(super) fn length(content: &[u8], end_tag: &Finder<'_>) -> usize {
    let end = end_tag_at(content, "script", end_tag).unwrap_or(content.len());
    let plain = content.get(..end).unwrap_or_default();
    match memmem::find(plain, b"<!--") {
        None => end,
        Some(comment) => escaped(content, comment),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Plain,
    Escaped,
    DoublyEscaped,
}

/// The state machine proper, from the first `<!--` on.
fn escaped(content: &[u8], from: usize) -> usize {
    let mut state = State::Plain;
    let mut at = from;
    while let Some(found) = memchr2(b'<', b'-', content.get(at..).unwrap_or_default()) {
        at += found;
        let rest = content.get(at..).unwrap_or_default();
        let step;
        (state, step) = match (state, rest) {
            // The two dashes may be the first two of `-->`: `<!-->` ends at once.
            (State::Plain, [b'<', b'!', b'-', b'-', ..]) => (State::Escaped, 2),
            (State::Escaped | State::DoublyEscaped, [b'-', b'-', b'>', ..]) => (State::Plain, 3),
            (State::Plain | State::Escaped, [b'<', b'/', name @ ..]) if is_name_here(name, "script") => {
                return at;
            }
            (State::Escaped, [b'<', name @ ..]) if is_name_here(name, "script") => (State::DoublyEscaped, 7),
            (State::DoublyEscaped, [b'<', b'/', name @ ..]) if is_name_here(name, "script") => {
                (State::Escaped, 8)
            }
            (state, _) => (state, 1),
        };
        at += step;
    }
    content.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(content: &str) -> &str {
        content
            .get(..length(content.as_bytes(), &Finder::new("</")))
            .unwrap()
    }

    #[test]
    fn ends_at_the_end_tag_in_any_case() {
        assert_eq!(script("a</b></SCRIPT >b"), "a</b>");
        assert_eq!(script("a</scripty></script/>"), "a</scripty>");
        assert_eq!(script("a</script"), "a</script");
    }

    #[test]
    fn escaped_and_doubly_escaped() {
        assert_eq!(script("<!-- a </script>b"), "<!-- a ");
        assert_eq!(
            script("<!-- <script> x </script> y --></script>z"),
            "<!-- <script> x </script> y -->"
        );
        assert_eq!(
            script("<!-- <script> x </script> y </script>z"),
            "<!-- <script> x </script> y "
        );
        assert_eq!(
            script("<!--><script></script>z"),
            "<!--><script>",
            "<!--> is closed at once"
        );
        assert_eq!(script("<!-- <script> --></script>z"), "<!-- <script> -->");
    }
}
