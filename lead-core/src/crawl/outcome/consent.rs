//! Pages only for those who agree to be followed.

use super::View;
use super::phrases::Phrases;

/// What such pages say of data, folded …
static PHRASES: Phrases = Phrases::new(&[
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
]);

/// … and what they offer.
static OFFERS: Phrases = Phrases::new(&[
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
]);

/// Such pages say little else …
const BARE: usize = 2_500;
/// … and lead nowhere: a page behind a banner has its own links.
const LINKS: usize = 12;

pub(super) fn is(view: &View<'_>) -> bool {
    view.text_len() <= BARE && view.document.links().len() <= LINKS && is_most_of_it(view)
}

/// Whether it asks, at the beginning of its text, and offers a choice behind that: a banner stands at the end of a page, or
/// has a page after it.
fn is_most_of_it(view: &View<'_>) -> bool {
    let says = view.says();
    let third = says.len() / 3;
    let asks = PHRASES.all_in(says).min().is_some_and(|first| first <= third);
    asks && OFFERS.all_in(says).max().is_some_and(|last| last >= third)
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
