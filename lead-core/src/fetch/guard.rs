//! Keeps requests away from where they must not go.
//!
//! Two halves. [`GuardLayer`] looks at each URL: address literals (which the URL parser has brought into one form, so that
//! `0x7f.1` and `2130706433` are `127.0.0.1`), names of metadata services, ports of other protocols. The transport's
//! resolver looks at each address a name resolves to, at the moment of connecting, which leaves no gap for a name that
//! changes its address in between (DNS rebinding).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use url::Host;

use super::AddressPolicy;
use crate::record::SafeUrl;
use crate::seam::{Fetch, Fetcher, Layer, Request, Response};
use crate::telemetry::GUARD_REFUSALS;
use crate::{Error, ErrorKind, Result};

/// Ports of other protocols, which browsers refuse too (WHATWG Fetch, "bad port").
const BAD_PORTS: &[u16] = &[
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103,
    104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514,
    515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723,
    2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
];

/// Names by which clouds serve credentials to their machines.
const METADATA_NAMES: &[&str] = &[
    "metadata.google.internal",
    "metadata.goog",
    "instance-data",
    "instance-data.ec2.internal",
    "metadata.azure.internal",
    "metadata.tencentyun.com",
    "metadata.packet.net",
    "metadata.platformequinix.com",
];

/// Where those names lead: allowing this address allows the names.
const METADATA_ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::new(169, 254, 169, 254));

/// A refusal, as the resolver hands it through the HTTP client.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{reason}")]
pub(super) struct Refusal {
    pub(super) host: String,
    pub(super) reason: String,
}

impl Refusal {
    fn new(host: &str, reason: impl Into<String>) -> Self {
        Self {
            host: host.to_owned(),
            reason: reason.into(),
        }
    }

    /// An address that stands for `host` is refused for `reason`.
    pub(super) fn address(host: &str, address: IpAddr, reason: &str) -> Self {
        Self::new(
            host,
            format!("the address {address} must not be connected to: {reason}"),
        )
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        GUARD_REFUSALS.add(1, &[]);
        Error::new(ErrorKind::GuardRefused, "guard", refusal.reason).with("host", refusal.host)
    }
}

/// Refuses URLs by what they say; each hop of a redirect passes it again.
#[derive(Clone, Debug, Default)]
pub struct GuardLayer {
    policy: Arc<AddressPolicy>,
}

impl GuardLayer {
    /// A guard that goes by `policy`.
    pub fn new(policy: AddressPolicy) -> Self {
        Self {
            policy: Arc::new(policy),
        }
    }

    /// Whether `url` may be asked, as far as the URL tells.
    ///
    /// # Errors
    /// [`ErrorKind::GuardRefused`] with the reason.
    pub fn check(&self, url: &SafeUrl) -> Result<()> {
        match refusal(&self.policy, url) {
            Some(refusal) => Err(refusal.into()),
            None => Ok(()),
        }
    }
}

fn refusal(policy: &AddressPolicy, url: &SafeUrl) -> Option<Refusal> {
    let port = url.as_url().port_or_known_default().unwrap_or_default();
    if BAD_PORTS.binary_search(&port).is_ok() {
        return Some(Refusal::new(
            url.host(),
            format!("port {port} belongs to another protocol"),
        ));
    }
    let address = |address: IpAddr| {
        policy
            .refusal(address)
            .map(|reason| Refusal::address(url.host(), address, reason))
    };
    match url.as_url().host()? {
        Host::Ipv4(four) => address(four.into()),
        Host::Ipv6(six) => address(six.into()),
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            if METADATA_NAMES.contains(&name) {
                let refused = policy.refusal(METADATA_ADDRESS);
                return refused.map(|_| Refusal::new(name, "a cloud's metadata service"));
            }
            // RFC 6761 §6.3: these names are loopback, whatever a resolver says.
            if name == "localhost" || name.ends_with(".localhost") {
                let four = address(Ipv4Addr::LOCALHOST.into());
                return four.and_then(|refusal| address(Ipv6Addr::LOCALHOST.into()).and(Some(refusal)));
            }
            None
        }
    }
}

impl Layer for GuardLayer {
    fn fetcher(&self, inner: Fetcher) -> Fetcher {
        Fetcher::new(Guarded {
            layer: self.clone(),
            inner,
        })
    }
}

#[derive(Debug)]
struct Guarded {
    layer: GuardLayer,
    inner: Fetcher,
}

impl Fetch for Guarded {
    async fn fetch(&self, request: Request) -> Result<Response> {
        self.layer.check(&request.url)?;
        self.inner.fetch(request).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(guard: &GuardLayer, url: &str) -> Result<()> {
        guard.check(&SafeUrl::parse(url).unwrap())
    }

    #[test]
    fn the_ports_are_sorted() {
        assert!(BAD_PORTS.is_sorted());
    }

    #[test]
    fn odd_forms_of_addresses_are_seen_through() {
        let guard = GuardLayer::default();
        for url in [
            "http://127.0.0.1/",
            "http://0x7f.1/",
            "http://2130706433/",
            "http://017700000001/",
            "http://127.1:8080/",
            "http://①②⑦.0.0.1/",
            "http://[::1]/",
            "http://[::ffff:7f00:1]/",
            "http://[::ffff:169.254.169.254]/latest/meta-data/",
            "http://169.254.169.254/latest/meta-data/",
            "http://localhost/",
            "http://LOCALHOST./",
            "http://a.localhost/",
            "http://metadata.google.internal./computeMetadata/v1/",
            "http://0/",
            "http://bakery.test:25/",
            "http://bakery.test:6667/",
            "https://bakery.test:22/",
        ] {
            assert_eq!(
                check(&guard, url).unwrap_err().kind(),
                ErrorKind::GuardRefused,
                "{url}"
            );
        }
        for url in [
            "http://bakery.test/",
            "https://bakery.test:8443/",
            "http://localhost.bakery.test/",
            "http://1.1.1.1/",
        ] {
            check(&guard, url).unwrap();
        }
    }

    #[test]
    fn loopback_can_be_allowed() {
        let guard = GuardLayer::new(AddressPolicy::default().allow("127.0.0.0/8".parse().unwrap()));
        for url in [
            "http://127.0.0.1:8080/",
            "http://localhost:8080/",
            "http://2130706433/",
        ] {
            check(&guard, url).unwrap();
        }
        for url in [
            "http://[::1]/",
            "http://169.254.169.254/",
            "http://metadata.google.internal/",
        ] {
            assert!(check(&guard, url).is_err(), "{url}");
        }
    }
}
