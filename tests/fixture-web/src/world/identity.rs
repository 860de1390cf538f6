//! Names, hosts, addresses of e-mail, persons: who a business is.

use std::collections::HashSet;

use super::generate::Place;
use crate::business::{Email, Names, Social};
use crate::category::Category;
use crate::country::{City, Country};
use crate::rng::Rng;
use crate::text::{fill, fold, idn_slug, latin, native, slug};

/// A name in its own script and in Latin letters, with the family it is called after.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    pub(super) name: String,
    pub(super) latin: String,
    /// `native|latin`.
    pub(super) family: &'static str,
    label: &'static str,
}

impl Identity {
    /// A name; the more `attempts` failed because others of the city are called so, the longer it gets.
    fn generate(
        rng: &mut Rng,
        country: &'static Country,
        category: &'static Category,
        attempts: usize,
    ) -> Self {
        let label = country
            .lang
            .categories
            .get(category.index())
            .map_or("", |(label, _)| *label);
        let family = rng.word(country.families);
        let (given, other) = (rng.word(country.givens), rng.word(country.families));
        let epithet = rng.word(country.epithets);
        let form = rng.word(country.name_forms);
        let asian = matches!(country.code, "JP" | "CN");
        let write = |part: fn(&'static str) -> &'static str, gap: &str| {
            let (family, epithet) = match attempts {
                0..=2 => (part(family).to_owned(), part(epithet).to_owned()),
                3..=5 if asian => (
                    format!("{}{gap}{}", part(family), part(given)),
                    part(epithet).to_owned(),
                ),
                3..=5 => (
                    format!("{} {}", part(given), part(family)),
                    format!("{} {}", part(epithet), part(family)),
                ),
                _ => {
                    let pair = format!("{}-{}", part(family), part(other));
                    (
                        pair.clone(),
                        format!("{}{gap}{} {pair}", part(epithet), part(given)),
                    )
                }
            };
            let form = form.replace('}', &format!("}}{gap}"));
            let pairs = [("label", part(label)), ("family", &family), ("epithet", &epithet)];
            let name = fill(&form, &pairs);
            name.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let name = write(native, "");
        Self {
            name,
            latin: write(latin, " "),
            family,
            label: native(label),
        }
    }

    /// The name as each source has it.
    pub(super) fn names(&self, rng: &mut Rng, country: &Country, city: &City) -> Names {
        let legal = fill(rng.word(country.legal_forms), &[("name", &self.name)]);
        let mut vary = || self.variant(rng, &legal, city);
        Names {
            osm: vary(),
            directory: vary(),
            maps: vary(),
            site: self.name.clone(),
            legal,
        }
    }

    fn variant(&self, rng: &mut Rng, legal: &str, city: &City) -> String {
        let name = &self.name;
        match rng.below(20) {
            0..=8 => name.clone(),
            9 | 10 => name.to_uppercase(),
            11 | 12 => format!("{name} - {}", city.name()),
            13 => format!("{name} {}", city.name()),
            14 | 15 => legal.to_owned(),
            16 | 17 => self.swapped(),
            18 => name.replace('&', "+").replace('’', "'"),
            _ => {
                if fold(name).is_ascii() {
                    capitals(&fold(name))
                } else {
                    name.clone()
                }
            }
        }
    }

    /// The label last instead of first, or first instead of last: `Martin Boulangerie`.
    fn swapped(&self) -> String {
        let rest = self.name.replacen(self.label, "", 1);
        let rest = rest.trim();
        if self.name.starts_with(self.label) {
            format!("{rest} {}", self.label)
        } else {
            format!("{} {rest}", self.label)
        }
    }
}

/// Each word with a capital.
fn capitals(text: &str) -> String {
    text.split(' ')
        .map(|word| {
            let mut chars = word.chars();
            chars
                .next()
                .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Remembers which names a city has, so that few businesses of a city share one.
#[derive(Debug, Default)]
pub(super) struct NamesTaken {
    used: HashSet<(&'static str, String)>,
}

impl NamesTaken {
    /// A name; one that is new in the city, unless ten in a row were not.
    pub(super) fn take(&mut self, rng: &mut Rng, place: Place) -> Identity {
        let mut identity = Identity::generate(rng, place.country, place.category, 0);
        for attempt in 1..10 {
            if self.used.insert((place.city.name, identity.name.clone())) {
                break;
            }
            identity = Identity::generate(rng, place.country, place.category, attempt);
        }
        identity
    }
}

/// Hands out host names, each once.
#[derive(Debug, Default)]
pub(super) struct Hosts {
    used: HashSet<String>,
}

impl Hosts {
    /// `<slug>.test`; a few with letters beyond ASCII (then in their ASCII form, RFC 5890).
    pub(super) fn take(&mut self, rng: &mut Rng, identity: &Identity, city: &City) -> String {
        let idn = rng.chance(0.06) && !identity.name.is_ascii();
        let stem = if idn {
            idn_slug(&identity.name)
        } else {
            slug(&identity.latin)
        };
        let place = slug(city.latin_name());
        let candidates = [stem.clone(), format!("{stem}-{place}")];
        let numbered = (2..).map(|n| format!("{stem}-{place}-{n}"));
        candidates
            .into_iter()
            .chain(numbered)
            .filter_map(|label| idna::domain_to_ascii(&format!("{label}.test")).ok())
            .find(|host| host.len() < 80 && self.used.insert(host.clone()))
            .unwrap_or_default()
    }
}

/// The address a business reads its mail at.
pub(super) fn role_email(rng: &mut Rng, country: &Country, domain: &str) -> Email {
    let own = match country.lang.code {
        "fr" => "accueil",
        "de" => "kontakt",
        "it" => "segreteria",
        "es" => "contacto",
        "pl" => "biuro",
        "en" => "hello",
        _ => "office",
    };
    let user = rng.word(&["info", "contact", own, own, "mail", "office"]);
    Email {
        address: format!("{user}@{domain}"),
        kind: "role",
    }
}

/// The address of a person: `camille.martin@host`.
pub(super) fn personal_email(rng: &mut Rng, given: &str, family: &str, domain: &str) -> Email {
    let (given, family) = (slug(latin_of(given)), slug(latin_of(family)));
    let initial = given.chars().next().unwrap_or('x');
    let user = match rng.below(4) {
        0 => format!("{initial}.{family}"),
        1 => family,
        2 => format!("{given}_{family}"),
        _ => format!("{given}.{family}"),
    };
    Email {
        address: format!("{user}@{domain}"),
        kind: "personal",
    }
}

fn latin_of(word: &str) -> &str {
    word.split_once('|').map_or(word, |(_, latin)| latin)
}

/// Profiles on social networks, named after the site's host.
pub(super) fn socials(rng: &mut Rng, handle: &str) -> Vec<Social> {
    let networks: [(&'static str, &str, f64); 6] = [
        ("facebook", "https://www.facebook.com/", 0.5),
        ("instagram", "https://www.instagram.com/", 0.4),
        ("linkedin", "https://www.linkedin.com/company/", 0.15),
        ("x", "https://x.com/", 0.12),
        ("youtube", "https://www.youtube.com/@", 0.1),
        ("tiktok", "https://www.tiktok.com/@", 0.08),
    ];
    let mut found = Vec::new();
    for (network, prefix, share) in networks {
        if rng.chance(share) {
            // X allows 15 characters and no hyphens: the tightest rule of the six serves for all.
            let handle: String = handle
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .take(15)
                .collect();
            found.push(Social {
                network,
                url: format!("{prefix}{handle}"),
                handle,
            });
        }
    }
    found
}
