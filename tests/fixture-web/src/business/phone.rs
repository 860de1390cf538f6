//! Numbers and the ways people write them.

use crate::country::Country;
use crate::text::digits;

/// What a number is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PhoneRole {
    /// The number to call.
    Main,
    /// A second line.
    Second,
    /// A mobile number.
    Mobile,
    /// A mobile number offered for WhatsApp.
    Whatsapp,
    /// Fax.
    Fax,
    /// Free to call.
    TollFree,
    /// A person's direct line.
    Direct,
    /// No longer in use.
    Former,
}

impl PhoneRole {
    /// The word truth uses: `main`, `second`, `mobile`, `whatsapp`, `fax`, `toll_free`, `direct`, `former`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Second => "second",
            Self::Mobile => "mobile",
            Self::Whatsapp => "whatsapp",
            Self::Fax => "fax",
            Self::TollFree => "toll_free",
            Self::Direct => "direct",
            Self::Former => "former",
        }
    }
}

/// A number, valid by libphonenumber's rules (a test proves it).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// `+33472112233`.
    pub e164: String,
    /// Usual national writing: `04 72 11 22 33`.
    pub national: String,
    /// What it is for.
    pub role: PhoneRole,
    /// Extension, where there is a switchboard.
    pub extension: Option<String>,
    pub(crate) country: &'static Country,
}

impl Phone {
    /// The number of a national writing.
    pub(crate) fn new(country: &'static Country, national: String, role: PhoneRole) -> Self {
        let nsn = digits(strip_trunk(country, &national));
        let e164 = format!("+{}{nsn}", country.calling_code);
        Self {
            e164,
            national,
            role,
            extension: None,
            country,
        }
    }

    /// `+33 4 72 11 22 33`.
    pub fn international(&self) -> String {
        format!(
            "+{} {}",
            self.country.calling_code,
            strip_trunk(self.country, &self.national)
        )
    }

    pub(crate) fn has_trunk(&self) -> bool {
        strip_trunk(self.country, &self.national).len() < self.national.len()
    }

    /// The number as a page writes it, without the extension.
    pub(crate) fn written(&self, style: NumberStyle) -> String {
        style.write(self)
    }
}

/// The national writing without the trunk prefix. Toll-free numbers that are dialled as they stand keep all digits.
fn strip_trunk<'a>(country: &Country, national: &'a str) -> &'a str {
    if country.trunk.is_empty() {
        return national;
    }
    national
        .strip_prefix(country.trunk)
        .map_or(national, str::trim_start)
}

/// A way of writing a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberStyle {
    /// `04 72 11 22 33`, `212-555-0123`
    National,
    /// `0472112233`
    Compact,
    /// `04.72.11.22.33`
    Dotted,
    /// `04-72-11-22-33`
    Hyphen,
    /// `(030) 23125123`
    Paren,
    /// `030/23125123`
    Slash,
    /// `+33 4 72 11 22 33`
    International,
    /// `+33.4.72.11.22.33`
    InternationalDotted,
    /// `+33 (0)4 72 11 22 33`
    InternationalZero,
    /// `0033 4 72 11 22 33`
    Zeros,
    /// `1-212-555-0123`
    OneHyphen,
    /// `０３－１２３４－５６７８`
    FullWidth,
}

impl NumberStyle {
    fn write(self, phone: &Phone) -> String {
        let national = phone.national.as_str();
        match self {
            Self::National => national.to_owned(),
            Self::Compact => digits(national),
            Self::Dotted => national.replace([' ', '-'], "."),
            Self::Hyphen => national.replace(' ', "-"),
            Self::Paren => parenthesised(national, phone.country.code),
            Self::Slash => national.replacen(' ', "/", 1),
            Self::InternationalDotted => phone.international().replace([' ', '-'], "."),
            Self::InternationalZero if phone.has_trunk() => {
                let rest = strip_trunk(phone.country, national);
                format!("+{} ({}){rest}", phone.country.calling_code, phone.country.trunk)
            }
            Self::International | Self::InternationalZero => phone.international(),
            Self::Zeros => phone.international().replacen('+', "00", 1),
            Self::OneHyphen => format!("{}-{national}", phone.country.calling_code),
            Self::FullWidth => national.chars().map(full_width).collect(),
        }
    }
}

fn parenthesised(national: &str, country: &str) -> String {
    let Some(at) = national.find([' ', '-']) else {
        return national.to_owned();
    };
    let (area, rest) = national.split_at(at);
    let rest = rest.get(1..).unwrap_or_default();
    // Japan writes nothing after the bracket, others a space.
    let gap = if country == "JP" { "" } else { " " };
    format!("({area}){gap}{rest}")
}

fn full_width(c: char) -> char {
    match c {
        // Full-width forms stand 0xFEE0 above ASCII (Unicode block FF00).
        '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap_or(c),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::country::by_code;

    fn styles(country: &str, national: &str, styles: &[NumberStyle]) -> Vec<String> {
        let phone = Phone::new(by_code(country).unwrap(), national.to_owned(), PhoneRole::Main);
        styles.iter().map(|style| phone.written(*style)).collect()
    }

    #[test]
    fn writings_of_a_number() {
        use NumberStyle as N;
        let french = styles(
            "FR",
            "04 65 71 12 34",
            &[N::Dotted, N::InternationalZero, N::Zeros, N::Compact],
        );
        assert_eq!(
            french,
            [
                "04.65.71.12.34",
                "+33 (0)4 65 71 12 34",
                "0033 4 65 71 12 34",
                "0465711234"
            ]
        );
        let german = styles("DE", "030 23125123", &[N::Paren, N::Slash, N::International]);
        assert_eq!(german, ["(030) 23125123", "030/23125123", "+49 30 23125123"]);
        assert_eq!(
            styles("JP", "03-3123-4567", &[N::FullWidth]),
            ["０３－３１２３－４５６７"]
        );
        assert_eq!(
            styles("IT", "02 4123 4567", &[N::International]),
            ["+39 02 4123 4567"]
        );
    }
}
