"""Whether two databases are the same: every row, and everything that guards the rows."""
import psycopg
from psycopg import sql

_TABLES = """
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1
"""
_GUARDS = """
SELECT format('column %s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
              CASE WHEN a.attnotnull THEN 'not null' END, pg_get_expr(d.adbin, d.adrelid))
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
UNION ALL
SELECT format('table %s row security %s forced %s rights %s', relname, relrowsecurity, relforcerowsecurity,
              (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(relacl) a))
  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'S')
UNION ALL
SELECT format('constraint %s %s %s valid %s', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
UNION ALL
SELECT format('trigger %s %s', pg_get_triggerdef(t.oid), tgenabled) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
 WHERE c.relnamespace = 'public'::regnamespace AND NOT tgisinternal
UNION ALL
SELECT format('policy %s %s %s %s %s %s %s', tablename, policyname, permissive, roles, cmd, qual, with_check)
  FROM pg_policies WHERE schemaname = 'public'
UNION ALL
SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT 'function ' || pg_get_functiondef(p.oid) FROM pg_proc p
 WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')
   AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
UNION ALL
SELECT format('view %s %s', viewname, definition) FROM pg_views WHERE schemaname = 'public'
"""
SESSIONS = "django_session"  # who is signed in right now: never copied, or a stick would open desks
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"


def tables(connection: psycopg.Connection) -> list[str]:
    """The names of all tables of the house."""
    return [row[0] for row in connection.execute(_TABLES.encode())]


def rows(connection: psycopg.Connection) -> dict[str, tuple[int, int]]:
    """Per table how many rows there are and a digest of them in any order; and where each sequence stands.

    Sessions are left out: a copy does not carry them.
    """
    connection.execute("SET timezone = 'UTC'")
    found: dict[str, tuple[int, int]] = {}
    for table in set(tables(connection)) - {SESSIONS}:
        counted = connection.execute(sql.SQL(
            "SELECT count(*), coalesce(sum(hashtextextended(one_row::text, 0)::numeric), 0)::text FROM {} AS one_row"
        ).format(sql.Identifier(table))).fetchone()
        assert counted is not None
        found[table] = (counted[0], int(counted[1]))
    for name, last in connection.execute(_SEQUENCES.encode()):
        found[f"sequence {name}"] = (last or 0, 0)
    return found


def guards(connection: psycopg.Connection) -> set[str]:
    """Columns, constraints, triggers, policies, rights, indexes and functions, each as one line."""
    return {row[0] for row in connection.execute(_GUARDS.encode())}


def is_empty(connection: psycopg.Connection) -> bool:
    """Whether nobody has entered anything yet: only what the set-up itself writes is there."""
    made_by_setup = ("django_migrations", "django_content_type", "auth_permission", "places_", "access_demomark")
    return not any(
        connection.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table))).fetchone()
        for table in tables(connection) if not table.startswith(made_by_setup))
