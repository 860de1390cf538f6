//! Addresses a company's site may have, made of its name.

use super::fold::words;
use super::legal::bare;
use crate::record::{CountryCode, SafeUrl};
use crate::{Error, Result};

/// So many guesses of a company, at most: each costs a look-up of a name.
const MOST: usize = 12;

/// Addresses after the name and the town, likeliest first: `https://baeckerei-mueller.de/`.
pub(super) fn guesses(name: &str, town: Option<&str>, domains: &[String]) -> Vec<SafeUrl> {
    let mut hosts: Vec<String> = Vec::new();
    for label in labels(name, town) {
        for domain in domains {
            let host = format!("{label}.{domain}");
            if !hosts.contains(&host) {
                hosts.push(host);
            }
        }
    }
    let urls = hosts
        .iter()
        .filter_map(|host| SafeUrl::parse(&format!("https://{host}/")).ok());
    urls.take(MOST).collect()
}

/// A domain that hosts end in, such as `de` or `.co.uk`: names parted by dots, nothing else of an address.
pub(super) fn domain_of(text: &str) -> Result<String> {
    let domain = text.trim().trim_start_matches('.').to_lowercase();
    let is_name = |name: &str| {
        let inner = name.chars().all(|c| c.is_alphanumeric() || c == '-');
        inner && !name.is_empty() && !name.starts_with('-') && !name.ends_with('-')
    };
    let fine = domain.split('.').all(is_name) && SafeUrl::parse(&format!("https://a.{domain}/")).is_ok();
    if fine {
        return Ok(domain);
    }
    let says = "no address ends in this: a domain such as de or co.uk is wanted";
    Err(Error::invalid("match", says).with("domain", text.escape_debug()))
}

/// The top-level domains a company of this country chooses: its own, then `com`.
pub(super) fn domains_of(country: Option<CountryCode>) -> Vec<String> {
    let own = country.map(|country| match country.as_str() {
        "GB" => "co.uk".to_owned(),
        "JP" => "co.jp".to_owned(),
        "US" => "com".to_owned(),
        "AU" => "com.au".to_owned(),
        "BR" => "com.br".to_owned(),
        code => code.to_ascii_lowercase(),
    });
    let mut domains: Vec<String> = own.into_iter().collect();
    if !domains.iter().any(|domain| domain == "com") {
        domains.push("com".to_owned());
    }
    domains
}

/// Labels made of a name: with hyphens and without, its umlauts written out, and with the town behind it.
fn labels(name: &str, town: Option<&str>) -> Vec<String> {
    let name = bare(name);
    let latin = written_out(&name);
    let all: Vec<String> = latin
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let mut found = Vec::new();
    let mut add = |label: String| {
        if (3..=63).contains(&label.len()) && !found.contains(&label) {
            found.push(label);
        }
    };
    add(all.join("-"));
    add(all.concat());
    add(words(&name).join("-"));
    // Letters beyond ASCII, as they are written.
    let lower = name.to_lowercase();
    let written = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    add(written.collect::<Vec<_>>().join("-"));
    if let Some(town) = town {
        let town = written_out(town);
        let town: Vec<&str> = town
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        add(format!("{}-{}", all.join("-"), town.join("-")));
    }
    found
}

/// In Latin letters, `ü` as `ue` as hosts have it.
fn written_out(text: &str) -> String {
    let text: String = text
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, '\'' | '’' | '`'))
        .collect();
    let text = text
        .replace('ä', "ae")
        .replace('ö', "oe")
        .replace('ü', "ue")
        .replace('ß', "ss")
        .replace('&', " ");
    any_ascii::any_ascii(&text).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_address_ends_in_is_refused() {
        for (text, domain) in [(".DE", "de"), ("co.uk", "co.uk"), ("test", "test"), ("рф", "рф")] {
            assert_eq!(domain_of(text).unwrap(), domain);
        }
        for text in [
            "not a tld/../x",
            "",
            ".",
            "a..b",
            "-de",
            "de/x",
            "de:80",
            "a@b",
            "de?x",
        ] {
            assert!(domain_of(text).is_err(), "{text}");
        }
    }

    #[test]
    fn names_become_hosts() {
        let domains = domains_of(CountryCode::new("DE").ok());
        let urls = guesses("Bäckerei Müller & Söhne GmbH", Some("Köln"), &domains);
        let hosts: Vec<&str> = urls.iter().map(SafeUrl::host).collect();
        assert_eq!(
            hosts,
            [
                "baeckerei-mueller-soehne.de",
                "baeckerei-mueller-soehne.com",
                "baeckereimuellersoehne.de",
                "baeckereimuellersoehne.com",
                "backerei-muller-and-sohne.de",
                "backerei-muller-and-sohne.com",
                "xn--bckerei-mller-shne-ltb88a3d.de",
                "xn--bckerei-mller-shne-ltb88a3d.com",
                "baeckerei-mueller-soehne-koeln.de",
                "baeckerei-mueller-soehne-koeln.com",
            ]
        );
        assert!(guesses("–", None, &domains).is_empty());
    }
}
