//! How a row's fields become findings.

use super::Layout;
use crate::email::kind_of;
use crate::phone;
use crate::record::{
    Address, Attribute, Category, CountryCode, Email, EmailAddress, EmailScheme, Findings, GeoPoint, Listing,
    NaturalKey, OperatingStatus, Organization, PhoneRole, Registration, SafeUrl, Social, Status, Trace,
    Website,
};
use crate::source::finding::{site, stated, text_attribute};
use crate::{Result, social};

/// A listing being written. Values that cannot be read are left out: the row's other fields still count.
pub(in crate::source) struct Draft {
    layout: Layout,
    /// How sure the source's fields are.
    sure: f32,
    /// Whose national numbers are read.
    pub(in crate::source) country: Option<CountryCode>,
    findings: Findings<Trace>,
}

impl Draft {
    pub(in crate::source) fn new(layout: Layout, sure: f32) -> Self {
        Self {
            layout,
            sure,
            country: None,
            findings: Findings::default(),
        }
    }

    /// Reads a country's code; it is whose national numbers are read from now on.
    pub(in crate::source) fn country(&mut self, code: Option<&str>) {
        self.country = code.and_then(|code| CountryCode::new(code).ok());
    }

    /// The name it goes by, or another one.
    pub(in crate::source) fn name(&mut self, locator: &str, name: &str, main: bool) {
        let sure = if main { self.sure } else { 0.5 };
        let name = stated(Organization::new(name), sure, locator, name);
        self.findings.organizations.push(name);
    }

    pub(in crate::source) fn phone(&mut self, locator: &str, raw: &str, role: PhoneRole) {
        let region = self.country.as_ref().map(CountryCode::as_str);
        if let Ok(Some(mut number)) = phone::parse(raw, region)
            && phone::is_valid(number.e164)
        {
            number.role = role;
            self.findings.phones.push(stated(number, self.sure, locator, raw));
        }
    }

    pub(in crate::source) fn email(&mut self, locator: &str, raw: &str) {
        if let Ok(address) = EmailAddress::new(raw) {
            let kind = kind_of(&address);
            let email = Email::new(address, kind, EmailScheme::Structured);
            self.findings.emails.push(stated(email, self.sure, locator, raw));
        }
    }

    /// A web site, or the profile that stands in its place.
    pub(in crate::source) fn website(&mut self, locator: &str, raw: &str) {
        if let Some(profile) = social::profile_of(raw) {
            self.social(locator, raw, Some(profile));
        } else if let Some(url) = site(raw) {
            let site = stated(Website::new(url), self.sure, locator, raw);
            self.findings.websites.push(site);
        }
    }

    pub(in crate::source) fn social(&mut self, locator: &str, raw: &str, profile: Option<Social>) {
        let profile = profile.map(|profile| stated(profile, self.sure, locator, raw));
        self.findings.socials.extend(profile);
    }

    /// An address; its text is made of its parts unless it has one.
    pub(in crate::source) fn address(&mut self, locator: &str, mut address: Address) {
        if address.text.is_empty() {
            address.text = address.joined();
        }
        // A country alone is no address.
        let parts = [&address.street, &address.city, &address.postal_code];
        if parts.iter().any(|part| part.is_some()) {
            self.findings
                .addresses
                .push(stated(address, self.sure, locator, ""));
        }
    }

    pub(in crate::source) fn category(&mut self, scheme: &str, locator: &str, category: &str, sure: f32) {
        let category = stated(Category::new(scheme, category), sure, locator, category);
        self.findings.categories.push(category);
    }

    pub(in crate::source) fn point(&mut self, locator: &str, point: Option<GeoPoint>) {
        let point = point.map(|point| stated(point, 0.95, locator, ""));
        self.findings.geo.extend(point);
    }

    pub(in crate::source) fn status(&mut self, locator: &str, raw: &str, status: OperatingStatus) {
        let status = stated(Status::new(status), self.sure, locator, raw);
        self.findings.status.push(status);
    }

    /// A number that a register gave: as sure as the register itself.
    pub(in crate::source) fn registration(&mut self, kind: &str, locator: &str, value: &str) {
        let number = stated(Registration::new(kind, value), 0.99, locator, value);
        self.findings.registrations.push(number);
    }

    pub(in crate::source) fn text(&mut self, name: &str, locator: &str, value: &str) {
        let attribute = text_attribute(name, value, self.sure, locator);
        self.findings.attributes.extend(attribute);
    }

    pub(in crate::source) fn number(&mut self, name: &str, locator: &str, value: f64) {
        let attribute = Attribute::number(name, value).ok();
        let attribute = attribute.map(|attribute| stated(attribute, self.sure, locator, ""));
        self.findings.attributes.extend(attribute);
    }

    /// Takes in what another reader found.
    pub(in crate::source) fn found(&mut self, findings: Findings<Trace>) {
        self.findings = findings;
    }

    /// The listing, with its source's licence beside its values.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when the key cannot be one.
    pub(in crate::source) fn finish(mut self, key: &str, url: Option<SafeUrl>) -> Result<Listing> {
        let (licence, attribution) = self.layout.licence();
        for (name, value) in [("x:licence", licence), ("x:attribution", attribution)] {
            let attribute = text_attribute(name, value, 0.99, self.layout.name());
            self.findings.attributes.extend(attribute);
        }
        Ok(Listing::new(NaturalKey::new(key)?, url, self.findings))
    }
}
