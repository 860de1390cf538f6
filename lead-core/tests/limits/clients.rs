//! Whose request it is, whatever stands in its headers.

use std::net::IpAddr;

use http::{HeaderMap, HeaderValue};
use lead_core::limit::http::{ForwardedBy, TrustedProxies, address_key};
use proptest::prelude::*;

const TRUSTED: [&str; 3] = ["10.0.0.0/8", "192.0.2.1", "2001:db8:ffff::/48"];

fn proxies(field: ForwardedBy) -> TrustedProxies {
    TrustedProxies::new(field, TRUSTED).unwrap()
}

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn headers(field: ForwardedBy, lines: &[&[u8]]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append(field.name(), HeaderValue::from_bytes(line).unwrap());
    }
    headers
}

fn client(field: ForwardedBy, peer: &str, lines: &[&str]) -> String {
    let lines: Vec<&[u8]> = lines.iter().map(|line| line.as_bytes()).collect();
    proxies(field)
        .client(address(peer), &headers(field, &lines))
        .to_string()
}

#[test]
fn the_first_that_is_no_proxy_of_ours_from_the_right_is_the_client() {
    use ForwardedBy::{Forwarded, XForwardedFor};
    for (field, peer, lines, found) in [
        (XForwardedFor, "203.0.113.9", &["1.2.3.4"][..], "203.0.113.9"),
        (XForwardedFor, "10.0.0.1", &[], "10.0.0.1"),
        (XForwardedFor, "10.0.0.1", &["198.51.100.7"], "198.51.100.7"),
        (
            XForwardedFor,
            "::ffff:10.0.0.1",
            &["198.51.100.7:4711"],
            "198.51.100.7",
        ),
        (
            XForwardedFor,
            "10.0.0.1",
            &["1.2.3.4, 198.51.100.7, 10.9.9.9,192.0.2.1"],
            "198.51.100.7",
        ),
        (
            XForwardedFor,
            "10.0.0.1",
            &["1.2.3.4", "198.51.100.7", "10.9.9.9"],
            "198.51.100.7",
        ),
        (XForwardedFor, "10.0.0.1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        (
            XForwardedFor,
            "2001:db8:ffff::1",
            &["2001:db8:1::7"],
            "2001:db8:1::7",
        ),
        (
            XForwardedFor,
            "10.0.0.1",
            &["198.51.100.7, nonsense, 10.0.0.2"],
            "10.0.0.2",
        ),
        (XForwardedFor, "10.0.0.1", &["198.51.100.7, unknown"], "10.0.0.1"),
        (Forwarded, "203.0.113.9", &["for=1.2.3.4"], "203.0.113.9"),
        (
            Forwarded,
            "10.0.0.1",
            &["for=1.2.3.4, for=198.51.100.7;proto=https, for=10.0.0.2;by=10.0.0.1"],
            "198.51.100.7",
        ),
        (
            Forwarded,
            "10.0.0.1",
            &["for=\"[2001:db8:1::7]:443\""],
            "2001:db8:1::7",
        ),
        (
            Forwarded,
            "10.0.0.1",
            &["for=198.51.100.7, for=_hidden"],
            "10.0.0.1",
        ),
        (
            Forwarded,
            "10.0.0.1",
            &["for=\"", "for=198.51.100.7"],
            "198.51.100.7",
        ),
        (Forwarded, "10.0.0.1", &["for=\", for=198.51.100.7"], "10.0.0.1"),
    ] {
        assert_eq!(client(field, peer, lines), found, "{peer} {lines:?}");
    }
}

#[test]
fn the_other_field_comes_from_the_client_and_is_not_read() {
    let forged = headers(ForwardedBy::Forwarded, &[b"for=1.2.3.4"]);
    let found = proxies(ForwardedBy::XForwardedFor).client(address("10.0.0.1"), &forged);
    assert_eq!(found, address("10.0.0.1"));
    let nobody = TrustedProxies::none().client(address("10.0.0.1"), &forged);
    assert_eq!(nobody, address("10.0.0.1"));
}

#[test]
fn a_chain_without_end_is_followed_for_a_while() {
    let chain = vec!["10.0.0.2"; 100_000].join(",");
    assert_eq!(
        client(ForwardedBy::XForwardedFor, "10.0.0.1", &[&chain]),
        "10.0.0.2"
    );
}

/// Bytes that may stand in a header.
fn line() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        proptest::sample::select(b"\",;=[]:.-_ \\for0129unkw".to_vec()),
        (0x20_u8..=0xff).prop_filter("a header's", |byte| *byte != 0x7f),
    ];
    proptest::collection::vec(byte, 0..80)
}

fn field() -> impl Strategy<Value = ForwardedBy> {
    prop_oneof![Just(ForwardedBy::Forwarded), Just(ForwardedBy::XForwardedFor)]
}

fn stranger() -> impl Strategy<Value = IpAddr> {
    prop_oneof![
        any::<u32>().prop_map(|bits| IpAddr::V4(bits.into())),
        any::<u128>().prop_map(|bits| IpAddr::V6(bits.into())),
    ]
    .prop_map(|address| address.to_canonical())
    .prop_filter("no proxy of ours", |address| {
        let trusted = TRUSTED.map(|network| {
            network
                .parse::<ipnet::IpNet>()
                .unwrap_or_else(|_| address_net(network))
        });
        !trusted.iter().any(|network| network.contains(address))
    })
}

fn address_net(text: &str) -> ipnet::IpNet {
    ipnet::IpNet::from(address(text))
}

/// One hop as a proxy writes it.
fn written(field: ForwardedBy, hop: IpAddr) -> String {
    match (field, hop) {
        (ForwardedBy::XForwardedFor, hop) => hop.to_string(),
        (ForwardedBy::Forwarded, IpAddr::V4(hop)) => format!("proto=http;for={hop}"),
        (ForwardedBy::Forwarded, IpAddr::V6(hop)) => format!("for=\"[{hop}]:8080\";proto=http"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    /// Whatever a client sends, behind proxies that note whom they were asked by it is known by its own address.
    #[test]
    fn a_client_cannot_choose_its_address(
        field in field(),
        forged in proptest::collection::vec(line(), 0..3),
        client in stranger(),
        proxies_between in proptest::collection::vec(0_u8..200, 0..4),
        apart in any::<bool>(),
    ) {
        let mut noted = vec![written(field, client)];
        noted.extend(proxies_between.iter().map(|last| written(field, address(&format!("10.1.1.{last}")))));
        let noted = noted.join(", ");
        let mut lines: Vec<Vec<u8>> = forged;
        // Proxies add a line, or add to the last one. A quote left open there swallows what they add: then only they are known.
        let last = lines.pop().filter(|_| !apart && field == ForwardedBy::XForwardedFor);
        match last {
            Some(mut last) => {
                last.extend_from_slice(b", ");
                last.extend_from_slice(noted.as_bytes());
                lines.push(last);
            }
            None => lines.push(noted.into_bytes()),
        }
        let lines: Vec<&[u8]> = lines.iter().map(Vec::as_slice).collect();
        let found = proxies(field).client(address("10.0.0.1"), &headers(field, &lines));
        prop_assert_eq!(found, client);
    }

    /// Where proxies add to a line of the client's, it is known by its own address or not at all.
    #[test]
    fn a_client_that_breaks_the_line_is_only_known_by_the_proxy(forged in line(), client in stranger()) {
        let field = ForwardedBy::Forwarded;
        let mut line = forged;
        line.extend_from_slice(format!(", {}", written(field, client)).as_bytes());
        let found = proxies(field).client(address("10.0.0.1"), &headers(field, &[&line]));
        prop_assert!(found == client || found == address("10.0.0.1"), "{} for {}", found, client);
    }

    /// Who is no proxy is believed nothing.
    #[test]
    fn a_stranger_is_itself(field in field(), forged in proptest::collection::vec(line(), 0..3), peer in stranger()) {
        let lines: Vec<&[u8]> = forged.iter().map(Vec::as_slice).collect();
        prop_assert_eq!(proxies(field).client(peer, &headers(field, &lines)), peer);
    }

    /// All addresses of a /64 are one client, and those of two are two.
    #[test]
    fn networks_of_version_six_are_one_client(one in any::<u128>(), other in any::<u64>(), flip in 0_u32..64) {
        let key = |bits: u128| address_key(IpAddr::V6(bits.into()));
        let native = (one >> 64) != 0;
        prop_assume!(native);
        let same = one & !u128::from(u64::MAX) | u128::from(other);
        prop_assert_eq!(key(one), key(same));
        let apart = one ^ (1 << (64 + flip));
        prop_assume!((apart >> 64) != 0);
        prop_assert_ne!(key(one), key(apart));
    }
}
