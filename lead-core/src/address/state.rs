//! States of the USA and provinces of Canada, by abbreviation and name.

/// Abbreviations (USPS Publication 28, appendix B) and names.
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
];

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    States,
    Provinces,
}

/// What stands at the end of `text` as a state or province, and what stands before it.
pub(super) fn split_end(text: &str, kind: Kind) -> Option<(&str, &str)> {
    let list = match kind {
        Kind::States => STATES,
        Kind::Provinces => PROVINCES,
    };
    let trimmed = text.trim_end_matches([' ', ',', '.', '\u{a0}']);
    let free = |rest: &str| !rest.ends_with(|c: char| c.is_alphanumeric());
    // The longest name first: `West Virginia` before `Virginia`.
    let name = list
        .iter()
        .filter_map(|(_, name)| ends_with_name(trimmed, name))
        .max_by_key(|state| state.len());
    let code = || {
        list.iter().find_map(|(code, _)| {
            let rest = trimmed.strip_suffix(code)?;
            free(rest).then_some(*code)
        })
    };
    let length = name.map(str::len).or_else(|| code().map(str::len))?;
    let cut = trimmed.len() - length;
    let (before, state) = (trimmed.get(..cut)?, trimmed.get(cut..)?);
    let dotted = text
        .get(trimmed.len()..)
        .is_some_and(|rest| rest.starts_with('.'))
        && state.contains('.');
    let state = if dotted {
        text.get(cut..=trimmed.len())?
    } else {
        state
    };
    free(before).then_some((before, state))
}

fn ends_with_name<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let start = text.len().checked_sub(name.len())?;
    let tail = text.get(start..)?;
    let free = !text.get(..start)?.ends_with(|c: char| c.is_alphanumeric());
    (free && (tail == name || tail == name.to_uppercase())).then_some(tail)
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
