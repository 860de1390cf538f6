//! What a number is for, by words and icons beside it, in every language that is promised.
//!
//! The number is of the range Berlin keeps for fiction; it is written in international form, so that it is found whatever
//! the country.
#![allow(clippy::unwrap_used, reason = "a test harness")]

use lead_core::contacts::ExtractOptions;
use lead_core::extract;
use lead_core::record::PhoneRole::{self, Fax, Mobile, Pager, Sms, Tel, TollFree, Whatsapp};

const NUMBER: &str = "+49 30 23125 100";

/// Language, and its words for a telephone, a fax, a mobile telephone, a free number.
type Language<'a> = (&'a str, [&'a str; 4]);

#[rustfmt::skip]
const LANGUAGES: &[Language<'_>] = &[
    ("bg", ["Телефон", "Факс", "Мобилен", "Безплатен телефон"]),
    ("cs", ["Telefon", "Fax", "Mobil", "Bezplatná linka"]),
    ("da", ["Telefon", "Telefax", "Mobil", "Gratis"]),
    ("de", ["Telefonnummer", "Telefax", "Handy", "Gebührenfrei"]),
    ("el", ["Τηλέφωνο", "Φαξ", "Κινητό", "Ατελώς"]),
    ("en", ["Phone", "Facsimile", "Cell phone", "Toll free"]),
    ("es", ["Teléfono", "Fax", "Teléfono móvil", "Gratuito"]),
    ("et", ["Telefon", "Faks", "Mobiiltelefon", "Tasuta"]),
    ("fi", ["Puhelin", "Faksi", "Matkapuhelin", "Maksuton"]),
    ("fr", ["Téléphone", "Télécopie", "Portable", "Numéro vert"]),
    ("ga", ["Teileafón", "Facs", "Fón póca", "Saorghlao"]),
    ("hr", ["Telefon", "Faks", "Mobitel", "Besplatni telefon"]),
    ("hu", ["Telefonszám", "Faxszám", "Mobiltelefon", "Ingyenes"]),
    ("it", ["Telefono", "Fax", "Cellulare", "Numero verde"]),
    ("lt", ["Telefonas", "Faksas", "Mobilusis telefonas", "Nemokamas telefonas"]),
    ("lv", ["Tālrunis", "Fakss", "Mobilais", "Bezmaksas"]),
    ("mt", ["Telefown", "Feks", "Mowbajl", "Bla ħlas"]),
    ("nl", ["Telefoon", "Fax", "Mobiel", "Gratis"]),
    ("pl", ["Telefon", "Faks", "Telefon komórkowy", "Bezpłatna infolinia"]),
    ("pt", ["Telefone", "Fax", "Telemóvel", "Grátis"]),
    ("ro", ["Telefon", "Fax", "Mobil", "Gratuit"]),
    ("sk", ["Telefón", "Fax", "Mobilný telefón", "Bezplatná linka"]),
    ("sl", ["Telefon", "Faks", "Mobitel", "Brezplačna številka"]),
    ("sv", ["Telefon", "Fax", "Mobiltelefon", "Frisamtal"]),
    ("no", ["Tlf", "Telefaks", "Mobil", "Grønt nummer"]),
    ("ru", ["Телефон", "Факс", "Мобильный телефон", "Бесплатно"]),
    ("uk", ["Тел", "Факс", "Мобільний", "Безкоштовно"]),
    ("tr", ["Telefon", "Belgegeçer", "Cep telefonu", "Ücretsiz"]),
    ("ar", ["هاتف", "فاكس", "جوال", "مجاني"]),
    ("he", ["טלפון", "פקס", "נייד", "חינם"]),
    ("hi", ["फ़ोन", "फैक्स", "मोबाइल", "टोल फ्री"]),
    ("zh-Hans", ["联系电话", "传真", "手机", "免费电话"]),
    ("zh-Hant", ["聯絡電話", "傳真", "手機", "免費電話"]),
    ("ja", ["電話番号", "ファックス", "携帯電話", "フリーダイヤル"]),
    ("ko", ["대표전화", "팩스번호", "휴대폰", "수신자부담"]),
    ("vi", ["Điện thoại", "Fax", "Di động", "Miễn phí"]),
    ("th", ["โทรศัพท์", "โทรสาร", "มือถือ", "โทรฟรี"]),
    ("id", ["Telepon", "Faksimile", "Ponsel", "Bebas pulsa"]),
];

/// The role of the one number on a page.
fn role(html: &str) -> Option<PhoneRole> {
    let contacts = extract(html, &ExtractOptions::new().region("DE").decoded()).unwrap();
    match contacts.findings.phones.as_slice() {
        [phone] => Some(phone.role),
        _ => None,
    }
}

#[track_caller]
fn check(cases: impl Iterator<Item = (String, PhoneRole)>) {
    let wrong: Vec<String> = cases
        .filter_map(|(html, wanted)| {
            let found = role(&html);
            (found != Some(wanted)).then(|| format!("{html}\n  wanted {wanted:?}, found {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Each language with each of its words.
fn words() -> impl Iterator<Item = (&'static str, PhoneRole)> {
    LANGUAGES
        .iter()
        .flat_map(|(_, words)| words.iter().copied().zip([Tel, Fax, Mobile, TollFree]))
}

#[test]
fn every_promised_language_is_there() {
    let european = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv";
    let others = "no ru uk tr ar he hi zh-Hans zh-Hant ja ko vi th id";
    for tag in european.split(' ').chain(others.split(' ')) {
        assert!(LANGUAGES.iter().any(|(known, _)| *known == tag), "{tag}");
    }
}

#[test]
fn before_the_number() {
    check(words().flat_map(|(word, role)| {
        [
            (format!("<p>{word}: {NUMBER}"), role),
            (format!("<p>{word}:{NUMBER}"), role),
            (format!("<p>{word} {NUMBER}"), role),
            (format!("<p><b>{word}</b><br>{NUMBER}"), role),
            (format!("<p>{}: {NUMBER}", word.to_uppercase()), role),
        ]
    }));
}

#[test]
fn in_the_cell_or_term_before() {
    check(words().flat_map(|(word, role)| {
        [
            (format!("<table><tr><td>{word}<td>{NUMBER}</table>"), role),
            (
                format!("<table><tr><th>{word}:</th><td>{NUMBER}</td></table>"),
                role,
            ),
            (format!("<dl><dt>{word}<dd>{NUMBER}</dl>"), role),
        ]
    }));
}

#[test]
fn behind_the_number() {
    // A telephone is what a number is anyway.
    let single = words().filter(|(word, role)| *role != Tel && !word.contains(' '));
    check(single.flat_map(|(word, role)| {
        [
            (format!("<p>{NUMBER} ({word})"), role),
            (format!("<p>{NUMBER} {word}"), role),
        ]
    }));
}

#[test]
fn of_several_labels_each_number_has_its_own() {
    for (language, [tel, fax, ..]) in LANGUAGES {
        let html = format!("<p>{tel}: +49 30 23125 101, {fax}: +49 30 23125 102");
        let contacts = extract(&html, &ExtractOptions::new().region("DE").decoded()).unwrap();
        let mut roles: Vec<_> = contacts
            .findings
            .phones
            .iter()
            .map(|phone| (phone.e164.digits(), phone.role))
            .collect();
        roles.sort_unstable();
        assert_eq!(
            roles,
            [(493_023_125_101, Tel), (493_023_125_102, Fax)],
            "{language}"
        );
    }
}

#[test]
fn messengers_and_pagers() {
    let words = [
        ("WhatsApp", Whatsapp),
        ("Ватсап", Whatsapp),
        ("واتساب", Whatsapp),
        ("ווטסאפ", Whatsapp),
        ("व्हाट्सएप", Whatsapp),
        ("왓츠앱", Whatsapp),
        ("SMS", Sms),
        ("Text us", Sms),
        ("СМС", Sms),
        ("短信", Sms),
        ("Pager", Pager),
        ("Пейджер", Pager),
        ("Semafoon", Pager),
        ("ポケベル", Pager),
    ];
    check(
        words
            .iter()
            .map(|(word, role)| (format!("<p>{word}: {NUMBER}"), *role)),
    );
}

#[test]
fn letters_and_pairs() {
    let cases = [
        ("T: @", Tel),
        ("F: @", Fax),
        ("M. @", Mobile),
        ("(F) @", Fax),
        ("F @", Fax),
        ("Tel/Fax: @", Tel),
        ("Tel. und Fax: @", Tel),
        ("Phone & Fax: @", Tel),
        ("Mobile phone: @", Mobile),
        ("Toll free fax: @", Fax),
        ("Vitamin F @", Tel),
    ];
    check(
        cases
            .iter()
            .map(|(text, role)| (format!("<p>{}", text.replace('@', NUMBER)), *role)),
    );
}

#[test]
fn icons_and_classes() {
    let cases = [
        ("<i class='fa fa-fax'></i> @", Fax),
        ("<i class='fas fa-mobile-alt' aria-hidden=true></i> @", Mobile),
        ("<i class='bi bi-whatsapp'></i>@", Whatsapp),
        ("<span class='icon icon-phone'></span> @", Tel),
        ("<i class=icon-fax></i><span>@</span>", Fax),
        ("<svg class=fax-icon><path d=''></path></svg> @", Fax),
        (
            "<svg aria-label='WhatsApp'><use href='#x'></use></svg> @",
            Whatsapp,
        ),
        ("<img src='/img/fax.png'> @", Fax),
        ("<img src='/img/i1.png' alt='Mobil:'> @", Mobile),
        ("<img src='/fax/logo.png'> @", Tel),
        ("<span class=fax>@</span>", Fax),
        ("<span class='contact whatsapp'><span>@</span></span>", Whatsapp),
        ("<span class='hidden-mobile'>@</span>", Tel),
        ("<i class='fa fa-fax'></i> Tel. @", Tel),
        ("<div class='mobile-menu'></div><p>@", Tel),
    ];
    check(
        cases
            .iter()
            .map(|(html, role)| (format!("<div>{}</div>", html.replace('@', NUMBER)), *role)),
    );
}

#[test]
fn an_icon_is_not_of_the_number_after_the_next() {
    let html = "<p><i class='fa fa-phone'></i> +49 30 23125 101 <i class='fa fa-fax'></i> +49 30 23125 102<p>+49 30 23125 103";
    let contacts = extract(html, &ExtractOptions::new()).unwrap();
    let mut roles: Vec<_> = contacts
        .findings
        .phones
        .iter()
        .map(|phone| (phone.e164.digits() % 10, phone.role))
        .collect();
    roles.sort_unstable();
    assert_eq!(roles, [(1, Tel), (2, Fax), (3, Tel)]);
}

#[test]
fn numbers_that_are_free_by_their_plan() {
    check(
        [
            ("+1 800 555 0199", TollFree),
            ("Fax +1 800 555 0199", Fax),
            ("Tel. +1 415 555 0199", Tel),
        ]
        .into_iter()
        .map(|(text, role)| (format!("<p>{text}"), role)),
    );
}
