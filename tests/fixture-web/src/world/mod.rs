//! The world: all businesses, chains and sites of one seed.

mod chain;
mod generate;
mod identity;
mod numbers;
mod search;
#[cfg(test)]
mod tests;
mod web_index;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use crate::business::{Business, Email, Phone};
use crate::category::Category;
use crate::config::WorldConfig;
use crate::country::City;
use crate::links::Links;
use crate::site::{Page, Site, SiteState};
use crate::truth::Truth;

pub(crate) use search::is_word_in;
pub use search::{category_of, cities};

/// Several locations under one name and one site.
#[derive(Clone, Debug)]
pub struct Chain {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) legal: String,
    pub(crate) branches: Vec<usize>,
    pub(crate) phone: Phone,
    pub(crate) email: Email,
}

/// All businesses of one seed, and the sites that speak of them. Pages are rendered when asked for, never stored.
#[derive(Debug)]
pub struct World {
    pub(crate) config: WorldConfig,
    pub(crate) businesses: Vec<Business>,
    pub(crate) chains: Vec<Chain>,
    pub(crate) sites: Vec<Site>,
    /// Host (canonical, apex and `www.`) to index of site.
    pub(crate) hosts: HashMap<String, usize>,
    /// Hosts that redirect since their site moved.
    pub(crate) former_hosts: HashMap<String, usize>,
    pub(crate) directory_ids: HashMap<String, usize>,
    /// Names that a broker parks, made when first asked for.
    parked: OnceLock<HashSet<String>>,
    /// What the search engine knows, made when first asked for.
    web: OnceLock<web_index::WebIndex>,
}

impl World {
    /// Makes the world; 10,000 businesses take a fraction of a second in release.
    pub fn generate(config: &WorldConfig) -> Self {
        generate::world(config)
    }

    /// What it was made of.
    pub fn config(&self) -> &WorldConfig {
        &self.config
    }

    /// Every business, by index.
    pub fn businesses(&self) -> &[Business] {
        &self.businesses
    }

    /// The businesses of a category (key or any word for it) in a city (any of its names).
    pub fn businesses_in(&self, category: &str, city: &str) -> impl Iterator<Item = &Business> {
        let category = category_of(category);
        let city = city.to_owned();
        self.businesses.iter().filter(move |business| {
            category.is_some_and(|category| business.category == category) && business.city.is_called(&city)
        })
    }

    /// Start URLs of all sites, as they are reached on this port (`None`: port 80).
    pub fn sites(&self, port: Option<u16>) -> impl Iterator<Item = String> {
        let links = Links::new(port);
        self.sites.iter().map(move |site| links.url(&site.host, "/"))
    }

    /// The start URL of a site that answers and lets programs in: for trying things out.
    pub fn open_site(&self) -> Option<String> {
        let open = |site: &&Site| site.state == SiteState::Live && site.robots.lets_in();
        let site = self.sites.iter().find(open)?;
        Some(Links::new(None).url(&site.host, "/"))
    }

    /// Every host name that is answered: sites with their other names, services, traps. For resolvers of tests.
    pub fn hosts(&self) -> impl Iterator<Item = &str> {
        let own = self
            .hosts
            .keys()
            .chain(self.former_hosts.keys())
            .map(String::as_str);
        own.chain(self.parked_names().iter().map(String::as_str))
            .chain(crate::hosts::HOSTS.iter().map(|guide| guide.host))
    }

    /// Everything true about every business, in order; each is derived when asked for.
    pub fn truth(&self) -> impl Iterator<Item = Truth> {
        self.truth_at(None)
    }

    /// The same with URLs as they are reached on this port.
    pub fn truth_at(&self, port: Option<u16>) -> impl Iterator<Item = Truth> {
        let links = Links::new(port);
        self.businesses
            .iter()
            .map(move |business| Truth::of(self, business, links))
    }

    /// What a search for this category in this city should find.
    pub fn query_truth(&self, category: &str, city: &str) -> Vec<Truth> {
        self.businesses_in(category, city)
            .map(|business| Truth::of(self, business, Links::new(None)))
            .collect()
    }

    /// The truth as JSON Lines.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_truth(&self, port: Option<u16>, out: &mut impl std::io::Write) -> std::io::Result<()> {
        for truth in self.truth_at(port) {
            serde_json::to_writer(&mut *out, &truth)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    /// The site of a host name, with or without `www.`.
    pub fn site(&self, host: &str) -> Option<&Site> {
        self.hosts.get(host).and_then(|index| self.sites.get(*index))
    }

    /// The site a business has.
    pub fn site_of(&self, business: &Business) -> Option<&Site> {
        business.site.and_then(|index| self.sites.get(index))
    }

    /// The page at a path of a site, rendered; none where the site has no such page.
    pub fn page(&self, host: &str, path: &str, port: Option<u16>) -> Option<Page> {
        let site = self.site(host)?;
        let kind = site.page_at(self, path)?;
        Some(site.render(self, kind, Links::new(port)))
    }

    /// The site that now stands where this former host redirects to.
    pub(crate) fn former_target(&self, host: &str) -> Option<&Site> {
        let index = self.former_hosts.get(host)?;
        self.sites.get(*index)
    }

    pub(crate) fn chain_of(&self, business: &Business) -> Option<&Chain> {
        business.chain.and_then(|index| self.chains.get(index))
    }

    pub(crate) fn business(&self, index: usize) -> Option<&Business> {
        self.businesses.get(index)
    }

    /// Businesses of the same category and city, for sources that search.
    pub(crate) fn matching<'a>(
        &'a self,
        category: Option<&'a Category>,
        city: Option<&'a City>,
    ) -> impl Iterator<Item = &'a Business> {
        self.businesses.iter().filter(move |business| {
            category.is_none_or(|wanted| business.category == wanted)
                && city.is_none_or(|wanted| std::ptr::eq(business.city, wanted))
        })
    }
}
