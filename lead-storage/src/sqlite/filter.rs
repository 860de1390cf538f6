//! Filters as SQL: every value is bound, nothing of the caller's is ever part of the statement.

use lead_core::record::filter::{Comparison, Field, Filter, Scalar};
use lead_core::{Error, Result};

use super::rows::Cell;
use super::values::{WORDS, column};

/// Deeper trees are refused: SQLite's own limit on expressions is 1,000 (<https://sqlite.org/limits.html>).
const MAX_DEPTH: usize = 200;

/// More values are refused: SQLite takes 32,766 parameters, three of them a condition.
const MAX_VALUES: usize = 30_000;

/// A condition on `leads AS l`, and the values of its parameters in order.
#[derive(Debug, Default)]
pub(super) struct Condition {
    pub(super) sql: String,
    pub(super) values: Vec<Cell>,
}

impl Condition {
    /// The condition that says the same as `filter.matches`, on the leads of one tenant.
    pub(super) fn of(filter: &Filter, tenant: i64) -> Result<Self> {
        let mut condition = Self::default();
        condition.add(filter, tenant, 0)?;
        Ok(condition)
    }

    fn add(&mut self, filter: &Filter, tenant: i64, depth: usize) -> Result<()> {
        if depth > MAX_DEPTH {
            return Err(Error::invalid("filter", "nested too deeply").with("most", MAX_DEPTH));
        }
        if self.values.len() > MAX_VALUES {
            return Err(Error::invalid("filter", "too many conditions"));
        }
        match filter {
            Filter::All => self.sql.push('1'),
            Filter::And(all) => self.join(all, " AND ", '1', tenant, depth)?,
            Filter::Or(any) => self.join(any, " OR ", '0', tenant, depth)?,
            Filter::Not(part) => {
                self.sql.push_str("NOT (");
                self.add(part, tenant, depth + 1)?;
                self.sql.push(')');
            }
            Filter::Has(field) => self.has(*field),
            Filter::Compare(field, how, wanted) => self.compare(*field, *how, wanted, tenant),
            Filter::Text(words) => self.words(words, tenant),
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
    fn join(&mut self, parts: &[Filter], word: &str, empty: char, tenant: i64, depth: usize) -> Result<()> {
        match parts {
            [] => self.sql.push(empty),
            [one] => self.add(one, tenant, depth + 1)?,
            many => {
                let (left, right) = many.split_at(many.len() / 2);
                self.sql.push('(');
                self.join(left, word, empty, tenant, depth)?;
                self.sql.push_str(word);
                self.join(right, word, empty, tenant, depth)?;
                self.sql.push(')');
            }
        }
        Ok(())
    }

    /// Pushes SQL with `?` for each value.
    fn push<const N: usize>(&mut self, sql: &str, values: [Cell; N]) {
        self.sql.push_str(sql);
        self.values.extend(values);
    }

    fn has(&mut self, field: Field) {
        match column(field) {
            Some("confidence") => self.sql.push_str("l.confidence >= 0"),
            Some(_) => self.sql.push('1'),
            None => self.push(
                "EXISTS (SELECT 1 FROM lead_values AS v WHERE v.lead = l.cluster AND v.field = ?)",
                [field.name().into()],
            ),
        }
    }

    /// Any value of the field, found through the index of values: for conditions few leads pass.
    fn few<const N: usize>(&mut self, test: &str, field: Field, values: [Cell; N], tenant: i64) {
        self.push(
            "l.cluster IN (SELECT v.lead FROM lead_values AS v WHERE v.tenant = ? AND v.field = ? AND ",
            [tenant.into(), field.name().into()],
        );
        self.push(test, values);
        self.sql.push(')');
    }

    /// Any value of the field, looked up lead by lead: for conditions many leads may pass.
    fn many<const N: usize>(&mut self, test: &str, field: Field, values: [Cell; N]) {
        self.push(
            "EXISTS (SELECT 1 FROM lead_values AS v WHERE v.lead = l.cluster AND v.field = ? AND ",
            [field.name().into()],
        );
        self.push(test, values);
        self.sql.push(')');
    }

    fn compare(&mut self, field: Field, how: Comparison, wanted: &Scalar, tenant: i64) {
        let operator = operator(how);
        match (wanted, column(field)) {
            (Scalar::Time(at), Some(column @ ("first_seen" | "last_seen"))) => {
                self.push(&format!("l.{column} {operator} ?"), [at.as_microsecond().into()]);
            }
            (Scalar::Number(number), Some("confidence")) if !number.is_nan() => {
                self.push(
                    &format!("(l.confidence >= 0 AND l.confidence {operator} ?)"),
                    [(*number).into()],
                );
            }
            (Scalar::Number(number), None) if is_number(field) && !number.is_nan() => {
                self.many(&format!("v.value {operator} ?"), field, [(*number).into()]);
            }
            (Scalar::Text(pattern), None) if !is_number(field) => match how {
                Comparison::Equal => self.like(field, pattern, tenant),
                _ => self.many(&format!("v.value {operator} ?"), field, [pattern.as_str().into()]),
            },
            // A value of another kind than the field's compares with none.
            _ => self.sql.push('0'),
        }
    }

    /// Equality with `*` at either end, as `Filter::matches` reads it. Pieces are compared as bytes: SQLite's text
    /// functions stop at a NUL.
    fn like(&mut self, field: Field, pattern: &str, tenant: i64) {
        let bytes = |text: &str| Cell::Blob(text.as_bytes().to_vec());
        match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
            (Some(_), Some(_)) => match pattern.trim_matches('*') {
                "" => self.has(field),
                middle => self.many("instr(CAST(v.value AS BLOB), ?) > 0", field, [bytes(middle)]),
            },
            (Some(end), None) => {
                let length = i64::try_from(end.len()).unwrap_or(i64::MAX);
                self.many(
                    "substr(CAST(v.value AS BLOB), -?) = ?",
                    field,
                    [length.into(), bytes(end)],
                );
            }
            (None, Some(start)) => match after_prefix(start) {
                Some(end) => self.few(
                    "v.value >= ? AND v.value < ?",
                    field,
                    [start.into(), end.into()],
                    tenant,
                ),
                None => self.few("v.value >= ?", field, [start.into()], tenant),
            },
            (None, None) => self.few("v.value = ?", field, [pattern.into()], tenant),
        }
    }

    fn words(&mut self, words: &[String], tenant: i64) {
        let word = "l.cluster IN (SELECT v.lead FROM lead_values AS v WHERE v.tenant = ? AND v.field = ? AND v.value = ?)";
        self.sql.push_str("(1");
        for wanted in words.iter().collect::<std::collections::BTreeSet<_>>() {
            self.sql.push_str(" AND ");
            self.push(word, [tenant.into(), WORDS.into(), wanted.as_str().into()]);
        }
        self.sql.push(')');
    }
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

    #[test]
    fn the_end_of_a_prefix_is_past_everything_it_begins() {
        assert_eq!(after_prefix("ab").as_deref(), Some("ac"));
        assert_eq!(after_prefix("a\u{10ffff}").as_deref(), Some("b"));
        assert_eq!(after_prefix("\u{d7ff}").as_deref(), Some("\u{e000}"));
        assert_eq!(after_prefix("\u{10ffff}"), None);
    }

    #[test]
    fn depth_and_size_are_capped() {
        let deep = (0..500).fold(Filter::All, |filter, _| Filter::Not(Box::new(filter)));
        assert!(Condition::of(&deep, 1).is_err());
        let wide = Filter::Or(vec![Filter::Has(Field::Phone); 40_000]);
        assert!(Condition::of(&wide, 1).is_err());
    }
}
