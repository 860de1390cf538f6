//! How the leads of a filter are found.
//!
//! The server's planner cannot know the rare value from the one that every lead has when a plan is kept for all values, and knows
//! little of values that come together. So the library looks first how many leads each condition has in its index, up to a
//! bound, and says in the statement where to begin: with the few of the rarest condition; or in the order that is asked for, lead by
//! lead, which soon makes a page when many pass; or, when that gives too few, with the rarest condition's leads in that order, when
//! they are some thousands, else with those that stand in every list.

mod ordered;
mod parts;
mod sample;

use lead_core::Result;
use lead_core::record::Lead;
use lead_core::seam::{Estimate, LeadQuery, PageKey};
use sqlx::Row;

use self::parts::{List, Part, lists, parts};
use super::db::Tx;
use super::error::failed;
use super::filter::PostgresDialect;
use super::rows::{fetch, leads};
use crate::model::page::{self, add_after, order};
use crate::model::sides::Side;
use crate::model::statement::Statement;

/// So many leads are few: to fetch and sort them all costs some milliseconds.
const FEW: i64 = 1000;
/// So many can be put in order, though not fetched, within some hundredths of a second.
const SOME: i64 = 16_000;
/// So many leads are looked at in their order, for each that is wanted, before many are sought in their lists; at least so many.
const LOOKED_AT: usize = 20;
const LOOKED_AT_LEAST: usize = 8000;
/// So many, before a list of some is put in order, when the page is small enough to be made of them.
const GLANCED_AT: usize = 500;
/// Lists whose common leads are sought; what they leave is asked lead by lead.
const MEETING: usize = 4;

/// The filter of a side, its conditions, and where to begin.
struct Plan<'a> {
    side: &'a Side,
    parts: Vec<Part<'a>>,
    /// Lists of conditions and their places, the shortest first, as far as that is known.
    lists: Vec<(usize, List<'a>)>,
    /// How long the first list is.
    length: Length,
}

/// How many leads a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Length {
    Few,
    Some,
    Many,
}

impl<'a> Plan<'a> {
    async fn of(tx: &mut Tx, operation: &'static str, side: &'a Side) -> Result<Self> {
        let parts = parts(&side.filter);
        let lists = lists(&parts);
        let mut plan = Self {
            side,
            parts,
            lists,
            length: Length::Many,
        };
        if plan.lists.is_empty() {
            return Ok(plan);
        }
        for (most, length) in [(FEW, Length::Few), (SOME, Length::Some)] {
            let lengths = lengths(tx, operation, &plan, most).await?;
            let mut order: Vec<_> = lengths.into_iter().zip(plan.lists).collect();
            order.sort_by_key(|(length, _)| *length);
            let shortest = order.first().is_some_and(|(length, _)| *length <= most);
            plan.lists = order.into_iter().map(|(_, list)| list).collect();
            if shortest {
                plan.length = length;
                break;
            }
        }
        Ok(plan)
    }

    /// A statement about the leads of the side.
    fn begin(&self) -> Statement {
        Statement::of(self.side.number)
    }

    /// How many leads are looked at in their order before the lists are asked, for a page of so many.
    fn looked_at(&self, limit: usize) -> Option<usize> {
        match self.length {
            Length::Few => None,
            Length::Some => (limit < GLANCED_AT).then_some(GLANCED_AT),
            Length::Many => Some((limit * LOOKED_AT).max(LOOKED_AT_LEAST)),
        }
    }

    /// Adds ` AND …` for the conditions wanted.
    fn add_parts(&self, out: &mut Statement, wanted: impl Fn(usize, &Part<'_>) -> bool) -> Result<()> {
        for (at, part) in self.parts.iter().enumerate() {
            if wanted(at, part) {
                out.say(" AND ");
                part.add(out)?;
            }
        }
        Ok(())
    }

    /// Adds the numbers of leads that pass every condition on values, as `cluster`, each once.
    fn add_found(&self, out: &mut Statement) -> Result<()> {
        let used = if self.length == Length::Few { 1 } else { MEETING };
        let used: Vec<_> = self.lists.iter().take(used).collect();
        out.say("SELECT l.cluster FROM (");
        if let [(_, one)] = used.as_slice() {
            one.add_each(out);
        }
        for (at, (_, list)) in used.iter().enumerate().filter(|_| used.len() > 1) {
            out.say(if at == 0 { "(" } else { " INTERSECT (" });
            list.add(out);
            out.say(")");
        }
        if self.length == Length::Few {
            // Told so, the planner knows that they are few.
            out.say(&format!(" LIMIT {}", FEW + 1));
        }
        out.say(") AS l WHERE TRUE");
        let whole = |at| {
            used.iter()
                .any(|(place, list)| *place == at && !matches!(list, List::Any(_)))
        };
        self.add_parts(out, |at, part| part.is_value() && !whole(at))
    }

    /// Adds leads `l` that pass.
    fn add_leads(&self, out: &mut Statement, after: impl FnOnce(&mut Statement)) -> Result<()> {
        // Not flattened, so that each lead is fetched by its number.
        out.say(&format!(
            " FROM found CROSS JOIN LATERAL (SELECT * FROM leads AS one WHERE one.tenant = {} \
             AND one.cluster = found.cluster OFFSET 0) AS l WHERE TRUE",
            out.whose()
        ));
        after(out);
        self.add_parts(out, |_, part| !part.is_value())
    }

    fn add_with(&self, out: &mut Statement) -> Result<()> {
        out.say("WITH found AS MATERIALIZED (");
        self.add_found(out)?;
        out.say(") ");
        Ok(())
    }
}

/// How many leads stand in each list, up to one more than `most`. Of a kind that many leads have, more than a few are taken for many:
/// to count them would take longer than it helps.
async fn lengths(tx: &mut Tx, operation: &'static str, plan: &Plan<'_>, most: i64) -> Result<Vec<i64>> {
    let mut out = plan.begin();
    out.say("SELECT ");
    for (at, (_, list)) in plan.lists.iter().enumerate() {
        out.say(if at == 0 { "" } else { ", " });
        if most > FEW && !list.is_narrow() {
            out.say(&format!("{}::bigint", most + 1));
            continue;
        }
        out.say("(SELECT count(*) FROM (SELECT 1 FROM (");
        list.add(&mut out);
        out.say(&format!(") AS s LIMIT {}) AS beginning)", most + 1));
    }
    let rows = fetch(tx.conn(), operation, out).await?;
    let row = rows.first();
    let counts = (0..plan.lists.len()).map(|at| row.map_or(Ok(0), |row| row.try_get(at)));
    counts.collect::<sqlx::Result<_>>().map_err(failed(operation))
}

/// A page of leads, by key, and one more when there is one; the side's filter is the query's, spelt out.
pub(super) async fn page(
    tx: &mut Tx,
    query: &LeadQuery,
    side: &Side,
    after: Option<PageKey>,
) -> Result<Vec<Lead>> {
    let operation = "store.page";
    let plan = Plan::of(tx, operation, side).await?;
    if plan.lists.is_empty() {
        let walk = walk(&plan, query, after, None)?;
        return leads(tx.conn(), operation, walk).await;
    }
    if let Some(most) = plan.looked_at(query.limit) {
        let walk = walk(&plan, query, after.clone(), Some(most))?;
        let found = leads(tx.conn(), operation, walk).await?;
        if found.len() > query.limit || !goes_on(tx, &plan, query, after.clone(), most).await? {
            return Ok(found);
        }
    }
    let rest = match plan.length {
        Length::Some => ordered::page(&plan, query, after)?,
        Length::Few | Length::Many => found(&plan, query, after)?,
    };
    leads(tx.conn(), operation, rest).await
}

/// Leads that stand in the lists, fetched and put in order.
fn found(plan: &Plan<'_>, query: &LeadQuery, after: Option<PageKey>) -> Result<Statement> {
    let mut out = plan.begin();
    plan.add_with(&mut out)?;
    out.say("SELECT l.body");
    plan.add_leads(&mut out, |out| {
        add_after::<PostgresDialect>(out, query.sort, after);
    })?;
    add_end(&mut out, query, query.limit + 1);
    Ok(out)
}

/// Leads in the order asked for, each asked whether it passes; at most so many.
fn walk(
    plan: &Plan<'_>,
    query: &LeadQuery,
    after: Option<PageKey>,
    most: Option<usize>,
) -> Result<Statement> {
    let mut out = plan.begin();
    out.say("SELECT l.body FROM ");
    if let Some(most) = most {
        out.say("(SELECT l.*");
        add_all(&mut out, query, after);
        add_end(&mut out, query, most);
        out.say(") AS l WHERE TRUE");
    } else {
        out.say(&format!("leads AS l WHERE l.tenant = {}", out.whose()));
        add_after::<PostgresDialect>(&mut out, query.sort, after);
    }
    plan.add_parts(&mut out, |_, _| true)?;
    add_end(&mut out, query, query.limit + 1);
    Ok(out)
}

/// Whether there are more than so many leads behind a place.
async fn goes_on(
    tx: &mut Tx,
    plan: &Plan<'_>,
    query: &LeadQuery,
    after: Option<PageKey>,
    most: usize,
) -> Result<bool> {
    let mut out = plan.begin();
    out.say("SELECT l.id");
    add_all(&mut out, query, after);
    add_end(&mut out, query, 1);
    out.say(&format!(" OFFSET {most}"));
    Ok(!fetch(tx.conn(), "store.page", out).await?.is_empty())
}

fn add_all(out: &mut Statement, query: &LeadQuery, after: Option<PageKey>) {
    out.say(&format!(" FROM leads AS l WHERE l.tenant = {}", out.whose()));
    add_after::<PostgresDialect>(out, query.sort, after);
}

/// The number is ours and stands in the statement: of a value the planner would think that it is a tenth of all there is.
fn add_end(out: &mut Statement, query: &LeadQuery, limit: usize) {
    let order = order::<PostgresDialect>(query.sort);
    out.say(&format!(" ORDER BY {order} LIMIT {limit}"));
}

/// How many leads of a side pass its filter, which is spelt out.
pub(super) async fn count(tx: &mut Tx, side: &Side) -> Result<u64> {
    let plan = Plan::of(tx, "store.count", side).await?;
    counted(tx, &plan).await
}

/// About how many: exact when they are few.
pub(super) async fn estimate(tx: &mut Tx, side: &Side) -> Result<Estimate> {
    let plan = Plan::of(tx, "store.estimate", side).await?;
    if plan.length > Length::Few
        && let Some(estimate) = sample::estimate(tx, &plan).await?
    {
        return Ok(estimate);
    }
    counted(tx, &plan).await.map(Estimate::exact)
}

async fn counted(tx: &mut Tx, plan: &Plan<'_>) -> Result<u64> {
    let operation = "store.count";
    let all_values = plan.parts.iter().all(Part::is_value);
    let statement = if plan.lists.is_empty() || !(plan.length == Length::Few || all_values) {
        page::count::<PostgresDialect>(plan.side)?
    } else {
        let mut out = plan.begin();
        plan.add_with(&mut out)?;
        out.say("SELECT count(*)");
        if all_values {
            out.say(" FROM found");
        } else {
            plan.add_leads(&mut out, |_| {})?;
        }
        out
    };
    let rows = fetch(tx.conn(), operation, statement).await?;
    let count = rows.first().map(|row| row.try_get::<i64, _>(0)).transpose();
    let count = count.map_err(failed(operation))?.unwrap_or(0);
    Ok(u64::try_from(count).unwrap_or(0))
}
