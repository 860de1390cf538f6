//! The United Arab Emirates: Arabic, written from right to left.

use super::{City, Country};
use crate::business::{AddressForm, NumberStyle as N};
use crate::lang;

#[rustfmt::skip] // word lists stay in rows
pub(super) static AE: Country = Country {
    code: "AE",
    name: "United Arab Emirates",
    local_name: "الإمارات العربية المتحدة",
    lang: &lang::AR,
    calling_code: "971",
    trunk: "0",
    weight: 1,
    cities: &[
        City {
            name: "دبي|Dubai",
            aliases: &["Dubaï", "Dubái"],
            region: "دبي",
            lat: 25.2048,
            lon: 55.2708,
            weight: 3,
            postcodes: &["#####"],
            fixed: &["04 3## ####", "04 2## ####"],
        },
        City {
            name: "أبو ظبي|Abu Dhabi",
            aliases: &["Abou Dabi"],
            region: "أبو ظبي",
            lat: 24.4539,
            lon: 54.3773,
            weight: 2,
            postcodes: &["#####"],
            fixed: &["02 6## ####", "02 4## ####"],
        },
    ],
    streets: &["شارع الشيخ زايد", "شارع المكتوم", "شارع الكورنيش", "شارع النخيل", "شارع المطار"],
    families: &["المنصوري|almansoori", "الشامسي|alshamsi", "حداد|haddad", "الخوري|alkhoori", "السويدي|alsuwaidi"],
    givens: &["أحمد|ahmed", "فاطمة|fatima", "خالد|khalid", "مريم|mariam", "سعيد|saeed", "ليلى|layla"],
    name_forms: &["{label} {family}", "{label} {epithet}"],
    epithets: &["النخيل|alnakheel", "الخليج|alkhaleej", "الواحة|alwaha", "النور|alnoor", "الياسمين|yasmin"],
    legal_forms: &["{name} ذ.م.م", "{name} م.م.ح"],
    mobile: &["050 ### ####", "055 ### ####"],
    toll_free: &["800 ####"],
    address: AddressForm::StreetNumber,
    styles: &[N::International, N::National, N::International, N::Compact],
    legacy_encodings: &["windows-1256"],
    vat: "100############",
    register: "CN-#######",
    iban: "AE## 033# #### #### #### ###",
    currency: "د.إ",
    locale: "ar-AE",
};
