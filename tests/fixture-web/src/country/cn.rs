//! China.

use super::{City, Country};
use crate::business::{AddressForm, NumberStyle as N};
use crate::lang;

#[rustfmt::skip] // word lists stay in rows
pub(super) static CN: Country = Country {
    code: "CN",
    name: "China",
    local_name: "中国",
    lang: &lang::ZH,
    calling_code: "86",
    trunk: "0",
    weight: 2,
    cities: &[
        City {
            name: "上海|Shanghai",
            aliases: &["Shanghaï", "上海市"],
            region: "上海市",
            lat: 31.2304,
            lon: 121.4737,
            weight: 3,
            postcodes: &["2000##"],
            fixed: &["021 6### ####", "021 5### ####"],
        },
        City {
            name: "北京|Beijing",
            aliases: &["Peking", "Pékin", "北京市"],
            region: "北京市",
            lat: 39.9042,
            lon: 116.4074,
            weight: 3,
            postcodes: &["1000##"],
            fixed: &["010 8*## ####", "010 6*## ####"],
        },
    ],
    streets: &["南京路", "人民大道", "解放街", "和平路", "长安街", "中山路", "新华路"],
    families: &["王|wang", "李|li", "陈|chen", "赵|zhao", "周|zhou", "徐|xu", "孙|sun"],
    givens: &["伟|wei", "芳|fang", "秀英|xiuying", "强|qiang", "丽|li", "敏|min", "军|jun"],
    name_forms: &["{family}记{label}", "{epithet}{label}"],
    epithets: &["阳光|yangguang", "东方|dongfang", "幸福|xingfu", "金桥|jinqiao", "绿洲|lvzhou", "和平|heping"],
    legal_forms: &["{name}有限公司", "{name}有限责任公司"],
    mobile: &["138 #### ####", "139 #### ####", "186 #### ####"],
    toll_free: &["800 ### ####"],
    address: AddressForm::Chinese,
    styles: &[N::National, N::Hyphen, N::International, N::Paren],
    legacy_encodings: &["gb18030", "GBK"],
    vat: "9131############",
    register: "###############",
    iban: "账号 ################",
    currency: "¥",
    locale: "zh-CN",
};
