//! France. Numbers for fiction: ARCEP decision 2018-0881 (01 99 00, 02 61 91, 03 53 01, 04 65 71, 05 36 49).

use super::{City, Country};
use crate::business::{AddressForm, NumberStyle as N};
use crate::lang;

#[rustfmt::skip] // word lists stay in rows
pub(super) static FR: Country = Country {
    code: "FR",
    name: "France",
    local_name: "France",
    lang: &lang::FR,
    calling_code: "33",
    trunk: "0",
    weight: 19,
    cities: &[
        City {
            name: "Lyon",
            aliases: &["Lione", "里昂"],
            region: "Auvergne-Rhône-Alpes",
            lat: 45.764,
            lon: 4.8357,
            weight: 8,
            postcodes: &["6900?"],
            fixed: &["04 65 71 ## ##", "04 72 ## ## ##", "04 78 ## ## ##", "04 37 ## ## ##"],
        },
        City {
            name: "Paris",
            aliases: &["Parigi", "París", "Paryż"],
            region: "Île-de-France",
            lat: 48.8566,
            lon: 2.3522,
            weight: 7,
            postcodes: &["7500?", "7501?"],
            fixed: &["01 99 00 ## ##", "01 42 ## ## ##", "01 53 ## ## ##"],
        },
        City {
            name: "Marseille",
            aliases: &["Marsiglia", "Marsella"],
            region: "Provence-Alpes-Côte d'Azur",
            lat: 43.2965,
            lon: 5.3698,
            weight: 4,
            postcodes: &["1300?", "1301?"],
            fixed: &["04 65 71 ## ##", "04 91 ## ## ##"],
        },
        City {
            name: "Nantes",
            aliases: &[],
            region: "Pays de la Loire",
            lat: 47.2184,
            lon: -1.5536,
            weight: 3,
            postcodes: &["44000", "44100", "44200", "44300"],
            fixed: &["02 61 91 ## ##", "02 40 ## ## ##"],
        },
        City {
            name: "Toulouse",
            aliases: &["Tolosa"],
            region: "Occitanie",
            lat: 43.6047,
            lon: 1.4442,
            weight: 3,
            postcodes: &["31000", "31100", "31200", "31300", "31400"],
            fixed: &["05 36 49 ## ##", "05 61 ## ## ##"],
        },
    ],
    streets: &[
        "rue de la République", "rue Victor Hugo", "avenue Jean Jaurès", "place Bellecour", "rue des Tanneurs",
        "quai de la Pêcherie", "cours Gambetta", "rue du Moulin", "impasse des Lilas", "boulevard Pasteur",
        "rue Saint-Antoine", "allée des Platanes", "rue de l'Église", "rue des Quatre Vents", "avenue du Stade",
    ],
    families: &[
        "Martin", "Lefèvre", "Moreau", "Girard", "Chevalier", "Fontaine", "Roussel", "Delorme", "Marchand", "Perrin",
        "Gauthier", "Besson", "Dufour", "Lacombe", "Vasseur", "Renaud", "Barbier", "Carpentier", "Meunier", "Boyer",
    ],
    givens: &[
        "Camille", "Julien", "Élodie", "Antoine", "Margaux", "Thibault", "Hélène", "Bastien", "Clémence", "Rémi",
        "Sylvie", "Gaëlle",
    ],
    name_forms: &["{label} {family}", "{label} {epithet}", "{family} {label}", "{label} {family} et Fils"],
    epithets: &[
        "du Parc", "des Halles", "Saint-Jean", "de la Gare", "du Vieux Port", "Belle Rive", "des Arts", "du Soleil",
        "de l'Étoile", "des Remparts", "du Marché", "La Colline",
    ],
    legal_forms: &["SARL {name}", "{name} SAS", "EURL {name}", "{name} SA"],
    mobile: &["06 12 ## ## ##", "06 2# ## ## ##", "07 6# ## ## ##"],
    toll_free: &["0805 ## ## ##", "0800 ## ## ##"],
    address: AddressForm::NumberStreet,
    styles: &[N::National, N::Dotted, N::International, N::InternationalZero, N::Compact, N::InternationalDotted],
    legacy_encodings: &["windows-1252", "ISO-8859-1", "ISO-8859-15"],
    vat: "FR## ?## ### ###",
    register: "RCS ?## ### ###",
    iban: "FR76 3000 #### #### #### #### ###",
    currency: "€",
    locale: "fr-FR",
};
