//! What a number is said to be for, by the words beside it.

use std::ops::Range;

use crate::record::PhoneRole;
use crate::sighting::{head, tail};

/// How far before a number its label may begin, in bytes.
const REACH: usize = 64;
/// How many words back it may stand.
const WORDS: usize = 6;

/// Words by role: English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Nordic, Czech, Hungarian, Greek,
/// Russian, Chinese, Japanese. Lower case; matched as whole words.
const LABELS: &[(PhoneRole, &[&str])] = &[
    (
        PhoneRole::Fax,
        &[
            "fax",
            "faxes",
            "fax#",
            "facsimile",
            "telefax",
            "télécopie",
            "télécopieur",
            "telecopie",
            "faks",
            "telefaks",
            "fx",
            "faxnummer",
            "faxno",
            "факс",
            "φαξ",
            "传真",
            "傳真",
            "ファックス",
            "ファクス",
            "fax-nr",
            "fakse",
        ],
    ),
    (
        PhoneRole::Mobile,
        &[
            "mobile",
            "mobiles",
            "mob",
            "cell",
            "cellphone",
            "cellular",
            "handy",
            "mobil",
            "mobiltelefon",
            "mobilfunk",
            "mobilnummer",
            "portable",
            "móvil",
            "movil",
            "celular",
            "cellulare",
            "telemóvel",
            "telemovel",
            "mobiel",
            "kom",
            "komórka",
            "gsm",
            "моб",
            "мобильный",
            "mobilní",
            "kännykkä",
            "matkapuhelin",
            "κινητό",
            "手机",
            "携帯",
        ],
    ),
    (
        PhoneRole::TollFree,
        &[
            "toll-free",
            "tollfree",
            "freephone",
            "freefone",
            "freecall",
            "toll",
            "gratuit",
            "gratuita",
            "gebührenfrei",
            "kostenlos",
            "infolinia",
            "verde",
            "vert",
            "gratis",
        ],
    ),
    (PhoneRole::Whatsapp, &["whatsapp", "whats", "wa"]),
    (PhoneRole::Sms, &["sms", "text", "texts"]),
    (PhoneRole::Pager, &["pager", "beeper"]),
    (
        PhoneRole::Tel,
        &[
            "tel",
            "tél",
            "telephone",
            "téléphone",
            "phone",
            "phones",
            "phone#",
            "ph",
            "call",
            "voice",
            "telefon",
            "telefono",
            "teléfono",
            "telefone",
            "telefoon",
            "tfno",
            "tlf",
            "tlfn",
            "tfn",
            "fon",
            "fono",
            "fone",
            "puhelin",
            "puh",
            "teléf",
            "telef",
            "τηλ",
            "τηλέφωνο",
            "тел",
            "телефон",
            "電話",
            "电话",
            "office",
            "main",
            "direct",
            "local",
            "reception",
            "ruf",
            "rufnummer",
            "hotline",
            "appelez",
            "llámenos",
            "chiama",
            "bel",
            "zadzwoń",
            "ring",
            "number",
            "reservations",
            "sales",
            "desk",
        ],
    ),
];

/// Single letters, only right before the number and set off by a sign: `T: 030 …`, `(F) 030 …`.
const LETTERS: &[(char, PhoneRole)] = &[
    ('t', PhoneRole::Tel),
    ('p', PhoneRole::Tel),
    ('f', PhoneRole::Fax),
    ('m', PhoneRole::Mobile),
    ('c', PhoneRole::Mobile),
    ('w', PhoneRole::Whatsapp),
];

/// A role, and whether words said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) role: PhoneRole,
    pub(crate) said: bool,
}

impl Label {
    /// Nothing is said.
    pub(crate) const NONE: Self = Self {
        role: PhoneRole::Tel,
        said: false,
    };
}

/// The role of the number at `span` of `text`; `after` is where the number before it ends.
pub(crate) fn of(text: &str, span: &Range<usize>, after: usize) -> Label {
    let before = text.get(after.min(span.start)..span.start).unwrap_or_default();
    let behind = text.get(span.end..).unwrap_or_default();
    let said = |role| Label { role, said: true };
    if let Some(role) = behind_label(behind) {
        return said(role);
    }
    match before_label(tail(before, REACH)) {
        Some(role) => said(role),
        None => Label::NONE,
    }
}

/// Whether a word of any case, or a single capital letter, is a label: `Tel`, `FAX`, `T`.
pub(crate) fn is_label(word: &str) -> bool {
    let lower = word.to_lowercase();
    word_role(&lower).is_some()
        || word.chars().all(char::is_uppercase)
            && LETTERS.iter().any(|(letter, _)| lower.chars().eq([*letter]))
}

fn word_role(word: &str) -> Option<PhoneRole> {
    LABELS
        .iter()
        .find(|(_, words)| words.contains(&word))
        .map(|(role, _)| *role)
}

/// The label nearest before the number. Lines count as long as they hold little more than the label.
fn before_label(before: &str) -> Option<PhoneRole> {
    let lower = before.to_lowercase();
    let trimmed = lower.trim_end();
    if let Some(role) = letter(trimmed) {
        return Some(role);
    }
    // Past a line end only a line that is a label counts.
    let (line, gap) = match lower.rsplit_once(['\n', '\t']) {
        Some((above, line)) if line.trim_matches(|c: char| !c.is_alphanumeric()).is_empty() => {
            (above.rsplit(['\n', '\t']).next().unwrap_or_default(), true)
        }
        Some((_, line)) => (line, false),
        None => (lower.as_str(), false),
    };
    let words: Vec<&str> = words_of(line);
    if gap && words.len() > 4 {
        return None;
    }
    let (place, role) = words
        .iter()
        .enumerate()
        .rev()
        .take(WORDS)
        .find_map(|(place, word)| word_role(word).map(|role| (place, role)))?;
    let previous = place.checked_sub(1).and_then(|place| words.get(place)).copied();
    Some(combined(line, previous, role))
}

/// `Tel/Fax: …` is a telephone; `toll free fax` is a fax; `free` alone says nothing.
fn combined(line: &str, previous: Option<&str>, role: PhoneRole) -> PhoneRole {
    let previous_role = previous.and_then(word_role);
    let joined = line.contains('/') || line.contains('&') || line.contains('+');
    match (role, previous_role) {
        (PhoneRole::Fax, Some(PhoneRole::Tel)) if joined => PhoneRole::Tel,
        (PhoneRole::Tel, Some(other)) if !joined => other,
        (role, _) => role,
    }
}

fn words_of(line: &str) -> Vec<&str> {
    let line = line.trim_end();
    let mut words: Vec<&str> = line
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '#')))
        .filter(|word| !word.is_empty())
        .map(|word| word.trim_matches('-'))
        .collect();
    // `toll free` is one label.
    if let [.., "toll", last] = words.as_mut_slice()
        && *last == "free"
    {
        *last = "toll-free";
    }
    words
}

/// `t:`, `(f)`, `m.` at the end of the text before the number.
fn letter(before: &str) -> Option<PhoneRole> {
    let bare = before.strip_suffix([':', '.', ')', '|', ']'])?.trim_end();
    let last = bare.chars().next_back()?;
    let free = !bare
        .strip_suffix(last)
        .unwrap_or_default()
        .ends_with(|c: char| c.is_alphanumeric() || c == '.');
    LETTERS
        .iter()
        .find(|(letter, _)| *letter == last && free)
        .map(|(_, role)| *role)
}

/// `… (fax)`, `… fax`, `… Mobile` right behind the number and not itself a label for the next one.
fn behind_label(behind: &str) -> Option<PhoneRole> {
    let line = head(behind, 24).split(['\n', '\t']).next().unwrap_or_default();
    let word = line.trim_start_matches([' ', '(', '-', '–', '[', ',', '\u{a0}']);
    let end = word
        .find(|c: char| !c.is_alphabetic() && c != '-')
        .unwrap_or(word.len());
    let rest = word
        .get(end..)
        .unwrap_or_default()
        .trim_start_matches([' ', ')', ']', '.', ',']);
    let bracketed = word.get(end..).is_some_and(|rest| rest.starts_with([')', ']']));
    let role = word_role(&word.get(..end)?.to_lowercase())?;
    (bracketed || rest.is_empty())
        .then_some(role)
        .filter(|role| *role != PhoneRole::Tel)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(text: &str) -> (PhoneRole, bool) {
        let start = text.find("0478").unwrap();
        let label = of(text, &(start..start + 10), 0);
        (label.role, label.said)
    }

    #[test]
    fn the_nearest_label_counts() {
        for (text, expected) in [
            ("Tel: 0478000001", PhoneRole::Tel),
            ("Fax: 0478000001", PhoneRole::Fax),
            ("Télécopie 0478000001", PhoneRole::Fax),
            ("T: 1 F: 0478000001", PhoneRole::Fax),
            ("Tel. / Fax 0478000001", PhoneRole::Tel),
            ("(F) 0478000001", PhoneRole::Fax),
            ("Fax\n0478000001", PhoneRole::Fax),
            ("Fax number: 0478000001", PhoneRole::Fax),
            ("Mobile phone 0478000001", PhoneRole::Mobile),
            ("Toll free: 0478000001", PhoneRole::TollFree),
            ("0478000001 (fax)", PhoneRole::Fax),
            ("0478000001 Fax", PhoneRole::Fax),
            ("WhatsApp 0478000001", PhoneRole::Whatsapp),
        ] {
            assert_eq!(role(text), (expected, true), "{text}");
        }
        for text in ["We bake since 1901, 0478000001", "0478000001 fax: 1"] {
            assert_eq!(role(text), (PhoneRole::Tel, false), "{text}");
        }
    }
}
