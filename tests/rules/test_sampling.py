"""Vouchers drawn for an audit: the same word draws the same ones, whoever draws, in whatever order they come."""
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from ombun.ledger.rules import drawn

KNOWN = frozenset({1, 3, 5})
DEEDS = st.dictionaries(st.integers(1, 10**9), st.uuids(), max_size=60)


def test_the_same_word_draws_the_same_on_every_computer():
    deeds = {number: UUID(int=number) for number in range(1, 11)}
    assert drawn(seed="ประชุมใหญ่ 2569", size=3, deeds=deeds) == KNOWN
    assert drawn(seed="คำอื่น", size=3, deeds=deeds) != KNOWN


@given(deeds=DEEDS, size=st.integers(0, 70), seed=st.text())
def test_order_does_not_matter_and_a_larger_sample_keeps_the_smaller(deeds, size, seed):
    turned = dict(reversed(deeds.items()))
    chosen = drawn(seed=seed, size=size, deeds=deeds)
    assert chosen == drawn(seed=seed, size=size, deeds=turned)
    assert len(chosen) == min(size, len(deeds)) and chosen <= set(deeds)
    assert chosen <= drawn(seed=seed, size=size + 1, deeds=deeds)
