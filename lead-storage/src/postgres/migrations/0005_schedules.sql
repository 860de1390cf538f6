-- Version 5: jobs that are pushed again and again.

CREATE TABLE job_schedules (
    tenant integer NOT NULL,
    name   text COLLATE "C" NOT NULL,
    words  text COLLATE "C" NOT NULL, -- what is pushed and when, as JSON
    due    bigint,                    -- microseconds; none: never again
    last   bigint,                    -- when the last run was due
    paused boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant, name)
);
CREATE INDEX job_schedules_by_due ON job_schedules (tenant, due) WHERE NOT paused;

ALTER TABLE job_schedules ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON job_schedules USING (tenant = (SELECT nullif(current_setting('lead.tenant', true), '')::integer));
