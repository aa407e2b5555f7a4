"""The fields of a row of a table: which column is the text, the date, the outlet, by the names in
data/fields.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Names = Mapping[str, str]
"""Columns that the user named by hand: field to column ("text" to "body")."""

FIELDS = ("text", "name", "url", "date", "modified", "outlet", "title", "byline", "section", "credit", "dispute")
_SEPARATORS = re.compile(r"[\s_.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What a row says of its document. All as written; ``text`` is exactly the field, and "" is no text."""

    text: str
    name: str | None = None
    url: str | None = None
    date: str | None = None
    modified: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    section: str | None = None
    credit: str | None = None
    dispute: str | None = None


@cache
def aliases() -> Mapping[str, tuple[str, ...]]:
    """The names under which each field may stand, in order of preference."""
    table = tomllib.loads(files("onrecord.coverage").joinpath("data/fields.toml").read_text("utf-8"))
    return {field: tuple(plain(name) for name in names) for field, names in table.items()}


def plain(name: str) -> str:
    """A column name without case, space, hyphen and underscore."""
    return _SEPARATORS.sub("", name).lower()


def text_column(columns: Sequence[str], names: Names) -> str | None:
    """The column that holds the text, None when there is none."""
    by_plain = {plain(column): column for column in reversed(columns)}
    return next((by_plain[name] for name in _wanted("text", names) if name in by_plain), None)


def fields_of(row: Mapping[str, object], names: Names) -> Fields | None:
    """The fields of a row; None when it has no text."""
    by_plain = {plain(column): value for column, value in reversed(list(row.items()))}
    text = next(
        (v for name in _wanted("text", names) if isinstance(v := by_plain.get(name), str) and v.strip()), None
    )
    if text is None:
        return None
    return Fields(text=text, **_others(by_plain, names))


def facts_of(row: Mapping[str, object], names: Names) -> Fields:
    """The fields of a row that need not have a text, such as one of a list of addresses."""
    by_plain = {plain(column): value for column, value in reversed(list(row.items()))}
    return Fields(text="", **_others(by_plain, names))


def _others(by_plain: Mapping[str, object], names: Names) -> dict[str, str | None]:
    return {field: _first(by_plain, _wanted(field, names)) for field in aliases() if field != "text"}


def _wanted(field: str, names: Names) -> Sequence[str]:
    """The columns that may hold a field: the one that the user named, or the usual ones."""
    return (plain(names[field]),) if field in names else aliases()[field]


def _first(row: Mapping[str, object], names: Sequence[str]) -> str | None:
    return next((written for name in names if (written := _written(row.get(name)))), None)


def _written(value: object) -> str | None:
    match value:
        case str():
            # Half a surrogate pair, which JSON can write, is no text and cannot be stored.
            return value.encode("utf-8", "replace").decode("utf-8").strip() or None
        case bool() | None:
            return None
        case int() | float():
            return str(value)
        case dict():
            return _written(value.get("name"))
        case list():
            return ", ".join(part for item in value if (part := _written(item))) or None
        case _:
            return None
