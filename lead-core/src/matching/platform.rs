//! Sites that many businesses share: no company's own.

use crate::record::{SafeUrl, own_site};

/// What directories, marketplaces, review sites, registers and social networks are called before their top-level domain; many
/// have one for each country.
const LABELS: &[&str] = &[
    // networks
    "facebook",
    "fb",
    "instagram",
    "linkedin",
    "twitter",
    "x",
    "youtube",
    "tiktok",
    "pinterest",
    "xing",
    "vk",
    "threads",
    "snapchat",
    "linktr",
    "whatsapp",
    "telegram",
    "viadeo",
    "weibo",
    "line",
    // directories
    "yelp",
    "yell",
    "yellowpages",
    "whitepages",
    "superpages",
    "gelbeseiten",
    "dasoertliche",
    "dastelefonbuch",
    "11880",
    "goyellow",
    "meinestadt",
    "golocal",
    "cylex",
    "branchenbuch",
    "herold",
    "local",
    "search",
    "pagesjaunes",
    "paginegialle",
    "paginebianche",
    "paginasamarillas",
    "panoramafirm",
    "pkt",
    "goldenpages",
    "thomsonlocal",
    "192",
    "scoot",
    "freeindex",
    "hotfrog",
    "brownbook",
    "tupalo",
    "infobel",
    "europages",
    "kompass",
    "wlw",
    "thomasnet",
    "manta",
    "bbb",
    "mapquest",
    "foursquare",
    "waze",
    "chamberofcommerce",
    "ekiten",
    "itp",
    "tabelog",
    "xo",
    "vrisko",
    "detelefoongids",
    "telefoonboek",
    "firmy",
    "zlatestranky",
    "eniro",
    "hitta",
    "krak",
    "proff",
    "gulesider",
    "fonecta",
    "1881",
    "2gis",
    "zoon",
    "dianping",
    "justdial",
    "indiamart",
    "firmenabc",
    "moneyhouse",
    "houzz",
    // travel, food, health, trades
    "tripadvisor",
    "booking",
    "expedia",
    "hotels",
    "agoda",
    "airbnb",
    "hrs",
    "trivago",
    "opentable",
    "thefork",
    "lafourchette",
    "quandoo",
    "lieferando",
    "takeaway",
    "justeat",
    "ubereats",
    "deliveroo",
    "doordash",
    "grubhub",
    "wolt",
    "glovoapp",
    "zomato",
    "doctolib",
    "jameda",
    "sanego",
    "docplanner",
    "znanylekarz",
    "doctoralia",
    "miodottore",
    "healthgrades",
    "zocdoc",
    "treatwell",
    "booksy",
    "fresha",
    "myhammer",
    "checkatrade",
    "trustatrader",
    "angi",
    "homeadvisor",
    "thumbtack",
    // markets
    "amazon",
    "ebay",
    "etsy",
    "alibaba",
    "aliexpress",
    "allegro",
    "leboncoin",
    "kleinanzeigen",
    "subito",
    "gumtree",
    "craigslist",
    "immobilienscout24",
    "immowelt",
    "rightmove",
    "zoopla",
    "seloger",
    "idealista",
    "autoscout24",
    "mobile",
    // registers, ratings, work
    "northdata",
    "firmenwissen",
    "handelsregister",
    "unternehmensregister",
    "societe",
    "pappers",
    "infogreffe",
    "verif",
    "opencorporates",
    "dnb",
    "creditsafe",
    "companycheck",
    "endole",
    "einforma",
    "axesor",
    "registroimprese",
    "rejestr",
    "crunchbase",
    "zoominfo",
    "owler",
    "bloomberg",
    "trustpilot",
    "provenexpert",
    "ekomi",
    "trustedshops",
    "glassdoor",
    "kununu",
    "indeed",
    "stepstone",
    "monster",
    // reference, maps, search
    "wikipedia",
    "wikidata",
    "wikimedia",
    "openstreetmap",
    "google",
    "goo",
    "apple",
    "bing",
    "yahoo",
    "duckduckgo",
    "baidu",
    "yandex",
    "reddit",
    "quora",
    "medium",
    "bit",
    "youtu",
    "t",
    "wa",
];

/// Whole names of registers of states, whose labels say nothing.
const SITES: &[&str] = &["gov.uk", "gov.pl", "gouv.fr", "bund.de", "europa.eu"];

/// The site of `url`, unless it is known for many businesses sharing it.
pub(super) fn own(url: &SafeUrl) -> Option<String> {
    let site = own_site(url)?;
    let label = site.split('.').next().unwrap_or_default();
    (!LABELS.contains(&label) && !is_register(&site)).then_some(site)
}

/// Whether a site is that of a state's register.
fn is_register(site: &str) -> bool {
    SITES.iter().any(|state| {
        let rest = site.strip_suffix(state);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn platforms_of_any_country_are_nobodys_own() {
        let own = |url: &str| own(&SafeUrl::parse(url).unwrap());
        for shared in [
            "https://www.facebook.com/muster",
            "https://www.yelp.fr/biz/x",
            "https://fr.trustpilot.com/review/x",
            "https://find-and-update.company-information.service.gov.uk/company/1",
        ] {
            assert_eq!(own(shared), None, "{shared}");
        }
        assert_eq!(
            own("https://shop.muster.example/x").as_deref(),
            Some("muster.example")
        );
    }
}
