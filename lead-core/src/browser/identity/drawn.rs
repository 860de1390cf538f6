//! What a coherent identity comes to.

use std::fmt;

use super::places::{PLACES, SCREENS};
use super::{Coherent, Identity, Noise};
use crate::{Error, ErrorKind, Result};

const NOISE: &str = include_str!("../scripts/noise.js");

/// An identity with everything drawn: the same for the same seed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drawn {
    /// BCP 47, the first the browser's own.
    pub languages: Vec<String>,
    /// IANA.
    pub time_zone: String,
    /// The screen, in CSS pixels.
    pub screen: (u32, u32),
    /// The window, in CSS pixels: the whole screen, or a little less.
    pub window: (u32, u32),
    /// The seed it was drawn by.
    pub seed: u64,
    /// What is changed when it is read back.
    pub noise: Vec<Noise>,
}

impl Coherent {
    /// Draws what was not given.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] for a country whose languages are not known when none are given.
    pub fn draw(&self) -> Result<Drawn> {
        let mut lot = fastrand::Rng::with_seed(self.seed);
        let screen = weighted(&mut lot, SCREENS).copied().unwrap_or((1920, 1080));
        // Half of all windows fill the screen; of the others some of the width or height is left.
        let left = if lot.bool() {
            (0, 0)
        } else {
            (lot.u32(0..screen.0 / 8), lot.u32(0..screen.1 / 10))
        };
        let country = self.country.as_ref().map(ToString::to_string);
        let place = match &country {
            None => PLACES.iter().find(|place| place.country == "US"),
            Some(country) => PLACES.iter().find(|place| place.country == country),
        };
        let unknown = || {
            let message = "the languages and time zones of this country are not known; give them";
            Error::new(ErrorKind::Config, "identity", message)
                .with("country", country.as_deref().unwrap_or_default())
        };
        let languages = if self.languages.is_empty() {
            let known = place.ok_or_else(unknown)?.languages;
            known.iter().map(|language| (*language).to_owned()).collect()
        } else {
            self.languages.clone()
        };
        let time_zone = if let Some(zone) = &self.time_zone {
            // A browser takes any text for one, and shows pages none.
            if jiff::tz::db().get(zone).is_err() {
                let message = "there is no such time zone";
                return Err(Error::new(ErrorKind::Config, "identity", message).with("time_zone", zone));
            }
            zone.clone()
        } else {
            let zone = place.and_then(|place| weighted(&mut lot, place.zones));
            (*zone.ok_or_else(unknown)?).to_owned()
        };
        Ok(Drawn {
            languages: with_english(languages),
            time_zone,
            screen,
            window: (screen.0 - left.0, screen.1 - left.1),
            seed: self.seed,
            noise: self.noise.clone(),
        })
    }
}

/// What Chromium makes of a list in a context of its own: its own language, American English, comes after it.
fn with_english(mut languages: Vec<String>) -> Vec<String> {
    for own in ["en-US", "en"] {
        if !languages.iter().any(|language| language == own) {
            languages.push(own.to_owned());
        }
    }
    languages
}

/// One of `choices`, by their weights; nothing when there is none.
fn weighted<'a, T>(lot: &mut fastrand::Rng, choices: &'a [(T, u32)]) -> Option<&'a T> {
    let total: u32 = choices.iter().map(|(_, weight)| weight).sum();
    let mut drawn = lot.u32(0..total.max(1));
    let chosen = choices.iter().find(|(_, weight)| {
        let here = drawn < *weight;
        drawn = drawn.saturating_sub(*weight);
        here
    });
    chosen.map(|(choice, _)| choice)
}

impl Drawn {
    /// The flags that make it so.
    pub(in crate::browser) fn flags(&self) -> Vec<String> {
        vec![
            format!("--screen-info={{{}x{}}}", self.screen.0, self.screen.1),
            format!("--accept-lang={}", self.languages.join(",")),
        ]
    }

    /// The script that changes what is read back, when anything is.
    pub(in crate::browser) fn script(&self) -> Option<String> {
        let changes = |noise| self.noise.contains(&noise);
        let (canvas, webgl) = (changes(Noise::Canvas), changes(Noise::WebGl));
        // Scripts reckon in 32 bits.
        let seed = (self.seed ^ (self.seed >> 32)) & 0xffff_ffff;
        (canvas || webgl).then(|| format!("({NOISE})({seed}, {canvas}, {webgl})"))
    }

    /// The language its dates and numbers are written in.
    pub(in crate::browser) fn locale(&self) -> &str {
        self.languages.first().map_or("en-US", String::as_str)
    }
}

impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ((width, height), (across, down)) = (self.screen, self.window);
        let languages = self.languages.join(",");
        write!(
            f,
            "coherent; languages {languages}; zone {}; screen {width}x{height}; window {across}x{down}; seed {}",
            self.time_zone, self.seed
        )?;
        for (place, noise) in self.noise.iter().enumerate() {
            let before = if place == 0 { "; noise " } else { "," };
            write!(f, "{before}{}", noise.as_str())?;
        }
        Ok(())
    }
}

impl Identity {
    /// What it comes to, when it is not the honest one.
    ///
    /// # Errors
    /// As [`Coherent::draw`].
    pub(in crate::browser) fn drawn(&self) -> Result<Option<Drawn>> {
        match self {
            Self::Honest => Ok(None),
            Self::Coherent(coherent) => coherent.draw().map(Some),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(country: &str, seed: u64) -> Drawn {
        Coherent::new(seed)
            .country(country.parse().unwrap())
            .draw()
            .unwrap()
    }

    #[test]
    fn the_same_seed_draws_the_same() {
        assert_eq!(of("DE", 7), of("DE", 7));
        let drawn: std::collections::BTreeSet<_> = (0..200).map(|seed| of("US", seed).to_string()).collect();
        assert!(drawn.len() > 100);
        for seed in 0..200 {
            let drawn = of("CA", seed);
            assert!(
                drawn.window.0 <= drawn.screen.0 && drawn.window.1 <= drawn.screen.1 && drawn.window.1 > 600
            );
            assert!(drawn.time_zone.starts_with("America/"));
        }
    }

    #[test]
    fn what_is_given_is_not_drawn() {
        let mut given = Coherent::new(1);
        given.languages = vec!["de-DE".into(), "de".into()];
        given.time_zone = Some("Europe/Vienna".into());
        let drawn = given.draw().unwrap();
        assert_eq!(drawn.languages, ["de-DE", "de", "en-US", "en"]);
        assert_eq!(
            (drawn.time_zone.as_str(), drawn.locale()),
            ("Europe/Vienna", "de-DE")
        );
        assert!(Coherent::new(1).country("TV".parse().unwrap()).draw().is_err());
    }

    #[test]
    fn countries_are_sorted_and_known() {
        assert!(PLACES.is_sorted_by_key(|place| place.country));
        for place in PLACES {
            place.country.parse::<crate::record::CountryCode>().unwrap();
            assert!(!place.languages.is_empty() && !place.zones.is_empty());
        }
    }
}
