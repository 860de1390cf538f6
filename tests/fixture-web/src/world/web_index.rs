//! What a search engine knows of the world: the front pages of most sites, parked ones too, pages of the directory, profiles.

use std::collections::{HashMap, HashSet};

use super::World;
use crate::entry;
use crate::links::Links;
use crate::rng::hash;
use crate::site::SiteState;
use crate::text::{fold, slug};

/// A page the engine knows.
#[derive(Debug)]
pub(crate) struct Hit {
    pub(crate) title: String,
    /// Host and path; a whole address for pages outside this world.
    pub(crate) host: String,
    pub(crate) path: String,
    pub(crate) snippet: String,
    /// What the engine thinks of it beside the words, 0 to 1.
    esteem: f64,
}

/// Pages by their words.
#[derive(Debug, Default)]
pub(crate) struct WebIndex {
    hits: Vec<Hit>,
    words: HashMap<String, Vec<usize>>,
}

/// Shares of a hundred: sites the engine has not seen; sites that are gone and still known.
const UNSEEN: u64 = 8;
const STALE: u64 = 40;

impl World {
    /// The hosts on names of businesses without a site that a broker parks.
    pub(crate) fn parked_names(&self) -> &HashSet<String> {
        self.parked.get_or_init(|| {
            let without = self.businesses.iter().filter(|business| business.site.is_none());
            let lot = |index: usize| hash(&[self.config.seed, 71, index as u64]) % 100;
            let names = without
                .filter(|business| lot(business.index) < 25)
                .map(|business| slug(&business.names.site));
            let hosts = names
                .filter(|name| name.len() > 2)
                .map(|name| format!("{name}.test"));
            hosts.filter(|host| !self.hosts.contains_key(host)).collect()
        })
    }

    /// What a search engine finds for these words, best first, at most `most`.
    pub(crate) fn web_search(&self, words: &str, most: usize) -> Vec<&Hit> {
        self.web.get_or_init(|| WebIndex::of(self)).search(words, most)
    }
}

impl WebIndex {
    fn of(world: &World) -> Self {
        let mut index = Self::default();
        for site in &world.sites {
            let lot = hash(&[site.seed, 72]) % 100;
            let known = match site.state {
                SiteState::Live => lot >= UNSEEN,
                SiteState::Parked => true,
                SiteState::Gone => lot < STALE,
            };
            let Some(business) = site
                .members
                .first()
                .and_then(|member| world.business(*member))
                .filter(|_| known)
            else {
                continue;
            };
            let old = site.former_host.as_ref().filter(|_| lot.is_multiple_of(2));
            let cities: Vec<&str> = site
                .members
                .iter()
                .filter_map(|member| world.business(*member))
                .map(|member| member.city.name())
                .collect();
            let name = world.called(business);
            index.add(Hit {
                title: format!("{name} – {}", business.city.name()),
                host: old.unwrap_or(&site.host).clone(),
                path: "/".to_owned(),
                snippet: cities.join(", "),
                esteem: 0.5 + 0.5 * unit(&[site.seed, 73]),
            });
        }
        for business in &world.businesses {
            index.pages_of(world, business);
        }
        for host in world.parked_names() {
            let name = host.trim_end_matches(".test").replace('-', " ");
            index.add(Hit {
                title: name,
                host: host.clone(),
                path: "/".to_owned(),
                snippet: String::new(),
                esteem: 0.3,
            });
        }
        index
    }

    /// What others say of a business: the directory's page, a profile, a page of a review site.
    fn pages_of(&mut self, world: &World, business: &crate::business::Business) {
        let city = business.city.name();
        let seed = hash(&[world.config.seed, 74, business.index as u64]);
        if let Some(path) = entry::directory_path(business) {
            let shown =
                entry::directory(world, business, Links::new(None)).map(|entry| entry.name.to_owned());
            self.add(Hit {
                title: format!("{} in {city} | The directory", shown.unwrap_or_default()),
                host: "directory.test".to_owned(),
                path,
                snippet: business.address.one_line(),
                esteem: 0.4 + 0.6 * unit(&[seed, 1]),
            });
        }
        if let Some(profile) = business.socials.first() {
            self.add(Hit {
                title: format!("{} | {}", business.names.site, profile.network),
                host: String::new(),
                path: profile.url.clone(),
                snippet: city.to_owned(),
                esteem: 0.6 * unit(&[seed, 2]),
            });
        }
        if seed.is_multiple_of(3) {
            self.add(Hit {
                title: format!("{} - {city} - Reviews", business.names.maps),
                host: String::new(),
                path: format!("https://www.yelp.com/biz/b{}", business.index),
                snippet: city.to_owned(),
                esteem: unit(&[seed, 3]),
            });
        }
    }

    fn add(&mut self, hit: Hit) {
        let place = self.hits.len();
        for word in words_of(&format!("{} {} {}", hit.title, hit.snippet, hit.host)) {
            let places = self.words.entry(word).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
        self.hits.push(hit);
    }

    fn search(&self, words: &str, most: usize) -> Vec<&Hit> {
        let mut scores: HashMap<usize, f64> = HashMap::new();
        for word in words_of(words) {
            let meant = self.meant(&word);
            for (known, share) in meant {
                let places = self.words.get(known).map(Vec::as_slice).unwrap_or_default();
                // A word that few pages hold says more (Spärck Jones 1972).
                let rare = (self.hits.len() as f64 / (1.0 + places.len() as f64))
                    .ln()
                    .max(0.1);
                for place in places {
                    *scores.entry(*place).or_default() += rare * share;
                }
            }
        }
        let mut found: Vec<(f64, usize)> = scores
            .into_iter()
            .filter_map(|(place, score)| {
                self.hits
                    .get(place)
                    .map(|hit| (score * (1.0 + 0.3 * hit.esteem), place))
            })
            .collect();
        let best = found.iter().map(|(score, _)| *score).fold(0.0, f64::max);
        found.retain(|(score, _)| *score >= 0.5 * best);
        found.sort_by(|one, two| two.0.total_cmp(&one.0).then(one.1.cmp(&two.1)));
        found
            .into_iter()
            .take(most)
            .filter_map(|(_, place)| self.hits.get(place))
            .collect()
    }

    /// The known words a word stands for: itself, else those one slip of the pen away, or that it begins.
    fn meant<'a>(&'a self, word: &'a str) -> Vec<(&'a str, f64)> {
        if self.words.contains_key(word) {
            return vec![(word, 1.0)];
        }
        let near =
            |known: &&String| word.chars().count() >= 4 && (is_slip(word, known) || known.starts_with(word));
        self.words
            .keys()
            .filter(near)
            .map(|known| (known.as_str(), 0.7))
            .collect()
    }
}

fn words_of(text: &str) -> HashSet<String> {
    let folded = fold(text);
    let words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && *word != "test");
    words.flat_map(pieces).collect()
}

/// A word; in scripts without spaces, its pairs of letters.
fn pieces(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < 3 || letters.iter().all(|c| *c < '\u{3000}') {
        return vec![word.to_owned()];
    }
    letters.windows(2).map(|pair| pair.iter().collect()).collect()
}

/// Whether one letter was dropped, added or changed, or two neighbours swapped.
fn is_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let head = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let tail = one
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let length = one.len();
    if length != other.len() {
        return head + tail >= length.min(other.len());
    }
    let swapped = one.get(head) == other.get(head + 1) && one.get(head + 1) == other.get(head);
    head + tail + 1 >= length || swapped && head + tail + 2 >= length
}

fn unit(parts: &[u64]) -> f64 {
    (hash(parts) >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::WorldConfig;

    #[test]
    fn most_sites_are_found_by_name_and_city_among_other_pages() {
        let world = World::generate(&WorldConfig::new(22, 1_000));
        let rows = world.companies(3, 300);
        let (mut first, mut found, mut sites) = (0, 0, 0);
        for row in rows
            .iter()
            .filter(|row| row.site.is_some() && row.writing == "exact")
        {
            let hits = world.web_search(&format!("{} {}", row.name, row.city), 10);
            let is_own = |hit: &&Hit| {
                world.site(&hit.host).map(|site| &site.host) == row.site.as_ref() && hit.path == "/"
            };
            sites += 1;
            first += usize::from(hits.first().is_some_and(is_own));
            found += usize::from(hits.iter().any(is_own));
        }
        assert!(found * 100 >= sites * 75, "{found} of {sites}");
        assert!(first * 100 <= sites * 85, "{first} of {sites} first: too easy");
        assert!(!world.parked_names().is_empty());
    }

    #[test]
    fn slips_of_the_pen_are_one_letter() {
        for (one, other) in [
            ("muller", "mulller"),
            ("muller", "muler"),
            ("muller", "mullre"),
            ("muller", "moller"),
        ] {
            assert!(is_slip(one, other), "{one} {other}");
        }
        for (one, other) in [("muller", "moeller"), ("abcd", "dcba")] {
            assert!(!is_slip(one, other), "{one} {other}");
        }
    }
}
