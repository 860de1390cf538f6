//! HTTP Message Signatures (RFC 9421) over requests: HMAC-SHA256 and Ed25519, with Content-Digest (RFC 9530).
//!
//! | file | what it holds |
//! |---|---|
//! | `component`, `target` | what may be signed of a request, and what stands for it |
//! | `labels`, `params` | the two header fields, read by a parser of structured fields (RFC 8941) |
//! | `base` | the text that is signed |
//! | `content` | Content-Digest |
//! | `keys`, `trusted` | keys, and those whose holders are known, each with the time it holds |
//! | `replays` | nonces that were used |
//! | `signer`, `verifier`, `layer` | who signs, who verifies, and the layer that lets pass what was signed |
//!
//! Of what may be covered, the derived components of a request are understood, `@request-target` and `@query-param` aside, and fields
//! without parameters: a signature that covers anything else is refused, never taken for less than it says.

mod base;
mod component;
mod content;
mod keys;
mod labels;
mod layer;
mod params;
mod refusal;
mod replays;
mod signer;
mod target;
#[cfg(test)]
mod tests;
mod trusted;
mod verifier;

pub use component::Component;
pub use keys::{KeyId, SigningKey, VerifyingKey};
pub use layer::{SignatureLayer, Signed};
pub use refusal::Refusal;
pub use replays::Replays;
pub use signer::Signer;
pub use trusted::{KeyRing, TrustedKey};
pub use verifier::Verifier;
