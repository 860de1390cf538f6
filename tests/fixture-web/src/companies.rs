//! Lists of companies as people keep them: names written their way, a city, and nothing else; and which site is right.

use std::collections::HashMap;

use crate::business::Business;
use crate::rng::Rng;
use crate::site::SiteState;
use crate::text::fold;
use crate::world::World;

/// A row of a list, and the truth about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyRow {
    /// The business that is meant: `b000042`.
    pub id: String,
    /// Its name, as the list has it.
    pub name: String,
    /// Its city, as the list has it.
    pub city: String,
    /// How the name is written: `exact`, `legal`, `capitals`, `plain`, `misspelt`, `abbreviated`, `swapped`, `other-form`, `with-city`.
    pub writing: &'static str,
    /// The host of its site; none where it has none, or where the site is gone or parked.
    pub site: Option<String>,
    /// Whether robots.txt lets visitors read it.
    pub reachable: bool,
    /// Whether a business of another city is called so and has a site.
    pub namesake: bool,
}

/// Ways to write a name, and how often of a hundred.
const WRITINGS: [(&str, u32); 9] = [
    ("exact", 30),
    ("legal", 14),
    ("capitals", 8),
    ("plain", 8),
    ("misspelt", 12),
    ("abbreviated", 8),
    ("swapped", 8),
    ("other-form", 6),
    ("with-city", 6),
];

impl World {
    /// `count` companies of this world, drawn and written by `seed`. A business that shares its city with another of the same words
    /// in any order is not drawn: a name and a city do not say which of them is meant.
    pub fn companies(&self, seed: u64, count: usize) -> Vec<CompanyRow> {
        let mut named: HashMap<(&str, Vec<String>), Vec<Option<usize>>> = HashMap::new();
        for business in &self.businesses {
            let sites = named
                .entry((business.city.name, self.words(business)))
                .or_default();
            // Branches of a chain in one city are one to a list.
            if business.chain.is_none() || !sites.contains(&business.site) {
                sites.push(business.site);
            }
        }
        let is_alone = |business: &&Business| {
            named
                .get(&(business.city.name, self.words(business)))
                .is_some_and(|all| all.len() == 1)
        };
        let mut drawn: Vec<&Business> = self.businesses.iter().filter(is_alone).collect();
        drawn.sort_by_key(|business| crate::rng::hash(&[seed, 61, business.index as u64]));
        drawn
            .into_iter()
            .take(count)
            .map(|business| self.company(seed, business))
            .collect()
    }

    fn company(&self, seed: u64, business: &Business) -> CompanyRow {
        let mut rng = Rng::of(&[seed, 62, business.index as u64]);
        let (writing, _) = WRITINGS
            .get(rng.weighted(WRITINGS.iter().map(|(_, weight)| *weight)))
            .copied()
            .unwrap_or(("exact", 0));
        let site = self
            .site_of(business)
            .filter(|site| site.state == SiteState::Live);
        CompanyRow {
            id: business.id.clone(),
            name: self.written(&mut rng, business, writing),
            city: city(&mut rng, business),
            writing,
            site: site.map(|site| site.host.clone()),
            reachable: site.is_some_and(|site| site.robots.lets_in()),
            namesake: self.has_namesake(business),
        }
    }

    /// The words of its name in order of the alphabet, without articles.
    fn words(&self, business: &Business) -> Vec<String> {
        let folded = fold(self.called(business));
        let words = folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty() && *word != "the");
        let mut words: Vec<String> = words.map(str::to_owned).collect();
        words.sort();
        words
    }

    /// What the business is called: a branch by its chain's name.
    pub(crate) fn called<'a>(&'a self, business: &'a Business) -> &'a str {
        self.chain_of(business)
            .map_or(business.names.site.as_str(), |chain| chain.name.as_str())
    }

    fn written(&self, rng: &mut Rng, business: &Business, writing: &str) -> String {
        let name = self.called(business);
        let legal = self
            .chain_of(business)
            .map_or(business.names.legal.as_str(), |chain| chain.legal.as_str());
        match writing {
            "legal" => legal.to_owned(),
            "capitals" => name.to_uppercase(),
            "plain" => fold(name),
            "misspelt" => misspelt(rng, name),
            "abbreviated" => abbreviated(name),
            "swapped" => swapped(name),
            "other-form" => {
                let form = rng.word(business.country.legal_forms);
                crate::text::fill(form, &[("name", name)])
            }
            "with-city" => format!("{name} {}", business.city.name()),
            _ => name.to_owned(),
        }
    }

    fn has_namesake(&self, business: &Business) -> bool {
        let name = self.called(business);
        self.businesses.iter().any(|other| {
            other.site.is_some()
                && other.site != business.site
                && !std::ptr::eq(other.city, business.city)
                && self.called(other) == name
        })
    }
}

/// The city, now and then by another of its names or in capitals.
fn city(rng: &mut Rng, business: &Business) -> String {
    let own = business.city.name();
    match rng.below(20) {
        0 | 1 => rng.pick(business.city.aliases).copied().unwrap_or(own).to_owned(),
        2 => own.to_uppercase(),
        _ => own.to_owned(),
    }
}

/// The longest word with a letter dropped, doubled or swapped with its neighbour.
fn misspelt(rng: &mut Rng, name: &str) -> String {
    // Where a letter is a word, another letter is another name.
    if name.chars().any(|c| c >= '\u{3000}') {
        return name.to_owned();
    }
    let longest = name
        .split(' ')
        .max_by_key(|word| word.chars().count())
        .unwrap_or_default();
    let mut letters: Vec<char> = longest.chars().collect();
    if letters.len() < 4 {
        return name.to_owned();
    }
    let at = rng.range(1, letters.len() - 2);
    match rng.below(3) {
        0 => {
            letters.remove(at);
        }
        1 => {
            let twice = letters.get(at).copied().unwrap_or('x');
            letters.insert(at, twice);
        }
        _ => letters.swap(at, at + 1),
    }
    name.replacen(longest, &letters.into_iter().collect::<String>(), 1)
}

/// The first long word cut short: `Bäck. Müller`; names of one word stay whole.
fn abbreviated(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let long = words.iter().position(|word| word.chars().count() >= 7);
    let Some(at) = long.filter(|_| words.len() > 1) else {
        return name.to_owned();
    };
    let cut = |(place, word): (usize, &&str)| match place {
        place if place == at => word.chars().take(4).chain(['.']).collect(),
        _ => (*word).to_owned(),
    };
    words
        .iter()
        .enumerate()
        .map(cut)
        .collect::<Vec<String>>()
        .join(" ")
}

/// The first word last.
fn swapped(name: &str) -> String {
    match name.split_once(' ') {
        Some((first, rest)) if !rest.contains(' ') => format!("{rest} {first}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::WorldConfig;

    #[test]
    fn lists_hold_what_makes_them_hard() {
        let world = World::generate(&WorldConfig::new(21, 3_000));
        let rows = world.companies(1, 1_000);
        assert_eq!(rows.len(), 1_000);
        assert_eq!(rows, world.companies(1, 1_000));
        let count = |test: &dyn Fn(&CompanyRow) -> bool| rows.iter().filter(|row| test(row)).count();
        assert!(
            rows.iter()
                .all(|row| !row.name.is_empty() && !row.city.is_empty())
        );
        for (writing, _) in WRITINGS {
            assert!(count(&|row| row.writing == writing) > 20, "{writing}");
        }
        assert!(count(&|row| row.site.is_none()) > 100, "without a site");
        assert!(count(&|row| row.namesake) > 100, "namesakes elsewhere");
        assert!(
            count(&|row| row.site.is_none() && row.namesake) > 20,
            "only a namesake has a site"
        );
        assert!(
            count(&|row| row.site.is_some() && !row.reachable) > 5,
            "sites that let nobody in"
        );
    }

    #[test]
    fn names_are_written_as_people_write_them() {
        assert_eq!(abbreviated("Bäckerei Müller"), "Bäck. Müller");
        assert_eq!(swapped("Bäckerei Müller"), "Müller Bäckerei");
        let misspelt = misspelt(&mut Rng::of(&[1]), "Bäckerei Müller");
        assert!(
            misspelt != "Bäckerei Müller" && misspelt.ends_with(" Müller"),
            "{misspelt}"
        );
    }
}
