-- Version 1. Runs with the library's schema as search path.
--
-- The same tables as SQLite's. What differs:
-- - the tenant leads every key, and row-level security is a second wall behind the conditions of the library: without a
--   tenant in the transaction nothing is seen. It is forced, so that it holds for the tables' owner, too.
-- - an index takes no entry longer than 2,704 bytes, so texts of any length are either named by a UUID that is derived from
--   them, or stand in two columns: their first 200 characters, which are indexed, and the rest.
-- - texts are compared byte by byte (collation "C"): by code points, as the library compares them.
-- - no foreign keys: each costs a look-up a row, and the library alone writes here.
-- - indexes are plain B-trees over columns: under row-level security an index serves only conditions whose operators are
--   leakproof, which those of GIN and functions of a column are not.
-- - tables that grow with the leads are marked so behind their closing bracket: in a database made with partitions they are split
--   by the tenant, and each part gets the indexes and policies of the whole (partitions.sql).

-- Notes are numbered without gaps, so their last number is a lock, too.
CREATE TABLE tenants (
    id    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name  text COLLATE "C" NOT NULL UNIQUE,
    notes bigint NOT NULL DEFAULT 0
);

-- Every record that was seen or linked, and the cluster it belongs to. A cluster is named after the row of one of its
-- records; that row is what writers of the cluster lock.
CREATE SEQUENCE record_rows CACHE 1;
CREATE TABLE records (
    tenant  integer NOT NULL,
    id      bigint  NOT NULL,
    record  uuid    NOT NULL,
    cluster bigint  NOT NULL,
    PRIMARY KEY (tenant, id)
) /* grows */;
CREATE UNIQUE INDEX records_by_record ON records (tenant, record);
CREATE INDEX records_by_cluster ON records (tenant, cluster);

-- Sightings, never edited; only the two times move, which are RFC 3339 to the nanosecond. `body` is the observation as JSON
-- with the times it came with; text, because `jsonb` takes no NUL and `json` nothing but time to check.
CREATE TABLE observations (
    tenant      integer NOT NULL,
    id          bigint  GENERATED ALWAYS AS IDENTITY,
    record      bigint  NOT NULL,
    observation uuid    NOT NULL,
    source      text COLLATE "C" NOT NULL,
    seen_at     text COLLATE "C" NOT NULL,
    last_seen   text COLLATE "C" NOT NULL,
    body        text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, id)
) /* grows */;
CREATE UNIQUE INDEX observations_by_record ON observations (tenant, record, observation);

-- What a record is found by; `key` is derived from `phone:`, `site:`, `id:` and `email:` keys. `matching` marks those that
-- tie records together; the others serve suppression, access and erasure.
CREATE TABLE record_keys (
    tenant   integer NOT NULL,
    record   bigint  NOT NULL,
    key      uuid    NOT NULL,
    matching boolean NOT NULL,
    PRIMARY KEY (tenant, record, key)
) /* grows */;
CREATE INDEX record_keys_by_key ON record_keys (tenant, key) INCLUDE (record, matching);

-- Why records are one cluster; `key` as in record_keys, `because` to be read.
CREATE TABLE links (
    tenant  integer NOT NULL,
    one     bigint  NOT NULL,
    other   bigint  NOT NULL,
    key     uuid    NOT NULL,
    because text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, one, other, key)
) /* grows */;
CREATE INDEX links_by_other ON links (tenant, other);

-- Derived: one row a cluster that was seen, with what leads are sorted by. Times are microseconds since 1970.
CREATE TABLE leads (
    tenant     integer NOT NULL,
    cluster    bigint  NOT NULL,
    id         uuid    NOT NULL,
    name       text COLLATE "C" NOT NULL,
    name_rest  text COLLATE "C" NOT NULL,
    first_seen bigint  NOT NULL,
    last_seen  bigint  NOT NULL,
    confidence double precision NOT NULL,
    body       text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, cluster)
) /* grows */;
CREATE UNIQUE INDEX leads_by_id ON leads (tenant, id);
CREATE INDEX leads_by_name ON leads (tenant, name, id);
CREATE INDEX leads_by_first_seen ON leads (tenant, first_seen, id);
CREATE INDEX leads_by_last_seen ON leads (tenant, last_seen, id);
CREATE INDEX leads_by_confidence ON leads (tenant, confidence, id);

-- Derived: what filters ask for. Words of the full-text search stand under the field `text`. No key is unique: the library
-- writes a value once, and two indexes are dearer to fill than one is to search.
CREATE TABLE lead_values (
    tenant integer NOT NULL,
    lead   bigint  NOT NULL,
    field  text COLLATE "C" NOT NULL,
    value  text COLLATE "C" NOT NULL,
    rest   text COLLATE "C" NOT NULL
) /* grows */;
CREATE INDEX lead_values_by_lead ON lead_values (tenant, lead, field);
CREATE INDEX lead_values_by_value ON lead_values (tenant, field, value, lead);

CREATE TABLE lead_numbers (
    tenant integer NOT NULL,
    lead   bigint  NOT NULL,
    field  text COLLATE "C" NOT NULL,
    number double precision NOT NULL,
    PRIMARY KEY (tenant, lead, field, number)
) /* grows */;
CREATE INDEX lead_numbers_by_number ON lead_numbers (tenant, field, number, lead);

CREATE TABLE suppressions (
    tenant  integer NOT NULL,
    subject text COLLATE "C" NOT NULL,
    reason  text COLLATE "C" NOT NULL,
    since   text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, subject)
);

CREATE TABLE runs (
    tenant integer NOT NULL,
    run    uuid    NOT NULL,
    PRIMARY KEY (tenant, run)
);

CREATE TABLE checkpoints (
    tenant integer NOT NULL,
    run    uuid    NOT NULL,
    id     uuid    NOT NULL,
    key    text COLLATE "C" NOT NULL,
    value  text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, run, id)
);

CREATE TABLE audit (
    tenant  integer NOT NULL,
    number  bigint  NOT NULL,
    actor   text COLLATE "C" NOT NULL,
    action  text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    at      text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, number)
);

-- A job's number comes from a sequence: it is never given again, or an old lease could finish a new job.
CREATE SEQUENCE job_numbers CACHE 1;
CREATE TABLE jobs (
    tenant       integer NOT NULL,
    id           bigint  NOT NULL,
    same         uuid    NOT NULL, -- derived from kind and key
    kind         text COLLATE "C" NOT NULL,
    key          text COLLATE "C" NOT NULL,
    priority     integer NOT NULL,
    due          bigint,
    attempts     bigint  NOT NULL DEFAULT 0,
    max_attempts bigint  NOT NULL,
    token        bigint  NOT NULL DEFAULT 0,
    leased_until bigint,
    dead         text COLLATE "C",
    payload      text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, id)
) /* grows */;
CREATE UNIQUE INDEX jobs_live ON jobs (tenant, same) WHERE dead IS NULL;
CREATE INDEX jobs_by_turn ON jobs (tenant, priority DESC, id) WHERE dead IS NULL;
CREATE INDEX jobs_spent ON jobs (tenant, id) WHERE dead IS NULL AND attempts >= max_attempts;

-- One counter of versions for all, so that a key dropped and set again never shows an old version.
CREATE SEQUENCE state_versions CACHE 1;
CREATE TABLE state_entries (
    tenant  integer NOT NULL,
    id      uuid    NOT NULL, -- derived from the key
    key     text COLLATE "C" NOT NULL,
    version bigint  NOT NULL,
    until   bigint,
    value   bytea   NOT NULL,
    PRIMARY KEY (tenant, id)
);
CREATE INDEX state_by_until ON state_entries (tenant, until) WHERE until IS NOT NULL;

CREATE TABLE state_logs (
    tenant integer NOT NULL,
    id     uuid    NOT NULL, -- derived from the name
    log    text COLLATE "C" NOT NULL,
    last   bigint  NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE TABLE state_lines (
    tenant integer NOT NULL,
    log    uuid    NOT NULL,
    number bigint  NOT NULL,
    line   bytea   NOT NULL,
    PRIMARY KEY (tenant, log, number)
) /* grows */;

-- The second wall. A setting that was local to a transaction is an empty text afterwards.
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON tenants USING (
    id = (SELECT nullif(current_setting('lead.tenant', true), '')::integer)
    OR name = (SELECT current_setting('lead.tenant_name', true))
);

DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['records', 'observations', 'record_keys', 'links', 'leads', 'lead_values', 'lead_numbers',
        'suppressions', 'runs', 'checkpoints', 'audit', 'jobs', 'state_entries', 'state_logs', 'state_lines']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', one);
        EXECUTE format(
            'CREATE POLICY one_tenant ON %I USING (tenant = (SELECT nullif(current_setting(%L, true), %L)::integer))',
            one, 'lead.tenant', '');
    END LOOP;
END
$$;
