//! How alike two names of businesses are.

use strsim::{jaro_winkler, normalized_damerau_levenshtein};

use super::fold::{fold, latin_words, words};
use super::legal::bare;
use crate::plan::{Category, categories};
use crate::record::QueryText;

/// Words that tell no business from another.
const FILLERS: &[&str] = &[
    "and", "und", "et", "y", "e", "i", "the", "der", "die", "das", "den", "dem", "la", "le", "les", "el",
    "los", "las", "il", "lo", "gli", "de", "du", "des", "del", "della", "di", "da", "do", "dos", "am", "an",
    "im", "in", "zum", "zur", "zu", "bei", "of", "at", "by", "a", "al", "au", "aux", "chez", "na", "w", "z",
    "van", "het",
];

/// Words that businesses add to a family's name, and leave out as readily.
const KIN: &[&str] = &[
    "sohne", "sohn", "sons", "son", "fils", "freres", "hermanos", "hijos", "fratelli", "figli", "family",
    "bros", "brothers", "gebruder", "bracia", "syn", "filhos", "zonen",
];

/// What a word weighs when names are compared: a trade is shared by many, a filler by all.
const TRADE: f32 = 0.45;
const FILLER: f32 = 0.15;
const KINSHIP: f32 = 0.7;

/// What a word that only one of two names has takes off their likeness, for its weight: one that is looked for and not there
/// says more than one that is there beside.
const MISSING: f32 = 0.32;
const BESIDE: f32 = 0.26;

/// A name, ready to be compared.
#[derive(Clone, Debug)]
pub(super) struct Name {
    words: Vec<Word>,
    trades: Vec<Category>,
}

/// A word of a name.
#[derive(Clone, Debug)]
struct Word {
    folded: String,
    /// In Latin letters, `ue` as it is: a slip of the pen within such a pair would else be two.
    latin: String,
    weight: f32,
}

impl Name {
    /// A name; the words of `town` in it count for nothing, as branches and listings add them.
    pub(super) fn new(name: &str, town: &[Vec<String>]) -> Self {
        let core = bare(name);
        let own = words(&core);
        let latin = latin_words(&core);
        let town: Vec<&String> = town
            .iter()
            .filter(|town| own.len() > town.len())
            .flatten()
            .collect();
        let trades = trades_of(&core);
        let weigh = |word: &String| match () {
            () if town.contains(&word) => 0.0,
            () if FILLERS.contains(&word.as_str()) => FILLER,
            () if KIN.contains(&word.as_str()) => KINSHIP,
            () if !trades.is_empty() && (!trades_of(word).is_empty() || is_trade_of(&core, word)) => TRADE,
            () => 1.0,
        };
        let pairs = own.iter().zip(latin);
        let mut words: Vec<Word> = pairs
            .map(|(word, latin)| Word {
                folded: word.clone(),
                latin,
                weight: weigh(word),
            })
            .collect();
        if words.iter().all(|word| word.weight == 0.0) {
            for word in &mut words {
                word.weight = 1.0;
            }
        }
        Self { words, trades }
    }

    /// Whether nothing is left of it.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How much of it tells it from others of its trade: about one a word.
    pub(super) fn weight(&self) -> f32 {
        self.words.iter().map(|word| word.weight).sum()
    }

    /// The words in one, as hosts are called.
    pub(super) fn joined(&self) -> String {
        self.words.iter().map(|word| word.folded.as_str()).collect()
    }

    /// Its words that are neither fillers nor the town.
    pub(super) fn telling(&self) -> impl Iterator<Item = &str> {
        let telling = self.words.iter().filter(|word| word.weight >= TRADE);
        telling.map(|word| word.folded.as_str())
    }

    /// The longest of the words that no trade shares.
    pub(super) fn rarest(&self) -> Option<&str> {
        let rare = self.words.iter().filter(|word| word.weight >= 1.0);
        rare.map(|word| word.folded.as_str())
            .max_by_key(|word| word.len())
    }

    /// How alike two names are, 0 to 1. Order hardly counts; a word may be abbreviated or misspelt; words that only one has cost
    /// what they weigh. Names of different trades are hardly alike.
    pub(super) fn likeness(&self, other: &Self) -> f32 {
        if self.is_empty() || other.is_empty() {
            return 0.0;
        }
        let pairs = self.pairs(other);
        let matched = |place: usize| pairs.iter().any(|(_, theirs, _)| *theirs == place);
        let (mut agreed, mut shared) = (0.0, 0.0);
        for (mine, _, likeness) in &pairs {
            let weight = self.words.get(*mine).map_or(0.0, |word| word.weight);
            (agreed, shared) = (agreed + weight * likeness, shared + weight);
        }
        let missing = self.weight() - shared;
        let others = other
            .words
            .iter()
            .enumerate()
            .filter(|(place, _)| !matched(*place));
        let beside: f32 = others.map(|(_, word)| word.weight).sum();
        let quality = if shared > 0.0 { agreed / shared } else { 0.0 };
        let in_order = pairs.is_sorted_by_key(|(_, theirs, _)| *theirs);
        let order = if in_order { 0.0 } else { 0.02 };
        let worded = (quality - MISSING * missing - BESIDE * beside - order).max(0.0);
        // `Blumenhaus` and `Blumen Haus` share no word.
        let whole = alike(&self.joined(), &other.joined());
        let likeness = worded.max(if whole >= 0.9 { whole - 0.02 } else { 0.0 });
        if self.is_other_trade(other) {
            likeness * 0.5
        } else {
            likeness
        }
    }

    fn is_other_trade(&self, other: &Self) -> bool {
        let known = !self.trades.is_empty() && !other.trades.is_empty();
        known && !self.trades.iter().any(|trade| other.trades.contains(trade))
    }

    /// Which of its words are which of the other's, and how alike: by place in each.
    fn pairs(&self, other: &Self) -> Vec<(usize, usize, f32)> {
        let mut free: Vec<Option<&Word>> = other.words.iter().map(Some).collect();
        let mut pairs = Vec::new();
        // Words that are the same are not taken by those that only resemble them.
        for least in [1.0, 0.0] {
            for (mine, word) in self.words.iter().enumerate() {
                if pairs.iter().any(|(taken, _, _)| *taken == mine) {
                    continue;
                }
                let scored = free.iter().enumerate().filter_map(|(place, free)| {
                    let likeness = word.likeness((*free)?);
                    (likeness > 0.0 && likeness >= least).then_some((place, likeness))
                });
                if let Some((place, likeness)) = scored.max_by(|one, two| one.1.total_cmp(&two.1)) {
                    pairs.push((mine, place, likeness));
                    if let Some(taken) = free.get_mut(place) {
                        *taken = None;
                    }
                }
            }
        }
        pairs.sort_by_key(|(mine, _, _)| *mine);
        pairs
    }
}

impl Word {
    fn likeness(&self, other: &Self) -> f32 {
        word_likeness(&self.folded, &other.folded).max(word_likeness(&self.latin, &other.latin))
    }
}

/// How alike two words are; 0 for words that are others.
fn word_likeness(one: &str, other: &str) -> f32 {
    if one == other {
        return 1.0;
    }
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let digits = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    if digits(short) || digits(long) {
        return 0.0;
    }
    match short.len() {
        1 if long.starts_with(short) => 0.6,
        2.. if long.starts_with(short) && short.len() * 4 >= long.len() => 0.85,
        // A consonant skeleton: `Bckr`, `Rest.`, `Ltg`.
        3.. if abbreviates(short, long) => 0.75,
        _ => {
            let likeness = alike(short, long);
            // One letter of at least four, two of eight.
            let letters = u8::try_from(short.len().max(4)).unwrap_or(u8::MAX);
            let near = long.len() >= 4 && likeness >= 1.0 - 1.01 / f32::from(letters)
                || short.len() >= 8 && likeness >= 0.8;
            if near { likeness.max(0.85) } else { 0.0 }
        }
    }
}

/// Whether a short form is the first letter and some of the others in their order, with at most half of them.
fn abbreviates(short: &str, long: &str) -> bool {
    let mut letters = long.chars();
    let in_order = short.chars().all(|c| letters.any(|letter| letter == c));
    in_order && short.as_bytes().first() == long.as_bytes().first() && short.len() * 2 <= long.len()
}

/// One less the share of letters that differ, swapped neighbours counted once.
#[expect(clippy::cast_possible_truncation, reason = "between 0 and 1")]
fn alike(one: &str, other: &str) -> f32 {
    let winkler = jaro_winkler(one, other);
    let edits = normalized_damerau_levenshtein(one, other);
    edits.min(winkler) as f32
}

fn trades_of(words: &str) -> Vec<Category> {
    QueryText::new(words)
        .map(|query| categories(&query))
        .unwrap_or_default()
}

/// Whether a folded word is that of a trade in the name as it was written: folding takes the accents the table goes by.
fn is_trade_of(name: &str, folded: &str) -> bool {
    let written = name
        .split(|c: char| !c.is_alphanumeric())
        .find(|word| fold(word) == folded);
    written.is_some_and(|word| !trades_of(word).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, other: &str) -> f32 {
        let town = [words("Lyon"), words("Köln")];
        Name::new(one, &town).likeness(&Name::new(other, &town))
    }

    #[test]
    fn one_business_is_written_in_many_ways() {
        for (one, other) in [
            ("Bäckerei Müller", "Mueller Baeckerei"),
            ("Bäckerei Müller GmbH & Co. KG", "BÄCKEREI MÜLLER"),
            ("Boulangerie Martin - Lyon", "Boulangerie Martin"),
            ("Boulangerie Martin", "Boulangerie Matrin"),
            ("Blumenhaus Krüger", "Blumen-Haus Krueger"),
            ("Bäck. Müller", "Bäckerei Müller"),
            ("Пекарна Иванов", "Pekarna Ivanov"),
            ("Hands & Sons Ltd", "Hands and Sons"),
        ] {
            let likeness = likeness(one, other);
            assert!(likeness >= 0.85, "{one} / {other}: {likeness}");
        }
    }

    #[test]
    fn others_are_others() {
        for (one, other) in [
            ("Bäckerei Müller", "Metzgerei Müller"),
            ("Bäckerei am Markt", "Bäckerei am Park"),
            ("Boulangerie Martin", "Boulangerie Moreau"),
            ("Dentist 24", "Dentist 42"),
            ("Müller", ""),
            ("Lyon", "Köln"),
            ("Cabinet des Remparts Martin", "Cabinet des Remparts"),
            ("Cabinet Hélène Martin", "Cabinet Martin"),
        ] {
            let likeness = likeness(one, other);
            assert!(likeness < 0.8, "{one} / {other}: {likeness}");
        }
    }

    #[test]
    fn the_very_name_is_likest() {
        let exact = likeness("Bäckerei Müller", "Bäckerei Müller");
        for other in [
            "Müller Bäckerei",
            "Bäckerei Müller & Söhne",
            "Bäckerei Muller",
            "Bäckerei Möller",
        ] {
            assert!(likeness("Bäckerei Müller", other) <= exact, "{other}");
        }
        assert!(likeness("Bäckerei Müller", "Müller Bäckerei") < exact);
        assert!(likeness("Bäckerei Müller & Söhne", "Bäckerei Müller") < 0.85);
    }
}
