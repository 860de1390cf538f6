//! Content-Digest (RFC 9530): what a body must be.

use http::{HeaderMap, HeaderName, HeaderValue};
use sfv::{BareItem, Dictionary, FieldType, Item, ListEntry};
use subtle::ConstantTimeEq;

use super::Refusal;
use super::labels::dictionary;
use super::params::key;
use crate::service::digest::{sha256, sha512};

pub(super) const CONTENT_DIGEST: HeaderName = HeaderName::from_static("content-digest");

/// The field for a body: `sha-256=:…:`.
pub(super) fn of(body: &[u8]) -> Result<HeaderValue, Refusal> {
    let digest = ListEntry::Item(Item::new(BareItem::ByteSequence(sha256(body))));
    let dictionary = Dictionary::from_iter([(key("sha-256")?, digest)]);
    let text = dictionary.serialize().ok_or(Refusal::Malformed)?;
    HeaderValue::try_from(text).map_err(|_| Refusal::Malformed)
}

/// Holds a body against its field. Every digest that is known (RFC 9530 §5: sha-256, sha-512) must be right, and one of them there.
pub(super) fn check(headers: &HeaderMap, body: &[u8]) -> Result<(), Refusal> {
    let digests = dictionary(headers, &CONTENT_DIGEST)?.ok_or(Refusal::Digest)?;
    let mut known = 0;
    for (name, entry) in &digests {
        let wanted = match name.as_str() {
            "sha-256" => sha256(body),
            "sha-512" => sha512(body),
            _ => continue,
        };
        let ListEntry::Item(item) = entry else {
            return Err(Refusal::Malformed);
        };
        let BareItem::ByteSequence(digest) = &item.bare_item else {
            return Err(Refusal::Malformed);
        };
        if !bool::from(digest.as_slice().ct_eq(&wanted)) {
            return Err(Refusal::Digest);
        }
        known += 1;
    }
    if known == 0 { Err(Refusal::Digest) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(field: &'static str, body: &str) -> Result<(), Refusal> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_DIGEST, HeaderValue::from_static(field));
        check(&headers, body.as_bytes())
    }

    /// The body and digests of RFC 9530 §B.1 and of RFC 9421 §B.2.
    #[test]
    fn bodies_are_held_against_every_digest_that_is_known() {
        let sha256 = "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:";
        let both = "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:, \
                    sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:, md5=:AAAA:";
        let body = "{\"hello\": \"world\"}";
        assert_eq!(of(body.as_bytes()).unwrap(), sha256);
        assert_eq!(checked(sha256, body), Ok(()));
        assert_eq!(checked(both, body), Ok(()));
        assert_eq!(checked(both, "{\"hello\": \"World\"}"), Err(Refusal::Digest));
        let one_wrong = "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:, sha-512=:AAAA:";
        assert_eq!(checked(one_wrong, body), Err(Refusal::Digest));
        assert_eq!(checked("md5=:AAAA:", body), Err(Refusal::Digest));
        assert_eq!(checked("sha-256=abc", body), Err(Refusal::Malformed));
        assert_eq!(check(&HeaderMap::new(), b""), Err(Refusal::Digest));
    }
}
