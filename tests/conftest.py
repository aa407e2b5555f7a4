"""Records that many tests look into, made once a session."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import settings

from onrecord.cli import main

# The gate tries the same examples each time and has no clock: it may run on a busy machine. By hand they vary.
settings.register_profile("gate", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("gate")

REPOSITORY = Path(__file__).parents[1]
SHARED = REPOSITORY.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development material beside the checkout."""
    if not (SHARED / "gold" / "texts.jsonl").is_file():
        pytest.skip("the development material (../shared) is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def demo_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the shipped example; never write to it."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    done = CliRunner().invoke(main, ["demo", "-r", str(path)])
    assert done.exit_code == 0, done.output
    return path


@pytest.fixture
def demo(demo_master: Path, tmp_path: Path) -> Path:
    """A copy of the example's record, to do with as a test likes."""
    path = tmp_path / "demo.db"
    shutil.copy(demo_master, path)
    return path
