//! Numbers in attributes that scripts dial: `data-phone="…"`, `onclick="location.href='tel:…'"`.

use std::borrow::Cow;

use super::address::{Dialled, dialled};
use crate::phone::role;
use crate::record::PhoneRole;

/// No number needs more bytes.
const LONGEST: usize = 64;
/// The same with references for some of its signs.
const MOST_REFERENCES: usize = 8 * LONGEST;
/// How many bytes are asked for digits at once.
const BLOCK: usize = 64;
/// Fewer digits are no number that an attribute could state.
const FEWEST_DIGITS: usize = 7;

/// Words of names (`data-phone-number`) that say *telephone*. `number` alone may be of anything: its value must be in
/// international form.
const NAMES: &[(&str, PhoneRole)] = &[
    ("phone", PhoneRole::Tel),
    ("phonenumber", PhoneRole::Tel),
    ("phoneno", PhoneRole::Tel),
    ("tel", PhoneRole::Tel),
    ("telephone", PhoneRole::Tel),
    ("telefon", PhoneRole::Tel),
    ("telefono", PhoneRole::Tel),
    ("telefone", PhoneRole::Tel),
    ("call", PhoneRole::Tel),
    ("callto", PhoneRole::Tel),
    ("dial", PhoneRole::Tel),
    ("number", PhoneRole::Tel),
    ("mobile", PhoneRole::Mobile),
    ("cell", PhoneRole::Mobile),
    ("fax", PhoneRole::Fax),
    ("sms", PhoneRole::Sms),
    ("whatsapp", PhoneRole::Whatsapp),
    ("wa", PhoneRole::Whatsapp),
];

/// Whether a value is worth decoding: it holds digits enough for a number.
pub(super) fn may_hold(raw: &str) -> bool {
    let mut count = 0;
    raw.len() >= FEWEST_DIGITS
        && raw.as_bytes().chunks(BLOCK).any(|block| {
            count += block.iter().filter(|byte| byte.is_ascii_digit()).count();
            count >= FEWEST_DIGITS
        })
}

/// Whether a value of a `data-*` attribute, as the source has it, may be an address that dials or a number: long ones are
/// mostly settings of scripts, and dear to decode.
pub(super) fn may_state(raw: &str) -> bool {
    let first = raw.trim_start().bytes().next();
    raw.len() <= LONGEST
        || first.is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'&'))
        || raw.len() <= MOST_REFERENCES && raw.contains('&')
}

/// The number of a `data-*` attribute: an address that dials, or a bare number under a telling name.
pub(super) fn of_data<'a>(name: &str, value: &'a str) -> Option<Dialled<'a>> {
    let value = value.trim();
    if let Some(dialled) = dialled(value) {
        return Some(dialled);
    }
    let rest = name.strip_prefix("data-")?;
    let mut words = rest.split(['-', '_']);
    let (word, role) = words.find_map(|word| NAMES.iter().find(|(known, _)| *known == word))?;
    let plausible = value.len() <= LONGEST && !value.contains(|c: char| c.is_alphabetic());
    let stated =
        *word != "number" || rest.contains("phone") || value.starts_with('+') || value.starts_with("00");
    (plausible && stated).then(|| Dialled {
        text: Cow::Borrowed(value),
        role: (*role != PhoneRole::Tel).then_some(*role),
        international: false,
    })
}

/// The number that a script in an event handler dials: `window.open('tel:…')`, `location.href="https://wa.me/…"`.
pub(super) fn of_handler(script: &str) -> Option<Dialled<'_>> {
    let strings = script.split(['\'', '"', '`']);
    strings
        .map(str::trim)
        .find_map(dialled)
        .or_else(|| of_call(script))
}

/// `callPhone('+49…')`, `dial("…")`: a function whose name is about telephones, with a number as its first argument.
fn of_call(script: &str) -> Option<Dialled<'_>> {
    let (before, rest) = script.split_once(['\'', '"'])?;
    let argument = rest.split(['\'', '"']).next()?;
    let name = before.trim_end().strip_suffix('(')?;
    let lower = name.to_lowercase();
    let named = ["call", "phone", "dial", "tel", "whatsapp"]
        .iter()
        .any(|word| lower.ends_with(word))
        || lower.split(|c: char| !c.is_alphanumeric()).any(role::is_label);
    let plausible =
        argument.len() <= LONGEST && may_hold(argument) && !argument.contains(|c: char| c.is_alphabetic());
    (named && plausible).then_some(Dialled {
        text: Cow::Borrowed(argument),
        role: lower.contains("whatsapp").then_some(PhoneRole::Whatsapp),
        international: false,
    })
}
