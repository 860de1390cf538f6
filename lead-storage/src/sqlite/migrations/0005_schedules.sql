-- Version 5: jobs that are pushed again and again.

CREATE TABLE job_schedules (
    tenant INTEGER NOT NULL REFERENCES tenants (id),
    name   TEXT    NOT NULL,
    words  TEXT    NOT NULL, -- what is pushed and when, as JSON
    due    INTEGER,          -- microseconds; none: never again
    last   INTEGER,          -- when the last run was due
    paused INTEGER NOT NULL DEFAULT FALSE,
    PRIMARY KEY (tenant, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_schedules_by_due ON job_schedules (tenant, due) WHERE NOT paused;
