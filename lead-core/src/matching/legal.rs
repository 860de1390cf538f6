//! Names without their legal forms.

use crate::organization::without_legal_form;

/// Forms that stand before a name, in lower case.
const BEFORE: &[&str] = &[
    "sarl",
    "s.a.r.l.",
    "sas",
    "sasu",
    "eurl",
    "sci",
    "snc",
    "ets",
    "firma",
    "fa.",
    "ооо",
    "зао",
    "оао",
    "пао",
    "ип",
    "ет",
    "株式会社",
    "有限会社",
    "合同会社",
    "(株)",
    "(有)",
    "㈱",
    "㈲",
];

/// Forms that stand behind a name, in lower case, beside those in Latin letters that every page is searched for: Japan, China,
/// Korea, Greece, Bulgaria, Russia, the Emirates.
const BEHIND: &[&str] = &[
    "e. k.",
    "e. k",
    "株式会社",
    "有限会社",
    "合同会社",
    "(株)",
    "(有)",
    "㈱",
    "㈲",
    "有限责任公司",
    "股份有限公司",
    "有限公司",
    "주식회사",
    "ε.π.ε.",
    "α.ε.",
    "ο.ε.",
    "ε.ε.",
    "ι.κ.ε.",
    "επε",
    "αε",
    "οε",
    "ικε",
    "еоод",
    "оод",
    "ад",
    "еад",
    "ет",
    "ооо",
    "зао",
    "оао",
    "ذ.م.م",
    "م.م.ح",
    "ش.م.م",
];

/// The name without legal forms before and behind it; the whole where nothing would be left.
pub(super) fn bare(name: &str) -> String {
    let mut rest = name.trim().to_owned();
    loop {
        let before = rest.len();
        rest = without_legal_form(&rest).to_owned();
        rest = strip(&rest);
        if rest.len() == before {
            return rest;
        }
    }
}

fn strip(name: &str) -> String {
    let lower = name.to_lowercase();
    // Lower case has other lengths in some scripts; none of the forms is in one of them.
    if lower.len() != name.len() {
        return name.to_owned();
    }
    let edge = |c: char| c == ' ' || c == ',' || c == '\u{3000}';
    for form in BEFORE {
        if let Some(rest) = lower.strip_prefix(form)
            && (rest.starts_with(edge) || !form.is_ascii() && !form.chars().all(|c| ('а'..='я').contains(&c)))
        {
            let kept = name
                .get(form.len()..)
                .unwrap_or_default()
                .trim_start_matches(edge);
            if kept.chars().count() > 1 {
                return kept.to_owned();
            }
        }
    }
    for form in BEHIND {
        if let Some(rest) = lower.strip_suffix(form)
            && (rest.ends_with(edge) || form.chars().any(|c| c > '\u{2fff}'))
        {
            let kept = name.get(..rest.len()).unwrap_or_default().trim_end_matches(edge);
            if kept.chars().count() > 1 {
                return kept.to_owned();
            }
        }
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_go_from_both_ends() {
        for (name, without) in [
            ("Muster GmbH & Co. KG", "Muster"),
            ("SARL Boulangerie Exemple", "Boulangerie Exemple"),
            ("Exemple SAS", "Exemple"),
            ("Prova, S.L.U.", "Prova"),
            ("株式会社見本", "見本"),
            ("見本 株式会社", "見本"),
            ("示例有限公司", "示例"),
            ("Пример ЕООД", "Пример"),
            ("Παράδειγμα Ε.Π.Ε.", "Παράδειγμα"),
            ("Przykład sp. z o.o.", "Przykład"),
            ("Example e. K.", "Example"),
            ("Sassy Hair", "Sassy Hair"),
            ("GmbH", "GmbH"),
        ] {
            assert_eq!(bare(name), without, "{name}");
        }
    }
}
