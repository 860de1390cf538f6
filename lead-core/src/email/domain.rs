//! Which domains may carry mail, and where a domain ends that other words are glued to.

/// Top-level names reserved for examples and tests (RFC 2606 §2): pages that show how things work use them.
const RESERVED: &[&str] = &["example", "test"];

/// Whether `label` is a top-level domain: one the Public Suffix List knows, or reserved for examples and tests.
pub(super) fn is_top_level(label: &str) -> bool {
    if label.len() < 2 || label.bytes().any(|byte| byte.is_ascii_digit()) && !label.starts_with("xn--") {
        return false;
    }
    let lower = label.to_lowercase();
    if RESERVED.contains(&lower.as_str()) {
        return true;
    }
    let ascii = if lower.is_ascii() {
        Some(lower)
    } else {
        idna::domain_to_ascii(&lower).ok()
    };
    ascii.is_some_and(|name| psl::suffix(name.as_bytes()).is_some_and(|suffix| suffix.is_known()))
}

/// The domain that `run`, a run of letters, digits, dots and hyphens, begins with.
///
/// Labels that are no top-level domain are cut off the end (`example.com.Please`), as is a word glued to it
/// (`acme.ioTel`), told by its capital. `None` when nothing mail could go to is left, or the run ends in digits.
pub(super) fn leading_domain(run: &str) -> Option<&str> {
    let mut domain = run.trim_end_matches(['.', '-']);
    if domain.starts_with(['.', '-']) || domain.contains("..") {
        return None;
    }
    loop {
        let (rest, last) = domain.rsplit_once('.')?;
        if last.bytes().any(|byte| byte.is_ascii_digit()) && !last.starts_with("xn--") {
            return None;
        }
        if let Some(cut) = glued_word(rest, last) {
            domain = domain.get(..rest.len() + 1 + cut)?;
            continue;
        }
        let sentence = last.starts_with(char::is_uppercase) && rest.ends_with(char::is_lowercase);
        let ends_before = rest
            .rsplit_once('.')
            .is_some_and(|(_, label)| is_top_level(label));
        if is_top_level(last) && !(sentence && ends_before) {
            let host = rest.rsplit('.').next().unwrap_or_default();
            return (!is_density(host)).then_some(domain);
        }
        domain = rest;
    }
}

/// Where a capitalised word begins within the last label: `2` in `ioTel`.
fn glued_word(rest: &str, last: &str) -> Option<usize> {
    if rest.ends_with(char::is_uppercase) {
        return None;
    }
    let cut = last.char_indices().skip(2).find(|(_, c)| c.is_uppercase())?.0;
    let head = last.get(..cut)?;
    (head.chars().all(char::is_lowercase) && is_top_level(head)).then_some(cut)
}

/// `2x` of `logo@2x.ai`: a picture's density.
fn is_density(label: &str) -> bool {
    label
        .strip_suffix(['x', 'X'])
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_what_is_glued_on() {
        for (run, domain) in [
            ("acme.io", "acme.io"),
            ("acme.ioTel", "acme.io"),
            ("example-shop.com.", "example-shop.com"),
            ("example-shop.com.invalid", "example-shop.com"),
            ("acme.com.Please", "acme.com"),
            ("acme.com.My", "acme.com"),
            ("ACME.COM", "ACME.COM"),
            ("example.co.uk", "example.co.uk"),
            ("пример.рф", "пример.рф"),
            ("bücher.example", "bücher.example"),
        ] {
            assert_eq!(leading_domain(run), Some(domain), "{run}");
        }
    }

    #[test]
    fn refuses_what_is_no_domain() {
        for run in [
            "localhost",
            "example.com1",
            "2x.png",
            "3.4.1",
            "2x.ai",
            ".com",
            "a..com",
            "b",
            "",
        ] {
            assert_eq!(leading_domain(run), None, "{run}");
        }
    }
}
