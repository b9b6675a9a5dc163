"""What a fund's table promises, said in its model and kept by the database.

Django knows the `id` alone; the database gets the composite key (fund_id, id), composite references, row level
security, and triggers that refuse changes. The functions behind the triggers are in `audit/sql/guards.sql`.
"""
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement
from django.db.models.constraints import BaseConstraint

_ONE_FUND = "fund_id = nullif(current_setting('app.fund_id', true), '')::bigint"


class _Promise(BaseConstraint):
    """SQL that comes after the tables of its migration exist."""

    runs_first = False

    def _make(self, table: str) -> str:
        raise NotImplementedError

    def _undo(self, table: str) -> str:
        raise NotImplementedError

    def constraint_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> None:  # type: ignore[override]
        """Nothing inside CREATE TABLE; the statement runs when all tables of the migration are there."""
        statement = self.create_sql(model, schema_editor)
        if self.runs_first:
            schema_editor.deferred_sql.insert(0, statement)
        else:
            schema_editor.deferred_sql.append(statement)

    def create_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:  # type: ignore[override]
        """The statements that make the promise hold."""
        return Statement(self._make(model._meta.db_table))

    def remove_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:  # type: ignore[override]
        """The statements that take the promise away."""
        return Statement(self._undo(model._meta.db_table))

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """The database decides, not the form."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Promise) and self.deconstruct() == other.deconstruct()

    __hash__ = None  # type: ignore[assignment]


class FundTable(_Promise):
    """The rows belong to one fund: key (fund_id, id), a reference to the fund, no sight of any other fund's rows."""

    runs_first = True

    def __init__(self, *, name: str, has_own_key: bool = False, refers_to_fund: bool = True) -> None:
        super().__init__(name=name)
        self.has_own_key, self.refers_to_fund = has_own_key, refers_to_fund

    def _make(self, table: str) -> str:
        key = "" if self.has_own_key else (
            f"ALTER TABLE {table} DROP CONSTRAINT {table}_pkey; "
            f"ALTER TABLE {table} ADD CONSTRAINT {self.name} PRIMARY KEY (fund_id, id); ")
        owner = "" if not self.refers_to_fund else (
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_of_fund FOREIGN KEY (fund_id) REFERENCES funds_fund (id); ")
        return (f"{key}{owner}ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; "
                f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY; "
                f"CREATE POLICY one_fund ON {table} USING ({_ONE_FUND}) WITH CHECK ({_ONE_FUND})")

    def _undo(self, table: str) -> str:
        return f"DROP POLICY one_fund ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """How a migration writes it down."""
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"has_own_key": self.has_own_key, "refers_to_fund": self.refers_to_fund}


class FundReference(_Promise):
    """A reference to a row of the same fund: FOREIGN KEY (fund_id, column) REFERENCES to (fund_id, id)."""

    def __init__(self, *, name: str, column: str, to: str) -> None:
        super().__init__(name=name)
        self.column, self.to = column, to

    def _make(self, table: str) -> str:
        return (f"ALTER TABLE {table} ADD CONSTRAINT {self.name} "
                f"FOREIGN KEY (fund_id, {self.column}) REFERENCES {self.to} (fund_id, id)")

    def _undo(self, table: str) -> str:
        return f"ALTER TABLE {table} DROP CONSTRAINT {self.name}"

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """How a migration writes it down."""
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"column": self.column, "to": self.to}


class AppendOnly(_Promise):
    """Rows are added and never changed, deleted or truncated, by nobody."""

    def _make(self, table: str) -> str:
        return (f"CREATE TRIGGER {self.name} BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('{self.name}'); "
                f"CREATE TRIGGER {self.name}_all BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('{self.name}'); "
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {self.name}; "
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {self.name}_all; "
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM ombun_app, ombun_loader")

    def _undo(self, table: str) -> str:
        return f"DROP TRIGGER {self.name} ON {table}; DROP TRIGGER {self.name}_all ON {table}"


class KeptByTriggers(_Promise):
    """Sums that triggers of other tables keep: whoever writes here by hand is refused."""

    def _make(self, table: str) -> str:
        return (f"CREATE TRIGGER {self.name} AFTER INSERT OR UPDATE OR DELETE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_writing_by_hand('{self.name}'); "
                f"CREATE TRIGGER {self.name}_all BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('{self.name}'); "
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {self.name}; "
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {self.name}_all; "
                f"REVOKE DELETE, TRUNCATE ON {table} FROM ombun_app, ombun_loader")

    def _undo(self, table: str) -> str:
        return f"DROP TRIGGER {self.name} ON {table}; DROP TRIGGER {self.name}_all ON {table}"


class StaysForGood(_Promise):
    """Rows may change but are never deleted and never move to another id or fund, so that others may point to them.

    The columns that it `keeps` are written once, with the row, and stay as they are.
    """

    def __init__(self, *, name: str, keeps: tuple[str, ...] = ()) -> None:
        super().__init__(name=name)
        self.keeps = tuple(keeps)

    def _make(self, table: str) -> str:
        kept = ", ".join(("id", "fund_id", *self.keeps))
        return (f"CREATE TRIGGER {self.name} BEFORE DELETE OR TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('{self.name}'); "
                f"CREATE TRIGGER {self.name}_key BEFORE UPDATE OF {kept} ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('{self.name}'); "
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {self.name}; "
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {self.name}_key; "
                f"REVOKE DELETE, TRUNCATE ON {table} FROM ombun_app, ombun_loader")

    def _undo(self, table: str) -> str:
        return f"DROP TRIGGER {self.name} ON {table}; DROP TRIGGER {self.name}_key ON {table}"

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """How a migration writes it down."""
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | ({"keeps": self.keeps} if self.keeps else {})


class NoOverlap(_Promise):
    """For the same keys, the day ranges [from, until) of two rows never overlap (an exclusion constraint)."""

    def __init__(self, *, name: str, keys: tuple[str, ...], from_column: str, until_column: str) -> None:
        super().__init__(name=name)
        self.keys, self.from_column, self.until_column = tuple(keys), from_column, until_column

    def _make(self, table: str) -> str:
        same = "".join(f"{key} WITH =, " for key in ("fund_id", *self.keys))
        return (f"ALTER TABLE {table} ADD CONSTRAINT {self.name} EXCLUDE USING gist "
                f"({same}daterange({self.from_column}, {self.until_column}) WITH &&)")

    def _undo(self, table: str) -> str:
        return f"ALTER TABLE {table} DROP CONSTRAINT {self.name}"

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """How a migration writes it down."""
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {
            "keys": self.keys, "from_column": self.from_column, "until_column": self.until_column}


class ShortTexts(_Promise):
    """No text of these columns is longer than a line of a form or of a paper: `most` letters."""

    def __init__(self, *, name: str, columns: tuple[str, ...], most: int) -> None:
        super().__init__(name=name)
        self.columns, self.most = tuple(columns), most

    def _make(self, table: str) -> str:
        short = " AND ".join(f"char_length({column}) <= {self.most}" for column in self.columns)
        return f"ALTER TABLE {table} ADD CONSTRAINT {self.name} CHECK ({short})"

    def _undo(self, table: str) -> str:
        return f"ALTER TABLE {table} DROP CONSTRAINT {self.name}"

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """How a migration writes it down."""
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"columns": self.columns, "most": self.most}
