//! Bulgaria.

use super::{City, Country};
use crate::business::{AddressForm, NumberStyle as N};
use crate::lang;

#[rustfmt::skip] // word lists stay in rows
pub(super) static BG: Country = Country {
    code: "BG",
    name: "Bulgaria",
    local_name: "България",
    lang: &lang::BG,
    calling_code: "359",
    trunk: "0",
    weight: 2,
    cities: &[
        City {
            name: "София|Sofia",
            aliases: &["Sofiya"],
            region: "София-град",
            lat: 42.6977,
            lon: 23.3219,
            weight: 3,
            postcodes: &["10##", "15##"],
            fixed: &["02 9## ####", "02 8## ####"],
        },
        City {
            name: "Пловдив|Plovdiv",
            aliases: &[],
            region: "Пловдив",
            lat: 42.1354,
            lon: 24.7453,
            weight: 2,
            postcodes: &["40##"],
            fixed: &["032 6## ###"],
        },
    ],
    streets: &["ул. Шипка", "бул. Витоша", "ул. Иван Вазов", "ул. Раковски", "пл. Централен", "ул. Роза"],
    families: &["Петров|petrov", "Димитрова|dimitrova", "Иванов|ivanov", "Стоянов|stoyanov", "Колева|koleva", "Тодоров|todorov"],
    givens: &["Мария|maria", "Георги|georgi", "Елена|elena", "Николай|nikolay", "Радка|radka", "Стефан|stefan"],
    name_forms: &["{label} {family}", "{label} {epithet}"],
    epithets: &["Роза|roza", "Балкан|balkan", "Слънце|slance", "Център|centar", "Тракия|trakia"],
    legal_forms: &["{name} ЕООД", "{name} ООД", "{name} АД"],
    mobile: &["088 8## ####", "087 8## ####"],
    toll_free: &["0800 ## ###"],
    address: AddressForm::StreetNumber,
    styles: &[N::National, N::International, N::Slash, N::Compact],
    legacy_encodings: &["windows-1251"],
    vat: "BG#########",
    register: "#########",
    iban: "BG## BNBG #### #### #### ##",
    currency: "лв.",
    locale: "bg-BG",
};
