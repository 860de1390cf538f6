//! Pages of the generated web that only a browser reads bring the same contacts as their static twins.

use std::collections::BTreeSet;

use fixture_web::{FixtureServer, ServerConfig, SiteState, WAYS, World, WorldConfig};
use futures::StreamExt as _;
use lead_core::browser::{Browser, BrowserFetch};
use lead_core::contacts::ExtractOptions;
use lead_core::fetch::FetchConfig;
use lead_core::seam::{Fetch as _, Request};

use super::support::config;

/// Everything on a page that reaches somebody, as text.
fn contacts(html: &[u8], url: &str) -> BTreeSet<String> {
    let options = ExtractOptions::new().base_url(url);
    let found = lead_core::extract(html, &options).unwrap().findings;
    let phones = found
        .phones
        .iter()
        .map(|phone| format!("{} {:?}", phone.e164, phone.role));
    let emails = found.emails.iter().map(|email| email.address.to_string());
    let socials = found
        .socials
        .iter()
        .map(|social| format!("{:?} {}", social.network, social.handle));
    phones.chain(emails).chain(socials).collect()
}

/// The first pages of `sites` sites, brought in every way there is.
async fn same_as_twins(sites: usize) {
    let world = World::generate(&WorldConfig::new(5, 400));
    let server = FixtureServer::start(world, ServerConfig::pure()).await.unwrap();
    let mut fetch = FetchConfig::default();
    fetch.guard = fetch.guard.allow("127.0.0.0/8".parse().unwrap());
    for hosts in ["*.test", "*.localhost"] {
        fetch
            .resolve
            .push(format!("{hosts}={}", server.addr()).parse().unwrap());
    }
    let mut settings = config();
    settings.rules = "[[site]]\nhosts = ['*.reveal.localhost']\nreveal = ['.reveal']"
        .parse()
        .unwrap();
    let browser = Browser::new(settings, &fetch).unwrap();
    let port = server.addr().port();
    let hosts: Vec<String> = server.world().hosts().map(str::to_owned).collect();
    let twins = hosts.iter().filter_map(|host| {
        let site = server.world().site(host)?;
        if site.host() != host || site.state() != SiteState::Live {
            return None;
        }
        let page = server.world().page(host, "/", Some(port))?;
        let url = format!("http://{host}:{port}/");
        let contacts = contacts(page.html.as_bytes(), &url);
        (contacts.len() >= 2).then_some((host.clone(), url, contacts))
    });
    let twins: Vec<_> = twins.take(sites).collect();
    assert_eq!(twins.len(), sites);
    let tasks = twins
        .iter()
        .flat_map(|twin| WAYS.iter().map(move |way| (twin, way)));
    let compared = futures::stream::iter(tasks).map(|((host, url, wanted), way)| {
        let browser = browser.clone();
        async move {
            let address = format!("http://{host}.{}.localhost:{port}/", way.name);
            let page = BrowserFetch::new(browser)
                .fetch(Request::get(address.parse().unwrap()))
                .await;
            let page = page.unwrap_or_else(|error| panic!("{address}: {error}"));
            let found = contacts(&page.body, url);
            assert_eq!(
                &found,
                wanted,
                "{address}\n{:?}\n{}",
                page.rendering,
                String::from_utf8_lossy(&page.body)
            );
        }
    });
    compared.buffer_unordered(4).collect::<Vec<_>>().await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_brought_by_scripts_are_their_static_twins() {
    same_as_twins(3).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "soak: some minutes"]
async fn soak_twins_of_many_sites() {
    same_as_twins(48).await;
}
