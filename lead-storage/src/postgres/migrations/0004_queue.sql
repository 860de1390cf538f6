-- Version 4: what steers the queue and tells of it: turns that come with age, groups, pauses, cancelling, reports, logs.

ALTER TABLE jobs
    ADD COLUMN version   integer NOT NULL DEFAULT 1,
    -- The least goes first: when it was pushed, in microseconds, but sooner for each step of priority.
    ADD COLUMN turn      bigint  NOT NULL DEFAULT 0,
    ADD COLUMN pool      uuid,    -- the group it belongs to
    ADD COLUMN cancelled boolean NOT NULL DEFAULT false,
    ADD COLUMN said      text COLLATE "C", -- why it was put back last
    ADD COLUMN progress  text COLLATE "C";
-- Older jobs are the oldest.
UPDATE jobs SET turn = priority::bigint * -600000000;

DROP INDEX jobs_by_turn;
CREATE INDEX jobs_by_turn ON jobs (tenant, turn, id) WHERE dead IS NULL;
DROP INDEX jobs_spent;
CREATE INDEX jobs_spent ON jobs (tenant, id) WHERE dead IS NULL AND (attempts >= max_attempts OR cancelled);
CREATE INDEX jobs_by_pool ON jobs (tenant, pool) WHERE dead IS NULL AND pool IS NOT NULL;

-- Groups that jobs belong to.
CREATE TABLE job_pools (
    tenant  integer NOT NULL,
    id      uuid    NOT NULL, -- derived from the key
    key     text COLLATE "C" NOT NULL,
    at_once integer NOT NULL,
    spacing bigint  NOT NULL, -- microseconds
    next    bigint,           -- the next one begins no sooner
    PRIMARY KEY (tenant, id)
);

CREATE TABLE job_pauses (
    tenant integer NOT NULL,
    id     uuid    NOT NULL, -- derived from the kind
    kind   text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE SEQUENCE job_line_numbers;
CREATE TABLE job_lines (
    tenant  integer NOT NULL,
    job     bigint  NOT NULL,
    number  bigint  NOT NULL DEFAULT nextval('job_line_numbers'),
    at      bigint  NOT NULL, -- microseconds
    attempt bigint  NOT NULL,
    line    text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, job, number)
) /* grows */;

DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['job_pools', 'job_pauses', 'job_lines']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', one);
        EXECUTE format(
            'CREATE POLICY one_tenant ON %I USING (tenant = (SELECT nullif(current_setting(%L, true), %L)::integer))',
            one, 'lead.tenant', '');
    END LOOP;
END
$$;
