//! A statement that is put together, and the values of its parameters.

use super::cell::Cell;

/// SQL and its values in order. Nothing of the caller's is ever part of the SQL.
#[derive(Debug, Default)]
pub(crate) struct Statement {
    pub(crate) sql: String,
    pub(crate) values: Vec<Cell>,
    /// The place of the number under which stands what is asked for.
    whose: usize,
}

impl Statement {
    /// A statement whose first value is the number under which stands what is asked for: a tenant's, or that of its hidden leads.
    pub(crate) fn of(number: i64) -> Self {
        let mut out = Self::default();
        out.turn_to(number);
        out
    }

    /// What is said from here on is about what stands under this number.
    pub(crate) fn turn_to(&mut self, number: i64) {
        self.values.push(number.into());
        self.whose = self.values.len();
    }

    /// That number, as it is said in SQL: `$1`.
    pub(crate) fn whose(&self) -> String {
        format!("${}", self.whose)
    }

    /// Adds SQL without parameters.
    pub(crate) fn say(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }

    /// Adds SQL with a `?` for each value. Both engines know parameters by their numbers.
    pub(crate) fn push(&mut self, sql: &str, values: impl IntoIterator<Item = Cell>) {
        let mut parts = sql.split('?');
        self.sql.push_str(parts.next().unwrap_or_default());
        for (part, value) in parts.zip(values) {
            self.values.push(value);
            self.sql.push('$');
            self.sql.push_str(&self.values.len().to_string());
            self.sql.push_str(part);
        }
    }

    /// Adds a comparison of columns with as many values, the first columns counting most: `(a, b) < (?, ?)`.
    pub(crate) fn compare(&mut self, columns: &[&str], operator: &str, values: Vec<Cell>) {
        match columns {
            [one] => self.push(&format!("{one} {operator} ?"), values),
            many => {
                let places = vec!["?"; many.len()].join(", ");
                self.push(&format!("({}) {operator} ({places})", many.join(", ")), values);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_numbered_through() {
        let mut statement = Statement::default();
        statement.push("SELECT ? WHERE a = ? ", [1_i64.into(), 2_i64.into()]);
        statement.say("AND ");
        statement.compare(&["b", "c"], "<", vec!["x".into(), "y".into()]);
        assert_eq!(statement.sql, "SELECT $1 WHERE a = $2 AND (b, c) < ($3, $4)");
        assert_eq!(statement.values.len(), 4);
    }

    #[test]
    fn whose_rows_are_asked_for_is_said_by_its_place() {
        let mut statement = Statement::of(7);
        statement.push("a = ?", [1_i64.into()]);
        assert_eq!(statement.whose(), "$1");
        statement.turn_to(-7);
        assert_eq!(statement.whose(), "$3");
        assert_eq!(statement.values.len(), 3);
    }
}
