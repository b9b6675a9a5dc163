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


class _Refusing(_Promise):
    """A promise kept by two triggers under its name, which stay on whatever a session sets."""

    second = "all"

    def _refuse(self, table: str, *refused: tuple[str, str], revoked: str) -> str:
        """`refused`: when each trigger fires and the function that says no."""
        names = (self.name, f"{self.name}_{self.second}")
        triggers = [f"CREATE TRIGGER {name} {when} ON {table} FOR EACH STATEMENT "
                    f"EXECUTE FUNCTION {says_no}('{self.name}'); "
                    f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}; "
                    for name, (when, says_no) in zip(names, refused, strict=True)]
        return f"{''.join(triggers)}REVOKE {revoked} ON {table} FROM ombun_app, ombun_loader"

    def _undo(self, table: str) -> str:
        return f"DROP TRIGGER {self.name} ON {table}; DROP TRIGGER {self.name}_{self.second} ON {table}"


class AppendOnly(_Refusing):
    """Rows are added and never changed, deleted or truncated, by nobody."""

    def _make(self, table: str) -> str:
        return self._refuse(table, ("BEFORE UPDATE OR DELETE", "refuse_change"), ("BEFORE TRUNCATE", "refuse_change"),
                            revoked="UPDATE, DELETE, TRUNCATE")


class KeptByTriggers(_Refusing):
    """Sums that triggers of other tables keep: whoever writes here by hand is refused."""

    def _make(self, table: str) -> str:
        return self._refuse(table, ("AFTER INSERT OR UPDATE OR DELETE", "refuse_writing_by_hand"),
                            ("BEFORE TRUNCATE", "refuse_change"), revoked="DELETE, TRUNCATE")


class StaysForGood(_Refusing):
    """Rows may change but are never deleted and never move to another id or fund, so that others may point to them.

    The columns that it `keeps` are written once, with the row, and stay as they are.
    """

    second = "key"

    def __init__(self, *, name: str, keeps: tuple[str, ...] = ()) -> None:
        super().__init__(name=name)
        self.keeps = tuple(keeps)

    def _make(self, table: str) -> str:
        kept = ", ".join(("id", "fund_id", *self.keeps))
        return self._refuse(table, ("BEFORE DELETE OR TRUNCATE", "refuse_change"),
                            (f"BEFORE UPDATE OF {kept}", "refuse_change"), revoked="DELETE, TRUNCATE")

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
