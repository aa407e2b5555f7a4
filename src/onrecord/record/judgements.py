"""What people ruled: rows beside the machine's, never over them; of several on one matter the last one stands.

A ruling is taken back by another row (target ``judgement:12``), which can be taken back in turn. So nothing is
ever lost, and ``ledger`` says of each ruling whether it stands, which later one overruled it, or took it back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onrecord.model import Evidence, Judgement, OnrecordError, Span
from onrecord.record.corrections import Correction, Matter
from onrecord.record.rows import ADDITIONS, RowRuling, Variable
from onrecord.record.store import transaction
from onrecord.text.names import slug

TAKING_BACK = "judgement"
"""The field of a row that takes another one back; its target is ``judgement:`` and the number of that row."""
# Fields of which a row can have several values at once, each ruled on apart.
_SEVERAL = frozenset({"dispute", "link", *ADDITIONS})


class Fate(StrEnum):
    """What became of a ruling."""

    STANDS = "stands"
    OVERRULED = "overruled"
    TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True)
class Ruled:
    """A judgement with its number and what became of it; ``by`` is the number of the judgement that overruled it
    or took it back."""

    number: int
    judgement: Judgement
    fate: Fate
    by: int | None = None


def add(db: sqlite3.Connection, judgement: Judgement) -> int:
    """Add a judgement and return its number. Nothing is overwritten: a change of mind is another row."""
    with transaction(db):
        cursor = db.execute(
            "INSERT INTO judgement (target, verdict, field, value, who, at, why, dispute) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                judgement.target,
                judgement.verdict,
                judgement.field,
                judgement.value,
                judgement.who,
                judgement.when.isoformat(timespec="seconds"),
                judgement.why,
                judgement.dispute,
            ),
        )
    return int(cursor.lastrowid or 0)


def take_back(db: sqlite3.Connection, number: int, *, who: str, when: datetime, why: str = "") -> int:
    """Take a judgement back, and return the number of the row that does.

    Raises OnrecordError when there is none of that number, or when it is taken back already.
    """
    with transaction(db):
        known = {r.number: r for r in ledger(db)}
        ruled = known.get(number)
        if ruled is None:
            raise OnrecordError(f"the record holds no judgement {number}; list them with: onrecord judgements")
        if ruled.fate is Fate.TAKEN_BACK:
            raise OnrecordError(f"judgement {number} is taken back already, by judgement {ruled.by}")
        row = Judgement(
            target=f"{TAKING_BACK}:{number}", verdict="reject", field=TAKING_BACK, who=who, when=when, why=why
        )
        return add(db, row)


def ledger(db: sqlite3.Connection) -> tuple[Ruled, ...]:
    """All judgements in the order in which they were made, with what became of each."""
    rows = [(int(r["id"]), _judgement(r)) for r in db.execute("SELECT * FROM judgement ORDER BY id")]
    taken: dict[int, int] = {}
    overruled: dict[tuple[str | None, ...], int] = {}
    out: list[Ruled] = []
    for number, judgement in reversed(rows):
        matter = _matter(judgement)
        if number in taken:
            out.append(Ruled(number, judgement, Fate.TAKEN_BACK, taken[number]))
        elif judgement.field == TAKING_BACK:
            taken.setdefault(int(judgement.target.partition(":")[2]), number)
            out.append(Ruled(number, judgement, Fate.STANDS))
        elif matter in overruled:
            out.append(Ruled(number, judgement, Fate.OVERRULED, overruled[matter]))
        else:
            overruled[matter] = number
            out.append(Ruled(number, judgement, Fate.STANDS))
    return tuple(reversed(out))


def all_of(db: sqlite3.Connection, target: str | None = None) -> tuple[Judgement, ...]:
    """Judgements in the order in which they were made; those on one row, or all."""
    rows = db.execute("SELECT * FROM judgement WHERE ?1 IS NULL OR target = ?1 ORDER BY id", (target,))
    return tuple(_judgement(r) for r in rows)


def standing(db: sqlite3.Connection) -> tuple[Ruled, ...]:
    """The judgements that stand, in the order in which they were made; those that take back others left out."""
    return tuple(r for r in ledger(db) if r.fate is Fate.STANDS and r.judgement.field != TAKING_BACK)


@dataclass(frozen=True, slots=True)
class LinkRuling:
    """What a person ruled on two tellings, each named by document and place, so that the ruling survives another
    reading: they tell the ``same`` claim, or they do not. ``said`` is the ruling in a sentence."""

    a: Evidence
    b: Evidence
    same: bool
    said: str


LINK = "link"
"""The field of a judgement on two tellings. Its target is the document of the first, its value the places of both;
the verdict is accept (they are linked) or reject (they are cut)."""


def add_link(
    db: sqlite3.Connection, a: Evidence, b: Evidence, *, same: bool, who: str, when: datetime, why: str = ""
) -> int:
    """Rule on the link between two tellings and return the number of the judgement."""
    target, place = _places(a, b)
    verdict = "accept" if same else "reject"
    return add(db, Judgement(target=target, verdict=verdict, field=LINK, value=place, who=who, when=when, why=why))


def link_between(db: sqlite3.Connection, a: Evidence, b: Evidence) -> int | None:
    """The number of the judgement in force on the link between two tellings; None when there is none."""
    places = _places(a, b)
    for r in standing(db):
        if r.judgement.field == LINK and (r.judgement.target, r.judgement.value) == places:
            return r.number
    return None


def links(db: sqlite3.Connection) -> tuple[LinkRuling, ...]:
    """The rulings on links in force, in the order in which they were made."""
    return tuple(_link_ruling(r.judgement) for r in standing(db) if r.judgement.field == LINK)


def state(db: sqlite3.Connection) -> tuple[int, int]:
    """The last judgement and how many there are: another value means that people have ruled in the meantime."""
    row = db.execute("SELECT coalesce(max(id), 0), count(*) FROM judgement").fetchone()
    return int(row[0]), int(row[1])


def _places(a: Evidence, b: Evidence) -> tuple[str, str]:
    first, second = sorted((a, b))
    return (
        first.document,
        f"{first.span.start}-{first.span.end} {second.document} {second.span.start}-{second.span.end}",
    )


def _link_ruling(judgement: Judgement) -> LinkRuling:
    here, document, there = (judgement.value or "").split(" ")
    same = judgement.verdict == "accept"
    why = f": {judgement.why}" if judgement.why else ""
    return LinkRuling(
        Evidence(judgement.target, _span(here)),
        Evidence(document, _span(there)),
        same,
        f"{judgement.who} says that both tell {'the same' if same else 'different things'}{why}",
    )


def _span(text: str) -> Span:
    start, _, end = text.partition("-")
    return Span(int(start), int(end))


def assigned(db: sqlite3.Connection) -> dict[str, dict[str, bool]]:
    """By document, the disputes that a person put it into (True) or took it out of (False)."""
    out: dict[str, dict[str, bool]] = {}
    for judgement in (r.judgement for r in standing(db)):
        if judgement.field == "dispute" and judgement.value is not None:
            out.setdefault(judgement.target, {})[judgement.value] = judgement.verdict == "accept"
    return out


def corrections(db: sqlite3.Connection) -> tuple[Correction, ...]:
    """What people ruled on parties and still holds, in the order in which it was ruled."""
    return tuple(
        Correction(
            number=r.number,
            party=r.judgement.target,
            matter=Matter(r.judgement.field),
            value=r.judgement.value or "",
            holds=r.judgement.verdict != "reject",
            dispute=r.judgement.dispute,
        )
        for r in standing(db)
        if r.judgement.field in set(Matter)
    )


def on_rows(db: sqlite3.Connection) -> tuple[RowRuling, ...]:
    """What people ruled on statements, events, effects and documents and still holds."""
    return tuple(
        RowRuling(
            number=r.number,
            target=r.judgement.target,
            variable=Variable(r.judgement.field),
            value=r.judgement.value or "",
            holds=r.judgement.verdict != "reject",
        )
        for r in standing(db)
        if r.judgement.field in set(Variable)
    )


def drop(db: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Remove judgements for good, with those that take them back. For forgetting alone."""
    with transaction(db):
        for number in numbers:
            db.execute("DELETE FROM judgement WHERE id = ?1 OR target = ?2", (number, f"{TAKING_BACK}:{number}"))


def _judgement(r: sqlite3.Row) -> Judgement:
    return Judgement(
        target=r["target"],
        verdict=r["verdict"],
        field=r["field"],
        value=r["value"],
        who=r["who"],
        when=datetime.fromisoformat(r["at"]),
        why=r["why"],
        dispute=r["dispute"],
    )


def _matter(judgement: Judgement) -> tuple[str | None, ...]:
    """What a judgement is about: another one about the same overrules it."""
    if judgement.field == Matter.ALIAS:
        return judgement.dispute, judgement.field, slug(judgement.value or "")  # a name belongs to one party
    several = judgement.value if judgement.field in _SEVERAL else None
    return judgement.dispute, judgement.field, judgement.target, several
