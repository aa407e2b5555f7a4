"""What a short text is read to say, for tables of cases."""

from __future__ import annotations

from functools import cache

from onrecord.attribution.read import read
from onrecord.model import Statement
from onrecord.parties import Who, find, load
from onrecord.parties.presets import Presets
from onrecord.text.parse import Parsed
from tests import factories


@cache
def _presets() -> Presets:
    return load()


def who_is_who(parsed: Parsed) -> Who:
    return find(parsed, _presets())


def read_text(
    text: str, *, outlet: str | None = None, title: str | None = None
) -> tuple[Parsed, tuple[Statement, ...]]:
    parsed = factories.parsed(text, outlet=outlet, title=title)
    return parsed, read(parsed, who_is_who(parsed))


def statement_about(text: str, words: str, *, outlet: str | None = None) -> Statement:
    """The one statement whose content holds these words (the one with the shortest content, if they nest)."""
    parsed, statements = read_text(text, outlet=outlet)
    found = [s for s in statements if any(words in c.of(parsed.text) for c in s.content)]
    assert found, f"no statement holds {words!r}; read: {[_shown(parsed, s) for s in statements]}"
    return min(found, key=lambda s: sum(c.end - c.start for c in s.content))


def contents(parsed: Parsed, statement: Statement) -> list[str]:
    return [c.of(parsed.text) for c in statement.content]


def _shown(parsed: Parsed, statement: Statement) -> tuple[str | None, list[str]]:
    return statement.source.name, contents(parsed, statement)
