-- Limits: how much of what was used is not back yet. Times are nanoseconds, those of `arrival` since 1970.
--
-- Not logged: a check then waits for no disk. After a crash of the server all that was used is back.

CREATE UNLOGGED TABLE limits (
    tenant  integer NOT NULL,
    id      uuid    NOT NULL, -- derived from key, quota and window
    key     text COLLATE "C" NOT NULL,
    quota   bigint  NOT NULL,
    span    bigint  NOT NULL, -- the window
    burst   bigint  NOT NULL,
    arrival bigint  NOT NULL,
    PRIMARY KEY (tenant, id)
) WITH (fillfactor = 50);

ALTER TABLE limits ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON limits USING (tenant = (SELECT nullif(current_setting('lead.tenant', true), '')::integer));

-- Charges every row, or none; how far ahead of now each was before, in the order asked, with commas between. A row may be charged that
-- is no further ahead than its room, and none is further ahead than its tolerance. Rows are held in the order of their ids, so that
-- nobody waits for each other in a ring. `moment` is now; the server's clock without.
--
-- Between its making and its holding a row may be swept out, as one that is whole: then it is made again.
CREATE FUNCTION check_limits(
    whose integer, moment bigint, ids uuid[], keys text[], quotas bigint[], spans bigint[], bursts bigint[],
    tolerances bigint[], charges bigint[], rooms bigint[]
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    wanted integer := (SELECT count(*) FROM unnest(charges) AS c WHERE c > 0);
    held   integer;
    fits   boolean;
    told   text;
BEGIN
    LOOP
        INSERT INTO limits (tenant, id, key, quota, span, burst, arrival)
        SELECT whose, a.id, convert_from(decode(a.key, 'hex'), 'UTF8'), a.quota, a.span, a.burst, 0
        FROM unnest(ids, keys, quotas, spans, bursts, charges) AS a (id, key, quota, span, burst, charge)
        WHERE a.charge > 0 ORDER BY a.id
        ON CONFLICT DO NOTHING;

        PERFORM 1 FROM limits WHERE tenant = whose AND id = ANY (ids) ORDER BY id FOR UPDATE;
        moment := coalesce(moment, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint * 1000);

        SELECT count(l.id) FILTER (WHERE a.charge > 0), bool_and(b.ahead <= a.room), string_agg(b.ahead::text, ',' ORDER BY a.place)
        INTO held, fits, told
        FROM unnest(ids, tolerances, charges, rooms) WITH ORDINALITY AS a (id, tolerance, charge, room, place)
        LEFT JOIN limits AS l ON l.tenant = whose AND l.id = a.id
        CROSS JOIN LATERAL (SELECT least(greatest(coalesce(l.arrival, 0) - moment, 0), a.tolerance) AS ahead) AS b;

        EXIT WHEN held = wanted;
    END LOOP;

    IF fits AND wanted > 0 THEN
        UPDATE limits AS l
        SET arrival = moment + least(greatest(l.arrival - moment, 0), a.tolerance) + a.charge, burst = a.burst
        FROM unnest(ids, tolerances, charges, bursts) AS a (id, tolerance, charge, burst)
        WHERE l.tenant = whose AND l.id = a.id AND a.charge > 0;
    END IF;
    RETURN told;
END
$$;
