-- Version 3: hidden leads, what cursors are signed with, and an index by number that has what leads are sorted by, but for names.
--
-- What is derived of one (its row in leads, its values, numbers and places) stands under the tenant's number with
-- a minus, so that whoever asks for the others asks as before, in the same indexes. What it is made of stays under the tenant.

ALTER TABLE tenants ADD COLUMN seal uuid NOT NULL DEFAULT gen_random_uuid();

DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['leads', 'lead_values', 'lead_numbers', 'lead_points']
    LOOP
        EXECUTE format('DROP POLICY one_tenant ON %I', one);
        EXECUTE format(
            'CREATE POLICY one_tenant ON %I USING (tenant IN ((SELECT nullif(current_setting(%L, true), %L)::integer),'
            ' (SELECT -nullif(current_setting(%L, true), %L)::integer)))',
            one, 'lead.tenant', '', 'lead.tenant', '');
    END LOOP;
END
$$;

-- Who has a list of numbers puts their leads in order without reading them.
ALTER TABLE leads DROP CONSTRAINT leads_pkey;
ALTER TABLE leads ADD PRIMARY KEY (tenant, cluster) INCLUDE (id, first_seen, last_seen, confidence);
