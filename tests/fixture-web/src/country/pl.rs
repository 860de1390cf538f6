//! Poland.

use super::{City, Country};
use crate::business::{AddressForm, NumberStyle as N};
use crate::lang;

#[rustfmt::skip] // word lists stay in rows
pub(super) static PL: Country = Country {
    code: "PL",
    name: "Poland",
    local_name: "Polska",
    lang: &lang::PL,
    calling_code: "48",
    trunk: "",
    weight: 8,
    cities: &[
        City {
            name: "Warszawa",
            aliases: &["Warsaw", "Warschau", "Varsovie", "Varsovia"],
            region: "mazowieckie",
            lat: 52.2297,
            lon: 21.0122,
            weight: 5,
            postcodes: &["00-###", "02-###"],
            fixed: &["22 6## ## ##", "22 8## ## ##"],
        },
        City {
            name: "Kraków",
            aliases: &["Cracow", "Krakau", "Cracovie"],
            region: "małopolskie",
            lat: 50.0647,
            lon: 19.945,
            weight: 4,
            postcodes: &["30-###", "31-###"],
            fixed: &["12 4## ## ##", "12 6## ## ##"],
        },
        City {
            name: "Wrocław",
            aliases: &["Breslau", "Wroclaw"],
            region: "dolnośląskie",
            lat: 51.1079,
            lon: 17.0385,
            weight: 3,
            postcodes: &["50-###", "51-###"],
            fixed: &["71 3## ## ##", "71 7## ## ##"],
        },
        City {
            name: "Gdańsk",
            aliases: &["Danzig", "Gdansk"],
            region: "pomorskie",
            lat: 54.352,
            lon: 18.6466,
            weight: 3,
            postcodes: &["80-###"],
            fixed: &["58 3## ## ##", "58 7## ## ##"],
        },
    ],
    streets: &[
        "ul. Długa", "ul. Mickiewicza", "al. Niepodległości", "ul. Świętojańska", "pl. Wolności", "ul. Ogrodowa",
        "ul. Krótka", "ul. Żeromskiego", "ul. Łąkowa", "ul. Słowackiego",
    ],
    families: &[
        "Kowalczyk", "Wiśniewski", "Zieliński", "Wójcik", "Dąbrowski", "Jabłoński", "Pawlak", "Sikora", "Gołębiowski",
        "Ostrowski", "Bąk", "Żak", "Szczepański", "Krawczyk",
    ],
    givens: &["Agnieszka", "Bartosz", "Celina", "Dawid", "Grażyna", "Jacek", "Łukasz", "Małgorzata", "Paweł", "Zofia"],
    name_forms: &["{label} {family}", "{label} {epithet}", "{label} {family} i Synowie"],
    epithets: &[
        "Pod Lipą", "Na Rynku", "Złota Rączka", "Stare Miasto", "Słoneczna", "Nad Wisłą", "Zielony Zakątek", "Mazury",
        "Przy Moście",
    ],
    legal_forms: &["{name} sp. z o.o.", "{name} s.c.", "{name} S.A."],
    mobile: &["601 ### ###", "505 ### ###", "698 ### ###"],
    toll_free: &["800 ### ###"],
    address: AddressForm::StreetNumber,
    styles: &[N::National, N::International, N::Hyphen, N::Paren, N::Compact, N::Zeros],
    legacy_encodings: &["ISO-8859-2", "windows-1250"],
    vat: "PL##########",
    register: "KRS 0000######",
    iban: "PL## 1020 #### #### #### #### ####",
    currency: "zł",
    locale: "pl-PL",
};
