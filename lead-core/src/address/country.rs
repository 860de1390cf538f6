//! Countries by code or name, as address fields state them.

use crate::phone::country_named;
use crate::record::CountryCode;

/// ISO 3166-1 alpha-3 codes that addresses show, each with its alpha-2 code.
const CODES: &str = "AUSAU AUTAT BELBE BRABR CANCA CHECH CHNCN CZECZ DEUDE DNKDK ESPES FINFI FRAFR GBRGB INDIN IRLIE \
    ITAIT JPNJP MEXMX NLDNL NORNO NZLNZ POLPL PRTPT SWESE TURTR UAEAE USAUS ZAFZA";

/// The country a field names: a code of two letters, some of three, a name in English or its own language.
pub(crate) fn country_of_name(text: &str) -> Option<CountryCode> {
    let text = text.trim().trim_end_matches('.');
    if text.len() == 2 {
        return CountryCode::new(text).ok();
    }
    if text.len() == 3
        && let Some((_, code)) = CODES
            .split(' ')
            .filter_map(|pair| pair.split_at_checked(3))
            .find(|(three, _)| three.eq_ignore_ascii_case(text))
    {
        return CountryCode::new(code).ok();
    }
    if matches!(text, "U.S.A" | "U.S" | "United States of America") {
        return CountryCode::new("US").ok();
    }
    if matches!(text, "U.K" | "Great Britain") {
        return CountryCode::new("GB").ok();
    }
    if matches!(text, "Korea" | "Republic of Korea") {
        return CountryCode::new("KR").ok();
    }
    country_named(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_codes_and_names() {
        for (text, code) in [
            ("US", "US"),
            ("usa", "US"),
            ("Deutschland", "DE"),
            ("United Kingdom", "GB"),
            ("U.S.A.", "US"),
        ] {
            assert_eq!(country_of_name(text).unwrap().as_str(), code, "{text}");
        }
        assert_eq!(
            (country_of_name("Springfield"), country_of_name("")),
            (None, None)
        );
    }
}
