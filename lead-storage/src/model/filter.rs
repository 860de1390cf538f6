//! Filters as SQL: every value is bound, nothing of the caller's is ever part of the statement.

use std::collections::BTreeSet;
use std::marker::PhantomData;

use lead_core::record::filter::{Comparison, Field, Filter, Scalar};
use lead_core::{Error, Result};

use super::asked::{Asked, operator};
use super::cell::Cell;
use super::statement::Statement;
use super::values::column;

/// Deeper trees are refused: SQLite's own limit on expressions is 1,000 (<https://sqlite.org/limits.html>).
const MAX_DEPTH: usize = 200;

/// More values are refused: SQLite takes 32,766 parameters, PostgreSQL 65,535; four of them a condition.
const MAX_VALUES: usize = 30_000;

/// Where the SQL of an engine differs. `v` is a row of a table of values, `l` a lead.
pub(crate) trait Dialect {
    /// The columns of a text value, the first counting most.
    const VALUE: &'static [&'static str];
    /// The columns of a lead's name, likewise.
    const NAME: &'static [&'static str];
    /// The table of values that are numbers, and its column.
    const NUMBERS: (&'static str, &'static str);
    /// Whether a value that is looked up by its lead is looked up by its tenant, too.
    const BY_TENANT: bool;
    /// What keeps a planner from reading all rows that meet a condition, to ask each lead whether it is among theirs.
    const NOT_AT_ONCE: &'static str;
    /// So many conditions may become joins; the others are asked lead by lead. A planner that weighs every order of hundreds
    /// of joins never ends.
    const JOINS: usize;

    /// A text as it stands in those columns.
    fn text(value: &str) -> Vec<Cell>;
    /// That a text value is this.
    fn equals(out: &mut Statement, text: &str) {
        out.compare(Self::VALUE, "=", Self::text(text));
    }
    /// That a text value begins so.
    fn begins(out: &mut Statement, start: &str);
    /// That a text value ends so.
    fn ends(out: &mut Statement, end: &str);
    /// That a text value has this somewhere.
    fn contains(out: &mut Statement, middle: &str);
}

/// Adds the condition that says the same as `filter.matches`, on `leads AS l`, which stand under the statement's number. The filter says
/// nothing of hidden leads: it is one of a side.
pub(crate) fn add<D: Dialect>(out: &mut Statement, filter: &Filter) -> Result<()> {
    compile::<D>(out, filter, D::JOINS)
}

/// As [`add`], with every condition asked lead by lead: for who has chosen the leads to be asked.
pub(crate) fn add_by_lead<D: Dialect>(out: &mut Statement, filter: &Filter) -> Result<()> {
    compile::<D>(out, filter, 0)
}

fn compile<D: Dialect>(out: &mut Statement, filter: &Filter, joins: usize) -> Result<()> {
    let dialect = PhantomData;
    let mut compiler = Compiler::<D> { out, joins, dialect };
    compiler.add(filter, 0)
}

struct Compiler<'a, D> {
    out: &'a mut Statement,
    /// How many conditions may still become joins.
    joins: usize,
    dialect: PhantomData<D>,
}

impl<D: Dialect> Compiler<'_, D> {
    fn add(&mut self, filter: &Filter, depth: usize) -> Result<()> {
        if depth > MAX_DEPTH {
            return Err(Error::invalid("filter", "nested too deeply").with("most", MAX_DEPTH));
        }
        if self.out.values.len() > MAX_VALUES {
            return Err(Error::invalid("filter", "too many conditions"));
        }
        if let Some(asked) = Asked::of(filter) {
            self.asked(&asked);
            return Ok(());
        }
        match filter {
            Filter::And(all) => self.join(all, " AND ", "TRUE", depth)?,
            Filter::Or(any) => self.join(any, " OR ", "FALSE", depth)?,
            Filter::Not(part) => {
                self.out.say("NOT (");
                self.add(part, depth + 1)?;
                self.out.say(")");
            }
            Filter::Has(field) if column(*field) == Some("confidence") => self.out.say("l.confidence >= 0"),
            // Every lead has the other columns.
            Filter::All | Filter::Has(_) => self.out.say("TRUE"),
            Filter::Compare(field, how, wanted) => self.own(*field, *how, wanted),
            Filter::Text(words) => self.words(words),
            _ => {
                return Err(Error::invalid(
                    "filter",
                    "this store does not know such a condition yet",
                ));
            }
        }
        Ok(())
    }

    /// Joins parts in a balanced tree: a chain of a thousand would be an expression a thousand deep.
    fn join(&mut self, parts: &[Filter], word: &str, empty: &str, depth: usize) -> Result<()> {
        match parts {
            [] => self.out.say(empty),
            [one] => self.add(one, depth + 1)?,
            many => {
                let (left, right) = many.split_at(many.len() / 2);
                self.out.say("(");
                self.join(left, word, empty, depth)?;
                self.out.say(word);
                self.join(right, word, empty, depth)?;
                self.out.say(")");
            }
        }
        Ok(())
    }

    /// A condition on values: found through their index when few leads may pass, else looked up lead by lead.
    fn asked(&mut self, asked: &Asked<'_>) {
        let joins = self.joins > 0;
        self.joins = self.joins.saturating_sub(1);
        if joins && asked.is_narrow() {
            self.out.say("l.cluster IN (SELECT v.lead");
            asked.add_rows::<D>(self.out, false);
            self.out.say(")");
        } else {
            asked.add_of_lead::<D>(self.out, joins);
        }
    }

    /// A condition on the lead's own columns. A value of another kind than the field's compares with none.
    fn own(&mut self, field: Field, how: Comparison, wanted: &Scalar) {
        let operator = operator(how);
        match (wanted, column(field)) {
            (Scalar::Time(at), Some(column @ ("first_seen" | "last_seen"))) => {
                let test = format!("l.{column} {operator} ?");
                self.out.push(&test, [at.as_microsecond().into()]);
            }
            (Scalar::Number(number), Some("confidence")) if !number.is_nan() => {
                let test = format!("(l.confidence >= 0 AND l.confidence {operator} ?)");
                self.out.push(&test, [(*number).into()]);
            }
            _ => self.out.say("FALSE"),
        }
    }

    fn words(&mut self, words: &[String]) {
        self.out.say("(TRUE");
        for wanted in words.iter().collect::<BTreeSet<_>>() {
            self.out.say(" AND ");
            self.asked(&Asked::word(wanted));
        }
        self.out.say(")");
    }
}

/// Adds that the column holds a text that begins so, as a range that its index knows.
pub(crate) fn add_range(out: &mut Statement, column: &str, start: &str) {
    out.push(&format!("{column} >= ?"), [start.into()]);
    if let Some(end) = after_prefix(start) {
        out.push(&format!(" AND {column} < ?"), [end.into()]);
    }
}

/// The smallest text greater than every text that begins with `prefix`, in order of code points; `None` when there is none.
fn after_prefix(prefix: &str) -> Option<String> {
    let mut chars: Vec<char> = prefix.chars().collect();
    while let Some(last) = chars.pop() {
        let next = match last {
            '\u{d7ff}' => Some('\u{e000}'), // surrogates are no characters
            _ => char::from_u32(u32::from(last) + 1),
        };
        if let Some(next) = next {
            chars.push(next);
            return Some(chars.into_iter().collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::SqliteDialect;

    #[test]
    fn the_end_of_a_prefix_is_past_everything_it_begins() {
        assert_eq!(after_prefix("ab").as_deref(), Some("ac"));
        assert_eq!(after_prefix("a\u{10ffff}").as_deref(), Some("b"));
        assert_eq!(after_prefix("\u{d7ff}").as_deref(), Some("\u{e000}"));
        assert_eq!(after_prefix("\u{10ffff}"), None);
    }

    #[test]
    fn depth_and_size_are_capped() {
        let compile = |filter: &Filter| add::<SqliteDialect>(&mut Statement::of(1), filter);
        let deep = (0..500).fold(Filter::All, |filter, _| Filter::Not(Box::new(filter)));
        assert!(compile(&deep).is_err());
        let wide = Filter::Or(vec![Filter::Has(Field::Phone); 40_000]);
        assert!(compile(&wide).is_err());
    }
}
