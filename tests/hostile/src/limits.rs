//! Who asks how often.

use std::net::{IpAddr, Ipv4Addr};

use http::{HeaderMap, HeaderValue};
use lead_core::limit::http::{ForwardedBy, TrustedProxies, address_key};
use lead_core::limit::plans::{Plan, Plans, Usage};

/// Any bytes as what a client says of its way here, and as a plan: the address found counts as itself, and a plan that was read
/// is read again from what it is written as.
pub fn limits(data: &[u8]) {
    ways(data);
    let text = String::from_utf8_lossy(data);
    let _ = Plans::from_toml(&text);
    if let Ok(plan) = Plan::from_toml(&text) {
        let json = serde_json::to_string(&plan).unwrap_or_default();
        let again: Result<Plan, _> = serde_json::from_str(&json);
        assert!(again.is_ok_and(|again| again == plan), "{json} is another plan");
        for policy in plan.policies(
            &Usage::new()
                .user(&text)
                .endpoint("GET /")
                .address(Ipv4Addr::LOCALHOST.into()),
        ) {
            assert!(policy.cost <= policy.burst, "{policy:?} lets nothing through");
        }
    }
}

fn ways(data: &[u8]) {
    let peer = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
    for field in [ForwardedBy::Forwarded, ForwardedBy::XForwardedFor] {
        let Ok(proxies) = TrustedProxies::new(field, ["10.0.0.0/8", "2001:db8::/32"]) else {
            continue;
        };
        let mut headers = HeaderMap::new();
        for line in data.split(|byte| *byte == b'\n') {
            if let Ok(value) = HeaderValue::from_bytes(line) {
                headers.append(field.name(), value);
            }
        }
        let client = proxies.client(peer, &headers);
        assert_eq!(client, client.to_canonical());
        assert!(!address_key(client).is_empty());
        assert_eq!(TrustedProxies::none().client(peer, &headers), peer);
    }
}
