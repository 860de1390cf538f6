//! Searches that forgive a slip: every word that stands in a lead is listed once, and a filter asks for those of the list that are like
//! the one it wants.

use std::collections::{BTreeMap, BTreeSet};

use lead_core::record::filter::{Filter, Near, alike};
use lead_core::{Error, Result};

use super::filter::add_range;
use super::statement::Statement;

/// So many words a filter may look for in this way.
const MAX_WORDS: usize = 32;

/// So many words of the list one may be like; far more than languages have.
const MAX_LIKE: usize = 1000;

/// What looking words up asks of an engine.
pub(crate) trait Lists {
    /// Listed words that the statement selects.
    fn listed(&mut self, statement: Statement) -> impl Future<Output = Result<Vec<String>>> + Send;

    /// The tenant's number.
    fn tenant(&self) -> i64;
}

/// The filter with every [`Filter::Alike`] said in words that are listed.
pub(crate) async fn spelt(engine: &mut impl Lists, filter: &Filter) -> Result<Filter> {
    let mut wanted = BTreeSet::new();
    collect(filter, &mut wanted);
    if wanted.len() > MAX_WORDS {
        return Err(Error::invalid("filter", "too many words to look for with slips").with("most", MAX_WORDS));
    }
    let mut known = BTreeMap::new();
    for word in wanted {
        known.insert(word, like(engine, word).await?);
    }
    Ok(put(filter, &known))
}

fn collect<'a>(filter: &'a Filter, wanted: &mut BTreeSet<&'a str>) {
    match filter {
        Filter::Alike(words) => wanted.extend(words.iter().map(String::as_str)),
        Filter::And(parts) | Filter::Or(parts) => parts.iter().for_each(|part| collect(part, wanted)),
        Filter::Not(part) => collect(part, wanted),
        _ => {}
    }
}

/// The listed words that are like this one.
async fn like(engine: &mut impl Lists, word: &str) -> Result<Vec<String>> {
    let Some(near) = Near::of(word) else {
        return Ok(vec![word.to_owned()]);
    };
    let mut found = engine.listed(candidates(engine.tenant(), &near)).await?;
    found.retain(|there| alike(word, there));
    // The word itself first, then in their order.
    found.sort_by_key(|there| (there != word, there.clone()));
    found.truncate(MAX_LIKE);
    Ok(found)
}

fn candidates(tenant: i64, near: &Near) -> Statement {
    let mut out = Statement::of(tenant);
    let (least, most) = near.lengths;
    let lengths = [least, most].map(|length| i64::try_from(length).unwrap_or(i64::MAX).into());
    for (select, column, start) in [
        ("SELECT", "word", &near.beginning),
        (" UNION SELECT", "backwards", &near.backwards),
    ] {
        out.say(&format!(
            "{select} word FROM words WHERE tenant = {} AND ",
            out.whose()
        ));
        add_range(&mut out, column, start);
        out.push(" AND length(word) BETWEEN ? AND ?", lengths.clone());
    }
    out
}

fn put(filter: &Filter, known: &BTreeMap<&str, Vec<String>>) -> Filter {
    let all = |parts: &[Filter]| parts.iter().map(|part| put(part, known)).collect();
    match filter {
        Filter::Alike(words) => Filter::And(
            words
                .iter()
                .map(|word| any_of(known.get(word.as_str())))
                .collect(),
        ),
        Filter::And(parts) => Filter::And(all(parts)),
        Filter::Or(parts) => Filter::Or(all(parts)),
        Filter::Not(part) => Filter::Not(Box::new(put(part, known))),
        other => other.clone(),
    }
}

fn any_of(words: Option<&Vec<String>>) -> Filter {
    let words = words.into_iter().flatten();
    Filter::Or(words.map(|word| Filter::Text(vec![word.clone()])).collect())
}
