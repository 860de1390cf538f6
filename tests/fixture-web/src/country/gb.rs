//! Great Britain. Numbers for fiction: Ofcom, "Telephone numbers for use in TV and radio drama programmes".

use super::{City, Country};
use crate::business::{AddressForm, NumberStyle as N};
use crate::lang;

#[rustfmt::skip] // word lists stay in rows
pub(super) static GB: Country = Country {
    code: "GB",
    name: "United Kingdom",
    local_name: "United Kingdom",
    lang: &lang::EN,
    calling_code: "44",
    trunk: "0",
    weight: 12,
    cities: &[
        City {
            name: "Leeds",
            aliases: &[],
            region: "West Yorkshire",
            lat: 53.8008,
            lon: -1.5491,
            weight: 5,
            postcodes: &["LS? #@@", "LS1# #@@"],
            fixed: &["0113 496 0###", "0113 2## ####"],
        },
        City {
            name: "London",
            aliases: &["Londres", "Londra", "Londyn", "ロンドン"],
            region: "Greater London",
            lat: 51.5074,
            lon: -0.1278,
            weight: 6,
            postcodes: &["N? #@@", "SE1? #@@", "SW? #@@", "E? #@@"],
            fixed: &["020 7946 0###", "020 7### ####", "020 8### ####"],
        },
        City {
            name: "Manchester",
            aliases: &[],
            region: "Greater Manchester",
            lat: 53.4808,
            lon: -2.2426,
            weight: 4,
            postcodes: &["M? #@@", "M1# #@@"],
            fixed: &["0161 496 0###", "0161 2## ####"],
        },
        City {
            name: "Edinburgh",
            aliases: &["Édimbourg", "Edinburgo"],
            region: "Scotland",
            lat: 55.9533,
            lon: -3.1883,
            weight: 3,
            postcodes: &["EH? #@@"],
            fixed: &["0131 496 0###", "0131 2## ####"],
        },
        City {
            name: "Bristol",
            aliases: &[],
            region: "Bristol",
            lat: 51.4545,
            lon: -2.5879,
            weight: 3,
            postcodes: &["BS? #@@"],
            fixed: &["0117 496 0###", "0117 9## ####"],
        },
    ],
    streets: &[
        "High Street", "Mill Lane", "Station Road", "Church Walk", "Victoria Street", "King's Parade", "Park Row",
        "Queen Square", "Albion Place", "Water Lane", "St. Mary's Road", "The Crescent", "Orchard Way",
    ],
    families: &[
        "Ashworth", "Barker", "Copley", "Dunmore", "Ellwood", "Fairfax", "Gledhill", "Hargreaves", "Ingham", "Jowett",
        "Kershaw", "Lockwood", "Marsden", "Naylor", "Oldroyd", "Priestley", "Rothwell", "Sugden", "Thackray",
    ],
    givens: &["Alice", "Graham", "Harriet", "Neil", "Poppy", "Stuart", "Imogen", "Callum", "Niamh", "Rhys", "Zoë"],
    name_forms: &["{family} {label}", "{epithet} {label}", "{family} & Sons {label}", "The {epithet} {label}"],
    epithets: &[
        "Riverside", "Old Mill", "Abbey", "Northgate", "Crown", "Harbour", "White Rose", "Meadow", "Beacon", "Copper Kettle",
        "Parkside", "Castle",
    ],
    legal_forms: &["{name} Ltd", "{name} Limited", "{name} LLP"],
    mobile: &["07912 ######", "07813 ######", "07523 ######"],
    toll_free: &["0800 ### ####", "0808 1## ####"],
    address: AddressForm::British,
    styles: &[N::National, N::Paren, N::International, N::InternationalZero, N::Compact, N::Hyphen],
    legacy_encodings: &["windows-1252"],
    vat: "GB ?## #### ##",
    register: "0#######",
    iban: "GB## NWBK #### #### #### ##",
    currency: "£",
    locale: "en-GB",
};
