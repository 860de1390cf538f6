//! Virtual hosts: one file each. A host answers a request with a value; sending it is the server's affair, so every
//! host can be tested without a socket.

mod answer;
mod directory;
mod engine;
mod fixtures;
mod maps;
mod nominatim;
mod overpass;
mod platform;
mod request;
mod scripted;
mod search;
mod sites;
mod trap;

pub(crate) use answer::{Answer, Body};
pub(crate) use request::{Request, parse_query};
pub use scripted::{WAYS, Way};

use crate::world::World;

/// What a host needs beside the request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) world: &'a World,
    /// Whether services fail now and then.
    pub(crate) faults: bool,
    /// Shares of ordinary sites that are slow, fail once, or limit.
    pub(crate) shares: Shares,
}

/// Shares of ordinary sites with a temporary fault, 0.0–1.0.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shares {
    pub(crate) slow: f64,
    pub(crate) error: f64,
    pub(crate) limit: f64,
}

/// A host for readers: its name and what it does.
#[derive(Clone, Copy, Debug)]
pub struct HostGuide {
    /// Host name.
    pub host: &'static str,
    /// What is there, in one sentence.
    pub what: &'static str,
    /// Paths worth trying.
    pub paths: &'static [&'static str],
}

type Answerer = fn(&Scene<'_>, &Request) -> Answer;

/// Every fixed host with its guide. To add one: write a file, name it here.
static TABLE: [(HostGuide, Answerer); 22] = [
    (fixtures::GUIDE, fixtures::answer),
    (directory::GUIDE, directory::answer),
    (maps::GUIDE, maps::answer),
    (engine::MOJEEK, engine::answer),
    (engine::BRAVE, engine::answer),
    (engine::BING, engine::answer),
    (engine::ECOSIA, engine::answer),
    (engine::SEARX, engine::answer),
    (platform::PAGES, platform::answer),
    (platform::PLACES, platform::answer),
    (platform::FUNDING, platform::answer),
    (platform::JOBS, platform::answer),
    (overpass::GUIDE, overpass::answer),
    (nominatim::GUIDE, nominatim::answer),
    (search::GUIDE, search::answer),
    (trap::redirect::GUIDE, trap::redirect::answer),
    (trap::slow::GUIDE, trap::slow::answer),
    (trap::status::GUIDE, trap::status::answer),
    (trap::huge::GUIDE, trap::huge::answer),
    (trap::bomb::GUIDE, trap::bomb::answer),
    (trap::calendar::GUIDE, trap::calendar::answer),
    (trap::broken::GUIDE, trap::broken::answer),
];

/// Every fixed host, for readers and for the index page.
pub static HOSTS: [HostGuide; 22] = {
    let mut guides = [fixtures::GUIDE; 22];
    let mut index = 0;
    while index < guides.len() {
        #[allow(
            clippy::indexing_slicing,
            reason = "evaluated at compile time; both arrays have 22 items"
        )]
        {
            guides[index] = TABLE[index].0;
        }
        index += 1;
    }
    guides
};

/// The answer of whichever host is asked.
pub(crate) fn answer(scene: &Scene<'_>, request: &Request) -> Answer {
    let fixed = TABLE.iter().find(|(guide, _)| guide.host == request.host);
    match fixed {
        Some((_, answer)) => answer(scene, request),
        None => scripted::answer(scene, request).unwrap_or_else(|| sites::answer(scene, request)),
    }
}
