//! Empty pages that a script fills in a browser.

use super::View;
use super::phrases::Phrases;
use crate::page::{AttrName, Tag};

/// A page with more text than this has something to read without a browser.
const BARE: usize = 200;

/// Elements that scripts fill, by their ids.
const ROOTS: &[&str] = &[
    "root",
    "app",
    "__next",
    "__nuxt",
    "___gatsby",
    "app-root",
    "react-root",
    "svelte",
    "q-app",
    "main-app",
    "ember-app",
];

/// What such pages say to those without scripts, folded.
static PHRASES: Phrases = Phrases::new(&[
    "enable javascript",
    "javascript is required",
    "javascript to run this app",
    "requires javascript",
    "turn on javascript",
    "javascript is disabled",
    "javascript aktivieren",
    "aktivieren sie javascript",
    "activer javascript",
    "activez javascript",
    "active javascript",
    "habilite javascript",
    "attiva javascript",
    "abilita javascript",
    "schakel javascript",
    "включите javascript",
    "javascriptを有効",
]);

pub(super) fn is(view: &View<'_>) -> bool {
    let scripted = view.document.scripts().len() > 0;
    scripted
        && (view.text_len() <= BARE && has_root(view)
            || view.text_len() <= 2 * BARE && view.says_any(&PHRASES))
}

fn has_root(view: &View<'_>) -> bool {
    view.document.elements().any(|element| {
        let is_root = element.attr(AttrName::Id).is_some_and(|id| ROOTS.contains(&&*id));
        (element.tag() == Tag::Div && is_root || element.name().eq_ignore_ascii_case("app-root"))
            && element.text().len() <= BARE / 4
    })
}

#[cfg(test)]
mod tests {
    use super::super::Outcome;
    use super::super::tests::outcome;

    #[test]
    fn a_root_that_a_script_fills_is_a_shell() {
        for html in [
            "<title>Bakery</title><div id=root></div><script src=/static/js/main.js></script>",
            "<div id=app>Loading…</div><script type=module src=/assets/index.js></script>",
            "<app-root></app-root><script src=main.js></script>",
            "<noscript>You need to enable JavaScript to run this app.</noscript><div></div><script src=a.js></script>",
        ] {
            assert_eq!(outcome(200, html), Outcome::Shell, "{html}");
        }
    }

    #[test]
    fn rendered_and_simple_pages_are_not() {
        for html in [
            "<div id=root><h1>Bakery Rossi</h1><p>Fresh bread from five, at 12 Main Street. Call +1 202 555 0143.</div><script src=a.js></script>",
            "<p>Under construction</p>",
            "<p>Closed</p><script>track()</script>",
        ] {
            assert_eq!(outcome(200, html), Outcome::Page, "{html}");
        }
    }
}
