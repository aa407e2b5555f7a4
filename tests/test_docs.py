"""The documentation is true: its commands run, its help texts are the program's, its links lead somewhere."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from tests.conftest import REPOSITORY

PAGES = sorted([REPOSITORY / "README.md", *(REPOSITORY / "docs").rglob("*.md")])
# The doc pages show commands on this example; ``coverage/`` in them is its folder.
EXAMPLE = REPOSITORY / "src" / "onrecord" / "demo"


def commands(page: Path) -> list[str]:
    """The onrecord commands in the console blocks of a page."""
    blocks = re.findall(r"```console\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ onrecord ")]


def first_page(words: list[str]) -> str:
    """What a command that serves a page serves at its address."""
    program = [sys.executable, "-c", "from onrecord.cli import main; main()", *words, "--port", "0"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            address = re.search(r"http://[\d.:]+", running.stdout.readline())
            assert address is not None
            with urlopen(address[0], timeout=60) as answer:
                return str(answer.read().decode("utf-8"))
        finally:
            running.terminate()


@pytest.mark.parametrize("page", [p for p in PAGES if commands(p)], ids=lambda p: p.name)
def test_the_commands_of_a_page_run_one_after_the_other(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(EXAMPLE / "coverage", tmp_path / "coverage")
    shutil.copy(EXAMPLE / "manifest.csv", tmp_path)
    monkeypatch.chdir(tmp_path)
    for command in commands(page):
        words = shlex.split(command.split(" | ")[0].split(" > ")[0])[1:]
        if words[0] == "serve":
            assert "<h1" in first_page(words)
            continue
        done = CliRunner().invoke(main, words)
        # 3: done, but a document of the example cannot be read (it is in German, on purpose).
        assert done.exit_code in (0, 3), (command, done.output, done.stderr)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(REPOSITORY)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_the_reference_holds_the_help_of_every_command() -> None:
    text = (REPOSITORY / "docs" / "reference.md").read_text("utf-8")
    for name in main.commands:
        help_text = CliRunner().invoke(main, [name, "--help"], terminal_width=100, prog_name="onrecord").output
        assert help_text.strip() in text, f"run: python docs/make_reference.py (the help of {name} has changed)"


def test_the_readme_names_two_commands_and_the_gate_runs_the_second() -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    assert "pip install . && onrecord demo" in readme
    assert "pip install '.[dev]' && pytest" in readme
    assert "<!-- test command -->" in readme
