//! Spain.

use super::{City, Country};
use crate::business::{AddressForm, NumberStyle as N};
use crate::lang;

#[rustfmt::skip] // word lists stay in rows
pub(super) static ES: Country = Country {
    code: "ES",
    name: "Spain",
    local_name: "España",
    lang: &lang::ES,
    calling_code: "34",
    trunk: "",
    weight: 9,
    cities: &[
        City {
            name: "Madrid",
            aliases: &["Madryt", "マドリード"],
            region: "Comunidad de Madrid",
            lat: 40.4168,
            lon: -3.7038,
            weight: 5,
            postcodes: &["2800?", "2801#"],
            fixed: &["914 ## ## ##", "917 ## ## ##"],
        },
        City {
            name: "Barcelona",
            aliases: &["Barcelone", "Barcellona"],
            region: "Cataluña",
            lat: 41.3874,
            lon: 2.1686,
            weight: 5,
            postcodes: &["0800?", "0801#"],
            fixed: &["932 ## ## ##", "934 ## ## ##"],
        },
        City {
            name: "Valencia",
            aliases: &["Valence", "València"],
            region: "Comunidad Valenciana",
            lat: 39.4699,
            lon: -0.3763,
            weight: 3,
            postcodes: &["4600?", "4601#"],
            fixed: &["963 ## ## ##", "961 ## ## ##"],
        },
        City {
            name: "Sevilla",
            aliases: &["Seville", "Séville"],
            region: "Andalucía",
            lat: 37.3891,
            lon: -5.9845,
            weight: 3,
            postcodes: &["4100?"],
            fixed: &["954 ## ## ##", "955 ## ## ##"],
        },
    ],
    streets: &[
        "Calle Mayor", "Avenida de la Constitución", "Calle del Sol", "Plaza de España", "Paseo Marítimo",
        "Calle San José", "Ronda del Norte", "Calle de los Álamos", "Camino Viejo", "Calle Peñuelas",
    ],
    families: &[
        "Herrera", "Castaño", "Ibáñez", "Muñoz", "Vidal", "Soler", "Crespo", "Navarro", "Pascual", "Lozano", "Rubio",
        "Salazar", "Quintana", "Domínguez", "Ferrer", "Núñez",
    ],
    givens: &["Alba", "Begoña", "Carlos", "Diego", "Elena", "Íñigo", "Lucía", "Marta", "Pablo", "Rocío"],
    name_forms: &["{label} {family}", "{label} {epithet}", "{label} Hermanos {family}"],
    epithets: &[
        "del Carmen", "San Miguel", "La Giralda", "El Olivo", "Mediterráneo", "del Puerto", "La Plaza", "Luz y Mar",
        "Los Pinos", "El Rincón",
    ],
    legal_forms: &["{name} S.L.", "{name} S.A.", "{name}, S.L.U."],
    mobile: &["612 ## ## ##", "655 ## ## ##", "699 ## ## ##"],
    toll_free: &["900 ### ###"],
    address: AddressForm::Spanish,
    styles: &[N::National, N::International, N::Compact, N::Dotted, N::Hyphen, N::Zeros],
    legacy_encodings: &["windows-1252", "ISO-8859-1"],
    vat: "B########",
    register: "M-######",
    iban: "ES## 2100 #### #### #### ####",
    currency: "€",
    locale: "es-ES",
};
