//! Domains nobody uses: their pages offer the name, and the contacts there are a broker's.

use super::View;
use super::phrases::Phrases;
use crate::page::Document;

/// A page that shows no more than this beside the code of a parking service is one of its pages.
const BARE: usize = 1_500;

/// What parked pages say, folded to lower case without accents. Each phrase speaks of the domain itself, since shops and
/// estate agents too have things for sale.
static PHRASES: Phrases = Phrases::new(&[
    // English
    "domain is for sale",
    "domain may be for sale",
    "domain name is for sale",
    "domain name may be for sale",
    "domain for sale",
    "domain is available for purchase",
    "buy this domain",
    "purchase this domain",
    "inquire about this domain",
    "make an offer on this domain",
    "interested in this domain",
    "domain is parked",
    "domain has been parked",
    "parked domain",
    "domain parking",
    "parked free, courtesy of",
    "domain has expired",
    "domain name has expired",
    "domain is pending renewal",
    // German
    "domain steht zum verkauf",
    "domain ist zu verkaufen",
    "domain zu verkaufen",
    "domain zum verkauf",
    "diese domain kaufen",
    "domain ist geparkt",
    // French
    "domaine est a vendre",
    "domaine a vendre",
    "acheter ce domaine",
    "ce nom de domaine est en vente",
    // Spanish
    "dominio esta en venta",
    "dominio esta a la venta",
    "dominio en venta",
    "comprar este dominio",
    // Italian
    "dominio e in vendita",
    "dominio in vendita",
    "acquista questo dominio",
    // Dutch
    "domein is te koop",
    "domein te koop",
    "domeinnaam is te koop",
    "domeinnaam te koop",
    // Portuguese
    "dominio esta a venda",
    "dominio a venda",
    "comprar este dominio",
    // Polish
    "domena jest na sprzeda",
    "domena na sprzeda",
    "domena wystawiona na sprzeda",
    "kup tę domenę",
    // Swedish, Danish, Norwegian, Finnish
    "domanen ar till salu",
    "domænet er til salg",
    "domenet er til salgs",
    "verkkotunnus on myynnissa",
    // Czech, Slovak, Hungarian, Romanian, Turkish
    "domena je na prodej",
    "domena na prodej",
    "domena je na predaj",
    "domain elado",
    "domeniu de vanzare",
    "alan adı satılık",
    // Russian, Ukrainian
    "домен продается",
    "домен продаётся",
    "домен продається",
    // Japanese, Chinese, Korean
    "ドメインは販売",
    "このドメインは売",
    "域名出售",
    "域名正在出售",
    "域名可以转让",
    "域名可转让",
    "도메인 판매",
]);

/// Words that, behind the site's own name, offer it: `bakery.example is for sale`.
const OFFERS: &[&str] = &[
    "is for sale",
    "may be for sale",
    "steht zum verkauf",
    "ist zu verkaufen",
    "est a vendre",
    "esta en venta",
    "e in vendita",
    "is te koop",
    "esta a venda",
    "jest na sprzeda",
    "ar till salu",
    "er til salg",
    "is parked",
    "has expired",
];

/// Services that show pages on names nobody uses.
static SERVICES: Phrases = Phrases::new(&[
    "sedoparking.com",
    "sedo.com",
    "parkingcrew.net",
    "parklogic.com",
    "bodis.com",
    "dan.com",
    "afternic.com",
    "hugedomains.com",
    "undeveloped.com",
    "above.com",
    "domainmarket.com",
    "parking-lander",
    "cashparking",
]);

/// Whether the page stands on a domain nobody uses: a short page that offers the name of the site itself, or the bare page of
/// a parking service.
pub(in crate::crawl) fn is(view: &View<'_>) -> bool {
    view.is_short()
        && (view.says_any(&PHRASES)
            || offers(view.says(), view.site)
            || view.text_len() <= BARE && is_of_service(view.document))
}

/// Whether the site's own name is offered.
fn offers(says: &str, site: &str) -> bool {
    says.match_indices(site).any(|(at, name)| {
        let rest = says.get(at + name.len()..).unwrap_or_default();
        OFFERS.iter().any(|offer| rest.trim_start().starts_with(offer))
    })
}

/// Whether links or scripts lead to a parking service.
fn is_of_service(page: &Document) -> bool {
    page.links().any(|link| names_service(&link.href()))
        || page.scripts().any(|(_, script)| names_service(script))
}

/// Whether a service stands in `text` as a host's name, not as the end of a longer one: `dan.com` is not in `jordan.com`.
fn names_service(text: &str) -> bool {
    SERVICES.all_in(text).any(|at| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || c == '-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::ParseOptions;

    fn parked(html: &str) -> bool {
        let page = Document::parse(html.as_bytes(), &ParseOptions::new()).unwrap();
        is(&View::new(&page, "baeckerei-muster.example", "/"))
    }

    #[test]
    fn pages_that_offer_their_name_are_parked() {
        for html in [
            "<title>baeckerei-muster.example</title><h1>baeckerei-muster.example is for sale</h1><p>Ask our broker: +1 202 555 0143",
            "<h1>Baeckerei-Muster.example</h1><p>This domain may be for sale. sales@broker.example",
            "<title>Diese Domain steht zum Verkauf</title>",
            "<p>Ce nom de domaine est à vendre.",
            "<p>Este dominio está en venta",
            "<p>Ta domena jest na sprzedaż",
            "<p>该域名正在出售",
            "<p>Related searches</p><a href='https://www.sedoparking.com/search?x=1'>Bread</a>",
            "<p>Loading</p><script>location='https://dan.com/buy-domain/x'</script>",
        ] {
            assert!(parked(html), "{html}");
        }
    }

    #[test]
    fn pages_of_businesses_are_not() {
        let long = format!(
            "<h1>Domain names</h1><p>Buy this domain!</p>{}",
            "<p>We sell and value names.</p>".repeat(200)
        );
        for html in [
            "<h1>Bäckerei Muster</h1><p>Our old oven is for sale. Call +49 30 23125 123",
            "<h1>House for sale</h1><p>This house is for sale; the public domain is no park.",
            "<p>Our customers</p><a href='https://www.jordan.com/'>Jordan</a>",
            "<p>Welcome to baeckerei-muster.example. Is for sale what you see? Ask us.",
            &long,
        ] {
            assert!(!parked(html), "{html}");
        }
    }
}
