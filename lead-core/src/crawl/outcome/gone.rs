//! Pages that say, with a friendly status, that there is no such page.

use super::View;
use super::phrases::Phrases;

/// What their titles say, folded.
static TITLES: Phrases = Phrases::new(&[
    "404",
    "page not found",
    "not found",
    "page introuvable",
    "seite nicht gefunden",
    "nicht gefunden",
    "pagina no encontrada",
    "pagina non trovata",
    "pagina niet gevonden",
    "pagina nao encontrada",
    "nie znaleziono",
    "страница не найдена",
    "ページが見つかりません",
    "页面不存在",
    "账号不存在",
]);

/// What they say themselves, folded.
static PHRASES: Phrases = Phrases::new(&[
    "page not found",
    "page you requested",
    "page you are looking for",
    "page you were looking for",
    "page cannot be found",
    "page could not be found",
    "page does not exist",
    "page doesn't exist",
    "no longer exists",
    "error 404",
    "404 error",
    "404 not found",
    "seite wurde nicht gefunden",
    "seite nicht gefunden",
    "seite existiert nicht",
    "page introuvable",
    "page demandee n'existe",
    "pagina no encontrada",
    "pagina solicitada",
    "pagina non trovata",
    "pagina niet gevonden",
    "pagina nao encontrada",
    "strona nie istnieje",
    "страница не найдена",
    "ページが見つかりません",
    "お探しのページ",
    "页面不存在",
]);

/// What says so beside such a title alone.
static BESIDE_A_TITLE: Phrases = Phrases::new(&["404", "not found", "nicht gefunden"]);

/// Such pages say little else.
const BARE: usize = 1_200;

pub(super) fn is(view: &View<'_>) -> bool {
    view.text_len() <= BARE
        && (view.is_titled(&TITLES) && says_so(view)
            || view.text_len() <= BARE / 2 && view.says_any(&PHRASES))
}

/// The number alone may be a house's or a car's.
fn says_so(view: &View<'_>) -> bool {
    view.says_any(&PHRASES) || view.says_any(&BESIDE_A_TITLE)
}

#[cfg(test)]
mod tests {
    use super::super::Outcome;
    use super::super::tests::outcome;

    #[test]
    fn soft_404s_are_gone() {
        for html in [
            "<title>404 - Page not found</title><h1>Oops!</h1><p>The page you are looking for is not here.",
            "<title>Seite nicht gefunden</title><p>Diese Seite existiert nicht mehr.",
            "<h1>ページが見つかりません</h1>",
        ] {
            assert_eq!(outcome(200, html), Outcome::Gone, "{html}");
        }
    }

    #[test]
    fn pages_of_businesses_are_not() {
        for html in [
            "<title>Lost and found</title><p>What was not found yet is at the desk.",
            "<h1>Route 404 Diner</h1><p>Call +1 202 555 0143",
        ] {
            assert_eq!(outcome(200, html), Outcome::Page, "{html}");
        }
    }
}
