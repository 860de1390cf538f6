//! What stands on which page, and the other choices that make one site unlike another.

use super::charset::Charset;
use super::email_form::EmailForm;
use super::phone_form::PhoneForm;
use super::robots::Robots;
use super::{Site, SiteState, templates};
use crate::business::Business;
use crate::rng::{Rng, hash_text};

/// What a contact card shows, as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Parts(u8);

impl Parts {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const PHONE: Self = Self(1);
    pub(crate) const MORE_PHONES: Self = Self(2);
    pub(crate) const EMAIL: Self = Self(4);
    pub(crate) const ADDRESS: Self = Self(8);
    pub(crate) const HOURS: Self = Self(16);
    pub(crate) const SOCIALS: Self = Self(32);
    pub(crate) const ALL: Self = Self(63);

    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// What stands on which page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) home: Parts,
    pub(crate) contact: Parts,
    pub(crate) imprint: Parts,
    /// On every page, below.
    pub(crate) footer: Parts,
    /// Everything on one page; then there are no others but the imprint.
    pub(crate) one_page: bool,
    pub(crate) team: bool,
    pub(crate) posts: usize,
    pub(crate) products: usize,
    /// An old page with the former contacts.
    pub(crate) old: bool,
}

const NAME_AND_PHONE: Parts = Parts::PHONE.and(Parts::ADDRESS);
const WITHOUT_PHONE: Parts = Parts::EMAIL.and(Parts::ADDRESS).and(Parts::SOCIALS);

impl Plan {
    fn generate(rng: &mut Rng, business: &Business) -> Self {
        let german = business.country.lang.code == "de";
        let (home, contact, imprint, footer) = match rng.below(20) {
            // everywhere
            0..=5 => (
                Parts::HOURS,
                Parts::ALL,
                Parts::ADDRESS,
                NAME_AND_PHONE.and(Parts::EMAIL).and(Parts::SOCIALS),
            ),
            // home and contact page
            6..=9 => (NAME_AND_PHONE, Parts::ALL, Parts::NONE, Parts::NONE),
            // contact page only
            10..=13 => (Parts::NONE, Parts::ALL, Parts::NONE, Parts::SOCIALS),
            // imprint only
            14 | 15 => (Parts::HOURS, Parts::NONE, Parts::ALL, Parts::NONE),
            // numbers on one page, addresses on the other
            16 | 17 => (
                Parts::NONE,
                Parts::PHONE.and(Parts::MORE_PHONES).and(Parts::HOURS),
                WITHOUT_PHONE,
                Parts::NONE,
            ),
            // all on one page
            _ => (Parts::ALL, Parts::NONE, Parts::NONE, Parts::NONE),
        };
        let one_page = home == Parts::ALL;
        let imprint = if german { imprint.and(Parts::ALL) } else { imprint };
        let former = business.former.as_ref().map(|former| former.shown_by);
        Self {
            home,
            contact,
            imprint,
            footer,
            one_page,
            team: !one_page && !business.persons.is_empty() && rng.chance(0.7),
            posts: if one_page { 0 } else { rng.below(4) },
            products: if one_page { 0 } else { rng.below(3) },
            old: former == Some("page"),
        }
    }
}

impl Site {
    /// The site of one business.
    pub(crate) fn single(world_seed: u64, dead_share: f64, domain: String, business: &Business) -> Self {
        let mut site = Self::new(world_seed, domain, business);
        let mut rng = Rng::of(&[site.seed, 2]);
        if rng.chance(dead_share) {
            match rng.below(3) {
                0 => site.state = SiteState::Gone,
                1 => site.state = SiteState::Parked,
                _ => site.former_host = Some(format!("old-{}", site.domain)),
            }
        }
        site
    }

    /// The site of a chain; its first branch stands for country and language.
    pub(crate) fn chain(world_seed: u64, domain: String, first: &Business, members: Vec<usize>) -> Self {
        let mut site = Self::new(world_seed, domain, first);
        site.members = members;
        site.is_chain = true;
        site.plan = Plan {
            home: Parts::NONE,
            contact: Parts::PHONE.and(Parts::EMAIL),
            imprint: Parts::PHONE.and(Parts::EMAIL),
            footer: Parts::NONE,
            one_page: false,
            team: false,
            old: false,
            ..site.plan
        };
        site
    }

    fn new(world_seed: u64, domain: String, business: &Business) -> Self {
        let country = business.country;
        let seed = crate::rng::hash(&[world_seed, 3, hash_text(&domain)]);
        let mut rng = Rng::of(&[seed, 1]);
        let www = rng.chance(0.3);
        let charset = Charset::generate(&mut rng, country);
        let template = rng.below(templates::COUNT);
        let style = *rng
            .pick(country.styles)
            .unwrap_or(&crate::business::NumberStyle::National);
        // The usual writing of a country is more usual than the others.
        let style = if rng.chance(0.4) {
            country.styles.first().copied().unwrap_or(style)
        } else {
            style
        };
        Self {
            host: if www {
                format!("www.{domain}")
            } else {
                domain.clone()
            },
            domain,
            former_host: None,
            members: vec![business.index],
            is_chain: false,
            seed,
            country,
            state: SiteState::Live,
            robots: Robots::generate(&mut rng),
            charset,
            template,
            plan: Plan::generate(&mut rng, business),
            phone_form: PhoneForm::generate(&mut rng),
            email_form: EmailForm::generate(&mut rng),
            style,
            suffix: rng.word(&[".html", "/", ".php", "", ".html"]),
        }
    }
}
