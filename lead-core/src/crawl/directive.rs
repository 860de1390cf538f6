//! What a page says to programs: whether it may be indexed, its links followed, its text mined.

use http::HeaderName;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::page::Document;
use crate::seam::Response;

/// What a page says to programs, in its head (`<meta name="robots">`) or its header fields (`X-Robots-Tag`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct Directives {
    /// It shall not stand in an index. Many imprints say so: it is told, and the page is read.
    #[serde(skip_serializing_if = "is_false")]
    pub noindex: bool,
    /// Its links shall not be followed: they are not.
    #[serde(skip_serializing_if = "is_false")]
    pub nofollow: bool,
    /// It reserves the rights of text and data mining (TDM Reservation Protocol; art. 4 (3) of Directive (EU) 2019/790).
    #[serde(skip_serializing_if = "is_false")]
    pub tdm_reserved: bool,
    /// Where the terms of such a reservation stand, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tdm_policy: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Directives {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What the header fields say to the program of this product token (`lead` of `lead/0.1`).
    pub fn of_response(response: &Response, product: &str) -> Self {
        let mut directives = Self::default();
        for value in response.headers.get_all(HeaderName::from_static("x-robots-tag")) {
            if let Some(rules) = value.to_str().ok().and_then(|text| addressed(text, product)) {
                directives.add(rules);
            }
        }
        let header = |name| response.header(&HeaderName::from_static(name));
        directives.reserve(header("tdm-reservation"), header("tdm-policy"));
        directives
    }

    /// Adds what the head of the page says.
    pub fn and_of_page(mut self, document: &Document, product: &str) -> Self {
        let meta = document.meta();
        let product = product.to_ascii_lowercase();
        for name in ["robots", &product] {
            meta.all(name).for_each(|rules| self.add(rules));
        }
        self.reserve(meta.first("tdm-reservation"), meta.first("tdm-policy"));
        self
    }

    /// The first to say whether rights are reserved decides: the header before the page.
    fn reserve(&mut self, reservation: Option<&str>, policy: Option<&str>) {
        if !self.tdm_reserved && reservation.is_some_and(|value| value.trim() == "1") {
            self.tdm_reserved = true;
            self.tdm_policy = policy.map(str::to_owned);
        }
    }

    fn add(&mut self, rules: &str) {
        for rule in rules.split(',').map(str::trim) {
            let is = |name| rule.eq_ignore_ascii_case(name);
            self.noindex |= is("noindex") || is("none");
            self.nofollow |= is("nofollow") || is("none");
        }
    }
}

/// The rules of an `X-Robots-Tag`, unless they are for another program: `noindex`, `lead: nofollow`.
fn addressed<'a>(value: &'a str, product: &str) -> Option<&'a str> {
    match value.split_once(':') {
        // A rule that itself has a colon (`unavailable_after: 25 Jun …`) is no name of a program.
        Some((name, rules))
            if !name.contains(',') && !name.trim().eq_ignore_ascii_case("unavailable_after") =>
        {
            name.trim().eq_ignore_ascii_case(product).then_some(rules)
        }
        _ => Some(value),
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, StatusCode};

    use super::*;
    use crate::page::ParseOptions;
    use crate::record::SafeUrl;

    fn of(headers: &[(&'static str, &'static str)], html: &str) -> Directives {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_static(value));
        }
        let url = SafeUrl::parse("http://a.test/").unwrap();
        let response = Response::new(
            url,
            StatusCode::OK,
            map,
            html.to_owned().into(),
            crate::clock::Timestamp::UNIX_EPOCH,
        );
        let document = Document::parse(html.as_bytes(), &ParseOptions::new()).unwrap();
        Directives::of_response(&response, "lead").and_of_page(&document, "lead")
    }

    #[test]
    fn headers_and_heads_are_heeded() {
        for (headers, html, noindex, nofollow) in [
            (&[][..], "<p>Hello", false, false),
            (&[], "<meta name=robots content='NoIndex, follow'>", true, false),
            (&[], "<meta name=lead content=none>", true, true),
            (&[], "<meta name=otherbot content=none>", false, false),
            (&[("x-robots-tag", "nofollow")], "", false, true),
            (
                &[
                    ("x-robots-tag", "lead: noindex"),
                    ("x-robots-tag", "otherbot: nofollow"),
                ],
                "",
                true,
                false,
            ),
            (
                &[("x-robots-tag", "unavailable_after: 25 Jun 2030 15:00:00 PST")],
                "",
                false,
                false,
            ),
        ] {
            let found = of(headers, html);
            assert_eq!(
                (found.noindex, found.nofollow),
                (noindex, nofollow),
                "{headers:?} {html}"
            );
        }
    }

    #[test]
    fn a_reservation_is_recorded_with_its_terms() {
        let found = of(
            &[
                ("tdm-reservation", "1"),
                ("tdm-policy", "https://a.test/tdm.json"),
            ],
            "",
        );
        assert!(found.tdm_reserved);
        assert_eq!(found.tdm_policy.as_deref(), Some("https://a.test/tdm.json"));
        assert!(of(&[], "<meta name='tdm-reservation' content='1'>").tdm_reserved);
        assert!(of(&[("tdm-reservation", "0")], "").is_empty());
    }
}
