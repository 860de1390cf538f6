//! Addresses written in the open: runs around an `@`.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

use super::domain::leading_domain;
use crate::record::{EmailAddress, EmailScheme};

/// An address found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Where it stands, in bytes.
    pub(crate) span: Range<usize>,
    pub(crate) address: EmailAddress,
    pub(crate) scheme: EmailScheme,
}

/// Characters that show nothing but may be strewn in: zero-width ones and the soft hyphen.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// What may stand in a local part on a page. RFC 5322 allows more; nobody publishes it, and prose is full of it.
pub(super) fn is_local(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'' | '&') || is_invisible(c)
}

pub(super) fn is_domain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-') || is_invisible(c)
}

/// U+FF20, the form of `@` as wide as an ideograph.
pub(super) const FULL_WIDTH: &str = "＠";

/// Where `text` has it.
pub(super) fn full_width(text: &str) -> impl Iterator<Item = usize> {
    memmem::find_iter(text.as_bytes(), FULL_WIDTH)
}

/// Every address around an `@` of `text`, in order.
pub(crate) fn find(text: &str, hits: &mut Vec<Hit>) {
    for at in memchr::memchr_iter(b'@', text.as_bytes()) {
        around(text, at, 1, hits);
    }
    for at in full_width(text) {
        around(text, at, FULL_WIDTH.len(), hits);
    }
}

fn around(text: &str, at: usize, width: usize, hits: &mut Vec<Hit>) {
    let (Some(before), Some(after)) = (text.get(..at), text.get(at + width..)) else {
        return;
    };
    if let Some(names) = before.strip_suffix('}') {
        braces(names, at, width, after, hits);
        return;
    }
    // `name (@) host`, `name [@] host` are spelled forms.
    if before.ends_with(['(', '[', '{', '<']) {
        return;
    }
    let local = run_back(before);
    let run = run_forth(after);
    if local.is_empty() || run.is_empty() {
        return;
    }
    let Some((address, length)) = assemble(local, run, after) else {
        return;
    };
    if before
        .strip_suffix(local)
        .is_some_and(|rest| rest.ends_with(['/', ':']) && is_url_user(rest))
    {
        return;
    }
    hits.push(Hit {
        span: at - local.len()..at + width + length,
        address,
        scheme: EmailScheme::Plain,
    });
}

/// The run of local-part characters that ends `before`.
pub(super) fn run_back(before: &str) -> &str {
    let window = super::tail(before, 128);
    let start = window
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_local(*c))
        .last()
        .map_or(window.len(), |(at, _)| at);
    window.get(start..).unwrap_or_default()
}

/// The run of domain characters that begins `after`.
pub(super) fn run_forth(after: &str) -> &str {
    let window = super::head(after, 256);
    let end = window.find(|c| !is_domain(c)).unwrap_or(window.len());
    window.get(..end).unwrap_or_default()
}

fn visible(text: &str) -> Cow<'_, str> {
    if text.contains(is_invisible) {
        Cow::Owned(text.chars().filter(|c| !is_invisible(*c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// How much of `run` is taken by its first `wanted` characters that are visible.
fn length_of(run: &str, wanted: usize) -> usize {
    let seen = run.char_indices().filter(|(_, c)| !is_invisible(*c)).nth(wanted);
    seen.map_or(run.len(), |(at, _)| at)
}

/// The address of a local part and the run behind its `@`, and how much of the run it takes.
fn assemble(local: &str, run: &str, after: &str) -> Option<(EmailAddress, usize)> {
    // A domain has a dot: `a@a@a` ends here.
    memchr::memchr(b'.', run.as_bytes())?;
    let (local, seen) = (visible(local), visible(run));
    let domain = leading_domain(&seen)?;
    let length = length_of(run, domain.chars().count());
    // `git@github.com:org/repo.git` names a repository.
    let rest = after.get(seen.len()..).unwrap_or_default();
    if domain.len() == seen.len() && is_remote_path(rest) {
        return None;
    }
    let (local, domain) = without_decoys(&local, domain);
    let local = local.trim_start_matches(['\'', '-', '&', '%', '+']);
    if local.starts_with('.') || local.contains('%') || is_placeholder(local, &domain) || is_key(local) {
        return None;
    }
    let address = EmailAddress::new(&format!("{local}@{domain}")).ok()?;
    Some((address, length))
}

fn is_remote_path(rest: &str) -> bool {
    rest.strip_prefix(':').is_some_and(|path| {
        let path = super::head(path, 128);
        let word = path.split(char::is_whitespace).next().unwrap_or_default();
        word.contains('/') && word.starts_with(|c: char| c.is_alphanumeric() || c == '~')
    })
}

/// `https://user@host`, `ssh://me:password@host`: what stands before the name belongs to an address of a machine.
fn is_url_user(before: &str) -> bool {
    let word = super::tail(before, 256)
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    word.contains("://")
}

/// Words that people put in to be taken out by people.
const DECOYS: &[&str] = &[
    "NOSPAM",
    "NO-SPAM",
    "NO_SPAM",
    "REMOVETHIS",
    "REMOVE-THIS",
    "REMOVE_THIS",
    "REMOVEME",
    "SPAMFREE",
];

/// What every one of them has in it.
const DECOY_SIGNS: [&str; 2] = ["SPAM", "REMOVE"];

/// Takes out [`DECOYS`] in capitals, with a dot, hyphen or underscore that joined them.
pub(super) fn without_decoys<'a>(local: &'a str, domain: &'a str) -> (Cow<'a, str>, Cow<'a, str>) {
    (without_decoy(local), without_decoy(domain))
}

fn without_decoy(part: &str) -> Cow<'_, str> {
    let mut part = Cow::Borrowed(part);
    if !DECOY_SIGNS.iter().any(|sign| part.contains(sign)) {
        return part;
    }
    for word in DECOYS {
        for form in [
            format!("{word}."),
            format!(".{word}"),
            format!("-{word}"),
            format!("_{word}"),
            (*word).to_owned(),
        ] {
            if part.len() > form.len() && part.contains(&form) {
                part = Cow::Owned(part.replace(&form, ""));
            }
        }
    }
    part
}

/// Domains that stand for the reader's own in what forms and themes show, whatever the name before them.
const OWN_DOMAINS: &[&str] = &[
    "mydomain.com",
    "yourcompany.com",
    "yourdomain.com",
    "yoursite.com",
    "yourwebsite.com",
];
/// Domains that do so only with one of [`EXAMPLE_NAMES`]: `example.*` by RFC 2606 §3, the others by habit.
const EXAMPLE_DOMAINS: &[&str] = &[
    "company.com",
    "domain.com",
    "email.com",
    "example.com",
    "example.net",
    "example.org",
    "mail.com",
    "site.com",
    "website.com",
    "xyz.com",
];
const EXAMPLE_NAMES: &[&str] = &[
    "abc",
    "email",
    "example",
    "first.last",
    "firstname.lastname",
    "invalid",
    "jane",
    "jane.doe",
    "janedoe",
    "john",
    "john.doe",
    "john.smith",
    "johndoe",
    "johnsmith",
    "mail",
    "me",
    "name",
    "somebody",
    "someone",
    "user",
    "username",
    "you",
    "your",
    "your.email",
    "your.name",
    "your-email",
    "youremail",
    "yourname",
];

/// Whether an address only shows what to type. Names and domains count as a whole: `you@example.com`, not
/// `sales@example.com` nor `you@example.company`.
fn is_placeholder(local: &str, domain: &str) -> bool {
    let (local, domain) = (local.to_lowercase(), domain.to_lowercase());
    OWN_DOMAINS.contains(&&*domain) || EXAMPLE_DOMAINS.contains(&&*domain) && EXAMPLE_NAMES.contains(&&*local)
}

/// Whether a local part is a key of a machine, as error trackers have them: sixteen and more hexadecimal digits.
fn is_key(local: &str) -> bool {
    local.len() >= 16
        && local.bytes().all(|byte| byte.is_ascii_hexdigit())
        && local.bytes().any(|byte| byte.is_ascii_digit())
}

/// `{sales,info}@acme.io`: a set of names at one domain.
fn braces(names: &str, at: usize, width: usize, after: &str, hits: &mut Vec<Hit>) {
    let window = super::tail(names, 256);
    let Some((_, list)) = window.rsplit_once('{') else {
        return;
    };
    let run = run_forth(after);
    let start = at - 2 - list.len();
    for name in list.split([',', '|', ';']).map(str::trim) {
        if name.is_empty() || !name.chars().all(is_local) {
            return;
        }
        if let Some((address, length)) = assemble(name, run, after) {
            hits.push(Hit {
                span: start..at + width + length,
                address,
                scheme: EmailScheme::Plain,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut hits = Vec::new();
        find(text, &mut hits);
        hits.iter().map(|hit| hit.address.to_string()).collect()
    }

    #[test]
    fn reads_what_stands_in_the_open() {
        for (text, address) in [
            ("Contact:sales@example-shop.com.", "sales@example-shop.com"),
            ("E-Mail:info@acme.ioTel:030 123456", "info@acme.io"),
            ("(sales@example-shop.co.uk)", "sales@example-shop.co.uk"),
            ("sales\u{200b}@example\u{ad}-shop.com", "sales@example-shop.com"),
            (
                "sales@NOSPAM.example-shop.com (remove NOSPAM)",
                "sales@example-shop.com",
            ),
            ("salesREMOVETHIS@example-shop.com", "sales@example-shop.com"),
            ("sales＠example-shop.com", "sales@example-shop.com"),
            ("пользователь@пример.рф", "пользователь@пример.рф"),
        ] {
            assert_eq!(found(text), [address], "{text}");
        }
        assert_eq!(found("{sales, info}@acme.io"), ["sales@acme.io", "info@acme.io"]);
    }

    #[test]
    fn leaves_the_rest() {
        for text in [
            "a@b",
            "user@localhost",
            "@handle on X",
            "logo@2x.png",
            "sprite@3x.webp",
            "vue@3.4.1/dist",
            "git@github.com:org/repo.git",
            "https://deadbeef0123@o12345.ingest.sentry.io/99",
            "\"john doe\"@example.com",
            ".a@example.com",
            "a..b@example.com",
            "user@example.com1",
            "user@[192.168.0.1]",
            "you@example.com",
            "info@yourdomain.com",
            "0123456789abcdef0123456789abcdef@errors.example",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn spans_cover_the_address() {
        let text = "Mail: info@acme.ioTel";
        let mut hits = Vec::new();
        find(text, &mut hits);
        assert_eq!(&text[hits[0].span.clone()], "info@acme.io");
    }
}
