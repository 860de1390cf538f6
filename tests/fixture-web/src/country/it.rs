//! Italy. The leading zero of fixed numbers is part of the number and stays abroad.

use super::{City, Country};
use crate::business::{AddressForm, NumberStyle as N};
use crate::lang;

#[rustfmt::skip] // word lists stay in rows
pub(super) static IT: Country = Country {
    code: "IT",
    name: "Italy",
    local_name: "Italia",
    lang: &lang::IT,
    calling_code: "39",
    trunk: "",
    weight: 9,
    cities: &[
        City {
            name: "Milano",
            aliases: &["Milan", "Mailand", "Milán"],
            region: "Lombardia",
            lat: 45.4642,
            lon: 9.19,
            weight: 5,
            postcodes: &["201##"],
            fixed: &["02 4### ####", "02 8### ####"],
        },
        City {
            name: "Roma",
            aliases: &["Rome", "Rom", "Rzym"],
            region: "Lazio",
            lat: 41.9028,
            lon: 12.4964,
            weight: 5,
            postcodes: &["001##"],
            fixed: &["06 4### ####", "06 8### ####"],
        },
        City {
            name: "Torino",
            aliases: &["Turin", "Turín"],
            region: "Piemonte",
            lat: 45.0703,
            lon: 7.6869,
            weight: 3,
            postcodes: &["101##"],
            fixed: &["011 5## ####", "011 8## ####"],
        },
        City {
            name: "Bologna",
            aliases: &["Bologne", "Bolonia"],
            region: "Emilia-Romagna",
            lat: 44.4949,
            lon: 11.3426,
            weight: 3,
            postcodes: &["401##"],
            fixed: &["051 2## ####", "051 6## ####"],
        },
    ],
    streets: &[
        "Via Roma", "Corso Garibaldi", "Piazza Mazzini", "Via delle Rose", "Viale Europa", "Via San Martino",
        "Via dell'Università", "Largo Verdi", "Via XX Settembre", "Vicolo Stretto", "Via Nazionale",
    ],
    families: &[
        "Rossini", "Colombo", "Marchetti", "Fontana", "Galli", "Ferrante", "Bellini", "Moretti", "Rinaldi", "Vitale",
        "Sartori", "De Angelis", "Basile", "Caruso", "Leone", "D'Amico",
    ],
    givens: &["Alessia", "Bruno", "Chiara", "Dario", "Elisa", "Fabio", "Giada", "Luca", "Niccolò", "Serena"],
    name_forms: &["{label} {family}", "{label} {epithet}", "{label} Fratelli {family}"],
    epithets: &[
        "del Corso", "San Marco", "La Fenice", "Centrale", "del Borgo", "Bella Vista", "Stella", "dei Mille", "Aurora",
        "Città Alta",
    ],
    legal_forms: &["{name} S.r.l.", "{name} S.n.c.", "{name} S.p.A."],
    mobile: &["333 ### ####", "347 ### ####", "328 ### ####"],
    toll_free: &["800 ### ###"],
    address: AddressForm::StreetNumber,
    styles: &[N::National, N::International, N::Slash, N::Compact, N::Dotted, N::Zeros],
    legacy_encodings: &["windows-1252", "ISO-8859-1"],
    vat: "IT###########",
    register: "MI-#######",
    iban: "IT## X054 #### #### #### #### ###",
    currency: "€",
    locale: "it-IT",
};
