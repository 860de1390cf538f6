//! What a filter is made of: conditions that all hold, and lists of leads that an index has for them.

use lead_core::Result;
use lead_core::record::filter::{Comparison, Field, Filter, Scalar};

use crate::model::asked::{Asked, operator};
use crate::model::filter::add_by_lead;
use crate::model::statement::Statement;
use crate::model::values::column;
use crate::postgres::filter::PostgresDialect;

/// Lists that are looked at; a filter of more conditions has narrow ones among the first.
const MOST: usize = 8;
/// Lists that stand for one condition, when it is an "or".
const MOST_JOINED: usize = 200;

/// A condition.
#[derive(Debug)]
pub(super) enum Part<'a> {
    /// On one value of a lead.
    Value(Asked<'a>),
    /// Any other.
    Other(&'a Filter),
}

/// Leads that an index has beside each other: all that meet a condition.
#[derive(Debug)]
pub(super) enum List<'a> {
    Value(Asked<'a>),
    /// By a column of their own: its name, how it compares, and with what.
    Own(&'static str, &'static str, Scalar),
    /// Those of any of these.
    Any(Vec<List<'a>>),
}

/// The conditions of a filter, all of which hold.
pub(super) fn parts(filter: &Filter) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    collect(filter, &mut parts);
    parts
}

fn collect<'a>(filter: &'a Filter, parts: &mut Vec<Part<'a>>) {
    match (filter, Asked::of(filter)) {
        (_, Some(asked)) => parts.push(Part::Value(asked)),
        (Filter::All, _) => {}
        (Filter::And(all), _) => all.iter().for_each(|part| collect(part, parts)),
        (Filter::Text(words), _) => parts.extend(words.iter().map(|word| Part::Value(Asked::word(word)))),
        _ => parts.push(Part::Other(filter)),
    }
}

/// The lists there are for these conditions, each with the condition's place.
pub(super) fn lists<'a>(parts: &[Part<'a>]) -> Vec<(usize, List<'a>)> {
    let listed = |(at, part): (usize, &Part<'a>)| Some((at, part.list()?));
    parts.iter().enumerate().filter_map(listed).take(MOST).collect()
}

impl<'a> Part<'a> {
    fn list(&self) -> Option<List<'a>> {
        match self {
            Self::Value(asked) => asked.is_listed().then(|| List::Value(asked.clone())),
            Self::Other(Filter::Or(any)) => List::any(any),
            Self::Other(Filter::Compare(field, how, wanted)) => List::own(*field, *how, wanted),
            Self::Other(_) => None,
        }
    }

    /// Adds the condition on the lead `l`, which need have no more than its number when the condition is on a value.
    pub(super) fn add(&self, out: &mut Statement) -> Result<()> {
        match self {
            Self::Value(asked) => {
                asked.add_of_lead::<PostgresDialect>(out, false);
                Ok(())
            }
            Self::Other(filter) => add_by_lead::<PostgresDialect>(out, filter),
        }
    }

    pub(super) fn is_value(&self) -> bool {
        matches!(self, Self::Value(_))
    }
}

impl<'a> List<'a> {
    fn any(filters: &'a [Filter]) -> Option<Self> {
        if filters.is_empty() || filters.len() > MOST_JOINED {
            return None;
        }
        // Of several conditions that all hold one is enough: they are asked again, lead by lead.
        let one = |filter: &'a Filter| parts(filter).iter().find_map(Part::list);
        filters.iter().map(one).collect::<Option<Vec<_>>>().map(Self::Any)
    }

    fn own(field: Field, how: Comparison, wanted: &Scalar) -> Option<Self> {
        let fits = match (column(field)?, wanted) {
            ("confidence", Scalar::Number(number)) => !number.is_nan() && *number >= 0.0,
            (name, Scalar::Time(_)) => name != "confidence",
            _ => false,
        };
        // The mark of leads without confidence lies below all others.
        let below = matches!(how, Comparison::Less | Comparison::LessOrEqual);
        let fits = fits && !(below && field == Field::Confidence);
        fits.then(|| Self::Own(column(field).unwrap_or_default(), operator(how), wanted.clone()))
    }

    /// Whether few leads may stand in it, as far as the kind of condition tells.
    pub(super) fn is_narrow(&self) -> bool {
        match self {
            Self::Value(asked) => asked.is_narrow(),
            Self::Own(..) | Self::Any(_) => true,
        }
    }

    /// Whether no lead stands in it twice.
    pub(super) fn is_single(&self) -> bool {
        match self {
            Self::Value(asked) => asked.is_single(),
            Self::Own(..) => true,
            Self::Any(_) => false,
        }
    }

    /// Adds a selection of the numbers of its leads, as `cluster`, each once.
    pub(super) fn add_each(&self, out: &mut Statement) {
        let distinct = if self.is_single() { "" } else { "DISTINCT " };
        out.say(&format!("SELECT {distinct}s.cluster FROM ("));
        self.add(out);
        out.say(") AS s");
    }

    /// Adds a selection of the numbers of its leads, as `cluster`; some may come twice.
    pub(super) fn add(&self, out: &mut Statement) {
        match self {
            Self::Value(asked) => {
                out.say("SELECT v.lead AS cluster");
                asked.add_rows::<PostgresDialect>(out, false);
            }
            Self::Own(column, operator, wanted) => {
                let value = match wanted {
                    Scalar::Time(at) => at.as_microsecond().into(),
                    Scalar::Number(number) => (*number).into(),
                    Scalar::Text(text) => text.as_str().into(),
                };
                let head = format!(
                    "SELECT v.cluster FROM leads AS v WHERE v.tenant = {} AND v.{column} {operator} ?",
                    out.whose()
                );
                out.push(&head, [value]);
            }
            Self::Any(lists) => {
                for (at, list) in lists.iter().enumerate() {
                    out.say(if at == 0 { "(" } else { " UNION ALL (" });
                    list.add(out);
                    out.say(")");
                }
            }
        }
    }
}
