//! The ways pages carry an e-mail address, and hide it from harvesters.

use super::writer::Writer;
use crate::business::Email;
use crate::rng::Rng;

/// How a site writes its addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EmailForm {
    Mailto,
    Text,
    /// `info (at) host (dot) test`
    AtDot,
    Entities,
    MailtoEntities,
    Cloudflare,
    DataAttributes,
}

impl EmailForm {
    pub(super) fn generate(rng: &mut Rng) -> Self {
        match rng.below(20) {
            0..=7 => Self::Mailto,
            8..=12 => Self::Text,
            13 | 14 => Self::AtDot,
            15 => Self::Entities,
            16 => Self::MailtoEntities,
            17 | 18 => Self::Cloudflare,
            _ => Self::DataAttributes,
        }
    }
}

impl Writer<'_> {
    /// An address in the form the site prefers.
    pub(crate) fn email(&mut self, owner: Option<usize>, email: &Email) {
        let address = email.address.as_str();
        match self.site.email_form {
            EmailForm::Mailto => {
                self.state_email(owner, address, "mailto", address);
                let subject = if self.site.seed.is_multiple_of(3) {
                    "?subject=Web"
                } else {
                    ""
                };
                self.raw(&format!("<a href=\"mailto:{address}{subject}\">{address}</a>"));
            }
            EmailForm::Text => self.email_text(owner, email, "text"),
            EmailForm::AtDot => {
                let hidden = self.at_dot(address);
                self.state_email(owner, address, "at-dot", &hidden);
                self.text(&hidden);
            }
            EmailForm::Entities => {
                self.state_email(owner, address, "entities", address);
                let hidden = entities(address);
                self.raw(&hidden);
            }
            EmailForm::MailtoEntities => {
                self.state_email(owner, address, "mailto-entities", address);
                let hidden = entities(address);
                self.raw(&format!(
                    "<a href=\"{}{hidden}\">{hidden}</a>",
                    entities("mailto:")
                ));
            }
            EmailForm::Cloudflare => {
                let key = (self.site.seed % 255 + 1) as u8;
                let hidden = cloudflare(address, key);
                self.state_email(owner, address, "cloudflare", &hidden);
                self.raw(&format!(
                    "<a href=\"/cdn-cgi/l/email-protection#{hidden}\" class=\"__cf_email__\" data-cfemail=\"{hidden}\">[email&#160;protected]</a>"
                ));
            }
            EmailForm::DataAttributes => {
                let (user, domain) = address.split_once('@').unwrap_or((address, ""));
                self.state_email(owner, address, "data-attributes", address);
                self.raw(&format!(
                    "<span class=\"mail\" data-user=\"{user}\" data-domain=\"{domain}\"></span>"
                ));
            }
        }
    }

    /// An address as text, for templates that put their own elements around it.
    pub(crate) fn email_text(&mut self, owner: Option<usize>, email: &Email, form: &'static str) {
        self.state_email(owner, &email.address, form, &email.address);
        self.text(&email.address);
    }

    fn at_dot(&self, address: &str) -> String {
        let words = self.words();
        let (at, dot) = match self.site.seed % 5 {
            0 => (" (at) ".to_owned(), " (dot) ".to_owned()),
            1 => (" [at] ".to_owned(), ".".to_owned()),
            2 => ("(at)".to_owned(), "(dot)".to_owned()),
            3 => (format!(" [{}] ", words.at), format!(" [{}] ", words.dot)),
            _ => (" AT ".to_owned(), " DOT ".to_owned()),
        };
        let (user, domain) = address.split_once('@').unwrap_or((address, ""));
        // Only the dots of the host are hidden, as people do.
        format!("{user}{at}{}", domain.replace('.', &dot))
    }
}

/// Every character a numeric reference, decimal and hexadecimal in turn.
fn entities(text: &str) -> String {
    text.chars()
        .enumerate()
        .map(|(index, c)| {
            let code = u32::from(c);
            if index % 2 == 0 {
                format!("&#{code};")
            } else {
                format!("&#x{code:x};")
            }
        })
        .collect()
}

/// Cloudflare's e-mail protection: a key byte, then each byte XORed with it, in hex.
pub(crate) fn cloudflare(address: &str, key: u8) -> String {
    std::iter::once(key)
        .chain(address.bytes().map(|byte| byte ^ key))
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
