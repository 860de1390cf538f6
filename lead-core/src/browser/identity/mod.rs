//! Who a browser says it is.

mod drawn;
mod places;
mod presence;

use serde::{Deserialize, Serialize};

pub use drawn::Drawn;
pub(super) use presence::Presence;

use crate::record::CountryCode;

/// Who a browser says it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Identity {
    /// A headless browser that works for a program, by its name. Sites can tell, and that is right.
    #[default]
    Honest,
    /// The browser as it is on a desk: the same system, version and graphics, in a language and at a place that agree. Nothing is
    /// faked and nothing injected; what is different is that it does not say `HeadlessChrome`. It is for the caller to know
    /// that they may. It is part of the evidence ([`Response::identity`](crate::seam::Response::identity)).
    Coherent(Coherent),
}

/// What a coherent identity agrees on; what is not given is drawn by the seed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Coherent {
    /// The same seed draws the same.
    pub seed: u64,
    /// Where it is: the country of the proxy, when there is one. The United States when it is not given.
    pub country: Option<CountryCode>,
    /// BCP 47, the first the browser's own; those of the country.
    pub languages: Vec<String>,
    /// IANA; one of the country's.
    pub time_zone: Option<String>,
    /// What is changed a little, by the seed, when scripts read it back; nothing.
    ///
    /// It takes a script in the page, which gives it away: what is drawn reads back otherwise in the page than in its workers,
    /// one colour as several, and the functions are not the browser's own. Measured, it turns an identity that agrees with itself
    /// into one that does not (docs/browser.md): it is here for those who want it in spite of that.
    pub noise: Vec<Noise>,
}

/// What scripts read back from drawings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Noise {
    /// Drawings of lines and text (`getImageData`, `toDataURL`, `toBlob`).
    Canvas,
    /// Drawings of WebGL (`readPixels`).
    WebGl,
}

impl Noise {
    /// Its name, as in settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Canvas => "canvas",
            Self::WebGl => "web_gl",
        }
    }
}

impl Coherent {
    /// One drawn by this seed.
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            ..Self::default()
        }
    }

    /// In this country.
    pub fn country(mut self, country: CountryCode) -> Self {
        self.country = Some(country);
        self
    }
}
