//! Parts for services that embed the engine, as `tower` layers around a service of any framework.
//!
//! ```
//! use bytes::Bytes;
//! use http::{Request, Response};
//! use http_body_util::Full;
//! use lead_core::prelude::TenantId;
//! use lead_core::service::{
//!     Body, Bounds, BoundsLayer, Caller, GateLayer, HeadersLayer, KeyId, KeyRing, Replays, Require, Scope, SecurityHeaders,
//!     SignatureLayer, Signer, SigningKey, TrustedKey, Verifier,
//! };
//! use tower_layer::Layer;
//! use tower_service::Service;
//!
//! #[derive(Clone)]
//! struct Hello;
//!
//! impl Service<Request<Body>> for Hello {
//!     type Response = Response<Full<Bytes>>;
//!     type Error = std::convert::Infallible;
//!     type Future = std::future::Ready<Result<Self::Response, Self::Error>>;
//!     fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Self::Error>> {
//!         Ok(()).into()
//!     }
//!     fn call(&mut self, request: Request<Body>) -> Self::Future {
//!         let caller = Caller::of(request.extensions()).map(|caller| caller.tenant().to_string());
//!         std::future::ready(Ok(Response::new(Full::from(caller.unwrap_or_default()))))
//!     }
//! }
//!
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! let read = Scope::new("leads:read")?;
//! let caller = Caller::new(TenantId::new("acme")?, "crm")?.scope(read.clone());
//! let key = SigningKey::hmac_sha256(&[7; 32])?;
//! let ring = KeyRing::new();
//! ring.add(KeyId::new("2026")?, TrustedKey::new(key.verifying(), caller));
//!
//! let service = GateLayer::new(Require::caller().scope(read)).layer(Hello);
//! let service = SignatureLayer::new(Verifier::new(ring, Replays::memory(10_000))).layer(service);
//! let service = BoundsLayer::new(Bounds::new()).layer(service);
//! let mut service = HeadersLayer::new(SecurityHeaders::api()).layer(service);
//!
//! let (mut head, body) = Request::get("https://api.example/leads").body(Full::<Bytes>::default())?.into_parts();
//! Signer::new(KeyId::new("2026")?, key).sign(&mut head, b"")?;
//! let answer = service.call(Request::from_parts(head, body)).await?;
//! assert_eq!(answer.status(), 200);
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | layer, from the outermost in | here because |
//! |---|---|
//! | [`HeadersLayer`] | every answer has them, those of the layers within too |
//! | [`BoundsLayer`] | nothing below reads more, or waits longer |
//! | [`LimitsLayer`] by address | a stranger's flood costs no cryptography |
//! | [`SignatureLayer`], [`ApiKeyGate`], [`JwtGate`] | each leaves a [`Caller`] in the extensions; all but one may be `optional` |
//! | [`LimitsLayer`] by caller | it knows who asks |
//! | [`Require`] | a route's own: who may |
//!
//! Beside them: [`Problem`] and [`Fields`] for what goes wrong, [`Passwords`] and [`LoginGuard`] for people. `docs/service.md` tells the rest.

mod body;
mod bounds;
mod caller;
mod chance;
mod digest;
mod gate;
mod headers;
mod jwt;
mod key;
mod limits;
mod password;
mod problem;
mod refused;
mod signature;

pub use body::{Body, BodyError};
pub use bounds::{Bounded, Bounds, BoundsLayer};
pub use caller::{Caller, Require, Role, Roles, Scope};
pub use gate::{Admit, Gate, GateLayer};
pub use headers::{Csp, CspNonce, CspSource, Directive, Headers, HeadersLayer, SecurityHeaders};
pub use jwt::{Jwks, JwtAlgorithm, JwtGate, JwtRefusal, JwtVerifier};
pub use key::{ApiKey, ApiKeyGate, ApiKeyId, ApiKeyRecord, ApiKeys, KeyPrefix, KeyRefusal, NewApiKey};
pub use limits::{Limited, Limits, LimitsLayer, Peer};
pub use password::{LoginGuard, LoginRefusal, PasswordCheck, PasswordCost, PasswordHash, Passwords};
pub use problem::{FieldError, Fields, Pointer, Problem, read_json};
pub use signature::{
    Component, KeyId, KeyRing, Refusal, Replays, SignatureLayer, Signed, Signer, SigningKey, TrustedKey,
    Verifier, VerifyingKey,
};
