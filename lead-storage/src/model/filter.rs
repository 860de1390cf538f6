//! Filters as SQL: every value is bound, nothing of the caller's is ever part of the statement.

use std::collections::BTreeSet;
use std::marker::PhantomData;

use lead_core::record::filter::{Comparison, Field, Filter, Scalar};
use lead_core::record::{BoundingBox, Circle};
use lead_core::{Error, Result};

use super::cell::Cell;
use super::sides;
use super::statement::Statement;
use super::values::{WORDS, column, is_kept};

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
    /// So many conditions may become joins; the others are asked lead by lead. A planner that weighs every order of hundreds
    /// of joins never ends.
    const JOINS: usize;

    /// A text as it stands in those columns.
    fn text(value: &str) -> Vec<Cell>;
    /// That a text value begins so.
    fn begins(out: &mut Statement, start: &str);
    /// That a text value ends so.
    fn ends(out: &mut Statement, end: &str);
    /// That a text value has this somewhere.
    fn contains(out: &mut Statement, middle: &str);
}

/// Adds the condition that says the same as `filter.passes`, on `leads AS l` of one side; the statement's first value is the tenant.
pub(crate) fn add<D: Dialect>(out: &mut Statement, filter: &Filter, hidden: bool) -> Result<()> {
    let mut compiler = Compiler::<D> {
        out,
        hidden,
        joins: D::JOINS,
        dialect: PhantomData,
    };
    compiler.add(filter, 0)
}

struct Compiler<'a, D> {
    out: &'a mut Statement,
    /// Whether it is about hidden leads, or about the others.
    hidden: bool,
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
        match filter {
            Filter::All => self.out.say("TRUE"),
            Filter::And(all) => self.join(all, " AND ", "TRUE", depth)?,
            Filter::Or(any) => match single_words(any) {
                Some(words) => self.any_word(&words),
                None => self.join(any, " OR ", "FALSE", depth)?,
            },
            Filter::Not(part) => {
                self.out.say("NOT (");
                self.add(part, depth + 1)?;
                self.out.say(")");
            }
            Filter::Has(field) => self.has(*field),
            Filter::Compare(field, how, wanted) => self.compare(*field, *how, wanted),
            Filter::Text(words) => self.words(words),
            Filter::Near(circle) => self.near(circle),
            Filter::Within(area) => self.within(area),
            Filter::Is(visibility) if visibility.takes_in(self.hidden) => self.out.say("TRUE"),
            Filter::Is(_) => self.out.say("FALSE"),
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

    fn has(&mut self, field: Field) {
        match column(field) {
            Some("confidence") => self.out.say("l.confidence >= 0"),
            Some(_) => self.out.say("TRUE"),
            None => self.many(field, |out| out.say("TRUE")),
        }
    }

    /// Any value of the field, found through the index of values: for conditions few leads pass.
    fn few(&mut self, field: &str, test: impl FnOnce(&mut Statement)) {
        if self.joins == 0 {
            return self.by_lead("lead_values", field, test);
        }
        self.joins -= 1;
        let tenant = sides::number(self.hidden);
        let head = format!(
            "l.cluster IN (SELECT v.lead FROM lead_values AS v WHERE v.tenant = {tenant} AND v.field = ? AND "
        );
        self.out.push(&head, [field.into()]);
        test(self.out);
        self.out.say(")");
    }

    /// Any value of the field, looked up lead by lead: for conditions many leads may pass.
    fn many(&mut self, field: Field, test: impl FnOnce(&mut Statement)) {
        let table = if is_number(field) {
            D::NUMBERS.0
        } else {
            "lead_values"
        };
        self.by_lead(table, field.name(), test);
    }

    fn by_lead(&mut self, table: &str, field: &str, test: impl FnOnce(&mut Statement)) {
        let of_lead = if D::BY_TENANT {
            format!("v.tenant = {} AND ", sides::number(self.hidden))
        } else {
            String::new()
        };
        let head = format!(
            "(EXISTS (SELECT 1 FROM {table} AS v WHERE {of_lead}v.lead = l.cluster AND v.field = ? AND "
        );
        self.out.push(&head, [field.into()]);
        test(self.out);
        // Compared with a truth, it cannot become a join.
        self.out.say(if self.joins == 0 { ")) IS TRUE" } else { "))" });
        self.joins = self.joins.saturating_sub(1);
    }

    fn compare(&mut self, field: Field, how: Comparison, wanted: &Scalar) {
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
            (Scalar::Number(number), None) if is_number(field) && !number.is_nan() => {
                let test = format!("{} {operator} ?", D::NUMBERS.1);
                self.many(field, |out| out.push(&test, [(*number).into()]));
            }
            (Scalar::Text(pattern), None) if !is_number(field) => match how {
                Comparison::Equal => self.like(field, pattern),
                _ => self.many(field, |out| out.compare(D::VALUE, operator, D::text(pattern))),
            },
            // A value of another kind than the field's compares with none.
            _ => self.out.say("FALSE"),
        }
    }

    /// Equality with `*` at either end, as `Filter::matches` reads it.
    fn like(&mut self, field: Field, pattern: &str) {
        match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
            (Some(_), Some(_)) => match pattern.trim_matches('*') {
                "" => self.has(field),
                middle => self.many(field, |out| D::contains(out, middle)),
            },
            (Some(end), None) => self.many(field, |out| D::ends(out, end)),
            (None, Some(start)) => self.few(field.name(), |out| D::begins(out, start)),
            (None, None) => self.few(field.name(), |out| out.compare(D::VALUE, "=", D::text(pattern))),
        }
    }

    /// Any of these words, looked up at once.
    fn any_word(&mut self, words: &[&str]) {
        let Some(column) = D::VALUE.first() else {
            return;
        };
        let test = format!("{column} IN ({})", vec!["?"; words.len()].join(", "));
        let words: Vec<Cell> = words.iter().map(|word| (*word).into()).collect();
        self.few(WORDS, |out| out.push(&test, words));
    }

    /// A point in a circle: between its degrees, which the index knows, and no farther than its edge.
    fn near(&mut self, circle: &Circle) {
        let ((south, north), centre) = (circle.latitudes(), circle.centre().on_sphere());
        self.place();
        self.out
            .push("v.latitude BETWEEN ? AND ?", [south.into(), north.into()]);
        if let Some((west, east)) = circle.longitudes() {
            self.out
                .push(" AND v.longitude BETWEEN ? AND ?", [west.into(), east.into()]);
        }
        let mut sides = [0.0; 7];
        for (at, side) in sides.iter_mut().enumerate() {
            *side = centre
                .get(at / 2)
                .copied()
                .unwrap_or_else(|| circle.straight_squared());
        }
        self.out.push(
            " AND (v.x - ?) * (v.x - ?) + (v.y - ?) * (v.y - ?) + (v.z - ?) * (v.z - ?) <= ?)",
            sides.map(Cell::Real),
        );
    }

    fn within(&mut self, area: &BoundingBox) {
        let [west, south, east, north] = (*area).into();
        self.place();
        self.out
            .push("v.latitude BETWEEN ? AND ? AND ", [south.into(), north.into()]);
        let across = if west <= east {
            "v.longitude BETWEEN ? AND ?)"
        } else {
            "(v.longitude >= ? OR v.longitude <= ?))"
        };
        self.out.push(across, [west.into(), east.into()]);
    }

    fn place(&mut self) {
        self.joins = self.joins.saturating_sub(1);
        let tenant = sides::number(self.hidden);
        let head =
            format!("l.cluster IN (SELECT v.lead FROM lead_points AS v WHERE v.tenant = {tenant} AND ");
        self.out.say(&head);
    }

    fn words(&mut self, words: &[String]) {
        self.out.say("(TRUE");
        for wanted in words.iter().collect::<BTreeSet<_>>() {
            self.out.say(" AND ");
            self.few(WORDS, |out| out.compare(D::VALUE, "=", D::text(wanted)));
        }
        self.out.say(")");
    }
}

/// The words, when each part asks for one that stands in its column as a whole.
fn single_words(parts: &[Filter]) -> Option<Vec<&str>> {
    let single = |part: &'_ Filter| matches!(part, Filter::Text(words) if words.len() == 1);
    if parts.len() < 2 || !parts.iter().all(single) {
        return None;
    }
    let words = parts.iter().flat_map(|part| match part {
        Filter::Text(words) => words.as_slice(),
        _ => &[],
    });
    let words: Vec<&str> = words.map(String::as_str).collect();
    words.iter().all(|word| is_kept(word)).then_some(words)
}

fn is_number(field: Field) -> bool {
    field.kind() == lead_core::record::filter::FieldKind::Number
}

fn operator(how: Comparison) -> &'static str {
    match how {
        Comparison::Equal => "=",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
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
        let compile = |filter: &Filter| add::<SqliteDialect>(&mut Statement::default(), filter, false);
        let deep = (0..500).fold(Filter::All, |filter, _| Filter::Not(Box::new(filter)));
        assert!(compile(&deep).is_err());
        let wide = Filter::Or(vec![Filter::Has(Field::Phone); 40_000]);
        assert!(compile(&wide).is_err());
    }
}
