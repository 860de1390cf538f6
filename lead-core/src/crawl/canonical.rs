//! One address for one page.
//!
//! Two addresses that servers answer alike are one entry of a frontier. What is done to an address, and no more:
//!
//! | part | rule | because |
//! |---|---|---|
//! | all of it | as the WHATWG URL standard writes it: lower-case scheme and host, IDN in Punycode, no default port, no dot segments | it is how it is sent |
//! | host | the dot of the root is dropped | `a.test.` is `a.test` (RFC 1034 §3.1) |
//! | path, query | escapes of unreserved characters are undone, others in upper case; malformed ones are left alone | RFC 3986 §6.2.2 |
//! | path | session ids are dropped: `;jsessionid=…`, ASP.NET's `/(S(…))/` | one page a visitor |
//! | query | parameters that count clicks or carry a session are dropped; the order stays | it may matter |
//! | query | an empty one is dropped | |
//! | fragment | dropped | it is not sent |
//!
//! Neither `http` and `https`, `www.`, a last `/` nor `index.html` are made equal: servers tell them apart, and say by a
//! redirect when they do not.

use std::borrow::Cow;

use url::Url;

use crate::record::SafeUrl;

/// Parameters that only count where a click came from, and those that carry a session; those of a family end with `*`.
const IDLE: &[&str] = &[
    // Campaigns and clicks
    "utm_*",
    "pk_*",
    "mtm_*",
    "matomo_*",
    "piwik_*",
    "hsa_*",
    "fb_action_*",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "srsltid",
    "fbclid",
    "igshid",
    "igsh",
    "msclkid",
    "yclid",
    "ysclid",
    "twclid",
    "ttclid",
    "li_fat_id",
    "epik",
    "rdt_cid",
    "s_kwcid",
    "ef_id",
    "wickedid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "_hsenc",
    "_hsmi",
    "__hssc",
    "__hstc",
    "__hsfp",
    "hsctatracking",
    "vero_id",
    "vero_conv",
    "oly_anon_id",
    "oly_enc_id",
    "_openstat",
    "_ga",
    "_gl",
    "_ke",
    "_branch_match_id",
    "spm",
    "scm",
    "ref_src",
    "ref_url",
    // Sessions
    "jsessionid",
    "phpsessid",
    "aspsessionid*",
    "asp.net_sessionid",
    "sessionid",
    "session_id",
    "sessid",
    "cfid",
    "cftoken",
    "zenid",
    "oscsid",
    "xtcsid",
    "osclid",
    "s_id",
    "php_sessid",
];

/// The address that stands for `url`, by the rules of [the module](self).
pub fn canonical(url: SafeUrl) -> SafeUrl {
    let plain = |byte: &u8| !matches!(byte, b'?' | b'%' | b';' | b'(' | b'#');
    let rooted = url.host().ends_with('.');
    if !rooted && url.as_str().as_bytes().iter().all(plain) {
        return url;
    }
    let mut out = url.as_url().clone();
    out.set_fragment(None);
    if let Some(host) = url.host().strip_suffix('.') {
        // What was a host is one without its last dot; if not, it stays.
        let _ = out.set_host(Some(host));
    }
    set_path(&mut out);
    set_query(&mut out);
    SafeUrl::from_url(out).unwrap_or(url)
}

fn set_path(url: &mut Url) {
    let path = unescaped(url.path());
    let without = if path.contains(';') || path.contains("(S(") {
        let segments = path.split('/').filter(|segment| !is_session_segment(segment));
        Cow::Owned(segments.map(without_session).collect::<Vec<_>>().join("/"))
    } else {
        path
    };
    if without != url.path() {
        let without = without.into_owned();
        url.set_path(&without);
    }
}

/// ASP.NET's cookieless sessions: `/(S(lit3py55t21z5v55vlm25s55))/page.aspx`.
fn is_session_segment(segment: &str) -> bool {
    let inner = segment
        .strip_prefix("(S(")
        .and_then(|rest| rest.strip_suffix("))"));
    inner.is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// A segment without the parameters that carry a session.
fn without_session(segment: &str) -> Cow<'_, str> {
    if !segment.contains(';') {
        return Cow::Borrowed(segment);
    }
    let kept = segment
        .split(';')
        .enumerate()
        .filter(|(at, part)| *at == 0 || !is_idle(part));
    Cow::Owned(kept.map(|(_, part)| part).collect::<Vec<_>>().join(";"))
}

fn set_query(url: &mut Url) {
    let Some(query) = url.query() else { return };
    let kept: Vec<&str> = query.split('&').filter(|pair| !is_idle(pair)).collect();
    let kept = kept.join("&");
    let kept = unescaped(&kept);
    let kept = kept.trim_matches('&');
    let kept = (!kept.is_empty()).then(|| kept.to_owned());
    if kept.as_deref() != Some(query) {
        url.set_query(kept.as_deref());
    }
}

/// Whether a `name=value` has a name that says nothing of the page.
fn is_idle(pair: &str) -> bool {
    let name = unescaped(pair.split('=').next().unwrap_or_default()).to_ascii_lowercase();
    IDLE.iter().any(|idle| match idle.strip_suffix('*') {
        Some(family) => name.starts_with(family),
        None => name == *idle,
    })
}

/// RFC 3986 §6.2.2: escapes of unreserved characters undone, the others in upper case. A text with a malformed escape is
/// left alone, since undoing its neighbours could make another escape of it.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('%');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let byte = part
            .get(..2)
            .filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let Some((hex, byte)) = byte.and_then(|hex| Some((hex, u8::from_str_radix(hex, 16).ok()?))) else {
            return Cow::Borrowed(text);
        };
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push_str(&hex.to_ascii_uppercase());
        }
        out.push_str(part.get(2..).unwrap_or_default());
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(url: &str) -> String {
        canonical(SafeUrl::parse(url).unwrap()).to_string()
    }

    #[test]
    fn each_rule_holds() {
        for (url, wanted) in [
            (
                "HTTP://WWW.Bakery.TEST:80/A/./b/../c#team",
                "http://www.bakery.test/A/c",
            ),
            ("https://bakery.test.:443", "https://bakery.test/"),
            (
                "http://bäckerei.test/über",
                "http://xn--bckerei-5wa.test/%C3%BCber",
            ),
            ("http://a.test/%7euser/%e4%2f%41", "http://a.test/~user/%E4%2FA"),
            ("http://a.test/100%/%41", "http://a.test/100%/%41"),
            ("http://a.test/x;jsessionid=1F?id=7", "http://a.test/x?id=7"),
            ("http://a.test/x;v=1;jsessionid=2/y", "http://a.test/x;v=1/y"),
            ("http://a.test/(S(lit3py55))/p.aspx", "http://a.test/p.aspx"),
            ("http://a.test/?utm_source=x&utm_medium=y#top", "http://a.test/"),
            (
                "http://a.test/?b=2&PHPSESSID=x&a=1&fbclid=z",
                "http://a.test/?b=2&a=1",
            ),
            ("http://a.test/?%75tm_source=x&q=%41", "http://a.test/?q=A"),
            ("http://a.test/?", "http://a.test/"),
            ("http://a.test/?id=1&&", "http://a.test/?id=1"),
            ("http://a.test/index.html", "http://a.test/index.html"),
        ] {
            assert_eq!(of(url), wanted, "{url}");
        }
    }

    #[test]
    fn different_pages_stay_different() {
        for (one, other) in [
            ("http://a.test/x", "http://a.test/x/"),
            ("http://a.test/", "https://a.test/"),
            ("http://a.test/?a=1&b=2", "http://a.test/?b=2&a=1"),
            ("http://a.test/a%2Fb", "http://a.test/a/b"),
            ("http://a.test/X", "http://a.test/x"),
        ] {
            assert_ne!(of(one), of(other));
        }
    }

    proptest! {
        /// A canonical address is its own: the duplicate set rests on it.
        #[test]
        fn it_is_its_own_canonical_address(
            rest in "[/a-c.;?&=%#(S)0-9~-]{0,40}",
            host in "(www\\.)?[a-z]{1,5}\\.test\\.?",
        ) {
            if let Ok(url) = SafeUrl::parse(&format!("http://{host}/{rest}")) {
                let once = canonical(url);
                prop_assert_eq!(canonical(once.clone()), once.clone());
                prop_assert!(once.as_url().fragment().is_none());
                prop_assert_eq!(SafeUrl::parse(once.as_str()).unwrap(), once);
            }
        }

        /// Counting clicks makes no new page, wherever the parameter stands.
        #[test]
        fn clicks_make_no_new_page(
            pairs in proptest::collection::vec("[a-d]{1,3}=[a-z0-9]{0,4}", 0..4),
            place in 0_usize..5,
            name in proptest::sample::select(vec!["utm_source", "gclid", "FBCLID", "PHPSESSID"]),
        ) {
            let plain = format!("http://a.test/p?{}", pairs.join("&"));
            let mut with = pairs;
            with.insert(place.min(with.len()), format!("{name}=x"));
            prop_assert_eq!(of(&format!("http://a.test/p?{}", with.join("&"))), of(&plain));
        }
    }
}
