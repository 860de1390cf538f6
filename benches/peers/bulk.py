"""Sightings into a database: ours, beside the same rows written by hand and by SQLAlchemy.

    python bulk.py BENCH postgres://owner@host/database [N]      PostgreSQL; drops and makes the schemas bulk_ours and bulk_peer
    python bulk.py BENCH sqlite [N]                              SQLite, in a temporary folder

BENCH is the program `cargo build --release -p lead-benches` makes. It writes N sightings (default 1,000,000) and times it. The rows that
this left in every table are then read back into memory, a chunk at a time, and written again into tables of the same definition:

- by hand, PostgreSQL: COPY into temporary staging tables, INSERT … SELECT into the real ones, one commit a chunk, on one connection
  and on two at once;
- by SQLAlchemy Core: executemany of rows that are dictionaries already; by its ORM: objects of mapped classes, a unit of work a
  thousand sightings (both for a part of the rows: they are slow);
- by hand, SQLite: executemany of prepared statements, one transaction as many sightings as ours.

Only writing is timed. The peers get their rows ready made: they neither read sightings, nor look what is there, nor derive leads.
"""

import io
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

# How the rows of a table are told apart by the record they belong to; records, clusters and leads count from 1 in one row here.
PARTS = {"records": "id", "observations": "record", "record_keys": "record", "leads": "cluster", "lead_values": "lead", "lead_numbers": "lead", "lead_points": "lead"}
CHUNK = 20_000


def ours(bench: str, uri: str, count: int) -> float:
    """Seconds."""
    line = subprocess.run([bench, "bulk", uri, str(count)], check=True, capture_output=True, text=True).stdout
    return float(line.split()[1])


def told(name: str, count: int, seconds: float, best: float | None = None) -> None:
    share = f"{best / (count / seconds):.2f}" if best else ""
    print(f"| {name} | {count:,} | {count / seconds:,.0f} | {share} |", flush=True)


def header() -> None:
    print("| writer | sightings | sightings/s | ours is times that |\n|---|---|---|---|")


# PostgreSQL


def schema_uri(uri: str, schema: str) -> str:
    return f"{uri}{'&' if '?' in uri else '?'}schema={schema}"


class Peer:
    """Tables like ours, and their rows."""

    def __init__(self, uri: str) -> None:
        import psycopg

        self.uri = uri
        self.conn = psycopg.connect(uri, autocommit=True)
        self.columns = {table: self.columns_of(table) for table in PARTS}

    def columns_of(self, table: str) -> list[str]:
        """Those that are written; the database numbers observations itself."""
        rows = self.conn.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'bulk_ours' AND table_name = %s"
            " AND is_identity = 'NO' ORDER BY ordinal_position",
            (table,),
        )
        return [name for (name,) in rows]

    def empty(self) -> None:
        for table in PARTS:
            self.conn.execute(f"TRUNCATE bulk_peer.{table}")

    def dump(self, first: int, last: int) -> dict[str, bytes]:
        """The rows of these records, as COPY writes them."""
        dumped = {}
        with self.conn.transaction():
            self.conn.execute("SELECT set_config('lead.tenant', (SELECT '1'), true)")
            for table, part in PARTS.items():
                out = io.BytesIO()
                select = f"SELECT {', '.join(self.columns[table])} FROM bulk_ours.{table} WHERE tenant = 1 AND {part} BETWEEN {first} AND {last} ORDER BY {part}"
                with self.conn.cursor().copy(f"COPY ({select}) TO STDOUT") as copy:
                    for data in copy:
                        out.write(data)
                dumped[table] = out.getvalue()
        return dumped


def copy_in(conn, peer: Peer, dumped: dict[str, bytes]) -> None:
    with conn.transaction():
        conn.execute("SET LOCAL lead.tenant = '1'")
        for table, columns in peer.columns.items():
            names = ", ".join(columns)
            conn.execute(f"CREATE TEMP TABLE IF NOT EXISTS stage_{table} AS SELECT {names} FROM bulk_peer.{table} LIMIT 0")
            conn.execute(f"TRUNCATE stage_{table}")
            with conn.cursor().copy(f"COPY stage_{table} ({names}) FROM STDIN") as copy:
                copy.write(dumped[table])
            conn.execute(f"INSERT INTO bulk_peer.{table} ({names}) SELECT {names} FROM stage_{table} ON CONFLICT DO NOTHING")


def by_hand(peer: Peer, count: int, connections: int) -> float:
    """Seconds spent writing."""
    import psycopg

    peer.empty()
    conns = [psycopg.connect(peer.uri, autocommit=True) for _ in range(connections)]
    spent = 0.0
    for first in range(1, count + 1, CHUNK * connections):
        starts = [first + CHUNK * at for at in range(connections)]
        dumps = [peer.dump(start, min(start + CHUNK - 1, count)) for start in starts if start <= count]
        begun = time.perf_counter()
        threads = [threading.Thread(target=copy_in, args=(conn, peer, dumped)) for conn, dumped in zip(conns, dumps)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        spent += time.perf_counter() - begun
    for conn in conns:
        conn.close()
    return spent


def rows_of(peer: Peer, first: int, last: int) -> dict[str, list[dict]]:
    found = {}
    for table, part in PARTS.items():
        names = peer.columns[table]
        select = f"SELECT {', '.join(names)} FROM bulk_ours.{table} WHERE tenant = 1 AND {part} BETWEEN {first} AND {last} ORDER BY {part}"
        with peer.conn.transaction():
            peer.conn.execute("SET LOCAL lead.tenant = '1'")
            found[table] = [dict(zip(names, row)) for row in peer.conn.execute(select)]
    return found


def by_sqlalchemy(peer: Peer, count: int, orm: bool) -> float:
    """Seconds spent writing."""
    from sqlalchemy import MetaData, Table, create_engine, insert, text
    from sqlalchemy.orm import Session, registry

    peer.empty()
    engine = create_engine("postgresql+psycopg" + peer.uri[peer.uri.index(":") :])
    meta = MetaData()
    tables = {table: Table(table, meta, schema="bulk_peer", autoload_with=engine) for table in PARTS}
    mapper, classes = registry(), {}
    for name, table in tables.items():
        classes[name] = type(name, (), {})
        keys = list(table.primary_key) or [column for column in table.columns]
        mapper.map_imperatively(classes[name], table, primary_key=keys)
    spent = 0.0
    for first in range(1, count + 1, 1000):
        rows = rows_of(peer, first, min(first + 999, count))
        begun = time.perf_counter()
        with Session(engine) as session:
            session.execute(text("SET LOCAL lead.tenant = '1'"))
            for name, wanted in rows.items():
                if orm:
                    made = []
                    for row in wanted:
                        one = classes[name]()
                        for key, value in row.items():
                            setattr(one, key, value)
                        made.append(one)
                    session.add_all(made)
                    session.flush()
                elif wanted:
                    session.connection().execute(insert(tables[name]), wanted)
            session.commit()
        spent += time.perf_counter() - begun
    engine.dispose()
    return spent


def postgres(bench: str, uri: str, count: int) -> None:
    import psycopg

    with psycopg.connect(uri, autocommit=True) as conn:
        conn.execute("DROP SCHEMA IF EXISTS bulk_ours CASCADE")
        conn.execute("DROP SCHEMA IF EXISTS bulk_peer CASCADE")
    ours(bench, schema_uri(uri, "bulk_peer"), 1)  # makes the tables
    header()
    best = count / ours(bench, schema_uri(uri, "bulk_ours"), count)
    told("ours, four commits of 2,000 at once", count, count / best)
    peer = Peer(uri)
    peer.conn.execute("VACUUM ANALYZE")
    for connections in (1, 2):
        told(f"COPY and INSERT … SELECT, {CHUNK:,} a commit, connections: {connections}", count, by_hand(peer, count, connections), best)
    part = min(count, 20_000)
    told("SQLAlchemy Core, executemany", part, by_sqlalchemy(peer, part, orm=False), best)
    part = min(count, 10_000)
    told("SQLAlchemy ORM, unit of work", part, by_sqlalchemy(peer, part, orm=True), best)


# SQLite


def sqlite(bench: str, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        written, peer = os.path.join(folder, "ours.db"), os.path.join(folder, "peer.db")
        header()
        best = count / ours(bench, f"sqlite://{written}", count)
        told("ours, commits of 2,000", count, count / best)
        told("executemany, transactions of 2,000", count, hand_tuned(written, peer, count), best)


def hand_tuned(written: str, path: str, count: int) -> float:
    source, peer = sqlite3.connect(written), sqlite3.connect(path, isolation_level=None)
    peer.execute("PRAGMA journal_mode = WAL")
    peer.execute("PRAGMA synchronous = " + str(source.execute("PRAGMA synchronous").fetchone()[0] and "NORMAL"))
    peer.execute("PRAGMA cache_size = -65536")
    for (sql,) in source.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"):
        peer.execute(sql)
    for row in source.execute("SELECT * FROM tenants"):
        peer.execute(f"INSERT INTO tenants VALUES ({', '.join('?' * len(row))})", row)
    tables = [table for table in PARTS if source.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()]
    spent = 0.0
    for first in range(1, count + 1, 2000):
        last, rows = first + 1999, {}
        for table in tables:
            rows[table] = source.execute(f"SELECT * FROM {table} WHERE {PARTS[table]} BETWEEN ? AND ?", (first, last)).fetchall()
        begun = time.perf_counter()
        peer.execute("BEGIN IMMEDIATE")
        for table, wanted in rows.items():
            if wanted:
                peer.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(wanted[0]))})", wanted)
        peer.execute("COMMIT")
        spent += time.perf_counter() - begun
    assert peer.execute("SELECT count(*) FROM leads").fetchone()[0] == count
    return spent


if __name__ == "__main__":
    words = sys.argv[1:]
    if len(words) < 2:
        sys.exit(__doc__)
    wanted = int(words[2]) if len(words) > 2 else 1_000_000
    if words[1] == "sqlite":
        sqlite(words[0], wanted)
    else:
        postgres(words[0], words[1], wanted)
