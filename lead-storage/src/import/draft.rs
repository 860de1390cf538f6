//! What a row's cells say.

use lead_core::email::kind_of;
use lead_core::phone::country_named;
use lead_core::record::{
    Address, Attribute, AttributeKind, AttributeName, AttributeValue, Category, Confidence, CountryCode,
    Email, EmailAddress, EmailScheme, Findings, Found, GeoPoint, Method, Organization, Person, SafeUrl,
    Social, Trace, Website,
};
use lead_core::social::profile_of;

use super::cells::Cells;
use super::values;

/// How sure v3.9's values are where it says nothing itself: of its mailboxes two in three were right on labelled pages, of its numbers
/// hardly more than six in ten; names, addresses and profiles stood in fields of their own.
const NAME: f32 = 0.9;
const EMAIL: f32 = 0.6;
const SITE: f32 = 0.8;
const PROFILE: f32 = 0.9;
const OTHER: f32 = 0.8;
/// What a further value of one cell is worth beside the first.
pub(super) const FURTHER: f32 = 0.9;
/// The most characters of a snippet.
const SNIPPET: usize = 80;

/// A row being written down.
pub(super) struct Draft {
    /// The file and the line.
    place: String,
    pub(super) region: Option<CountryCode>,
    pub(super) findings: Findings<Trace>,
}

impl Draft {
    pub(super) fn new(place: String, region: Option<CountryCode>) -> Self {
        Self {
            place,
            region,
            findings: Findings::default(),
        }
    }

    /// Whether the row leads to nobody.
    pub(super) fn is_nothing(&self) -> bool {
        let all = &self.findings;
        let handle = |attribute: &Found<Attribute, Trace>| attribute.name.as_str() == "handle";
        all.organizations.is_empty()
            && all.phones.is_empty()
            && all.emails.is_empty()
            && all.websites.is_empty()
            && all.socials.is_empty()
            && all.addresses.is_empty()
            && !all.attributes.iter().any(handle)
    }

    pub(super) fn finish(self) -> Findings<Trace> {
        self.findings
    }

    /// Where a value stands.
    pub(super) fn trace(&self, column: &str, raw: &str) -> Trace {
        let trace = Trace::new(Method::Import).at(format!("{}, {column}", self.place));
        match raw.char_indices().nth(SNIPPET) {
            _ if raw.is_empty() => trace,
            Some((end, _)) => trace.snippet(raw.get(..end).unwrap_or(raw)),
            None => trace.snippet(raw),
        }
    }

    pub(super) fn found<T>(&self, value: T, sure: f32, column: &str, raw: &str) -> Found<T, Trace> {
        Found::new(value, Confidence::clamped(sure), self.trace(column, raw))
    }

    /// Writes down a row. What has no other home goes into attributes.
    pub(super) fn row(&mut self, mut cells: Cells, url: Option<&SafeUrl>) {
        self.name(&mut cells);
        self.address(&mut cells);
        self.phones(&mut cells);
        self.emails(&mut cells);
        self.profile(&mut cells, url);
        self.website(&mut cells);
        self.point(&mut cells);
        if let Some(bio) = cells.take("bio_about") {
            self.text("bio", "bio_about", bio);
        }
        if let Some(category) = cells.take("category") {
            let category = self.found(Category::new("v39", &category), OTHER, "category", &category);
            self.findings.categories.push(category);
        }
        for (name, value) in cells.rest() {
            self.attribute(&name, value);
        }
    }

    fn name(&mut self, cells: &mut Cells) {
        let Some(name) = cells.take("display_name") else {
            return;
        };
        let organization = self.found(Organization::new(&name), NAME, "display_name", &name);
        self.findings.organizations.push(organization);
        let individual = cells
            .get("lead_type")
            .is_some_and(|kind| kind.eq_ignore_ascii_case("individual"));
        if individual {
            let mut person = Person::default();
            person.name.clone_from(&name);
            person.function = cells.get("job_title").map(str::to_owned);
            let person = self.found(person, NAME, "display_name", &name);
            self.findings.persons.push(person);
        }
    }

    fn address(&mut self, cells: &mut Cells) {
        let country = cells.take("country");
        let code = country
            .as_deref()
            .and_then(|text| CountryCode::new(text).ok().or_else(|| country_named(text)));
        self.region = code.or(self.region);
        let mut address = Address::from_text(cells.take("location").unwrap_or_default());
        address.city = cells.take("city");
        address.region = cells.take("region");
        address.postal_code = cells.take("postal_code");
        address.country = code;
        if address.text.is_empty()
            && [&address.city, &address.region, &address.postal_code]
                .iter()
                .any(|part| part.is_some())
        {
            address.text = address.joined();
        }
        // A country alone is no address, and a name that no country has is none either.
        if let Some(country) = country
            && (code.is_none() || address.text.is_empty())
        {
            cells.put("country", country);
        }
        if !address.text.is_empty() {
            let address = self.found(address, OTHER, "location", "");
            self.findings.addresses.push(address);
        }
    }

    fn emails(&mut self, cells: &mut Cells) {
        let Some(text) = cells.take("email") else { return };
        let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|'));
        let read = |part: &str| {
            let part = part.strip_prefix("mailto:").unwrap_or(part);
            EmailAddress::new(part).ok()
        };
        let addresses: Vec<EmailAddress> = parts.filter_map(read).collect();
        if addresses.is_empty() {
            return cells.put("email", text);
        }
        let mut sure = EMAIL;
        for address in addresses {
            let kind = kind_of(&address);
            let email = self.found(
                Email::new(address, kind, EmailScheme::Plain),
                sure,
                "email",
                &text,
            );
            if self
                .findings
                .emails
                .iter()
                .all(|known| known.address != email.address)
            {
                self.findings.emails.push(email);
                sure *= FURTHER;
            }
        }
    }

    fn profile(&mut self, cells: &mut Cells, url: Option<&SafeUrl>) {
        let handle = cells.take("handle");
        let profile = url.and_then(|url| profile_of(url.as_str()));
        if let Some(handle) = handle
            && profile
                .as_ref()
                .is_none_or(|profile| !same_handle(profile, &handle))
        {
            self.text("handle", "handle", handle);
        }
        if let (Some(profile), Some(url)) = (profile, url) {
            let profile = self.found(profile, PROFILE, "profile_url", url.as_str());
            self.findings.socials.push(profile);
        }
    }

    /// A web site, or the profile that stands in its place.
    fn website(&mut self, cells: &mut Cells) {
        let Some(text) = cells.take("website") else { return };
        let Some(url) = SafeUrl::written(&text) else {
            return cells.put("website", text);
        };
        if let Some(profile) = profile_of(url.as_str()) {
            let profile = self.found(profile, OTHER, "website", &text);
            let same = |known: &Found<Social, Trace>| {
                known.network == profile.network && known.handle == profile.handle
            };
            if !self.findings.socials.iter().any(same) {
                self.findings.socials.push(profile);
            }
            return;
        }
        let site = self.found(Website::new(url), SITE, "website", &text);
        self.findings.websites.push(site);
    }

    fn point(&mut self, cells: &mut Cells) {
        let part = |name| cells.get(name).and_then(values::number);
        let (Some(latitude), Some(longitude)) = (part("latitude"), part("longitude")) else {
            return;
        };
        if let Ok(point) = GeoPoint::new(latitude, longitude) {
            cells.take("latitude");
            cells.take("longitude");
            let point = self.found(point, OTHER, "latitude", "");
            self.findings.geo.push(point);
        }
    }

    fn text(&mut self, name: &str, column: &str, value: String) {
        if let Ok(attribute) = Attribute::text(name, value) {
            let attribute = self.found(attribute, OTHER, column, "");
            self.findings.attributes.push(attribute);
        }
    }

    /// A column as the attribute of its name, in that one's shape; else as text under `x:`.
    fn attribute(&mut self, name: &str, value: String) {
        let kind = AttributeName::new(name).ok().and_then(|name| name.kind());
        let shaped = match kind {
            Some(AttributeKind::Text) => Some(AttributeValue::Text(value.clone())),
            Some(AttributeKind::Number) => values::number(&value).map(AttributeValue::Number),
            Some(AttributeKind::Flag) => values::flag(&value).map(AttributeValue::Flag),
            _ => None,
        };
        match shaped.and_then(|shaped| Attribute::new(name, shaped).ok()) {
            Some(attribute) => {
                let attribute = self.found(attribute, OTHER, name, "");
                self.findings.attributes.push(attribute);
            }
            None => self.text(&format!("x:{name}"), name, value),
        }
    }
}

fn same_handle(profile: &Social, handle: &str) -> bool {
    let handle = handle.trim_start_matches('@');
    profile.handle.eq_ignore_ascii_case(handle)
}
