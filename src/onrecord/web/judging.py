"""What a form of the page does: a ruling, or one taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from onrecord import pipeline
from onrecord.model import OnrecordError
from onrecord.record import judgements, review, store
from onrecord.record.rows import Variable
from onrecord.record.store import Connection


def ruled(db: Connection, form: Mapping[str, str]) -> str:
    """Record what a form of the page on a row says, and return the row's id.

    ``verdict`` accept or reject rules on the row; set rules on each variable whose value differs from what was
    shown (``was.VARIABLE``). What somebody else ruled since the form was shown is not overruled unseen. Raises
    OnrecordError.
    """
    with store.transaction(db):  # nobody rules between the look and the ruling
        row = review.row(db, form.get("target", ""))
        if form.get("seen", "") != row.last:
            raise OnrecordError(
                "Somebody has ruled on this in the meantime, and nothing was recorded. Go back, load the page "
                "anew, look at what was ruled, and rule again if you still want to."
            )
        when = datetime.now(UTC).replace(microsecond=0)
        who, why = form.get("who", ""), form.get("why", "")
        for variable, value in _rulings(form):
            review.rule(
                db, row, verdict=form["verdict"], variable=variable, value=value, who=who, when=when, why=why
            )
    pipeline.refresh(db)
    return row.id


def _rulings(form: Mapping[str, str]) -> list[tuple[Variable, str]]:
    verdict = form.get("verdict", "")
    if verdict in ("accept", "reject"):
        return [(Variable.ROW, "")]
    if verdict != "set":
        raise OnrecordError("The form says neither accept, reject nor set.")
    changed = [(v, form[v]) for v in Variable if form.get(v) and form[v] != form.get(f"was.{v}")]
    if not changed:
        raise OnrecordError("Nothing was changed in the form, so nothing was recorded.")
    return changed


def taken_back(db: Connection, form: Mapping[str, str]) -> str:
    """Take a ruling back and return the id of its row. Raises OnrecordError."""
    text = form.get("number", "")
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise OnrecordError(f"{text[:20]!r} is no number of a judgement.")
    if not form.get("who", "").strip():
        raise OnrecordError("A judgement needs a name: who takes it back?")
    target = next((r.judgement.target for r in judgements.ledger(db) if r.number == int(text)), "")
    when = datetime.now(UTC).replace(microsecond=0)
    judgements.take_back(db, int(text), who=form["who"].strip()[:100], when=when, why=form.get("why", ""))
    pipeline.refresh(db)
    return target
