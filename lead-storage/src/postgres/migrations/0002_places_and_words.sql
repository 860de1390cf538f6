-- Version 2: where leads are, and every word that stands in one. Both are derived; the library fills them from the leads there are.

-- Points in degrees, and where they stand on a sphere of radius one.
CREATE TABLE lead_points (
    tenant    integer NOT NULL,
    lead      bigint  NOT NULL,
    latitude  double precision NOT NULL,
    longitude double precision NOT NULL,
    x         double precision NOT NULL,
    y         double precision NOT NULL,
    z         double precision NOT NULL
) /* grows */;
CREATE INDEX lead_points_by_lead ON lead_points (tenant, lead);
CREATE INDEX lead_points_by_place ON lead_points (tenant, latitude, longitude) INCLUDE (lead, x, y, z);

-- The words of the full-text search, and written backwards: of a word with a slip either the beginning or the end is whole. A word
-- that two wrote at once stands here twice: no key is unique, or each would wait for the other's commit.
CREATE TABLE words (
    tenant    integer NOT NULL,
    word      text COLLATE "C" NOT NULL,
    backwards text COLLATE "C" NOT NULL
) /* grows */;
CREATE INDEX words_by_beginning ON words (tenant, word);
CREATE INDEX words_by_end ON words (tenant, backwards) INCLUDE (word);

DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['lead_points', 'words']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', one);
        EXECUTE format(
            'CREATE POLICY one_tenant ON %I USING (tenant = (SELECT nullif(current_setting(%L, true), %L)::integer))',
            one, 'lead.tenant', '');
    END LOOP;
END
$$;
