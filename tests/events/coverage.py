"""Score the events found in coverage.txt: short documents of invented disputes.

    python -m tests.events.coverage            the figures, for each half
    python -m tests.events.coverage --errors   what is missed and what is too much in the half that was mended on

Every third document was kept apart while the rules were mended: its figures say what to expect of unseen coverage.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.model import Event, Span
from tests.events.reading import of
from tests.factories import parsed


@dataclass(frozen=True, slots=True)
class Expected:
    """An event that a sentence tells of. ``types`` and ``statuses`` are those that a careful reader may choose
    from; ``again`` marks a further mention, which need not be found."""

    types: tuple[str, ...]
    statuses: tuple[str, ...]
    when: str | None
    again: bool


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    published: str
    sentences: tuple[tuple[str, tuple[Expected, ...]], ...]

    @property
    def text(self) -> str:
        return " ".join(sentence for sentence, _ in self.sentences)


@dataclass(slots=True)
class Tally:
    """Counts over documents, and the slips in words."""

    found: int = 0
    missed: int = 0
    surplus: int = 0
    status: int = 0
    dated: int = 0
    when: int = 0
    slips: list[str] | None = None

    @property
    def f1(self) -> float:
        return 2 * self.found / max(1, 2 * self.found + self.missed + self.surplus)

    def line(self) -> str:
        return (
            f"events {self.f1:.3f} (precision {self.found / max(1, self.found + self.surplus):.3f}, "
            f"recall {self.found / max(1, self.found + self.missed):.3f}), "
            f"status {self.status / max(1, self.found):.3f}, "
            f"dates of dated events {self.when / max(1, self.dated):.3f} of {self.dated}"
        )


def documents() -> tuple[Document, ...]:
    """The documents in file order."""
    lines = Path(__file__).with_name("coverage.txt").read_text("utf-8").splitlines()
    return tuple(_documents(lines))


def kept_apart(number: int) -> bool:
    """Whether a document was kept out of sight while the rules were mended."""
    return number % 3 == 2


def score(chosen: Iterator[Document] | tuple[Document, ...]) -> Tally:
    """Hold what is found against what is expected, one to one within a sentence."""
    tally = Tally(slips=[])
    for document in chosen:
        _score(document, tally)
    return tally


def _documents(lines: list[str]) -> Iterator[Document]:
    name = published = ""
    sentences: list[tuple[str, tuple[Expected, ...]]] = []
    for line in (*lines, "## end end"):
        if line.startswith("## "):
            if sentences:
                yield Document(name, published, tuple(sentences))
            _, name, published = line.split()
            sentences = []
        elif line and not line.startswith("# "):
            sentence, _, told = line.partition(" | ")
            sentences.append((sentence.strip(), tuple(_expected(t) for t in told.split(";") if t.strip())))


def _expected(told: str) -> Expected:
    types, *rest = told.split()
    statuses, when = rest if rest else ("", "-")
    return Expected(
        types=tuple(types.removeprefix("=").split("|")),
        statuses=tuple(statuses.split("|")),
        when=None if when == "-" else when,
        again=types.startswith("="),
    )


def _score(document: Document, tally: Tally) -> None:
    assert tally.slips is not None
    text, start = document.text, 0
    events = list(of(parsed(text, published=document.published)))
    anywhere = {t for _, told in document.sentences for e in told for t in e.types if e.again}
    for sentence, told in document.sentences:
        span = Span(start, start + len(sentence))
        start = span.end + 1
        here = [e for e in events if span.start <= e.evidence.start < span.end]
        for expected in (e for e in told if not e.again):
            match = _best(expected, here) or _best(expected, [e for e in events if e.type in anywhere])
            if match is None:
                tally.missed += 1
                tally.slips.append(f"{document.name} MISSED {'|'.join(expected.types)}: {sentence}")
                continue
            events.remove(match)
            here = [e for e in here if e is not match]
            _judge(document, sentence, expected, match, tally)
        for event in here:
            events.remove(event)
            if event.type not in anywhere:
                tally.surplus += 1
                tally.slips.append(f"{document.name} SURPLUS {event.type} {event.status}: {sentence}")


def _best(expected: Expected, events: list[Event]) -> Event | None:
    fit = [e for e in events if e.type in expected.types]
    return min(fit, key=lambda e: (e.status not in expected.statuses, e.when != expected.when), default=None)


def _judge(document: Document, sentence: str, expected: Expected, found: Event, tally: Tally) -> None:
    assert tally.slips is not None
    tally.found += 1
    where = f"{document.name} {found.type}"
    if found.status in expected.statuses:
        tally.status += 1
    else:
        tally.slips.append(f"{where} STATUS {found.status} for {'|'.join(expected.statuses)}: {sentence}")
    if expected.when is not None:
        tally.dated += 1
        tally.when += found.when == expected.when
    if found.when != expected.when:
        tally.slips.append(f"{where} DATE {found.when} for {expected.when}: {sentence}")


def main() -> None:
    found = documents()
    seen = tuple(d for n, d in enumerate(found) if not kept_apart(n))
    apart = tuple(d for n, d in enumerate(found) if kept_apart(n))
    mended = score(seen)
    print(f"mended on   {len(seen)} documents: {mended.line()}")
    print(f"kept apart  {len(apart)} documents: {score(apart).line()}")
    if "--errors" in sys.argv:
        print("\n".join(mended.slips or ()))


if __name__ == "__main__":
    main()
