"""Rows in a server, to see whether they are kept."""
import psycopg

from ombun.jobs.machine.postgres import Cluster


def write_rows(cluster: Cluster, count: int) -> None:
    """Put so many rows into a table and commit."""
    with psycopg.connect(cluster.url(role="postgres", database="postgres")) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, %s)", [count])


def count_rows(cluster: Cluster) -> int:
    """How many rows are there."""
    with psycopg.connect(cluster.url(role="postgres", database="postgres")) as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert row is not None
    return int(row[0])
