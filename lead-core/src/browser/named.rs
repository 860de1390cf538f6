//! Identities as they are written on one line, for settings and flags.

use std::str::FromStr;

use super::identity::{Coherent, Identity};
use crate::record::CountryCode;
use crate::{Error, Result};

/// `honest`, or `coherent[:SEED][@COUNTRY]`: `coherent`, `coherent:7`, `coherent@DE`, `coherent:7@DE`.
///
/// ```
/// # use lead_core::browser::{Coherent, Identity};
/// assert_eq!("honest".parse::<Identity>()?, Identity::Honest);
/// let german = Coherent::new(7).country("DE".parse()?);
/// assert_eq!("coherent:7@DE".parse::<Identity>()?, Identity::Coherent(german));
/// # Ok::<(), lead_core::Error>(())
/// ```
impl FromStr for Identity {
    type Err = Error;

    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) for anything else.
    fn from_str(text: &str) -> Result<Self> {
        let unknown = || {
            let message = "`honest` or `coherent[:SEED][@COUNTRY]` is wanted, such as coherent:7@DE";
            Error::invalid("identity", message).with("identity", text)
        };
        if text == "honest" {
            return Ok(Self::Honest);
        }
        let drawn = text.strip_prefix("coherent").ok_or_else(unknown)?;
        let (seed, country) = match drawn.split_once('@') {
            Some((seed, country)) => (seed, Some(country)),
            None => (drawn, None),
        };
        let seed = match seed.strip_prefix(':') {
            Some(seed) => seed.parse().map_err(|_| unknown())?,
            None if seed.is_empty() => 0,
            None => return Err(unknown()),
        };
        Ok(Self::Coherent(Coherent {
            seed,
            country: country.map(CountryCode::new).transpose()?,
            ..Coherent::default()
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_identity_is_told() {
        for bad in [
            "",
            "Honest",
            "honest@DE",
            "coherent:",
            "coherent7",
            "coherent:x",
            "coherent@",
            "coherent@de:7",
            "coherent:-1",
        ] {
            assert!(bad.parse::<Identity>().is_err(), "{bad}");
        }
        let seedless = Identity::Coherent(Coherent::default());
        assert_eq!("coherent".parse::<Identity>().unwrap(), seedless);
    }
}
