//! Pages of a list that is too long to be fetched, and too short for leads that pass to be soon met in the order asked for.

use lead_core::Result;
use lead_core::seam::{LeadQuery, PageKey, SortField};

use super::{Plan, add_end};
use crate::model::page::{add_after, order};
use crate::model::statement::Statement;
use crate::postgres::filter::PostgresDialect;

/// What leads are sorted by and have conditions on, all of which the index by number has: the leads themselves are not read.
const KEYS: &str = "one.cluster, one.id, one.first_seen, one.last_seen, one.confidence";
/// Names are too long for it.
const NAMES: &str = ", one.name, one.name_rest";

/// The first list's leads, put in order by their keys; then asked for the other conditions one by one, until there is a page; then
/// fetched.
pub(super) fn page(plan: &Plan<'_>, query: &LeadQuery, after: Option<PageKey>) -> Result<Statement> {
    let mut out = plan.begin();
    let (whose, order) = (out.whose(), order::<PostgresDialect>(query.sort));
    let names = if query.sort.field == SortField::Name {
        NAMES
    } else {
        ""
    };
    // Every step stands behind an `OFFSET 0`, or the planner would ask the conditions of all before they are in order.
    out.say("WITH keys AS MATERIALIZED (SELECT l.* FROM (");
    for (_, list) in plan.lists.iter().take(1) {
        list.add_each(&mut out);
    }
    out.say(&format!(
        ") AS listed CROSS JOIN LATERAL (SELECT {KEYS}{names} FROM leads AS one WHERE one.tenant = {whose} \
         AND one.cluster = listed.cluster OFFSET 0) AS l WHERE TRUE"
    ));
    add_after::<PostgresDialect>(&mut out, query.sort, after);
    out.say(&format!(
        "), passing AS MATERIALIZED (SELECT l.cluster FROM (SELECT l.* FROM keys AS l ORDER BY {order} OFFSET 0) AS l WHERE TRUE"
    ));
    plan.add_parts(&mut out, |_, _| true)?;
    add_end(&mut out, query, query.limit + 1);
    out.say(&format!(
        ") SELECT l.body FROM passing CROSS JOIN LATERAL (SELECT one.* FROM leads AS one WHERE one.tenant = {whose} \
         AND one.cluster = passing.cluster OFFSET 0) AS l ORDER BY {order}"
    ));
    Ok(out)
}
