//! Pages and counts of leads.

use lead_core::record::filter::Filter;
use lead_core::seam::{LeadPage, LeadQuery, PageKey, SortField, SortValue};
use lead_core::{Error, Result};

use super::cell::Cell;
use super::filter::{self, Dialect};
use super::read;
use super::sides::{self, Side, sides};
use super::statement::Statement;

/// The limit of a query and the place it goes on from, checked.
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

/// How many leads pass.
pub(crate) fn count<D: Dialect>(tenant: i64, filter: &Filter) -> Result<Statement> {
    let mut out = of_tenant(tenant);
    let sides = sides(filter);
    if let [side] = &sides[..] {
        count_of::<D>(&mut out, side)?;
        return Ok(out);
    }
    out.say("SELECT (");
    for (at, side) in sides.iter().enumerate() {
        out.say(if at > 0 { ") + (" } else { "" });
        count_of::<D>(&mut out, side)?;
    }
    out.say(")");
    Ok(out)
}

/// A statement whose first value is the tenant, as sides and filters want it.
pub(crate) fn of_tenant(tenant: i64) -> Statement {
    let mut out = Statement::default();
    out.values.push(tenant.into());
    out
}

fn count_of<D: Dialect>(out: &mut Statement, side: &Side) -> Result<()> {
    let tenant = sides::number(side.hidden);
    out.say(&format!(
        "SELECT count(*) FROM leads AS l WHERE l.tenant = {tenant} AND "
    ));
    filter::add::<D>(out, &side.filter, side.hidden)
}

/// The bodies of a page of leads, by key, and of one more when there is one; `filter` is the query's, spelt out. Where it asks for
/// hidden leads and others, these are the first of both, the one behind the other: each side by its own index.
pub(crate) fn page<D: Dialect>(
    tenant: i64,
    query: &LeadQuery,
    filter: &Filter,
    after: Option<PageKey>,
) -> Result<Statement> {
    let mut out = of_tenant(tenant);
    let sides = sides(filter);
    if let [side] = &sides[..] {
        page_of::<D>(&mut out, query, side, after)?;
        return Ok(out);
    }
    for (at, side) in sides.iter().enumerate() {
        out.say(if at > 0 { " UNION ALL " } else { "" });
        out.say("SELECT s.body FROM (");
        page_of::<D>(&mut out, query, side, after.clone())?;
        out.say(") AS s");
    }
    Ok(out)
}

fn page_of<D: Dialect>(
    out: &mut Statement,
    query: &LeadQuery,
    side: &Side,
    after: Option<PageKey>,
) -> Result<()> {
    let mut columns = columns::<D>(query.sort.field);
    columns.push("l.id");
    let (direction, beyond) = if query.sort.descending {
        ("DESC", "<")
    } else {
        ("ASC", ">")
    };
    let tenant = sides::number(side.hidden);
    out.say(&format!(
        "SELECT l.body FROM leads AS l WHERE l.tenant = {tenant}"
    ));
    if let Some(key) = after {
        out.say(" AND ");
        out.compare(&columns, beyond, key_cells::<D>(key));
    }
    out.say(" AND ");
    filter::add::<D>(out, &side.filter, side.hidden)?;
    let order: Vec<String> = columns
        .iter()
        .map(|column| format!("{column} {direction}"))
        .collect();
    let limit = i64::try_from(query.limit + 1).unwrap_or(i64::MAX);
    out.push(&format!(" ORDER BY {} LIMIT ?", order.join(", ")), [limit.into()]);
    Ok(())
}

/// The page that these bodies are.
pub(crate) fn read<'a>(
    query: &LeadQuery,
    bodies: impl ExactSizeIterator<Item = Result<&'a str>>,
) -> Result<LeadPage> {
    let more = bodies.len() > query.limit;
    // Of two sides all are wanted: which are first is known when they are put together.
    let merges = sides(&query.filter).len() > 1;
    let wanted = if merges { bodies.len() } else { query.limit };
    let mut leads = Vec::with_capacity(bodies.len().min(wanted));
    for body in bodies.take(wanted) {
        leads.push(read::lead("store.page", body?)?);
    }
    if merges {
        leads.sort_by_cached_key(|lead| PageKey::of(lead, query.sort.field));
        if query.sort.descending {
            leads.reverse();
        }
        leads.truncate(query.limit);
    }
    let last = leads.last().filter(|_| more);
    let next = last.map(|lead| PageKey::of(lead, query.sort.field).cursor(query.sort));
    Ok(LeadPage::new(leads, next))
}

/// The columns leads are sorted by, beside their id.
fn columns<D: Dialect>(field: SortField) -> Vec<&'static str> {
    match field {
        SortField::Name => D::NAME.to_vec(),
        SortField::FirstSeen => vec!["l.first_seen"],
        SortField::LastSeen => vec!["l.last_seen"],
        SortField::Confidence => vec!["l.confidence"],
        _ => Vec::new(),
    }
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
