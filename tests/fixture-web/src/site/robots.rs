//! robots.txt (RFC 9309) and sitemap.xml (sitemaps.org 0.9) of ordinary sites.

use super::Site;
use crate::links::Links;
use crate::rng::Rng;
use crate::text::escape;
use crate::world::World;

/// What a site's robots.txt says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Robots {
    /// Everything may be fetched.
    Allow,
    /// All but `/private/`.
    DisallowPrivate,
    /// All but `/private/`, with a delay of one second.
    CrawlDelay,
    /// There is none (404): everything may be fetched.
    Missing,
    /// 500: RFC 9309 section 2.3.1.4 says to keep off.
    ServerError,
    /// Nothing may be fetched.
    DisallowAll,
}

impl Robots {
    pub(super) fn generate(rng: &mut Rng) -> Self {
        match rng.below(100) {
            0..=39 => Self::DisallowPrivate,
            40..=79 => Self::Allow,
            80..=94 => Self::Missing,
            95 | 96 => Self::CrawlDelay,
            97 => Self::ServerError,
            _ => Self::DisallowAll,
        }
    }

    /// The word truth uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::DisallowPrivate => "disallow-private",
            Self::CrawlDelay => "crawl-delay",
            Self::Missing => "missing",
            Self::ServerError => "server-error",
            Self::DisallowAll => "disallow-all",
        }
    }

    /// Whether the public pages may be fetched.
    pub fn lets_in(self) -> bool {
        !matches!(self, Self::ServerError | Self::DisallowAll)
    }

    /// Whether `/private/` is off limits (the page is there to catch those who look).
    pub fn hides_private(self) -> bool {
        !matches!(self, Self::Allow | Self::Missing)
    }

    /// Status and body.
    pub(crate) fn answer(self, site: &Site, links: Links) -> (u16, String) {
        let map = links.url(&site.host, "/sitemap.xml");
        match self {
            Self::Allow => (200, format!("User-agent: *\nDisallow:\n\nSitemap: {map}\n")),
            Self::DisallowPrivate => (
                200,
                format!("# house rules\nUser-agent: *\nDisallow: /private/\nSitemap: {map}\n"),
            ),
            Self::CrawlDelay => (
                200,
                format!("user-agent: *\ncrawl-delay: 1\ndisallow: /private/\n\nsitemap: {map}\n"),
            ),
            Self::Missing => (404, "not found\n".to_owned()),
            Self::ServerError => (500, "internal error\n".to_owned()),
            Self::DisallowAll => (200, "User-agent: *\nDisallow: /\n".to_owned()),
        }
    }
}

impl Site {
    /// The sitemap: all public pages, the old one too (that is how it is still found).
    pub(crate) fn sitemap(&self, world: &World, links: Links) -> String {
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
        );
        for kind in self.page_kinds() {
            if kind.is_public() {
                let url = links.url(&self.host, &self.path(world, kind));
                xml.push_str(&format!("<url><loc>{}</loc></url>\n", escape(&url)));
            }
        }
        xml.push_str("</urlset>\n");
        xml
    }
}
