//! The networks whose profiles no simple form describes.

use url::Url;

use super::networks::{Network, is_own};
use super::path::{Parts, Profile, lower, number};

/// The profile of one of these networks; `None` also for every other network.
pub(super) fn read(network: &Network, parts: &Parts<'_>, url: &Url) -> Option<Profile> {
    match network.name {
        "facebook" => facebook(network, parts, url),
        "mastodon" => mastodon(parts, url),
        "tripadvisor" => tripadvisor(network, parts),
        _ => None,
    }
}

fn at(network: &Network, handle: String) -> Profile {
    Profile {
        address: format!("{}/{handle}", network.canonical),
        handle,
    }
}

/// `handle`, `pages/Name/123`, `people/Name/123`, `groups/name`, `profile.php?id=123`, `p/Name-123`, `Name-123`.
fn facebook(network: &Network, parts: &Parts<'_>, url: &Url) -> Option<Profile> {
    let segments: Vec<&str> = parts.segments.iter().map(String::as_str).collect();
    let last_number = |segment: &str| number(segment.rsplit('-').next()?, 5).map(str::to_owned);
    let handle = match segments.as_slice() {
        ["profile.php", ..] => {
            let (_, id) = url.query_pairs().find(|(name, _)| name == "id")?;
            number(&id, 5)?.to_owned()
        }
        ["pages", "category", .., last] => last_number(last)?,
        ["pages" | "people", _, id, ..] => number(id, 5)?.to_owned(),
        ["p", name, ..] => last_number(name)?,
        ["groups", name, ..] => format!("groups/{}", lower(name)?),
        // A button, or a part of the page with something behind it: a post.
        ["pages" | "people" | "p" | "groups"]
        | [_, "dialog" | "plugins" | "sharer", ..]
        | [
            _,
            "posts" | "photos" | "videos" | "events" | "reviews" | "reels",
            _,
            ..,
        ]
        | [] => return None,
        ["pg", name, ..] | [name, ..] => named(network, name)?,
    };
    Some(at(network, handle))
}

/// `Name`, or `Name-of-the-page-123456789`: the number is the page's id.
fn named(network: &Network, name: &str) -> Option<String> {
    let handle = lower(name.trim_start_matches('@'))?;
    if is_own(network, &handle) {
        return None;
    }
    let id = handle.rsplit_once('-').and_then(|(_, id)| number(id, 9));
    Some(id.map_or(handle.clone(), str::to_owned))
}

/// `@name` on any server; the server is part of the handle, as its users write it.
fn mastodon(parts: &Parts<'_>, url: &Url) -> Option<Profile> {
    let host = url.host_str()?.trim_start_matches("www.");
    let [first, rest @ ..] = parts.segments.as_slice() else {
        return None;
    };
    let name = lower(first.strip_prefix('@')?)?;
    // A number behind it is a post.
    let post = rest.first().is_some_and(|next| number(next, 3).is_some());
    (!post).then(|| Profile {
        address: format!("{host}/@{name}"),
        handle: format!("{name}@{host}"),
    })
}

/// `Restaurant_Review-g187147-d123456-Reviews-Name.html`: the number behind `d` is the place.
fn tripadvisor(network: &Network, parts: &Parts<'_>) -> Option<Profile> {
    let page = parts.segments.first()?;
    let (kind, rest) = page.split_once("-g")?;
    let kind = kind.strip_suffix("_Review")?;
    if !matches!(kind, "Restaurant" | "Hotel" | "Attraction") {
        return None;
    }
    let mut pieces = rest.split('-');
    let area = number(pieces.next()?, 1)?;
    let place = number(pieces.next()?.strip_prefix('d')?, 3)?;
    Some(Profile {
        handle: format!("d{place}"),
        address: format!("{}/{kind}_Review-g{area}-d{place}", network.canonical),
    })
}
