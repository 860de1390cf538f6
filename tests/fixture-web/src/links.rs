//! Absolute URLs within the generated web: same scheme, and the port the visitor came by.

/// How absolute links are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Links {
    port: Option<u16>,
}

impl Links {
    /// Links for visitors of this port; `None` and 80 leave it out.
    pub(crate) fn new(port: Option<u16>) -> Self {
        Self {
            port: port.filter(|port| *port != 80),
        }
    }

    /// `http://host[:port]path`
    pub(crate) fn url(self, host: &str, path: &str) -> String {
        self.port.map_or_else(
            || format!("http://{host}{path}"),
            |port| format!("http://{host}:{port}{path}"),
        )
    }
}
