//! Where PostgreSQL's SQL differs.

use super::rows::{is_whole, split};
use crate::model::cell::Cell;
use crate::model::filter::{Dialect, add_range};
use crate::model::statement::Statement;

/// A text stands in two columns, numbers in a table of their own.
#[derive(Debug)]
pub(super) struct PostgresDialect;

fn cells(text: &str) -> Vec<Cell> {
    let (head, rest) = split(text);
    vec![head.into(), rest.into()]
}

impl Dialect for PostgresDialect {
    const VALUE: &'static [&'static str] = &["v.value", "v.rest"];
    const NAME: &'static [&'static str] = &["l.name", "l.name_rest"];
    const NUMBERS: (&'static str, &'static str) = ("lead_numbers", "v.number");
    const BY_TENANT: bool = true;
    // An EXISTS with an OFFSET is left as it is (simplify_EXISTS_query in the server's subselect.c); another becomes a "hashed SubPlan"
    // where the planner takes a value that a tenth of the leads have for a rare one.
    const NOT_AT_ONCE: &'static str = " OFFSET 0";
    // With the leads themselves still below join_collapse_limit, which is 8.
    const JOINS: usize = 6;

    fn text(value: &str) -> Vec<Cell> {
        cells(value)
    }

    fn equals(out: &mut Statement, text: &str) {
        let (head, rest) = split(text);
        if is_whole(&head) {
            // The index tells it all.
            out.push("v.value = ?", [head.into()]);
        } else {
            out.push("(v.value, v.rest) = (?, ?)", [head.into(), rest.into()]);
        }
    }

    fn begins(out: &mut Statement, start: &str) {
        let (head, rest) = split(start);
        if rest.is_empty() {
            add_range(out, "v.value", &head);
        } else {
            out.push(
                "v.value = ? AND starts_with(v.rest, ?)",
                [head.into(), rest.into()],
            );
        }
    }

    fn ends(out: &mut Statement, end: &str) {
        let length = i64::try_from(end.chars().count()).unwrap_or(i64::MAX);
        out.push(
            "right(v.value || v.rest, ?::integer) = ?",
            [length.into(), end.into()],
        );
    }

    fn contains(out: &mut Statement, middle: &str) {
        out.push("strpos(v.value || v.rest, ?) > 0", [middle.into()]);
    }
}
