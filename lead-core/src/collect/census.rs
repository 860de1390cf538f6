//! Which businesses were listed by whom: what tells how many there are.
//!
//! A business is known by what it shares with others: its entry, its numbers, its site; and, where two sources list it, by where
//! it stands and a word of its name ([`likeness`](super::likeness)). Of each entry the checkpoint keeps `seen:<entry>` with
//! `{"k": [keys], "by": [lanes], "at": [latitude, longitude], "w": [words]}`, keys, words and entries as hashes, so that a run
//! that goes on knows whom it knows.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hasher;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use siphasher::sip::SipHasher13;

use super::lane::source_of;
use super::likeness::{Sign, pairs};
use crate::plan::{Captures, Estimate, recaptured};
use crate::record::filter::words;
use crate::record::{MatchKey, Observation};

/// An entry of a source, as the checkpoint keeps it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Entry {
    /// What it shares with other entries of the same business.
    k: BTreeSet<u64>,
    /// The lanes that listed it.
    by: BTreeSet<String>,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<[f64; 2]>,
    /// The words of its names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    w: Vec<u64>,
}

/// Every entry seen, and which of them are the same business.
#[derive(Debug, Default)]
pub(super) struct Census {
    entries: HashMap<u64, Entry>,
    /// The business a key belongs to.
    holders: HashMap<u64, usize>,
    /// For each business the one it went into; itself when it is one.
    parents: Vec<usize>,
}

/// What an entry brought.
#[derive(Debug)]
pub(super) struct Noted {
    /// Whether nobody had listed this business before.
    pub(super) new: bool,
    /// Whether this lane had not listed this entry before.
    pub(super) first: bool,
    /// What changed in the checkpoint.
    pub(super) changed: Option<(String, Value)>,
}

impl Census {
    /// Notes that a lane listed an entry.
    pub(super) fn note(&mut self, lane: &str, sighting: &Observation) -> Noted {
        let own = MatchKey::Platform(sighting.source.clone(), sighting.natural_key.to_string());
        let id = hash(&own.to_string());
        let before = self.entries.get(&id);
        let keys = sighting.match_keys();
        let keys: BTreeSet<u64> = keys.iter().map(|key| hash(&key.to_string())).collect();
        if before.is_some_and(|before| before.by.contains(lane) && before.k.is_superset(&keys)) {
            return Noted {
                new: false,
                first: false,
                changed: None,
            };
        }
        let first = before.is_none_or(|before| !before.by.contains(lane));
        let new = !keys.iter().any(|key| self.holders.contains_key(key));
        let mut entry = before.cloned().unwrap_or_default();
        entry.k.extend(keys);
        entry.by.insert(lane.to_owned());
        // Another lane may list the same entry and say less of it.
        if let Some(point) = sighting.findings.geo.first() {
            entry.at = Some([point.latitude(), point.longitude()]);
        }
        let words = words_of(sighting);
        if !words.is_empty() {
            entry.w = words;
        }
        let changed = serde_json::to_value(&entry).ok();
        self.add(id, entry);
        Noted {
            new,
            first,
            changed: changed.map(|value| (format!("seen:{id:016x}"), value)),
        }
    }

    /// Takes in an entry of the checkpoint; whether it is one.
    pub(super) fn read(&mut self, key: &str, value: &Value) -> bool {
        let id = key.strip_prefix("seen:").map(|id| u64::from_str_radix(id, 16));
        match (id, Entry::deserialize(value)) {
            (Some(Ok(id)), Ok(entry)) => {
                self.add(id, entry);
                true
            }
            _ => false,
        }
    }

    /// The entries of the checkpoint.
    pub(super) fn entries(&self) -> impl Iterator<Item = String> {
        self.entries.keys().map(|id| format!("seen:{id:016x}"))
    }

    fn add(&mut self, id: u64, entry: Entry) {
        let known: Vec<usize> = entry
            .k
            .iter()
            .filter_map(|key| self.holders.get(key).copied())
            .collect();
        let holder = if let Some(first) = known.first() {
            self.root(*first)
        } else {
            self.parents.push(self.parents.len());
            self.parents.len() - 1
        };
        // Who shares a key is one business.
        for other in known {
            let root = self.root(other);
            if let Some(parent) = self.parents.get_mut(root) {
                *parent = holder;
            }
        }
        for key in &entry.k {
            self.holders.insert(*key, holder);
        }
        self.entries.insert(id, entry);
    }

    fn root(&self, business: usize) -> usize {
        root(&self.parents, business)
    }

    /// Where an entry stands, and under which words.
    fn sign<'a>(&self, entry: &'a Entry) -> Option<Sign<'a>> {
        let holder = self.holders.get(entry.k.first()?)?;
        Some(Sign {
            business: self.root(*holder),
            source: source_of(entry.by.first()?)?.0,
            at: entry.at?,
            words: &entry.w,
        })
    }

    /// For each business the one it went into, those included that two sources list at one place under one name.
    fn likely_parents(&self) -> Vec<usize> {
        let mut ids: Vec<&u64> = self.entries.keys().collect();
        // In one order, so that runs repeat.
        ids.sort_unstable();
        let signs: Vec<Sign<'_>> = ids
            .into_iter()
            .filter_map(|id| self.sign(self.entries.get(id)?))
            .collect();
        let mut parents = self.parents.clone();
        for (one, other) in pairs(&signs) {
            let (one, other) = (root(&parents, one), root(&parents, other));
            if let Some(parent) = parents.get_mut(other) {
                *parent = one;
            }
        }
        parents
    }

    /// How many there are, and how many sources were held against each other. Other words for the same are no witnesses: they
    /// show what the query's own show, or in another language nothing of it.
    pub(super) fn estimate(&self) -> Compared {
        compare(&self.shown())
    }

    /// The businesses each source showed.
    fn shown(&self) -> Vec<BTreeSet<usize>> {
        let parents = self.likely_parents();
        let mut shown: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for entry in self.entries.values() {
            let holder = entry.k.first().and_then(|key| self.holders.get(key));
            let source = entry.by.first().and_then(|lane| source_of(lane));
            if let (Some(holder), Some((source, _))) = (holder, source) {
                shown.entry(source).or_default().insert(root(&parents, *holder));
            }
        }
        shown.into_values().collect()
    }
}

/// An estimate, and what it rests on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Compared {
    pub(super) estimate: Estimate,
    /// How many occasions were held against each other.
    pub(super) occasions: usize,
    /// Whether some are known to few, so that there are at least so many.
    pub(super) uneven: bool,
}

/// Chances that differ by more than a third of their mean are called uneven.
const UNEVEN: f64 = 0.1;

fn compare(shown: &[BTreeSet<usize>]) -> Compared {
    let count = |set: &BTreeSet<usize>| set.len() as u64;
    let (estimate, uneven) = match shown {
        [] => (Estimate::of_all(0), false),
        [one] => (Estimate::of_all(count(one)), false),
        [first, second] => {
            let both = first.intersection(second).count() as u64;
            // Two cannot tell how uneven it is; it always is.
            (recaptured(count(first), count(second), both), true)
        }
        many => {
            let mut captures = Captures::default();
            for set in many {
                captures.request(set.iter().copied());
            }
            let found = captures.found();
            (
                captures.by_requests().unwrap_or_else(|| Estimate::of_all(found)),
                captures.unevenness().is_some_and(|uneven| uneven > UNEVEN),
            )
        }
    };
    Compared {
        estimate,
        occasions: shown.len(),
        uneven,
    }
}

/// The business that one went into.
fn root(parents: &[usize], mut business: usize) -> usize {
    while let Some(parent) = parents.get(business).filter(|parent| **parent != business) {
        business = *parent;
    }
    business
}

/// The words of the names of an entry; those of one or two letters say nothing.
fn words_of(sighting: &Observation) -> Vec<u64> {
    let names = sighting.findings.organizations.iter();
    let words: BTreeSet<String> = names.flat_map(|name| words(&name.name)).collect();
    let long = words.iter().filter(|word| word.chars().count() > 2);
    long.map(|word| hash(word)).collect()
}

/// A text as a number that is the same on every machine.
fn hash(text: &str) -> u64 {
    let mut hasher = SipHasher13::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Confidence, E164, Findings, Found, Method, NaturalKey, Phone, SourceId, Trace};

    fn sighting(source: &str, key: &str, number: Option<u32>) -> Observation {
        let phones = number.map(|number| {
            let number = format!("+3347800{number:04}");
            let phone = Phone::new(E164::new(&number).unwrap(), number);
            Found::new(phone, Confidence::clamped(0.9), Trace::new(Method::Platform))
        });
        let findings = Findings {
            phones: phones.into_iter().collect(),
            ..Findings::default()
        };
        let at = "2026-01-01T00:00:00Z".parse().unwrap();
        let (source, key) = (SourceId::new(source).unwrap(), NaturalKey::new(key).unwrap());
        Observation::new(source, key, None, at, findings)
    }

    #[test]
    fn two_sources_tell_how_many_there_are_and_a_checkpoint_remembers() {
        let (mut census, mut kept) = (Census::default(), Vec::new());
        let mut note = |lane: &str, sighting: Observation| {
            let noted = census.note(lane, &sighting);
            kept.extend(noted.changed);
            noted.new
        };
        for number in 0..400 {
            assert!(note("source:a", sighting("a", &number.to_string(), Some(number))));
        }
        for number in 280..580 {
            let new = note("source:b", sighting("b", &number.to_string(), Some(number)));
            assert_eq!(new, number >= 400, "{number}");
        }
        assert!(!note("source:b?other", sighting("b", "300", Some(300))));
        let told = census.estimate();
        assert_eq!((told.estimate.found, told.occasions, told.uneven), (580, 2, true));
        assert!((told.estimate.total - 996.5).abs() < 1.0, "{:?}", told.estimate);
        let mut again = Census::default();
        for (key, value) in kept.iter().rev() {
            assert!(again.read(key, value));
        }
        assert_eq!(again.estimate().estimate, told.estimate);
    }

    #[test]
    fn an_entry_that_names_two_businesses_makes_them_one() {
        let mut census = Census::default();
        census.note("source:a", &sighting("a", "1", Some(1)));
        census.note("source:b", &sighting("b", "2", None));
        assert_eq!(census.estimate().estimate.found, 2);
        let both = census.note("source:b", &sighting("b", "2", Some(1)));
        assert!(!both.new);
        assert_eq!(census.estimate().estimate.found, 1);
    }
}
