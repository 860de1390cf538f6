//! The networks: their hosts, and the paths that are their own.
//!
//! Rules were read off the networks' own pages in 2026. Share buttons, posts, pages of the network itself and search
//! results are no profiles: [`profile_of`] gives `None` for them.

use url::Url;

use super::handles::{self, Profile};
use crate::record::{SafeUrl, Social, SourceId};

/// A network.
struct Network {
    name: &'static str,
    /// Its hosts; also with a name in front (`www.`, `m.`, a language).
    hosts: &'static [&'static str],
    /// The host and path before a profile's own path.
    canonical: &'static str,
    read: fn(&[&str], &Url) -> Option<Profile>,
    /// First path segments that are the network's own.
    own: &'static [&'static str],
}

const NETWORKS: &[Network] = &[
    Network {
        name: "facebook",
        hosts: &["facebook.com", "fb.com", "fb.me"],
        canonical: "www.facebook.com",
        read: handles::facebook,
        own: &[
            "sharer",
            "sharer.php",
            "share",
            "share.php",
            "dialog",
            "plugins",
            "tr",
            "login",
            "login.php",
            "help",
            "policies",
            "policy.php",
            "privacy",
            "legal",
            "terms.php",
            "events",
            "hashtag",
            "watch",
            "photo",
            "photo.php",
            "photos",
            "video.php",
            "videos",
            "story.php",
            "permalink.php",
            "l.php",
            "home.php",
            "search",
            "marketplace",
            "ads",
            "business",
            "about",
            "settings",
            "notes",
            "media",
            "connect",
            "reel",
            "reels",
            "gaming",
            "badges",
            "feeds",
            "ajax",
            "messages",
            "campaign",
            "like.php",
            "widgets",
            "profile",
            "home",
        ],
    },
    Network {
        name: "instagram",
        hosts: &["instagram.com", "instagr.am"],
        canonical: "www.instagram.com",
        read: handles::first,
        own: &[
            "p",
            "reel",
            "reels",
            "tv",
            "explore",
            "stories",
            "accounts",
            "about",
            "developer",
            "legal",
            "direct",
            "share",
            "web",
            "privacy",
        ],
    },
    Network {
        name: "linkedin",
        hosts: &["linkedin.com"],
        canonical: "www.linkedin.com",
        read: handles::linkedin,
        own: &[],
    },
    Network {
        name: "x",
        hosts: &["twitter.com", "x.com"],
        canonical: "x.com",
        read: handles::first,
        own: &[
            "intent", "share", "home", "search", "hashtag", "i", "login", "signup", "about", "tos",
            "privacy", "settings", "explore", "statuses", "widgets", "goodies", "account", "messages",
            "download", "jobs", "compose", "oauth",
        ],
    },
    Network {
        name: "youtube",
        hosts: &["youtube.com"],
        canonical: "www.youtube.com",
        read: handles::youtube,
        own: &[
            "watch",
            "embed",
            "playlist",
            "results",
            "shorts",
            "feed",
            "live",
            "t",
            "about",
            "v",
            "redirect",
            "hashtag",
            "gaming",
            "premium",
            "iframe_api",
            "player_api",
            "yt",
            "howyoutubeworks",
            "intl",
            "account",
            "attribution_link",
            "static",
            "api",
            "ads",
            "post",
        ],
    },
    Network {
        name: "tiktok",
        hosts: &["tiktok.com"],
        canonical: "www.tiktok.com",
        read: handles::at,
        own: &[],
    },
    Network {
        name: "pinterest",
        hosts: &[
            "pinterest.com",
            "pinterest.de",
            "pinterest.fr",
            "pinterest.co.uk",
            "pinterest.es",
            "pinterest.it",
            "pinterest.at",
            "pinterest.ca",
            "pinterest.ch",
            "pinterest.com.au",
        ],
        canonical: "www.pinterest.com",
        read: handles::first,
        own: &[
            "pin",
            "search",
            "ideas",
            "explore",
            "about",
            "_",
            "categories",
            "today",
            "business",
            "settings",
            "login",
            "js",
            "widgets",
        ],
    },
    Network {
        name: "github",
        hosts: &["github.com"],
        canonical: "github.com",
        read: handles::first,
        own: &[
            "features",
            "pricing",
            "about",
            "login",
            "join",
            "explore",
            "topics",
            "marketplace",
            "sponsors",
            "settings",
            "orgs",
            "search",
            "contact",
            "security",
            "site",
            "customer-stories",
            "readme",
            "enterprise",
            "apps",
            "collections",
            "trending",
            "events",
        ],
    },
    Network {
        name: "telegram",
        hosts: &["t.me", "telegram.me", "telegram.dog"],
        canonical: "t.me",
        read: handles::first,
        own: &[
            "share",
            "joinchat",
            "addstickers",
            "proxy",
            "socks",
            "iv",
            "c",
            "s",
        ],
    },
    Network {
        name: "xing",
        hosts: &["xing.com"],
        canonical: "www.xing.com",
        read: handles::xing,
        own: &[],
    },
    Network {
        name: "vk",
        hosts: &["vk.com", "vkontakte.ru"],
        canonical: "vk.com",
        read: handles::first,
        own: &[
            "share.php",
            "away.php",
            "widget_community.php",
            "feed",
            "login",
            "about",
            "wall",
            "search",
            "video",
            "album",
            "js",
        ],
    },
    Network {
        name: "threads",
        hosts: &["threads.net", "threads.com"],
        canonical: "www.threads.net",
        read: handles::at,
        own: &[],
    },
    Network {
        name: "snapchat",
        hosts: &["snapchat.com"],
        canonical: "www.snapchat.com",
        read: handles::snapchat,
        own: &[],
    },
    Network {
        name: "whatsapp",
        hosts: &["whatsapp.com"],
        canonical: "www.whatsapp.com",
        read: handles::whatsapp,
        own: &[],
    },
];

/// Names in front of a network's host that are not profiles' hosts.
const OWN_HOSTS: &[&str] = &[
    "developers",
    "help",
    "support",
    "business",
    "api",
    "about",
    "blog",
    "gist",
    "docs",
    "status",
    "careers",
    "dev",
    "platform",
    "connect",
    "press",
    "policies",
    "graph",
    "raw",
    "pages",
    "education",
];

/// The profile that `url` leads to: network, handle and canonical address.
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
    if url.len() > 1024 {
        return None;
    }
    let parsed = match url.strip_prefix("//") {
        Some(rest) => Url::parse(&format!("https://{rest}")).ok()?,
        None => Url::parse(url).ok()?,
    };
    let host = parsed.host_str()?;
    let network = NETWORKS
        .iter()
        .find(|network| network.hosts.iter().any(|known| is_host(host, known)))?;
    let segments: Vec<&str> = parsed
        .path_segments()?
        .filter(|segment| !segment.is_empty())
        .collect();
    let first = segments.first()?.to_ascii_lowercase();
    if network.own.contains(&first.as_str()) {
        return None;
    }
    let profile = (network.read)(&segments, &parsed)?;
    let address = SafeUrl::parse(&format!("https://{}/{}", network.canonical, profile.path)).ok()?;
    Some(Social::new(
        SourceId::new(network.name).ok()?,
        profile.handle,
        address,
    ))
}

/// Whether an address may be one of a network at all: a cheap look before parsing.
pub(super) fn is_promising(href: &str) -> bool {
    let Some((_, rest)) = href.split_once("//") else {
        return false;
    };
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let ends = |known: &&str| {
        host.len()
            .checked_sub(known.len())
            .and_then(|start| host.get(start..))
            .is_some_and(|tail| tail.eq_ignore_ascii_case(known))
    };
    NETWORKS.iter().any(|network| network.hosts.iter().any(ends))
}

/// `facebook.com`, `www.facebook.com`, `de-de.facebook.com`; not `myfacebook.com`.
fn is_host(host: &str, known: &str) -> bool {
    match host.strip_suffix(known) {
        Some("") => true,
        Some(sub) => sub.strip_suffix('.').is_some_and(|sub| !OWN_HOSTS.contains(&sub)),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Option<(String, String, String)> {
        let found = profile_of(url);
        assert!(found.is_none() || is_promising(url), "{url}");
        found.map(|found| (found.network.to_string(), found.handle, found.url.to_string()))
    }

    #[test]
    fn profiles_have_one_form() {
        for (url, network, handle) in [
            (
                "https://www.facebook.com/pages/Rossi/123456789",
                "facebook",
                "123456789",
            ),
            (
                "https://www.facebook.com/Rossi-Bakery-123456789012",
                "facebook",
                "123456789012",
            ),
            (
                "https://facebook.com/profile.php?id=100012345",
                "facebook",
                "100012345",
            ),
            (
                "https://de-de.facebook.com/Rossi.Bakery/",
                "facebook",
                "rossi.bakery",
            ),
            (
                "https://www.instagram.com/Rossi_Bakery/?hl=de",
                "instagram",
                "rossi_bakery",
            ),
            (
                "https://uk.linkedin.com/company/rossi-bakery/about",
                "linkedin",
                "company/rossi-bakery",
            ),
            ("http://twitter.com/@rossi", "x", "rossi"),
            ("https://x.com/Rossi?lang=en", "x", "rossi"),
            (
                "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
                "youtube",
                "UCabcdefghijklmnopqrstuv",
            ),
            ("https://youtube.com/@Rossi", "youtube", "rossi"),
            ("https://www.tiktok.com/@rossi?lang=en", "tiktok", "rossi"),
            ("https://www.pinterest.de/rossi/", "pinterest", "rossi"),
            ("https://github.com/rossi/oven", "github", "rossi"),
            ("https://t.me/rossi", "telegram", "rossi"),
            ("https://www.xing.com/pages/rossigmbh", "xing", "pages/rossigmbh"),
            ("https://vk.com/rossi", "vk", "rossi"),
            ("//www.facebook.com/rossi", "facebook", "rossi"),
        ] {
            let found = read(url).unwrap_or_else(|| panic!("{url}"));
            assert_eq!((found.0.as_str(), found.1.as_str()), (network, handle), "{url}");
            assert_eq!(
                read(&found.2).unwrap(),
                found,
                "the canonical address reads as itself"
            );
        }
    }

    #[test]
    fn buttons_posts_and_the_network_itself_are_no_profiles() {
        for url in [
            "https://www.facebook.com/sharer.php?u=x",
            "https://www.facebook.com/",
            "https://www.facebook.com/plugins/like.php?href=x",
            "https://www.facebook.com/rossi/posts/123",
            "https://twitter.com/intent/tweet?text=x",
            "https://twitter.com/rossi/status/1234",
            "https://twitter.com/share",
            "https://www.linkedin.com/shareArticle?mini=true",
            "https://www.instagram.com/p/Abc123/",
            "https://www.youtube.com/watch?v=abc",
            "https://pinterest.com/pin/create/button/",
            "https://wa.me/?text=x",
            "https://myfacebook.com/rossi",
            "https://developers.facebook.com/docs",
            "mailto:a@facebook.com",
            "/rossi",
        ] {
            assert_eq!(read(url), None, "{url}");
        }
    }
}
