//! Whether a number that could be read is one, by the leniency that was asked for.

use super::grouping;
use crate::phone::number::sign;
use crate::phone::number::{CountryCodeSource, Likeness, Number};
use crate::phone::options::Leniency;

/// The checks of `Leniency::verify`; `candidate` is what `number` was read from.
pub(super) fn accepts(number: &Number, candidate: &str, leniency: Leniency) -> bool {
    match leniency {
        Leniency::Possible => number.is_possible(),
        Leniency::Valid => is_written_validly(number, candidate),
        Leniency::StrictGrouping | Leniency::ExactGrouping => {
            is_written_validly(number, candidate)
                && !has_slashes(number, candidate)
                && grouping::fits(number, candidate, leniency)
        }
    }
}

fn is_written_validly(number: &Number, candidate: &str) -> bool {
    number.is_valid() && has_good_letters(number, candidate) && has_needed_prefix(number, candidate)
}

/// `containsOnlyValidXChars`: `xx` stands for a carrier code before the national number, a single `x` for an extension.
///
/// A last `x` is passed over. As in the Python port an `x` without digits behind it is none of both.
fn has_good_letters(number: &Number, candidate: &str) -> bool {
    let mut from = 0;
    while let Some(place) = rest(candidate, from).find(['x', 'X']) {
        let at = from + place;
        let behind = rest(candidate, at + 1);
        let good = match behind.as_bytes().first() {
            None => return true,
            Some(b'x' | b'X') => {
                from = at + 2;
                number.compare_text(behind) == Some(Likeness::Nsn)
            }
            Some(_) => {
                from = at + 1;
                let extension = number.extension();
                has_ascii_extension(number, candidate)
                    && !extension.is_empty()
                    && digits(behind).eq(extension.as_str().bytes())
            }
        };
        if !good {
            return false;
        }
    }
    true
}

/// Whether the extension is written in ASCII digits. The reference keeps it as it is written, so that in other digits it is
/// never found again in the candidate's ASCII form.
pub(super) fn has_ascii_extension(number: &Number, candidate: &str) -> bool {
    let written = candidate.trim_end_matches('#').chars().rev();
    written.take(number.extension().len()).all(|c| c.is_ascii())
}

/// The trunk prefix, where numbers of that kind are written with it.
fn has_needed_prefix(number: &Number, candidate: &str) -> bool {
    number.country_code_source() != CountryCodeSource::DefaultCountry
        || number.national_prefix_present_if_required(Written::of(candidate).as_bytes())
}

/// The digits of a candidate. As many as fit are enough to see how it begins, and longer ones are no numbers.
struct Written {
    digits: [u8; 64],
    length: usize,
}

impl Written {
    fn of(candidate: &str) -> Self {
        let mut written = Self {
            digits: [0; 64],
            length: 0,
        };
        for (place, digit) in written.digits.iter_mut().zip(digits(candidate)) {
            *place = digit;
            written.length += 1;
        }
        written
    }

    fn as_bytes(&self) -> &[u8] {
        self.digits.get(..self.length).unwrap_or_default()
    }
}

/// `containsMoreThanOneSlashInNationalNumber`; one behind the country code is not counted.
fn has_slashes(number: &Number, candidate: &str) -> bool {
    let mut parts = candidate.split('/');
    let first = parts.next().unwrap_or_default();
    let slashes = parts.count();
    let source = number.country_code_source();
    let stated = matches!(
        source,
        CountryCodeSource::NumberWithPlusSign | CountryCodeSource::NumberWithoutPlusSign
    );
    let behind_code = || stated && digits(first).eq(number.calling_code().to_string().bytes());
    slashes > 1 && (slashes > 2 || !behind_code())
}

fn rest(text: &str, from: usize) -> &str {
    text.get(from..).unwrap_or_default()
}

/// The digits of a text, of any script, in ASCII.
fn digits(text: &str) -> impl Iterator<Item = u8> {
    text.chars().filter_map(sign::digit)
}
