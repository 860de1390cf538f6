//! JSON Web Tokens (RFC 7519) that others issue: signatures that only their issuer can make, so no `none` and no shared secrets.

mod admit;
mod algorithm;
mod claims;
mod jwks;
mod provider;
mod refusal;
#[cfg(test)]
mod tests;
mod verifier;

pub use admit::JwtGate;
pub use algorithm::JwtAlgorithm;
pub use jwks::Jwks;
pub use refusal::JwtRefusal;
pub use verifier::JwtVerifier;
