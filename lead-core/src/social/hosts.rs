//! From a host to its network: asked for every link of a page, so one hash a label answers it.

use super::networks::{NETWORKS, Network, OWN_HOSTS, has};

/// Slots of the table: some six times the hosts there are, so that most other hosts meet an empty one.
const SLOTS: usize = 1024;

/// FNV-1a's start and factor (Fowler, Noll, Vo).
const START: u32 = 0x811c_9dc5;
const FACTOR: u32 = 0x0100_0193;

/// For each slot the number of a network from 1; hosts are hashed from their end. Filled when the crate is built.
static TABLE: [u8; SLOTS] = table();

const fn mix(hash: u32, byte: u8) -> u32 {
    (hash ^ byte.to_ascii_lowercase() as u32).wrapping_mul(FACTOR)
}

const fn slot_of(hash: u32) -> usize {
    ((hash ^ (hash >> 15)) as usize) % SLOTS
}

#[allow(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "runs at compile time: an index out of range is a build error, as is a network beyond the 255th"
)]
const fn table() -> [u8; SLOTS] {
    assert!(NETWORKS.len() < 256);
    let mut table = [0; SLOTS];
    let mut network = 0;
    while network < NETWORKS.len() {
        let hosts = NETWORKS[network].hosts.as_bytes();
        let mut at = hosts.len();
        let mut hash = START;
        while at > 0 {
            at -= 1;
            if hosts[at] != b' ' {
                hash = mix(hash, hosts[at]);
            }
            if at == 0 || hosts[at] == b' ' {
                let mut slot = slot_of(hash);
                while table[slot] != 0 {
                    slot = (slot + 1) % SLOTS;
                }
                table[slot] = network as u8 + 1;
                hash = START;
            }
        }
        network += 1;
    }
    table
}

/// The host at the start of an address that may be one of a network: a cheap look before parsing.
pub(super) fn host_in(url: &str) -> Option<&str> {
    let rest = ["https://", "http://", "//"].iter().find_map(|scheme| {
        let start = url.get(..scheme.len())?;
        let rest = url.get(scheme.len()..)?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    });
    let rest = rest.unwrap_or(url);
    let end = rest
        .bytes()
        .position(|byte| matches!(byte, b'/' | b'?' | b'#' | b':'))
        .unwrap_or(rest.len());
    rest.get(..end)
}

/// The network of a host, and what stands before the network's own name: `de-de` of `de-de.facebook.com`. `None` for
/// `myfacebook.com`, and for the hosts of the network's own pages.
pub(super) fn network_of(host: &str) -> Option<(&'static Network, &str)> {
    let bytes = host.as_bytes();
    let mut hash = START;
    for (at, byte) in bytes.iter().enumerate().rev() {
        if *byte == b'.'
            && let Some(known) = find(hash, host.get(at + 1..)?)
        {
            let front = host.get(..at)?;
            return (!has(OWN_HOSTS, front)).then_some((known, front));
        }
        hash = mix(hash, *byte);
    }
    find(hash, host).map(|known| (known, ""))
}

fn find(hash: u32, host: &str) -> Option<&'static Network> {
    let mut slot = slot_of(hash);
    loop {
        let number = TABLE.get(slot).copied().unwrap_or(0);
        let network = NETWORKS.get(usize::from(number.checked_sub(1)?))?;
        if network
            .hosts
            .split_ascii_whitespace()
            .any(|known| known.eq_ignore_ascii_case(host))
        {
            return Some(network);
        }
        slot = (slot + 1) % SLOTS;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_host_finds_its_network() {
        for network in NETWORKS {
            for host in network.hosts.split_ascii_whitespace() {
                for (address, front) in [
                    (host.to_owned(), ""),
                    (format!("de-DE.{}", host.to_uppercase()), "de-DE"),
                ] {
                    let found = network_of(&address).map(|(found, front)| (found.name, front));
                    assert_eq!(found, Some((network.name, front)), "{address}");
                }
            }
        }
        for host in [
            "",
            ".",
            "com",
            "myfacebook.com",
            "facebook.com.example",
            "developers.facebook.com",
        ] {
            assert!(network_of(host).is_none(), "{host}");
        }
    }

    #[test]
    fn hosts_are_read_off_addresses() {
        for (url, host) in [
            ("https://www.facebook.com/rossi", "www.facebook.com"),
            ("HTTP://facebook.com?x", "facebook.com"),
            ("//x.com", "x.com"),
            ("instagram.com/rossi", "instagram.com"),
            ("mailto:a@facebook.com", "mailto"),
            ("/rossi", ""),
        ] {
            assert_eq!(host_in(url), Some(host), "{url}");
        }
    }
}
