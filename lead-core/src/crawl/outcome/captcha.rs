//! Pages only for those who prove to be human.

use super::View;
use super::phrases::Phrases;

/// What such pages say, folded.
static PHRASES: Phrases = Phrases::new(&[
    "are you a robot",
    "are you human",
    "you are human",
    "you're human",
    "you are not a robot",
    "you're not a robot",
    "i am human",
    "not a bot",
    "unusual traffic",
    "checking your browser",
    "checking if the site connection is secure",
    "just a moment",
    "security check to access",
    "complete the security check",
    "press & hold",
    "solve the captcha",
    "enter the characters you see",
    "ich bin kein roboter",
    "sind sie ein mensch",
    "dass sie ein mensch sind",
    "je ne suis pas un robot",
    "etes-vous un robot",
    "que vous etes humain",
    "no soy un robot",
    "eres un robot",
    "eres humano",
    "non sono un robot",
    "ik ben geen robot",
    "nao sou um robo",
    "nie jestem robotem",
    "я не робот",
    "ロボットではありません",
    "我不是机器人",
    "人机验证",
    "安全验证",
]);

/// Marks of services whose whole page is the question.
static CHALLENGES: Phrases = Phrases::new(&[
    "/cdn-cgi/challenge-platform/",
    "cf-chl-",
    "geo.captcha-delivery.com",
    "px-captcha",
    "_Incapsula_Resource",
    "awswaf.com/",
    "arkoselabs.com",
    "/sorry/index",
    "validate.perfdrive.com",
    "sgcaptcha",
]);

/// Marks of questions that also stand on forms of honest pages.
static WIDGETS: Phrases = Phrases::new(&[
    "g-recaptcha",
    "h-captcha",
    "hcaptcha.com",
    "cf-turnstile",
    "recaptcha/api",
    "captcha",
]);

/// A page with no more than this beside a question is the question.
const BARE: usize = 600;

pub(super) fn is(view: &View<'_>) -> bool {
    let asks = view.says_any(&PHRASES);
    (asks && (view.has_any(&WIDGETS) || view.has_any(&CHALLENGES) || view.text_len() <= BARE))
        || (view.text_len() <= BARE && view.has_any(&CHALLENGES))
}

#[cfg(test)]
mod tests {
    use super::super::Outcome;
    use super::super::tests::outcome;

    #[test]
    fn questions_are_not_pages() {
        for html in [
            "<title>Just a moment...</title><p>Checking your browser before accessing bakery.example",
            "<p>One more step</p><script src='/cdn-cgi/challenge-platform/h/b/orchestrate/jsch/v1'></script>",
            "<h1>Our systems have detected unusual traffic from your computer network.</h1><div class='g-recaptcha'></div>",
            "<h1>Êtes-vous un robot ?</h1>",
            "<title>安全验证</title><div id='captcha'></div>",
        ] {
            assert_eq!(outcome(200, html), Outcome::Captcha, "{html}");
        }
    }

    #[test]
    fn a_contact_form_with_a_question_is_a_page() {
        let form = "<h1>Contact</h1><p>Bakery, 12 Main Street. Call +49 30 23125 123, we bake from five.</p>\
            <form>Your message<textarea></textarea><div class='g-recaptcha'></div></form>";
        assert_eq!(outcome(200, form), Outcome::Page);
    }
}
