//! The second wall: rows of other tenants are not there.

use lead_core::ErrorKind;
use lead_core::record::TenantId;
use lead_core::record::filter::Filter;
use lead_core::seam::conformance::sample::{minute, town};
use lead_core::seam::{AuditNote, Hid, Hiding, LeadQuery, NewJob, WriteBatch};

use crate::server;
use crate::support::*;
use sqlx::PgConnection;

/// Logins of a schema's own: one that makes its tables, and one that only uses them.
struct Logins {
    admin: PgConnection,
    schema: String,
    owner: String,
    user: String,
}

impl Logins {
    async fn make(uri: &str) -> Self {
        let schema = schema_of(uri);
        let (owner, user) = (format!("{schema}_owner"), format!("{schema}_user"));
        let mut admin = raw(uri).await;
        let database: String = sqlx::query_scalar("SELECT current_database()::text")
            .fetch_one(&mut admin)
            .await
            .unwrap();
        let sql = format!(
            "CREATE ROLE {owner} LOGIN; CREATE ROLE {user} LOGIN; GRANT CREATE ON DATABASE \"{database}\" TO {owner}"
        );
        run(&mut admin, &sql).await.unwrap();
        Self {
            admin,
            schema,
            owner,
            user,
        }
    }

    async fn grant(&mut self) {
        let (schema, user) = (&self.schema, &self.user);
        let sql = format!(
            "GRANT USAGE ON SCHEMA {schema} TO {user};
             GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {user};
             GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {user}"
        );
        run(&mut self.admin, &sql).await.unwrap();
    }

    async fn tables(&mut self) -> Vec<String> {
        let tables = "SELECT table_name::text FROM information_schema.tables
                      WHERE table_schema = $1 AND table_name <> 'lead_migrations'";
        let tables = sqlx::query_scalar(tables).bind(&self.schema);
        tables.fetch_all(&mut self.admin).await.unwrap()
    }
}

/// Guards the second wall: whoever forgets the tenant, the tables' owner included, sees nothing and writes nothing.
#[tokio::test]
async fn a_forgotten_tenant_sees_nothing() {
    sees_nothing(&fresh!(), 16).await;
}

/// Guards partitions: through the whole only its own policies count, so each part has the same.
#[tokio::test]
async fn a_forgotten_tenant_sees_nothing_of_any_part() {
    sees_nothing(&server::with(&fresh!(), "partitions=3"), 16 + 3 * 11).await;
}

async fn sees_nothing(uri: &str, at_least: usize) {
    let mut logins = Logins::make(uri).await;
    let owned = lead_storage::open(&as_role(uri, &logins.owner)).await.unwrap();
    owned.commit(WriteBatch::of(town(3))).await.unwrap();
    logins.grant().await;
    let used = lead_storage::open(&as_role(uri, &logins.user)).await.unwrap();
    let other = used.tenant(TenantId::new("other").unwrap());
    other.commit(WriteBatch::of(town(1))).await.unwrap();

    let tables = logins.tables().await;
    assert!(tables.len() >= at_least, "{tables:?}");
    let schema = &logins.schema;
    for role in [&logins.owner, &logins.user] {
        let mut conn = raw(&as_role(uri, role)).await;
        for table in &tables {
            let seen = number(&mut conn, &format!("SELECT count(*) FROM {schema}.{table}")).await;
            assert_eq!(seen, 0, "{role} sees {table}");
        }
        run(&mut conn, "SELECT set_config('lead.tenant', '2', false)")
            .await
            .unwrap();
        let (all, others) = (
            format!("SELECT count(*) FROM {schema}.leads"),
            format!("SELECT count(*) FROM {schema}.leads WHERE tenant = 1"),
        );
        assert_eq!(
            (number(&mut conn, &all).await, number(&mut conn, &others).await),
            (1, 0)
        );
        // Each table that holds leads by itself, parts included.
        let mut seen = 0;
        for table in tables.iter().filter(|table| table.starts_with("leads_")) {
            seen += number(&mut conn, &format!("SELECT count(*) FROM {schema}.{table}")).await;
        }
        assert!(seen == i64::from(at_least > 16), "{seen}");
        for table in tables.iter().filter(|table| table.starts_with("words")) {
            let smuggled =
                format!("INSERT INTO {schema}.{table} (tenant, word, backwards) VALUES (1, 'a', 'a')");
            let error = run(&mut conn, &smuggled).await.unwrap_err();
            let code = error.as_database_error().unwrap().code().map(Into::into);
            assert_eq!(code, Some("42501".to_owned()), "{table}");
        }
    }
}

/// A login that owns nothing does all that leads need, and one that may only look is told so.
#[tokio::test]
async fn a_login_does_what_it_was_granted() {
    let uri = fresh!();
    let mut logins = Logins::make(&uri).await;
    lead_storage::open(&as_role(&uri, &logins.owner)).await.unwrap();
    logins.grant().await;
    let used = lead_storage::open(&as_role(&uri, &logins.user)).await.unwrap();
    let note = AuditNote::new("test", "noted", "x", minute(0));
    let job = NewJob::new("crawl", "a", 1.into());
    used.commit(WriteBatch::of(town(2)).audit(note).jobs(vec![job]))
        .await
        .unwrap();
    let lead = used.page(LeadQuery::default()).await.unwrap().leads[0].id;
    let hidden = Filter::parse("is:hidden").unwrap();
    for (wanted, count) in [(Hiding::hide("anna"), 1), (Hiding::unhide("anna"), 0)] {
        assert_eq!(used.set_hidden(wanted.leads([lead])).await.unwrap(), [Hid::Done]);
        assert_eq!(used.count(hidden.clone()).await.unwrap(), count);
    }
    assert_eq!(used.erase(vec![lead]).await.unwrap().leads, 1);

    let (schema, user) = (&logins.schema, &logins.user);
    let revoke = format!("REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} FROM {user}");
    run(&mut logins.admin, &revoke).await.unwrap();
    let error = used.commit(WriteBatch::of(town(5))).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ReadOnly, "{error:?}");
    run(
        &mut logins.admin,
        &format!("ALTER ROLE {user} CONNECTION LIMIT 0"),
    )
    .await
    .unwrap();
    let uri = server::with(&as_role(&uri, user), "connect_timeout=200ms");
    let error = refused(&uri).await;
    assert_eq!(
        (error.kind(), error.is_retryable()),
        (ErrorKind::Locked, true),
        "{error:?}"
    );
}

/// A database of version 2, with leads in it, hides leads after it was brought forward, and its wall stands where it stood.
#[tokio::test]
async fn an_older_database_hides_what_it_holds() {
    let uri = fresh!();
    let mut logins = Logins::make(&uri).await;
    let owner = as_role(&uri, &logins.owner);
    let owned = lead_storage::open(&owner).await.unwrap();
    let other = TenantId::new("other").unwrap();
    owned.commit(WriteBatch::of(town(9))).await.unwrap();
    owned
        .tenant(other.clone())
        .commit(WriteBatch::of(town(3)))
        .await
        .unwrap();
    owned.close().await;
    let schema = logins.schema.clone();
    let was = "tenant = (SELECT nullif(current_setting('lead.tenant', true), '')::integer)";
    for table in ["leads", "lead_values", "lead_numbers", "lead_points"] {
        let older = format!("ALTER POLICY one_tenant ON {schema}.{table} USING ({was})");
        run(&mut logins.admin, &older).await.unwrap();
    }
    let older = format!(
        "{}; ALTER TABLE {schema}.tenants DROP COLUMN seal; DELETE FROM {schema}.lead_migrations WHERE version >= 3",
        before_queue(&schema)
    );
    run(&mut logins.admin, &older).await.unwrap();

    let owned = lead_storage::open(&owner).await.unwrap();
    let leads = owned
        .page(LeadQuery::new(Filter::All).limit(4))
        .await
        .unwrap()
        .leads;
    let hiding = Hiding::hide("anna").leads(leads.iter().map(|lead| lead.id));
    assert_eq!(owned.set_hidden(hiding).await.unwrap(), [Hid::Done; 4]);
    let hidden = Filter::parse("is:hidden").unwrap();
    assert_eq!(owned.count(Filter::All).await.unwrap(), 5);
    assert_eq!(owned.count(hidden.clone()).await.unwrap(), 4);
    let apart = owned.tenant(other);
    assert_eq!(
        (
            apart.count(Filter::All).await.unwrap(),
            apart.count(hidden).await.unwrap()
        ),
        (3, 0)
    );
    let mut conn = raw(&owner).await;
    for (tenant, seen) in [("1", 9), ("2", 3), ("-1", 9), ("", 0)] {
        run(
            &mut conn,
            &format!("SELECT set_config('lead.tenant', '{tenant}', false)"),
        )
        .await
        .unwrap();
        let count = format!("SELECT count(*) FROM {schema}.leads");
        assert_eq!(number(&mut conn, &count).await, seen, "{tenant}");
    }
}
