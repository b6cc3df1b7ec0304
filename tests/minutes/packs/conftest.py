"""One rendered sample pack for all tests that only look at it."""

from pathlib import Path

import pytest

from minutes.packs.build import BuiltPack, build
from tests.minutes.packs.sample import sample_pack
from tests.minutes.packs.whole import Whole, make_whole


@pytest.fixture(scope="session")
def sections_kept(look: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of rendered sections that tests share."""
    return tmp_path_factory.mktemp("sections")


@pytest.fixture(scope="session")
def built(sections_kept: Path, tmp_path_factory: pytest.TempPathFactory) -> BuiltPack:
    """The sample pack."""
    return build(sample_pack(), cache_dir=sections_kept, target=tmp_path_factory.mktemp("built") / "pack.pdf")


@pytest.fixture(scope="session")
def built_file(built: BuiltPack) -> Path:
    """The sample pack as a file."""
    return built.file


@pytest.fixture(scope="session")
def whole(sections_kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """Packs of more than 120 pages with papers of all kinds."""
    return make_whole(tmp_path_factory.mktemp("whole"), sections_kept)
