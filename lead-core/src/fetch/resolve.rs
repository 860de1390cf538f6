//! From names to addresses, past the guard.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use std::{fmt, io};

use moka::future::Cache;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use serde::{Deserialize, Serialize};

use super::AddressPolicy;
use super::guard::Refusal;
use crate::telemetry::DNS_LOOKUPS;
use crate::{Error, Result};

/// How many names are remembered, and how long: a crawl opens many connections to one host. The system tells no time to
/// live; a minute is less than names are given in practice, and short enough that a server that moves is found again.
const KNOWN_NAMES: u64 = 10_000;
const KNOWN_FOR: Duration = Duration::from_mins(1);

/// A host whose address is given, not asked for: `bakery.test=127.0.0.1`, `*.test=127.0.0.1:8080`, `*=[::1]:80`.
///
/// A port is used where the URL names none. The guard judges the address like any other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct HostOverride {
    /// Lower case; `*` alone, `*.` and a suffix, or a whole name.
    pattern: String,
    address: SocketAddr,
}

impl HostOverride {
    fn matches(&self, host: &str) -> bool {
        host_matches(&self.pattern, host)
    }
}

/// Whether a host is one of a pattern's: `*` alone, `*.` and a suffix, or a whole name, in lower case.
pub(crate) fn host_matches(pattern: &str, host: &str) -> bool {
    match pattern.strip_prefix('*') {
        // `*.test` is `.test` here: it matches what ends so, not `test` itself.
        Some(suffix) => host.len() > suffix.len() && host.ends_with(suffix),
        None => host == pattern,
    }
}

impl FromStr for HostOverride {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let refuse = |why: &str| Error::invalid("resolve", why).with("expected", "HOST=ADDRESS");
        let (host, address) = text.split_once('=').ok_or_else(|| refuse("there is no `=`"))?;
        let address = match address.parse::<IpAddr>() {
            Ok(ip) => SocketAddr::new(ip, 0),
            Err(_) => address
                .parse()
                .map_err(|_| refuse("not an IP address, with or without a port"))?,
        };
        let host = host.trim();
        let host = if host.starts_with('*') {
            host
        } else {
            host.trim_end_matches('.')
        };
        let pattern = host.to_ascii_lowercase();
        let rest = pattern.strip_prefix('*').unwrap_or(&pattern);
        let good = if pattern.starts_with('*') {
            rest.is_empty() || rest.starts_with('.')
        } else {
            !rest.is_empty()
        };
        if good && !rest.contains('*') && rest != "." {
            Ok(Self { pattern, address })
        } else {
            Err(refuse("the host is a name, `*.suffix` or `*`"))
        }
    }
}

impl fmt::Display for HostOverride {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.address.port() {
            0 => write!(f, "{}={}", self.pattern, self.address.ip()),
            _ => write!(f, "{}={}", self.pattern, self.address),
        }
    }
}

impl TryFrom<String> for HostOverride {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<HostOverride> for String {
    fn from(value: HostOverride) -> Self {
        value.to_string()
    }
}

/// Resolves by overrides, then by the system, and lets only addresses pass that the policy agrees to.
///
/// What the system says is remembered for a minute and asked once however many connections wait for it. Failures are not
/// remembered. The policy judges what comes from memory as it judges what is new.
#[derive(Clone, Debug)]
pub(crate) struct GuardedResolver {
    policy: Arc<AddressPolicy>,
    overrides: Arc<[HostOverride]>,
    known: Cache<String, Arc<[SocketAddr]>>,
}

impl GuardedResolver {
    pub(crate) fn new(policy: Arc<AddressPolicy>, overrides: &[HostOverride]) -> Self {
        Self {
            policy,
            overrides: overrides.into(),
            known: names(),
        }
    }

    /// What the system says of a name, now or within the last minute.
    async fn look_up(&self, host: &str) -> Result<Arc<[SocketAddr]>, Arc<io::Error>> {
        let ask = async {
            DNS_LOOKUPS.add(1, &[]);
            tokio::net::lookup_host((host, 0)).await.map(Iterator::collect)
        };
        self.known.try_get_with_by_ref(host, ask).await
    }

    /// The addresses of `found` that may be connected to; a refusal when there are some, but none of these.
    fn filter(
        &self,
        host: &str,
        found: impl IntoIterator<Item = SocketAddr>,
    ) -> Result<Vec<SocketAddr>, Refusal> {
        let mut refused = None;
        let mut passed = Vec::new();
        for address in found {
            match self.policy.refusal(address.ip()) {
                Some(reason) => refused = Some(Refusal::address(host, address.ip(), reason)),
                None => passed.push(address),
            }
        }
        match refused {
            Some(refusal) if passed.is_empty() => Err(refusal),
            _ => Ok(passed),
        }
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let this = self.clone();
        Box::pin(async move {
            let name = name.as_str().to_ascii_lowercase();
            let host = name.trim_end_matches('.');
            let known = this.overrides.iter().find(|known| known.matches(host));
            let passed = match known {
                Some(known) => this.filter(host, [known.address])?,
                None => this.filter(host, this.look_up(&name).await?.iter().copied())?,
            };
            Ok(Box::new(passed.into_iter()) as Addrs)
        })
    }
}

#[cfg(feature = "browser")]
impl GuardedResolver {
    /// Where the host of `url` may be connected to: an address it names itself, or those of its name. A port that comes with
    /// a given address is used where the URL names none.
    pub(crate) async fn addresses(&self, url: &crate::record::SafeUrl) -> Result<Vec<SocketAddr>> {
        use url::Host;

        let port = url.as_url().port_or_known_default().unwrap_or_default();
        let literal = |address: std::net::IpAddr| Ok(vec![SocketAddr::new(address, port)]);
        let name = match url.as_url().host() {
            Some(Host::Ipv4(four)) => return literal(four.into()), // judged with the URL
            Some(Host::Ipv6(six)) => return literal(six.into()),
            Some(Host::Domain(name)) => name,
            None => "",
        };
        let unknown = |cause: Box<dyn std::error::Error + Send + Sync>| match cause.downcast::<Refusal>() {
            Ok(refusal) => Error::from(*refusal),
            Err(cause) => {
                Error::new(crate::ErrorKind::Network, "fetch", "the name leads nowhere").because(cause)
            }
        };
        let asked = name.parse::<Name>().map_err(|cause| unknown(cause.into()))?;
        let found = self.resolve(asked).await.map_err(unknown)?;
        let own_port = url.as_url().port().is_some();
        let with_port = |mut address: SocketAddr| {
            if own_port || address.port() == 0 {
                address.set_port(port);
            }
            address
        };
        Ok(found.map(with_port).collect())
    }
}

/// A memory of names.
fn names<V: Clone + Send + Sync + 'static>() -> Cache<String, V> {
    Cache::builder()
        .max_capacity(KNOWN_NAMES)
        .time_to_live(KNOWN_FOR)
        .build()
}

/// Judges names that somebody else will look up: a proxy.
#[derive(Clone, Debug)]
pub(super) struct NameCheck {
    resolver: GuardedResolver,
    judged: Cache<String, Option<Refusal>>,
}

impl NameCheck {
    pub(super) fn new(resolver: GuardedResolver) -> Self {
        Self {
            resolver,
            judged: names(),
        }
    }

    /// Refuses a name that leads, as far as we can tell, where nobody may go. What we cannot look up is no refusal.
    pub(super) async fn check(&self, host: &str) -> Result<()> {
        let judged = self
            .judged
            .entry_by_ref(host)
            .or_insert_with(self.judge(host))
            .await;
        judged.into_value().map_or(Ok(()), |refusal| Err(refusal.into()))
    }

    async fn judge(&self, host: &str) -> Option<Refusal> {
        let refused = self.resolver.resolve(host.parse().ok()?).await.err()?;
        refused.downcast::<Refusal>().ok().map(|refusal| *refusal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_read_write_and_match() {
        let suffix: HostOverride = "*.Test=127.0.0.1:8080".parse().unwrap();
        assert_eq!(suffix.to_string(), "*.test=127.0.0.1:8080");
        assert!(suffix.matches("bakery.test") && suffix.matches("a.b.test"));
        assert!(!suffix.matches("test") && !suffix.matches("bakerytest") && !suffix.matches(".test"));
        assert!("*=[::1]:80".parse::<HostOverride>().unwrap().matches("anything"));
        assert_eq!(
            "a.test=::1".parse::<HostOverride>().unwrap().to_string(),
            "a.test=::1"
        );
        for bad in [
            "",
            "a.test",
            "a.test=",
            "=127.0.0.1",
            "a.test=b.test",
            "a*.test=127.0.0.1",
            "*test=127.0.0.1",
            "*.=1.1.1.1",
        ] {
            assert!(bad.parse::<HostOverride>().is_err(), "{bad}");
        }
    }

    #[tokio::test]
    async fn an_override_does_not_get_past_the_guard() {
        let overrides = [
            "inside.test=10.0.0.1".parse().unwrap(),
            "outside.test=1.1.1.1".parse().unwrap(),
        ];
        let resolver = GuardedResolver::new(Arc::default(), &overrides);
        let refused = resolver
            .resolve("inside.test".parse().unwrap())
            .await
            .err()
            .unwrap();
        assert!(refused.downcast_ref::<Refusal>().is_some());
        let passed: Vec<_> = resolver
            .resolve("Outside.test.".parse().unwrap())
            .await
            .unwrap()
            .collect();
        assert_eq!(passed, ["1.1.1.1:0".parse().unwrap()]);
    }

    #[tokio::test]
    async fn what_is_remembered_is_judged_again() {
        let resolver = GuardedResolver::new(Arc::default(), &[]);
        let (name, inside) = ("rebound.test", ["192.168.0.1:0".parse().unwrap()]);
        resolver.known.insert(name.to_owned(), inside.into()).await;
        let refused = resolver
            .resolve("Rebound.test".parse().unwrap())
            .await
            .err()
            .unwrap();
        assert!(refused.downcast_ref::<Refusal>().is_some());
    }

    #[tokio::test]
    async fn a_name_is_looked_up_once_a_minute() {
        let policy = AddressPolicy::default()
            .allow("127.0.0.0/8".parse().unwrap())
            .allow("::1/128".parse().unwrap());
        let resolver = GuardedResolver::new(Arc::new(policy), &[]);
        for _ in 0..2 {
            let found = resolver.resolve("localhost".parse().unwrap()).await.unwrap();
            assert!(found.count() > 0);
        }
        resolver.known.run_pending_tasks().await;
        assert_eq!(resolver.known.entry_count(), 1);
        assert!(
            resolver
                .resolve("nowhere.invalid".parse().unwrap())
                .await
                .is_err()
        );
        resolver.known.run_pending_tasks().await;
        assert_eq!(resolver.known.entry_count(), 1, "a failure is not remembered");
    }

    #[test]
    fn public_addresses_remain_when_others_are_refused() {
        let resolver = GuardedResolver::new(Arc::default(), &[]);
        let mixed = ["127.0.0.1:0".parse().unwrap(), "1.1.1.1:0".parse().unwrap()];
        assert_eq!(resolver.filter("mixed.test", mixed).unwrap().len(), 1);
        assert!(resolver.filter("none.test", []).unwrap().is_empty());
    }
}
