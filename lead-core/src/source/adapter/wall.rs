//! What stands before any site: a question whether one is human, a form for a password, a refusal in words.

use super::page::Page;
use super::{Outcome, PageKind};
use crate::crawl::{Outcome as Wall, wall_of};

/// What a page is that no rule of the adapter knows, where it is one of the walls that the crawler knows.
pub(super) fn before(page: &Page<'_>) -> Option<Outcome> {
    let wall = wall_of(page.document()?);
    let kind = match wall {
        Wall::Captcha => PageKind::Captcha,
        Wall::LoginWall => PageKind::LoginWall,
        Wall::SoftBlock => PageKind::SoftBlock,
        Wall::ConsentWall => PageKind::Consent,
        Wall::Gone => PageKind::NotFound,
        _ => return None,
    };
    Some(Outcome::Negative {
        kind,
        page: format!("any:{wall}"),
    })
}
