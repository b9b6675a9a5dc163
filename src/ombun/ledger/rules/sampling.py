"""Which vouchers an auditor looks at: drawn by a word that everybody may know, so that anybody draws the same. Pure."""
from collections.abc import Mapping
from hashlib import sha256
from uuid import UUID

SEED, SEED_MAX = "1", 60  # letters
SIZE, SIZE_MAX = 25, 500


def drawn(*, seed: str, size: int, deeds: Mapping[int, UUID]) -> frozenset[int]:
    """The entries drawn among `deeds` (entry → the id of its deed): those whose SHA-256 of seed and deed is smallest.

    The same seed, size and deeds give the same entries on every computer; a larger size keeps those of a smaller one.
    """
    order = sorted(deeds, key=lambda entry: (sha256(f"{seed}|{deeds[entry]}".encode()).digest(), entry))
    return frozenset(order[:size])
