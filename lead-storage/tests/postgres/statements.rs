//! Every statement names the tenant, as a server writes down what it was told while every promise is kept.

use std::collections::BTreeSet;
use std::path::Path;

use lead_core::clock::Clock;
use lead_core::seam::{Limiter, Queue, State, Store};
use lead_storage::postgres::{PostgresConfig, PostgresStore};

use crate::server;
use crate::server::own::OwnServer;

/// Tables whose rows belong to a tenant; `tenants` is asked by number or name.
const TABLES: [&str; 22] = [
    "audit",
    "checkpoints",
    "job_lines",
    "job_pauses",
    "job_pools",
    "job_schedules",
    "jobs",
    "lead_numbers",
    "lead_points",
    "lead_values",
    "leads",
    "limits",
    "links",
    "observations",
    "record_keys",
    "records",
    "runs",
    "state_entries",
    "state_lines",
    "state_logs",
    "suppressions",
    "words",
];

/// The tables a statement asks or changes; an error with the place where it names no tenant.
fn named(sql: &str) -> Result<BTreeSet<&'static str>, String> {
    let words: Vec<&str> = sql.split_whitespace().collect();
    let mut tables = BTreeSet::new();
    for (at, pair) in words.windows(2).enumerate() {
        let plain = pair[1].trim_end_matches([',', ';', ')']);
        let Some(table) = TABLES.into_iter().find(|table| *table == plain) else {
            continue;
        };
        let rest = &words[at + 2..];
        let named = match pair[0].trim_start_matches('(') {
            "INTO" => names_column(rest),
            "FROM" | "JOIN" | "USING" | "UPDATE" => names_condition(table, pair[0], rest),
            _ => continue,
        };
        if !named {
            return Err(words[at..].join(" "));
        }
        tables.insert(table);
    }
    Ok(tables)
}

/// `INSERT INTO table [AS alias] (tenant, …`
fn names_column(rest: &[&str]) -> bool {
    let rest = if rest.first() == Some(&"AS") {
        &rest[2..]
    } else {
        rest
    };
    rest.first() == Some(&"(tenant,")
}

/// A condition on the table's own column, before the same name stands for another.
fn names_condition(table: &str, verb: &str, rest: &[&str]) -> bool {
    let (alias, rest) = if rest.first() == Some(&"AS") {
        (rest[1], &rest[2..])
    } else {
        (table, rest)
    };
    let again = rest
        .windows(3)
        .position(|three| three[0] == table && three[1] == "AS" && three[2] == alias);
    let rest = &rest[..again.unwrap_or(rest.len())];
    let at_once = rest.starts_with(&["WHERE", "tenant"])
        && (is_both_sides(&rest[2..])
            || (rest.get(2) == Some(&"=") && rest.get(3).is_some_and(|word| word.starts_with("$1"))));
    let qualified = format!("{alias}.tenant");
    let names = |column: &str| {
        (1..rest.len()).any(|at| {
            rest[at - 1].trim_start_matches('(') == column && (rest[at] == "=" || is_both_sides(&rest[at..]))
        })
    };
    at_once || names(&qualified) || (verb == "UPDATE" && names("tenant"))
}

/// The tenant's leads, hidden or not.
fn is_both_sides(rest: &[&str]) -> bool {
    rest.starts_with(&["IN", "($1,"]) && rest.get(2).is_some_and(|word| word.starts_with("-$1)"))
}

#[test]
fn a_statement_without_its_tenant_is_noticed() {
    for good in [
        "SELECT body FROM leads WHERE tenant = $1 AND id = $2",
        "SELECT l.body FROM records AS r JOIN leads AS l ON l.tenant = r.tenant AND l.cluster = r.cluster WHERE r.tenant = $1",
        "INSERT INTO record_keys AS k (tenant, record) SELECT $1, * FROM unnest($2::bigint[])",
        "UPDATE jobs SET dead = $2 WHERE tenant = $1 AND id = $3",
        "DELETE FROM leads WHERE tenant IN ($1, -$1) AND cluster = ANY ($2)",
        "SELECT l.body FROM leads AS l WHERE l.tenant IN ($1, -$1)",
        "DELETE FROM words AS w WHERE w.tenant = $1 AND NOT EXISTS (SELECT 1 FROM lead_values AS v WHERE v.tenant = $1)",
    ] {
        assert!(!named(good).unwrap().is_empty(), "{good}");
    }
    for bad in [
        "SELECT body FROM leads WHERE id = $2",
        "SELECT count(*) FROM leads",
        "SELECT l.body FROM records AS r JOIN leads AS l ON l.cluster = r.cluster WHERE r.tenant = $1",
        "SELECT 1 FROM leads AS l WHERE l.tenant = $1 AND l.cluster IN (SELECT v.lead FROM lead_values AS v WHERE v.field = $2)",
        "DELETE FROM leads WHERE tenant IN ($2, $3)",
        "INSERT INTO runs (run, tenant) VALUES ($1, $2)",
        "DELETE FROM links WHERE one = ANY ($1)",
        "UPDATE records AS r SET cluster = 1 WHERE r.id = $1",
        "SELECT v.lead FROM lead_values AS v WHERE v.field = $2 UNION SELECT v.lead FROM lead_values AS v WHERE v.tenant = $1",
    ] {
        assert!(named(bad).is_err(), "{bad}");
    }
}

/// What the server was told by those who gave this name, each statement once.
fn told(data: &Path, application: &str) -> BTreeSet<String> {
    let mut statements = BTreeSet::new();
    for file in std::fs::read_dir(data.join("log")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|end| end != "json") {
            continue;
        }
        for line in std::fs::read_to_string(path).unwrap().lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let message = line["message"].as_str().unwrap_or_default();
            let said = message.starts_with("execute ") || message.starts_with("statement: ");
            if said && line["application_name"] == application {
                statements.extend(message.split_once(": ").map(|(_, sql)| sql.to_owned()));
            }
        }
    }
    statements
}

/// What was said of transactions and sessions, which is of no table.
fn is_of_the_session(sql: &str) -> bool {
    [
        "BEGIN",
        "COMMIT",
        "ROLLBACK",
        "SET TRANSACTION ",
        "SELECT set_config(",
        "SELECT pg_advisory_xact_lock",
        "SELECT nextval(",
        "SELECT count(pg_notify(",
    ]
    .iter()
    .any(|start| sql.starts_with(start))
}

/// Asked when a database is opened: its version and its form.
fn is_of_the_catalogue(sql: &str) -> bool {
    sql.contains("pg_catalog.pg_class") || sql.ends_with("lead_migrations")
}

fn is_of_one_tenant(sql: &str) -> bool {
    [
        "SELECT id, seal FROM tenants WHERE name = $1",
        "INSERT INTO tenants (name) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id, seal",
        "UPDATE tenants SET notes = notes + $2 WHERE id = $1 RETURNING notes",
    ]
    .contains(&sql)
}

/// Stores, queues and states for the suites, each in a schema of its own that was made beforehand by another name.
struct Schemas {
    server: OwnServer,
    count: u32,
}

impl Schemas {
    async fn open(&mut self) -> PostgresStore {
        self.count += 1;
        let uri = server::with(
            &self.server.uri(),
            &format!("schema=s{}&idle_timeout=500ms", self.count),
        );
        let open = async |uri: &str| {
            PostgresStore::open(PostgresConfig::from_uri(uri).unwrap())
                .await
                .unwrap()
        };
        open(&server::with(&uri, "application_name=making"))
            .await
            .close()
            .await;
        open(&server::with(&uri, "application_name=working")).await
    }
}

/// The queues of one schema, by the clocks they go by.
fn queues(database: PostgresStore) -> impl Fn(Clock) -> Queue {
    move |clock| Queue::new(database.queue().with_clock(clock))
}

fn states(database: PostgresStore) -> impl Fn(Clock) -> State {
    move |clock| State::new(database.state().with_clock(clock))
}

fn limiters(database: PostgresStore) -> impl Fn(Clock) -> Limiter {
    move |clock| Limiter::new(database.limiter().with_clock(clock))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_statement_names_the_tenant() {
    let settings = [
        "fsync=off",
        "logging_collector=on",
        "log_destination=jsonlog",
        "log_statement=all",
    ];
    let Some(server) = OwnServer::start_with(&settings).await else {
        return;
    };
    let mut schemas = Schemas { server, count: 0 };
    lead_core::store_conformance!(each Store::new(schemas.open().await));
    lead_core::queue_conformance!(each queues(schemas.open().await));
    lead_core::state_conformance!(each states(schemas.open().await));
    lead_core::limiter_conformance!(each limiters(schemas.open().await));
    schemas.server.kill().await;
    // The process that writes the log outlives it by a moment.
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;

    let statements = told(&schemas.server.data(), "working");
    let (mut tables, mut of_tables) = (BTreeSet::new(), 0);
    for sql in &statements {
        let named = named(sql).unwrap_or_else(|place| panic!("no tenant at: {place}\nin: {sql}"));
        let known = is_of_the_session(sql) || is_of_the_catalogue(sql) || is_of_one_tenant(sql);
        assert!(
            known == named.is_empty(),
            "neither of a table nor of the session: {sql}"
        );
        of_tables += usize::from(!named.is_empty());
        tables.extend(named);
    }
    assert_eq!(Vec::from_iter(tables), TABLES);
    assert!(of_tables > 80, "{of_tables} statements");
}
