"""The disputes of the record, and the front page of one."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.export import report, words
from onrecord.export.report import Line, Section
from onrecord.model import Dispute
from onrecord.record import findings, pages, queries
from onrecord.record.status import Status
from onrecord.web import strip
from onrecord.web.pages.base import Asked, Page, tables_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeLine:
    id: str
    name: str
    documents: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Home(Page):
    disputes: tuple[DisputeLine, ...]
    documents: int
    problems: int


def home(asked: Asked) -> Home | str:
    """The disputes of the record; the address of its only one, when there is one."""
    known = findings.disputes(asked.db)
    return f"/d/{known[0].id}" if len(known) == 1 else all_disputes(asked)


def all_disputes(asked: Asked) -> Home:
    """The disputes of the record, each with where its talks stand."""
    lines = []
    for d in findings.disputes(asked.db):
        states = queries.standing(asked.db, d.id)
        lines.append(
            DisputeLine(
                id=d.id,
                name=d.name,
                documents=pages.document_count(asked.db, d.id),
                state=words.STATES[states[-1].state] if states else "state not known",
            )
        )
    return Home(
        template="home.html",
        title="Disputes",
        disputes=tuple(lines),
        documents=pages.document_count(asked.db),
        problems=len(queries.problems(asked.db)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Front(Page):
    """``lead``: where the talks stand; ``strip`` the phases drawn; ``fresh`` what came since the reader's last
    visit; ``sections`` the rest of the report."""

    lead: tuple[Line, ...]
    dateline: str
    strip: strip.Strip | None
    fresh: tuple[Line, ...]
    visited: bool
    sections: tuple[Section, ...]


# The command that lists the rest of a section, and the page that does.
_ELSEWHERE = {
    "onrecord timeline": "timeline",
    "onrecord statements": "statements",
    "onrecord claims --ahead": "ahead",
    "onrecord claims": "claims",
    "onrecord effects": "effects",
    "onrecord problems": "/problems",
}


def latest_run(asked: Asked) -> int:
    return max((r.id for r in queries.runs(asked.db)), default=0)


def front(asked: Asked, *, since: int | None) -> Front:
    """Where the talks stand, what is new since run ``since``, and the rest of the report."""
    s = asked.report
    found = {section.title: section for section in report.sections(s)}
    lead = found.pop("WHERE THE TALKS STAND")
    found.pop("NEW SINCE THE LAST RUN", None)
    return Front(
        template="front.html",
        title=s.dispute.name,
        dispute=s.dispute,
        here="",
        data=(*tables_of(s.dispute, "standing"), ("Atom feed", f"/d/{s.dispute.id}/feed.atom")),
        lead=lead.lines,
        dateline=report.headline(s).removeprefix(s.dispute.name).strip(),
        strip=strip.of(s),
        fresh=_fresh(asked, s, since),
        visited=since is not None,
        sections=tuple(_linked(section, s.dispute) for section in found.values()),
    )


def _linked(section: Section, dispute: Dispute) -> Section:
    def address(line: Line) -> Line:
        if line.elsewhere is None:
            return line
        page = _ELSEWHERE[line.elsewhere]
        return Line(line.text, elsewhere=page if page.startswith("/") else f"/d/{dispute.id}/{page}")

    return Section(section.title, tuple(address(line) for line in section.lines))


def _fresh(asked: Asked, s: Status, since: int | None) -> tuple[Line, ...]:
    if since is None:
        return ()
    runs = [r.id for r in queries.runs(asked.db) if r.id > since]
    new = [d for d in s.documents if d.first_run > since]
    entries = {e.id for e in queries.timeline(asked.db, s.dispute.id, runs=runs)} if runs else set()
    lines = [Line(f"{len(new)} new document{'' if len(new) == 1 else 's'}", tuple(f"[{d.number}]" for d in new))]
    lines += [report.entry_line(e) for e in s.chronology if e.entry.id in entries][-12:]
    return tuple(lines) if new or len(lines) > 1 else ()
