//! Saved pages of platforms, and names of sources.

use lead_core::source::adapter::{Adapter, Outcome, ParseRequest};
use lead_core::{Result, source};
use serde::Serialize;

use crate::import::layouts;
use crate::sources;

/// A platform: a built-in one by its id, or a file's text.
#[derive(Clone, Copy, Debug)]
pub enum Platform<'a> {
    /// One that comes with the library.
    BuiltIn(&'a str),
    /// The text of an adapter file.
    Toml(&'a str),
}

/// Reads a saved page or answer of a platform.
///
/// # Errors
/// [`ErrorKind::NotFound`] for a platform that nobody knows; [`ErrorKind::Config`] for a faulty adapter file, with line and
/// column; [`ErrorKind::UnrecognisedPage`] and the others of [`Adapter::parse`].
pub fn parse_page(
    platform: Platform<'_>,
    page: &[u8],
    url: Option<&str>,
    region: Option<&str>,
) -> Result<Outcome> {
    let adapter = match platform {
        Platform::BuiltIn(id) => source::adapter(id)?,
        Platform::Toml(text) => Adapter::from_toml(text)?,
    };
    let mut request = ParseRequest::new();
    (request.url, request.region) = (url.map(str::to_owned), region.map(str::to_owned));
    adapter.parse(page, &request)
}

/// The names of sources: those that can be asked, and platforms whose saved pages can be read.
#[derive(Clone, Debug, Serialize)]
pub struct Names {
    /// Sources that a collection can ask.
    pub sources: Vec<&'static str>,
    /// Platforms whose pages can be read.
    pub platforms: Vec<&'static str>,
    /// Layouts of files that can be imported.
    pub layouts: Vec<&'static str>,
}

/// The names of sources.
pub fn names() -> Names {
    Names {
        sources: sources::names(),
        platforms: source::adapters().collect(),
        layouts: layouts(),
    }
}

#[cfg(test)]
mod tests {
    use lead_core::ErrorKind;

    use super::*;

    #[test]
    fn a_region_that_is_none_is_refused() {
        let page = |region| {
            parse_page(
                Platform::BuiltIn("overpass"),
                br#"{"elements":[]}"#,
                None,
                Some(region),
            )
        };
        assert_eq!(page("Italy").unwrap_err().kind(), ErrorKind::InvalidInput);
        assert!(page("IT").is_ok());
    }
}
