//! Whose request it is.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use http::{HeaderMap, HeaderName};
use ipnet::{IpNet, Ipv4Net};
use serde::{Deserialize, Serialize};

use super::forwarded::hops;
use crate::{Error, Result};

/// Hops that are followed; a chain of trusted proxies that is longer goes in a circle.
pub(super) const MOST_HOPS: usize = 32;

/// The field in which proxies note who asked them. They set one; the other comes from the client as it likes, so it is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForwardedBy {
    /// `Forwarded` (RFC 7239).
    Forwarded,
    /// `X-Forwarded-For`.
    XForwardedFor,
}

impl ForwardedBy {
    /// The field's name.
    pub const fn name(self) -> HeaderName {
        match self {
            Self::Forwarded => http::header::FORWARDED,
            Self::XForwardedFor => HeaderName::from_static("x-forwarded-for"),
        }
    }
}

/// Proxies whose word about the client is taken: networks, and the field they write.
///
/// Each proxy adds at the right whom it was asked by. So the list is read from there, for as long as whoever asked is a proxy
/// that is trusted; the first that is not is the client, and what stands left of it is its own invention. A hop that cannot be read
/// or hides its address ends the search, too: then it is the last proxy that is known, and all behind it share its limit.
///
/// ```
/// use lead_core::limit::http::{ForwardedBy, TrustedProxies};
///
/// let proxies = TrustedProxies::new(ForwardedBy::XForwardedFor, ["10.0.0.0/8"])?;
/// let mut headers = http::HeaderMap::new();
/// headers.insert("x-forwarded-for", "1.2.3.4, 198.51.100.7, 10.0.0.2".parse().unwrap());
/// assert_eq!(proxies.client("10.0.0.1".parse().unwrap(), &headers).to_string(), "198.51.100.7");
/// // Who is no proxy of ours is believed nothing.
/// assert_eq!(proxies.client("203.0.113.9".parse().unwrap(), &headers).to_string(), "203.0.113.9");
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct TrustedProxies {
    field: ForwardedBy,
    networks: Vec<IpNet>,
}

/// As it stands in a file: `field = "forwarded"`, `networks = ["10.0.0.0/8"]`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    field: ForwardedBy,
    networks: Vec<String>,
}

impl TrustedProxies {
    /// Proxies in these networks (`10.0.0.0/8`, `2001:db8::/32`) or at these addresses, which write `field`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) for what is no network, and for one that holds every address:
    /// then each client could choose its own.
    pub fn new<'a>(field: ForwardedBy, networks: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        let networks = networks.into_iter().map(network).collect::<Result<_>>()?;
        Ok(Self { field, networks })
    }

    /// Nobody is trusted: the client is who is connected.
    pub const fn none() -> Self {
        Self {
            field: ForwardedBy::Forwarded,
            networks: Vec::new(),
        }
    }

    /// The client of a request with these headers that came from `peer`. An address of IPv4 in clothes of IPv6 is shown without.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        if !self.trusts(client) {
            return client;
        }
        for hop in hops(self.field, headers).take(MOST_HOPS) {
            let Some(hop) = hop else { break };
            client = hop;
            if !self.trusts(client) {
                break;
            }
        }
        client
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| network.contains(&address))
    }
}

impl TryFrom<Written> for TrustedProxies {
    type Error = Error;
    fn try_from(written: Written) -> Result<Self> {
        Self::new(written.field, written.networks.iter().map(String::as_str))
    }
}

impl From<TrustedProxies> for Written {
    fn from(proxies: TrustedProxies) -> Self {
        Self {
            field: proxies.field,
            networks: proxies.networks.iter().map(IpNet::to_string).collect(),
        }
    }
}

fn network(text: &str) -> Result<IpNet> {
    let text = text.trim();
    let read = text.parse::<IpNet>().ok();
    let read = read.or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
    let fault = |message: &str| Error::invalid("limit.proxies", message).with("network", text);
    let read = read.ok_or_else(|| fault("a network such as 10.0.0.0/8 or 2001:db8::/32, or an address"))?;
    let plain = plain(read.trunc());
    if plain.prefix_len() == 0 {
        return Err(fault(
            "a network of every address lets each client choose its own",
        ));
    }
    Ok(plain)
}

/// A network of IPv4 in clothes of IPv6 (`::ffff:10.0.0.0/104`) without them.
fn plain(network: IpNet) -> IpNet {
    let IpNet::V6(six) = network else { return network };
    let four: Option<Ipv4Addr> = six.addr().to_ipv4_mapped();
    let four = four.zip(six.prefix_len().checked_sub(96));
    let four = four.and_then(|(address, prefix)| Ipv4Net::new(address, prefix).ok());
    four.map_or(network, IpNet::V4)
}

/// What a client is counted by: its address, or the /64 of an address of IPv6, as whoever has one of these has all of it
/// (RFC 4291, 2.5.1; RFC 6177).
///
/// ```
/// use lead_core::limit::http::address_key;
/// assert_eq!(address_key("2001:db8:1:2:aaaa::1".parse().unwrap()), "2001:db8:1:2::/64");
/// assert_eq!(address_key("::ffff:192.0.2.7".parse().unwrap()), "192.0.2.7");
/// ```
pub fn address_key(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let network = Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX));
            format!("{network}/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn what_is_no_network_is_refused() {
        for text in [
            "",
            "10.0.0.0/33",
            "10.0.0",
            "proxy.example",
            "0.0.0.0/0",
            "::/0",
            "::ffff:0:0/96",
        ] {
            let made = TrustedProxies::new(ForwardedBy::Forwarded, [text]);
            assert_eq!(made.unwrap_err().kind(), ErrorKind::InvalidInput, "{text}");
        }
    }

    #[test]
    fn settings_are_readable_text() {
        let proxies = TrustedProxies::new(
            ForwardedBy::XForwardedFor,
            ["10.1.2.3/8", "::1", "::ffff:10.0.0.0/104"],
        )
        .unwrap();
        let text = "{\"field\":\"x-forwarded-for\",\"networks\":[\"10.0.0.0/8\",\"::1/128\",\"10.0.0.0/8\"]}";
        assert_eq!(serde_json::to_string(&proxies).unwrap(), text);
        assert_eq!(serde_json::from_str::<TrustedProxies>(text).unwrap(), proxies);
    }
}
