//! A value with its proof.

use std::ops::Deref;

use schemars::JsonSchema;
use serde::de::{Error as _, MapAccess};
use serde::{Deserialize, Deserializer, Serialize};

use super::beside::{self, Around, fill, wanted};
use super::evidence::Proof;
use super::{Confidence, Evidence, Method};

/// A value that knows when another says the same.
pub trait Identified {
    /// What makes two values one: an E.164 number, an address in lower case.
    type Key: Ord + Eq;
    /// The identity of this value.
    fn identity(&self) -> Self::Key;
    /// Fills what `other`, the same value seen elsewhere, knows more.
    fn complete(&mut self, _other: &Self)
    where
        Self: Sized,
    {
    }
}

/// A value, how sure we are of it, and where it was seen: at least one piece of evidence, always.
///
/// In JSON the value's own fields stand beside `method` (that of the first evidence), `confidence` and `evidence`.
/// On a page the evidence is a [`Trace`](super::Trace), in a lead a full [`Evidence`].
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Found<T, E = Evidence> {
    /// The value.
    #[serde(flatten)]
    pub value: T,
    method: Method,
    /// The probability that it is right and belongs here.
    pub confidence: Confidence,
    evidence: Vec<E>,
}

/// What stands beside the value.
struct Proven<E> {
    confidence: Option<Confidence>,
    evidence: Option<Vec<E>>,
}

impl<E> Default for Proven<E> {
    fn default() -> Self {
        Self {
            confidence: None,
            evidence: None,
        }
    }
}

impl<'de, E: Deserialize<'de>> Around<'de> for Proven<E> {
    fn take<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> std::result::Result<bool, A::Error> {
        match key {
            "confidence" => fill(&mut self.confidence, "confidence", map),
            "evidence" => fill(&mut self.evidence, "evidence", map),
            _ => Ok(false),
        }
    }
}

impl<'de, T: Deserialize<'de>, E: Deserialize<'de> + Proof> Deserialize<'de> for Found<T, E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let (value, proven): (T, Proven<E>) = beside::read(deserializer)?;
        let confidence = wanted(proven.confidence, "confidence")?;
        let evidence: Vec<E> = wanted(proven.evidence, "evidence")?;
        let Some(first) = evidence.first() else {
            return Err(D::Error::custom("a value needs evidence"));
        };
        Ok(Self {
            value,
            method: first.trace().method.clone(),
            confidence,
            evidence,
        })
    }
}

impl<T, E: Proof> Found<T, E> {
    /// A value with its first piece of evidence.
    pub fn new(value: T, confidence: Confidence, evidence: E) -> Self {
        Self {
            value,
            method: evidence.trace().method.clone(),
            confidence,
            evidence: vec![evidence],
        }
    }

    /// The layer of the first piece of evidence.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Where it was seen, strongest first; never empty.
    pub fn evidence(&self) -> &[E] {
        &self.evidence
    }

    /// Adds evidence; the same place seen again only widens its times.
    pub fn add_evidence(&mut self, more: E) {
        if !self.evidence.iter_mut().any(|known| known.absorb(&more)) {
            self.evidence.push(more);
        }
    }

    /// The same value with each piece of evidence turned by `turn`.
    pub fn map_evidence<F: Proof>(self, turn: impl FnMut(E) -> F) -> Found<T, F> {
        let evidence = self.evidence.into_iter().map(turn).collect();
        Found {
            value: self.value,
            method: self.method,
            confidence: self.confidence,
            evidence,
        }
    }
}

impl<T: Identified, E: Proof> Found<T, E> {
    /// Takes in another sighting of the same value: the surer of the two leads.
    pub fn absorb(&mut self, mut other: Self) {
        if other.confidence > self.confidence {
            std::mem::swap(self, &mut other);
        }
        self.value.complete(&other.value);
        for evidence in other.evidence {
            self.add_evidence(evidence);
        }
    }
}

impl<T, E> Deref for Found<T, E> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Trace, Website};
    use super::*;

    #[test]
    fn a_value_without_evidence_is_refused() {
        let json = r#"{"url":"https://a.test/","confidence":0.5,"evidence":[]}"#;
        assert!(serde_json::from_str::<Found<Website, Trace>>(json).is_err());
        let json = r#"{"url":"https://a.test/","confidence":0.5,"evidence":[{"method":"link"}]}"#;
        let found: Found<Website, Trace> = serde_json::from_str(json).unwrap();
        assert_eq!(found.method(), &Method::Link);
    }
}
