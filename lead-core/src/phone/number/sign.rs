//! The signs a number is written with: digits of all scripts, plus signs, punctuation, letters of a keypad.
//!
//! Each set is libphonenumber's (`PhoneNumberUtil`), named beside it.

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};

/// The zeros of the scripts that have decimal digits (Unicode general category Nd, version 16); nine more follow each.
const ZEROS: &[u32] = &[
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
    0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
    0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30,
    0x10D40, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x116D0,
    0x116DA, 0x11730, 0x118E0, 0x11950, 0x11BF0, 0x11C50, 0x11D50, 0x11DA0, 0x11F50, 0x16130, 0x16A60,
    0x16AC0, 0x16B50, 0x16D70, 0x1CCF0, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0,
    0x1E4F0, 0x1E5F1, 0x1E950, 0x1FBF0,
];

/// A decimal digit of any script, as an ASCII one.
#[inline]
pub(crate) fn digit(c: char) -> Option<u8> {
    if c.is_ascii() {
        return u8::try_from(c).ok().filter(u8::is_ascii_digit);
    }
    let code = u32::from(c);
    let after = ZEROS.partition_point(|zero| *zero <= code);
    let zero = ZEROS.get(after.checked_sub(1)?)?;
    u8::try_from(code - zero)
        .ok()
        .filter(|value| *value < 10)
        .map(|value| b'0' + value)
}

/// `PLUS_CHARS`
pub(crate) fn is_plus(c: char) -> bool {
    matches!(c, '+' | '＋')
}

/// `VALID_PUNCTUATION`, read without regard to case: the `x` stands for a carrier code.
pub(crate) fn is_punctuation(c: char) -> bool {
    matches!(
        c,
        '-' | 'x'
            | 'X'
            | ' '
            | '('
            | ')'
            | '.'
            | '['
            | ']'
            | '/'
            | '~'
            | '\u{AD}'
            | '\u{A0}'
            | '\u{200B}'
            | '\u{2010}'..='\u{2015}'
            | '\u{2053}'
            | '\u{2060}'
            | '\u{2212}'
            | '\u{223C}'
            | '\u{3000}'
            | '\u{30FC}'
            | '（'
            | '）'
            | '－'..='／'
            | '［'
            | '］'
            | '～'
    )
}

/// `VALID_ALPHA`, read without regard to case: the dotted and the dotless i, the long s and the Kelvin sign fold to
/// letters of the set.
pub(crate) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'İ' | 'ı' | 'ſ' | '\u{212A}')
}

/// A letter or a number of any script (Unicode general categories L and N).
///
/// `char::is_alphanumeric` is wider: it takes vowel signs and circled letters too.
pub(crate) fn is_letter_or_number(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    GeneralCategoryGroup::Letter.contains(category) || GeneralCategoryGroup::Number.contains(category)
}

/// The digit of a letter on a telephone's keypad (ITU-T E.161).
pub(crate) fn keypad(c: char) -> Option<u8> {
    let upper = match c {
        'ı' => 'I',
        'ſ' => 'S',
        c => c.to_ascii_uppercase(),
    };
    Some(match upper {
        'A'..='C' => b'2',
        'D'..='F' => b'3',
        'G'..='I' => b'4',
        'J'..='L' => b'5',
        'M'..='O' => b'6',
        'P'..='S' => b'7',
        'T'..='V' => b'8',
        'W'..='Z' => b'9',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_all_scripts() {
        let read: Vec<u8> = "0７٣۹९".chars().filter_map(digit).collect();
        assert_eq!(read, b"07399");
        assert!("a²Ⅷ一/:".chars().all(|c| digit(c).is_none()));
        assert!(ZEROS.is_sorted_by(|a, b| a + 10 <= *b));
        assert!(
            ZEROS
                .iter()
                .all(|zero| char::from_u32(*zero).unwrap().is_numeric())
        );
    }

    #[test]
    fn vowel_signs_are_no_letters() {
        assert!("aéя一²Ⅷ٣".chars().all(is_letter_or_number));
        assert!("\u{0963}\u{093E}Ⓐ-_".chars().all(|c| !is_letter_or_number(c)));
    }

    #[test]
    fn letters_of_the_keypad() {
        let digits: Vec<u8> = "Flowers".chars().filter_map(keypad).collect();
        assert_eq!(digits, b"3569377");
    }
}
