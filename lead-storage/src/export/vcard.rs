//! vCard 4.0 (RFC 6350): a card a lead, with every number and mailbox it has.

use std::fmt::Write as _;

use lead_core::Result;
use lead_core::record::{Lead, PhoneRole, PhoneType};

use super::body::Body;
use super::encode::{Encode, Ending};

/// No line is longer, in bytes without its end (RFC 6350, 3.2).
const LONGEST: usize = 75;

#[derive(Default)]
pub(super) struct Cards(String);

impl Encode for Cards {
    fn add(&mut self, body: Body<'_>) -> Result<bool> {
        let Some(lead) = body.lead()? else {
            return Ok(false);
        };
        card(&mut self.0, &lead);
        Ok(true)
    }

    fn take(&mut self) -> Result<Vec<u8>> {
        Ok(std::mem::take(&mut self.0).into_bytes())
    }

    fn finish(self: Box<Self>) -> Result<Ending> {
        Ok(Ending::Bytes(self.0.into_bytes()))
    }
}

fn card(out: &mut String, lead: &Lead) {
    let all = &lead.findings;
    let name = lead.name.as_deref().unwrap_or_default();
    // A card must have a name: what the business is reached by, where none is known.
    let shown = match (name, all.websites.first()) {
        ("", Some(website)) => website.url.site(),
        (name, _) => name,
    };
    line(out, "BEGIN", "VCARD");
    line(out, "VERSION", "4.0");
    line(out, "KIND", "org");
    line(out, "UID", &format!("urn:uuid:{}", lead.id));
    line(out, "FN", &escaped(shown));
    if !name.is_empty() {
        line(out, "ORG", &escaped(name));
    }
    for phone in &all.phones {
        let kind = kind_of(phone.role, phone.kind);
        let extension = phone.extension.as_ref().map(|digits| format!(";ext={digits}"));
        let number = format!("tel:{}{}", phone.e164, extension.unwrap_or_default());
        line(out, &format!("TEL;VALUE=uri;TYPE=\"work,{kind}\""), &number);
    }
    for email in &all.emails {
        line(out, "EMAIL;TYPE=work", &escaped(&email.address.to_string()));
    }
    for website in &all.websites {
        line(out, "URL;TYPE=work", &website.url.to_string());
    }
    for social in &all.socials {
        // RFC 9554.
        let network = social.network.as_str();
        line(
            out,
            &format!("SOCIALPROFILE;SERVICE-TYPE={network}"),
            &social.url.to_string(),
        );
    }
    for address in &all.addresses {
        let part = |part: &Option<String>| escaped(part.as_deref().unwrap_or_default());
        let country = address
            .country
            .map(|country| country.to_string())
            .unwrap_or_default();
        // A street that is not known by itself is the whole address: better there than lost.
        let street = address.street.as_ref().unwrap_or(&address.text);
        let value = format!(
            ";;{};{};{};{};{country}",
            escaped(street),
            part(&address.city),
            part(&address.region),
            part(&address.postal_code)
        );
        line(out, "ADR;TYPE=work", &value);
    }
    if let Some(point) = all.geo.first() {
        line(
            out,
            "GEO",
            &format!("geo:{},{}", point.latitude(), point.longitude()),
        );
    }
    let categories: Vec<_> = all
        .categories
        .iter()
        .map(|found| escaped(&found.category))
        .collect();
    if !categories.is_empty() {
        line(out, "CATEGORIES", &categories.join(","));
    }
    for person in &all.persons {
        let function = person.function.as_ref().map(|function| format!(", {function}"));
        let told = format!("{}{}", person.name, function.unwrap_or_default());
        line(out, "RELATED;TYPE=contact;VALUE=text", &escaped(&told));
    }
    line(out, "REV", &stamp(lead));
    line(out, "END", "VCARD");
}

/// ISO 8601 in its basic form, as RFC 6350 wants it.
fn stamp(lead: &Lead) -> String {
    let whole = lead.last_seen.to_string();
    let seconds = whole.split(['.', 'Z']).next().unwrap_or_default();
    let digits: String = seconds.chars().filter(|c| !matches!(c, '-' | ':')).collect();
    digits + "Z"
}

fn kind_of(role: PhoneRole, kind: PhoneType) -> &'static str {
    match (role, kind) {
        (PhoneRole::Fax, _) => "fax",
        (PhoneRole::Pager, _) => "pager",
        (PhoneRole::Sms, _) => "text",
        (PhoneRole::Mobile | PhoneRole::Whatsapp, _) | (_, PhoneType::Mobile) => "cell",
        _ => "voice",
    }
}

/// A text value: RFC 6350, 3.4. Control characters, which may stand in no line, are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line, folded where it is too long: never within a character.
fn line(out: &mut String, name: &str, value: &str) {
    let mut whole = String::new();
    // Writing into a string does not fail.
    let _ = write!(whole, "{name}:{value}");
    let mut length = 0;
    for c in whole.chars() {
        if length + c.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut out = String::new();
        line(&mut out, "NOTE", &"é".repeat(100));
        assert!(out.split("\r\n").all(|line| line.len() <= LONGEST));
        assert_eq!(out.replace("\r\n ", ""), format!("NOTE:{}\r\n", "é".repeat(100)));
        let mut short = String::new();
        line(&mut short, "A", "b");
        assert_eq!(short, "A:b\r\n");
    }

    #[test]
    fn values_cannot_begin_lines() {
        assert_eq!(escaped("a;b,c\\d\r\nEND:VCARD"), "a\\;b\\,c\\\\d\\nEND:VCARD");
    }
}
