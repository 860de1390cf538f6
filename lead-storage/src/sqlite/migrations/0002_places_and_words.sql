-- Version 2: where leads are, and every word that stands in one. Both are derived; the library fills them from the leads there are.

-- Points in degrees, and where they stand on a sphere of radius one.
CREATE TABLE lead_points (
    lead      INTEGER NOT NULL REFERENCES leads (cluster),
    latitude  REAL    NOT NULL,
    longitude REAL    NOT NULL,
    x         REAL    NOT NULL,
    y         REAL    NOT NULL,
    z         REAL    NOT NULL,
    tenant    INTEGER NOT NULL,
    PRIMARY KEY (lead, latitude, longitude)
) STRICT, WITHOUT ROWID;
CREATE INDEX lead_points_by_place ON lead_points (tenant, latitude, longitude, x, y, z);

-- The words of the full-text search, each once, and written backwards: of a word with a slip either the beginning or the end is whole.
CREATE TABLE words (
    tenant    INTEGER NOT NULL REFERENCES tenants (id),
    word      TEXT    NOT NULL,
    backwards TEXT    NOT NULL,
    PRIMARY KEY (tenant, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX words_by_end ON words (tenant, backwards);
