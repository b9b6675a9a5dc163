"""Roles and databases: who owns, who works, who loads; and the tables brought up to date.

`ombun_owner` owns the tables and migrates. `ombun_app` works behind the pages: it owns nothing and row level security
holds for it. `ombun_loader` sees every fund: bulk loading, checks, roll-ups, backups.
"""
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ombun.jobs.machine.paths import PACKAGE, ROOT
from ombun.jobs.machine.postgres import SUPERUSER, Cluster
from ombun.jobs.machine.words import Trouble, disk_full, say

REAL, DEMO = "ombun", "ombun_demo"
OWNER, APP, LOADER = "ombun_owner", "ombun_app", "ombun_loader"
VARIABLES = ("OMBUN_DATABASE_URL", "OMBUN_DATABASE_OWNER_URL", "OMBUN_DATABASE_LOADER_URL")
_ROLES_SQL = """\
CREATE ROLE ombun_owner LOGIN{owner};
CREATE ROLE ombun_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS{app};
CREATE ROLE ombun_loader LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS{loader};
"""
_ACCESS_SQL = """\
REVOKE CONNECT, TEMPORARY ON DATABASE {database} FROM PUBLIC;
REVOKE TEMPORARY ON DATABASE {database} FROM ombun_app, ombun_loader;
GRANT CONNECT ON DATABASE {database} TO ombun_app, ombun_loader;
"""
_INSIDE_SQL = """\
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO ombun_app, ombun_loader;
"""
RIGHTS_SQL = """\
ALTER DEFAULT PRIVILEGES FOR ROLE ombun_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ombun_app, ombun_loader;
ALTER DEFAULT PRIVILEGES FOR ROLE ombun_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO ombun_app, ombun_loader;
ALTER DEFAULT PRIVILEGES FOR ROLE ombun_owner IN SCHEMA public
  GRANT EXECUTE ON FUNCTIONS TO ombun_app, ombun_loader;
"""
_STANDS_ABOVE_THE_GUARDS = """
SELECT CASE WHEN rolsuper THEN 'SUPERUSER' WHEN rolbypassrls THEN 'BYPASSRLS'
  WHEN pg_has_role(oid, %s, 'MEMBER') OR EXISTS (
    SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND pg_has_role(r.oid, relowner, 'MEMBER')
      AND relkind IN ('r', 'p')) THEN 'OWNER' END
FROM pg_roles r WHERE rolname = current_user
"""
NO_RIGHTS_SQL = RIGHTS_SQL.replace("GRANT", "REVOKE").replace("TO ombun_app", "FROM ombun_app")


@dataclass(frozen=True, kw_only=True)
class Urls:
    """The three addresses of one database, one per role."""

    app: str
    owner: str
    loader: str

    @property
    def variables(self) -> dict[str, str]:
        """Where the settings look for them."""
        return dict(zip(VARIABLES, (self.app, self.owner, self.loader), strict=True))

    @classmethod
    def from_environment(cls) -> "Urls":
        """The addresses that the settings know."""
        return cls(app=os.environ["OMBUN_DATABASE_URL"], owner=os.environ["OMBUN_DATABASE_OWNER_URL"],
                   loader=os.environ["OMBUN_DATABASE_LOADER_URL"])

    def put_into_environment(self) -> None:
        """Let the settings find them. Before Django is set up."""
        os.environ.update(self.variables)


def administrator_sql() -> str:
    """What an administrator of a PostgreSQL server runs once, with psql, before Ombun can use it."""
    passwords = {role: f" PASSWORD 'CHANGE-{role}'" for role in ("owner", "app", "loader")}
    return (_ROLES_SQL.format(**passwords)
            + "CREATE DATABASE ombun OWNER ombun_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';\n"
            + _ACCESS_SQL.format(database="ombun") + "\\connect ombun\n" + _INSIDE_SQL + RIGHTS_SQL)


def name_in(url: str) -> str:
    """The name of the database in an address."""
    return str(conninfo_to_dict(url).get("dbname") or "")


def urls_of_cluster(cluster: Cluster, *, database: str) -> Urls:
    """The addresses of a database of our own server."""
    return Urls(app=cluster.url(role=APP, database=database), owner=cluster.url(role=OWNER, database=database),
                loader=cluster.url(role=LOADER, database=database))


def urls_of_server(app_url: str) -> Urls:
    """The addresses on a PostgreSQL server that the user named; owner and loader by their own variables or by name.

    Raises Trouble for what is no address.
    """
    demand_addresses()

    def beside(variable: str, role: str) -> str:
        return os.environ.get(variable) or make_conninfo(app_url, user=role)

    return Urls(app=app_url, owner=beside("OMBUN_DATABASE_OWNER_URL", OWNER),
                loader=beside("OMBUN_DATABASE_LOADER_URL", LOADER))


def demand_addresses() -> None:
    """Whatever the environment names as a database can be read as an address. Raises Trouble."""
    for variable in VARIABLES:
        try:
            conninfo_to_dict(os.environ.get(variable, ""))
        except psycopg.ProgrammingError as error:
            raise Trouble(f"{variable} ไม่ใช่ที่อยู่ของฐานข้อมูล: ต้องเป็นแบบ postgresql://ผู้ใช้:รหัสผ่าน@เครื่อง/ชื่อฐานข้อมูล",
                          f"{variable} is no address of a database: it must be like "
                          "postgresql://user:password@host/name") from error


def demand_a_role_that_owns_nothing(urls: Urls) -> None:
    """Row level security holds for the role of the pages. Raises Trouble with the reason when it would not."""
    with connected(urls.owner) as connection:
        owner = connection.info.user
    with connected(urls.app) as connection:
        stands_above, = connection.execute(_STANDS_ABOVE_THE_GUARDS.encode(), [owner]).fetchone() or (None,)
        name = connection.info.user
    if stands_above:
        raise Trouble(f"OMBUN_DATABASE_URL ใช้ผู้ใช้ฐานข้อมูล {name} ซึ่งเป็น {stands_above} จะเห็นข้อมูลข้ามกองทุน: "
                      f"ใช้ {APP} ตามที่ ./ombun database sql บอก",
                      f"OMBUN_DATABASE_URL signs in as {name}, a role that is {stands_above}, for whom funds are not "
                      f"kept apart: use {APP} as ./ombun database sql makes it")


def make_database(cluster: Cluster, *, database: str, template: str | None = None, grants_rights: bool = True) -> Urls:
    """Make the roles and a database on our own server where they are missing, and say who may do what.

    Without `grants_rights` new tables come without rights for the other roles: a backup brings its own.
    """
    with _as_superuser(cluster, "postgres") as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone():
            connection.execute(_ROLES_SQL.format(owner="", app="", loader="").encode())
        is_new = not exists(connection, database)
        if is_new:
            copied = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER ombun_owner{}").format(
                sql.Identifier(database), copied))
        access = _ACCESS_SQL.format(database=sql.Identifier(database).as_string(connection))
        connection.execute(access.encode())
    if is_new and not template:
        with _as_superuser(cluster, database) as connection:
            connection.execute((_INSIDE_SQL + RIGHTS_SQL * grants_rights).encode())
    return urls_of_cluster(cluster, database=database)


def grant_rights(cluster: Cluster, *, database: str) -> None:
    """From now on new tables of the owner come with the usual rights for the application and the loader."""
    superuser_runs(cluster, database=database, statement=RIGHTS_SQL)


def exists(connection: psycopg.Connection, database: str) -> bool:
    """Whether the server has a database of this name."""
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone() is not None


def databases(cluster: Cluster) -> list[str]:
    """The names of the databases on our own server."""
    with _as_superuser(cluster, "postgres") as connection:
        return [row[0] for row in connection.execute("SELECT datname FROM pg_database ORDER BY 1")]


def drop_database(cluster: Cluster, *, database: str) -> None:
    """Delete a database of our own server, even while somebody is connected to it."""
    with _as_superuser(cluster, "postgres") as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def rename_databases(cluster: Cluster, names: list[tuple[str, str]]) -> None:
    """Give databases other names, all or none; nobody may be connected to them."""
    with _as_superuser(cluster, "postgres") as connection, connection.transaction():
        for old, new in names:
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new))
            connection.execute(rename)


def is_in_use(cluster: Cluster, *, database: str) -> bool:
    """Whether anybody is connected to this database. A connection that was closed a moment ago may take one to go."""
    asked = "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"
    with _as_superuser(cluster, "postgres") as connection:
        for _ in range(40):
            if connection.execute(asked.encode(), [database]).fetchone() is None:
                return False
            time.sleep(0.05)
    return True


def superuser_runs(cluster: Cluster, *, database: str, statement: str) -> None:
    """Run one statement as the superuser of our own server."""
    with _as_superuser(cluster, database) as connection:
        connection.execute(statement.encode())


def migrations_digest() -> str:
    """One value for all migrations of this version of Ombun and of the packages it stands on."""
    seen = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    promises = PACKAGE / "primitives" / "tables.py"  # writes SQL for the migrations
    for path in sorted([*PACKAGE.glob("**/migrations/*.py"), *PACKAGE.glob("**/sql/*.sql"), promises]):
        seen.update(f"{path.relative_to(PACKAGE)}\0".encode() + path.read_bytes())
    return seen.hexdigest()[:24]


def is_up_to_date(urls: Urls) -> bool:
    """Whether the database carries the mark of exactly these migrations. Raises Trouble when it cannot be reached."""
    with connected(urls.owner) as connection:
        row = connection.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database "
                                 "WHERE datname = current_database()").fetchone()
    return row is not None and row[0] == f"ombun {migrations_digest()}"


def migrate(urls: Urls) -> None:
    """Bring the tables and the list of places up to date, then mark the database. Django must be set up on it."""
    from django.core.management import call_command

    from ombun.places.operations import load_places

    if is_up_to_date(urls):
        return
    say("ปรับตารางให้เป็นรุ่นปัจจุบัน", "bringing the tables up to date")
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    load_places()
    with connected(urls.owner) as connection:
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, f"ombun {migrations_digest()}"))


class Unreachable(Trouble):
    """The server does not answer."""


def unreachable(said: str) -> Unreachable:
    """The server does not answer, or went away: its reason without the advice that follows it."""
    lines = [line.strip(" \t-") for line in said.splitlines() if line.strip() and "Is the server running" not in line]
    why = (lines or ["?"])[-1]
    return Unreachable(f"ต่อฐานข้อมูลไม่ได้: {why} (ดู docs/server.md)",
                       f"the database cannot be reached: {why} (see docs/server.md)")


@contextmanager
def connected(url: str) -> Iterator[psycopg.Connection]:
    """A connection of its own, each statement by itself. Raises Trouble when it cannot be had or the disk is full."""
    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise unreachable(str(error)) from error
    with connection:
        try:
            yield connection
        except psycopg.errors.DiskFull as error:
            raise disk_full(str(conninfo_to_dict(url).get("host") or ROOT)) from error


@contextmanager
def _as_superuser(cluster: Cluster, database: str) -> Iterator[psycopg.Connection]:
    with connected(cluster.url(role=SUPERUSER, database=database)) as connection:
        yield connection
