//! What tables show of a lead: its values without their proofs, which are most of what a store keeps of it. They are read straight from
//! the store's text and point into it; to read whole leads took three times as long.

use std::borrow::Cow;

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::record::{AttributeValue, Confidence, Lead, SafeUrl};
use serde::Deserialize;

use crate::model::read::damaged;

/// A text that points to where it was read, unless it had to be unescaped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

impl std::ops::Deref for Text<'_> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

/// A lead's values, the surest of each kind first, named as in its JSON.
#[derive(Debug, PartialEq, Deserialize)]
pub(crate) struct Row<'a> {
    #[serde(borrow)]
    pub(super) id: Text<'a>,
    #[serde(default)]
    pub(super) name: Option<Text<'a>>,
    #[serde(default)]
    pub(super) organizations: Vec<Organization<'a>>,
    #[serde(default)]
    pub(super) phones: Vec<Phone<'a>>,
    #[serde(default)]
    pub(super) emails: Vec<Email<'a>>,
    #[serde(default)]
    pub(super) socials: Vec<Social<'a>>,
    #[serde(default)]
    pub(super) websites: Vec<Website<'a>>,
    #[serde(default)]
    pub(super) addresses: Vec<Address<'a>>,
    #[serde(default)]
    pub(super) categories: Vec<Category<'a>>,
    #[serde(default)]
    pub(super) hours: Vec<Hours<'a>>,
    #[serde(default)]
    pub(super) geo: Vec<Point>,
    #[serde(default)]
    pub(super) status: Vec<Status<'a>>,
    #[serde(default)]
    pub(super) persons: Vec<Person<'a>>,
    #[serde(default)]
    pub(super) registrations: Vec<Registration<'a>>,
    #[serde(default)]
    pub(super) attributes: Vec<Attribute<'a>>,
    pub(super) sources: Vec<Source<'a>>,
    pub(super) first_seen: Timestamp,
    pub(super) last_seen: Timestamp,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Organization<'a> {
    #[serde(borrow)]
    pub(super) name: Text<'a>,
}

#[derive(Debug, PartialEq, Deserialize)]
pub(super) struct Phone<'a> {
    #[serde(borrow)]
    pub(super) e164: Text<'a>,
    #[serde(rename = "type")]
    pub(super) kind: Text<'a>,
    pub(super) role: Text<'a>,
    pub(super) confidence: Confidence,
}

#[derive(Debug, PartialEq, Deserialize)]
pub(super) struct Email<'a> {
    #[serde(borrow)]
    pub(super) address: Text<'a>,
    pub(super) kind: Text<'a>,
    pub(super) confidence: Confidence,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Social<'a> {
    #[serde(borrow)]
    pub(super) network: Text<'a>,
    pub(super) handle: Text<'a>,
    pub(super) url: Text<'a>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Website<'a> {
    #[serde(borrow)]
    pub(super) url: Text<'a>,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Address<'a> {
    #[serde(borrow)]
    pub(super) text: Text<'a>,
    pub(super) street: Option<Text<'a>>,
    pub(super) city: Option<Text<'a>>,
    pub(super) region: Option<Text<'a>>,
    pub(super) postal_code: Option<Text<'a>>,
    pub(super) country: Option<Text<'a>>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Category<'a> {
    #[serde(borrow)]
    pub(super) category: Text<'a>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Hours<'a> {
    #[serde(borrow)]
    pub(super) hours: Text<'a>,
}

#[derive(Debug, PartialEq, Deserialize)]
pub(super) struct Point {
    pub(super) latitude: f64,
    pub(super) longitude: f64,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Status<'a> {
    #[serde(borrow)]
    pub(super) status: Text<'a>,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Person<'a> {
    #[serde(borrow)]
    pub(super) name: Text<'a>,
    pub(super) function: Option<Text<'a>>,
    /// Which of the lead's.
    pub(super) emails: Vec<usize>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Registration<'a> {
    #[serde(borrow)]
    pub(super) kind: Text<'a>,
    pub(super) value: Text<'a>,
}

#[derive(Debug, PartialEq, Deserialize)]
pub(super) struct Attribute<'a> {
    #[serde(borrow)]
    pub(super) name: Text<'a>,
    pub(super) value: AttributeValue,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[expect(clippy::struct_field_names, reason = "fields are named as in the lead's JSON")]
pub(super) struct Source<'a> {
    #[serde(borrow)]
    pub(super) source: Text<'a>,
    pub(super) natural_key: Text<'a>,
    #[serde(default)]
    pub(super) url: Option<Text<'a>>,
}

impl<'a> Row<'a> {
    /// Of a lead as a store keeps it.
    pub(super) fn read(body: &'a str) -> Result<Self> {
        serde_json::from_str(body).map_err(damaged("export"))
    }

    /// Of a lead.
    pub(crate) fn of(lead: &'a Lead) -> Self {
        let all = &lead.findings;
        Self {
            id: lead.id.to_string().into(),
            name: lead.name.as_deref().map(Text::from),
            organizations: each(&all.organizations, |found| Organization {
                name: found.name.as_str().into(),
            }),
            phones: each(&all.phones, |found| Phone {
                e164: found.e164.to_string().into(),
                kind: plain(&found.kind),
                role: plain(&found.role),
                confidence: found.confidence,
            }),
            emails: each(&all.emails, |found| Email {
                address: found.address.to_string().into(),
                kind: plain(&found.kind),
                confidence: found.confidence,
            }),
            socials: each(&all.socials, |found| Social {
                network: found.network.as_str().into(),
                handle: found.handle.as_str().into(),
                url: found.url.to_string().into(),
            }),
            websites: each(&all.websites, |found| Website {
                url: found.url.to_string().into(),
            }),
            addresses: each(&all.addresses, |found| Address {
                text: found.text.as_str().into(),
                street: found.street.as_deref().map(Text::from),
                city: found.city.as_deref().map(Text::from),
                region: found.region.as_deref().map(Text::from),
                postal_code: found.postal_code.as_deref().map(Text::from),
                country: found.country.map(|country| country.to_string().into()),
            }),
            categories: each(&all.categories, |found| Category {
                category: found.category.as_str().into(),
            }),
            hours: each(&all.hours, |found| Hours {
                hours: found.hours.as_str().into(),
            }),
            geo: each(&all.geo, |found| Point {
                latitude: found.latitude(),
                longitude: found.longitude(),
            }),
            status: each(&all.status, |found| Status {
                status: plain(&found.status),
            }),
            persons: each(&all.persons, |found| Person {
                name: found.name.as_str().into(),
                function: found.function.as_deref().map(Text::from),
                emails: found.emails.clone(),
            }),
            registrations: each(&all.registrations, |found| Registration {
                kind: found.value.kind.as_str().into(),
                value: found.value.value.as_str().into(),
            }),
            attributes: each(&all.attributes, |found| Attribute {
                name: found.name.as_str().into(),
                value: found.value.value.clone(),
            }),
            sources: each(&lead.sources, |source| Source {
                source: source.source.as_str().into(),
                natural_key: source.natural_key.as_str().into(),
                url: source.url.as_ref().map(|url| url.to_string().into()),
            }),
            first_seen: lead.first_seen,
            last_seen: lead.last_seen,
        }
    }

    /// Drops phones and e-mails that the tests refuse; persons are pointed to what is left.
    pub(super) fn retain_contacts(&mut self, phone: impl Fn(&str) -> bool, email: impl Fn(&str) -> bool) {
        self.phones.retain(|known| phone(&known.e164));
        let kept: Vec<bool> = self.emails.iter().map(|known| email(&known.address)).collect();
        for person in &mut self.persons {
            person.emails.retain(|at| kept.get(*at) == Some(&true));
            for at in &mut person.emails {
                *at = kept.iter().take(*at).filter(|kept| **kept).count();
            }
        }
        let mut kept = kept.into_iter();
        self.emails.retain(|_| kept.next() == Some(true));
    }
}

fn each<'a, T, U>(list: &'a [T], read: impl Fn(&'a T) -> U) -> Vec<U> {
    list.iter().map(read).collect()
}

impl Website<'_> {
    /// Its registered name, as [`SafeUrl::site`] tells it.
    pub(super) fn site(&self) -> Option<String> {
        Some(SafeUrl::parse(&self.url).ok()?.site().to_owned())
    }
}

/// The name a unit variant has in JSON.
fn plain<'a>(value: &impl serde::Serialize) -> Text<'a> {
    let json = serde_json::to_value(value).ok();
    let name = json.and_then(|json| json.as_str().map(str::to_owned));
    name.unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A lead with something of every kind, and texts that JSON escapes.
    fn lead() -> Lead {
        let proof = r#""confidence":0.75,"evidence":[{"source":"osm","method":"platform","snippet":"a \"b\"","first_seen":"2026-01-01T00:00:00Z","last_seen":"2026-01-02T00:00:00.5Z"}]"#;
        let body = format!(
            r#"{{"id":"0000040a-017f-5819-8612-a1aac96a372b","name":"Zum \"Löwen\"",
            "organizations":[{{"name":"Zum \"Löwen\"",{proof}}},{{"name":"Löwe",{proof}}}],
            "phones":[{{"e164":"+33478000001","national":"","raw":"1","type":"fixed","role":"fax",{proof}}},{{"e164":"+33600000002","national":"","raw":"2","type":"mobile","role":"tel",{proof}}}],
            "emails":[{{"address":"info@a.test","kind":"role","scheme":"plain",{proof}}},{{"address":"ada@b.test","kind":"personal","scheme":"plain",{proof}}}],
            "socials":[{{"network":"x","handle":"loewe","url":"https://x.test/loewe",{proof}}}],
            "websites":[{{"url":"https://www.loewe.test/a?b=c",{proof}}}],
            "addresses":[{{"text":"1 Example Street\nLyon","street":"1 Example Street","city":"Lyon","region":null,"postal_code":"69001","country":"FR",{proof}}}],
            "categories":[{{"scheme":"osm","category":"amenity=pub",{proof}}}],
            "hours":[{{"hours":"Mo-Fr 08:00-18:00",{proof}}}],
            "geo":[{{"latitude":45.75,"longitude":4.85,{proof}}}],
            "status":[{{"status":"open",{proof}}}],
            "persons":[{{"name":"Ada \\ Example","function":"owner","phones":[],"emails":[1],{proof}}}],
            "registrations":[{{"kind":"siren","value":"123",{proof}}}],
            "attributes":[{{"name":"rating","value":4.5,{proof}}},{{"name":"description","value":"a\tb",{proof}}}],
            "sources":[{{"record":"0000040a-017f-5819-8612-a1aac96a372b","source":"osm","natural_key":"node/1","url":"https://osm.test/node/1"}},{{"record":"0000040a-017f-5819-8612-a1aac96a372b","source":"list","natural_key":"7"}}],
            "first_seen":"2026-01-01T00:00:00Z","last_seen":"2026-01-02T00:00:00.5Z"}}"#
        );
        serde_json::from_str(&body.replace('\n', " ").replace("Street Lyon", r"Street\nLyon")).unwrap()
    }

    #[test]
    fn what_is_read_is_what_the_lead_holds() {
        let lead = lead();
        let body = serde_json::to_string(&lead).unwrap();
        let row = Row::read(&body).unwrap();
        assert_eq!(row, Row::of(&lead));
        let all = [
            row.phones.len(),
            row.emails.len(),
            row.persons.len(),
            row.attributes.len(),
        ];
        assert_eq!(all, [2, 2, 1, 2], "something of it was read");
        assert!(
            matches!(row.websites[0].url.0, Cow::Borrowed(_)),
            "it points into the text"
        );
        assert_eq!(Row::read("{").unwrap_err().kind(), lead_core::ErrorKind::Corrupt);
    }

    #[test]
    fn persons_are_pointed_to_what_is_left() {
        let lead = lead();
        let mut row = Row::of(&lead);
        row.retain_contacts(|phone| phone != "+33478000001", |email| email != "info@a.test");
        assert_eq!((&*row.phones[0].e164, row.phones.len()), ("+33600000002", 1));
        assert_eq!((&*row.emails[0].address, row.emails.len()), ("ada@b.test", 1));
        assert_eq!(row.persons[0].emails, [0]);
        row.retain_contacts(|_| true, |_| false);
        assert!(row.emails.is_empty() && row.persons[0].emails.is_empty());
    }
}
