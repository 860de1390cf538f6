//! Pages that refuse programs, in words.

use super::View;
use super::phrases::Phrases;

/// What such pages say, folded. Each speaks of whoever asks.
static PHRASES: Phrases = Phrases::new(&[
    "you have been blocked",
    "you are unable to access",
    "your access has been blocked",
    "your access to this site has been limited",
    "your ip has been blocked",
    "your ip address has been blocked",
    "your ip address has been",
    "access to this page has been denied",
    "you don't have permission to access",
    "you do not have permission to access",
    "access denied",
    "request blocked",
    "the request could not be satisfied",
    "pardon our interruption",
    "attention required! | cloudflare",
    "sorry, you have been blocked",
    "incapsula incident id",
    "automated access",
    "automated requests",
    "requests from your network",
    "this request was blocked",
    "not available in your country",
    "not available in your region",
    "unavailable for legal reasons",
    "web page blocked",
    "zugriff verweigert",
    "zugriff wurde verweigert",
    "ihre ip-adresse wurde",
    "acces refuse",
    "votre adresse ip a ete",
    "acceso denegado",
    "accesso negato",
    "toegang geweigerd",
    "acesso negado",
    "dostep zabroniony",
    "доступ запрещен",
    "доступ ограничен",
    "アクセスが拒否",
    "访问被拒绝",
    "您的访问",
]);

/// Such pages say little else.
const BARE: usize = 1_500;

pub(super) fn is(view: &View<'_>) -> bool {
    view.text_len() <= BARE && view.says_any(&PHRASES)
}

#[cfg(test)]
mod tests {
    use super::super::Outcome;
    use super::super::tests::outcome;

    #[test]
    fn refusals_with_a_friendly_status_are_refusals() {
        for html in [
            "<title>Access Denied</title><p>You don't have permission to access this page. Reference #18.5c",
            "<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>",
            "<h1>Zugriff verweigert</h1>",
            "<p>Доступ запрещён… Доступ запрещен",
        ] {
            assert_eq!(outcome(200, html), Outcome::SoftBlock, "{html}");
        }
    }

    #[test]
    fn roads_that_are_blocked_are_not() {
        assert_eq!(
            outcome(
                200,
                "<p>The access road is blocked until Friday: use the back entrance."
            ),
            Outcome::Page
        );
    }
}
