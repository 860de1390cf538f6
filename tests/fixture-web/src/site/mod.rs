//! A site: one host, its style and its pages. Everything is derived from the seed; no page is kept.

mod card;
mod charset;
mod decoy;
mod email_form;
mod pages;
mod phone_form;
mod plan;
mod render;
mod robots;
mod templates;
mod writer;

#[cfg(test)]
mod tests;

pub use charset::Declared;
pub(crate) use pages::PageKind;
pub use render::Page;
pub use robots::Robots;
pub use writer::{Decoy, Statement};

use self::charset::Charset;
use self::email_form::EmailForm;
use self::phone_form::PhoneForm;
use self::plan::Plan;
use crate::business::NumberStyle;
use crate::country::Country;

/// How the host answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteState {
    /// As it should.
    Live,
    /// 410 for every page.
    Gone,
    /// A domain seller's page with the seller's contacts.
    Parked,
}

impl SiteState {
    /// The word truth uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Gone => "gone",
            Self::Parked => "parked",
        }
    }
}

/// One site.
#[derive(Debug)]
pub struct Site {
    /// Where pages are served; other names of the site redirect here.
    pub(crate) host: String,
    /// Without `www.`.
    pub(crate) domain: String,
    /// A name it had before and that now redirects.
    pub(crate) former_host: Option<String>,
    pub(crate) members: Vec<usize>,
    pub(crate) is_chain: bool,
    pub(crate) seed: u64,
    pub(crate) country: &'static Country,
    pub(crate) state: SiteState,
    pub(crate) robots: Robots,
    pub(crate) charset: Charset,
    pub(crate) template: usize,
    pub(crate) plan: Plan,
    pub(crate) phone_form: PhoneForm,
    pub(crate) email_form: EmailForm,
    pub(crate) style: NumberStyle,
    /// What page addresses end in: `.html`, `/`, `.php` or nothing.
    pub(crate) suffix: &'static str,
}

impl Site {
    /// The host pages are served from.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// How it answers.
    pub fn state(&self) -> SiteState {
        self.state
    }

    /// What its robots.txt says.
    pub fn robots(&self) -> Robots {
        self.robots
    }

    /// The name of its HTML style.
    pub fn template(&self) -> &'static str {
        templates::by_index(self.template).name()
    }

    /// The encoding of its pages (WHATWG name).
    pub fn encoding(&self) -> &'static str {
        self.charset.encoding.name()
    }

    /// Where the encoding is declared.
    pub fn declared(&self) -> Declared {
        self.charset.declared
    }

    pub(crate) fn domain(&self) -> &str {
        &self.domain
    }
}
