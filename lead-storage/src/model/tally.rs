//! Counts of leads by what stands in a field.

use lead_core::record::filter::Filter;
use lead_core::seam::{By, Tallied, Tally};
use lead_core::{Error, ErrorKind, Result};
use sqlx::{ColumnIndex, Decode, Type};

use super::cell::Cell;
use super::filter::{self, Dialect};
use super::page::add_passing;
use super::sides::{Side, add_either, begun, sides};
use super::statement::Statement;
use super::values::column;

/// A value or a bin, as a row tells it.
#[derive(Debug)]
pub(crate) enum Group {
    Value(String),
    Bin(i64),
}

/// A row of the answer: what is counted, its leads, and how many such rows there are, told or not.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) group: Group,
    pub(crate) leads: i64,
    pub(crate) distinct: i64,
}

/// The values or bins that have leads, each with their number, and how many there are.
pub(crate) fn groups<D: Dialect>(tenant: i64, tally: &Tally) -> Result<Statement> {
    // A column of the lead's own has one value at most, or a mark that it has none.
    let asked = column(tally.field).map_or_else(|| tally.filter.clone(), |_| tally.having());
    let sides = sides(tenant, &asked);
    let mut out = begun(&sides);
    match &tally.by {
        By::Values(most) => values::<D>(&mut out, tally, &sides, *most)?,
        By::Numbers(edges) => {
            let edges: Vec<Cell> = edges.iter().map(|edge| Cell::Real(*edge)).collect();
            bins::<D>(&mut out, tally, &sides, &edges)?;
        }
        By::Times(edges) => {
            let edges: Vec<Cell> = edges
                .iter()
                .map(|edge| Cell::Int(edge.as_microsecond()))
                .collect();
            bins::<D>(&mut out, tally, &sides, &edges)?;
        }
        _ => return Err(unknown()),
    }
    Ok(out)
}

fn values<D: Dialect>(out: &mut Statement, tally: &Tally, sides: &[Side], most: usize) -> Result<()> {
    let (whole, columns) = (D::VALUE.join(" || "), D::VALUE.join(", "));
    // A count over all groups is taken before the limit.
    out.say(&format!("SELECT {whole}, count(*), count(*) OVER () FROM "));
    add_either(out, sides, &columns, "v", |out, side| {
        add_values::<D>(out, "lead_values", tally, side)
    })?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let tail = format!(" GROUP BY {columns} ORDER BY count(*) DESC, {columns} LIMIT ?");
    out.push(&tail, [most.into()]);
    Ok(())
}

fn bins<D: Dialect>(out: &mut Statement, tally: &Tally, sides: &[Side], edges: &[Cell]) -> Result<()> {
    let kept = column(tally.field).map(|column| format!("l.{column}"));
    out.say("SELECT CAST(");
    branch(out, kept.as_deref().unwrap_or(D::NUMBERS.1), edges, 0);
    if let Some(kept) = &kept {
        out.say(" AS bigint), count(*), count(*) OVER () FROM ");
        add_either(out, sides, kept, "l", add_passing::<D>)?;
    } else {
        out.say(" AS bigint), count(DISTINCT v.lead), count(*) OVER () FROM ");
        let columns = format!("v.lead, {}", D::NUMBERS.1);
        add_either(out, sides, &columns, "v", |out, side| {
            add_values::<D>(out, D::NUMBERS.0, tally, side)
        })?;
    }
    out.say(" GROUP BY 1");
    Ok(())
}

/// Adds the rows of a table of values that belong to the field, of leads of one side that pass.
fn add_values<D: Dialect>(out: &mut Statement, table: &str, tally: &Tally, side: &Side) -> Result<()> {
    out.say(&format!("{table} AS v"));
    let all = matches!(side.filter, Filter::All);
    if !all {
        out.say(" JOIN leads AS l ON l.tenant = v.tenant AND l.cluster = v.lead");
    }
    out.push(
        &format!(" WHERE v.tenant = {} AND v.field = ?", out.whose()),
        [tally.field.name().into()],
    );
    if !all {
        out.say(" AND ");
        filter::add::<D>(out, &side.filter)?;
    }
    Ok(())
}

/// Adds the number of the bin a column falls into. Halving the edges takes a dozen comparisons where a list of them takes
/// thousands.
fn branch(out: &mut Statement, column: &str, edges: &[Cell], first: usize) {
    let half = edges.len() / 2;
    let (below, rest) = edges.split_at(half);
    let Some((edge, above)) = rest.split_first() else {
        return out.say(&first.to_string());
    };
    out.push(&format!("CASE WHEN {column} < ? THEN "), [edge.clone()]);
    branch(out, column, below, first);
    out.say(" ELSE ");
    branch(out, column, above, first + half + 1);
    out.say(" END");
}

/// The answer that these rows are, beside how many leads pass, and how many of them have a value.
pub(crate) fn read(
    tally: &Tally,
    leads: u64,
    with: u64,
    rows: impl IntoIterator<Item = Result<Row>>,
) -> Result<Tallied> {
    let mut told = Tallied::default();
    (told.leads, told.with) = (leads, with);
    told.bins = vec![0; tally.bins()];
    for row in rows {
        let row = row?;
        let count = u64::try_from(row.leads).unwrap_or(0);
        told.distinct = u64::try_from(row.distinct).unwrap_or(0);
        match row.group {
            Group::Value(value) => told.values.push((value, count)),
            Group::Bin(bin) => {
                let bin = usize::try_from(bin).ok().and_then(|bin| told.bins.get_mut(bin));
                *bin.ok_or_else(unknown)? = count;
            }
        }
    }
    Ok(told)
}

/// A row of an engine's answer.
pub(crate) fn row<'r, R>(tally: &Tally, row: &'r R) -> sqlx::Result<Row>
where
    R: sqlx::Row,
    usize: ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    let group = match tally.by {
        By::Values(_) => Group::Value(row.try_get(0)?),
        _ => Group::Bin(row.try_get(0)?),
    };
    Ok(Row {
        group,
        leads: row.try_get(1)?,
        distinct: row.try_get(2)?,
    })
}

fn unknown() -> Error {
    Error::new(
        ErrorKind::Unsupported,
        "store.tally",
        "this store does not know such a count yet",
    )
}

#[cfg(test)]
mod tests {
    use lead_core::record::filter::Field;

    use super::*;
    use crate::sqlite::SqliteDialect;

    #[test]
    fn every_value_is_bound() {
        let filter = Filter::parse("city:\"'; drop table leads\"").unwrap();
        for tally in [
            Tally::values(Field::City, 3),
            Tally::numbers(Field::Rating, [0.5, 1.5, 2.5]),
            Tally::numbers(Field::Confidence, [0.5]),
        ] {
            let statement = groups::<SqliteDialect>(7, &tally.filter(filter.clone())).unwrap();
            assert!(
                !statement.sql.contains("drop") && !statement.sql.contains(".5"),
                "{}",
                statement.sql
            );
            let places = statement.values.len();
            assert!(statement.sql.contains(&format!("${places}")) && !statement.sql.contains('?'));
        }
    }

    #[test]
    fn a_bin_is_found_by_halving() {
        let mut out = Statement::default();
        let edges: Vec<Cell> = (0..3).map(Cell::Int).collect();
        branch(&mut out, "x", &edges, 0);
        assert_eq!(
            out.sql,
            "CASE WHEN x < $1 THEN CASE WHEN x < $2 THEN 0 ELSE 1 END ELSE CASE WHEN x < $3 THEN 2 ELSE 3 END END"
        );
        assert_eq!(out.values, [Cell::Int(1), Cell::Int(0), Cell::Int(2)]);
    }
}
