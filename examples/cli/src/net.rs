//! How a command that fetches may fetch.

use std::net::SocketAddr;

use clap::Args;
use ipnet::IpNet;
use lead_core::Result;
use lead_core::fetch::{FetchConfig, HostOverride, UserAgent};
use lead_core::limit::Rate;
use lead_core::seam::Fetcher;

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
}

impl NetArgs {
    /// Reaches a fixture server, as fast as it goes.
    pub(crate) fn loopback(server: SocketAddr) -> Result<Self> {
        Ok(Self {
            allow_net: vec![IpNet::from(server.ip())],
            resolve: vec![format!("*.test={server}").parse()?],
            rate: Rate::Off,
            contact: None,
        })
    }

    /// The fetcher they ask for.
    pub(crate) fn fetcher(&self) -> Result<Fetcher> {
        Fetcher::http(&self.config()?)
    }

    fn config(&self) -> Result<FetchConfig> {
        let mut config = FetchConfig::default();
        for network in &self.allow_net {
            config.guard = config.guard.allow(*network);
        }
        config.resolve.clone_from(&self.resolve);
        config.pace.rate = self.rate;
        if let Some(contact) = &self.contact {
            config.user_agent = UserAgent::new("lead", env!("CARGO_PKG_VERSION"), Some(contact))?;
        }
        Ok(config)
    }
}
