//! What stands for a component of a request (RFC 9421 §2.1, §2.2).

use http::header::HOST;
use http::request::Parts;
use http::{HeaderMap, HeaderName, Method};

use super::{Component, Refusal};

/// The value of a component. `scheme` is the one that callers ask by, which a server behind a proxy does not see.
pub(super) fn value(component: &Component, head: &Parts, scheme: &str) -> Result<String, Refusal> {
    match component {
        Component::Method => Ok(head.method.as_str().to_owned()),
        Component::Scheme => Ok(scheme.to_owned()),
        Component::Authority => authority(head, scheme),
        Component::Path => Ok(path(head).to_owned()),
        Component::Query => Ok(query(head)),
        Component::TargetUri => target_uri(head, scheme),
        Component::Field(name) => field(&head.headers, name),
    }
}

fn path(head: &Parts) -> &str {
    match head.uri.path() {
        "" => "/",
        path => path,
    }
}

/// With the question mark, which stands alone for a query that is not there (§2.2.7).
fn query(head: &Parts) -> String {
    format!("?{}", head.uri.query().unwrap_or_default())
}

fn target_uri(head: &Parts, scheme: &str) -> Result<String, Refusal> {
    if head.method == Method::CONNECT {
        return Err(Refusal::Unsupported);
    }
    let query = head
        .uri
        .query()
        .map_or_else(String::new, |query| format!("?{query}"));
    Ok(format!(
        "{scheme}://{}{}{query}",
        authority(head, scheme)?,
        path(head)
    ))
}

/// Host and port in lower case, without the port that the scheme has anyway (§2.2.3). Two hosts that differ are none.
fn authority(head: &Parts, scheme: &str) -> Result<String, Refusal> {
    let mut hosts = head.headers.get_all(HOST).iter();
    let host = hosts
        .next()
        .map(|host| host.to_str().map_err(|_| Refusal::Malformed));
    if hosts.next().is_some() {
        return Err(Refusal::Malformed);
    }
    let host = host.transpose()?.map(|host| normal(host, scheme)).transpose()?;
    let asked = head.uri.authority().map(|asked| normal(asked.as_str(), scheme));
    match (asked.transpose()?, host) {
        (Some(asked), Some(host)) if asked != host => Err(Refusal::Malformed),
        (Some(one), _) | (None, Some(one)) => Ok(one),
        (None, None) => Err(Refusal::NotThere),
    }
}

fn normal(authority: &str, scheme: &str) -> Result<String, Refusal> {
    if authority.is_empty() || authority.contains('@') {
        return Err(Refusal::Malformed);
    }
    let own = match scheme {
        "http" => ":80",
        _ => ":443",
    };
    Ok(authority
        .strip_suffix(own)
        .unwrap_or(authority)
        .to_ascii_lowercase())
}

/// All lines of a field, each trimmed, joined by a comma and a space (§2.1).
fn field(headers: &HeaderMap, name: &HeaderName) -> Result<String, Refusal> {
    let mut lines = Vec::new();
    for line in headers.get_all(name) {
        // Bytes beyond ASCII are not signed (§2.1); a header's value holds no line breaks.
        let line = line.to_str().map_err(|_| Refusal::Malformed)?;
        lines.push(line.trim_matches([' ', '\t']));
    }
    if lines.is_empty() {
        Err(Refusal::NotThere)
    } else {
        Ok(lines.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn head(uri: &str, fields: &[(&str, &str)]) -> Parts {
        let request = Request::post(uri);
        let request = fields
            .iter()
            .fold(request, |request, (name, value)| request.header(*name, *value));
        request.body(()).unwrap().into_parts().0
    }

    fn read(name: &str, head: &Parts) -> Result<String, Refusal> {
        value(&Component::parse(name).unwrap(), head, "https")
    }

    #[test]
    fn the_parts_of_an_address() {
        let asked = head("/a//b?", &[("host", "EXAMPLE.com:443")]);
        for (name, wanted) in [
            ("@method", "POST"),
            ("@authority", "example.com"),
            ("@path", "/a//b"),
            ("@query", "?"),
            ("@scheme", "https"),
            ("@target-uri", "https://example.com/a//b?"),
        ] {
            assert_eq!(read(name, &asked).as_deref(), Ok(wanted), "{name}");
        }
        let whole = head("https://example.com:8443", &[]);
        assert_eq!(
            read("@target-uri", &whole).as_deref(),
            Ok("https://example.com:8443/")
        );
        assert_eq!(read("@query", &whole).as_deref(), Ok("?"));
    }

    #[test]
    fn two_hosts_are_none() {
        let asked = head("/", &[("host", "a.example"), ("host", "b.example")]);
        assert_eq!(read("@authority", &asked), Err(Refusal::Malformed));
        let asked = head("https://a.example/", &[("host", "b.example")]);
        assert_eq!(read("@authority", &asked), Err(Refusal::Malformed));
        let asked = head("https://a.example/", &[("host", "A.example:443")]);
        assert_eq!(read("@authority", &asked).as_deref(), Ok("a.example"));
        assert_eq!(read("@authority", &head("/", &[])), Err(Refusal::NotThere));
    }

    /// The fields of RFC 9421 §2.1, as far as a header may hold them.
    #[test]
    fn lines_of_a_field_are_one_value() {
        let asked = head(
            "/",
            &[
                ("cache-control", "max-age=60"),
                ("cache-control", "   must-revalidate"),
                ("x-empty", ""),
                ("x-spaces", "  a  b\t"),
            ],
        );
        let field = |name| read(name, &asked);
        assert_eq!(
            field("cache-control").as_deref(),
            Ok("max-age=60, must-revalidate")
        );
        assert_eq!(field("x-empty").as_deref(), Ok(""));
        assert_eq!(field("x-spaces").as_deref(), Ok("a  b"));
        assert_eq!(field("x-absent"), Err(Refusal::NotThere));
    }
}
