//! Numbers that registers gave, as legal pages state them: VAT, commercial and company registers.
//!
//! A number is looked at once, with the words before it: a label says which register it is of, and the register's own
//! rule whether it can be one of its numbers.

use std::ops::Range;
use std::sync::LazyLock;

use super::check;
use crate::places::{Digit, Places};
use crate::record::{Method, Registration};
use crate::sighting::{Sighting, Spot, head, tail};

/// A label in lower case, the register, and whether its number is well formed.
struct Rule {
    label: &'static str,
    kind: &'static str,
    fits: fn(&str) -> bool,
}

const fn rule(label: &'static str, kind: &'static str, fits: fn(&str) -> bool) -> Rule {
    Rule { label, kind, fits }
}

const RULES: &[Rule] = &[
    // VAT: the EU's numbers (Council Directive 2006/112/EC, article 215), Britain's, Norway's and Switzerland's.
    rule("ust-id", "VAT", is_vat),
    rule("ust.-id", "VAT", is_vat),
    rule("ustid", "VAT", is_vat),
    rule("uid", "VAT", |text| is_vat(text) || check::swiss(text)),
    rule("umsatzsteuer", "VAT", is_vat),
    rule("mwst", "VAT", |text| is_vat(text) || check::swiss(text)),
    rule("vat", "VAT", is_vat),
    rule("tva", "VAT", is_vat),
    rule("btw", "VAT", is_vat),
    rule("moms", "VAT", is_vat),
    rule("momsreg", "VAT", is_vat),
    rule("alv", "VAT", is_vat),
    rule("dph", "VAT", is_vat),
    rule("nif-iva", "VAT", is_vat),
    rule("pvn", "VAT", is_vat),
    rule("p.iva", "VAT", italian_vat),
    rule("p. iva", "VAT", italian_vat),
    rule("p.i.", "VAT", italian_vat),
    rule("piva", "VAT", italian_vat),
    rule("partita iva", "VAT", italian_vat),
    // Registers of countries.
    rule("siren", "SIREN", check::siren),
    rule("siret", "SIRET", check::siret),
    rule("rcs", "SIREN", check::siren),
    rule("r.c.s", "SIREN", check::siren),
    rule("hrb", "HRB", |text| is_number(text, 2..=7)),
    rule("hra", "HRA", |text| is_number(text, 2..=7)),
    rule("fn", "FN", |text| {
        let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
        digits.len() + 1 == text.len() && is_number(digits, 5..=6)
    }),
    rule("firmenbuch", "FN", |text| {
        is_number(text.trim_end_matches(|c: char| c.is_ascii_lowercase()), 5..=6)
    }),
    rule("kvk", "KVK", |text| is_number(text, 8..=8)),
    rule("k.v.k", "KVK", |text| is_number(text, 8..=8)),
    rule("handelsregister", "KVK", |text| is_number(text, 8..=8)),
    rule("ondernemingsnummer", "VAT", belgian),
    rule("bce", "VAT", belgian),
    rule("kbo", "VAT", belgian),
    rule("cif", "NIF", spanish_company),
    rule("c.i.f", "NIF", spanish_company),
    rule("nif", "NIF", |text| check::spanish(text) || portuguese(text)),
    rule("n.i.f", "NIF", |text| check::spanish(text) || portuguese(text)),
    rule("nipc", "NIF", portuguese),
    rule("contribuinte", "NIF", portuguese),
    rule("nip", "NIP", |text| {
        check::polish(text.strip_prefix("PL").unwrap_or(text))
    }),
    rule("regon", "REGON", |text| {
        is_number(text, 9..=9) || is_number(text, 14..=14)
    }),
    rule("krs", "KRS", |text| is_number(text, 10..=10)),
    rule("org.nr", "ORGNR", nordic),
    rule("org nr", "ORGNR", nordic),
    rule("org. nr", "ORGNR", nordic),
    rule("orgnr", "ORGNR", nordic),
    rule("organisationsnummer", "ORGNR", nordic),
    rule("organisasjonsnummer", "ORGNR", nordic),
    rule("org.nummer", "ORGNR", nordic),
    rule("cvr", "CVR", check::cvr),
    rule("y-tunnus", "YTUNNUS", check::business_id),
    rule("business id", "YTUNNUS", check::business_id),
    rule("fo-nummer", "YTUNNUS", check::business_id),
    rule("company number", "COMPANY", company),
    rule("company no", "COMPANY", company),
    rule("company reg", "COMPANY", company),
    rule("registered number", "COMPANY", company),
    rule("registered no", "COMPANY", company),
    rule("registration number", "COMPANY", company),
    rule("registration no", "COMPANY", company),
    rule("registered in england", "COMPANY", company),
    rule("registered in scotland", "COMPANY", company),
    rule("abn", "ABN", check::abn),
    rule("a.b.n", "ABN", check::abn),
    rule("nzbn", "NZBN", check::nzbn),
    rule("business number", "BN", check::canadian),
    rule("gst", "BN", check::canadian),
    rule("ein:", "EIN", |text| is_number(text, 9..=9)),
    rule("federal tax id", "EIN", |text| is_number(text, 9..=9)),
    rule("employer identification number", "EIN", |text| {
        is_number(text, 9..=9)
    }),
    rule("rcs luxembourg", "RCS", luxembourgish),
    rule("r.c.s. luxembourg", "RCS", luxembourgish),
    rule("rea", "REA", italian_register),
    rule("r.e.a", "REA", italian_register),
];

/// The Luxembourgish register: a letter of the section and the number.
fn luxembourgish(text: &str) -> bool {
    text.strip_prefix(|c: char| c.is_ascii_uppercase())
        .is_some_and(|number| is_number(number, 3..=6))
}

/// The Italian register: the province and the number.
fn italian_register(text: &str) -> bool {
    text.split_at_checked(2).is_some_and(|(province, number)| {
        province.bytes().all(|byte| byte.is_ascii_uppercase()) && is_number(number, 5..=7)
    })
}

fn is_number(text: &str, digits: std::ops::RangeInclusive<usize>) -> bool {
    digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_vat(text: &str) -> bool {
    text.split_at_checked(2)
        .is_some_and(|(country, number)| check::vat(country, number))
}

fn italian_vat(text: &str) -> bool {
    check::vat("IT", text.strip_prefix("IT").unwrap_or(text))
}

fn belgian(text: &str) -> bool {
    check::vat("BE", text.strip_prefix("BE").unwrap_or(text))
}

fn portuguese(text: &str) -> bool {
    check::vat("PT", text.strip_prefix("PT").unwrap_or(text))
}

fn spanish_company(text: &str) -> bool {
    let plain = text.strip_prefix("ES").unwrap_or(text);
    plain.starts_with(|c: char| c.is_ascii_alphabetic()) && check::spanish(plain)
}

/// The Swedish and the Norwegian number of an organisation.
fn nordic(text: &str) -> bool {
    text.len() == 10 && check::luhn(text) || check::norwegian(text)
}

/// Companies House: eight signs, the first two of some jurisdictions letters; leading zeros are often left out.
fn company(text: &str) -> bool {
    let lettered = text.split_at_checked(2).is_some_and(|(letters, digits)| {
        matches!(letters, "SC" | "NI" | "OC" | "SO" | "NC") && is_number(digits, 6..=6)
    });
    lettered || is_number(text, 6..=8)
}

/// A label with a well-formed number behind it.
const LABELLED: f32 = 0.9;
/// The longest number as it is written, and the words between a label and it, in bytes.
const LONGEST: usize = 32;
const REACH: usize = 72;
/// More numbers than these on a page are a list of other firms.
const MOST: usize = 200;

/// Every number that a label of the text announces.
pub(crate) fn find(text: &str, found: &mut Vec<Sighting<Registration>>) {
    let bytes = text.as_bytes();
    let mut digits = Places::<Digit>::of(text);
    let mut at = 0;
    let mut count = 0;
    while let Some(digit) = digits.next(at) {
        at = digit
            + bytes.get(digit..).map_or(1, |rest| {
                rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
            });
        let start = start_of(text, digit);
        if !is_long_enough(text, start) {
            continue;
        }
        // Letters before a number may belong to its label instead: `P. IVA 0123…`.
        let number = labelled(text, start)
            .or_else(|| (digit != start).then(|| labelled(text, digit))?)
            .or_else(|| swiss(text, start));
        if let Some((registration, span)) = number {
            at = at.max(span.end);
            found.push(Sighting::new(
                registration,
                LABELLED,
                Method::VisibleText,
                Spot::Text(span),
            ));
            count += 1;
            if count == MOST {
                return;
            }
        }
    }
}

/// Where the number begins that has its first digit at `digit`: letters glued to it belong to it, and a country's letters
/// before it (`DE 123 456 789`, `CHE-123.456.789`).
fn start_of(text: &str, digit: usize) -> usize {
    let before = tail(text.get(..digit).unwrap_or_default(), 5);
    let gapless = before.trim_end_matches([' ', '-', '.', '\u{a0}']);
    let letters = gapless.bytes().rev().take_while(u8::is_ascii_uppercase).count();
    let head = gapless.get(..gapless.len() - letters).unwrap_or_default();
    let free = !head.ends_with(|c: char| c.is_alphanumeric());
    if free && (1..=3).contains(&letters) {
        digit - before.len() + head.len()
    } else {
        digit
    }
}

/// Whether enough digits follow to be a number of a register: years, prices and times are not.
fn is_long_enough(text: &str, start: usize) -> bool {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let own = rest
        .iter()
        .take(LONGEST)
        .enumerate()
        .take_while(|(at, byte)| match byte {
            // A space that does not break.
            0xc2 => rest.get(at + 1) == Some(&0xa0),
            0xa0 => true,
            byte => is_part(char::from(**byte)),
        });
    own.filter(|(_, byte)| byte.is_ascii_digit()).nth(3).is_some()
}

fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '-' | '/' | '\u{a0}')
}

/// The first two bytes of a word, in lower case.
type Beginning = [u8; 2];

/// The rules by how their labels begin: most words before a number begin as none does.
struct Beginnings {
    rules: Vec<(Beginning, &'static Rule)>,
    /// The second bytes that follow each first one, a bit for their last five bits.
    seconds: [u32; 256],
}

static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(|| {
    let begun = RULES
        .iter()
        .filter_map(|rule| Some((*rule.label.as_bytes().first_chunk()?, rule)));
    let mut rules: Vec<(Beginning, &Rule)> = begun.collect();
    rules.sort_by_key(|(beginning, _)| *beginning);
    let mut seconds = [0; 256];
    for ([first, second], _) in &rules {
        if let Some(bits) = seconds.get_mut(usize::from(*first)) {
            *bits |= 1 << (second & 31);
        }
    }
    Beginnings { rules, seconds }
});

impl Beginnings {
    /// The rules whose labels a text holds at the beginning of a word, each once.
    fn rules_in(&self, text: &str) -> Vec<&'static Rule> {
        let bytes = text.as_bytes();
        let mut list: Vec<&Rule> = Vec::new();
        let mut before = b' ';
        for (at, pair) in bytes.array_windows::<2>().enumerate() {
            let [first, second] = pair.map(|byte| byte.to_ascii_lowercase());
            let begins = !std::mem::replace(&mut before, first).is_ascii_alphanumeric();
            let seconds = self.seconds.get(usize::from(first)).copied().unwrap_or_default();
            if !begins || seconds & (1 << (second & 31)) == 0 {
                continue;
            }
            let stands = |label: &str| {
                let own = bytes.get(at..at + label.len());
                own.is_some_and(|own| own.eq_ignore_ascii_case(label.as_bytes()))
            };
            for rule in self.rules([first, second]).filter(|rule| stands(rule.label)) {
                if !list.iter().any(|known| known.label == rule.label) {
                    list.push(rule);
                }
            }
        }
        list
    }

    /// The rules whose labels begin so.
    fn rules(&self, beginning: Beginning) -> impl Iterator<Item = &'static Rule> {
        let from = self.rules.partition_point(|(own, _)| *own < beginning);
        let alike = self
            .rules
            .iter()
            .skip(from)
            .take_while(move |(own, _)| *own == beginning);
        alike.map(|(_, rule)| *rule)
    }
}

/// The register whose label stands nearest before `start`, when the number is one of its.
fn labelled(text: &str, start: usize) -> Option<(Registration, Range<usize>)> {
    let before = tail(text.get(..start)?, REACH);
    // A label stands on the line of its number, or alone on the one before.
    let above = memchr::memrchr2_iter(b'\n', b'\t', before.as_bytes()).nth(1);
    let near = before.get(above.map_or(0, |at| at + 1)..)?;
    let labels = BEGINNINGS.rules_in(near);
    if labels.is_empty() {
        return None;
    }
    let lower = near.to_ascii_lowercase();
    let labels = labels.into_iter();
    let mut rules: Vec<(usize, &Rule)> = labels
        .filter_map(|rule| Some((last_word(&lower, rule.label)?, rule)))
        .collect();
    rules.sort_by_key(|(at, rule)| (*at, rule.label.len()));
    rules.iter().rev().find_map(|(_, rule)| {
        let (value, end) = value_at(text, start, rule.fits)?;
        Some((Registration::new(rule.kind, &value), start..end))
    })
}

/// `CHE-123.456.789`: the Swiss number announces itself.
fn swiss(text: &str, start: usize) -> Option<(Registration, Range<usize>)> {
    let announced = text.get(start..)?.starts_with("CHE");
    let (value, end) = announced.then(|| value_at(text, start, check::swiss)).flatten()?;
    Some((Registration::new("UID", &value), start..end))
}

/// The last place where `label` stands as a word of its own.
fn last_word(text: &str, label: &str) -> Option<usize> {
    let at = text.rfind(label)?;
    let free = !text.get(..at)?.ends_with(|c: char| c.is_alphanumeric());
    let short = label.len() <= 4;
    let ends = !text
        .get(at + label.len()..)?
        .starts_with(|c: char| c.is_ascii_alphabetic());
    (free && (ends || !short)).then_some(at)
}

/// The well-formed number at `start`: spaces, dots and dashes within it do not count.
fn value_at(text: &str, start: usize, fits: fn(&str) -> bool) -> Option<(String, usize)> {
    let window = head(text.get(start..)?, LONGEST);
    let mut value = String::new();
    for (at, c) in window.char_indices() {
        if !is_part(c) {
            break;
        }
        if c.is_ascii_alphanumeric() {
            value.push(c);
        }
        let end = at + c.len_utf8();
        let ends = !window
            .get(end..)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
        if c.is_ascii_alphanumeric() && ends && fits(&value) {
            return Some((value, start + end));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<(String, String)> {
        let mut found = Vec::new();
        find(text, &mut found);
        let hit: Sighting<Registration> = found.into_iter().next()?;
        Some((hit.value.kind, hit.value.value))
    }

    #[test]
    fn labels_announce_numbers() {
        for (text, kind, value) in [
            ("USt-IdNr.: DE 123 456 788", "VAT", "DE123456788"),
            (
                "Umsatzsteuer-Identifikationsnummer gemäß § 27a: DE123456788",
                "VAT",
                "DE123456788",
            ),
            ("P.IVA 01234567897", "VAT", "01234567897"),
            ("SIRET : 732 829 320 00074", "SIRET", "73282932000074"),
            ("RCS Lyon 732 829 320", "SIREN", "732829320"),
            ("Amtsgericht Beispiel HRB 12345", "HRB", "12345"),
            ("FN 123456a, Handelsgericht Wien", "FN", "123456a"),
            ("KvK: 12345678", "KVK", "12345678"),
            ("CIF: B-12345674", "NIF", "B12345674"),
            ("NIP 123-456-32-18", "NIP", "1234563218"),
            ("Org.nr 123456-7897", "ORGNR", "1234567897"),
            ("Organisasjonsnummer: 123 456 785", "ORGNR", "123456785"),
            (
                "Registered in England and Wales, company number 01234567",
                "COMPANY",
                "01234567",
            ),
            ("ABN 51 824 753 556", "ABN", "51824753556"),
        ] {
            assert_eq!(first(text), Some((kind.to_owned(), value.to_owned())), "{text}");
        }
    }

    #[test]
    fn every_country_has_its_registers() {
        let mut wrong = Vec::new();
        for (country, text, kind, value) in [
            ("AT", "UID: ATU39099603", "VAT", "ATU39099603"),
            ("AT", "Firmenbuchnummer: FN 123456a", "FN", "123456a"),
            ("AU", "ABN: 51 824 753 556", "ABN", "51824753556"),
            ("BE", "BTW BE 0695.722.008", "VAT", "BE0695722008"),
            ("BE", "Ondernemingsnummer: 0695.722.008", "VAT", "0695722008"),
            ("BE", "N° BCE : BE0695.722.008", "VAT", "BE0695722008"),
            ("CA", "Business Number: 123456782 RT0001", "BN", "123456782"),
            ("CH", "UID: CHE-297.693.560", "VAT", "CHE297693560"),
            ("CH", "MWST-Nr. CHE-297.693.560", "VAT", "CHE297693560"),
            ("CH", "Muster AG, CHE-297.693.560 MWST", "UID", "CHE297693560"),
            ("DE", "Amtsgericht Musterstadt, HRB 12345", "HRB", "12345"),
            ("DE", "Registergericht: Musterstadt, HRA 1234", "HRA", "1234"),
            ("DE", "USt-ID: DE100954185", "VAT", "DE100954185"),
            ("DK", "CVR-nr. 10 78 06 67", "CVR", "10780667"),
            ("DK", "CVR: DK-10780667", "CVR", "10780667"),
            ("ES", "NIF: B25009051", "NIF", "B25009051"),
            ("ES", "C.I.F. B-25009051", "NIF", "B25009051"),
            ("FI", "Y-tunnus: 1214877-4", "YTUNNUS", "12148774"),
            ("FI", "ALV-numero FI12148774", "VAT", "FI12148774"),
            (
                "FR",
                "TVA intracommunautaire : FR 25 064285364",
                "VAT",
                "FR25064285364",
            ),
            ("FR", "RCS Paris B 732 829 320", "SIREN", "732829320"),
            ("FR", "N° SIREN : 732 829 320", "SIREN", "732829320"),
            ("GB", "VAT No: GB 181 1787 11", "VAT", "GB181178711"),
            ("GB", "Company No. SC123456", "COMPANY", "SC123456"),
            ("GB", "Registered in England No. 01234567", "COMPANY", "01234567"),
            ("IE", "VAT No. IE6111481P", "VAT", "IE6111481P"),
            ("IE", "Company Registration Number: 123456", "COMPANY", "123456"),
            ("IT", "Partita IVA: IT 00854070760", "VAT", "IT00854070760"),
            ("IT", "C.F. e P.IVA 00854070760", "VAT", "00854070760"),
            ("IT", "REA MI-1234567", "REA", "MI1234567"),
            ("LU", "RCS Luxembourg B 123456", "RCS", "B123456"),
            ("LU", "TVA : LU19923149", "VAT", "LU19923149"),
            ("NL", "KvK-nummer: 12345678", "KVK", "12345678"),
            ("NL", "BTW: NL329701262B01", "VAT", "NL329701262B01"),
            ("NO", "Org.nr. 123 456 785 MVA", "ORGNR", "123456785"),
            ("NZ", "NZBN 9429041234563", "NZBN", "9429041234563"),
            ("PL", "NIP: 564-052-87-64", "NIP", "5640528764"),
            ("PL", "REGON: 123456785", "REGON", "123456785"),
            ("PL", "KRS 0000123456", "KRS", "0000123456"),
            ("PT", "NIPC: 579 072 797", "NIF", "579072797"),
            ("PT", "Contribuinte n.º 579072797", "NIF", "579072797"),
            ("SE", "Org.nr: 556757-9775", "ORGNR", "5567579775"),
            (
                "SE",
                "Momsregistreringsnummer SE556757977501",
                "VAT",
                "SE556757977501",
            ),
            ("US", "EIN: 12-3456789", "EIN", "123456789"),
        ] {
            let found = first(text);
            if found != Some((kind.to_owned(), value.to_owned())) {
                wrong.push(format!("{country}: {text}: {found:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn other_numbers_are_none() {
        for text in [
            "Prices include VAT at 20 %. Private 12345.",
            "VAT DE123456789",
            "KvK 1234",
            "call 12345678",
            "SIRET 123 456 789 00012",
            "",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }
}
