//! Words that name another kind of number, right before it.

use crate::phone::ends::ByEnd;

/// Words and roots of compounds, in lower case, by what they name. A word counts when it stands alone or is the end of a
/// compound in a language that writes those together (marked below by a leading `~`); in scripts without spaces any end
/// counts.
const WORDS: &[&str] = &[
    // Books, goods, parcels, files.
    "isbn",
    "isbn-10",
    "isbn-13",
    "issn",
    "ean",
    "gtin",
    "upc",
    "asin",
    "sku",
    "vin",
    "imei",
    "order",
    "commande",
    "pedido",
    "ordine",
    "ordre",
    "encomenda",
    "zamówienia",
    "zamówienie",
    "objednávka",
    "objednávky",
    "rendelés",
    "comandă",
    "заказ",
    "заказа",
    "sipariş",
    "invoice",
    "rechnung",
    "facture",
    "factura",
    "fattura",
    "faktura",
    "faktury",
    "item",
    "article",
    "artikel",
    "art",
    "ref",
    "réf",
    "référence",
    "reference",
    "referencia",
    "rif",
    "serial",
    "tracking",
    "part",
    "model",
    "build",
    "version",
    "ticket",
    "case",
    "job",
    "customer",
    "client",
    "member",
    "membership",
    "patent",
    "docket",
    "auftrag",
    "kunden",
    "vorgang",
    "aktenzeichen",
    "az",
    "sendung",
    "pnr",
    "id",
    "index",
    "code",
    "pin",
    "zip",
    "plz",
    // Banks.
    "iban",
    "bic",
    "swift",
    "account",
    "konto",
    "kontonr",
    "kto",
    "blz",
    "sort code",
    "routing",
    "bankgiro",
    "plusgiro",
    "bg",
    "pg",
    "giro",
    "compte",
    "cuenta",
    "conto",
    "conta",
    "rekening",
    "р/с",
    "бик",
    "к/с",
    // Registers and taxes.
    "license",
    "licence",
    "lic",
    "registration",
    "registered",
    "reg",
    "company",
    "england",
    "wales",
    "scotland",
    "charity",
    "registered charity",
    "company reg",
    "vat",
    "vat reg",
    "gst",
    "ust-idnr",
    "ust-id",
    "ust-idnr",
    "ust",
    "uid",
    "uid-nr",
    "mwst",
    "steuernummer",
    "steuer-nr",
    "st.-nr",
    "st-nr",
    "tva",
    "p.iva",
    "p. iva",
    "piva",
    "iva",
    "partita iva",
    "c.f",
    "cf",
    "codice fiscale",
    "rea",
    "cif",
    "nif",
    "nipc",
    "dni",
    "siret",
    "siren",
    "rcs",
    "ape",
    "kvk",
    "btw",
    "nip",
    "regon",
    "krs",
    "hrb",
    "hra",
    "fn",
    "gnr",
    "ein",
    "fein",
    "tax",
    "duns",
    "abn",
    "acn",
    "npi",
    "uen",
    "cin",
    "gstin",
    "pan",
    "cnpj",
    "cpf",
    "rut",
    "ruc",
    "nit",
    "cuit",
    "rfc",
    "cvr",
    "cvr-nr",
    "se-nr",
    "orgnr",
    "org.nr",
    "org nr",
    "org.-nr",
    "org",
    "organisationsnr",
    "y-tunnus",
    "ičo",
    "ico",
    "ič",
    "ic",
    "dič",
    "dic",
    "cui",
    "j",
    "cégjegyzékszám",
    "adószám",
    "еик",
    "булстат",
    "ддс",
    "инн",
    "огрн",
    "кпп",
    "окпо",
    "єдрпоу",
    "едрпоу",
    "іпн",
    "αφμ",
    "α.φ.μ",
    "γεμη",
    "vergi",
    "mersis",
    "vergi no",
    "ח.פ",
    "ע.מ",
    "usdot",
    "dot",
    "mc",
    "mls",
    "nmls",
    "dre",
    "rera",
    "oib",
    "mbs",
    "pib",
    "reg.kods",
    "kodas",
    "registrikood",
    // Places on earth, machines.
    "lat",
    "latitude",
    "long",
    "lon",
    "lng",
    "longitude",
    "breite",
    "länge",
    "gps",
    "coordinates",
    "koordinaten",
    "ip",
    // Scripts without spaces.
    "~icp备",
    "~icp備",
    "~icp证",
    "~备案号",
    "~公网安备",
    "~许可证号",
    "~注册号",
    "~统一社会信用代码",
    "~統一編號",
    "~统编",
    "~订单号",
    "~訂單編號",
    "~許可番号",
    "~登録番号",
    "~法人番号",
    "~許可 第",
    "~第",
    "~注文番号",
    "~商品番号",
    "~口座番号",
    "~사업자등록번호",
    "~법인등록번호",
    "~통신판매업신고",
    "~주문번호",
    "~계좌번호",
    "~เลขประจำตัวผู้เสียภาษี",
    "~ทะเบียนเลขที่",
];

static WORDS_BY_END: ByEnd<{ WORDS.len() }> = ByEnd::of(WORDS);

/// Ends of compounds that say *number*: `Kundennummer`, `Artikel-Nr`, `adószám`.
const NUMBER_ENDS: &[&str] = &[
    "nummer", "nummern", "numero", "szám", "száma", "-nr", "-no", "number", "numer",
];
/// What a compound that ends so may hold or begin with, and yet be about telephones.
const PHONES: &[&str] = &[
    "telefon",
    "telefoon",
    "phone",
    "fax",
    "faks",
    "mobil",
    "handy",
    "durchwahl",
    "hotline",
    "puhelin",
    "kontakt",
    "whatsapp",
    "gsm",
    "service",
];
const PHONE_STARTS: &[&str] = &[
    "tel", "fon", "ruf", "notruf", "mob", "cell", "sms", "free", "toll", "büro",
];

/// Words for *number* between the name and the digits: `order no.`, `n° de commande` has it before.
const NUMBER_WORDS: &[&str] = &[
    "number",
    "nummer",
    "no",
    "nr",
    "num",
    "núm",
    "número",
    "numéro",
    "numero",
    "numer",
    "n°",
    "nº",
    "n.º",
    "č",
    "číslo",
    "szám",
    "ident",
    "id",
    "код",
    "номер",
    "numarası",
    "αρ",
    "αριθμός",
    "號",
    "号",
];

/// Whether the words right before a figure name another kind of number; `bare` when the figure is digits alone.
pub(super) fn names_another(before: &str, bare: bool) -> bool {
    let lower = before.to_lowercase();
    // Only the same line names it.
    let line = lower.rsplit(['\n', '\t']).next().unwrap_or_default();
    let cut = trimmed(without_start(line, bare));
    is_called_another(cut) || without_country(cut).is_some_and(is_called_another)
}

/// Without the digits that the figure goes on from: `22/` of `Steuernummer 22/555/01345`.
fn without_start(line: &str, bare: bool) -> &str {
    let glued = line.ends_with(['/', '.', '-']) || bare && line.ends_with(' ');
    let rest = line
        .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '/' | '.' | '-') || bare && c == ' ');
    let had_digits = line
        .get(rest.len()..)
        .is_some_and(|cut| cut.bytes().any(|byte| byte.is_ascii_digit()));
    if glued && had_digits && line.len() - rest.len() <= LONGEST_START {
        rest
    } else {
        line
    }
}

/// More than these bytes are a number of their own.
const LONGEST_START: usize = 10;

/// `ISBN`, `order no.`, `RCS Paris`: the word "number" alone says nothing.
fn is_called_another(cut: &str) -> bool {
    if is_named(cut) || is_register_of_town(cut) {
        return true;
    }
    let named = NUMBER_WORDS.iter().find_map(|word| {
        cut.strip_suffix(word)
            .filter(|rest| rest.ends_with([' ', '-', '.', '\u{A0}', ',']))
    });
    named.is_some_and(|rest| is_named(trimmed(rest)))
}

/// `RCS Paris`: the French register names the town of its court.
fn is_register_of_town(cut: &str) -> bool {
    let words = cut.rsplit_once(' ').map(|(register, _)| register);
    words.is_some_and(|register| register == "rcs" || register.ends_with(" rcs"))
}

fn trimmed(text: &str) -> &str {
    text.trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ':' | '：' | '#' | '.' | ',' | '№' | '-' | '–' | '=' | '(' | '_'
            )
    })
}

/// Without the two letters of a country that tax numbers begin with: `TVA FR 22 …`, `USt-IdNr. DE …`.
fn without_country(cut: &str) -> Option<&str> {
    let (name, country) = cut.rsplit_once([' ', '\u{A0}'])?;
    (country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_lowercase())).then(|| trimmed(name))
}

fn is_named(cut: &str) -> bool {
    WORDS_BY_END.like(cut).any(|word| match word.strip_prefix('~') {
        Some(end) => cut.ends_with(end),
        None => cut
            .strip_suffix(word)
            .is_some_and(|rest| !rest.chars().next_back().is_some_and(char::is_alphanumeric)),
    }) || is_compound(cut)
}

/// `Kundennummer`, `Rechnungs-Nr`: one word that ends in *number* and does not begin with a telephone.
fn is_compound(cut: &str) -> bool {
    let start = cut.rfind(|c: char| !(c.is_alphanumeric() || c == '-'));
    let word = start.and_then(|at| cut.get(at..)).unwrap_or(cut);
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let name = NUMBER_ENDS.iter().find_map(|end| word.strip_suffix(end));
    name.is_some_and(|name| {
        let of_phone = PHONES.iter().any(|phone| name.contains(phone))
            || PHONE_STARTS.iter().any(|phone| name.starts_with(phone));
        name.chars().count() >= 3 && !of_phone
    })
}
