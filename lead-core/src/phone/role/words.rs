//! The words that label a number, language by language.
//!
//! From the contact pages of each language: the 24 of the European Union, Norwegian, Russian, Ukrainian, Turkish, Arabic,
//! Hebrew, Hindi, Chinese in both scripts, Japanese, Korean, Vietnamese, Thai, Indonesian. A word that several languages
//! share stands once, with the first of them; `tests/phone_roles.rs` walks through all of them.

use crate::phone::ends::ByEnd;
use crate::record::PhoneRole;

macro_rules! words {
    ($($role:ident: $($word:literal)+;)+) => {
        /// Lower case, each once.
        pub(super) const WORDS: &[(&str, PhoneRole)] = &[$($(($word, PhoneRole::$role),)+)+];
    };
}

words! {
    // English
    Tel: "tel" "telephone" "phone" "phones" "phone#" "ph" "call" "voice" "office" "main" "direct" "local" "reception" "landline"
        "hotline" "helpline" "switchboard" "number" "reservations" "sales" "desk" "ring";
    Fax: "fax" "faxes" "fax#" "fx" "facsimile" "faxno";
    Mobile: "mobile" "mobiles" "mob" "cell" "cellphone" "cellular" "smartphone";
    TollFree: "toll-free" "tollfree" "toll" "freephone" "freefone" "freecall";
    Whatsapp: "whatsapp" "whats" "whatsup" "wa" "wapp" "wsp";
    Sms: "sms" "text" "texts";
    Pager: "pager" "beeper";
    // German
    Tel: "telefon" "fon" "ruf" "rufnummer" "festnetz" "zentrale" "anruf";
    Fax: "telefax";
    Mobile: "handy" "mobil" "mobiltelefon" "mobilfunk" "natel";
    TollFree: "gebührenfrei" "kostenlos" "kostenfrei" "gratis" "freecall-nummer";
    Pager: "piepser";
    // French
    Tel: "tél" "téléphone" "appelez" "standard" "fixe";
    Fax: "télécopie" "télécopieur" "telecopie" "télec";
    Mobile: "portable";
    TollFree: "gratuit" "vert";
    Pager: "téléavertisseur" "bipeur";
    // Spanish
    Tel: "telefono" "teléfono" "teléfonos" "teléf" "telef" "tfno" "tfn" "tlf" "tlfn" "tlfno" "fono" "fijo" "llámenos" "llame" "centralita";
    Mobile: "móvil" "movil" "celular" "cel";
    TollFree: "gratuita" "gratuito";
    Pager: "buscapersonas";
    // Italian
    Tel: "chiama" "centralino" "fisso";
    Mobile: "cellulare";
    TollFree: "verde";
    Pager: "cercapersone";
    // Portuguese
    Tel: "telefone" "telefones" "fone" "ligue" "fixo";
    Mobile: "telemóvel" "telemovel" "tlm";
    TollFree: "grátis";
    // Dutch
    Tel: "telefoon" "bel";
    Mobile: "mobiel" "mobiele" "gsm";
    TollFree: "gratisnummer" "freefoon";
    Pager: "semafoon";
    // Danish, Norwegian, Swedish
    Tel: "sentralbord" "omstilling" "växel";
    Fax: "telefaks";
    TollFree: "frinummer" "frisamtal" "grønt";
    Pager: "personsøger" "personsökare";
    // Finnish
    Tel: "puhelin" "puh" "vaihde" "soita";
    Fax: "faksi" "telefaksi" "telekopio";
    Mobile: "matkapuhelin" "kännykkä" "matkapuh";
    TollFree: "maksuton" "ilmaisnumero";
    Pager: "hakulaite";
    // Greek
    Tel: "τηλ" "τηλέφωνο" "τηλεφωνο" "τηλέφωνα" "σταθερό";
    Fax: "φαξ" "φάξ";
    Mobile: "κινητό" "κινητο" "κιν";
    TollFree: "ατελώς" "δωρεάν";
    // Polish
    Tel: "telefony" "zadzwoń" "infolinia" "stacjonarny";
    Fax: "faks";
    Mobile: "kom" "komórka" "komórkowy";
    TollFree: "bezpłatny" "bezpłatna" "bezpłatnie";
    // Czech, Slovak
    Tel: "telefonní" "telefón" "telefónne" "zavolejte" "volajte" "pevná";
    Mobile: "mobilní" "mobilný";
    TollFree: "bezplatná" "bezplatně" "bezplatne" "zelená";
    // Hungarian
    Tel: "telefonszám" "hívjon" "vezetékes";
    TollFree: "ingyenes" "ingyenesen" "ingyenesen hívható" "zöld";
    // Romanian
    Tel: "sunați" "sunaţi" "fix";
    TollFree: "telverde";
    // Bulgarian
    Tel: "телефон" "телефони" "тел";
    Fax: "факс";
    Mobile: "мобилен" "моб";
    TollFree: "безплатен" "безплатна" "безплатно";
    Pager: "пейджър";
    // Croatian, Slovenian
    Tel: "nazovite" "pokličite";
    Mobile: "mobitel" "mobilni";
    TollFree: "besplatni" "besplatan" "besplatno" "brezplačna" "brezplačno";
    // Estonian
    Tel: "helista" "lauatelefon";
    Mobile: "mobiil" "mobiiltelefon";
    TollFree: "tasuta";
    // Latvian, Lithuanian
    Tel: "tālrunis" "tālr" "telefons" "zvaniet" "telefonas" "skambinkite";
    Fax: "fakss" "faksas";
    Mobile: "mobilais" "mobilā" "mobilus" "mobilusis";
    TollFree: "bezmaksas" "nemokamas" "nemokama";
    // Maltese, Irish
    Tel: "telefown" "ċempel" "teileafón" "guthán" "fón" "teil" "glaoigh";
    Fax: "feks" "facs";
    Mobile: "mowbajl" "mobajl" "póca" "soghluaiste";
    TollFree: "ħlas" "saorghlao" "saorfhón";
    // Russian, Ukrainian
    Tel: "звоните" "телефоны" "дзвоніть" "городской" "стаціонарний";
    Mobile: "мобильный" "мобильные" "сотовый" "сот" "мобільний";
    TollFree: "бесплатный" "бесплатно" "бесплатная" "безкоштовний" "безкоштовно" "безкоштовна";
    Whatsapp: "ватсап" "вотсап" "вацап" "ватцап" "вайтсап";
    Sms: "смс";
    Pager: "пейджер";
    // Turkish
    Tel: "santral" "arayın" "arayin";
    Fax: "belgegeçer";
    Mobile: "cep";
    TollFree: "ücretsiz";
    // Arabic
    Tel: "هاتف" "الهاتف" "تلفون" "تليفون" "تلفن" "اتصل";
    Fax: "فاكس" "الفاكس";
    Mobile: "جوال" "الجوال" "موبايل" "الموبايل" "محمول" "المحمول" "نقال";
    TollFree: "مجاني" "المجاني";
    Whatsapp: "واتساب" "واتس" "الواتساب";
    // Hebrew
    Tel: "טלפון" "טל";
    Fax: "פקס" "פאקס";
    Mobile: "נייד" "סלולרי" "סלולארי";
    TollFree: "חינם";
    Whatsapp: "ואטסאפ" "וואטסאפ" "ווטסאפ" "ווצאפ";
    // Hindi
    Tel: "फोन" "फ़ोन" "दूरभाष" "टेलीफोन" "टेलीफ़ोन";
    Fax: "फैक्स" "फ़ैक्स";
    Mobile: "मोबाइल" "मोबाईल";
    TollFree: "फ्री" "टोल-फ्री";
    Whatsapp: "व्हाट्सएप" "व्हाट्सऐप" "व्हाट्सअप";
    // Chinese, in both scripts
    Tel: "电话" "電話" "座机" "座機" "热线" "熱線" "总机" "總機" "电话号码" "電話號碼" "固话";
    Fax: "传真" "傳真" "传真号码" "傳真號碼";
    Mobile: "手机" "手機" "手机号" "移动电话" "行動電話" "行动电话" "流動電話";
    TollFree: "免费" "免費" "免费电话" "免費電話" "免付費";
    Sms: "短信" "簡訊";
    // Japanese
    Tel: "電話番号" "代表" "でんわ";
    Fax: "ファックス" "ファクス" "ファクシミリ" "ファックス番号";
    Mobile: "携帯" "携帯電話" "ケータイ";
    TollFree: "フリーダイヤル" "フリーコール" "通話無料";
    Pager: "ポケベル";
    // Korean
    Tel: "전화" "전화번호" "연락처" "대표전화";
    Fax: "팩스" "팩스번호" "팩시밀리";
    Mobile: "휴대폰" "핸드폰" "휴대전화" "모바일";
    TollFree: "무료" "무료전화" "수신자부담";
    Whatsapp: "왓츠앱";
    Sms: "문자";
    // Vietnamese
    Tel: "thoại" "đt" "sđt";
    Mobile: "động" "dđ" "đtdđ";
    TollFree: "phí";
    // Thai
    Tel: "โทร" "โทรศัพท์" "เบอร์โทร";
    Fax: "โทรสาร" "แฟกซ์" "แฟ็กซ์";
    Mobile: "มือถือ" "โทรศัพท์มือถือ";
    TollFree: "โทรฟรี" "ฟรี";
    // Indonesian
    Tel: "telepon" "telpon" "telp" "tlp" "hubungi";
    Fax: "faksimile" "faksimili";
    Mobile: "hp" "ponsel" "seluler" "handphone";
    TollFree: "pulsa";
}

/// Slots of the index: twice the words and more, so that most look-ups end at the first or second.
const SLOTS: usize = 1024;

/// Places in [`WORDS`] from 1, by hash; 0 for none. Made when the library is built.
static INDEX: [u16; SLOTS] = index();

#[allow(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "runs at compile time: an index out of range is a build error; there are fewer words than slots"
)]
const fn index() -> [u16; SLOTS] {
    let mut index = [0; SLOTS];
    let mut place = 0;
    while place < WORDS.len() {
        let mut slot = slot_of(WORDS[place].0.as_bytes());
        while index[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        index[slot] = place as u16 + 1;
        place += 1;
    }
    index
}

/// FNV-1a.
#[allow(
    clippy::indexing_slicing,
    reason = "bounded by the loop; const code cannot use `get`"
)]
const fn slot_of(word: &[u8]) -> usize {
    let mut hash: u32 = 0x811c_9dc5;
    let mut at = 0;
    while at < word.len() {
        hash = (hash ^ word[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    (hash ^ (hash >> 15)) as usize % SLOTS
}

/// What a word in lower case says a number is for.
pub(super) fn exactly(word: &str) -> Option<PhoneRole> {
    let mut slot = slot_of(word.as_bytes());
    loop {
        let place = usize::from(*INDEX.get(slot)?).checked_sub(1)?;
        match WORDS.get(place)? {
            (known, role) if *known == word => return Some(*role),
            _ => slot = (slot + 1) % SLOTS,
        }
    }
}

/// Ends of compounds that say *number*: `Faxnummer`, `telefonszám`, `faksinumero`.
const NUMBER_ENDS: &[&str] = &[
    "nummer", "number", "numero", "szám", "-nr", "nr", "-no", "num", "numer", "番号", "號碼", "号码", "번호",
];
static BY_END: ByEnd<{ NUMBER_ENDS.len() }> = ByEnd::of(NUMBER_ENDS);

/// No word of a script without spaces has more characters.
const LONGEST_WIDE: usize = 9;

/// The same, also for compounds, with a figure behind (`tel1`), and at the end of a stretch in a script without spaces
/// (`客服电话`).
pub(super) fn role_of(word: &str) -> Option<PhoneRole> {
    let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
    exactly(word)
        .or_else(|| {
            let name = BY_END.like(word).find_map(|end| word.strip_suffix(end));
            name.and_then(|name| exactly(name).or_else(|| wide_end(name)))
        })
        .or_else(|| wide_end(word))
}

/// The longest word that a stretch without spaces ends with.
fn wide_end(stretch: &str) -> Option<PhoneRole> {
    if !stretch.chars().next_back().is_some_and(is_unspaced) {
        return None;
    }
    let ends = stretch.char_indices().rev().take(LONGEST_WIDE);
    ends.filter_map(|(at, _)| exactly(stretch.get(at..)?)).last()
}

/// Letters of scripts that put no space between words: Thai, kana, Han, Hangul.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{E7F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_and_stands_once() {
        for (word, role) in WORDS {
            assert_eq!(exactly(word), Some(*role), "{word} stands twice");
            assert_eq!(*word, word.to_lowercase());
        }
        assert_eq!(exactly("bakery"), None);
        assert!(WORDS.len() * 2 < SLOTS, "{}", WORDS.len());
    }

    #[test]
    fn compounds_and_ends_are_words_too() {
        for (word, role) in [
            ("faxnummer", PhoneRole::Fax),
            ("telefonszám", PhoneRole::Tel),
            ("tel1", PhoneRole::Tel),
            ("客服电话", PhoneRole::Tel),
            ("免费电话", PhoneRole::TollFree),
            ("本社ファックス番号", PhoneRole::Fax),
            ("대표팩스번호", PhoneRole::Fax),
        ] {
            assert_eq!(role_of(word), Some(role), "{word}");
        }
        assert_eq!(role_of("kundennummer"), None);
    }
}
