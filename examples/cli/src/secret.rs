//! What must not be told: user names and passwords in addresses.

use clap::error::ContextValue;

/// A text without what may be a user name and password: what stands between its scheme, if it has one, and its last `@`.
pub(crate) fn without_login(text: &str) -> String {
    let Some((before, rest)) = text.rsplit_once('@') else {
        return text.to_owned();
    };
    let scheme = before.split_once("://").map(|(scheme, _)| format!("{scheme}://"));
    format!("{}…@{rest}", scheme.unwrap_or_default())
}

/// clap's error, which shows the arguments it refuses, without logins in them.
pub(crate) fn untold(mut error: clap::Error) -> clap::Error {
    let with_login: Vec<_> = error
        .context()
        .filter_map(|(kind, value)| match value {
            ContextValue::String(text) if text.contains('@') => Some((kind, without_login(text))),
            _ => None,
        })
        .collect();
    for (kind, text) in with_login {
        error.insert(kind, ContextValue::String(text));
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_left_out_wherever_it_may_stand() {
        for (text, told) in [
            ("http://me:hunter2@a.test/x", "http://…@a.test/x"),
            ("http:me:hunter2@a.test/", "…@a.test/"),
            ("me:hunter2@a.test:1", "…@a.test:1"),
            ("http://me:hun/ter2@a.test", "http://…@a.test"),
            ("http://me:hun@ter2@a.test/x@y", "http://…@y"),
            ("http://a.test/", "http://a.test/"),
        ] {
            assert_eq!(without_login(text), told);
        }
    }
}
