-- Version 4: what steers the queue and tells of it: turns that come with age, groups, pauses, cancelling, reports, logs.

ALTER TABLE jobs ADD COLUMN version   INTEGER NOT NULL DEFAULT 1;
-- The least goes first: when it was pushed, in microseconds, but sooner for each step of priority. Older jobs are the oldest.
ALTER TABLE jobs ADD COLUMN turn      INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN pool      TEXT; -- the group it belongs to
ALTER TABLE jobs ADD COLUMN cancelled INTEGER NOT NULL DEFAULT FALSE;
ALTER TABLE jobs ADD COLUMN said      TEXT; -- why it was put back last
ALTER TABLE jobs ADD COLUMN progress  TEXT;
UPDATE jobs SET turn = priority * -600000000;

DROP INDEX jobs_by_turn;
CREATE INDEX jobs_by_turn ON jobs (tenant, turn, id) WHERE dead IS NULL;
CREATE INDEX jobs_spent ON jobs (tenant, id) WHERE dead IS NULL AND (attempts >= max_attempts OR cancelled);
CREATE INDEX jobs_by_pool ON jobs (tenant, pool) WHERE dead IS NULL AND pool IS NOT NULL;

-- Groups that jobs belong to.
CREATE TABLE job_pools (
    tenant  INTEGER NOT NULL REFERENCES tenants (id),
    key     TEXT    NOT NULL,
    at_once INTEGER NOT NULL,
    spacing INTEGER NOT NULL, -- microseconds
    next    INTEGER,          -- the next one begins no sooner
    PRIMARY KEY (tenant, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE job_pauses (
    tenant INTEGER NOT NULL REFERENCES tenants (id),
    kind   TEXT    NOT NULL,
    PRIMARY KEY (tenant, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE job_lines (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant  INTEGER NOT NULL REFERENCES tenants (id),
    job     INTEGER NOT NULL,
    at      INTEGER NOT NULL, -- microseconds
    attempt INTEGER NOT NULL,
    line    TEXT    NOT NULL
) STRICT;
CREATE INDEX job_lines_by_job ON job_lines (tenant, job, number);
