//! Which headers, with which values.

use std::time::Duration;

use http::header::{REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderName, HeaderValue};

use super::Csp;
use crate::{Error, Result};

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const EMBEDDER_POLICY: HeaderName = HeaderName::from_static("cross-origin-embedder-policy");

/// What of a device a page may use: nothing. The features of the OWASP Secure Headers Project's proposal that browsers still know.
const NO_PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), \
geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), \
publickey-credentials-get=(), screen-wake-lock=(), sync-xhr=(), usb=(), web-share=(), xr-spatial-tracking=()";

/// The headers of every answer. What a route has set itself stays as it is.
///
/// ```
/// use lead_core::service::{HeadersLayer, SecurityHeaders};
///
/// let layer = HeadersLayer::new(SecurityHeaders::api());      // for answers of an API
/// let layer = HeadersLayer::new(SecurityHeaders::pages());    // for pages, with a nonce an answer
/// ```
#[derive(Clone, Debug)]
pub struct SecurityHeaders {
    pub(super) csp: Csp,
    pub(super) fixed: Vec<(HeaderName, HeaderValue)>,
}

impl SecurityHeaders {
    /// For answers that are no pages: [`Csp::api`], two years of HTTPS with all subdomains (RFC 6797), no sniffing of types, no
    /// referrer, no permissions, nothing across origins.
    pub fn api() -> Self {
        Self {
            csp: Csp::api(),
            fixed: Vec::new(),
        }
        .set(STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains")
        .set(X_CONTENT_TYPE_OPTIONS, "nosniff")
        .set(REFERRER_POLICY, "no-referrer")
        .set(PERMISSIONS_POLICY, NO_PERMISSIONS)
        .set(OPENER_POLICY, "same-origin")
        .set(RESOURCE_POLICY, "same-origin")
    }

    /// For pages: the same with [`Csp::pages`], and nothing embedded that does not say it may be.
    pub fn pages() -> Self {
        Self::api().csp(Csp::pages()).set(EMBEDDER_POLICY, "require-corp")
    }

    /// Another policy.
    pub fn csp(mut self, csp: Csp) -> Self {
        self.csp = csp;
        self
    }

    /// How long browsers hold to HTTPS; [`Duration::ZERO`] has them forget it.
    pub fn https_for(self, time: Duration) -> Self {
        let value = HeaderValue::try_from(format!("max-age={}; includeSubDomains", time.as_secs()));
        match value {
            Ok(value) => self.put(STRICT_TRANSPORT_SECURITY, value),
            Err(_) => self,
        }
    }

    /// Another value of a header, or one more header.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it cannot stand in a header.
    pub fn header(self, name: HeaderName, value: &str) -> Result<Self> {
        let value = HeaderValue::from_str(value)
            .map_err(|cause| Error::invalid("header", "the value cannot stand in a header").because(cause))?;
        Ok(self.put(name, value))
    }

    /// Without a header: one that a proxy sets, say.
    pub fn without(mut self, name: &HeaderName) -> Self {
        self.fixed.retain(|(known, _)| known != name);
        self
    }

    fn set(self, name: HeaderName, value: &'static str) -> Self {
        self.put(name, HeaderValue::from_static(value))
    }

    fn put(self, name: HeaderName, value: HeaderValue) -> Self {
        let mut headers = self.without(&name);
        headers.fixed.push((name, value));
        headers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Guards the header's grammar: it is a dictionary of structured fields, which browsers drop as a whole when one member is wrong.
    #[test]
    fn the_permissions_are_a_dictionary_of_nothing() {
        let dictionary: sfv::Dictionary = sfv::Parser::new(NO_PERMISSIONS).parse().unwrap();
        assert_eq!(dictionary.len(), 19);
        for (name, entry) in dictionary {
            let empty = matches!(&entry, sfv::ListEntry::InnerList(list) if list.items.is_empty());
            assert!(empty, "{name}");
        }
    }

    #[test]
    fn a_header_stands_once() {
        let headers = SecurityHeaders::api().https_for(Duration::from_mins(1));
        let times = headers
            .fixed
            .iter()
            .filter(|(name, _)| *name == STRICT_TRANSPORT_SECURITY);
        assert_eq!(
            times.map(|(_, value)| value).collect::<Vec<_>>(),
            ["max-age=60; includeSubDomains"]
        );
        assert!(SecurityHeaders::api().header(REFERRER_POLICY, "a\nb").is_err());
    }
}
