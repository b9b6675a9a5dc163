"""The tree of a seal is that of RFC 6962; whatever is changed, left out, put in or moved shows in its root."""
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ombun.ledger.rules import (
    NO_HEAD,
    SealFacts,
    first_unlike,
    head_of,
    in_groups,
    leaf_hash,
    node_hash,
    path_in,
    root_by_path,
    root_of,
    tree_of,
)

# The inputs of Certificate Transparency's own tests, and the roots that they give there for the first 0 to 8 of them.
LEAVES = [bytes.fromhex(one) for one in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"]
leaves_of_any_month = st.lists(st.binary(max_size=12), min_size=1, max_size=40)
FACTS = SealFacts(seal_no=2, month=date(2026, 10, 1), entry_count=3, receipt_count=4, root=bytes(32))


def hashed(leaves):
    return [leaf_hash(leaf=one) for one in leaves]


@pytest.mark.parametrize("count", range(9))
def test_the_roots_are_those_of_certificate_transparency(count):
    assert root_of(hashes=hashed(LEAVES[:count])).hex() == ROOTS[count]


def test_a_path_is_that_of_certificate_transparency():
    """The audit path of the sixth of seven leaves, as RFC 6962 §2.1.3 draws it: i, g, …, with its own letters."""
    d = hashed(LEAVES[:7])
    k = node_hash(left=node_hash(left=d[0], right=d[1]), right=node_hash(left=d[2], right=d[3]))
    assert path_in(tree=tree_of(hashes=d), place=5) == (d[4], d[6], k)
    assert path_in(tree=tree_of(hashes=d), place=6) == (node_hash(left=d[4], right=d[5]), k)


@given(leaves_of_any_month, st.data())
def test_every_leaf_leads_to_the_root_and_no_other_leaf_or_place_does(leaves, data):
    hashes, place = hashed(leaves), data.draw(st.integers(0, len(leaves) - 1))
    path, root = path_in(tree=tree_of(hashes=hashes), place=place), root_of(hashes=hashes)
    assert root_by_path(hashed=hashes[place], place=place, count=len(hashes), path=path) == root
    other = leaf_hash(leaf=data.draw(st.binary(max_size=12).filter(lambda one: one != leaves[place])))
    assert root_by_path(hashed=other, place=place, count=len(hashes), path=path) != root
    elsewhere = data.draw(st.integers(-1, len(leaves)))
    assume(elsewhere != place)
    assert root_by_path(hashed=hashes[place], place=elsewhere, count=len(hashes), path=path) != root or (
        0 <= elsewhere < len(leaves) and leaves[elsewhere] == leaves[place])


@given(leaves_of_any_month, st.data())
def test_a_path_too_short_or_too_long_leads_nowhere(leaves, data):
    hashes, place = hashed(leaves), data.draw(st.integers(0, len(leaves) - 1))
    path = path_in(tree=tree_of(hashes=hashes), place=place)
    for wrong in ((*path, bytes(32)), path[:-1] if path else (bytes(32),)):
        assert root_by_path(hashed=hashes[place], place=place, count=len(hashes), path=wrong) is None


def changed(leaves, data):
    """The leaves as somebody would leave them who has something to hide."""
    place = data.draw(st.integers(0, len(leaves) - 1))
    match data.draw(st.sampled_from(["changed", "dropped", "added", "swapped"])):
        case "changed":
            one, at = bytearray(leaves[place] or b"-"), data.draw(st.integers(0, 200))
            one[at % len(one)] ^= data.draw(st.integers(1, 255))
            return [*leaves[:place], bytes(one), *leaves[place + 1:]]
        case "dropped":
            return [*leaves[:place], *leaves[place + 1:]]
        case "added":
            return [*leaves[:place], data.draw(st.binary(max_size=12)), *leaves[place:]]
    other = data.draw(st.integers(0, len(leaves) - 1))
    swapped = list(leaves)
    swapped[place], swapped[other] = swapped[other], swapped[place]
    return swapped


@given(leaves_of_any_month, st.data())
def test_what_is_changed_shows_in_the_root_and_is_named(leaves, data):
    tampered = changed(leaves, data)
    assume(tampered != leaves)
    assert root_of(hashes=hashed(tampered)) != root_of(hashes=hashed(leaves))
    marks = b"".join(one[:4] for one in hashed(leaves))
    first = next((n for n, (a, b) in enumerate(zip(leaves, tampered, strict=False)) if a != b),
                 min(len(leaves), len(tampered)))
    assert first_unlike(marks=marks, hashes=hashed(tampered)) == first
    assert first_unlike(marks=marks, hashes=hashed(leaves)) is None


@pytest.mark.parametrize("other", [
    {"seal_no": 3}, {"month": date(2026, 11, 1)}, {"entry_count": 2}, {"receipt_count": 5},
    {"root": bytes(31) + b"\1"}])
def test_a_head_is_of_everything_it_says(other):
    assert head_of(before=NO_HEAD, facts=FACTS) != head_of(
        before=NO_HEAD, facts=SealFacts(**{**vars(FACTS), **other}))
    assert head_of(before=NO_HEAD, facts=FACTS) != head_of(before=bytes(31) + b"\1", facts=FACTS)


def test_people_compare_sixteen_digits():
    assert in_groups(head=bytes.fromhex("0123456789abcdef") + bytes(24)) == "0123 4567 89AB CDEF"
