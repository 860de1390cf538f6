//! Which leads: the tree behind the filter language, and its meaning in memory.
//!
//! Stores compile the same tree to SQL; a conformance case checks that they agree with [`Filter::matches`].

mod alike;
mod field;
mod parse;
#[cfg(test)]
mod tests;
mod token;

pub use alike::{Near, alike};
pub use field::{Field, FieldKind, Scalar, field_values, folded};

use super::{BoundingBox, Circle, Lead};

/// How a field is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `:` or `=`; a text may end or begin with `*` for any rest.
    Equal,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// Whether leads are hidden: put away by a person, who may bring them back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Visibility {
    /// Those that are not.
    Shown,
    /// Those that are.
    Hidden,
    /// Both.
    Any,
}

impl Visibility {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::Shown, Self::Hidden, Self::Any];

    /// Its name in the filter language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Hidden => "hidden",
            Self::Any => "any",
        }
    }

    /// Whether it takes in leads that are hidden, or those that are not.
    pub const fn takes_in(self, hidden: bool) -> bool {
        match self {
            Self::Shown => !hidden,
            Self::Hidden => hidden,
            Self::Any => true,
        }
    }
}

/// A condition on leads. One that does not speak of hidden leads ([`Filter::Is`]) passes none of them.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Filter {
    /// Every lead.
    #[default]
    All,
    /// All of these hold.
    And(Vec<Filter>),
    /// Any of these holds.
    Or(Vec<Filter>),
    /// This does not hold.
    Not(Box<Filter>),
    /// The lead has a value in this field.
    Has(Field),
    /// Any value of the field compares like this.
    Compare(Field, Comparison, Scalar),
    /// All these words stand somewhere in the lead's text; words as [`words`] makes them.
    Text(Vec<String>),
    /// All these words stand somewhere in the lead's text, each but for one slip; words as [`words`] makes them. See [`alike`].
    Alike(Vec<String>),
    /// A point of the lead lies in this circle.
    Near(Circle),
    /// A point of the lead lies in this box.
    Within(BoundingBox),
    /// The lead is hidden, or is not. A filter that has this anywhere decides about hidden leads by itself.
    Is(Visibility),
}

impl Filter {
    /// Whether `lead`, which is not hidden, passes.
    pub fn matches(&self, lead: &Lead) -> bool {
        self.passes(lead, false)
    }

    /// Whether `lead` passes, which is hidden or not.
    ///
    /// ```
    /// # use lead_core::clock::Timestamp;
    /// # use lead_core::record::{Findings, Lead, NaturalKey, Observation, SourceId, filter::Filter};
    /// # let (source, key) = (SourceId::new("osm")?, NaturalKey::new("a")?);
    /// # let seen = Observation::new(source, key, None, Timestamp::UNIX_EPOCH, Findings::default());
    /// # let Some(lead) = Lead::derive(&[seen]) else { return Ok(()) };
    /// let passes = |text, hidden| Filter::parse(text).map(|filter| filter.passes(&lead, hidden));
    /// assert!(passes("source:osm", false)? && !passes("source:osm", true)?);
    /// assert!(passes("source:osm is:hidden", true)? && passes("source:osm is:any", true)?);
    /// # Ok::<(), lead_core::Error>(())
    /// ```
    pub fn passes(&self, lead: &Lead, hidden: bool) -> bool {
        match self {
            // These need no values of the lead, which are dear.
            Self::All => !hidden,
            Self::Is(visibility) => visibility.takes_in(hidden),
            _ if hidden && !self.speaks_of_hidden() => false,
            _ => self.matches_values((lead, hidden), &field_values(lead), &|| search_words(lead)),
        }
    }

    /// Whether it says anything about hidden leads; else it passes none of them.
    pub fn speaks_of_hidden(&self) -> bool {
        match self {
            Self::Is(_) => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::speaks_of_hidden),
            Self::Not(part) => part.speaks_of_hidden(),
            _ => false,
        }
    }

    /// The same, and hidden leads pass like others, unless it speaks of them already.
    pub fn with_hidden(self) -> Self {
        if self.speaks_of_hidden() {
            self
        } else {
            Self::And(vec![Self::Is(Visibility::Any), self])
        }
    }

    fn matches_values(
        &self,
        subject: (&Lead, bool),
        values: &[(Field, Scalar)],
        text: &dyn Fn() -> Vec<String>,
    ) -> bool {
        let (lead, hidden) = subject;
        let points = || lead.findings.geo.iter().map(|found| **found);
        match self {
            Self::All => true,
            Self::And(all) => all.iter().all(|part| part.matches_values(subject, values, text)),
            Self::Or(any) => any.iter().any(|part| part.matches_values(subject, values, text)),
            Self::Not(part) => !part.matches_values(subject, values, text),
            Self::Is(visibility) => visibility.takes_in(hidden),
            Self::Has(field) => values.iter().any(|(name, _)| name == field),
            Self::Compare(field, how, wanted) => values
                .iter()
                .any(|(name, value)| name == field && compares(value, *how, wanted)),
            Self::Text(wanted) => {
                let present = text();
                wanted.iter().all(|word| present.binary_search(word).is_ok())
            }
            Self::Alike(wanted) => {
                let present = text();
                let stands = |word: &String| present.iter().any(|there| alike(word, there));
                wanted.iter().all(stands)
            }
            Self::Near(circle) => points().any(|point| circle.contains(point)),
            Self::Within(area) => points().any(|point| area.contains(point)),
        }
    }
}

fn compares(value: &Scalar, how: Comparison, wanted: &Scalar) -> bool {
    if let (Comparison::Equal, Scalar::Text(value), Scalar::Text(pattern)) = (how, value, wanted) {
        return like(value, pattern);
    }
    let order = match (value, wanted) {
        (Scalar::Text(value), Scalar::Text(wanted)) => value.cmp(wanted),
        (Scalar::Number(value), Scalar::Number(wanted)) => match value.partial_cmp(wanted) {
            Some(order) => order,
            None => return false,
        },
        // To the microsecond, as stores keep times.
        (Scalar::Time(value), Scalar::Time(wanted)) => value.as_microsecond().cmp(&wanted.as_microsecond()),
        _ => return false,
    };
    match how {
        Comparison::Equal => order.is_eq(),
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
    }
}

/// Equality with `*` at either end of the pattern.
fn like(value: &str, pattern: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(_), Some(_)) => value.contains(pattern.trim_matches('*')),
        (Some(end), None) => value.ends_with(end),
        (None, Some(start)) => value.starts_with(start),
        (None, None) => value == pattern,
    }
}

/// The words of a text as full-text search knows them: runs of letters and digits, in lower case. Marks that only lower case
/// brings (the dot of `İ`) are dropped, so the words of a word are that word.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            word.to_lowercase()
                .chars()
                .filter(|c| c.is_alphanumeric())
                .collect()
        })
}

/// The words of a lead that `text:` searches, sorted: names, categories, addresses, persons, and descriptions.
pub fn search_words(lead: &Lead) -> Vec<String> {
    let all = &lead.findings;
    let mut found: Vec<String> = Vec::new();
    all.organizations
        .iter()
        .for_each(|value| found.extend(words(&value.name)));
    all.categories
        .iter()
        .for_each(|value| found.extend(words(&value.category)));
    all.addresses
        .iter()
        .for_each(|value| found.extend(words(&value.text)));
    all.persons
        .iter()
        .for_each(|value| found.extend(words(&value.name)));
    let told = |name: &str| matches!(name, "description" | "bio" | "business_type" | "industry");
    for attribute in all
        .attributes
        .iter()
        .filter(|attribute| told(attribute.name.as_str()))
    {
        found.extend(words(&attribute.value.value.to_string()));
    }
    found.sort_unstable();
    found.dedup();
    found
}
