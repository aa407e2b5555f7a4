"""The lexicons of this room: classes of words, other senses of the same words, and the rules (data/*.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from onrecord.model import EventStatus, EventType, OnrecordError

RULE_FILES = ("strike", "talks", "offers", "others")
Element = tuple[str, ...]  # alternatives: lemmas, or one class in angle brackets


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way in which a type of event is told; data/rules/README.md says what the fields mean."""

    type: EventType
    example: str
    verb: tuple[tuple[Element, ...], ...] = ()
    noun: tuple[tuple[Element, ...], ...] = ()
    agent: frozenset[str] = frozenset()
    not_agent: frozenset[str] = frozenset()
    patient: frozenset[str] = frozenset()
    with_any: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    status: EventStatus | None = None
    who: str = "workers"
    negative: bool = False
    lockout: bool = False
    intransitive: bool = False
    passive: bool = False
    active: bool = False
    told: bool = False
    any_polarity: bool = False
    future: bool = False
    after_start: bool = False
    patient_as_agent: bool = False


@cache
def words(name: str) -> Mapping[str, Any]:
    """A lexicon of this room as TOML has it.

    Raises OnrecordError when the file is not TOML.
    """
    text = files("onrecord.events").joinpath(f"data/{name}.toml").read_text("utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise OnrecordError(f"events/data/{name}.toml is not TOML: {error}") from None


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of their files."""
    return tuple(_rule(row, name) for name in RULE_FILES for row in words(f"rules/{name}")["rule"])


@cache
def classes() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """By the last lemma of an entry: (the whole entry, its class)."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, entries in words("classes").items():
        for entry in entries:
            parts = tuple(entry.split())
            table.setdefault(parts[-1], []).append((parts, name))
    return {last: tuple(found) for last, found in table.items()}


def _rule(row: Mapping[str, Any], name: str) -> Rule:
    known = {f.name for f in fields(Rule)} | {"polarity"}
    if unknown := sorted(set(row) - known):
        raise OnrecordError(f"events/data/rules/{name}.toml: a rule has the unknown field {unknown[0]!r}")
    return Rule(
        type=EventType(row["type"]),
        example=row["example"],
        verb=tuple(_elements(v) for v in row.get("verb", ())),
        noun=tuple(_elements(n) for n in row.get("noun", ())),
        agent=frozenset(row.get("agent", ())),
        not_agent=frozenset(row.get("not_agent", ())),
        patient=frozenset(row.get("patient", ())),
        with_any=tuple(row.get("with_any", ())),
        without=tuple(row.get("without", ())),
        status=EventStatus(row["status"]) if "status" in row else None,
        who=row.get("who", "workers"),
        negative=row.get("polarity") == "negative",
        lockout=row.get("lockout", False),
        intransitive=row.get("intransitive", False),
        passive=row.get("passive", False),
        active=row.get("active", False),
        told=row.get("told", False),
        any_polarity=row.get("polarity") == "any",
        future=row.get("future", False),
        after_start=row.get("after_start", False),
        patient_as_agent=row.get("patient_as_agent", False),
    )


def _elements(pattern: str) -> tuple[Element, ...]:
    return tuple(tuple(word.split("|")) for word in pattern.split())
