//! What a street line looks like, in English and on the continent.

/// Endings of street names (USPS Publication 28, appendix C, the common ones; Royal Mail's).
const SUFFIXES: &[&str] = &[
    "alley",
    "ave",
    "avenue",
    "av",
    "blvd",
    "boulevard",
    "bypass",
    "center",
    "centre",
    "circle",
    "cir",
    "close",
    "court",
    "ct",
    "cove",
    "crescent",
    "cres",
    "crossing",
    "dr",
    "drive",
    "esplanade",
    "expressway",
    "expy",
    "freeway",
    "fwy",
    "gardens",
    "gate",
    "green",
    "grove",
    "harbor",
    "highway",
    "hwy",
    "hill",
    "house",
    "lane",
    "ln",
    "loop",
    "mall",
    "mews",
    "parade",
    "park",
    "parkway",
    "pkwy",
    "pass",
    "path",
    "pike",
    "place",
    "pl",
    "plaza",
    "plz",
    "point",
    "quay",
    "rd",
    "ridge",
    "road",
    "route",
    "row",
    "rte",
    "square",
    "sq",
    "st",
    "street",
    "ter",
    "terrace",
    "trail",
    "trl",
    "turnpike",
    "tpke",
    "view",
    "walk",
    "way",
    "wharf",
    "yard",
    "broadway",
    "suite",
];

/// Words that begin or hold a continental street name.
const WORDS: &[&str] = &[
    "straße",
    "strasse",
    "str.",
    "weg",
    "platz",
    "allee",
    "gasse",
    "ring",
    "damm",
    "ufer",
    "markt",
    "chaussee",
    "rue",
    "avenue",
    "boulevard",
    "place",
    "chemin",
    "route",
    "quai",
    "impasse",
    "allée",
    "cours",
    "calle",
    "c/",
    "avenida",
    "avda",
    "plaza",
    "paseo",
    "carrer",
    "carretera",
    "via",
    "viale",
    "piazza",
    "corso",
    "largo",
    "vicolo",
    "rua",
    "praça",
    "travessa",
    "straat",
    "laan",
    "plein",
    "kade",
    "gracht",
    "dreef",
    "ul.",
    "ulica",
    "aleja",
    "plac",
    "gatan",
    "vägen",
    "gata",
    "väg",
    "vej",
    "gade",
    "vei",
    "veien",
    "katu",
    "tie",
    "utca",
    "út",
];

/// Units within a building.
const UNITS: &[&str] = &[
    "suite", "ste", "unit", "apt", "floor", "fl", "room", "rm", "bldg", "building", "#", "box", "level",
];

fn first_word(text: &str) -> &str {
    text.split(|c: char| c.is_whitespace() || c == '.')
        .next()
        .unwrap_or_default()
}

/// `Suite 300`, `#12`, `2nd Floor`.
pub(super) fn is_unit(segment: &str) -> bool {
    let lower = segment.trim().to_lowercase();
    let word = first_word(&lower);
    UNITS
        .iter()
        .any(|unit| word == *unit || (*unit == "#" && word.starts_with('#')))
        || lower.ends_with(" floor")
}

/// `PO Box 12`, `P. O. Box 12`.
pub(super) fn is_box(segment: &str) -> bool {
    let letters: String = segment
        .chars()
        .filter(|c| c.is_alphanumeric())
        .take(8)
        .collect::<String>()
        .to_lowercase();
    letters.starts_with("pobox") || letters.starts_with("postfach")
}

/// Whether a segment is a street line: a house number and a name.
pub(super) fn is_street(segment: &str) -> bool {
    let segment = segment.trim();
    if !(5..=90).contains(&segment.len()) || segment.contains(['@', '?', '!']) {
        return false;
    }
    if is_box(segment) {
        return segment.bytes().any(|byte| byte.is_ascii_digit());
    }
    let digits = segment.bytes().filter(u8::is_ascii_digit).count();
    let letters = segment.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 3 || digits == 0 || digits > 10 {
        return false;
    }
    begins_with_number(segment)
        || has_street_word(segment) && segment.bytes().any(|byte| byte.is_ascii_digit())
}

/// `123 …`, `12-14 …`, `12A …`, `One …` is not read.
fn begins_with_number(segment: &str) -> bool {
    let number = segment.split_whitespace().next().unwrap_or_default();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let name = segment.split_whitespace().nth(1).unwrap_or_default();
    number.starts_with(|c: char| c.is_ascii_digit())
        && (1..=6).contains(&digits)
        && number.len() <= digits + 3
        && (name.starts_with(char::is_uppercase)
            || name.starts_with(|c: char| c.is_ascii_digit())
            || has_street_word(segment))
        && !name.ends_with("am")
        && !name.ends_with("pm")
}

/// Endings of continental names written in one word: `Hauptstraße`, `Keizersgracht`.
const ENDINGS: &[&str] = &[
    "straße", "strasse", "str.", "weg", "platz", "allee", "gasse", "damm", "ufer", "straat", "laan", "plein",
    "kade", "gracht", "dreef", "gatan", "vägen", "vej", "gade", "veien", "katu",
];

/// Whether a word of the segment ends or begins a street's name.
pub(super) fn has_street_word(segment: &str) -> bool {
    let lower = segment.to_lowercase();
    let known = |word: &str| {
        SUFFIXES.contains(&word.trim_end_matches('.'))
            || WORDS.contains(&word)
            || ENDINGS.iter().any(|ending| word.ends_with(ending))
    };
    lower.split(|c: char| c.is_whitespace() || c == ',').any(known)
}

/// Splits `123 Main St Springfield` behind the street's ending and its unit, when a town may follow.
pub(super) fn split_town(segment: &str) -> Option<(&str, &str)> {
    let mut cut = None;
    let mut expect_unit = false;
    for (index, word) in segment.split_whitespace().enumerate() {
        let start = word.as_ptr().addr() - segment.as_ptr().addr();
        let end = start + word.len();
        let lower = word.to_lowercase();
        let plain = lower.trim_end_matches(['.', ',']);
        if expect_unit || plain.starts_with('#') {
            cut = Some(end);
            expect_unit = false;
        } else if UNITS.contains(&plain) {
            expect_unit = true;
        } else if index >= 2 && SUFFIXES.contains(&plain)
            || index >= 2 && cut.is_some_and(|at| at + 1 == start) && DIRECTIONS.contains(&plain)
        {
            cut = Some(end);
        }
    }
    let cut = cut?;
    let (street, town) = (segment.get(..cut)?, segment.get(cut..)?.trim_matches([' ', ',']));
    (!town.is_empty() && town.starts_with(char::is_uppercase)).then_some((street, town))
}

const DIRECTIONS: &[&str] = &[
    "n", "s", "e", "w", "ne", "nw", "se", "sw", "n.w", "s.w", "n.e", "s.e", "north", "south", "east", "west",
];
