//! What a result of a search engine is.

use serde::Serialize;

use super::WebSearchOptions;
use super::rotation::Rotation;
use crate::record::{Findings, Found, Listing, NaturalKey, SafeUrl};
use crate::seam::{Batch, Reject};
use crate::social;

/// What a result of a search engine is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ResultKind {
    /// A site of its own, so far as its name tells: worth a visit.
    Site,
    /// A profile of a business on a social network.
    Profile,
    /// A page of a social network that is no profile of a business: a person's, a post.
    Social,
    /// A directory or portal, which lists businesses of others.
    Directory,
    /// A page for everybody: an encyclopaedia, a newspaper, a shop for all things.
    General,
}

/// Names of directories and portals, without the ending, which differs by country. Those that come first in the results of the
/// saved pages for trades and towns, and the national yellow pages.
const DIRECTORIES: &str = "\
    11880 angi angieslist autoscout24 bbb booking checkatrade chamberofcommerce citysearch companieshouse \
    crunchbase cylex dasoertliche dastelefonbuch doctolib doctoralia dnb europages expedia findglocal \
    firmenwissen foursquare freeindex gelbeseiten glassdoor gofundme goldenpages golocal goyellow grubhub \
    healthgrades herold homeadvisor hotels hotfrog houzz immobilienscout24 indeed infobel jameda justdial \
    kompass lieferando local manta mapquest mappy meinestadt mycity northdata opencorporates opentable \
    paginasamarillas paginegialle pagesjaunes panoramafirm pkt proff provenexpert resy societe stepstone \
    superpages thefork thomsonlocal threebestrated thumbtack topdoctors treatwell tripadvisor trivago \
    trustpilot ubereats vcita werkenntdenbesten whitepages yably yell yelp yellowpages zocdoc zomato zoominfo";

/// Names of pages for everybody.
const GENERAL: &str = "\
    aliexpress amazon bing britannica cnn craigslist duckduckgo ebay etsy forbes google medium microsoft msn \
    nytimes quora reddit stackexchange stackoverflow statista theguardian wikihow wikimedia wikipedia \
    wiktionary yahoo yandex";

/// Hosts of social networks, for pages on them that are no profiles.
const NETWORKS: &str = "\
    facebook instagram linkedin pinterest telegram threads tiktok tumblr twitter vimeo vk xing youtube";

/// What a result is, by its address alone.
///
/// ```
/// use lead_core::record::SafeUrl;
/// use lead_core::source::web_search::{ResultKind, kind_of};
/// let kind = |url| SafeUrl::parse(url).map(|url| kind_of(&url));
/// assert_eq!(kind("https://www.yelp.fr/biz/rossi")?, ResultKind::Directory);
/// assert_eq!(kind("https://www.facebook.com/rossibakery")?, ResultKind::Profile);
/// assert_eq!(kind("https://www.linkedin.com/in/somebody")?, ResultKind::Social);
/// assert_eq!(kind("https://rossi.example/")?, ResultKind::Site);
/// # Ok::<(), lead_core::Error>(())
/// ```
pub fn kind_of(url: &SafeUrl) -> ResultKind {
    let name = url.site().split('.').next().unwrap_or_default();
    if is_person(url) {
        return ResultKind::Social;
    }
    let among = |names: &str| names.split_ascii_whitespace().any(|known| known == name);
    match () {
        () if among(DIRECTORIES) => ResultKind::Directory,
        () if social::profile_of(url.as_str()).is_some() => ResultKind::Profile,
        () if among(NETWORKS) || matches!(url.site(), "x.com" | "t.me") => ResultKind::Social,
        () if among(GENERAL) => ResultKind::General,
        () => ResultKind::Site,
    }
}

/// Pages of networks that are always a person's.
fn is_person(url: &SafeUrl) -> bool {
    let path = url.path_and_query();
    match url.site() {
        "linkedin.com" => path.starts_with("/in/") || path.starts_with("/pub/"),
        "xing.com" => path.starts_with("/profile/"),
        "facebook.com" => path.starts_with("/people/"),
        _ => false,
    }
}

/// Puts a result where it belongs: a site or a profile is a listing, the rest is left aside and counted. What an engine or
/// another gave before is passed over.
pub(super) fn sort_in(
    listing: &Listing,
    options: &WebSearchOptions,
    rotation: &mut Rotation,
    batch: &mut Batch,
) {
    let Some(site) = listing.findings.websites.first() else {
        return;
    };
    let url = &site.url;
    let listed = options.directories.contains(url.host());
    let kind = if listed {
        ResultKind::Directory
    } else {
        kind_of(url)
    };
    let mut findings = Findings::default();
    let key = match kind {
        ResultKind::Site => {
            findings.websites.push(site.clone());
            format!("site:{}", url.host().trim_start_matches("www."))
        }
        ResultKind::Profile => {
            let Some(profile) = social::profile_of(url.as_str()) else {
                return;
            };
            let key = profile.url.as_str().to_owned();
            let trace = site.evidence().first().cloned();
            let Some(trace) = trace else { return };
            findings.socials.push(Found::new(profile, site.confidence, trace));
            let titles = listing
                .findings
                .attributes
                .iter()
                .filter(|one| one.name.as_str() == "x:title");
            findings.attributes.extend(titles.cloned());
            key
        }
        ResultKind::Social | ResultKind::Directory | ResultKind::General => {
            let word = match kind {
                ResultKind::Social => "pages of social networks",
                ResultKind::Directory => "pages of directories",
                _ => "pages for everybody",
            };
            if rotation.is_new(url.as_str()) {
                *batch.aside.entry(word.to_owned()).or_default() += 1;
            }
            return;
        }
    };
    if !rotation.is_new(&key) {
        return;
    }
    match NaturalKey::new(&key) {
        Ok(key) => batch
            .listings
            .push(Listing::new(key, Some(url.clone()), findings)),
        Err(cause) => batch.rejects.push(Reject {
            entry: key,
            reason: cause.message().to_owned(),
        }),
    }
}
