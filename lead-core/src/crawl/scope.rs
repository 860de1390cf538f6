//! Which addresses belong to a crawl.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::{Deserialize, Serialize};

use super::contact_links::is_file;
use crate::record::SafeUrl;
use crate::{Error, Result};

/// Longer addresses are made by programs that lose their way, not by people.
const MAX_LENGTH: usize = 2_048;
/// A path in which one segment comes back so often leads in a circle (`/a/b/a/b/a/b/…`).
const MAX_REPEATS: usize = 3;

/// How far a crawl goes from where it begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Reach {
    /// The hosts of the seeds.
    Host,
    /// The sites of the seeds, by the Public Suffix List: `shop.example.co.uk` and `www.example.co.uk` are one.
    #[default]
    Site,
    /// Wherever links lead.
    Any,
}

impl FromStr for Reach {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        match text {
            "host" => Ok(Self::Host),
            "site" => Ok(Self::Site),
            "any" => Ok(Self::Any),
            _ => Err(Error::invalid("scope", "host, site or any")),
        }
    }
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Host => "host",
            Self::Site => "site",
            Self::Any => "any",
        })
    }
}

/// Which addresses belong to a crawl.
///
/// ```
/// # use lead_core::crawl::{Reach, Scope};
/// # use lead_core::record::SafeUrl;
/// let url = |text| SafeUrl::parse(text).unwrap();
/// let scope = Scope::new(Reach::Site).seed(&url("https://www.bakery.test/")).exclude("/blog/**")?;
/// assert!(scope.admits(&url("https://shop.bakery.test/contact")));
/// assert!(!scope.admits(&url("https://other.test/")));
/// assert!(!scope.admits(&url("https://www.bakery.test/blog/2026/x")));
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Scope {
    reach: Reach,
    /// Hosts, or sites.
    homes: BTreeSet<Box<str>>,
    include: Globs,
    exclude: Globs,
}

impl Scope {
    /// A scope without seeds.
    pub fn new(reach: Reach) -> Self {
        Self {
            reach,
            ..Self::default()
        }
    }

    /// Adds a seed: its host or site belongs to the crawl.
    pub fn seed(mut self, url: &SafeUrl) -> Self {
        let home = match self.reach {
            Reach::Host => url.host(),
            Reach::Site | Reach::Any => url.site(),
        };
        self.homes.insert(home.into());
        self
    }

    /// Only addresses whose path and query match one of the patterns: `*` within a segment, `**` over many, `?`, `[ab]`,
    /// `{a,b}`. A pattern with `://` is held against the whole address.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) for a pattern that cannot be read.
    pub fn include(mut self, pattern: &str) -> Result<Self> {
        self.include.add(pattern)?;
        Ok(self)
    }

    /// No addresses that match one of the patterns; see [`Scope::include`].
    ///
    /// # Errors
    /// As [`Scope::include`].
    pub fn exclude(mut self, pattern: &str) -> Result<Self> {
        self.exclude.add(pattern)?;
        Ok(self)
    }

    /// Whether `url` belongs to the crawl and may hold a page. Addresses of files of other kinds do not, nor those that
    /// programs without an end make.
    pub fn admits(&self, url: &SafeUrl) -> bool {
        self.is_home(url)
            && !is_file(url.as_url())
            && !is_trap(url)
            && (self.include.is_empty() || self.include.matches(url))
            && !self.exclude.matches(url)
    }

    /// Whether `url` is on a host or site of the crawl.
    pub fn is_home(&self, url: &SafeUrl) -> bool {
        match self.reach {
            Reach::Host => self.homes.contains(url.host()),
            Reach::Site => self.homes.contains(url.site()),
            Reach::Any => true,
        }
    }
}

/// Whether an address looks like one of endlessly many.
fn is_trap(url: &SafeUrl) -> bool {
    if url.as_str().len() > MAX_LENGTH {
        return true;
    }
    let path = url.as_url().path();
    if path.len() < 2 * MAX_REPEATS {
        return false;
    }
    let mut segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    if segments.len() <= MAX_REPEATS {
        return false;
    }
    segments.sort_unstable();
    segments
        .chunk_by(|one, other| one == other)
        .any(|same| same.len() > MAX_REPEATS)
}

/// Patterns, and the set they make.
#[derive(Clone, Debug, Default)]
struct Globs {
    /// Those that are held against path and query.
    paths: Vec<globset::Glob>,
    path_set: GlobSet,
    /// Those that are held against the whole address.
    wholes: Vec<globset::Glob>,
    whole_set: GlobSet,
}

impl Globs {
    fn add(&mut self, pattern: &str) -> Result<()> {
        let refuse =
            |cause: globset::Error| Error::invalid("scope", "a pattern cannot be read").because(cause);
        let glob = GlobBuilder::new(pattern)
            .literal_separator(true)
            .build()
            .map_err(refuse)?;
        let (globs, set) = if pattern.contains("://") {
            (&mut self.wholes, &mut self.whole_set)
        } else {
            (&mut self.paths, &mut self.path_set)
        };
        globs.push(glob);
        let mut builder = GlobSetBuilder::new();
        for glob in globs.iter() {
            builder.add(glob.clone());
        }
        *set = builder.build().map_err(refuse)?;
        Ok(())
    }

    fn is_empty(&self) -> bool {
        self.paths.is_empty() && self.wholes.is_empty()
    }

    fn matches(&self, url: &SafeUrl) -> bool {
        (!self.paths.is_empty() && self.path_set.is_match(url.path_and_query()))
            || (!self.wholes.is_empty() && self.whole_set.is_match(url.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> SafeUrl {
        SafeUrl::parse(text).unwrap()
    }

    #[test]
    fn a_host_a_site_and_anywhere() {
        let seed = url("https://www.bakery.co.uk/");
        let admits = |reach, other: &str| Scope::new(reach).seed(&seed).admits(&url(other));
        for (other, host, site) in [
            ("https://www.bakery.co.uk/a", true, true),
            ("http://www.bakery.co.uk:8080/a", true, true),
            ("https://shop.bakery.co.uk/", false, true),
            ("https://cafe.co.uk/", false, false),
        ] {
            assert_eq!(admits(Reach::Host, other), host, "{other}");
            assert_eq!(admits(Reach::Site, other), site, "{other}");
            assert!(admits(Reach::Any, other), "{other}");
        }
    }

    #[test]
    fn patterns_choose_paths_or_whole_addresses() {
        let scope = Scope::new(Reach::Any)
            .include("/{team,contact}/**")
            .and_then(|scope| scope.include("https://b.test/**"))
            .and_then(|scope| scope.exclude("**/*.php*"))
            .unwrap();
        for (text, admitted) in [
            ("http://a.test/team/x/y", true),
            ("http://a.test/other", false),
            ("https://b.test/other/z", true),
            ("http://a.test/team/x.php?a=1", false),
        ] {
            assert_eq!(scope.admits(&url(text)), admitted, "{text}");
        }
        assert!(Scope::new(Reach::Any).include("/[").is_err());
    }

    #[test]
    fn files_and_endless_addresses_are_left_alone() {
        let scope = Scope::new(Reach::Any);
        for text in [
            "http://a.test/flyer.pdf".to_owned(),
            format!("http://a.test/{}", "x".repeat(3000)),
            "http://a.test/a/b/a/b/a/b/a/b/".to_owned(),
        ] {
            assert!(!scope.admits(&url(&text)), "{text}");
        }
        assert!(scope.admits(&url("http://a.test/2026/11/11/11/news")));
    }
}
