"""Correcting: a row with what was ruled on it, and which rows to look at first."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record import passages, review
from onrecord.record.queries import find_document
from onrecord.record.review import Queued, Row
from onrecord.record.rows import Variable
from onrecord.web.pages.base import PAGE_ROWS, Asked, Page, Turn, turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A variable with what stands now; ``choices`` empty: a name or a day is written."""

    name: str
    label: str
    value: str
    choices: tuple[str, ...]
    day: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct(Page):
    """``before`` and ``after`` are the sentences around the row; ``seen`` the last ruling that the reader sees;
    ``back`` the place in its document."""

    row: Row
    outlet: str
    before: str
    words: str
    after: str
    fields: tuple[Field, ...]
    back: str
    token: str
    seen: str
    who: str


def correct(asked: Asked, *, token: str, who: str) -> Correct:
    """The page on one row. Raises OnrecordError when there is none with that id."""
    row = review.row(asked.db, str(asked.path["target"]))
    document = find_document(asked.db, str(row.reference.number))
    before = after = ""
    if row.span is not None and row.reference.sentence is not None:
        found = passages.passage(asked.db, row.reference)
        before = found.text[found.context.start : row.span.start]
        after = found.text[row.span.end : max(found.context.end, row.span.end)]
    anchor = f"#s{row.reference.sentence}" if row.reference.sentence is not None else ""
    return Correct(
        template="correct.html",
        title=f"Correct a {row.kind}" if row.kind in ("statement", "document") else f"Correct an {row.kind}",
        row=row,
        outlet=document.outlet or document.name,
        before=before,
        words=row.words,
        after=after,
        fields=tuple(
            Field(
                name=variable.value,
                label=variable.value.partition(".")[2],
                value=_now(row, variable, value),
                choices=review.CHOICES.get(variable, ()),
                day=variable in (Variable.WHEN, Variable.PUBLISHED),
            )
            for variable, value in row.values
        ),
        back=f"/documents/{row.reference.number}{anchor}",
        token=token,
        seen=row.last,
        who=who,
    )


def _now(row: Row, variable: Variable, value: str) -> str:
    """The value in force: that of the ruling that stands, else the machine's."""
    for r in row.rulings:
        if r.judgement.field == variable and r.fate == "stands":
            value = r.judgement.value or value
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Page):
    queued: tuple[Queued, ...]
    all: int
    turn: Turn


def queue(asked: Asked) -> Review:
    """What to look at first."""
    dispute = asked.dispute
    found = asked.room.kept(asked.db, f"queue {dispute.id}", lambda: review.queue(asked.db, dispute.id))
    start = (asked.page - 1) * PAGE_ROWS
    return Review(
        template="review.html",
        title="To be looked at",
        dispute=dispute,
        here="review",
        queued=found[start : start + PAGE_ROWS],
        all=len(found),
        turn=turn(asked, start + PAGE_ROWS < len(found)),
    )
