//! Who signs.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue};
use sfv::{BareItem, Dictionary, FieldType, Item, ListEntry};

use super::base::base;
use super::content::{self, CONTENT_DIGEST};
use super::labels::{INPUT, SIGNATURE};
use super::params::{Params, key, written};
use super::{Component, KeyId, Refusal, SigningKey};
use crate::clock::Clock;
use crate::service::chance;
use crate::{Error, Result};

/// What is covered of a body when it is there: what it is, and how it is to be read.
pub(super) const OF_BODIES: [HeaderName; 3] = [CONTENT_DIGEST, CONTENT_TYPE, CONTENT_ENCODING];

/// Signs requests with one key.
///
/// ```
/// use lead_core::service::{KeyId, Signer, SigningKey};
///
/// let key = SigningKey::hmac_sha256(&[7; 32])?;
/// let signer = Signer::new(KeyId::new("2026")?, key);
/// let request = http::Request::post("https://api.example/leads?max=3").body(())?;
/// let (mut head, ()) = request.into_parts();
/// signer.sign(&mut head, b"{}")?;
/// assert!(head.headers.contains_key("content-digest"));
/// assert!(head.headers["signature-input"].to_str()?.starts_with("sig1=(\"@method\" \"@authority\""));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Signer {
    id: KeyId,
    key: SigningKey,
    label: String,
    scheme: String,
    covered: Vec<Component>,
    lifetime: Option<Duration>,
    clock: Clock,
}

impl Signer {
    /// Signs method, authority, path and query, and of a body its digest, type and encoding, as `sig1`.
    pub fn new(id: KeyId, key: SigningKey) -> Self {
        Self {
            id,
            key,
            label: "sig1".to_owned(),
            scheme: "https".to_owned(),
            covered: vec![
                Component::Method,
                Component::Authority,
                Component::Path,
                Component::Query,
            ],
            lifetime: None,
            clock: Clock::system(),
        }
    }

    /// Signs this, too. A field must be there when a request is signed.
    pub fn cover(mut self, component: Component) -> Self {
        if !self.covered.contains(&component) {
            self.covered.push(component);
        }
        self
    }

    /// Says that the signature holds for so long; whoever verifies has a window of their own.
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }

    /// Another label.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it is no key of a structured field: `a-z`, then `a-z 0-9 _ - . *`.
    pub fn label(mut self, label: &str) -> Result<Self> {
        key(label).map_err(refused)?;
        label.clone_into(&mut self.label);
        Ok(self)
    }

    /// The scheme by which the request is sent, for requests whose address does not say it; `https` unless told.
    pub fn scheme(mut self, scheme: &str) -> Self {
        self.scheme = scheme.to_ascii_lowercase();
        self
    }

    /// Goes by this clock.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Signs a request that will have this body, with a nonce by chance. Sets `Content-Digest` when there is a body, `Signature-Input` and `Signature`,
    /// in place of those that are there.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when the request lacks what is to be signed: a host, or a field.
    pub fn sign(&self, head: &mut Parts, body: &[u8]) -> Result<()> {
        let nonce = URL_SAFE_NO_PAD.encode(chance::bytes::<16>()?);
        self.sign_with(head, body, &nonce).map_err(refused)
    }

    pub(super) fn sign_with(&self, head: &mut Parts, body: &[u8], nonce: &str) -> Result<(), Refusal> {
        head.headers.remove(CONTENT_DIGEST);
        if !body.is_empty() {
            head.headers.insert(CONTENT_DIGEST, content::of(body)?);
        }
        let created = self.clock.now().as_second();
        let lifetime = self
            .lifetime
            .map(|time| i64::try_from(time.as_secs()).unwrap_or(i64::MAX));
        let params = Params {
            components: self.components(&head.headers, !body.is_empty()),
            created: Some(created),
            expires: lifetime.map(|lifetime| created.saturating_add(lifetime)),
            nonce: Some(nonce.to_owned()),
            keyid: Some(self.id.as_str().to_owned()),
            alg: Some(self.key.algorithm().to_owned()),
        };
        let list = params.to_list()?;
        let base = base(&params.components, &written(&list), head, &self.scheme)?;
        let signature = BareItem::ByteSequence(self.key.sign(&base));
        self.set(head, INPUT, ListEntry::InnerList(list))?;
        self.set(head, SIGNATURE, ListEntry::Item(Item::new(signature)))
    }

    fn components(&self, headers: &HeaderMap, body: bool) -> Vec<Component> {
        let mut components = self.covered.clone();
        let of_body = OF_BODIES
            .into_iter()
            .filter(|name| body && headers.contains_key(name));
        for component in of_body.map(Component::Field) {
            if !components.contains(&component) {
                components.push(component);
            }
        }
        components
    }

    fn set(&self, head: &mut Parts, name: HeaderName, entry: ListEntry) -> Result<(), Refusal> {
        let dictionary = Dictionary::from_iter([(key(&self.label)?, entry)]);
        let text = dictionary.serialize().ok_or(Refusal::Malformed)?;
        let value = HeaderValue::try_from(text).map_err(|_| Refusal::Malformed)?;
        head.headers.insert(name, value);
        Ok(())
    }
}

fn refused(refusal: Refusal) -> Error {
    Error::invalid("signature", "the request cannot be signed").with("reason", refusal.code())
}
