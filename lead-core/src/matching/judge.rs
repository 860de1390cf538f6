//! A site held against a company.
//!
//! Each piece of evidence adds to the logarithm of the odds that the site is the company's. The weights were set on the
//! companies of the generated web (`tests/e2e/tests/matching.rs` measures what the confidences are worth on others of its
//! worlds); on the real web they are as good as those companies are like real ones.

use super::answer::{Judged, NoSite, Origin};
use super::candidate::{Candidate, has_number};
use super::company::Company;
use super::facts::Facts;
use super::fold::{joined, words};
use super::name::Name;
use super::site::{End, Visit};
use super::town::Town;
use crate::record::Confidence;

/// Where a site's company is, as far as its pages tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// An address of it lies in the town.
    Same,
    /// The town is named, and no address found.
    Named,
    /// Its addresses lie elsewhere, though the town is named.
    NamedBeside,
    /// Its addresses lie elsewhere.
    Elsewhere,
    /// Its pages do not tell, or the company's town is not known.
    Unknown,
}

impl Place {
    fn weight(self) -> f32 {
        match self {
            Self::Same => 2.5,
            Self::Named => 1.8,
            Self::NamedBeside => -1.0,
            Self::Elsewhere => -5.0,
            Self::Unknown => 0.0,
        }
    }

    fn says(self, town: &str) -> Option<String> {
        Some(match self {
            Self::Same => format!("an address of it lies in {town}"),
            Self::Named => format!("it names {town}"),
            Self::NamedBeside => format!("it names {town}, but its addresses lie elsewhere"),
            Self::Elsewhere => format!("its addresses lie elsewhere than in {town}"),
            Self::Unknown => return None,
        })
    }
}

/// A site that was judged: what is told of it, and the odds it goes by.
#[derive(Debug)]
pub(super) struct Verdict {
    pub(super) judged: Judged,
    /// Logarithm of the odds that the site is the company's.
    pub(super) odds: f32,
    /// Whether it was looked into, and not only named by somebody.
    pub(super) read: bool,
}

/// What is known of the company, ready to be held against sites.
#[derive(Debug)]
pub(super) struct Wanted<'a> {
    pub(super) company: &'a Company,
    pub(super) name: &'a Name,
    pub(super) town: &'a Town,
}

/// So sure is a site at most that nobody could read: what sources say of it may be old.
const UNREAD: f32 = 1.8;

impl Wanted<'_> {
    /// Judges a candidate by its visit.
    pub(super) fn judge(&self, candidate: &Candidate, visit: &Visit, facts: &Facts) -> Verdict {
        let mut scale = Scale::default();
        let likeness = match visit.end {
            End::Read => self.weigh_pages(visit, facts, &mut scale),
            End::KeptAway => Self::weigh_statement(candidate, &mut scale),
            End::Parked | End::Gone => None,
        };
        let origins = &candidate.origins;
        if origins.contains(&Origin::Given) {
            scale.add(3.0, "the row names it");
        } else if origins.contains(&Origin::Mailbox) {
            scale.add(2.0, "the row's mailbox is there");
        }
        if visit.end == End::Read {
            if let Some((likeness, placed)) = candidate.stated {
                // Names that are a little unlike may be those of neighbours.
                let share = ((likeness - 0.8) / 0.2).clamp(0.0, 1.0);
                let weight = share * if placed { 2.5 } else { 1.0 };
                scale.add(weight, "a source lists it for a company of this name");
            }
            if origins
                .iter()
                .any(|origin| matches!(origin, Origin::Search { rank: 1, .. }))
            {
                scale.add(0.5, "it is the first result of a search");
            }
        }
        let (odds, refused) = match visit.end {
            End::Parked => (f32::NEG_INFINITY, Some(NoSite::Parked)),
            End::Gone => (f32::NEG_INFINITY, Some(NoSite::Gone)),
            End::KeptAway => (scale.odds.min(UNREAD), None),
            End::Read => (scale.odds, None),
        };
        let confidence = Confidence::clamped(logistic(odds)).min(Confidence::MAX);
        let refused = refused.or_else(|| refusal(confidence, visit.end, likeness, &scale));
        Verdict {
            odds,
            read: visit.end == End::Read,
            judged: Judged {
                url: visit.home.clone(),
                confidence,
                origins: origins.clone(),
                why: scale.why,
                refused,
            },
        }
    }

    /// What the pages say; how alike the names are, when the company has one.
    fn weigh_pages(&self, visit: &Visit, facts: &Facts, scale: &mut Scale) -> Option<f32> {
        let likeness = self.weigh_name(visit, facts, scale);
        let place = self.place(facts);
        if let Some(says) = place.says(self.company.city.as_deref().unwrap_or("the town")) {
            scale.elsewhere = place == Place::Elsewhere;
            scale.add(place.weight(), says);
        }
        self.weigh_details(facts, scale);
        likeness
    }

    fn weigh_name(&self, visit: &Visit, facts: &Facts, scale: &mut Scale) -> Option<f32> {
        if self.name.is_empty() {
            scale.add(2.5, "nothing is known that it could be held against");
            return None;
        }
        let town = self.town.words();
        let best = facts
            .names
            .iter()
            .map(|name| (self.name.likeness(&Name::new(name, &town)), name))
            .max_by(|one, two| one.0.total_cmp(&two.0));
        let likeness = best.map_or(0.0, |(likeness, _)| likeness);
        // Exact names speak for it, others sharply against it.
        let weight = if likeness >= 0.8 {
            4.0 + 10.0 * (likeness - 1.0)
        } else {
            2.0 + 16.0 * (likeness - 0.8)
        };
        match best {
            Some((_, name)) if likeness >= 0.5 => {
                let shown: String = name.chars().take(80).collect();
                scale.add(weight, format!("it is called “{shown}”"));
            }
            _ => scale.add(weight.max(-6.0), "it is called otherwise"),
        }
        let (site, _) = idna::domain_to_unicode(visit.home.site());
        let label = joined(site.split('.').next().unwrap_or_default());
        let own = self.name.joined();
        let alike = strsim::normalized_damerau_levenshtein(&label, &own) >= 0.88;
        if own.len() >= 4 && (alike || label.starts_with(&own)) {
            scale.add(1.0, "its address is made of the name");
        }
        // A name of one word of a trade is anybody's.
        if self.name.weight() < 0.9 {
            scale.add(-1.0, "the name is a common one");
        }
        Some(likeness)
    }

    fn place(&self, facts: &Facts) -> Place {
        let company = self.company;
        let code = company.postal_code.as_deref().map(joined);
        let coded = |text: &Option<String>| code.is_some() && text.as_deref().map(joined) == code;
        let here = facts
            .addresses
            .iter()
            .any(|address| self.town.holds(address) || coded(&address.postal_code));
        if here || facts.points.iter().any(|point| self.town.spans(*point)) {
            return Place::Same;
        }
        let told = facts
            .addresses
            .iter()
            .any(|address| address.city.is_some() || code.is_some());
        match (self.town.is_unknown() && code.is_none(), facts.names_town, told) {
            (true, ..) | (_, false, false) => Place::Unknown,
            (_, true, true) => Place::NamedBeside,
            (_, true, false) => Place::Named,
            (_, false, true) => Place::Elsewhere,
        }
    }

    fn weigh_details(&self, facts: &Facts, scale: &mut Scale) {
        let company = self.company;
        if facts.numbers.iter().any(|number| has_number(company, *number)) {
            scale.add(4.0, "the row's number stands there");
        }
        let mailbox = company.email.as_deref().and_then(|email| email.rsplit_once('@'));
        if let Some((_, domain)) = mailbox
            && facts.mail_domains.contains(&domain.to_lowercase())
        {
            scale.add(2.0, "mailboxes there are of the row's domain");
        }
        if let Some(street) = company
            .street
            .as_deref()
            .map(words)
            .filter(|words| !words.is_empty())
        {
            let same = |text: &str| super::fold::holds(&words(text), &street);
            if facts.addresses.iter().any(|address| same(&address.text)) {
                scale.add(2.0, "the row's street stands there");
            }
        }
    }

    /// What sources say of a site that lets no program in.
    fn weigh_statement(candidate: &Candidate, scale: &mut Scale) -> Option<f32> {
        let (likeness, placed) = candidate.stated?;
        scale.add(
            4.0 + 10.0 * (likeness - 1.0),
            "a source lists it for a company of this name",
        );
        if placed {
            scale.add(2.0, "and of this place");
        }
        Some(likeness)
    }
}

/// Why a site that was read is not the answer, as far as it alone tells.
fn refusal(confidence: Confidence, end: End, likeness: Option<f32>, scale: &Scale) -> Option<NoSite> {
    let unlikely = confidence.get() < 0.5;
    match end {
        End::KeptAway if unlikely => Some(NoSite::KeptAway),
        End::Read if unlikely && likeness.is_some_and(|likeness| likeness < 0.7) => Some(NoSite::OtherName),
        End::Read if unlikely && scale.elsewhere => Some(NoSite::Elsewhere),
        End::Read if unlikely => Some(NoSite::Unsure),
        _ => None,
    }
}

/// What was weighed so far.
#[derive(Debug)]
struct Scale {
    odds: f32,
    why: Vec<String>,
    elsewhere: bool,
}

impl Default for Scale {
    /// A site of which nothing is known is hardly ever the company's.
    fn default() -> Self {
        Self {
            odds: -4.0,
            why: Vec::new(),
            elsewhere: false,
        }
    }
}

impl Scale {
    fn add(&mut self, weight: f32, why: impl Into<String>) {
        self.odds += weight;
        self.why.push(why.into());
    }
}

/// The probability that these odds stand for.
pub(super) fn logistic(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}
