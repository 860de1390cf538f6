//! How people write one number: letters, signs, scripts, words, and ways to hide it from machines.

use crate::{Case, check};

const US: &[&str] = &["+14155550134"];
const GB: &[&str] = &["+442079460101"];
const DE: &[&str] = &["+493023125100"];
const FR: &[&str] = &["+33199001234"];

#[test]
fn the_usual_ways() {
    check(&[
        ("US", "(415) 555-0134", US),
        ("US", "415.555.0134", US),
        ("US", "1-415-555-0134", US),
        ("US", "+1 415 555 0134", US),
        ("US", "1 (415) 555-0134", US),
        ("US", "(415)555-0134", US),
        ("US", "415/555-0134", US),
        ("US", "415 - 555 - 0134", US),
        ("US", "[415] 555-0134", US),
        ("GB", "+44 (0)20 7946 0101", GB),
        ("GB", "+44(0)2079460101", GB),
        ("GB", "+44 (0) 20 7946 0101", GB),
        ("GB", "0044 20 7946 0101", GB),
        ("GB", "(+44) 20 7946 0101", GB),
        ("GB", "(020) 7946 0101", GB),
        ("DE", "+49 (0)30 23125-100", DE),
        ("DE", "+49/30/23125100", DE),
        ("DE", "0049 (0) 30 / 23125 - 100", DE),
        ("DE", "030 / 23 12 51 00", DE),
        ("DE", "(0 30) 23125-100", DE),
        ("FR", "+33 (0)1 99 00 12 34", FR),
        ("FR", "01.99.00.12.34", FR),
        ("FR", "01-99-00-12-34", FR),
    ]);
}

#[test]
fn letters_are_keys() {
    let flowers: &[&str] = &["+18003569377"];
    check(&[
        ("US", "1-800-FLOWERS", flowers),
        ("US", "1 800 FLOWERS", flowers),
        ("US", "(800) FLOWERS", flowers),
        (
            "US",
            "1-800-FLOWERS (1-800-356-9377)",
            &["+18003569377", "+18003569377"],
        ),
        ("US", "1-800-356-9377 (FLOWERS)", flowers),
        ("US", "415-555-BAKE", &["+14155552253"]),
        ("CA", "1-800-FLOWERS", flowers),
        ("AU", "13 CABS", &["+61132227"]),
        ("AU", "1300 BAKERS", &["+611300225377"]),
        ("US", "Suite 300 NORTH STREET", &[]),
        ("US", "ISO 900 COMPANY", &[]),
    ]);
}

#[test]
fn signs_that_are_not_seen_or_seen_as_others() {
    let cases: &[Case<'_>] = &[
        ("US", "415\u{AD}-555\u{AD}-0134", US),
        ("US", "415\u{200B}555\u{200B}0134", US),
        ("US", "415\u{A0}555\u{A0}0134", US),
        ("US", "415\u{2011}555\u{2011}0134", US),
        ("US", "415–555–0134", US),
        ("US", "\u{202A}+1 415 555 0134\u{202C}", US),
        ("US", "415\u{200E}-555\u{200E}-0134", US),
        ("US", "415\u{FEFF}555\u{FEFF}0134", US),
        ("US", "415\u{200D}555\u{200C}0134", US),
        ("US", "415\u{2009}555\u{2009}0134", US),
        ("US", "415·555·0134", US),
        ("US", "415 • 555 • 0134", US),
        ("US", "415_555_0134", US),
        ("US", "415|555|0134", US),
        ("US", "415*555*0134", US),
        ("US", "415:555:0134", US),
        ("US", "415=555=0134", US),
        ("US", "415--555--0134", US),
        ("FR", "01\u{202F}99\u{202F}00\u{202F}12\u{202F}34", FR),
        ("FR", "01\u{2009}99\u{2009}00\u{2009}12\u{2009}34", FR),
        ("FR", "01 · 99 · 00 · 12 · 34", FR),
        ("DE", "030\u{202F}231\u{202F}25\u{202F}100", DE),
        ("DE", "030\u{2009}23125\u{2009}100", DE),
        ("DE", "+49\u{200E} 30 23125\u{200E} 100", DE),
    ];
    check(cases);
}

#[test]
fn digits_of_other_scripts() {
    check(&[
        ("JP", "０３－５５５０－１２３４", &["+81355501234"]),
        ("JP", "電話：０３（５５５０）１２３４", &["+81355501234"]),
        ("EG", "٠٢ ٢٥٥٥ ٠١٣٤", &["+20225550134"]),
        ("IR", "۰۲۱ ۵۵۵۰ ۱۲۳۴", &["+982155501234"]),
        ("IN", "०११ २५५५ ०१३४", &["+911125550134"]),
        ("TH", "๐๒ ๕๕๕ ๐๑๓๔", &["+6625550134"]),
        ("US", "４１５－５５５－０１３４", US),
        ("US", "𝟒𝟏𝟓-𝟓𝟓𝟓-𝟎𝟏𝟑𝟒", US),
        ("US", "4️⃣1️⃣5️⃣ 5️⃣5️⃣5️⃣ 0️⃣1️⃣3️⃣4️⃣", US),
    ]);
}

#[test]
fn letters_that_touch_a_number() {
    check(&[
        ("CN", "电话010-85550134", &["+861085550134"]),
        (
            "CN",
            "电话:010-85550134传真:010-85550135",
            &["+861085550134", "+861085550135"],
        ),
        ("JP", "電話03-5550-1234", &["+81355501234"]),
        (
            "JP",
            "TEL03-5550-1234FAX03-5550-1235",
            &["+81355501234", "+81355501235"],
        ),
        (
            "KR",
            "전화02-555-0134팩스02-555-0135",
            &["+8225550134", "+8225550135"],
        ),
        ("US", "Tel415-555-0134", US),
        (
            "US",
            "Phone:415-555-0134Fax:415-555-0135",
            &["+14155550134", "+14155550135"],
        ),
        ("US", "415-555-0134Email: a@b.example", US),
        ("US", "T415-555-0134", US),
        (
            "US",
            "P415-555-0134F415-555-0135",
            &["+14155550134", "+14155550135"],
        ),
        ("DE", "Tel030 23125-100", DE),
        ("DE", "030 23125100E-Mail", DE),
        ("US", "SKU415-555-0134", &[]),
        ("US", "ab4155550134cd", &[]),
        ("US", "4155550134Kb", &[]),
    ]);
}

#[test]
fn numbers_in_words() {
    check(&[
        ("US", "four one five five five five zero one three four", US),
        (
            "US",
            "Call FOUR-ONE-FIVE five five five oh one three four now",
            US,
        ),
        ("US", "four one five, five five five, zero one three four", US),
        ("US", "415 five five five zero one three four", US),
        ("US", "one two three four five six seven", &[]),
        ("US", "one two three four five six seven eight nine ten", &[]),
        ("DE", "null drei null zwei drei eins zwei fünf eins null null", DE),
        ("FR", "zéro un neuf neuf zéro zéro un deux trois quatre", FR),
        (
            "ES",
            "nueve uno cero cinco cinco uno dos tres cuatro",
            &["+34910551234"],
        ),
        (
            "IT",
            "zero sei cinque cinque cinque zero uno due tre quattro",
            &["+390655501234"],
        ),
    ]);
}

#[test]
fn signs_in_words_and_brackets() {
    check(&[
        ("US", "415 (dot) 555 (dot) 0134", US),
        ("US", "415 [dot] 555 [dot] 0134", US),
        ("US", "415 dot 555 dot 0134", US),
        ("US", "415-dash-555-dash-0134", US),
        ("US", "415 (dash) 555 (dash) 0134", US),
        ("US", "415 {dot} 555 {dot} 0134", US),
        ("US", "4 1 5 - 5 5 5 - 0 1 3 4", US),
        ("US", "Phone: 4 1 5 5 5 5 0 1 3 4", US),
        ("US", "4-1-5-5-5-5-0-1-3-4", &[]),
        ("US", "(4 1 5) 5 5 5 - 0 1 3 4", US),
        ("US", "plus 1 415 555 0134", US),
        ("DE", "030 (Punkt) 23125100", DE),
        ("US", "1 2 3 4 5 6 7 8 9 10 11", &[]),
    ]);
}
