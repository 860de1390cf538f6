//! How a command that fetches may fetch.

use std::fmt::{Display, Write};
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use ipnet::IpNet;
use lead_core::Result;
use lead_core::clock::Clock;
use lead_core::crawl::CrawlFetcher;
use lead_core::fetch::warc::WarcLayer;
use lead_core::fetch::{
    DiskCache, FetchConfig, HostOverride, HttpTransport, Proxy, ProxyPolicy, ProxyTransport, StandardStack,
    UserAgent,
};
use lead_core::limit::Rate;
use lead_core::seam::{Fetcher, State};

use crate::app::App;
use crate::rendering::RenderArgs;

/// How a command that fetches may fetch.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Options of fetching")]
pub(crate) struct NetArgs {
    /// Also connect to addresses of this network, such as 127.0.0.0/8; repeat for more
    #[arg(long, value_name = "CIDR")]
    pub(crate) allow_net: Vec<IpNet>,
    /// Take this address for a host, such as *.test=127.0.0.1:8080; repeat for more
    #[arg(long, value_name = "HOST=ADDR")]
    pub(crate) resolve: Vec<HostOverride>,
    /// Requests a second to one host: auto (one, slower when asked), a number, or off
    #[arg(long, value_name = "RATE", default_value = "auto")]
    pub(crate) rate: Rate,
    /// Where you can be reached, a web page or a mail address, told to every site
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) contact: Option<String>,
    /// Send requests through this proxy (http, https or socks5; http://USER:PASSWORD@HOST:PORT), which looks hosts up by
    /// itself; repeat for more
    #[arg(long, value_name = "URL")]
    pub(crate) proxy: Vec<Proxy>,
    /// Which of several proxies takes a request: round-robin, least-used or sticky (the same for a host)
    #[arg(long, value_name = "POLICY", default_value_t)]
    pub(crate) proxy_policy: ProxyPolicy,
    /// Also write what is fetched to this web archive, compressed when it ends with .gz; a file that is there is continued
    #[arg(long, value_name = "FILE")]
    pub(crate) warc: Option<PathBuf>,
    /// Keep answers in this folder, at most 4 GiB, and ask only whether they have changed; what nobody asks for in 30 days
    /// goes
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
    /// Send no cookies back
    #[arg(long)]
    pub(crate) no_cookies: bool,
    #[command(flatten)]
    pub(crate) rendering: RenderArgs,
}

impl NetArgs {
    /// Reaches a fixture server, as fast as it goes.
    pub(crate) fn loopback(server: SocketAddr) -> Result<Self> {
        Ok(Self {
            allow_net: vec![IpNet::from(server.ip())],
            resolve: vec![format!("*.test={server}").parse()?],
            rate: Rate::Off,
            contact: None,
            proxy: Vec::new(),
            proxy_policy: ProxyPolicy::default(),
            warc: None,
            cache: None,
            no_cookies: false,
            rendering: RenderArgs::default(),
        })
    }

    /// The flags to type again, in a command that fetches the same way; nothing where nothing was said.
    pub(crate) fn flags(&self) -> String {
        let mut flags = String::new();
        let mut flag = |name: &str, value: &dyn Display| {
            let _ = write!(flags, " --{name} {}", quoted(&value.to_string()));
        };
        self.allow_net.iter().for_each(|net| flag("allow-net", net));
        self.resolve.iter().for_each(|host| flag("resolve", host));
        if self.rate != Rate::default() {
            flag("rate", &self.rate);
        }
        self.contact.iter().for_each(|contact| flag("contact", contact));
        // A password is not told.
        let told = self.proxy.iter().filter(|proxy| !proxy.has_login());
        told.for_each(|proxy| flag("proxy", proxy));
        if self.proxy_policy != ProxyPolicy::default() {
            flag("proxy-policy", &self.proxy_policy);
        }
        self.warc.iter().for_each(|file| flag("warc", &file.display()));
        self.cache
            .iter()
            .for_each(|folder| flag("cache", &folder.display()));
        if self.no_cookies {
            flags.push_str(" --no-cookies");
        }
        self.rendering.flags(&mut flags);
        flags
    }

    /// The fetcher they ask for.
    pub(crate) fn fetcher(&self, app: &App) -> Result<Fetcher> {
        let config = self.rendering.in_time(self.config()?);
        let transport = self.transport(&config, app)?;
        Ok(self.stack(&config)?.build(transport))
    }

    /// The layers around it.
    fn stack<'a>(&self, config: &'a FetchConfig) -> Result<StandardStack<'a>> {
        let open = |folder: &PathBuf| DiskCache::open(folder, DiskCache::BYTES, &Clock::system());
        let disk = self.cache.as_ref().map(open).transpose()?;
        Ok(StandardStack::new(config).disk_cache(disk))
    }

    /// What sends the requests: straight or through proxies, and writes down what comes.
    fn transport(&self, config: &FetchConfig, app: &App) -> Result<Fetcher> {
        let mut transport = if self.proxy.is_empty() {
            Fetcher::new(HttpTransport::new(config)?)
        } else {
            Fetcher::new(ProxyTransport::new(config, &self.proxy, self.proxy_policy)?)
        };
        if let Some(file) = &self.warc {
            let agent = config.user_agent.to_string();
            transport = transport.layer(&WarcLayer::append(file, &agent, &Clock::system())?);
        }
        self.rendering
            .around(transport, config, &self.proxy, self.proxy_policy, app)
    }

    /// What a crawl fetches with.
    pub(crate) fn crawl_fetcher(
        &self,
        concurrency: usize,
        state: Option<State>,
        app: &App,
    ) -> Result<CrawlFetcher> {
        let config = self.rendering.in_time(self.config()?.for_crawl(concurrency));
        let transport = self.transport(&config, app)?;
        Ok(CrawlFetcher::stacked(
            self.stack(&config)?.state(state),
            transport,
        ))
    }

    fn config(&self) -> Result<FetchConfig> {
        let mut config = FetchConfig::default();
        for network in &self.allow_net {
            config.guard = config.guard.allow(*network);
        }
        config.resolve.clone_from(&self.resolve);
        config.pace.rate = self.rate;
        config.cookies = !self.no_cookies;
        if let Some(contact) = &self.contact {
            config.user_agent = UserAgent::new("lead", env!("CARGO_PKG_VERSION"), Some(contact))?;
        }
        Ok(config)
    }
}

/// A word as a shell takes it.
pub(crate) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,@+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_told_as_they_were_given() {
        assert_eq!(
            NetArgs::loopback("127.0.0.1:8080".parse().unwrap())
                .unwrap()
                .flags(),
            " --allow-net 127.0.0.1/32 --resolve '*.test=127.0.0.1:8080' --rate off"
        );
        let plain = NetArgs {
            allow_net: Vec::new(),
            resolve: Vec::new(),
            rate: Rate::default(),
            contact: None,
            proxy: Vec::new(),
            proxy_policy: ProxyPolicy::default(),
            warc: None,
            cache: None,
            no_cookies: false,
            rendering: RenderArgs::default(),
        };
        assert_eq!(plain.flags(), "");
    }

    #[test]
    fn a_quoted_word_is_one_word() {
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
