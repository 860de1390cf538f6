//! Pages only for those who agree to be followed.

use super::View;

/// What such pages say of data, folded …
const PHRASES: &[&str] = &[
    "before you continue",
    "we value your privacy",
    "we care about your privacy",
    "your privacy choices",
    "cookies and data",
    "to continue, please accept",
    "accept cookies to continue",
    "consent to the use",
    "personalised advertising",
    "personalized advertising",
    "bevor sie fortfahren",
    "mit werbung weiterlesen",
    "ihre privatsphare",
    "wir und unsere partner",
    "zustimmung zu",
    "avant de continuer",
    "nous respectons votre vie privee",
    "continuer sans accepter",
    "antes de continuar",
    "valoramos tu privacidad",
    "prima di continuare",
    "la tua privacy",
    "voordat je verdergaat",
    "wij waarderen uw privacy",
    "antes de continuar",
    "zanim przejdziesz",
];

/// … and what they offer.
const OFFERS: &[&str] = &[
    "accept",
    "agree",
    "reject",
    "akzeptieren",
    "zustimmen",
    "einwilligen",
    "accepter",
    "aceptar",
    "accetta",
    "accepteren",
    "akkoord",
    "aceitar",
    "zaakceptuj",
    "zgadzam",
];

/// Such pages say little else …
const BARE: usize = 2_500;
/// … and lead nowhere: a page behind a banner has its own links.
const LINKS: usize = 12;

pub(super) fn is(view: &View<'_>) -> bool {
    view.text_len() <= BARE
        && view.document.links().len() <= LINKS
        && view.says_any(PHRASES)
        && view.says_any(OFFERS)
        && is_most_of_it(view)
}

/// Whether the text begins with it: a banner stands at the end of a page, or has a page after it.
fn is_most_of_it(view: &View<'_>) -> bool {
    let says = view.says();
    let first = PHRASES.iter().filter_map(|phrase| says.find(phrase)).min();
    let offer = OFFERS.iter().filter_map(|offer| says.rfind(offer)).max();
    matches!((first, offer), (Some(first), Some(offer)) if first <= says.len() / 3 && offer >= says.len() / 3)
}

#[cfg(test)]
mod tests {
    use super::super::Outcome;
    use super::super::tests::outcome;

    #[test]
    fn a_question_for_consent_in_place_of_a_page_is_a_wall() {
        for html in [
            "<title>Before you continue</title><p>We use cookies and data to deliver and maintain our services.<button>Reject all</button><button>Accept all</button>",
            "<h1>Mit Werbung weiterlesen</h1><p>Wir und unsere Partner verarbeiten Daten.<a href='/abo'>Abo</a><button>Akzeptieren</button>",
        ] {
            assert_eq!(outcome(200, html), Outcome::ConsentWall, "{html}");
        }
    }

    #[test]
    fn a_banner_on_a_page_is_none() {
        let page = format!(
            "{}<div>We value your privacy. <button>Accept</button></div>",
            "<p>Bread and rolls, cake on Sundays. <a href='/a'>More</a>".repeat(5)
        );
        assert_eq!(outcome(200, &page), Outcome::Page);
    }
}
