//! Digits that are a figure by their own shape: dates, times, postal codes, coordinates, counting.

use std::ops::RangeInclusive;

/// Years that people write about.
const YEARS: RangeInclusive<u32> = 1900..=2099;
/// No number of a plan has more groups that a rule here asks for.
const MOST_GROUPS: usize = 12;

/// Whether `raw` looks like a figure of another kind. Numbers look so too: a label beside it overrules.
pub(in crate::phone) fn is_one(raw: &str) -> bool {
    let groups = Groups::of(raw);
    is_decimal(raw)
        || is_dotted_address(raw)
        || groups.is_date()
        || groups.is_time()
        || groups.is_postal()
        || groups.is_coordinates(raw)
        || groups.is_counting()
        || is_book(raw)
}

/// A group of digits: its value, how many digits it has, and the sign before it when there is only one.
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    value: u32,
    length: usize,
    sign: Option<char>,
}

/// The groups of a figure.
struct Groups {
    groups: [Group; MOST_GROUPS],
    count: usize,
}

impl Groups {
    fn of(raw: &str) -> Self {
        let mut all = Self {
            groups: [Group::default(); MOST_GROUPS],
            count: 0,
        };
        let mut rest = raw;
        while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
            let (signs, digits) = rest.split_at(start);
            let length = digits.bytes().take_while(u8::is_ascii_digit).count();
            let (group, left) = digits.split_at(length);
            let mut between = signs.chars();
            let sign = between.next().filter(|_| between.next().is_none());
            if let Some(place) = all.groups.get_mut(all.count) {
                *place = Group {
                    value: group.parse().unwrap_or(u32::MAX),
                    length,
                    sign,
                };
            }
            all.count += 1;
            rest = left;
        }
        all
    }

    /// As far as they are kept; none when there are more.
    fn list(&self) -> &[Group] {
        self.groups.get(..self.count).unwrap_or_default()
    }

    /// `24.12.2023`, `2023-12-24 18`, `20231224`, `2019–2023`.
    fn is_date(&self) -> bool {
        match self.list() {
            [one] if one.length == 8 => is_day(one.value / 10_000, one.value / 100 % 100, one.value % 100),
            [one, two] if one.length == 4 && two.length == 4 => {
                YEARS.contains(&one.value) && YEARS.contains(&two.value) && one.value < two.value
            }
            [a, b, c, ..] if a.length <= 2 && b.length <= 2 && c.length == 4 => {
                is_day(c.value, b.value, a.value) || is_day(c.value, a.value, b.value)
            }
            [a, b, c, ..] if a.length == 4 && b.length <= 2 && c.length <= 2 => {
                is_day(a.value, b.value, c.value)
            }
            _ => false,
        }
    }

    /// `10.00-18.30`: hours and quarters of them.
    fn is_time(&self) -> bool {
        let (pairs, rest) = self.list().as_chunks::<2>();
        let is_time = |[hour, minute]: &[Group; 2]| {
            hour.value <= 24
                && minute.length == 2
                && matches!(minute.value, 0 | 15 | 30 | 45)
                && minute.sign.is_some_and(|sign| matches!(sign, '.' | ':'))
        };
        pairs.len() >= 2 && rest.is_empty() && pairs.iter().all(is_time)
    }

    /// `94103-2671` (ZIP+4), `90210-90212`, `10115–10119`.
    fn is_postal(&self) -> bool {
        match self.list() {
            [zip, more] if zip.length == 5 && more.sign.is_some_and(|sign| matches!(sign, '-' | '–')) => {
                let range = more.value > zip.value && more.value - zip.value < 1000;
                more.length == 4 || more.length == 5 && range
            }
            _ => false,
        }
    }

    /// `48.8566 2.3522`: two decimals of four places or more.
    fn is_coordinates(&self, raw: &str) -> bool {
        let [a, b, c, d] = self.list() else { return false };
        let decimal = |whole: &Group, places: &Group| {
            whole.length <= 3 && whole.value <= 180 && places.length >= 4 && places.sign == Some('.')
        };
        decimal(a, b) && decimal(c, d) && !raw.starts_with('0')
    }

    /// `1 2 3 4 5 6 7`, `10 20 30 40`: round steps of one size.
    fn is_counting(&self) -> bool {
        let list = self.list();
        let step = |(one, next): (&Group, &Group)| next.value.checked_sub(one.value);
        let mut steps = list.iter().zip(list.iter().skip(1)).map(step);
        let first = steps.next().flatten();
        let round = first.is_some_and(|step| matches!(step, 1 | 2 | 5 | 10 | 100));
        list.len() >= 4 && round && steps.all(|step| step == first) || self.is_digit_by_digit()
    }

    /// `1 4 5 2 2 1`: single digits with the same sign between all of them, as in marks, scores and lists of pages.
    fn is_digit_by_digit(&self) -> bool {
        let list = self.list();
        let single = list.iter().filter(|group| group.length == 1).count();
        let signs = |one: &Group| one.sign.is_some();
        single >= 5 && list.iter().skip(1).all(signs)
            // `4 1 5 - 5 5 5 - 0 1 3 4` has others between its groups.
            || self.count > MOST_GROUPS
    }
}

fn is_day(year: u32, month: u32, day: u32) -> bool {
    YEARS.contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// `40.7127837`: one dot, more than four digits behind it, no other sign.
fn is_decimal(raw: &str) -> bool {
    let Some((whole, fraction)) = raw.split_once(['.', ',']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    digits(whole) && digits(fraction) && whole.len() <= 3 && fraction.len() >= 5 && !whole.starts_with('0')
}

/// `192.168.10.100`: four numbers of at most 255, not all of two digits as telephone numbers are written.
fn is_dotted_address(raw: &str) -> bool {
    let parts: Vec<&str> = raw.split('.').collect();
    let number = |part: &&str| part.parse::<u8>().is_ok() && (part.len() == 1 || !part.starts_with('0'));
    parts.len() == 4 && parts.iter().all(number) && parts.iter().any(|part| part.len() != 2)
}

/// An ISBN of thirteen digits, check digit and all (ISO 2108): `978-0-306-40615-7`.
fn is_book(raw: &str) -> bool {
    let digits = raw.bytes().filter(u8::is_ascii_digit);
    if digits.clone().count() != 13 || !(raw.starts_with("978") || raw.starts_with("979")) {
        return false;
    }
    let weighed = digits.zip([1, 3].into_iter().cycle());
    weighed
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum::<u32>()
        % 10
        == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_other_figures() {
        for raw in [
            "24.12.2023",
            "12/24/2023",
            "2023-12-24",
            "2023-12-24 18",
            "20231224",
            "2019-2023",
            "10.00-18.30",
            "94103-2671",
            "90210-90212",
            "48.8566 2.3522",
            "40.7127837",
            "192.168.10.100",
            "1 2 3 4 5 6 7",
            "10 20 30 40",
            "5 4 1 1 2 3 3",
            "978-0-306-40615-7",
        ] {
            assert!(is_one(raw), "{raw}");
        }
    }

    #[test]
    fn shapes_of_numbers() {
        for raw in [
            "24 12 20 23",
            "2412 2023",
            "(415) 555-0134",
            "020 7946 0101",
            "01204 52233",
            "98765 43210",
            "10.00.18.31",
            "0301 2345",
            "978-0-306-40615-8",
            "4 1 5 - 5 5 5 - 0 1 3 4",
            "912.345.678",
        ] {
            assert!(!is_one(raw), "{raw}");
        }
    }
}
