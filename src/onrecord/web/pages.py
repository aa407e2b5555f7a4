"""What each page shows, gathered as one dataclass a template. Nothing here writes HTML."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from onrecord.cli import report, words
from onrecord.cli.report import Line, Section
from onrecord.model import Authority, Capture, Certainty, Claim, Dispute, EventStatus, EventType, OnrecordError
from onrecord.record import findings, load, passages, queries
from onrecord.record.queries import DocumentRow, ProblemRow, Reference, StatementRow, Wanted
from onrecord.record.status import CitedClaim, CitedEffect, CitedEntry, Status
from onrecord.web import marking, strip
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
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: the record, and what the address and its query say."""

    room: Room
    db: sqlite3.Connection
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


def _turn(asked: Asked, more: bool) -> Turn:
    def at(page: int) -> str:
        kept = [(k, v) for k, v in asked.query.items() if k != "page" and v]
        from urllib.parse import urlencode

        return "?" + urlencode([*kept, ("page", str(page))])

    return Turn(before=at(asked.page - 1) if asked.page > 1 else None, after=at(asked.page + 1) if more else None)


def _tables(dispute: Dispute, table: str) -> tuple[tuple[str, str], ...]:
    return (("CSV", f"/d/{dispute.id}/{table}.csv"), ("JSON lines", f"/d/{dispute.id}/{table}.jsonl"))


# ------------------------------------------------------------------------------- home and front


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
    if len(known) == 1:
        return f"/d/{known[0].id}"
    lines = []
    for d in known:
        states = queries.standing(asked.db, d.id)
        lines.append(
            DisputeLine(
                id=d.id,
                name=d.name,
                documents=queries.document_count(asked.db, d.id),
                state=words.STATES[states[-1].state] if states else "state not known",
            )
        )
    return Home(
        template="home.html",
        title="Disputes",
        disputes=tuple(lines),
        documents=queries.document_count(asked.db),
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
        data=(*_tables(s.dispute, "standing"), ("Atom feed", f"/d/{s.dispute.id}/feed.atom")),
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


# ------------------------------------------------------------------------------- timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """Entries of one month; ``name`` is "September 2023", or "Undated"."""

    name: str
    entries: tuple[CitedEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline(Page):
    strip: strip.Strip | None
    months: tuple[Month, ...]
    shown: int
    all: int
    parties: tuple[str, ...]
    chosen: Mapping[str, str]
    turn: Turn
    types: tuple[EventType, ...] = tuple(EventType)
    statuses: tuple[EventStatus, ...] = tuple(EventStatus)
    authorities: tuple[Authority, ...] = tuple(Authority)


_FILTERS = ("type", "status", "authority", "party", "record", "from", "to")


def timeline(asked: Asked) -> Timeline:
    """The chronology, filtered by type, status, authority, party, day, and whether it is established."""
    s = asked.report
    chosen = {name: asked.text(name) for name in _FILTERS}
    first, last = _day(chosen["from"]), _day(chosen["to"])
    fitting = [
        e
        for e in s.chronology
        if chosen["type"] in ("", e.entry.type)
        and chosen["status"] in ("", e.entry.status)
        and chosen["authority"] in ("", e.entry.authority or "unknown")
        and (not chosen["party"] or chosen["party"] in e.entry.participants)
        and (not chosen["record"] or (chosen["record"] == "established") is e.entry.established)
        and _within(e, first, last)
    ]
    start = (asked.page - 1) * PAGE_ROWS
    return Timeline(
        template="timeline.html",
        title="Timeline",
        dispute=s.dispute,
        here="timeline",
        data=_tables(s.dispute, "timeline"),
        strip=strip.of(s, first=first, last=last),
        months=_months(fitting[start : start + PAGE_ROWS]),
        shown=len(fitting),
        all=len(s.chronology),
        parties=tuple(sorted({p for e in s.chronology for p in e.entry.participants})),
        chosen=chosen,
        turn=_turn(asked, start + PAGE_ROWS < len(fitting)),
    )


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise OnrecordError(f"{text!r} is no day; write it as 2023-09-20.") from None


def _within(e: CitedEntry, first: date | None, last: date | None) -> bool:
    if first is None and last is None:
        return True
    day = e.entry.first or e.entry.last
    return day is not None and (first is None or day >= first) and (last is None or day <= last)


def _months(entries: Sequence[CitedEntry]) -> tuple[Month, ...]:
    grouped: dict[str, list[CitedEntry]] = {}
    for e in entries:
        day = e.entry.first or e.entry.last
        grouped.setdefault(f"{day:%B %Y}" if day else "Undated", []).append(e)
    return tuple(Month(name=name, entries=tuple(found)) for name, found in grouped.items())


# ------------------------------------------------------------------------------- claims


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Page):
    """A page of lines with references."""

    intro: str
    lines: tuple[Line, ...]
    turn: Turn


def ahead(asked: Asked) -> Lines:
    """Claims that run ahead of the record, the furthest first."""
    s = asked.report
    return _lines(
        asked,
        report.ahead_lines(s),
        title="Ahead of the record",
        here="ahead",
        intro="Claims that a settlement or a turn is near: the likelihood that the words convey, held against how "
        "often strikes of this age end in that time. One bit ahead means odds twice those of the base rate.",
        table="claims",
    )


def _lines(asked: Asked, found: Sequence[Line], *, title: str, here: str, intro: str, table: str) -> Lines:
    dispute = asked.dispute
    start = (asked.page - 1) * PAGE_ROWS
    return Lines(
        template="lines.html",
        title=title,
        dispute=dispute,
        here=here,
        data=_tables(dispute, table),
        intro=intro,
        lines=tuple(found[start : start + PAGE_ROWS]),
        turn=_turn(asked, start + PAGE_ROWS < len(found)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims(Page):
    claims: tuple[CitedClaim, ...]
    turn: Turn


def claims(asked: Asked) -> Claims:
    """Claims that several documents tell, those with most outlets first."""
    s = asked.report
    several = [c for c in s.claims if len({t.document for t in c.claim.tellings}) > 1]
    several.sort(key=lambda c: (-c.outlets, -len(c.claim.tellings), c.claim.id))
    start = (asked.page - 1) * PAGE_ROWS
    return Claims(
        template="claims.html",
        title="Claims",
        dispute=s.dispute,
        here="claims",
        data=_tables(s.dispute, "claims"),
        claims=tuple(several[start : start + PAGE_ROWS]),
        turn=_turn(asked, start + PAGE_ROWS < len(several)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingLine:
    reference: str
    outlet: str
    day: str
    words: str
    hedge: str
    relation: str
    origin: bool
    why: tuple[tuple[str, float, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage(Page):
    claim: Claim
    outlets: int
    tellings: tuple[TellingLine, ...]


def claim(asked: Asked) -> ClaimPage:
    """One claim: its tellings in order, what changed, and why each was matched. Raises OnrecordError."""
    s = asked.report
    wanted = str(asked.path["claim"])
    found = next((c for c in s.claims if c.claim.id == wanted), None)
    if found is None:
        raise OnrecordError(f"This dispute has no claim {wanted!r}; a later reading may have merged it.")
    documents = {d.id: d for d in s.documents}
    read = {d.article.id: d for d in load.read_articles(asked.db, sorted({t.document for t in found.claim.tellings}))}
    references = queries.References(asked.db)
    return ClaimPage(
        template="claim.html",
        title="Claim",
        dispute=s.dispute,
        here="claims",
        data=_tables(s.dispute, "claims"),
        claim=found.claim,
        outlets=found.outlets,
        tellings=tuple(
            TellingLine(
                reference=str(references.of(t.document, t.span)),
                outlet=documents[t.document].outlet or documents[t.document].name,
                day=words.dated(documents[t.document].published, documents[t.document].precision),
                words=queries.words_of(read[t.document].article.text, [t.span]),
                hedge=t.hedge.value,
                relation=t.relation.value,
                origin=t.origin,
                why=tuple((p.name, p.value, p.why) for p in t.match.parts),
            )
            for t in found.claim.tellings
        ),
    )


# ------------------------------------------------------------------------------- statements and sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements(Page):
    rows: tuple[StatementRow, ...]
    chosen: Wanted
    turn: Turn
    authorities: tuple[str, ...] = (*(a.value for a in Authority), "unknown")
    certainties: tuple[str, ...] = tuple(c.value for c in Certainty)


def statements(asked: Asked) -> Statements:
    """Who says what, filtered as on the command line."""
    dispute = asked.dispute
    wanted = Wanted(
        dispute=dispute.id,
        speaker=asked.text("speaker"),
        about=asked.text("about"),
        authority=asked.text("authority"),
        certainty=asked.text("certainty"),
    )
    found = queries.statement_page(asked.db, wanted, limit=PAGE_ROWS + 1, offset=(asked.page - 1) * PAGE_ROWS)
    return Statements(
        template="statements.html",
        title="Statements",
        dispute=dispute,
        here="statements",
        data=_tables(dispute, "statements"),
        rows=found[:PAGE_ROWS],
        chosen=wanted,
        turn=_turn(asked, len(found) > PAGE_ROWS),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Page):
    """A plain table; the first column is text, the others are as ``right`` says."""

    intro: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[str] = field(default_factory=frozenset)
    turn: Turn = Turn(before=None, after=None)


def sources(asked: Asked) -> Table:
    """Outlets, and on whose authority what they tell stands."""
    dispute = asked.dispute
    columns = ("documents", "statements", *(a.value for a in Authority), "unknown")
    counts = asked.room.kept(asked.db, f"outlets {dispute.id}", lambda: queries.outlets(asked.db, dispute.id))
    start = (asked.page - 1) * PAGE_ROWS
    return Table(
        template="table.html",
        title="Sources",
        dispute=dispute,
        here="sources",
        data=_tables(dispute, "documents"),
        intro="Each outlet's documents, and on whose authority the statements in them stand. Counts, not ratings.",
        columns=("outlet", *columns),
        rows=tuple(
            (c.outlet or "(outlet not known)", *(str(dict(c.counts).get(name, 0)) for name in columns))
            for c in counts[start : start + PAGE_ROWS]
        ),
        right=frozenset(columns),
        turn=_turn(asked, start + PAGE_ROWS < len(counts)),
    )


def parties(asked: Asked) -> Table:
    """The parties, by how many documents name them."""
    dispute = asked.dispute
    found = asked.room.kept(asked.db, f"parties {dispute.id}", lambda: queries.parties(asked.db, dispute.id))
    start = (asked.page - 1) * PAGE_ROWS
    names = {p.id: p.name for p in found}
    return Table(
        template="table.html",
        title="Parties",
        dispute=dispute,
        here="parties",
        data=_tables(dispute, "parties"),
        intro="Who is named, on which side, and of which body.",
        columns=("name", "kind", "side", "of", "documents", "mentions"),
        rows=tuple(
            (
                p.name,
                p.kind.replace("_", " "),
                p.side or "",
                names.get(p.parent or "", p.parent or ""),
                str(p.documents),
                str(p.mentions),
            )
            for p in found[start : start + PAGE_ROWS]
        ),
        right=frozenset(("documents", "mentions")),
        turn=_turn(asked, start + PAGE_ROWS < len(found)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects(Page):
    effects: tuple[CitedEffect, ...]
    turn: Turn


def effects(asked: Asked) -> Effects:
    """Who else bears the cost."""
    s = asked.report
    start = (asked.page - 1) * PAGE_ROWS
    return Effects(
        template="effects.html",
        title="Who pays",
        dispute=s.dispute,
        here="effects",
        data=_tables(s.dispute, "effects"),
        effects=s.effects[start : start + PAGE_ROWS],
        turn=_turn(asked, start + PAGE_ROWS < len(s.effects)),
    )


def outlook(asked: Asked) -> Lines:
    """The base-rate chance that the stoppage ends."""
    s = asked.report
    f = s.forecast
    lines = (
        [
            Line(f"As of {words.day(f.as_of)}, {words.days(f.elapsed)} elapsed, the stoppage ends"),
            *(Line(words.chance(c)) for c in f.chances),
            Line(f"Class: {f.reference} ({f.cases} strikes). 95 % intervals."),
        ]
        if f
        else [Line("No forecast: " + ("the strike is over." if s.clock else "no document says when it began."))]
    )
    return _lines(
        asked,
        lines,
        title="Outlook",
        here="outlook",
        intro="How often stoppages that have lasted this long end within some days. A deal comes earlier, a vote "
        "later.",
        table="standing",
    )


# ------------------------------------------------------------------------------- documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents(Page):
    documents: tuple[DocumentRow, ...]
    turn: Turn


def documents(asked: Asked) -> Documents:
    """The documents of the dispute."""
    s = asked.report
    start = (asked.page - 1) * PAGE_ROWS
    return Documents(
        template="documents.html",
        title="Documents",
        dispute=s.dispute,
        here="documents",
        data=_tables(s.dispute, "documents"),
        documents=s.documents[start : start + PAGE_ROWS],
        turn=_turn(asked, start + PAGE_ROWS < len(s.documents)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence in segments; ``n`` its number, None for what is between sentences."""

    n: int | None
    segments: tuple[marking.Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A block of the document with the notes that begin in it."""

    role: str
    sentences: tuple[Sentence, ...]
    notes: tuple[marking.Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Page):
    document: DocumentRow
    disputes: tuple[Dispute, ...]
    passages: tuple[Passage, ...]
    problems: tuple[ProblemRow, ...]
    link: str | None


def document(asked: Asked) -> Document:
    """One document with all that the record rests on it marked in place. Raises OnrecordError."""
    number = int(str(asked.path["number"]))
    found = queries.find_document(asked.db, str(number))
    of_it = [a.dispute for a in findings.assignments(asked.db) if a.document == found.id]
    known = tuple(d for d in findings.disputes(asked.db) if d.id in of_it)
    read = next(iter(load.read_articles(asked.db, [found.id])), None)
    return Document(
        template="document.html",
        title=found.title or found.name,
        dispute=known[0] if len(known) == 1 else None,
        here="documents",
        document=found,
        disputes=known,
        passages=() if read is None else tuple(_passages(read, passages.sentences(asked.db, found.id))),
        problems=tuple(p for p in queries.problems(asked.db) if p.reference == Reference(number)),
        link=found.source if found.source.startswith(("http://", "https://")) else None,
    )


def _passages(read: queries.ReadArticle, sentences: Sequence[tuple[int, queries.Span]]) -> list[Passage]:
    text = read.article.text
    found = marking.notes(read)
    out = []
    for block in read.article.blocks:
        here: list[Sentence] = []
        at = block.span.start
        for n, span in sentences:
            if not span.overlaps(block.span):
                continue
            start, end = max(span.start, block.span.start), min(span.end, block.span.end)
            if start > at:
                here.append(Sentence(n=None, segments=marking.segments(text, queries.Span(at, start), found)))
            here.append(Sentence(n=n, segments=marking.segments(text, queries.Span(start, end), found)))
            at = end
        if at < block.span.end:
            rest = queries.Span(at, block.span.end)
            here.append(Sentence(n=None, segments=marking.segments(text, rest, found)))
        begun = tuple(n for n in found if block.span.start <= n.spans[0].start < block.span.end)
        out.append(Passage(role=block.role.value, sentences=tuple(here), notes=begun))
    return out


@dataclass(frozen=True, slots=True)
class Original:
    data: bytes
    file_name: str


def original(asked: Asked) -> Original:
    """The captured bytes, under a name that no system mistakes for a program. Raises OnrecordError."""
    found = queries.find_document(asked.db, str(asked.path["number"]))
    capture: Capture = load.capture(asked.db, found.id)
    stem = re.sub(r"[^A-Za-z0-9]+", "-", found.name)[:60].strip("-") or "document"
    return Original(capture.data, f"{found.number}-{stem}.captured")


# ------------------------------------------------------------------------------- the record as a whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Problems(Page):
    problems: tuple[ProblemRow, ...]
    turn: Turn


def problems(asked: Asked) -> Problems:
    """What could not be read or interpreted."""
    found = queries.problems(asked.db)
    start = (asked.page - 1) * PAGE_ROWS
    return Problems(
        template="problems.html",
        title="Problems",
        problems=found[start : start + PAGE_ROWS],
        turn=_turn(asked, start + PAGE_ROWS < len(found)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Page):
    query: str
    found: tuple[tuple[Reference, str], ...]


def search(asked: Asked) -> Search:
    """Sentences that hold all the words."""
    query = asked.text("q")
    dispute = asked.dispute if asked.text("dispute") else None
    return Search(
        template="search.html",
        title=f"Search: {query}" if query else "Search",
        dispute=dispute,
        query=query,
        found=passages.search(asked.db, query, dispute=dispute.id if dispute else None, limit=PAGE_ROWS),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Error(Page):
    status: int
    said: str


def error(status: int, said: str) -> Error:
    return Error(template="error.html", title="Not found" if status == 404 else "Not done", status=status, said=said)
