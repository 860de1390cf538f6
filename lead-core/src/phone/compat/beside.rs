//! What must not stand right beside a number: a Latin letter, a currency sign, a percent sign.

/// Whether a character beside a candidate shows that it is part of something else (`isLatinLetter`,
/// `isInvalidPunctuationSymbol` of libphonenumber).
#[inline]
pub(super) fn spoils(c: char) -> bool {
    is_latin(c) || c == '%' || is_currency(c)
}

/// Letters and combining marks of the blocks Basic Latin to Latin Extended-B, Combining Diacritical Marks and Latin
/// Extended Additional.
fn is_latin(c: char) -> bool {
    match c {
        _ if c.is_ascii() => c.is_ascii_alphabetic(),
        '×' | '÷' => false,
        'ª' | 'µ' | 'º' | 'À'..='\u{24F}' | '\u{300}'..='\u{36F}' | '\u{1E00}'..='\u{1EFF}' => true,
        _ => false,
    }
}

/// `General_Category=Sc` of Unicode 14, which the reference data were made with.
fn is_currency(c: char) -> bool {
    matches!(
        c,
        '$' | '\u{A2}'..='\u{A5}'
            | '\u{58F}'
            | '\u{60B}'
            | '\u{7FE}'
            | '\u{7FF}'
            | '\u{9F2}'
            | '\u{9F3}'
            | '\u{9FB}'
            | '\u{AF1}'
            | '\u{BF9}'
            | '\u{E3F}'
            | '\u{17DB}'
            | '\u{20A0}'..='\u{20C0}'
            | '\u{A838}'
            | '\u{FDFC}'
            | '\u{FE69}'
            | '\u{FF04}'
            | '\u{FFE0}'
            | '\u{FFE1}'
            | '\u{FFE5}'
            | '\u{FFE6}'
            | '\u{11FDD}'..='\u{11FE0}'
            | '\u{1E2FF}'
            | '\u{1ECB0}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Guards the tables against slips: the same sets by the names that Unicode gives them.
    #[test]
    fn they_are_the_letters_and_signs_of_unicode() {
        let latin =
            regex::Regex::new(r"^[[\p{L}\p{Mn}]&&[\u{0}-\u{24F}\u{300}-\u{36F}\u{1E00}-\u{1EFF}]]$").unwrap();
        let currency = regex::Regex::new(r"^\p{Sc}$").unwrap();
        for c in '\0'..=char::MAX {
            let mut buffer = [0; 4];
            let text = &*c.encode_utf8(&mut buffer);
            assert_eq!(is_latin(c), latin.is_match(text), "{c:?}");
            assert!(!is_currency(c) || currency.is_match(text), "{c:?}");
        }
    }
}
