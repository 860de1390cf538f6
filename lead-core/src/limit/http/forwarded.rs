//! Where a request was before, as proxies note it. What stands there may be a stranger's: only what a trusted proxy added, at the
//! right, can be believed, so all is read from the right.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use http::{HeaderMap, HeaderValue};

use super::ForwardedBy;

/// The hops before the nearest, from the right; `None` is one that cannot be read or names no address.
pub(super) fn hops(by: ForwardedBy, headers: &HeaderMap) -> impl Iterator<Item = Option<IpAddr>> {
    // Several lines of one name are one list (RFC 9110, 5.3); each is read by itself, so that a line of a stranger's that is
    // broken does not take the next with it.
    let lines: Vec<&[u8]> = headers
        .get_all(by.name())
        .iter()
        .map(HeaderValue::as_bytes)
        .collect();
    lines.into_iter().rev().flat_map(move |line| match by {
        ForwardedBy::XForwardedFor => addresses(line),
        ForwardedBy::Forwarded => elements(line).unwrap_or_else(|| vec![None]),
    })
}

/// `X-Forwarded-For`: addresses between commas, from the right. Some proxies add ports.
fn addresses(line: &[u8]) -> Vec<Option<IpAddr>> {
    let pieces = line.rsplit(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    pieces
        .filter(|piece| !piece.is_empty())
        .take(super::proxies::MOST_HOPS)
        .map(|piece| std::str::from_utf8(piece).ok().and_then(node))
        .collect()
}

/// `Forwarded` (RFC 7239): the `for` of each element, from the right; `None` when the line does not follow the grammar.
fn elements(line: &[u8]) -> Option<Vec<Option<IpAddr>>> {
    let mut reader = Reader(std::str::from_utf8(line).ok()?);
    let mut elements = Vec::new();
    loop {
        element(&mut reader, &mut elements)?;
        if reader.0.is_empty() {
            elements.reverse();
            return Some(elements);
        }
        reader.take(",")?;
    }
}

/// One element, up to its comma: the address of its `for`, if it has one. An empty one, which lists may hold, adds nothing.
fn element(reader: &mut Reader<'_>, hops: &mut Vec<Option<IpAddr>>) -> Option<()> {
    let (mut pairs, mut hop) = (0, None);
    loop {
        reader.skip_space();
        if !reader.0.is_empty() && !reader.0.starts_with([',', ';']) {
            let name = reader.token()?;
            reader.take("=")?;
            let value = reader.value()?;
            pairs += 1;
            if name.eq_ignore_ascii_case("for") && hop.replace(node(&value)).is_some() {
                return None;
            }
        }
        reader.skip_space();
        if reader.take(";").is_none() {
            hops.extend((pairs > 0).then(|| hop.flatten()));
            return Some(());
        }
    }
}

struct Reader<'a>(&'a str);

impl<'a> Reader<'a> {
    fn skip_space(&mut self) {
        self.0 = self.0.trim_start_matches([' ', '\t']);
    }

    fn take(&mut self, text: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(text)?;
        Some(())
    }

    fn until(&mut self, ends: impl Fn(char) -> bool) -> Option<&'a str> {
        let end = self.0.find(ends).unwrap_or(self.0.len());
        let (head, rest) = self.0.split_at_checked(end)?;
        self.0 = rest;
        (!head.is_empty()).then_some(head)
    }

    /// A token (RFC 9110, 5.6.2).
    fn token(&mut self) -> Option<&'a str> {
        self.until(|c| !(c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)))
    }

    /// A token or a quoted string. Addresses with ports and those of IPv6 ought to be quoted, and often are not.
    fn value(&mut self) -> Option<String> {
        if self.take("\"").is_none() {
            let ends = |c: char| !c.is_ascii_graphic() || "\",;=\\".contains(c);
            return self.until(ends).map(str::to_owned);
        }
        let mut value = String::new();
        let mut chars = self.0.chars();
        loop {
            match chars.next()? {
                '"' => break,
                '\\' => value.push(chars.next()?),
                c => value.push(c),
            }
        }
        self.0 = chars.as_str();
        Some(value)
    }
}

/// The address of a node: `192.0.2.7`, `192.0.2.7:80`, `[2001:db8::7]:80`, `2001:db8::7`. `unknown` and names that hide one
/// (`_gateway`) are none.
pub(super) fn node(text: &str) -> Option<IpAddr> {
    let address = if let Some(rest) = text.strip_prefix('[') {
        let (inside, port) = rest.split_once(']')?;
        let port = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
        IpAddr::V6(inside.parse::<Ipv6Addr>().ok().filter(|_| port)?)
    } else if let Ok(address) = text.parse() {
        address
    } else {
        let (address, port) = text.split_once(':')?;
        IpAddr::V4(address.parse::<Ipv4Addr>().ok().filter(|_| is_port(port))?)
    };
    Some(address.to_canonical())
}

/// A port, or a name that hides one.
fn is_port(text: &str) -> bool {
    text.starts_with('_')
        || !text.is_empty() && text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<Vec<Option<String>>> {
        let read = elements(line.as_bytes())?;
        Some(
            read.into_iter()
                .map(|hop| hop.map(|hop| hop.to_string()))
                .collect(),
        )
    }

    fn hops(told: &[&str]) -> Vec<Option<String>> {
        told.iter()
            .map(|hop| (!hop.is_empty()).then(|| (*hop).to_owned()))
            .collect()
    }

    /// The examples of RFC 7239, sections 4, 6 and 7.1.
    #[test]
    fn the_examples_of_the_standard_are_read() {
        for (line, told) in [
            ("for=\"_gazonk\"", &[""][..]),
            ("For=\"[2001:db8:cafe::17]:4711\"", &["2001:db8:cafe::17"]),
            ("for=192.0.2.60;proto=http;by=203.0.113.43", &["192.0.2.60"]),
            (
                "for=192.0.2.43, for=198.51.100.17",
                &["198.51.100.17", "192.0.2.43"],
            ),
            ("for=_hidden, for=_SEVKISEK", &["", ""]),
            (
                "for=192.0.2.43, for=\"[2001:db8:cafe::17]\",for=unknown",
                &["", "2001:db8:cafe::17", "192.0.2.43"],
            ),
            ("for=\"192.0.2.43:47011\"", &["192.0.2.43"]),
            ("for=\"[2001:db8::1]:_port\"", &["2001:db8::1"]),
        ] {
            assert_eq!(read(line), Some(hops(told)), "{line}");
        }
    }

    #[test]
    fn lists_and_quotes_are_read_to_their_end() {
        for (line, told) in [
            ("", &[][..]),
            (" , ,", &[]),
            ("proto=https", &[""]),
            ("for=192.0.2.1;", &["192.0.2.1"]),
            ("for=192.0.2.1:80", &["192.0.2.1"]),
            ("by=\"a,for=9.9.9.9\";for=192.0.2.1", &["192.0.2.1"]),
            ("for=\"192.0.2\\.1\"", &["192.0.2.1"]),
            ("for=\"::ffff:192.0.2.1\"", &["192.0.2.1"]),
        ] {
            assert_eq!(read(line), Some(hops(told)), "{line}");
        }
        for broken in [
            "for=\"",
            "for=\"a, for=192.0.2.1",
            "for=\", for=\"[2001:db8::1]:80\"",
            "for=192.0.2.1;for=192.0.2.2",
            "for 192.0.2.1",
            "for=",
            "=192.0.2.1",
            "for=192.0.2.1 for=192.0.2.2",
            "for=é",
        ] {
            assert_eq!(read(broken), None, "{broken}");
        }
    }

    #[test]
    fn what_is_no_address_is_none() {
        for text in [
            "",
            "unknown",
            "_x",
            "1.2.3",
            "01.2.3.4",
            "1.2.3.4:",
            "1.2.3.4:123456",
            "[::1",
            "[1.2.3.4]",
            "::1:80:x",
            "fe80::1%eth0",
            "[::1]80",
        ] {
            assert_eq!(node(text), None, "{text}");
        }
        assert_eq!(node("[::ffff:1.2.3.4]:80"), node("1.2.3.4"));
    }
}
