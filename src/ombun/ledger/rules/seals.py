"""Seals of the books: many leaves become one number, and one leaf can be shown to belong to it without the others.

The tree is that of RFC 6962 §2.1: a leaf and a node are hashed under different first bytes, so that neither passes for
the other. The heads of a fund form a chain: each is reckoned from the one before it, so that no month can be rewritten
without every later head changing.
"""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

HASH_BYTES = 32
NO_HEAD = bytes(HASH_BYTES)  # before the first seal of a fund
MARK_BYTES = 4  # of each leaf's hash, kept beside the seal: enough to name the leaf that no longer fits
_LEAF, _NODE, _HEAD = b"\x00", b"\x01", b"\x02"


@dataclass(frozen=True, kw_only=True)
class SealFacts:
    """What a head is reckoned from beside the head before it: the seal's number, its month, how many entries and
    receipts it holds, and the root of their tree."""

    seal_no: int
    month: date
    entry_count: int
    receipt_count: int
    root: bytes


def leaf_hash(*, leaf: bytes) -> bytes:
    """The hash of one leaf."""
    return sha256(_LEAF + leaf).digest()


def node_hash(*, left: bytes, right: bytes) -> bytes:
    """The hash of two hashes side by side."""
    return sha256(_NODE + left + right).digest()


def root_of(*, hashes: Sequence[bytes]) -> bytes:
    """The root over leaves' hashes in their order; of nothing it is the hash of nothing."""
    return tree_of(hashes=hashes)[-1][0] if hashes else sha256(b"").digest()


def tree_of(*, hashes: Sequence[bytes]) -> tuple[Sequence[bytes], ...]:
    """All levels of the tree over leaves' hashes, these first and the root last; at least one leaf."""
    levels = [hashes]
    while len(levels[-1]) > 1:
        levels.append(_level_above(levels[-1]))
    return tuple(levels)


def path_in(*, tree: Sequence[Sequence[bytes]], place: int) -> tuple[bytes, ...]:
    """What stands beside a leaf on its way to the root, from below: with it anybody reckons the root from the leaf."""
    ways = ((level, (place >> height) ^ 1) for height, level in enumerate(tree))
    return tuple(level[beside] for level, beside in ways if beside < len(level))


def root_by_path(*, hashed: bytes, place: int, count: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a leaf's hash and its path lead to; None where so many hashes cannot be the way from that place
    among `count` leaves."""
    if not 0 <= place < count:
        return None
    left = list(path)
    while count > 1:
        if place ^ 1 < count:
            if not left:
                return None
            beside = left.pop(0)
            hashed = node_hash(left=beside, right=hashed) if place % 2 else node_hash(left=hashed, right=beside)
        place, count = place // 2, (count + 1) // 2
    return None if left else hashed


def head_of(*, before: bytes, facts: SealFacts) -> bytes:
    """The head of a seal: of the head before it (`NO_HEAD` for the first) and of what it seals."""
    said = f"{facts.seal_no}|{facts.month:%Y-%m}|{facts.entry_count}|{facts.receipt_count}|"
    return sha256(_HEAD + before + said.encode() + facts.root).digest()


def first_unlike(*, marks: bytes, hashes: Sequence[bytes]) -> int | None:
    """The place of the first leaf that is not what it was when it was sealed: changed, left out or put in; None where
    all are. It may lie one behind the last leaf, where the last ones are gone."""
    kept = [marks[start:start + MARK_BYTES] for start in range(0, len(marks), MARK_BYTES)]
    there = [one[:MARK_BYTES] for one in hashes]
    if kept == there:
        return None
    return next((place for place, (one, other) in enumerate(zip(kept, there, strict=False)) if one != other),
                min(len(kept), len(there)))


def in_groups(*, head: bytes) -> str:
    """A head as people compare it: the first sixteen of its digits, four by four."""
    digits = head.hex().upper()[:16]
    return " ".join(digits[start:start + 4] for start in range(0, len(digits), 4))


def _level_above(level: Sequence[bytes]) -> list[bytes]:
    above = [sha256(_NODE + level[place] + level[place + 1]).digest() for place in range(0, len(level) - 1, 2)]
    return [*above, level[-1]] if len(level) % 2 else above
