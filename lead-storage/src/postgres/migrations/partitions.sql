-- After each step of a database with partitions: makes those that are missing, and lets row-level security hold on every one when
-- it is addressed directly: through the whole only the whole's policies count.
-- The setting lead.partitions says how many a table has. A step that changes a policy changes it on the partitions, too.
DO $$
DECLARE
    parts integer := current_setting('lead.partitions')::integer;
    whole record;
    part  record;
    rule  record;
BEGIN
    FOR whole IN
        SELECT c.oid, c.relname FROM pg_catalog.pg_class AS c
        WHERE c.relkind = 'p' AND c.relnamespace = current_schema()::regnamespace
          AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_inherits AS i WHERE i.inhparent = c.oid)
    LOOP
        FOR number IN 0 .. parts - 1 LOOP
            EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS %s, REMAINDER %s)',
                whole.relname || '_' || number, whole.relname, parts, number);
        END LOOP;
    END LOOP;

    FOR part IN
        SELECT p.oid, p.relname, i.inhparent FROM pg_catalog.pg_inherits AS i
        JOIN pg_catalog.pg_class AS p ON p.oid = i.inhrelid AND p.relkind = 'r'
        JOIN pg_catalog.pg_class AS c ON c.oid = i.inhparent AND c.relrowsecurity
        WHERE p.relnamespace = current_schema()::regnamespace AND NOT p.relforcerowsecurity
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', part.relname);
        FOR rule IN
            SELECT polname, pg_get_expr(polqual, polrelid) AS says FROM pg_catalog.pg_policy WHERE polrelid = part.inhparent
        LOOP
            EXECUTE format('CREATE POLICY %I ON %I USING (%s)', rule.polname, part.relname, rule.says);
        END LOOP;
    END LOOP;
END
$$;
