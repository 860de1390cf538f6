//! A content security policy without `unsafe`.

use std::collections::BTreeMap;

use super::CspSource;

macro_rules! directives {
    ($($(#[$doc:meta])+ $name:ident = $text:literal,)+) => {
        /// What a policy speaks of (CSP Level 3 §6).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Directive {
            $($(#[$doc])+ $name,)+
        }

        impl Directive {
            /// Its name in the header.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

directives! {
    /// Whatever has no directive of its own.
    Default = "default-src",
    /// Scripts.
    Script = "script-src",
    /// Style sheets.
    Style = "style-src",
    /// Pictures.
    Image = "img-src",
    /// Fonts.
    Font = "font-src",
    /// What scripts may talk to.
    Connect = "connect-src",
    /// Sound and film.
    Media = "media-src",
    /// Plug-ins.
    Object = "object-src",
    /// Frames within the page.
    Frame = "frame-src",
    /// Workers.
    Worker = "worker-src",
    /// The manifest of an installed page.
    Manifest = "manifest-src",
    /// What `<base>` may say.
    Base = "base-uri",
    /// Where forms may be sent.
    Form = "form-action",
    /// Who may frame the page.
    Ancestors = "frame-ancestors",
}

/// A content security policy. It cannot say `unsafe-inline` or `unsafe-eval`: there is no [`CspSource`] for them.
///
/// ```
/// use lead_core::service::{Csp, CspSource, Directive};
///
/// let policy = Csp::api().allow(Directive::Image, CspSource::own());
/// assert_eq!(
///     policy.text(""),
///     "default-src 'none'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Csp(BTreeMap<Directive, Vec<CspSource>>);

impl Csp {
    /// For answers that are no pages: nothing may be loaded, framed or sent.
    pub fn api() -> Self {
        let none = [
            Directive::Default,
            Directive::Base,
            Directive::Form,
            Directive::Ancestors,
        ];
        Self(none.map(|directive| (directive, Vec::new())).into())
    }

    /// For pages: scripts and styles with the nonce of the answer and what those scripts load, the rest from the same origin; no
    /// plug-ins, no frames around it.
    pub fn pages() -> Self {
        let own = [
            Directive::Image,
            Directive::Font,
            Directive::Connect,
            Directive::Form,
        ];
        let policy = Self::api()
            .allow(Directive::Script, CspSource::nonce())
            .allow(Directive::Script, CspSource::strict_dynamic())
            .allow(Directive::Style, CspSource::nonce())
            .allow(Directive::Style, CspSource::own());
        own.into_iter().fold(policy, |policy, directive| {
            policy.allow(directive, CspSource::own())
        })
    }

    /// Lets one more source in. What a directive does not name stays out.
    pub fn allow(mut self, directive: Directive, source: CspSource) -> Self {
        let sources = self.0.entry(directive).or_default();
        if !sources.contains(&source) {
            sources.push(source);
        }
        self
    }

    /// Whether each answer needs a nonce.
    pub(super) fn wants_nonce(&self) -> bool {
        self.0.values().flatten().any(CspSource::is_nonce)
    }

    /// The header's value, with the nonce of an answer.
    pub fn text(&self, nonce: &str) -> String {
        let mut text = String::new();
        for (directive, sources) in &self.0 {
            if !text.is_empty() {
                text.push_str("; ");
            }
            text.push_str(directive.name());
            if sources.is_empty() {
                text.push_str(" 'none'");
            }
            for source in sources {
                text.push(' ');
                // Writing to a string does not fail.
                let _ = source.write(nonce, &mut text);
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_run_scripts_of_the_nonce_alone() {
        let text = Csp::pages().text("abc");
        assert!(
            text.contains("script-src 'nonce-abc' 'strict-dynamic';"),
            "{text}"
        );
        assert!(!text.contains("unsafe"));
        assert!(Csp::pages().wants_nonce() && !Csp::api().wants_nonce());
    }

    /// The hash is that of `openssl dgst -sha256 -binary | base64`.
    #[test]
    fn an_inline_script_is_known_by_its_hash() {
        let policy = Csp::api().allow(Directive::Script, CspSource::hash_of("alert('Hello, world.');"));
        assert!(
            policy
                .text("")
                .contains("script-src 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='")
        );
    }

    #[test]
    fn an_origin_is_an_origin_and_no_more() {
        assert!(CspSource::origin("https://cdn.example").is_ok());
        for bad in [
            "http://cdn.example",
            "https://cdn.example/a;script-src *",
            "https://cdn.example; x",
            "https://a;script-src",
            "https://a,b.example",
            "https://a'b.example",
            "https://user@cdn.example",
            "'unsafe-inline'",
            "*",
            "data:",
            "https://a.example https://b.example",
        ] {
            assert!(CspSource::origin(bad).is_err(), "{bad}");
        }
    }
}
