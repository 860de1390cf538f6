//! Which addresses may be connected to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use serde::{Deserialize, Serialize};

const fn v4(a: u8, b: u8, c: u8, d: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix)
}

const fn v6(a: u16, b: u16, prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, 0, 0, 0, 0, 0, 0), prefix)
}

/// IPv4 blocks no public server stands in: the IANA IPv4 Special-Purpose Address Registry (RFC 6890), multicast (RFC 5771)
/// and the reserved space (RFC 1112 §4).
const REFUSED_V4: &[(Ipv4Net, &str)] = &[
    (v4(0, 0, 0, 0, 8), "this network"),
    (v4(10, 0, 0, 0, 8), "private"),
    (v4(100, 64, 0, 0, 10), "shared by a carrier's customers"),
    (v4(127, 0, 0, 0, 8), "loopback"),
    (v4(169, 254, 0, 0, 16), "link-local"), // with 169.254.169.254, the metadata service of most clouds
    (v4(172, 16, 0, 0, 12), "private"),
    (v4(192, 0, 0, 0, 24), "protocol assignments"),
    (v4(192, 0, 2, 0, 24), "documentation"),
    (v4(192, 88, 99, 0, 24), "6to4 relays"),
    (v4(192, 168, 0, 0, 16), "private"),
    (v4(198, 18, 0, 0, 15), "benchmarks"),
    (v4(198, 51, 100, 0, 24), "documentation"),
    (v4(203, 0, 113, 0, 24), "documentation"),
    (v4(224, 0, 0, 0, 4), "multicast"),
    (v4(240, 0, 0, 0, 4), "reserved"),
];

/// IPv6 blocks of the global unicast space no public server stands in (IANA IPv6 Special-Purpose Address Registry).
const REFUSED_V6: &[(Ipv6Net, &str)] = &[
    (v6(0x2001, 0, 23), "protocol assignments, Teredo"), // RFC 2928, RFC 4380
    (v6(0x2001, 0xdb8, 32), "documentation"),            // RFC 3849
    (v6(0x3fff, 0, 20), "documentation"),                // RFC 9637
];

/// The only IPv6 space IANA hands out to public servers (RFC 4291 §2.4); what is outside is refused, with a better name
/// where there is one.
const GLOBAL_UNICAST: Ipv6Net = v6(0x2000, 0, 3);

const NAMED_V6: &[(Ipv6Net, &str)] = &[
    (v6(0xfc00, 0, 7), "unique local"),
    (v6(0xfe80, 0, 10), "link-local"),
    (v6(0xff00, 0, 8), "multicast"),
];

/// NAT64's well-known prefix (RFC 6052): the last 32 bits are the IPv4 address meant.
const NAT64: Ipv6Net = v6(0x64, 0xff9b, 96);

/// 6to4 (RFC 3056): bits 16 to 48 are the IPv4 address meant.
const SIX_TO_FOUR: Ipv6Net = v6(0x2002, 0, 16);

/// Refuses every address that is not publicly reachable, unless a network allowed by name holds it.
///
/// ```
/// # use lead_core::fetch::AddressPolicy;
/// let policy = AddressPolicy::default();
/// assert_eq!(policy.refusal("127.0.0.1".parse().unwrap()), Some("loopback"));
/// let policy = policy.allow("127.0.0.0/8".parse().unwrap());
/// assert_eq!(policy.refusal("127.0.0.1".parse().unwrap()), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct AddressPolicy {
    /// Networks that may be connected to although they are not public, such as `127.0.0.0/8`.
    pub allow: Vec<IpNet>,
}

impl AddressPolicy {
    /// Lets addresses of `network` pass.
    pub fn allow(mut self, network: IpNet) -> Self {
        self.allow.push(network);
        self
    }

    /// Why `address` must not be connected to, or `None`.
    pub fn refusal(&self, address: IpAddr) -> Option<&'static str> {
        let meant = meant(address);
        let allowed = |address: IpAddr| self.allow.iter().any(|network| network.contains(&address));
        if allowed(address) || allowed(meant) {
            return None;
        }
        match meant {
            IpAddr::V4(address) => named(REFUSED_V4, |network| network.contains(&address)),
            IpAddr::V6(address) if GLOBAL_UNICAST.contains(&address) => {
                named(REFUSED_V6, |network| network.contains(&address))
            }
            IpAddr::V6(address) if address.is_loopback() => Some("loopback"),
            IpAddr::V6(address) => Some(
                named(NAMED_V6, |network| network.contains(&address))
                    .unwrap_or("outside of the public address space"),
            ),
        }
    }
}

fn named<N>(table: &[(N, &'static str)], holds: impl Fn(&N) -> bool) -> Option<&'static str> {
    table
        .iter()
        .find(|(network, _)| holds(network))
        .map(|(_, name)| *name)
}

/// The IPv4 address an IPv6 address stands for: mapped, compatible (RFC 4291 §2.5.5), NAT64 or 6to4; else itself.
fn meant(address: IpAddr) -> IpAddr {
    let IpAddr::V6(six) = address else { return address };
    let bits = six.to_bits();
    let low = |bits: u128| {
        IpAddr::V4(Ipv4Addr::from_bits(
            u32::try_from(bits & 0xffff_ffff).unwrap_or_default(),
        ))
    };
    let compatible = bits >> 32 == 0 && bits > 1;
    if compatible || bits >> 32 == 0xffff || NAT64.contains(&six) {
        low(bits)
    } else if SIX_TO_FOUR.contains(&six) {
        low(bits >> 80)
    } else {
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(address: &str) -> Option<&'static str> {
        AddressPolicy::default().refusal(address.parse().unwrap())
    }

    #[test]
    fn public_addresses_pass() {
        for address in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "172.32.0.1",
            "192.0.1.1",
            "223.255.255.255",
        ] {
            assert_eq!(refusal(address), None, "{address}");
        }
        for address in [
            "2606:4700::1111",
            "2a00:1450::1",
            "64:ff9b::8.8.8.8",
            "::ffff:8.8.8.8",
            "2002:808:808::1",
        ] {
            assert_eq!(refusal(address), None, "{address}");
        }
    }

    #[test]
    fn others_do_not() {
        let addresses = [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::2",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:0:53aa:64c::1",
            "2001:db8::1",
            "2002:a00:1::1",
            "2002:7f00:1::",
            "3fff::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "5f00::1",
        ];
        for address in addresses {
            assert!(refusal(address).is_some(), "{address}");
        }
        assert_eq!(refusal("fe80::1"), Some("link-local"));
        assert_eq!(refusal("fd00:ec2::254"), Some("unique local"));
        assert_eq!(refusal("::ffff:169.254.169.254"), Some("link-local"));
    }

    #[test]
    fn what_is_allowed_by_name_passes_in_every_dress() {
        let policy = AddressPolicy::default().allow("127.0.0.0/8".parse().unwrap());
        for address in ["127.0.0.1", "::ffff:127.0.0.1"] {
            assert_eq!(policy.refusal(address.parse().unwrap()), None, "{address}");
        }
        for address in ["::1", "10.0.0.1"] {
            assert!(policy.refusal(address.parse().unwrap()).is_some(), "{address}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_dress_of_an_address_is_judged_alike(bits: u32) {
            let four = Ipv4Addr::from_bits(bits);
            let policy = AddressPolicy::default();
            let plain = policy.refusal(four.into());
            proptest::prop_assert_eq!(plain, policy.refusal(four.to_ipv6_mapped().into()));
            let nat64 = Ipv6Addr::from_bits((0x64_ff9b << 96) | u128::from(bits));
            proptest::prop_assert_eq!(plain, policy.refusal(nat64.into()));
            let six_to_four = Ipv6Addr::from_bits((0x2002 << 112) | (u128::from(bits) << 80) | 1);
            proptest::prop_assert_eq!(plain, policy.refusal(six_to_four.into()));
        }
    }
}
