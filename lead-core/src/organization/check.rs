//! Check digits of the numbers that registers give.
//!
//! The rules of VAT numbers are those that the European Commission's VIES publishes for its members ("VAT number
//! algorithms"), of the others those of the registers themselves.

/// The digits of a text of digits only; `None` when it holds anything else.
fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| c.to_digit(10)).collect()
}

fn weighted(list: &[u32], weights: &[u32]) -> u32 {
    list.iter()
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum()
}

fn number(list: &[u32]) -> u64 {
    list.iter().fold(0, |sum, digit| sum * 10 + u64::from(*digit))
}

/// ISO/IEC 7812-1: every second digit from the right but one counts double.
pub(super) fn luhn(text: &str) -> bool {
    let Some(list) = digits(text) else { return false };
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 = list
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| if at % 2 == 1 { doubled(*digit) } else { *digit })
        .sum();
    !list.is_empty() && sum.is_multiple_of(10)
}

/// ISO/IEC 7064, MOD 11,10: Germany, Croatia.
fn mod_11_10(list: &[u32]) -> bool {
    let Some((last, head)) = list.split_last() else {
        return false;
    };
    let product = head.iter().fold(10, |product, digit| {
        let sum = match (digit + product) % 10 {
            0 => 10,
            sum => sum,
        };
        (2 * sum) % 11
    });
    (11 - product) % 10 == *last
}

/// The last digit is what the weighted others leave, as `rule` says.
fn ends(list: &[u32], weights: &[u32], rule: fn(u32) -> Option<u32>) -> bool {
    let Some((last, head)) = list.split_last() else {
        return false;
    };
    head.len() == weights.len() && rule(weighted(head, weights)) == Some(*last)
}

const DOWN_FROM_8: [u32; 7] = [8, 7, 6, 5, 4, 3, 2];
const DOWN_FROM_9: [u32; 8] = [9, 8, 7, 6, 5, 4, 3, 2];

/// Whether `number` is a VAT number of `country`: its form, and its check digits where they are public.
pub(super) fn vat(country: &str, number: &str) -> bool {
    let list = digits(number);
    let plain = |length: usize| list.as_deref().filter(|list| list.len() == length);
    match country {
        "AT" => number
            .strip_prefix('U')
            .and_then(digits)
            .is_some_and(|list| austrian(&list)),
        "BE" => plain(10).is_some_and(belgian),
        "BG" => plain(9).is_some_and(bulgarian) || plain(10).is_some(),
        "CY" => cypriot(number),
        "CZ" => plain(8).is_some_and(czech) || plain(9).is_some() || plain(10).is_some(),
        "DE" => plain(9).is_some_and(mod_11_10),
        "DK" => plain(8).is_some_and(danish),
        "EE" => plain(9)
            .is_some_and(|list| ends(list, &[3, 7, 1, 3, 7, 1, 3, 7], |sum| Some((10 - sum % 10) % 10))),
        "EL" | "GR" => plain(9)
            .is_some_and(|list| ends(list, &[256, 128, 64, 32, 16, 8, 4, 2], |sum| Some(sum % 11 % 10))),
        "ES" => spanish(number),
        "FI" => plain(8).is_some_and(finnish),
        "FR" | "MC" => french(number),
        "GB" | "XI" => {
            plain(9).is_some_and(british) || plain(12).is_some_and(|list| list.get(..9).is_some_and(british))
        }
        "HR" => plain(11).is_some_and(mod_11_10),
        "HU" => {
            plain(8).is_some_and(|list| ends(list, &[9, 7, 3, 1, 9, 7, 3], |sum| Some((10 - sum % 10) % 10)))
        }
        "IE" => irish(number),
        "IT" | "SM" => plain(11).is_some() && luhn(number),
        "LT" => plain(9).is_some_and(lithuanian) || plain(12).is_some(),
        "LU" => plain(8).is_some_and(|list| {
            list.split_at_checked(6)
                .is_some_and(|(head, tail)| self::number(head) % 89 == self::number(tail))
        }),
        "LV" => plain(11).is_some(),
        "MT" => plain(8).is_some_and(maltese),
        "NL" => dutch(number),
        "NO" => norwegian(number.trim_end_matches("MVA")),
        "PL" => polish(number),
        "PT" => plain(9).is_some_and(|list| {
            ends(list, &DOWN_FROM_9, |sum| {
                Some(11 - sum % 11).map(|rest| if rest > 9 { 0 } else { rest })
            })
        }),
        "RO" => romanian(number),
        "SE" => plain(12).is_some() && number.get(..10).is_some_and(luhn),
        "SI" => plain(8).is_some_and(|list| {
            ends(list, &DOWN_FROM_8, |sum| {
                Some(11 - sum % 11)
                    .filter(|rest| *rest < 11)
                    .map(|rest| rest % 10)
            })
        }),
        "SK" => plain(10).is_some_and(|list| self::number(list).is_multiple_of(11)),
        _ => false,
    }
}

fn austrian(list: &[u32]) -> bool {
    let Some((last, head)) = list.split_last().filter(|(_, head)| head.len() == 7) else {
        return false;
    };
    let sum: u32 = head
        .iter()
        .enumerate()
        .map(|(at, digit)| {
            if at % 2 == 1 {
                digit * 2 / 10 + digit * 2 % 10
            } else {
                *digit
            }
        })
        .sum();
    (10 - (sum + 4) % 10) % 10 == *last
}

fn belgian(list: &[u32]) -> bool {
    list.split_at_checked(8)
        .is_some_and(|(head, tail)| 97 - number(head) % 97 == number(tail))
}

fn bulgarian(list: &[u32]) -> bool {
    two_rounds(list, &[1, 2, 3, 4, 5, 6, 7, 8], &[3, 4, 5, 6, 7, 8, 9, 10])
}

/// MOD 11; a rest of ten, which is no digit, asks for a second round with other weights.
fn two_rounds(list: &[u32], first: &[u32], second: &[u32]) -> bool {
    let head = list.get(..8).unwrap_or_default();
    let rest = match weighted(head, first) % 11 {
        10 => weighted(head, second) % 11 % 10,
        rest => rest,
    };
    list.len() == 9 && list.last() == Some(&rest)
}

fn cypriot(text: &str) -> bool {
    const ODD: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    let Some((list, letter)) = text
        .split_at_checked(8)
        .and_then(|(head, letter)| Some((digits(head)?, letter.chars().next()?)))
    else {
        return false;
    };
    let value = |(at, digit): (usize, &u32)| {
        if at % 2 == 0 {
            ODD.get(*digit as usize).copied().unwrap_or_default()
        } else {
            *digit
        }
    };
    let sum: u32 = list.iter().enumerate().map(value).sum();
    text.len() == 9 && char::from_u32(u32::from('A') + sum % 26) == Some(letter)
}

fn czech(list: &[u32]) -> bool {
    ends(list, &DOWN_FROM_8, |sum| match 11 - sum % 11 {
        10 => Some(0),
        11 => Some(1),
        rest => Some(rest),
    })
}

/// The Danish CVR number too.
fn danish(list: &[u32]) -> bool {
    list.len() == 8 && weighted(list, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

/// CVR: `12345678`.
pub(super) fn cvr(text: &str) -> bool {
    digits(text).is_some_and(|list| danish(&list))
}

/// The Finnish Y-tunnus without its dash, too.
fn finnish(list: &[u32]) -> bool {
    ends(list, &[7, 9, 10, 5, 8, 4, 2], |sum| match sum % 11 {
        0 => Some(0),
        1 => None,
        rest => Some(11 - rest),
    })
}

/// Y-tunnus: `1234567-1` without the dash.
pub(super) fn business_id(text: &str) -> bool {
    digits(text).is_some_and(|list| finnish(&list))
}

fn french(text: &str) -> bool {
    let Some((key, siren)) = text.split_at_checked(2).filter(|(_, siren)| self::siren(siren)) else {
        return false;
    };
    match (digits(key), digits(siren)) {
        // Newer keys have letters; their rule is not public.
        (None, Some(_)) => key.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        (Some(key), Some(list)) => (12 + 3 * (number(&list) % 97)) % 97 == number(&key),
        _ => false,
    }
}

/// SIREN (INSEE): nine digits, Luhn.
pub(super) fn siren(text: &str) -> bool {
    text.len() == 9 && luhn(text)
}

/// SIRET (INSEE): fourteen digits, Luhn; the post office's add up to a multiple of five.
pub(super) fn siret(text: &str) -> bool {
    let sum = digits(text).map(|list| list.iter().sum::<u32>());
    text.len() == 14
        && (luhn(text) || text.starts_with("356000000") && sum.is_some_and(|sum| sum.is_multiple_of(5)))
}

fn british(list: &[u32]) -> bool {
    let Some((head, tail)) = list.split_at_checked(7) else {
        return false;
    };
    let sum = u64::from(weighted(head, &DOWN_FROM_8)) + number(tail);
    // Numbers given since 2010 are off by 55, or by 42.
    matches!(sum % 97, 0 | 42 | 55)
}

fn irish(text: &str) -> bool {
    const LETTERS: &[u8] = b"WABCDEFGHIJKLMNOPQRSTUV";
    let Some((list, tail)) = text
        .split_at_checked(7)
        .and_then(|(head, tail)| Some((digits(head)?, tail.as_bytes())))
    else {
        // The old form, `1X23456A`, ended in 2013.
        return false;
    };
    let extra = match tail {
        [_] => 0,
        [_, second] if second.is_ascii_uppercase() => u32::from(second - b'A') + 1,
        _ => return false,
    };
    let sum = weighted(&list, &DOWN_FROM_8) + extra % 23 * 9;
    LETTERS.get((sum % 23) as usize) == tail.first()
}

fn lithuanian(list: &[u32]) -> bool {
    two_rounds(list, &[1, 2, 3, 4, 5, 6, 7, 8], &[3, 4, 5, 6, 7, 8, 9, 1])
}

fn maltese(list: &[u32]) -> bool {
    list.split_at_checked(6)
        .is_some_and(|(head, tail)| u64::from(37 - weighted(head, &[3, 4, 6, 7, 8, 9]) % 37) == number(tail))
}

fn dutch(text: &str) -> bool {
    let Some((head, tail)) = text.split_once('B') else {
        return false;
    };
    let Some((list, tail)) = digits(head)
        .zip(digits(tail))
        .filter(|(list, tail)| list.len() == 9 && tail.len() == 2)
    else {
        return false;
    };
    let old = ends(&list, &DOWN_FROM_9, |sum| Some(sum % 11));
    // Since 2020: ISO/IEC 7064 MOD 97-10 over `NL…B…` with letters as 10 to 35.
    let letters = [2, 3, 2, 1].iter().chain(&list).chain(&[1, 1]).chain(&tail);
    let rest = letters.fold(0, |rest, digit| (rest * 10 + digit) % 97);
    old || rest == 1
}

/// The Norwegian organisation number.
pub(super) fn norwegian(text: &str) -> bool {
    digits(text).is_some_and(|list| {
        ends(&list, &[3, 2, 7, 6, 5, 4, 3, 2], |sum| match sum % 11 {
            0 => Some(0),
            1 => None,
            rest => Some(11 - rest),
        })
    })
}

/// The Polish NIP.
pub(super) fn polish(text: &str) -> bool {
    digits(text).is_some_and(|list| {
        ends(&list, &[6, 5, 7, 2, 3, 4, 5, 6, 7], |sum| {
            Some(sum % 11).filter(|rest| *rest < 10)
        })
    })
}

fn romanian(text: &str) -> bool {
    let Some(list) = digits(text).filter(|list| (2..=10).contains(&list.len())) else {
        return false;
    };
    let Some((last, head)) = list.split_last() else {
        return false;
    };
    let weights = [7, 5, 3, 2, 1, 7, 5, 3, 2];
    let skipped = weights.get(weights.len() - head.len()..).unwrap_or_default();
    weighted(head, skipped) * 10 % 11 % 10 == *last
}

/// Spanish NIF: of companies (once CIF) `B12345674`, of persons `12345678Z`, of foreigners `X1234567L`.
pub(super) fn spanish(text: &str) -> bool {
    const PERSON: &[u8] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    const COMPANY: &[u8] = b"JABCDEFGHI";
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return false;
    };
    let middle = bytes
        .get(1..8)
        .and_then(|middle| digits(std::str::from_utf8(middle).ok()?));
    if bytes.len() != 9 {
        return false;
    }
    if first.is_ascii_digit() || matches!(first, b'X' | b'Y' | b'Z') {
        let lead = match first {
            b'X' => '0',
            b'Y' => '1',
            b'Z' => '2',
            digit => char::from(*digit),
        };
        let whole = text.get(1..8).and_then(|rest| digits(&format!("{lead}{rest}")));
        let letter = whole.and_then(|list| PERSON.get(usize::try_from(number(&list) % 23).ok()?));
        return letter == Some(last);
    }
    let Some(list) = middle.filter(|_| b"ABCDEFGHJNPQRSUVW".contains(first)) else {
        return false;
    };
    let even: u32 = list.iter().skip(1).step_by(2).sum();
    let odd: u32 = list
        .iter()
        .step_by(2)
        .map(|digit| digit * 2 / 10 + digit * 2 % 10)
        .sum();
    let check = (10 - (even + odd) % 10) % 10;
    let letter = COMPANY.get(check as usize) == Some(last);
    letter || char::from(*last).to_digit(10) == Some(check)
}

/// The Swiss UID: `CHE123456789`.
pub(super) fn swiss(text: &str) -> bool {
    text.strip_prefix("CHE").and_then(digits).is_some_and(|list| {
        ends(&list, &[5, 4, 3, 2, 7, 6, 5, 4], |sum| match sum % 11 {
            0 => Some(0),
            1 => None,
            rest => Some(11 - rest),
        })
    })
}

/// The Australian ABN: eleven digits, the first less one, weighted, divide by 89.
pub(super) fn abn(text: &str) -> bool {
    digits(text).is_some_and(|mut list| {
        let first = list
            .first_mut()
            .filter(|first| **first > 0)
            .map(|first| *first -= 1);
        first.is_some()
            && list.len() == 11
            && weighted(&list, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]).is_multiple_of(89)
    })
}

/// The New Zealand business number: a GS1 location number of thirteen digits that begins with 94 (GS1 General
/// Specifications, section 7.9.1).
pub(super) fn nzbn(text: &str) -> bool {
    let weights = [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3];
    let own = |list: &[u32]| ends(list, &weights, |sum| Some((10 - sum % 10) % 10));
    text.starts_with("94") && digits(text).is_some_and(|list| own(&list))
}

/// The Canadian business number: nine digits, Luhn.
pub(super) fn canadian(text: &str) -> bool {
    text.len() == 9 && luhn(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vat_numbers_pass_and_their_neighbours_do_not() {
        // Drawn at random among those that another implementation (python-stdnum) takes for valid.
        for (country, number) in [
            ("AT", "U39099603"),
            ("BE", "0695722008"),
            ("BG", "197737972"),
            ("CY", "76112565C"),
            ("CZ", "12456241"),
            ("DE", "100954185"),
            ("DK", "10780667"),
            ("EE", "136732213"),
            ("EL", "078077273"),
            ("ES", "B25009051"),
            ("FI", "12148774"),
            ("FR", "25064285364"),
            ("GB", "181178711"),
            ("HR", "77061908630"),
            ("HU", "19106867"),
            ("IE", "6111481P"),
            ("IT", "00854070760"),
            ("LT", "877268015"),
            ("LU", "19923149"),
            ("MT", "12953425"),
            ("NL", "329701262B01"),
            ("PL", "5640528764"),
            ("PT", "579072797"),
            ("RO", "14190592"),
            ("SE", "556757977501"),
            ("SI", "53579143"),
            ("SK", "2092692734"),
        ] {
            assert!(vat(country, number), "{country}{number}");
            let at = number.rfind(|c: char| c.is_ascii_digit()).unwrap();
            let at = if matches!(country, "NL" | "SE") { 5 } else { at };
            let digit = (number.as_bytes()[at] - b'0' + 1) % 10;
            let wrong = format!("{}{digit}{}", &number[..at], &number[at + 1..]);
            assert!(!vat(country, &wrong), "{country}{wrong}");
        }
        assert!(!vat("US", "123456789") && !vat("DE", "") && !vat("IE", "é") && !vat("ES", "éééé1"));
    }

    #[test]
    fn other_registers() {
        assert!(siren("732829320") && !siren("732829321"));
        assert!(siret("73282932000074") && !siret("73282932000075"));
        assert!(swiss("CHE297693560") && !swiss("CHE297693561"));
        assert!(abn("51824753556") && !abn("51824753557") && !abn("00000000000"));
        assert!(norwegian("377168348") && !norwegian("377168349"));
        assert!(cvr("10780667") && !cvr("10780668"));
        assert!(business_id("12148774") && !business_id("12148775"));
    }
}
