//! From an address to the profile it leads to.

use std::borrow::Cow;

use url::Url;

use super::hosts::{host_in, network_of};
use super::networks::{NETWORKS, has};
use super::path::{self, Parts};
use super::special;
use crate::record::{SafeUrl, Social, SourceId};

/// Longer addresses carry somebody's session, not a profile.
const MAX_LENGTH: usize = 1024;

/// The profile that `url` leads to: network, handle and canonical address.
///
/// Share buttons, posts, widgets, pages of the network itself and what templates leave in are no profiles: `None`. A
/// forgotten scheme is forgiven.
///
/// ```
/// use lead_core::social::profile_of;
/// let profile = profile_of("http://m.facebook.com/RossiBakery/?ref=ts").unwrap();
/// assert_eq!((profile.network.as_str(), profile.handle.as_str()), ("facebook", "rossibakery"));
/// assert_eq!(profile.url.as_str(), "https://www.facebook.com/rossibakery");
/// assert!(profile_of("https://www.facebook.com/sharer/sharer.php?u=https://bakery.test").is_none());
/// ```
pub fn profile_of(url: &str) -> Option<Social> {
    let url = url.trim();
    if url.len() > MAX_LENGTH {
        return None;
    }
    let (network, _) = network_of(host_in(url)?)?;
    let url = Url::parse(&with_scheme(url)).ok()?;
    let host = url.host_str()?;
    let (same, front) = network_of(host)?;
    if !std::ptr::eq(network, same) || shares(&url) {
        return None;
    }
    let segments = url.path_segments()?.filter(|segment| !segment.is_empty());
    let segments: Option<Vec<String>> = segments.map(unescaped).collect();
    let front = if matches!(front, "www" | "m" | "mobile") {
        ""
    } else {
        front
    };
    let parts = Parts {
        front: front.strip_prefix("www.").unwrap_or(front),
        segments: segments?,
    };
    let profile = path::read(network, &parts).or_else(|| special::read(network, &parts, &url))?;
    let address = SafeUrl::parse(&format!("https://{}", profile.address)).ok()?;
    Some(Social::new(
        SourceId::new(network.name).ok()?,
        profile.handle,
        address,
    ))
}

/// The profile that a network's name and a handle stand for; `value` may be its address as well.
///
/// ```
/// use lead_core::social::profile_named;
/// let profile = profile_named("tiktok", "@Rossi").unwrap();
/// assert_eq!(profile.url.as_str(), "https://www.tiktok.com/@rossi");
/// assert_eq!(profile_named("tiktok", "https://www.tiktok.com/@Rossi"), Some(profile));
/// ```
pub fn profile_named(network: &str, value: &str) -> Option<Social> {
    let value = value.trim();
    let known = NETWORKS.iter().find(|known| known.name == network)?;
    let address = || profile_of(value).filter(|profile| profile.network.as_str() == network);
    let bare = value.trim_start_matches('@');
    // `name@server`, as users of federated networks write their handle.
    let at_server = || {
        bare.split_once('@')
            .map(|(name, server)| format!("https://{server}/@{name}"))
    };
    let forms = [
        Some(format!("https://{}/{bare}", known.canonical)),
        Some(format!("https://{}/@{bare}", known.canonical)),
        known
            .paths
            .ends_with("profile/*")
            .then(|| format!("https://{}/profile/{bare}", known.canonical)),
        at_server(),
    ];
    let named = || {
        let mut forms = forms.into_iter().flatten();
        forms.find_map(|form| profile_of(&form).filter(|profile| profile.network.as_str() == network))
    };
    address().or_else(named)
}

fn unescaped(segment: &str) -> Option<String> {
    let decoded = percent_encoding::percent_decode_str(segment).decode_utf8().ok()?;
    Some(decoded.into_owned())
}

/// `//host/…` and `www.host/…` as people mean them.
fn with_scheme(url: &str) -> Cow<'_, str> {
    if let Some(rest) = url.strip_prefix("//") {
        Cow::Owned(format!("https://{rest}"))
    } else if url.contains("://") {
        Cow::Borrowed(url)
    } else {
        Cow::Owned(format!("https://{url}"))
    }
}

/// Whether the address hands another one over, as share buttons do: `?url=https://…`.
fn shares(url: &Url) -> bool {
    const FIELDS: &str = "u url link href status text body share_url media";
    let hands_over =
        |(name, value): (Cow<'_, str>, Cow<'_, str>)| has(FIELDS, &name) && value.contains("://");
    url.query().is_some_and(|query| query.contains('=')) && url.query_pairs().any(hands_over)
}
