//! Where people are, what they speak and what their clocks show.
//!
//! Languages are the first ones of CLDR's territory information, time zones those of the IANA database (`zone1970.tab`), the first
//! the one most people of the country live by, by the names Chromium knows (`Asia/Calcutta`, not `Asia/Kolkata`). Chromium adds
//! `en-US, en` to what it is told. Of variants it does not
//! have (`de-AT`, `es-MX`) its headers name the plain language too and its scripts do not: the one it has stands for them. The test
//! `soak_two_hundred_identities` tells.

/// A country as a browser in it shows itself.
pub(super) struct Place {
    /// ISO 3166-1.
    pub(super) country: &'static str,
    /// BCP 47, the first the browser's own.
    pub(super) languages: &'static [&'static str],
    /// IANA, with weights.
    pub(super) zones: &'static [(&'static str, u32)],
}

const fn place(
    country: &'static str,
    languages: &'static [&'static str],
    zones: &'static [(&'static str, u32)],
) -> Place {
    Place {
        country,
        languages,
        zones,
    }
}

/// Weights of the time zones of large countries are shares of their people, in percent and rounded.
pub(super) static PLACES: &[Place] = &[
    place("AE", &["ar"], &[("Asia/Dubai", 1)]),
    place("AT", &["de-DE", "de"], &[("Europe/Vienna", 1)]),
    place(
        "AU",
        &["en-AU"],
        &[
            ("Australia/Sydney", 58),
            ("Australia/Brisbane", 20),
            ("Australia/Perth", 11),
            ("Australia/Adelaide", 7),
        ],
    ),
    place("BE", &["nl-NL", "nl"], &[("Europe/Brussels", 1)]),
    place("BG", &["bg-BG", "bg"], &[("Europe/Sofia", 1)]),
    place(
        "BR",
        &["pt-BR", "pt"],
        &[("America/Sao_Paulo", 94), ("America/Manaus", 6)],
    ),
    place(
        "CA",
        &["en-CA", "fr-CA"],
        &[
            ("America/Toronto", 62),
            ("America/Vancouver", 14),
            ("America/Edmonton", 12),
            ("America/Winnipeg", 7),
            ("America/Halifax", 5),
        ],
    ),
    place("CH", &["de-DE", "de"], &[("Europe/Zurich", 1)]),
    place("CN", &["zh-CN", "zh"], &[("Asia/Shanghai", 1)]),
    place("CZ", &["cs-CZ", "cs"], &[("Europe/Prague", 1)]),
    place("DE", &["de-DE", "de"], &[("Europe/Berlin", 1)]),
    place("DK", &["da-DK", "da"], &[("Europe/Copenhagen", 1)]),
    place("EE", &["et-EE", "et"], &[("Europe/Tallinn", 1)]),
    place(
        "ES",
        &["es-ES", "es"],
        &[("Europe/Madrid", 95), ("Atlantic/Canary", 5)],
    ),
    place("FI", &["fi-FI", "fi"], &[("Europe/Helsinki", 1)]),
    place("FR", &["fr-FR", "fr"], &[("Europe/Paris", 1)]),
    place("GB", &["en-GB"], &[("Europe/London", 1)]),
    place("GR", &["el-GR", "el"], &[("Europe/Athens", 1)]),
    place("HR", &["hr-HR", "hr"], &[("Europe/Zagreb", 1)]),
    place("HU", &["hu-HU", "hu"], &[("Europe/Budapest", 1)]),
    place("IE", &["en-IE"], &[("Europe/Dublin", 1)]),
    place("IL", &["he-IL", "he"], &[("Asia/Jerusalem", 1)]),
    place("IN", &["en-IN", "hi"], &[("Asia/Calcutta", 1)]),
    place("IT", &["it-IT", "it"], &[("Europe/Rome", 1)]),
    place("JP", &["ja"], &[("Asia/Tokyo", 1)]),
    place("KR", &["ko-KR", "ko"], &[("Asia/Seoul", 1)]),
    place("LT", &["lt"], &[("Europe/Vilnius", 1)]),
    place("LU", &["fr-FR", "fr"], &[("Europe/Luxembourg", 1)]),
    place("LV", &["lv-LV", "lv"], &[("Europe/Riga", 1)]),
    place(
        "MX",
        &["es-ES", "es"],
        &[
            ("America/Mexico_City", 92),
            ("America/Tijuana", 4),
            ("America/Cancun", 2),
        ],
    ),
    place("NL", &["nl-NL", "nl"], &[("Europe/Amsterdam", 1)]),
    place("NO", &["nb-NO", "nb"], &[("Europe/Oslo", 1)]),
    place("PL", &["pl-PL", "pl"], &[("Europe/Warsaw", 1)]),
    place(
        "PT",
        &["pt-PT", "pt"],
        &[("Europe/Lisbon", 98), ("Atlantic/Azores", 2)],
    ),
    place("RO", &["ro-RO", "ro"], &[("Europe/Bucharest", 1)]),
    place("SE", &["sv-SE", "sv"], &[("Europe/Stockholm", 1)]),
    place("SI", &["sl-SI", "sl"], &[("Europe/Ljubljana", 1)]),
    place("SK", &["sk-SK", "sk"], &[("Europe/Bratislava", 1)]),
    place("TR", &["tr-TR", "tr"], &[("Europe/Istanbul", 1)]),
    place("UA", &["uk-UA", "uk"], &[("Europe/Kiev", 1)]),
    place(
        "US",
        &["en-US"],
        &[
            ("America/New_York", 47),
            ("America/Chicago", 29),
            ("America/Los_Angeles", 16),
            ("America/Denver", 6),
            ("America/Phoenix", 2),
        ],
    ),
    place("ZA", &["en-ZA"], &[("Africa/Johannesburg", 1)]),
];

/// Screens of desktop computers, in CSS pixels, with weights: those met most, in rounded shares of our own setting.
pub(super) static SCREENS: &[((u32, u32), u32)] = &[
    ((1920, 1080), 46),
    ((1366, 768), 14),
    ((1536, 864), 14),
    ((2560, 1440), 12),
    ((1440, 900), 8),
    ((1600, 900), 6),
];
