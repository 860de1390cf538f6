//! The generated web: a seeded world of invented businesses, the sites and services that speak of them, and the truth.
//!
//! ```no_run
//! use fixture_web::{FixtureServer, ServerConfig, World, WorldConfig};
//!
//! # async fn run() -> std::io::Result<()> {
//! let world = World::generate(&WorldConfig::new(1, 500));
//! let dentists = world.query_truth("dentists", "Lyon").len();
//! let server = FixtureServer::start(world, ServerConfig::default()).await?;
//! println!("{dentists} dentists in Lyon, served on {}", server.addr());
//! server.stop().await;
//! # Ok(())
//! # }
//! ```
//!
//! All hosts end in `.test` and are told apart by the `Host` header of one listener: see `README.md`.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "invented numbers: all far below the limits of their types"
)]
#![allow(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "pages are text built of text: a format! that reads like the markup is worth its allocation"
)]

mod business;
mod category;
mod companies;
mod config;
mod country;
mod entry;
mod hosts;
mod lang;
mod links;
mod rng;
mod server;
mod site;
mod text;
mod truth;
mod world;

pub use business::{
    Address, Business, Email, Former, Hours, Listing, Names, OsmRecord, Person, Phone, PhoneRole, Social,
};
pub use category::{ALL as CATEGORIES, Category};
pub use companies::CompanyRow;
pub use config::{Focus, WorldConfig};
pub use country::{City, Country, by_code as country_by_code};
pub use hosts::{HOSTS, HostGuide, WAYS, Way};
pub use server::{FixtureServer, LogEntry, ServerConfig};
pub use site::{Declared, Decoy, Page, Robots, Site, SiteState, Statement};
pub use truth::{
    Standing, Truth, TruthAddress, TruthChain, TruthDecoy, TruthEmail, TruthFormer, TruthNames, TruthPage,
    TruthPerson, TruthPhone, TruthSite, TruthSocial,
};
pub use world::{Chain, World, category_of, cities};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeRuns;
