"""The names under which tables carry what, and what an extension says."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from onrecord.coverage.fields import aliases, fields_of, text_column
from onrecord.coverage.sniffing import by_content, by_name
from onrecord.model import Problem
from tests.coverage.helpers import captured

RAW = tomllib.loads(files("onrecord.coverage").joinpath("data/fields.toml").read_text("utf-8"))
TYPES = tomllib.loads(files("onrecord.coverage").joinpath("data/media_types.toml").read_text("utf-8"))
NAMES = [(field, name) for field, names in RAW.items() for name in names]


@pytest.mark.parametrize(("field", "name"), NAMES)
def test_each_name_is_needed(field: str, name: str) -> None:
    row = {name.upper().replace("_", " "): "as written"} | ({} if field == "text" else {"text": "Talks."})
    found = fields_of(row, {})
    assert found is not None
    assert getattr(found, field) == "as written"


def test_no_name_stands_for_two_fields() -> None:
    flat = [name for names in aliases().values() for name in names]
    assert len(flat) == len(set(flat))


def test_the_first_name_that_is_not_empty_is_taken() -> None:
    row = {"content": "short", "full_text": "the whole", "body": "the body", "title": "", "headline": "H", "id": 7}
    found = fields_of(row, {})
    assert found is not None
    assert (found.text, found.title, found.name) == ("the whole", "H", "7")
    assert text_column(list(row), {}) == "full_text"
    assert text_column(list(row), {"text": "Content"}) == "content"
    assert fields_of({"text": "  ", "body": None}, {}) is None
    assert fields_of({"text": ["a"]}, {}) is None


@pytest.mark.parametrize("extension", [*TYPES["read"], *TYPES["not_read"]])
def test_each_extension_is_known(extension: str, tmp_path: Path) -> None:
    sniffed = by_name(f"A.b.{extension.upper()}")
    assert sniffed is not None
    assert bool(sniffed.refused) == (extension in TYPES["not_read"])
    (tmp_path / f"a.{extension}").write_text(json.dumps({"text": "Talks."}))
    [found] = captured(tmp_path)
    holds_many = ("csv", "tsv", "tab", "mbox", "warc", "rss", "atom", "opml")
    assert isinstance(found, Problem) == (extension in TYPES["not_read"] or extension in holds_many)


@pytest.mark.parametrize("magic", TYPES["magic"])
def test_each_magic_number_is_known(magic: str) -> None:
    assert by_content(magic.encode("latin-1") + b" of a file", None).refused
