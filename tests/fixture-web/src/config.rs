//! What world to make.

/// A category in a city that must be well stocked, because demos and tests ask for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Focus {
    /// Key of the category: `dentist`.
    pub category: String,
    /// Any name of the city: `Lyon`.
    pub city: String,
    /// Share of all businesses, 0.0–1.0.
    pub share: f64,
}

impl Focus {
    /// `share` of all businesses are of this category in this city.
    pub fn new(category: &str, city: &str, share: f64) -> Self {
        Self {
            category: category.to_owned(),
            city: city.to_owned(),
            share,
        }
    }
}

/// What world to make. The same values give the same world, byte for byte.
#[derive(Clone, Debug, PartialEq)]
pub struct WorldConfig {
    /// Where all chance comes from.
    pub seed: u64,
    /// How many businesses (locations) there are.
    pub businesses: usize,
    /// ISO codes of the countries wanted; empty: all.
    pub countries: Vec<String>,
    /// What must be well stocked; unknown categories and cities are ignored.
    pub focus: Vec<Focus>,
    /// Share of the businesses that are branches of a chain.
    pub chain_share: f64,
    /// Share of the businesses that have a site (branches always have their chain's).
    pub site_share: f64,
    /// Share of the sites that are gone (410), parked, or moved to another host.
    pub dead_share: f64,
}

impl Default for WorldConfig {
    fn default() -> Self {
        Self {
            seed: 1,
            businesses: 500,
            countries: Vec::new(),
            focus: vec![
                Focus::new("dentist", "Lyon", 0.06),
                Focus::new("bakery", "Berlin", 0.03),
            ],
            chain_share: 0.1,
            site_share: 0.78,
            dead_share: 0.04,
        }
    }
}

impl WorldConfig {
    /// The default world of this size.
    pub fn new(seed: u64, businesses: usize) -> Self {
        Self {
            seed,
            businesses,
            ..Self::default()
        }
    }
}
