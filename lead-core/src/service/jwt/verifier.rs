//! Who verifies.

use std::time::Duration;

use jsonwebtoken::errors::ErrorKind as JwtErrorKind;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};

use super::claims::{Claims, Tenancy, caller, timely};
use super::{Jwks, JwtAlgorithm, JwtRefusal, provider};
use crate::clock::Clock;
use crate::record::TenantId;
use crate::service::Caller;

/// The longest token that is read, in bytes.
const LONGEST: usize = 16 * 1024;

/// Verifies tokens of one issuer for one audience. Both must be in the token, and `exp` and `sub`; keys that a token brings with it (`jwk`, `jku`, `x5c`) are
/// never used.
///
/// ```
/// use lead_core::service::{GateLayer, JwtAlgorithm, JwtGate, JwtVerifier, Jwks};
///
/// # let jwks = br#"{"keys": []}"#;
/// let verifier = JwtVerifier::new("https://login.example", "leads-api", Jwks::fixed(jwks)?)
///     .algorithms([JwtAlgorithm::Es256])
///     .tenant_claim("org");
/// let layer = GateLayer::new(JwtGate::new(verifier));
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct JwtVerifier {
    issuer: String,
    audience: String,
    keys: Jwks,
    algorithms: Vec<JwtAlgorithm>,
    tenancy: Tenancy,
    leeway: Duration,
    clock: Clock,
}

impl JwtVerifier {
    /// Tokens that `issuer` made for `audience` with these keys, by ES256 or EdDSA. All see the data of the tenant `main` until told otherwise.
    pub fn new(issuer: &str, audience: &str, keys: Jwks) -> Self {
        Self {
            issuer: issuer.to_owned(),
            audience: audience.to_owned(),
            keys,
            algorithms: vec![JwtAlgorithm::Es256, JwtAlgorithm::EdDsa],
            tenancy: Tenancy::One(TenantId::default()),
            leeway: Duration::from_mins(1),
            clock: Clock::system(),
        }
    }

    /// These algorithms and no others.
    pub fn algorithms(mut self, algorithms: impl IntoIterator<Item = JwtAlgorithm>) -> Self {
        self.algorithms = algorithms.into_iter().collect();
        self
    }

    /// All bearers see this tenant's data.
    pub fn tenant(mut self, tenant: TenantId) -> Self {
        self.tenancy = Tenancy::One(tenant);
        self
    }

    /// A claim names the tenant whose data the bearer sees.
    pub fn tenant_claim(mut self, name: &str) -> Self {
        self.tenancy = Tenancy::Claim(name.to_owned());
        self
    }

    /// How far clocks may be apart; a minute unless told.
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway;
        self
    }

    /// Goes by this clock.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Who bears a token.
    ///
    /// # Errors
    /// Why it is not taken.
    pub async fn verify(&self, token: &str) -> Result<Caller, JwtRefusal> {
        if token.len() > LONGEST {
            return Err(JwtRefusal::Malformed);
        }
        let header = decode_header(token).map_err(|error| refusal(error.kind()))?;
        let algorithm = JwtAlgorithm::of(header.alg).ok_or(JwtRefusal::Algorithm)?;
        if !self.algorithms.contains(&algorithm) {
            return Err(JwtRefusal::Algorithm);
        }
        let key = self.keys.key(header.kid.as_deref()).await?;
        if !fits(&key, algorithm) {
            return Err(JwtRefusal::Algorithm);
        }
        let key = DecodingKey::from_jwk(&key).map_err(|_| JwtRefusal::UnknownKey)?;
        provider::install();
        let validation = self.validation(header.alg);
        let claims = decode::<Claims>(token, &key, &validation).map_err(|error| refusal(error.kind()))?;
        let leeway = i64::try_from(self.leeway.as_secs()).unwrap_or(i64::MAX);
        timely(&claims.claims, self.clock.now(), leeway)?;
        caller(&claims.claims, &self.tenancy)
    }

    /// Times are held against our clock, the rest by the crate.
    fn validation(&self, algorithm: Algorithm) -> Validation {
        let mut validation = Validation::new(algorithm);
        validation.validate_exp = false;
        validation.validate_nbf = false;
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[&self.audience]);
        validation
    }
}

/// Whether a key is for this: of its family and curve, to sign with, and of this algorithm where it names one (RFC 7517 §4).
fn fits(key: &Jwk, algorithm: JwtAlgorithm) -> bool {
    let family = match (&key.algorithm, algorithm) {
        (AlgorithmParameters::RSA(_), JwtAlgorithm::Rs256 | JwtAlgorithm::Ps256) => true,
        (AlgorithmParameters::EllipticCurve(ec), JwtAlgorithm::Es256) => ec.curve == EllipticCurve::P256,
        (AlgorithmParameters::EllipticCurve(ec), JwtAlgorithm::Es384) => ec.curve == EllipticCurve::P384,
        (AlgorithmParameters::OctetKeyPair(pair), JwtAlgorithm::EdDsa) => {
            pair.curve == EllipticCurve::Ed25519
        }
        _ => false,
    };
    let signs = matches!(key.common.public_key_use, None | Some(PublicKeyUse::Signature));
    let named = key.common.key_algorithm.map(Algorithm::try_from);
    let named = named.map(|named| named.ok().and_then(JwtAlgorithm::of));
    family && signs && named.is_none_or(|named| named == Some(algorithm))
}

fn refusal(kind: &JwtErrorKind) -> JwtRefusal {
    match kind {
        JwtErrorKind::InvalidAlgorithm
        | JwtErrorKind::UnsupportedAlgorithm
        | JwtErrorKind::InvalidKeyFormat => JwtRefusal::Algorithm,
        JwtErrorKind::InvalidSignature => JwtRefusal::Forged,
        JwtErrorKind::InvalidIssuer => JwtRefusal::Issuer,
        JwtErrorKind::InvalidAudience => JwtRefusal::Audience,
        JwtErrorKind::MissingRequiredClaim(_) | JwtErrorKind::InvalidClaimFormat(_) => JwtRefusal::Claims,
        _ => JwtRefusal::Malformed,
    }
}
