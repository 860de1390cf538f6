//! Japan.

use super::{City, Country};
use crate::business::{AddressForm, NumberStyle as N};
use crate::lang;

#[rustfmt::skip] // word lists stay in rows
pub(super) static JP: Country = Country {
    code: "JP",
    name: "Japan",
    local_name: "日本",
    lang: &lang::JA,
    calling_code: "81",
    trunk: "0",
    weight: 8,
    cities: &[
        City {
            name: "東京|Tokyo",
            aliases: &["Tokio", "Tōkyō", "東京都"],
            region: "東京都",
            lat: 35.6812,
            lon: 139.7671,
            weight: 5,
            postcodes: &["10#-00##", "15#-00##"],
            fixed: &["03-3###-####", "03-5###-####"],
        },
        City {
            name: "大阪|Osaka",
            aliases: &["Ōsaka", "大阪市"],
            region: "大阪府",
            lat: 34.6937,
            lon: 135.5023,
            weight: 4,
            postcodes: &["53#-00##", "54#-00##"],
            fixed: &["06-6###-####"],
        },
        City {
            name: "京都|Kyoto",
            aliases: &["Kioto", "Kyōto", "京都市"],
            region: "京都府",
            lat: 35.0116,
            lon: 135.7681,
            weight: 3,
            postcodes: &["60#-80##"],
            fixed: &["075-2##-####", "075-7##-####"],
        },
        City {
            name: "札幌|Sapporo",
            aliases: &["札幌市"],
            region: "北海道",
            lat: 43.0618,
            lon: 141.3545,
            weight: 2,
            postcodes: &["060-00##", "064-08##"],
            fixed: &["011-2##-####", "011-5##-####"],
        },
    ],
    streets: &[
        "中央区本町", "西区桜台", "北区緑町", "東区若葉町", "中区栄町", "南区青葉台", "本町通", "駅前町", "旭町", "松原町",
    ],
    families: &[
        "山田|yamada", "佐々木|sasaki", "小林|kobayashi", "中村|nakamura", "石川|ishikawa", "藤井|fujii", "森田|morita",
        "岡本|okamoto", "松井|matsui", "西村|nishimura", "長谷川|hasegawa", "青木|aoki", "三浦|miura", "杉本|sugimoto",
    ],
    givens: &[
        "花子|hanako", "健太|kenta", "美咲|misaki", "大輔|daisuke", "陽子|yoko", "翔太|shota", "真理|mari", "直樹|naoki",
    ],
    name_forms: &["{family}{label}", "{epithet}{label}", "{label}{family}"],
    epithets: &[
        "さくら|sakura", "みどり|midori", "ひまわり|himawari", "富士|fuji", "あおぞら|aozora", "中央|chuo", "若葉|wakaba",
        "光|hikari", "駅前|ekimae", "青葉|aoba",
    ],
    legal_forms: &["株式会社{name}", "{name}株式会社", "有限会社{name}"],
    mobile: &["090-1###-####", "080-3###-####", "070-4###-####"],
    toll_free: &["0120-###-###"],
    address: AddressForm::Japanese,
    styles: &[N::National, N::Paren, N::International, N::FullWidth, N::National, N::Compact],
    legacy_encodings: &["Shift_JIS", "EUC-JP"],
    vat: "T#############",
    register: "#############",
    iban: "普通 #######",
    currency: "円",
    locale: "ja-JP",
};
