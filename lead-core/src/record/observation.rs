//! A sighting, never edited.

use std::borrow::Cow;
use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::findings::Findings;
use super::{
    AttributeValue, ContentHash, Evidence, MatchKey, Method, NaturalKey, ObservationId, RecordId, SafeUrl,
    SourceId, Subject, Trace,
};
use crate::clock::Timestamp;

/// Values less sure than this do not tie records together.
const MATCH_FLOOR: f32 = 0.5;

/// Sites on which many businesses keep a page: sharing one says nothing. Sub-domains given to users
/// (`shop.wixsite.com`) need no entry: the Public Suffix List makes each a site of its own.
const SHARED_SITES: &[&str] = &[
    "facebook.com",
    "instagram.com",
    "linkedin.com",
    "twitter.com",
    "x.com",
    "youtube.com",
    "tiktok.com",
    "pinterest.com",
    "google.com",
    "goo.gl",
    "yelp.com",
    "tripadvisor.com",
    "booking.com",
    "linktr.ee",
    "wa.me",
    "t.me",
    "vk.com",
    "bit.ly",
    "doctolib.fr",
    "doctolib.de",
    "treatwell.co.uk",
    "ubereats.com",
    "deliveroo.co.uk",
    "opentable.com",
    "etsy.com",
];

/// What one source said of one record at one time. Immutable: another content is another observation of the record, and
/// seeing the same content again only moves [`Observation::last_seen`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Observation {
    /// Identity: the record and the content.
    pub id: ObservationId,
    /// The record it is a sighting of.
    pub record: RecordId,
    /// Who said it.
    pub source: SourceId,
    /// What the source calls the record.
    pub natural_key: NaturalKey,
    /// Where it stood.
    pub url: Option<SafeUrl>,
    /// Hash of the findings.
    pub content_hash: ContentHash,
    /// When this content was first seen.
    #[schemars(with = "String")]
    pub seen_at: Timestamp,
    /// When this content was last seen; the store keeps it up to date.
    #[schemars(with = "String")]
    pub last_seen: Timestamp,
    /// The identity the fetch presented, when it was not the honest default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<String>,
    /// What was found.
    pub findings: Findings<Trace>,
}

impl Observation {
    /// A sighting. The findings are put in their canonical order.
    pub fn new(
        source: SourceId,
        natural_key: NaturalKey,
        url: Option<SafeUrl>,
        seen_at: Timestamp,
        findings: Findings<Trace>,
    ) -> Self {
        let record = RecordId::of(&source, &natural_key);
        let mut observation = Self {
            id: ObservationId::of(record, ContentHash::of(&[])),
            record,
            source,
            natural_key,
            url,
            content_hash: ContentHash::of(&[]),
            seen_at,
            last_seen: seen_at,
            identity: None,
            findings,
        };
        observation.seal();
        observation
    }

    /// Notes the identity the fetch presented.
    pub fn identity(mut self, identity: impl Into<String>) -> Self {
        self.identity = Some(identity.into());
        self
    }

    /// Puts the findings in order and derives hash and id from them.
    fn seal(&mut self) {
        self.findings.sort();
        let content = serde_json::to_vec(&*self.content()).unwrap_or_default();
        self.content_hash = ContentHash::of(&content);
        self.id = ObservationId::of(self.record, self.content_hash);
    }

    /// What makes two sightings of a record one. In which line of which file of the user's a value stands is no part of it: the same
    /// row may stand in several.
    fn content(&self) -> Cow<'_, Findings<Trace>> {
        if !self.findings.any_evidence(|trace| trace.method == Method::Import) {
            return Cow::Borrowed(&self.findings);
        }
        Cow::Owned(self.findings.clone().map_evidence(|mut trace: Trace| {
            if trace.method == Method::Import {
                trace.locator = None;
            }
            trace
        }))
    }

    /// What this sighting shares with others of the same business.
    pub fn match_keys(&self) -> BTreeSet<MatchKey> {
        let mut keys = BTreeSet::from([MatchKey::Platform(
            self.source.clone(),
            self.natural_key.to_string(),
        )]);
        let sure = |confidence: super::Confidence| confidence.get() >= MATCH_FLOOR;
        keys.extend(
            self.findings
                .phones
                .iter()
                .filter(|p| sure(p.confidence))
                .map(|p| MatchKey::Phone(p.e164)),
        );
        let sites = self
            .findings
            .websites
            .iter()
            .filter(|site| sure(site.confidence))
            .map(|site| &site.url);
        keys.extend(sites.filter_map(own_site).map(MatchKey::Site));
        for attribute in self
            .findings
            .attributes
            .iter()
            .filter(|attribute| sure(attribute.confidence))
        {
            if let (Some(platform), AttributeValue::Text(id)) =
                (attribute.name.platform(), &attribute.value.value)
            {
                keys.insert(MatchKey::Platform(platform, id.clone()));
            }
        }
        keys
    }

    /// Every subject whose suppression would drop this sighting or take something out of it: what stores index to find
    /// it again, and what to ask the suppression list for.
    pub fn subjects(&self) -> BTreeSet<Subject> {
        let mut subjects = BTreeSet::new();
        subjects.extend(
            self.findings
                .phones
                .iter()
                .map(|phone| Subject::Phone(phone.e164)),
        );
        for email in &self.findings.emails {
            let host = email.address.domain();
            subjects.insert(Subject::Email(email.address.clone()));
            subjects.insert(Subject::Domain(host.to_owned()));
            subjects.insert(Subject::Domain(psl::domain_str(host).unwrap_or(host).to_owned()));
        }
        let sites = self
            .findings
            .websites
            .iter()
            .map(|site| &site.url)
            .chain(&self.url);
        subjects.extend(sites.map(|url| Subject::Domain(url.site().to_owned())));
        subjects
    }

    /// Whether suppression leaves anything of it: drops what `suppressed` names, and says `false` when the sighting as a
    /// whole must not be kept, because it was made on a suppressed site.
    pub fn suppress(&mut self, suppressed: &BTreeSet<Subject>) -> bool {
        if suppressed.is_empty() {
            return true;
        }
        let domain = |site: &str| suppressed.contains(&Subject::Domain(site.to_owned()));
        let site_of = |url: &SafeUrl| url.site().to_owned();
        let sites = self
            .url
            .iter()
            .chain(self.findings.websites.iter().map(|site| &site.url))
            .map(site_of);
        if sites.into_iter().any(|site| domain(&site)) {
            return false;
        }
        let before = (self.findings.phones.len(), self.findings.emails.len());
        self.findings.retain_contacts(
            |phone| !suppressed.contains(&Subject::Phone(phone.e164)),
            |email| {
                let host = email.address.domain();
                let site = psl::domain_str(host).unwrap_or(host);
                !suppressed.contains(&Subject::Email(email.address.clone())) && !domain(site) && !domain(host)
            },
        );
        if before != (self.findings.phones.len(), self.findings.emails.len()) {
            self.seal();
        }
        true
    }

    /// The findings with full evidence.
    pub fn evidenced(&self) -> Findings<Evidence> {
        self.findings.clone().map_evidence(|trace| Evidence {
            source: self.source.clone(),
            url: self.url.clone(),
            trace,
            first_seen: self.seen_at,
            last_seen: self.last_seen,
            identity: self.identity.clone(),
        })
    }
}

/// The site of `url`, unless many businesses share it.
pub(crate) fn own_site(url: &SafeUrl) -> Option<String> {
    let site = url.site();
    (!SHARED_SITES.contains(&site)).then(|| site.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::{Confidence, Found, Organization};
    use super::*;

    /// Guards: a row that stood in two files was two sightings.
    #[test]
    fn the_line_of_a_file_is_evidence_and_no_content() {
        let at = |method: Method, locator: &str| {
            let trace = Trace::new(method).at(locator);
            let name = Found::new(Organization::new("Rossi"), Confidence::clamped(0.9), trace);
            let mut findings = Findings::default();
            findings.organizations.push(name);
            let (source, key) = (SourceId::new("a").unwrap(), NaturalKey::new("b").unwrap());
            Observation::new(source, key, None, Timestamp::UNIX_EPOCH, findings)
        };
        let (one, other) = (
            at(Method::Import, "a.csv line 2"),
            at(Method::Import, "b.csv line 9"),
        );
        assert_eq!(one.id, other.id);
        let locator = |seen: &Observation| seen.findings.organizations[0].evidence()[0].locator.clone();
        assert_ne!(locator(&one), locator(&other));
        assert_ne!(at(Method::Platform, "h1").id, at(Method::Platform, "h2").id);
    }
}
