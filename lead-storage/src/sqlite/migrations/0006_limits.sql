-- Limits: how much of what was used is not back yet. Times are nanoseconds, those of `arrival` since 1970.

CREATE TABLE limits (
    tenant  INTEGER NOT NULL REFERENCES tenants (id),
    key     TEXT    NOT NULL,
    quota   INTEGER NOT NULL,
    span    INTEGER NOT NULL, -- the window
    burst   INTEGER NOT NULL,
    arrival INTEGER NOT NULL,
    PRIMARY KEY (tenant, key, quota, span)
) STRICT, WITHOUT ROWID;
