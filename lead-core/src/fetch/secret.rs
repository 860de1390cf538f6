//! What a request says that is nobody else's: it is not written down, and does not go to another server.

use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use http::{HeaderName, HeaderValue};

/// Whether a field holds credentials: by its name, or because whoever set it marked its value as sensitive, as keys of
/// platforms are.
pub(super) fn is_secret(name: &HeaderName, value: &HeaderValue) -> bool {
    value.is_sensitive() || [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(name)
}
