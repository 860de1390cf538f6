//! Cells that spreadsheets do not run.

use std::borrow::Cow;

use lead_core::record::E164;

/// What may begin a formula: OWASP's list (*CSV Injection*), and the full-width forms that East Asian editions take as well.
fn begins_formula(c: char) -> bool {
    matches!(
        c,
        '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'
    )
}

/// The value as it may stand in a cell of a spreadsheet: what would run as a formula gets a leading `'`.
pub fn safe<'a>(value: impl Into<Cow<'a, str>>) -> Cow<'a, str> {
    let value = value.into();
    let harmless = || E164::new(&value).is_ok() || is_number(&value);
    if value.starts_with(begins_formula) && !harmless() {
        format!("'{value}").into()
    } else {
        value
    }
}

/// What [`safe`] was given: an import takes the `'` away again.
pub(crate) fn original(cell: &str) -> &str {
    let bare = cell
        .strip_prefix('\'')
        .filter(|bare| bare.starts_with(begins_formula));
    bare.unwrap_or(cell)
}

/// `-3.5`, `+7`: a sign, digits, at most one point.
fn is_number(value: &str) -> bool {
    let digits = value.strip_prefix(['-', '+']).unwrap_or(value);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, part]
        .iter()
        .all(|run| !run.is_empty() && run.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Several values in one cell. Each is made safe, not only the first: a spreadsheet that cuts at `;` sees each begin a cell.
pub fn joined<'a>(values: impl IntoIterator<Item = impl Into<Cow<'a, str>>>) -> Cow<'a, str> {
    let mut values = values.into_iter().map(safe);
    let Some(first) = values.next() else {
        return Cow::Borrowed("");
    };
    values.fold(first, |all, value| (all.into_owned() + "; " + &value).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_numbers_stay() {
        for formula in [
            "=1+1",
            "+33 4 78",
            "-2+3+cmd|' /C calc'!A0",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1",
            "-",
            "+",
            "-1-1",
            "+1.2.3",
            "-.5",
        ] {
            assert_eq!(safe(formula), format!("'{formula}"));
            assert_eq!(original(&safe(formula)), formula);
        }
        for plain in ["+33478000001", "-3.5", "+7", "a=b", "", "'quoted", "12", " =1"] {
            assert_eq!(safe(plain), plain);
            assert_eq!(original(plain), plain);
        }
        assert_eq!(joined(["+33478000001", "=1"]), "+33478000001; '=1");
        assert_eq!(joined([""; 0]), "");
    }
}
