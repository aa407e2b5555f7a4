"""What every page has, and what a request asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from onrecord.model import Dispute, OnrecordError
from onrecord.record import findings
from onrecord.record.status import Status
from onrecord.record.store import Connection
from onrecord.web.room import Room

PAGE_ROWS = 50
NAV = (
    ("", "Front page"),
    ("timeline", "Timeline"),
    ("ahead", "Ahead of the record"),
    ("claims", "Claims"),
    ("statements", "Statements"),
    ("sources", "Sources"),
    ("parties", "Parties"),
    ("effects", "Who pays"),
    ("outlook", "Outlook"),
    ("documents", "Documents"),
    ("review", "To be looked at"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: the record, and what the address and its query say."""

    room: Room
    db: Connection
    path: Mapping[str, object]
    query: Mapping[str, str]

    @property
    def dispute(self) -> Dispute:
        """The dispute of the address. Raises OnrecordError."""
        wanted = str(self.path.get("dispute") or self.query.get("dispute") or "")
        found = next((d for d in findings.disputes(self.db) if d.id == wanted), None)
        if found is None:
            raise OnrecordError(f"The record holds no dispute {wanted!r}.")
        return found

    @property
    def report(self) -> Status:
        return self.room.report(self.db, self.dispute)

    @property
    def page(self) -> int:
        text = self.query.get("page", "1")
        return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text) > 0 else 1

    def text(self, name: str) -> str:
        return self.query.get(name, "").strip()[:200]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page has. ``here`` is its entry of the navigation; ``data`` the same facts for machines, as label
    and address; ``dispute`` None on pages about the whole record."""

    template: str
    title: str
    dispute: Dispute | None = None
    here: str | None = None
    data: tuple[tuple[str, str], ...] = ()
    nav: tuple[tuple[str, str], ...] = NAV


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Where a list goes on: addresses of the page before and after, None where there is none."""

    before: str | None
    after: str | None


def turn(asked: Asked, more: bool) -> Turn:
    def at(page: int) -> str:
        kept = [(k, v) for k, v in asked.query.items() if k != "page" and v]
        return "?" + urlencode([*kept, ("page", str(page))])

    return Turn(before=at(asked.page - 1) if asked.page > 1 else None, after=at(asked.page + 1) if more else None)


def tables_of(dispute: Dispute, table: str) -> tuple[tuple[str, str], ...]:
    return (("CSV", f"/d/{dispute.id}/{table}.csv"), ("JSON lines", f"/d/{dispute.id}/{table}.jsonl"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Error(Page):
    status: int
    said: str


def error(status: int, said: str) -> Error:
    return Error(
        template="error.html", title="Not found" if status == 404 else "Not done", status=status, said=said
    )
