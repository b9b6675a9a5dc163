"""What every refusal has in common: all its reasons at once, sentences for each, and nothing written."""
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections
from django.utils import translation

from ombun.primitives.refusals import Refused
from ombun.primitives.sentences import sentence

_TABLES = """SELECT c.relname FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'fund_id' AND NOT a.attisdropped
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1"""


def rows_of(fund_id: int) -> dict[str, tuple[int, int]]:
    """How many rows of each table a fund has, and a digest of them."""
    with connections["loader"].cursor() as cursor:
        cursor.execute(_TABLES)
        counted = " UNION ALL ".join(
            f"SELECT '{table}', count(*), coalesce(sum(hashtextextended(r::text, 0)::numeric), 0) FROM {table} r "
            f"WHERE fund_id = {fund_id}" for table, in cursor.fetchall())
        cursor.execute(f"{counted} UNION ALL SELECT 'funds_fund', 1, hashtextextended(f::text, 0) FROM funds_fund f "
                       f"WHERE id = {fund_id}")
        return {table: (count, int(digest)) for table, count, digest in cursor.fetchall()}


@contextmanager
def nothing_written(*fund_ids: int) -> Iterator[None]:
    """Every row of these funds is afterwards as it was."""
    before = {fund_id: rows_of(fund_id) for fund_id in fund_ids}
    yield
    after = {fund_id: rows_of(fund_id) for fund_id in fund_ids}
    assert after == before


@contextmanager
def refused(fund, *codes: str) -> Iterator[None]:
    """What stands inside is refused for exactly these reasons, in words, and changes nothing."""
    with nothing_written(fund.id), pytest.raises(Refused) as caught:
        yield
    assert sorted(r.code for r in caught.value.refusals) == sorted(codes)
    for language in ("th", "en"):
        with translation.override(language):
            assert all(sentence(r) != r.code and "%(" not in sentence(r) for r in caught.value.refusals)
