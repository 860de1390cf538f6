//! The United States. Numbers for fiction: 555-0100 to 555-0199 of each area code (ATIS-0300115).

use super::{City, Country};
use crate::business::{AddressForm, NumberStyle as N};
use crate::lang;

#[rustfmt::skip] // word lists stay in rows
pub(super) static US: Country = Country {
    code: "US",
    name: "United States",
    local_name: "United States",
    lang: &lang::EN,
    calling_code: "1",
    trunk: "",
    weight: 13,
    cities: &[
        City {
            name: "Austin",
            aliases: &[],
            region: "TX",
            lat: 30.2672,
            lon: -97.7431,
            weight: 5,
            postcodes: &["7870#", "7874#"],
            fixed: &["512-555-01##", "737-555-01##", "512-3##-####"],
        },
        City {
            name: "Chicago",
            aliases: &[],
            region: "IL",
            lat: 41.8781,
            lon: -87.6298,
            weight: 5,
            postcodes: &["6060#", "6061#"],
            fixed: &["312-555-01##", "773-555-01##", "312-4##-####", "773-6##-####"],
        },
        City {
            name: "Denver",
            aliases: &[],
            region: "CO",
            lat: 39.7392,
            lon: -104.9903,
            weight: 4,
            postcodes: &["8020#", "8021#"],
            fixed: &["303-555-01##", "720-555-01##", "303-8##-####"],
        },
        City {
            name: "Portland",
            aliases: &[],
            region: "OR",
            lat: 45.5152,
            lon: -122.6784,
            weight: 4,
            postcodes: &["9720#", "9721#"],
            fixed: &["503-555-01##", "971-555-01##", "503-2##-####"],
        },
        City {
            name: "Boston",
            aliases: &[],
            region: "MA",
            lat: 42.3601,
            lon: -71.0589,
            weight: 3,
            postcodes: &["0210#", "0211#"],
            fixed: &["617-555-01##", "857-555-01##", "617-4##-####"],
        },
    ],
    streets: &[
        "Main Street", "Oak Avenue", "Maple Drive", "Washington Blvd", "Lake Shore Road", "2nd Street", "Cedar Lane",
        "Elm Street", "Market Street", "Highland Ave", "Sunset Blvd", "Franklin St", "Pine Court", "N 7th Street",
    ],
    families: &[
        "Abernathy", "Bowman", "Calloway", "Delgado", "Everett", "Fulton", "Garrison", "Hollis", "Iverson", "Jennings",
        "Kessler", "Langford", "Mercer", "Nolan", "O'Brien", "Prescott", "Quimby", "Ramsey", "Stanton", "Whitaker",
    ],
    givens: &["Amber", "Brandon", "Carmen", "Derek", "Elena", "Frank", "Gina", "Hector", "Ivy", "Joel", "Kendra"],
    name_forms: &["{family} {label}", "{epithet} {label}", "{label} by {family}", "{family} Family {label}"],
    epithets: &[
        "Lone Star", "Lakeview", "Mile High", "Downtown", "Evergreen", "Liberty", "Blue Ridge", "Sunrise", "Golden Gate",
        "Maplewood", "Cornerstone", "Summit",
    ],
    legal_forms: &["{name}, LLC", "{name} Inc.", "{name} Corp."],
    mobile: &["512-666-####", "312-777-####", "303-667-####", "503-778-####", "617-669-####"],
    toll_free: &["844-555-01##", "833-3##-####", "888-4##-####"],
    address: AddressForm::American,
    styles: &[N::National, N::Paren, N::Dotted, N::International, N::Compact, N::OneHyphen],
    legacy_encodings: &["windows-1252"],
    vat: "##-#######",
    register: "C#######",
    iban: "Routing ######### Account ##########",
    currency: "$",
    locale: "en-US",
};
