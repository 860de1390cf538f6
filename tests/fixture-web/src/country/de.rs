//! Germany. Numbers for fiction: Bundesnetzagentur, "Rufnummern für Mediennutzung" (Drama numbers).

use super::{City, Country};
use crate::business::{AddressForm, NumberStyle as N};
use crate::lang;

#[rustfmt::skip] // word lists stay in rows
pub(super) static DE: Country = Country {
    code: "DE",
    name: "Germany",
    local_name: "Deutschland",
    lang: &lang::DE,
    calling_code: "49",
    trunk: "0",
    weight: 18,
    cities: &[
        City {
            name: "Berlin",
            aliases: &["Berlino", "Berlín", "柏林"],
            region: "Berlin",
            lat: 52.52,
            lon: 13.405,
            weight: 8,
            postcodes: &["101##", "104##", "109##", "120##"],
            fixed: &["030 23125###", "030 4#######", "030 8######"],
        },
        City {
            name: "Hamburg",
            aliases: &["Amburgo", "Hamburgo"],
            region: "Hamburg",
            lat: 53.5511,
            lon: 9.9937,
            weight: 4,
            postcodes: &["200##", "203##", "22###"],
            fixed: &["040 66969###", "040 4#######"],
        },
        City {
            name: "München",
            aliases: &["Munich", "Muenchen", "Monaco di Baviera"],
            region: "Bayern",
            lat: 48.1351,
            lon: 11.582,
            weight: 5,
            postcodes: &["803##", "806##", "81###"],
            fixed: &["089 99998###", "089 2#######"],
        },
        City {
            name: "Köln",
            aliases: &["Cologne", "Koeln", "Colonia"],
            region: "Nordrhein-Westfalen",
            lat: 50.9375,
            lon: 6.9603,
            weight: 3,
            postcodes: &["506##", "508##"],
            fixed: &["0221 4710###", "0221 2######"],
        },
        City {
            name: "Leipzig",
            aliases: &["Lipsia"],
            region: "Sachsen",
            lat: 51.3397,
            lon: 12.3731,
            weight: 3,
            postcodes: &["041##", "042##"],
            fixed: &["0341 2######", "0341 9######"],
        },
    ],
    streets: &[
        "Hauptstraße", "Kantstraße", "Gartenweg", "Schillerplatz", "Lindenallee", "Am Alten Markt", "Mühlengasse",
        "Bahnhofstraße", "Goethestraße", "Rosenweg", "Große Bergstraße", "Ahornring", "Königsallee", "Färbergasse",
    ],
    families: &[
        "Müller", "Schröder", "Krüger", "Hoffmann", "Lehmann", "Köhler", "Vogel", "Brandt", "Winkler", "Jäger",
        "Seidel", "Bergmann", "Kaiser", "Ziegler", "Arnold", "Pfeiffer", "Lindner", "Reuter", "Böttcher", "Großmann",
    ],
    givens: &[
        "Anke", "Jörg", "Katrin", "Matthias", "Sabine", "Uwe", "Friederike", "Holger", "Birgit", "Tobias", "Jürgen",
        "Änne",
    ],
    name_forms: &["{label} {family}", "{family} {label}", "{label} {epithet}", "{label} {family} & Söhne"],
    epithets: &[
        "am Park", "am Markt", "zur Linde", "am Rathaus", "im Hof", "Altstadt", "Sonnenschein", "am Kanal",
        "Nordlicht", "Zum Löwen", "an der Brücke",
    ],
    legal_forms: &["{name} GmbH", "{name} e. K.", "{name} GmbH & Co. KG", "{name} GbR"],
    mobile: &["0171 39200##", "0151 2#######", "0176 4#######", "0160 9######"],
    toll_free: &["0800 2######"],
    address: AddressForm::StreetNumber,
    styles: &[N::National, N::Paren, N::Slash, N::International, N::InternationalZero, N::Zeros, N::Hyphen],
    legacy_encodings: &["windows-1252", "ISO-8859-1"],
    vat: "DE#########",
    register: "HRB ?####",
    iban: "DE## ?### #### #### #### ##",
    currency: "€",
    locale: "de-DE",
};
