"""A folder as people name them, and a server in it that is gone afterwards."""
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ombun.jobs.machine.postgres import Cluster

MakeCluster = Callable[[Path], Cluster]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The folder of one copy: with a space and in Thai."""
    folder = tmp_path / "กองทุน หนองบัว" / ".ombun"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def make_cluster() -> Iterator[MakeCluster]:
    """Makes servers, and removes each with all it has at the end."""
    made: list[Cluster] = []

    def make(home: Path) -> Cluster:
        made.append(Cluster(home))
        return made[-1]

    yield make
    for cluster in made:
        cluster.remove()


@pytest.fixture
def cluster(copy: Path, make_cluster: MakeCluster) -> Cluster:
    """The server of the copy, running."""
    cluster = make_cluster(copy / "postgres")
    cluster.start()
    return cluster
