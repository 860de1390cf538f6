//! What came of asking for a page. What is no page of the site is told apart from a page on which nothing stands.
//!
//! A detector is a file here: words it knows, a rule, pages that are and pages that are not. All of them look at short
//! pages only: what has much to say is a page, whatever else it says.

mod captcha;
mod consent;
mod gone;
mod login;
pub(super) mod parked;
mod phrases;
mod shell;
mod soft_block;
mod view;

use std::fmt;

use http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) use view::View;

use crate::page::Document;
use crate::{Error, ErrorKind};

macro_rules! outcomes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal,)+) => {
        /// What came of asking for a page.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[non_exhaustive]
        pub enum Outcome {
            $($(#[doc = $doc])+ #[serde(rename = $code)] $name,)+
        }

        impl Outcome {
            /// Every outcome.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The name in JSON and in figures.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }
        }
    };
}

outcomes! {
    /// A page was read.
    Page = "page",
    /// A list of addresses was read: a sitemap or a feed.
    List = "list",
    /// It leads to another address, which is fetched in its turn.
    Redirect = "redirect",
    /// It leads to an address outside the crawl.
    RedirectOut = "redirect_out",
    /// It leads back to where the redirects began, or there were too many.
    RedirectLoop = "redirect_loop",
    /// There is no such page: 404, 410, or a page that says so.
    Gone = "gone",
    /// Only for those who log in.
    LoginWall = "login_wall",
    /// Only for those who prove to be human.
    Captcha = "captcha",
    /// Only for those who agree to be followed.
    ConsentWall = "consent_wall",
    /// The site refuses programs like this one, in words.
    SoftBlock = "soft_block",
    /// The site refused: 401, 403, 407, 451 and others of the kind.
    Refused = "refused",
    /// Nobody uses the domain: what stands there is its broker's.
    Parked = "parked",
    /// An empty shell that a script fills in a browser.
    Shell = "shell",
    /// robots.txt forbids it.
    RobotsDenied = "robots_denied",
    /// Asked to slow down until there were no tries left: 429.
    RateLimited = "rate_limited",
    /// The server failed: 5xx.
    ServerError = "server_error",
    /// The guard refused the address.
    Guarded = "guarded",
    /// Nobody answered, or the answer broke off.
    Unreachable = "unreachable",
    /// It took too long.
    Timeout = "timeout",
    /// It is no text that can be read: a picture, an archive, damaged.
    NotAPage = "not_a_page",
    /// More bytes than allowed.
    TooLarge = "too_large",
    /// A fault of this library: please report it.
    Fault = "fault",
}

/// Whether a page is of its kind.
type Detector = fn(&View<'_>) -> bool;

impl Outcome {
    /// Whether something was read.
    pub fn is_read(self) -> bool {
        matches!(self, Self::Page | Self::List)
    }

    /// Whether it was kept away from rather than broken: robots.txt, the guard or the site said no.
    pub fn is_kept_away(self) -> bool {
        matches!(
            self,
            Self::RobotsDenied
                | Self::Guarded
                | Self::Refused
                | Self::LoginWall
                | Self::Captcha
                | Self::ConsentWall
                | Self::SoftBlock
        )
    }

    /// Whether it failed, and another time may be better.
    pub fn is_failure(self) -> bool {
        matches!(
            self,
            Self::RateLimited
                | Self::ServerError
                | Self::Unreachable
                | Self::Timeout
                | Self::TooLarge
                | Self::RedirectLoop
                | Self::Fault
        )
    }

    /// What an error of fetching or reading comes to.
    pub fn of_error(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::RobotsDenied => Self::RobotsDenied,
            ErrorKind::GuardRefused => Self::Guarded,
            ErrorKind::RateLimited => Self::RateLimited,
            ErrorKind::Blocked => Self::Refused,
            ErrorKind::NotFound => Self::Gone,
            ErrorKind::HttpStatus => Self::ServerError,
            ErrorKind::Redirect => Self::RedirectLoop,
            ErrorKind::Timeout => Self::Timeout,
            ErrorKind::TooLarge => Self::TooLarge,
            ErrorKind::Decode => Self::NotAPage,
            ErrorKind::Internal => Self::Fault,
            _ => Self::Unreachable,
        }
    }

    /// What a status alone comes to.
    pub(super) fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            200..=299 => Self::Page,
            404 | 410 => Self::Gone,
            429 => Self::RateLimited,
            500..=599 => Self::ServerError,
            300..=399 => Self::NotAPage,
            _ => Self::Refused,
        }
    }

    /// What a page comes to that was read with this status.
    pub(super) fn of_page(status: StatusCode, view: &View<'_>) -> Self {
        let plain = Self::of_status(status);
        if !view.is_short() || matches!(plain, Self::Gone) {
            return plain;
        }
        // The surest words first: a page that asks to prove one is human often says that access was denied, too.
        let detectors: [(Self, Detector); 7] = [
            (Self::Captcha, captcha::is),
            (Self::SoftBlock, soft_block::is),
            (Self::Parked, parked::is),
            (Self::LoginWall, login::is),
            (Self::ConsentWall, consent::is),
            (Self::Gone, gone::is),
            (Self::Shell, shell::is),
        ];
        let refined = detectors
            .iter()
            .find(|(_, is)| is(view))
            .map(|(outcome, _)| *outcome);
        match (plain, refined) {
            (Self::Page, Some(refined)) => refined,
            // A refusal is told more closely; a server that fails, or is too busy, says nothing about us.
            (
                Self::Refused | Self::ServerError | Self::RateLimited,
                Some(close @ (Self::Captcha | Self::SoftBlock)),
            ) => close,
            (Self::Refused, Some(Self::LoginWall)) => Self::LoginWall,
            _ => plain,
        }
    }
}

/// What a page is by what it says alone, for those who know neither its status nor its site.
pub(crate) fn wall_of(document: &Document) -> Outcome {
    Outcome::of_page(StatusCode::OK, &View::new(document, "", ""))
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::page::ParseOptions;

    /// What a page of `https://www.bakery.example/x` comes to.
    pub(in crate::crawl) fn outcome(status: u16, html: &str) -> Outcome {
        let document = Document::parse(html.as_bytes(), &ParseOptions::new()).unwrap();
        let view = View::new(&document, "bakery.example", "/x");
        Outcome::of_page(StatusCode::from_u16(status).unwrap(), &view)
    }

    #[test]
    fn a_status_is_told_more_closely_by_what_the_page_says() {
        let challenge =
            "<title>Just a moment...</title><p>Verify you are human by completing the action below.";
        for (status, html, wanted) in [
            (
                200,
                "<p>Bread, rolls and cake. Call +49 30 23125 123.",
                Outcome::Page,
            ),
            (403, "<p>Forbidden", Outcome::Refused),
            (403, challenge, Outcome::Captcha),
            (503, challenge, Outcome::Captcha),
            (503, "<p>Down for maintenance", Outcome::ServerError),
            (429, "<p>busy", Outcome::RateLimited),
            (404, "<p>Log in<input type=password>", Outcome::Gone),
            (
                401,
                "<h1>Sign in</h1><form><input type=password></form>",
                Outcome::LoginWall,
            ),
        ] {
            assert_eq!(outcome(status, html), wanted, "{status} {html}");
        }
    }

    /// Guards against pages of businesses that speak of what the detectors look for.
    #[test]
    fn long_pages_are_pages_whatever_they_say() {
        let article = format!(
            "<h1>How captchas work</h1><p>Are you a robot? Access denied! Log in. We use cookies. This domain is for sale.{}",
            "<p>Some more words on it, as articles have.".repeat(200)
        );
        assert_eq!(outcome(200, &article), Outcome::Page);
    }

    #[test]
    fn codes_are_unique_and_those_of_json() {
        let codes: std::collections::BTreeSet<_> =
            Outcome::ALL.iter().map(|outcome| outcome.code()).collect();
        assert_eq!(codes.len(), Outcome::ALL.len());
        for outcome in Outcome::ALL {
            assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.code());
        }
    }
}
