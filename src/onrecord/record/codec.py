"""Between the dataclasses of the model and the columns of the record."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from onrecord import model
from onrecord.model import Dated, Given, KnownFrom, Likelihood, Participant, Precision, Size, Span


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def dump(kind: Any, value: object) -> str:
    """A value of a model type as JSON; the same value gives the same text."""
    return _adapter(kind).dump_json(value).decode("utf-8")


def load(kind: Any, text: str) -> Any:
    """The value that ``dump`` wrote."""
    return _adapter(kind).validate_json(text)


def spans_json(spans: Iterable[Span]) -> str:
    return json.dumps([[s.start, s.end] for s in spans])


def spans_of(text: str) -> tuple[Span, ...]:
    return tuple(Span(a, b) for a, b in json.loads(text))


def span_columns(span: Span | None) -> tuple[int | None, int | None]:
    return (None, None) if span is None else (span.start, span.end)


def span_of(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


def likelihood_json(value: Likelihood | None) -> str | None:
    return None if value is None else dump(Likelihood, value)


def likelihood_of(text: str | None) -> Likelihood | None:
    return None if text is None else load(Likelihood, text)


def given_json(value: Given) -> str | None:
    return None if value == Given() else dump(Given, value)


def given_of(text: str | None) -> Given:
    return Given() if text is None else load(Given, text)


def size_json(value: Size | None) -> str | None:
    return None if value is None else dump(Size, value)


def size_of(text: str | None) -> Size | None:
    return None if text is None else load(Size, text)


def participants_json(value: tuple[Participant, ...]) -> str:
    return dump(tuple[Participant, ...], value)


def participants_of(text: str) -> tuple[Participant, ...]:
    found: tuple[Participant, ...] = load(tuple[Participant, ...], text)
    return found


def dated_columns(value: Dated) -> tuple[Any, ...]:
    """published, precision, from, earliest, latest, why, start, end."""

    def iso(day: date | None) -> str | None:
        return day.isoformat() if day else None

    return (
        iso(value.value),
        value.precision.value,
        value.known_from.value,
        iso(value.earliest),
        iso(value.latest),
        value.why,
        *span_columns(value.span),
    )


def dated_of(row: sqlite3.Row) -> Dated:
    """The publication date in the columns ``published...`` of an article or a reading."""

    def day(text: str | None) -> date | None:
        return date.fromisoformat(text) if text else None

    return Dated(
        value=day(row["published"]),
        precision=Precision(row["published_precision"]),
        known_from=KnownFrom(row["published_from"]),
        earliest=day(row["published_earliest"]),
        latest=day(row["published_latest"]),
        why=row["published_why"],
        span=span_of(row["published_start"], row["published_end"]),
    )


FINDINGS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        model.TimelineEntry,
        model.StandingInterval,
        model.StrikeClock,
        model.Claim,
        model.Forecast,
        model.Overreach,
        model.Blackout,
        model.Leak,
        model.Position,
        model.StanceChange,
        model.ProfileFact,
    )
}
