//! A place and its rules.

use std::borrow::Cow;

use crate::record::{Address, CountryCode, GeoPoint, Listing, OperatingStatus, PhoneRole};
use crate::source::open_data::{Draft, Layout, Sieve};
use crate::{Error, Result, social};

/// The schema's `confidence` says whether the place exists, not whether its number is right; it is kept as an attribute.
const SURE: f32 = 0.85;

/// A place, as far as listings speak of it. Text is borrowed from what was read.
#[derive(Default)]
pub(super) struct Place<'a> {
    pub(super) id: Cow<'a, str>,
    pub(super) point: Option<GeoPoint>,
    pub(super) name: Option<Cow<'a, str>>,
    /// `categories.primary`, `taxonomy.primary`.
    pub(super) primary: Option<Cow<'a, str>>,
    pub(super) basic: Option<Cow<'a, str>>,
    pub(super) alternates: Vec<Cow<'a, str>>,
    pub(super) confidence: Option<f64>,
    pub(super) websites: Vec<Cow<'a, str>>,
    pub(super) emails: Vec<Cow<'a, str>>,
    pub(super) socials: Vec<Cow<'a, str>>,
    pub(super) phones: Vec<Cow<'a, str>>,
    pub(super) brand: Option<Cow<'a, str>>,
    pub(super) addresses: Vec<Part<'a>>,
    pub(super) status: Option<Cow<'a, str>>,
}

/// One address of a place.
#[derive(Default)]
pub(super) struct Part<'a> {
    pub(super) freeform: Option<Cow<'a, str>>,
    pub(super) locality: Option<Cow<'a, str>>,
    pub(super) region: Option<Cow<'a, str>>,
    pub(super) postcode: Option<Cow<'a, str>>,
    pub(super) country: Option<Cow<'a, str>>,
}

impl Place<'_> {
    /// The listing, when it is wanted.
    ///
    /// # Errors
    /// When the place breaks a rule of the schema.
    pub(super) fn listing(&self, sieve: &Sieve) -> Result<Option<Listing>> {
        let status = self.status.as_deref().map(status).transpose()?;
        for category in self.categories() {
            snake(category)?;
        }
        if self.confidence.is_some_and(|sure| !(0.0..=1.0).contains(&sure)) {
            return Err(wrong("confidence", "lies between 0 and 1"));
        }
        if !sieve.holds(self.point) || !sieve.wants(self.categories()) {
            return Ok(None);
        }
        let mut draft = Draft::new(Layout::Overture, SURE);
        let country = self.addresses.iter().find_map(|part| part.country.as_deref());
        draft.country(country);
        if let Some(name) = &self.name {
            draft.name("names.primary", name, true);
        }
        self.contacts(&mut draft);
        for part in &self.addresses {
            draft.address("addresses", part.address());
        }
        for category in self.categories() {
            draft.category("overture", "categories", category, 0.85);
        }
        draft.point("geometry", self.point);
        if let (Some(status), Some(raw)) = (status, &self.status) {
            draft.status("operating_status", raw, status);
        }
        if let Some(brand) = &self.brand {
            draft.text("chain", "brand.names.primary", brand);
        }
        if let Some(sure) = self.confidence {
            draft.number("x:existence_confidence", "confidence", sure);
        }
        draft.finish(&self.id, None).map(Some)
    }

    /// Every category once, the main one first.
    fn categories(&self) -> impl Iterator<Item = &str> {
        let main = self.primary.as_deref();
        let basic = self.basic.as_deref().filter(|basic| Some(*basic) != main);
        let others = self.alternates.iter().map(|other| &**other);
        let others = others.filter(move |other| Some(*other) != main && Some(*other) != basic);
        main.into_iter().chain(basic).chain(others)
    }

    fn contacts(&self, draft: &mut Draft) {
        for number in &self.phones {
            draft.phone("phones", number, PhoneRole::Tel);
        }
        for address in &self.emails {
            draft.email("emails", address);
        }
        for url in &self.websites {
            draft.website("websites", url);
        }
        for url in &self.socials {
            draft.social("socials", url, social::profile_of(url));
        }
    }
}

impl Part<'_> {
    fn address(&self) -> Address {
        let own = |part: &Option<Cow<'_, str>>| part.as_deref().map(str::to_owned);
        // ISO 3166-2: the country stands beside it already.
        let region = self.region.as_deref();
        let region = region.map(|region| region.split_once('-').map_or(region, |(_, part)| part));
        let country = self.country.as_deref();
        Address {
            street: own(&self.freeform),
            city: own(&self.locality),
            region: region.map(str::to_owned),
            postal_code: own(&self.postcode),
            country: country.and_then(|code| CountryCode::new(code).ok()),
            ..Address::default()
        }
    }
}

fn status(raw: &str) -> Result<OperatingStatus> {
    match raw {
        "open" => Ok(OperatingStatus::Open),
        "temporarily_closed" => Ok(OperatingStatus::TemporarilyClosed),
        "permanently_closed" => Ok(OperatingStatus::PermanentlyClosed),
        _ => Err(wrong(
            "operating_status",
            "is open, temporarily_closed or permanently_closed",
        )),
    }
}

/// The schema's snake case: `^[a-z0-9]+(_[a-z0-9]+)*$`.
fn snake(category: &str) -> Result<()> {
    let word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    if category.split('_').all(word) {
        return Ok(());
    }
    Err(wrong("category", "is not in snake case"))
}

/// A rule of the schema that is broken.
pub(super) fn wrong(what: &'static str, rule: &str) -> Error {
    Error::invalid("open data", format!("`{what}` {rule}"))
}
