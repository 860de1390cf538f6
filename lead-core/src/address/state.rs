//! States of the USA and Australia, provinces of Canada and counties of Britain, by abbreviation and name.

use crate::word_list::{Sieve, WordList};

/// Abbreviations (USPS Publication 28, appendix B) and names, and the older abbreviations that newspapers use.
const STATES: &[(&str, &str)] = &[
    ("AL", "Alabama"),
    ("AK", "Alaska"),
    ("AZ", "Arizona"),
    ("AR", "Arkansas"),
    ("CA", "California"),
    ("CO", "Colorado"),
    ("CT", "Connecticut"),
    ("DE", "Delaware"),
    ("DC", "District of Columbia"),
    ("FL", "Florida"),
    ("GA", "Georgia"),
    ("GU", "Guam"),
    ("HI", "Hawaii"),
    ("ID", "Idaho"),
    ("IL", "Illinois"),
    ("IN", "Indiana"),
    ("IA", "Iowa"),
    ("KS", "Kansas"),
    ("KY", "Kentucky"),
    ("LA", "Louisiana"),
    ("ME", "Maine"),
    ("MD", "Maryland"),
    ("MA", "Massachusetts"),
    ("MI", "Michigan"),
    ("MN", "Minnesota"),
    ("MS", "Mississippi"),
    ("MO", "Missouri"),
    ("MT", "Montana"),
    ("NE", "Nebraska"),
    ("NV", "Nevada"),
    ("NH", "New Hampshire"),
    ("NJ", "New Jersey"),
    ("NM", "New Mexico"),
    ("NY", "New York"),
    ("NC", "North Carolina"),
    ("ND", "North Dakota"),
    ("OH", "Ohio"),
    ("OK", "Oklahoma"),
    ("OR", "Oregon"),
    ("PA", "Pennsylvania"),
    ("PR", "Puerto Rico"),
    ("RI", "Rhode Island"),
    ("SC", "South Carolina"),
    ("SD", "South Dakota"),
    ("TN", "Tennessee"),
    ("TX", "Texas"),
    ("UT", "Utah"),
    ("VT", "Vermont"),
    ("VA", "Virginia"),
    ("VI", "Virgin Islands"),
    ("WA", "Washington"),
    ("WV", "West Virginia"),
    ("WI", "Wisconsin"),
    ("WY", "Wyoming"),
    ("AZ", "Ariz"),
    ("CA", "Calif"),
    ("CO", "Colo"),
    ("CT", "Conn"),
    ("DC", "D.C"),
    ("FL", "Fla"),
    ("KS", "Kan"),
    ("MA", "Mass"),
    ("MI", "Mich"),
    ("MN", "Minn"),
    ("NC", "N.C"),
    ("NH", "N.H"),
    ("NJ", "N.J"),
    ("NM", "N.M"),
    ("NY", "N.Y"),
    ("OK", "Okla"),
    ("PA", "Penn"),
    ("RI", "R.I"),
    ("SC", "S.C"),
    ("TN", "Tenn"),
    ("TX", "Tex"),
    ("WI", "Wis"),
];

/// Abbreviations and names of Canada Post.
const PROVINCES: &[(&str, &str)] = &[
    ("AB", "Alberta"),
    ("BC", "British Columbia"),
    ("MB", "Manitoba"),
    ("NB", "New Brunswick"),
    ("NL", "Newfoundland"),
    ("NS", "Nova Scotia"),
    ("NT", "Northwest Territories"),
    ("NU", "Nunavut"),
    ("ON", "Ontario"),
    ("PE", "Prince Edward Island"),
    ("QC", "Quebec"),
    ("QC", "Québec"),
    ("SK", "Saskatchewan"),
    ("YT", "Yukon"),
    ("ON", "Ont"),
    ("BC", "B.C"),
    ("AB", "Alta"),
    ("SK", "Sask"),
    ("QC", "Que"),
    ("NL", "Newfoundland and Labrador"),
    ("PE", "P.E.I"),
    ("NS", "N.S"),
    ("NB", "N.B"),
];

/// Abbreviations and names of Australia Post.
const AUSTRALIAN: &[(&str, &str)] = &[
    ("ACT", "Australian Capital Territory"),
    ("NSW", "New South Wales"),
    ("NT", "Northern Territory"),
    ("QLD", "Queensland"),
    ("SA", "South Australia"),
    ("TAS", "Tasmania"),
    ("VIC", "Victoria"),
    ("WA", "Western Australia"),
    ("QLD", "Qld"),
    ("VIC", "Vic"),
    ("TAS", "Tas"),
];

/// What names and codes end with behind their last space or dot.
static ENDS: WordList<512> = WordList::new(
    "al|ak|az|ar|ca|co|ct|de|dc|fl|ga|gu|hi|id|il|in|ia|ks|ky|la|me|md|ma|mi|mn|ms|mo|mt|ne|nv|nh|nj|nm|ny|nc|nd|\
    oh|ok|or|pa|pr|ri|sc|sd|tn|tx|ut|vt|va|vi|wa|wv|wi|wy|ab|bc|mb|nb|nl|ns|nt|nu|on|pe|qc|sk|yt|act|nsw|qld|sa|\
    tas|vic|alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|columbia|florida|georgia|guam|\
    hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|\
    mississippi|missouri|montana|nebraska|nevada|hampshire|jersey|mexico|york|carolina|dakota|ohio|oklahoma|oregon|\
    pennsylvania|rico|island|tennessee|texas|utah|vermont|virginia|islands|washington|wisconsin|wyoming|ariz|calif|\
    colo|conn|c|fla|kan|mass|mich|minn|h|j|m|y|okla|penn|i|tenn|tex|wis|alberta|manitoba|brunswick|newfoundland|\
    scotia|territories|nunavut|ontario|quebec|québec|saskatchewan|yukon|ont|alta|sask|que|labrador|s|b|territory|\
    wales|queensland|australia|tasmania|victoria",
);

/// What names and codes begin with: most that stands behind a comma is told from them by two letters.
static BEGINNINGS: Sieve<16> = beginnings();

#[allow(
    clippy::indexing_slicing,
    reason = "runs at compile time: an index out of range is a build error"
)]
const fn beginnings() -> Sieve<16> {
    let mut sieve = Sieve::new();
    let lists = [STATES, PROVINCES, AUSTRALIAN];
    let (mut list, mut at) = (0, 0);
    while list < lists.len() {
        let (code, name) = lists[list][at];
        sieve.add_beginning(code.as_bytes());
        sieve.add_beginning(name.as_bytes());
        at += 1;
        if at == lists[list].len() {
            (list, at) = (list + 1, 0);
        }
    }
    sieve
}

/// A quick look: whether a text may begin with a state or province.
pub(super) fn may_begin(text: &str) -> bool {
    let two = text
        .get(..2)
        .filter(|two| two.starts_with(|c: char| c.is_ascii_uppercase()));
    two.is_some_and(|two| BEGINNINGS.may_hold(two))
}

/// A quick look: whether a text, white space and signs behind it left out, may end with a state or province.
pub(super) fn may_end(text: &str) -> bool {
    let bytes = text.as_bytes();
    let before = bytes.iter().rposition(|byte| !byte.is_ascii_alphanumeric());
    let start = match before {
        None => 0,
        Some(at) if bytes.get(at).is_some_and(u8::is_ascii) => at + 1,
        // A letter of the word, or a sign before it.
        Some(_) => text
            .rfind(|c: char| !c.is_alphanumeric())
            .map_or(0, |at| text.ceil_char_boundary(at + 1)),
    };
    text.get(start..).is_some_and(|last| ENDS.holds(last))
}

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    States,
    Provinces,
    Australian,
}

impl Kind {
    fn list(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::States => STATES,
            Self::Provinces => PROVINCES,
            Self::Australian => AUSTRALIAN,
        }
    }

    /// The country.
    pub(super) fn country(self) -> &'static str {
        match self {
            Self::States => "US",
            Self::Provinces => "CA",
            Self::Australian => "AU",
        }
    }
}

/// What stands at the end of `text` as a state or province, and what stands before it.
pub(super) fn split_end(text: &str, kind: Kind) -> Option<(&str, &str)> {
    let trimmed = text.trim_end_matches([' ', ',', '.', '\u{a0}']);
    if !may_end(trimmed) {
        return None;
    }
    // The longest name first: `West Virginia` before `Virginia`.
    let name = kind
        .list()
        .iter()
        .filter(|(_, name)| ends_with_name(trimmed, name))
        .map(|(_, name)| name.len())
        .max();
    let length = name.or_else(|| ends_with_code(trimmed, kind))?;
    let (before, state) = trimmed.split_at_checked(trimmed.len() - length)?;
    let dotted = state.contains('.')
        && text
            .get(trimmed.len()..)
            .is_some_and(|rest| rest.starts_with('.'));
    let state = if dotted {
        text.get(before.len()..=trimmed.len())?
    } else {
        state
    };
    is_free(before).then_some((before, state))
}

fn is_free(before: &str) -> bool {
    !before.ends_with(|c: char| c.is_alphanumeric())
}

fn ends_with_name(text: &str, name: &str) -> bool {
    let last = |text: &str| text.as_bytes().last().map(u8::to_ascii_lowercase);
    if last(text) != last(name) {
        return false;
    }
    let cut = text.len().checked_sub(name.len());
    let Some((before, tail)) = cut.and_then(|cut| text.split_at_checked(cut)) else {
        return false;
    };
    // `É` is no capital of `é` to ASCII.
    let alike = tail.eq_ignore_ascii_case(name) || !name.is_ascii();
    alike && (tail == name || name.len() > 3 && tail == name.to_uppercase()) && is_free(before)
}

/// The length of the code at the end: in capitals, or as `Ca` where that is no word.
fn ends_with_code(text: &str, kind: Kind) -> Option<usize> {
    const WORDS: [&str; 12] = [
        "in", "or", "me", "hi", "ok", "oh", "pa", "ma", "la", "de", "al", "id",
    ];
    let word = text
        .rsplit(|c: char| !c.is_ascii_alphabetic())
        .next()
        .filter(|word| matches!(word.len(), 2 | 3))?;
    let known = kind
        .list()
        .iter()
        .any(|(code, _)| code.eq_ignore_ascii_case(word));
    let upper = word.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_word = WORDS.contains(&&*word.to_ascii_lowercase());
    (known && (upper || word.starts_with(|c: char| c.is_ascii_uppercase()) && !is_word)).then_some(word.len())
}

/// The length of a state or province that `text` begins with: its name, or its code in capitals.
pub(super) fn length_at_start(text: &str, kind: Kind) -> Option<usize> {
    let ends = |length: usize| {
        !text
            .get(length..)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '\''))
    };
    let first = text.as_bytes().first();
    let begins = |word: &str| word.as_bytes().first() == first && text.starts_with(word);
    let fitting = kind.list().iter().filter_map(|(code, name)| {
        let name = begins(name).then_some(name.len());
        name.or_else(|| begins(code).then_some(code.len()))
            .filter(|length| ends(*length))
    });
    fitting.max()
}

/// Whether a name is that of a state or province, and of no large city as well.
pub(super) fn is_name_only(name: &str) -> bool {
    let lists = [STATES, PROVINCES, AUSTRALIAN];
    let named = |list: &[(&str, &str)]| list.iter().any(|(_, known)| known.eq_ignore_ascii_case(name));
    !matches!(name, "New York" | "Washington" | "Victoria" | "Quebec" | "Québec")
        && lists.into_iter().any(named)
}

/// Counties of the United Kingdom that addresses still name, with their postal abbreviations, in lower case.
const COUNTIES: &str = " avon bedfordshire beds berkshire berks buckinghamshire bucks cambridgeshire cambs cheshire \
    cleveland clwyd cornwall cumbria derbyshire devon dorset durham dyfed essex glamorgan gloucestershire glos gwent gwynedd \
    hampshire hants herefordshire hertfordshire herts humberside kent lancashire lancs leicestershire leics lincolnshire lincs \
    merseyside middlesex middx norfolk northamptonshire northants northumberland nottinghamshire notts oxfordshire oxon powys \
    rutland shropshire somerset staffordshire staffs suffolk surrey sussex warwickshire warks wiltshire wilts worcestershire \
    worcs yorkshire yorks aberdeenshire angus argyll ayrshire fife lanarkshire lothian perthshire antrim armagh down ";

/// Whether a segment is a British county: `Hertfordshire`, `West Sussex`, `N. Yorks`.
pub(super) fn is_county(segment: &str) -> bool {
    let lower = segment.trim().trim_end_matches('.').to_lowercase();
    let bare = [
        "west ", "east ", "north ", "south ", "co. ", "county ", "w. ", "e. ", "n. ", "s. ",
    ]
    .iter()
    .find_map(|lead| lower.strip_prefix(lead))
    .unwrap_or(&lower);
    !bare.is_empty()
        && bare.bytes().all(|byte| byte.is_ascii_lowercase())
        && COUNTIES.contains(&format!(" {bare} "))
        || lower.starts_with("greater ")
        || lower.ends_with(" midlands")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_end_and_begin_texts() {
        for (text, state) in [
            ("Springfield, IL ", Some("IL")),
            ("Charleston, West Virginia", Some("West Virginia")),
            ("Washington, D.C. ", Some("D.C.")),
            ("Los Angeles Ca ", Some("Ca")),
            ("come in ", None),
            ("ARIL", None),
        ] {
            assert_eq!(
                split_end(text, Kind::States).map(|(_, state)| state),
                state,
                "{text}"
            );
        }
        assert_eq!(length_at_start("West Virginia 25301", Kind::States), Some(13));
        assert_eq!(length_at_start("ILL", Kind::States), None);
        assert_eq!(length_at_start("NSW 2000", Kind::Australian), Some(3));
    }

    #[test]
    fn every_state_ends_with_a_word_that_is_looked_for() {
        for (code, name) in [STATES, PROVINCES, AUSTRALIAN].concat() {
            assert!(
                ENDS.holds(code) && ENDS.holds(name.rsplit([' ', '.']).next().unwrap()),
                "{name}"
            );
        }
    }

    #[test]
    fn counties_are_known_with_their_points_of_the_compass() {
        assert!(is_county("West Sussex") && is_county("Herts") && is_county("Co. Down"));
        assert!(!is_county("Stevenage") && !is_county(""));
    }
}
