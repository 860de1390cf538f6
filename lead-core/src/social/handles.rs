//! How each network writes the path of a profile.

use url::Url;

/// A handle, and the path of its canonical address.
pub(super) struct Profile {
    pub(super) handle: String,
    pub(super) path: String,
}

impl Profile {
    fn same(handle: String) -> Self {
        Self {
            path: handle.clone(),
            handle,
        }
    }
}

/// Letters, digits and the few signs handles may have, percent escapes resolved.
fn exact(segment: &str) -> Option<String> {
    let decoded = percent_encoding::percent_decode_str(segment).decode_utf8().ok()?;
    let plain = decoded.trim().trim_start_matches('@');
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
    let file = [".php", ".html", ".htm", ".js", ".aspx"]
        .iter()
        .any(|end| plain.ends_with(end));
    let fits = (1..=100).contains(&plain.chars().count()) && plain.chars().all(allowed);
    (fits && !file).then(|| plain.to_owned())
}

/// A handle whose case does not count.
fn lower(segment: &str) -> Option<String> {
    exact(segment).map(|handle| handle.to_lowercase())
}

/// A number of at least `digits` digits.
fn number(segment: &str, digits: usize) -> Option<Profile> {
    let is_number = segment.len() >= digits && segment.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Profile::same(segment.to_owned()))
}

/// `kind/handle`, the kind being part of the handle: a person and a company may have the same name.
fn of_kind(kind: &str, segment: Option<&&str>) -> Option<Profile> {
    let handle = lower(segment?)?;
    Some(Profile::same(format!("{kind}/{handle}")))
}

/// `network/handle`; what follows must not make it a post.
pub(super) fn first(segments: &[&str], _: &Url) -> Option<Profile> {
    const POSTS: &[&str] = &["status", "statuses", "p", "posts", "photos"];
    let handle = lower(segments.first()?)?;
    let post = segments.get(1).is_some_and(|second| POSTS.contains(second));
    (!post).then(|| Profile::same(handle))
}

/// `network/@handle`.
pub(super) fn at(segments: &[&str], _: &Url) -> Option<Profile> {
    let handle = lower(segments.first()?.strip_prefix('@')?)?;
    let post = segments
        .get(1)
        .is_some_and(|second| matches!(*second, "video" | "photo" | "post"));
    (!post).then(|| Profile {
        path: format!("@{handle}"),
        handle,
    })
}

/// `handle`, `pages/Name/123`, `people/Name/123`, `groups/name`, `profile.php?id=123`, `p/Name-123`, `Name-123`.
pub(super) fn facebook(segments: &[&str], url: &Url) -> Option<Profile> {
    let last_number = |segment: &&str| number(segment.rsplit('-').next()?, 5);
    match *segments.first()? {
        "profile.php" => {
            let (_, id) = url.query_pairs().find(|(name, _)| name == "id")?;
            number(&id, 5)
        }
        "pages" if segments.get(1) == Some(&"category") => last_number(segments.last()?),
        "pages" | "people" => number(segments.get(2)?, 5),
        "p" => last_number(segments.get(1)?),
        "groups" => of_kind("groups", segments.get(1)),
        "pg" => first(segments.get(1..)?, url),
        name => {
            let parts = ["posts", "photos", "videos", "events", "reviews"];
            if segments.len() > 2 && segments.get(1).is_some_and(|second| parts.contains(second)) {
                return None;
            }
            let handle = lower(name)?;
            // `Name-of-the-page-123456789`: the number is the page's id.
            let id = handle.rsplit_once('-').and_then(|(_, id)| number(id, 9));
            Some(id.unwrap_or_else(|| Profile::same(handle)))
        }
    }
}

/// `company/name`, `in/name`, `school/name`, `showcase/name`.
pub(super) fn linkedin(segments: &[&str], _: &Url) -> Option<Profile> {
    let kind = match segments.first()?.to_ascii_lowercase().as_str() {
        "company" | "companies" => "company",
        "in" => "in",
        "school" | "edu" => "school",
        "showcase" => "showcase",
        _ => return None,
    };
    of_kind(kind, segments.get(1))
}

/// `@handle`, `channel/UC…` (whose case counts), `c/name`, `user/name`, `name`.
pub(super) fn youtube(segments: &[&str], _: &Url) -> Option<Profile> {
    match *segments.first()? {
        "channel" => {
            let id = exact(segments.get(1)?).filter(|id| id.starts_with("UC") && id.len() == 24)?;
            Some(Profile {
                path: format!("channel/{id}"),
                handle: id,
            })
        }
        kind @ ("c" | "user") => {
            let handle = lower(segments.get(1)?)?;
            Some(Profile {
                path: format!("{kind}/{handle}"),
                handle,
            })
        }
        name if name.starts_with('@') => {
            let handle = lower(name)?;
            Some(Profile {
                path: format!("@{handle}"),
                handle,
            })
        }
        name => lower(name).map(Profile::same),
    }
}

/// `profile/Name`, `pages/name`, `companies/name`, `company/name`.
pub(super) fn xing(segments: &[&str], _: &Url) -> Option<Profile> {
    match segments.first()?.to_ascii_lowercase().as_str() {
        "profile" => of_kind("profile", segments.get(1)),
        "pages" | "companies" | "company" => of_kind("pages", segments.get(1)),
        _ => None,
    }
}

/// `add/name`.
pub(super) fn snapchat(segments: &[&str], _: &Url) -> Option<Profile> {
    if *segments.first()? != "add" {
        return None;
    }
    let handle = lower(segments.get(1)?)?;
    Some(Profile {
        path: format!("add/{handle}"),
        handle,
    })
}

/// `channel/…`; numbers are telephones, not profiles.
pub(super) fn whatsapp(segments: &[&str], _: &Url) -> Option<Profile> {
    if *segments.first()? != "channel" {
        return None;
    }
    let id = exact(segments.get(1)?)?;
    Some(Profile {
        path: format!("channel/{id}"),
        handle: id,
    })
}
