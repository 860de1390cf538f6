-- Version 1.
--
-- Rowid tables keep inserts at the end of the file; UUIDs are 16-byte blobs in unique indexes beside them.
-- A tenant is a small number everywhere. Times that are compared to the nanosecond are RFC 3339 texts (compared by
-- the library, never by SQL); times that SQL compares or sorts by are microseconds since 1970.

CREATE TABLE tenants (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- Every record that was seen or linked, and the cluster it belongs to. A cluster is named after the row of one of
-- its records; which one says nothing.
CREATE TABLE records (
    id      INTEGER PRIMARY KEY,
    tenant  INTEGER NOT NULL REFERENCES tenants (id),
    record  BLOB    NOT NULL,
    cluster INTEGER NOT NULL,
    UNIQUE (tenant, record)
) STRICT;
CREATE INDEX records_by_cluster ON records (cluster);

-- Sightings, never edited; only the two times move. `body` is the observation as JSON with the times it came with.
CREATE TABLE observations (
    id          INTEGER PRIMARY KEY,
    record      INTEGER NOT NULL REFERENCES records (id),
    observation BLOB    NOT NULL,
    source      TEXT    NOT NULL,
    seen_at     TEXT    NOT NULL,
    last_seen   TEXT    NOT NULL,
    body        TEXT    NOT NULL,
    UNIQUE (record, observation)
) STRICT;

-- What a record is found by: `phone:`, `site:`, `id:` and `email:` keys. `matching` marks those that tie records
-- together; the others serve suppression, access and erasure.
CREATE TABLE record_keys (
    record   INTEGER NOT NULL REFERENCES records (id),
    key      TEXT    NOT NULL,
    tenant   INTEGER NOT NULL,
    matching INTEGER NOT NULL,
    PRIMARY KEY (record, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_keys_by_key ON record_keys (tenant, key, matching);

-- Why records are one cluster.
CREATE TABLE links (
    one     INTEGER NOT NULL REFERENCES records (id),
    other   INTEGER NOT NULL REFERENCES records (id),
    because TEXT    NOT NULL,
    PRIMARY KEY (one, other, because)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_by_other ON links (other);

-- Derived: one row a cluster that was seen, with what leads are sorted by.
CREATE TABLE leads (
    cluster    INTEGER PRIMARY KEY,
    tenant     INTEGER NOT NULL REFERENCES tenants (id),
    id         BLOB    NOT NULL,
    name       TEXT    NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen  INTEGER NOT NULL,
    confidence REAL    NOT NULL,
    body       TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX leads_by_id ON leads (tenant, id);
CREATE INDEX leads_by_name ON leads (tenant, name, id);
CREATE INDEX leads_by_first_seen ON leads (tenant, first_seen, id);
CREATE INDEX leads_by_last_seen ON leads (tenant, last_seen, id);
CREATE INDEX leads_by_confidence ON leads (tenant, confidence, id);

-- Derived: what filters ask for. Words of the full-text search stand under the field `text`.
CREATE TABLE lead_values (
    lead   INTEGER NOT NULL REFERENCES leads (cluster),
    field  TEXT    NOT NULL,
    value  ANY     NOT NULL,
    tenant INTEGER NOT NULL,
    PRIMARY KEY (lead, field, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX lead_values_by_value ON lead_values (tenant, field, value);

CREATE TABLE suppressions (
    tenant  INTEGER NOT NULL REFERENCES tenants (id),
    subject TEXT    NOT NULL,
    reason  TEXT    NOT NULL,
    since   TEXT    NOT NULL,
    PRIMARY KEY (tenant, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
    tenant INTEGER NOT NULL REFERENCES tenants (id),
    run    BLOB    NOT NULL,
    PRIMARY KEY (tenant, run)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoints (
    tenant INTEGER NOT NULL,
    run    BLOB    NOT NULL,
    key    TEXT    NOT NULL,
    value  TEXT    NOT NULL,
    PRIMARY KEY (tenant, run, key),
    FOREIGN KEY (tenant, run) REFERENCES runs (tenant, run)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    tenant  INTEGER NOT NULL REFERENCES tenants (id),
    number  INTEGER NOT NULL,
    actor   TEXT    NOT NULL,
    action  TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    at      TEXT    NOT NULL,
    PRIMARY KEY (tenant, number)
) STRICT, WITHOUT ROWID;

-- AUTOINCREMENT: a job's number is never given again, or an old lease could finish a new job.
CREATE TABLE jobs (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant       INTEGER NOT NULL REFERENCES tenants (id),
    kind         TEXT    NOT NULL,
    key          TEXT    NOT NULL,
    priority     INTEGER NOT NULL,
    due          INTEGER,
    attempts     INTEGER NOT NULL DEFAULT 0,
    max_attempts INTEGER NOT NULL,
    token        INTEGER NOT NULL DEFAULT 0,
    leased_until INTEGER,
    dead         TEXT,
    payload      TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX jobs_live ON jobs (tenant, kind, key) WHERE dead IS NULL;
CREATE INDEX jobs_by_turn ON jobs (tenant, priority DESC, id) WHERE dead IS NULL;

CREATE TABLE state_entries (
    tenant  INTEGER NOT NULL REFERENCES tenants (id),
    key     TEXT    NOT NULL,
    version INTEGER NOT NULL,
    until   INTEGER,
    value   BLOB    NOT NULL,
    PRIMARY KEY (tenant, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX state_by_until ON state_entries (until) WHERE until IS NOT NULL;

-- One counter of versions for all, so that a key dropped and set again never shows an old version.
CREATE TABLE state_version (
    only    INTEGER PRIMARY KEY CHECK (only = 1),
    version INTEGER NOT NULL
) STRICT;
INSERT INTO state_version VALUES (1, 0);

CREATE TABLE state_lines (
    tenant INTEGER NOT NULL REFERENCES tenants (id),
    log    TEXT    NOT NULL,
    number INTEGER NOT NULL,
    line   BLOB    NOT NULL,
    PRIMARY KEY (tenant, log, number)
) STRICT, WITHOUT ROWID;
