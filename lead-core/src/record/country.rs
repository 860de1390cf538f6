//! Countries.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The officially assigned codes of ISO 3166-1 alpha-2, and `XK` (Kosovo), which numbering plans and maps use.
const CODES: &str = "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCO\
CRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRIS\
ITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNR\
NUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZ\
UAUGUMUSUYUZVAVCVEVGVIVNVUWFWSXKYEYTZAZMZW";

/// An ISO 3166-1 alpha-2 country code in upper case: `FR`, `US`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// Parses a code, in either case; `UK` is read as `GB`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it is no assigned code.
    pub fn new(text: &str) -> Result<Self> {
        let code = match text.trim().as_bytes() {
            [b'u' | b'U', b'k' | b'K'] => *b"GB",
            [a, b] => [a.to_ascii_uppercase(), b.to_ascii_uppercase()],
            _ => {
                return Err(Error::invalid(
                    "country code",
                    "two letters of ISO 3166-1 are wanted",
                ));
            }
        };
        if CODES.as_bytes().as_chunks::<2>().0.binary_search(&code).is_ok() {
            Ok(Self(code))
        } else {
            Err(Error::invalid("country code", "not an assigned ISO 3166-1 code"))
        }
    }

    /// Every code, in alphabetical order.
    pub fn all() -> impl Iterator<Item = Self> {
        CODES.as_bytes().as_chunks::<2>().0.iter().map(|code| Self(*code))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for CountryCode {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::new(text)
    }
}

impl TryFrom<String> for CountryCode {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        Self::new(&text)
    }
}

impl From<CountryCode> for String {
    fn from(code: CountryCode) -> Self {
        code.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_whole() {
        let codes: Vec<_> = CountryCode::all().collect();
        assert_eq!(codes.len(), 250); // 249 of ISO 3166-1 and XK
        assert!(codes.is_sorted());
    }

    #[test]
    fn reads_either_case_and_refuses_the_rest() {
        assert_eq!(CountryCode::new("fr").unwrap().as_str(), "FR");
        assert_eq!(CountryCode::new("UK").unwrap().as_str(), "GB");
        for bad in ["", "F", "FRA", "ZZ", "é"] {
            assert!(CountryCode::new(bad).is_err(), "{bad}");
        }
    }
}
