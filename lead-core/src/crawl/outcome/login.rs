//! Pages only for those who log in.

use super::View;
use super::phrases::Phrases;

/// What such pages say, folded.
static PHRASES: Phrases = Phrases::new(&[
    "log in",
    "login",
    "log-in",
    "sign in",
    "signin",
    "password",
    "anmelden",
    "einloggen",
    "anmeldung",
    "passwort",
    "connexion",
    "se connecter",
    "identifiez-vous",
    "mot de passe",
    "iniciar sesion",
    "inicia sesion",
    "contrasena",
    "accedi",
    "inloggen",
    "wachtwoord",
    "entrar",
    "iniciar sessao",
    "senha",
    "zaloguj",
    "haslo",
    "войти",
    "вход",
    "пароль",
    "ログイン",
    "登录",
    "로그인",
]);

/// Where such pages lie.
const PATHS: &[&str] = &[
    "login",
    "signin",
    "sign-in",
    "log-in",
    "anmelden",
    "connexion",
    "wp-login",
    "/sso",
    "/auth",
];

/// Such pages say little else: with more, the form is a corner of a page.
const BARE: usize = 800;

pub(super) fn is(view: &View<'_>) -> bool {
    let path = view.path.to_ascii_lowercase();
    let lies_there = PATHS.iter().any(|part| path.contains(part));
    view.asks_for_password() && view.says_any(&PHRASES) && (view.text_len() <= BARE || lies_there)
}

#[cfg(test)]
mod tests {
    use super::super::Outcome;
    use super::super::tests::outcome;

    #[test]
    fn a_form_for_a_password_and_little_else_is_a_wall() {
        for html in [
            "<h1>Sign in to continue</h1><form><input name=u><input type=PASSWORD name=p></form>",
            "<title>Anmelden</title><form><input type=password></form>",
            "<p>ログインしてください<input type='password'>",
        ] {
            assert_eq!(outcome(200, html), Outcome::LoginWall, "{html}");
        }
    }

    #[test]
    fn a_page_with_a_corner_to_log_in_is_a_page() {
        let page = format!(
            "<form>Log in <input type=password></form>{}",
            "<p>Fresh bread, every morning from five.".repeat(30)
        );
        assert_eq!(outcome(200, &page), Outcome::Page);
        assert_eq!(
            outcome(200, "<p>Members log in at our gym's reception."),
            Outcome::Page
        );
    }
}
