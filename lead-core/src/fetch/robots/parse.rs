//! Reading a robots.txt.

use std::time::Duration;

use super::pattern::{Pattern, path};

/// RFC 9309 §2.5: at least so much is read; we read no more.
const MAX_BYTES: usize = 500 * 1024;

/// What a robots.txt asks of one product.
///
/// ```
/// # use lead_core::fetch::Robots;
/// let robots = Robots::parse(b"User-agent: *\nDisallow: /private\nAllow: /private/open\n", "lead");
/// assert!(robots.allows("/"));
/// assert!(!robots.allows("/private/x?y=1"));
/// assert!(robots.allows("/private/open/z"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Robots {
    /// The most specific first, and of equals the allowing one.
    rules: Vec<Rule>,
    crawl_delay: Option<Duration>,
    sitemaps: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    pattern: Pattern,
    allow: bool,
}

impl Robots {
    /// Reads `file` for the product of this token (`lead` of `lead/0.1`).
    ///
    /// Any bytes will do: what is no known line is passed over. Groups for the product are merged; without any, those for
    /// `*` hold (RFC 9309 §2.2.1).
    pub fn parse(file: &[u8], product: &str) -> Self {
        let file = file.get(..MAX_BYTES).unwrap_or(file);
        let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
        let mut reading = Reading {
            product,
            ..Reading::default()
        };
        file.split(|byte| matches!(byte, b'\n' | b'\r'))
            .filter_map(key_value)
            .for_each(|(key, value)| reading.line(key, value));
        reading.finish()
    }

    /// Whether the path (with its query) may be fetched. The longest pattern that matches decides, `allow` when two are
    /// equally long (RFC 9309 §2.2.2); `/robots.txt` may always be.
    pub fn allows(&self, path_and_query: &str) -> bool {
        if path_and_query == "/robots.txt" || self.rules.is_empty() {
            return true;
        }
        let path = path(path_and_query);
        self.rules
            .iter()
            .find(|rule| rule.pattern.matches(&path))
            .is_none_or(|rule| rule.allow)
    }

    /// The time between requests asked for. No part of RFC 9309, but widely written.
    pub fn crawl_delay(&self) -> Option<Duration> {
        self.crawl_delay
    }

    /// The site maps named, for any product, as written (sitemaps.org protocol).
    pub fn sitemaps(&self) -> &[String] {
        &self.sitemaps
    }

    /// About how many bytes it takes.
    pub(super) fn weight(&self) -> usize {
        let rules: usize = self.rules.iter().map(|rule| rule.pattern.len() + 32).sum();
        rules + self.sitemaps.iter().map(|url| url.len() + 24).sum::<usize>() + 128
    }
}

/// Key and value of a line, without comment and white space. A missing colon is forgiven when there are just two words, as
/// Google's parser does.
fn key_value(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let line = line
        .split(|byte| *byte == b'#')
        .next()
        .unwrap_or_default()
        .trim_ascii();
    let colon = line.iter().position(|byte| *byte == b':');
    let at = colon.or_else(|| {
        let blank = line.iter().position(u8::is_ascii_whitespace)?;
        let value = line.get(blank..)?.trim_ascii();
        (!value.iter().any(u8::is_ascii_whitespace)).then_some(blank)
    })?;
    Some((line.get(..at)?.trim_ascii(), line.get(at + 1..)?.trim_ascii()))
}

/// Rules of groups that are merged.
#[derive(Default)]
struct Group {
    named: bool,
    rules: Vec<Rule>,
    crawl_delay: Option<Duration>,
}

#[derive(Default)]
struct Reading<'a> {
    product: &'a str,
    /// Groups for the product, and for everybody.
    ours: Group,
    all: Group,
    /// For whom the group at hand is.
    for_us: bool,
    for_all: bool,
    /// Whether the group's rules have begun: a user agent named after them begins another group.
    in_rules: bool,
    sitemaps: Vec<String>,
}

impl Reading<'_> {
    fn line(&mut self, key: &[u8], value: &[u8]) {
        if key.eq_ignore_ascii_case(b"user-agent") {
            self.user_agent(value);
        } else if key.eq_ignore_ascii_case(b"disallow") {
            self.rule(value, false);
        } else if key.eq_ignore_ascii_case(b"allow") {
            self.rule(value, true);
        } else if key.eq_ignore_ascii_case(b"crawl-delay") {
            self.crawl_delay(value);
        } else if key.eq_ignore_ascii_case(b"sitemap") && !value.is_empty() {
            self.sitemaps.push(String::from_utf8_lossy(value).into_owned());
        }
    }

    fn user_agent(&mut self, value: &[u8]) {
        if std::mem::take(&mut self.in_rules) {
            (self.for_us, self.for_all) = (false, false);
        }
        // A product token is letters, `-` and `_`; what follows (`/1.0`) is no part of it.
        let end = value
            .iter()
            .position(|byte| !byte.is_ascii_alphabetic() && !b"-_".contains(byte));
        let token = value.get(..end.unwrap_or(value.len())).unwrap_or_default();
        if !token.is_empty() && token.eq_ignore_ascii_case(self.product.as_bytes()) {
            (self.for_us, self.ours.named) = (true, true);
        }
        if let [b'*', rest @ ..] = value
            && rest.first().is_none_or(u8::is_ascii_whitespace)
        {
            (self.for_all, self.all.named) = (true, true);
        }
    }

    fn groups(&mut self) -> impl Iterator<Item = &mut Group> {
        let ours = self.for_us.then_some(&mut self.ours);
        ours.into_iter().chain(self.for_all.then_some(&mut self.all))
    }

    fn rule(&mut self, value: &[u8], allow: bool) {
        self.in_rules = true;
        if value.is_empty() {
            return; // "Disallow:" forbids nothing
        }
        let rule = Rule {
            pattern: Pattern::new(value),
            allow,
        };
        self.groups().for_each(|group| group.rules.push(rule.clone()));
    }

    /// Not a rule of RFC 9309, so it does not end the list of user agents either (§2.2.4).
    fn crawl_delay(&mut self, value: &[u8]) {
        let seconds = std::str::from_utf8(value)
            .ok()
            .and_then(|text| text.parse::<f64>().ok());
        let delay = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        if delay.is_some() {
            self.groups().for_each(|group| group.crawl_delay = delay);
        }
    }

    fn finish(self) -> Robots {
        let group = if self.ours.named { self.ours } else { self.all };
        let mut rules = group.rules;
        rules.sort_by_key(|rule| (std::cmp::Reverse(rule.pattern.len()), !rule.allow));
        Robots {
            rules,
            crawl_delay: group.crawl_delay,
            sitemaps: self.sitemaps,
        }
    }
}
