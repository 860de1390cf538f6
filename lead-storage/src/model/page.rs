//! Pages and counts of leads.

use lead_core::record::{Lead, LeadId};
use lead_core::seam::{Cursor, LeadPage, LeadQuery, PageKey, Seal, Sort, SortField, SortValue};
use lead_core::{Error, Result};
use sqlx::{ColumnIndex, Decode, Type};
use uuid::Uuid;

use super::cell::Cell;
use super::filter::{self, Dialect};
use super::sides::{Side, add_either, begun};
use super::statement::Statement;

/// The limit of a query and the place it goes on from, checked but for its signature.
pub(crate) fn checked(query: &LeadQuery) -> Result<Option<PageKey>> {
    if !(1..=LeadQuery::MAX_LIMIT).contains(&query.limit) {
        return Err(Error::invalid("page", "a limit lies between 1 and 10000").with("limit", query.limit));
    }
    let Some(cursor) = &query.after else {
        return Ok(None);
    };
    let key = PageKey::parse(cursor, query.sort)?;
    let fits = matches!(
        (query.sort.field, &key.value),
        (SortField::Id, SortValue::Id)
            | (SortField::Name, SortValue::Text(_))
            | (SortField::FirstSeen | SortField::LastSeen, SortValue::Micros(_))
            | (SortField::Confidence, SortValue::Number(_))
    );
    // Only a cursor that somebody made up.
    fits.then_some(Some(key))
        .ok_or_else(|| Error::invalid("cursor", "not a cursor of this library"))
}

/// Whether the tenant of this seal was given the cursor that a query goes on from.
pub(crate) fn check_given(query: &LeadQuery, seal: &Seal) -> Result<()> {
    query.after.as_ref().map_or(Ok(()), |cursor| seal.check(cursor))
}

/// How many leads of a side pass.
pub(crate) fn count<D: Dialect>(side: &Side) -> Result<Statement> {
    let mut out = Statement::of(side.number);
    out.say("SELECT count(*) FROM ");
    add_passing::<D>(&mut out, side)?;
    Ok(out)
}

/// Adds the leads `l` of a side that pass, of which the statement is.
pub(crate) fn add_passing<D: Dialect>(out: &mut Statement, side: &Side) -> Result<()> {
    out.say(&format!("leads AS l WHERE l.tenant = {} AND ", out.whose()));
    filter::add::<D>(out, &side.filter)
}

/// The bodies of a page of a side's leads, by key, and of one more when there is one; the side's filter is the query's, spelt out.
pub(crate) fn page<D: Dialect>(query: &LeadQuery, side: &Side, after: Option<PageKey>) -> Result<Statement> {
    let mut out = Statement::of(side.number);
    out.say("SELECT l.body FROM ");
    add_passing::<D>(&mut out, side)?;
    add_after::<D>(&mut out, query.sort, after);
    let limit = i64::try_from(query.limit + 1).unwrap_or(i64::MAX);
    out.push(
        &format!(" ORDER BY {} LIMIT ?", order::<D>(query.sort)),
        [limit.into()],
    );
    Ok(out)
}

/// Adds that a lead stands behind a place in the order.
pub(crate) fn add_after<D: Dialect>(out: &mut Statement, sort: Sort, after: Option<PageKey>) {
    if let Some(key) = after {
        let beyond = if sort.descending { "<" } else { ">" };
        out.say(" AND ");
        out.compare(&columns::<D>(sort.field), beyond, key_cells::<D>(key));
    }
}

/// An order, as SQL.
pub(crate) fn order<D: Dialect>(sort: Sort) -> String {
    let direction = if sort.descending { "DESC" } else { "ASC" };
    let columns = columns::<D>(sort.field);
    let order: Vec<String> = columns
        .iter()
        .map(|column| format!("{column} {direction}"))
        .collect();
    order.join(", ")
}

/// The page that these leads are: of one side in their order, of two the one behind the other.
pub(crate) fn paged(query: &LeadQuery, sides: usize, seal: &Seal, mut leads: Vec<Lead>) -> LeadPage {
    let more = leads.len() > query.limit;
    // Which are first of two sides is known when they are put together.
    if sides > 1 {
        leads.sort_by_cached_key(|lead| PageKey::of(lead, query.sort.field));
        if query.sort.descending {
            leads.reverse();
        }
    }
    leads.truncate(query.limit);
    let last = leads.last().filter(|_| more);
    let next = last.map(|lead| PageKey::of(lead, query.sort.field).cursor(query.sort, seal));
    LeadPage::new(leads, next)
}

/// The places of every so-manieth lead of a query; each row is an id and what it is sorted by. The filters of the sides are the
/// query's, spelt out.
pub(crate) fn marks<D: Dialect>(
    query: &LeadQuery,
    sides: &[Side],
    after: Option<&PageKey>,
    every: usize,
) -> Result<Statement> {
    let value = match query.sort.field {
        SortField::Name => D::NAME.join(" || "),
        field => columns::<D>(field).first().copied().unwrap_or("l.id").to_owned(),
    };
    let order = order::<D>(query.sort);
    let mut out = begun(sides);
    out.say(&format!(
        "SELECT s.id, s.value FROM (SELECT l.id, {value} AS value, row_number() OVER (ORDER BY {order}) AS place FROM "
    ));
    add_either(&mut out, sides, "l.*", "l", |out, side| {
        add_passing::<D>(out, side)?;
        add_after::<D>(out, query.sort, after.cloned());
        Ok(())
    })?;
    let whole = |number: usize| Cell::Int(i64::try_from(number).unwrap_or(i64::MAX));
    out.push(
        ") AS s WHERE s.place % ? = 0 ORDER BY s.place LIMIT ?",
        [whole(every), whole(LeadQuery::MAX_MARKS)],
    );
    Ok(out)
}

/// The place that a row of [`marks`] tells.
pub(crate) fn mark<'r, R>(sort: Sort, seal: &Seal, row: &'r R) -> sqlx::Result<Cursor>
where
    R: sqlx::Row,
    usize: ColumnIndex<R>,
    Uuid: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    f64: Decode<'r, R::Database> + Type<R::Database>,
{
    let value = match sort.field {
        SortField::Name => SortValue::Text(row.try_get(1)?),
        SortField::FirstSeen | SortField::LastSeen => SortValue::Micros(row.try_get(1)?),
        SortField::Confidence => SortValue::Number(row.try_get(1)?),
        _ => SortValue::Id,
    };
    let id = LeadId::from_uuid(row.try_get(0)?);
    Ok(PageKey { value, id }.cursor(sort, seal))
}

/// Refuses steps of nothing.
pub(crate) fn checked_step(every: usize) -> Result<()> {
    match every {
        0 => Err(Error::invalid("marks", "a step is at least one lead")),
        _ => Ok(()),
    }
}

/// The columns leads are sorted by, their id at the end.
fn columns<D: Dialect>(field: SortField) -> Vec<&'static str> {
    let mut columns = match field {
        SortField::Name => D::NAME.to_vec(),
        SortField::FirstSeen => vec!["l.first_seen"],
        SortField::LastSeen => vec!["l.last_seen"],
        SortField::Confidence => vec!["l.confidence"],
        _ => Vec::new(),
    };
    columns.push("l.id");
    columns
}

/// A place in the order, column by column.
fn key_cells<D: Dialect>(key: PageKey) -> Vec<Cell> {
    let mut cells = match key.value {
        SortValue::Text(text) => D::text(&text),
        SortValue::Number(number) => vec![number.into()],
        SortValue::Micros(micros) => vec![micros.into()],
        SortValue::Id => Vec::new(),
    };
    cells.push(key.id.as_uuid().into());
    cells
}
