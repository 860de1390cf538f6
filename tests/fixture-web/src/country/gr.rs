//! Greece.

use super::{City, Country};
use crate::business::{AddressForm, NumberStyle as N};
use crate::lang;

#[rustfmt::skip] // word lists stay in rows
pub(super) static GR: Country = Country {
    code: "GR",
    name: "Greece",
    local_name: "Ελλάδα",
    lang: &lang::EL,
    calling_code: "30",
    trunk: "",
    weight: 2,
    cities: &[
        City {
            name: "Αθήνα|Athens",
            aliases: &["Athina", "Athènes", "Athen"],
            region: "Αττική",
            lat: 37.9838,
            lon: 23.7275,
            weight: 3,
            postcodes: &["10# ##", "11# ##"],
            fixed: &["210 3## ####", "210 8## ####"],
        },
        City {
            name: "Θεσσαλονίκη|Thessaloniki",
            aliases: &["Salonica", "Saloniki"],
            region: "Κεντρική Μακεδονία",
            lat: 40.6401,
            lon: 22.9444,
            weight: 2,
            postcodes: &["546 ##"],
            fixed: &["2310 2#####", "2310 8#####"],
        },
    ],
    streets: &["Οδός Ερμού", "Λεωφόρος Αλεξάνδρας", "Οδός Τσιμισκή", "Οδός Αθηνάς", "Οδός Εγνατία", "Πλατεία Ομονοίας"],
    families: &[
        "Παπαδάκης|papadakis", "Νικολάου|nikolaou", "Γεωργίου|georgiou", "Καραγιάννης|karagiannis", "Βλάχος|vlachos",
        "Σαμαράς|samaras", "Οικονόμου|oikonomou",
    ],
    givens: &["Ελένη|eleni", "Γιώργος|giorgos", "Μαρία|maria", "Νίκος|nikos", "Κατερίνα|katerina", "Στέλιος|stelios"],
    name_forms: &["{label} {family}", "{label} {epithet}"],
    epithets: &["Το Λιμάνι|limani", "Ακρόπολη|akropoli", "Ήλιος|ilios", "Η Πλατεία|plateia", "Αιγαίο|aigaio"],
    legal_forms: &["{name} Ε.Π.Ε.", "{name} Α.Ε.", "{name} Ο.Ε."],
    mobile: &["697 ### ####", "694 ### ####"],
    toll_free: &["800 ### ####"],
    address: AddressForm::StreetNumber,
    styles: &[N::National, N::International, N::Compact],
    legacy_encodings: &["ISO-8859-7", "windows-1253"],
    vat: "EL#########",
    register: "############",
    iban: "GR## 0110 #### #### #### #### ###",
    currency: "€",
    locale: "el-GR",
};
