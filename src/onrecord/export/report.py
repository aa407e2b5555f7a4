"""The report on one dispute as lines of text: the answer first, then the reasons, each with its references."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onrecord.export import words
from onrecord.model import Authority, EventStatus, Forecast, State
from onrecord.record.queries import DocumentRow
from onrecord.record.status import CitedAhead, CitedEntry, CitedState, Status

_MOST = 12  # lines of a section before the rest is counted instead


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the report and the references it rests on; ``elsewhere`` is the command that lists what this
    line only counts."""

    text: str
    references: tuple[str, ...] = ()
    strong: bool = False
    elsewhere: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[Line, ...]


def sections(s: Status) -> tuple[Section, ...]:
    """The report, section by section; a section with nothing to say is left out."""
    found = (
        Section("WHERE THE TALKS STAND", _standing(s)),
        Section("NEW SINCE THE LAST RUN", _new(s)),
        Section("CHRONOLOGY", _chronology(s)),
        Section("WHO SAYS SO", _who(s)),
        Section("AHEAD OF THE RECORD", _ahead(s)),
        Section("TOLD BY SEVERAL", _claims(s)),
        Section("WHO PAYS", _effects(s)),
        Section("OUTLOOK", _outlook(s)),
        Section("NOT KNOWN", _not_known(s)),
    )
    return tuple(f for f in found if f.lines)


def headline(s: Status) -> str:
    """The dispute, the day, and how much was read."""
    outlets = f", {words.count(s.outlets, 'outlet')}" if s.outlets else ""
    when = f"as of {words.day(s.as_of)}" if s.as_of else "no document carries a date"
    return f"{s.dispute.name}   {when}, {words.count(len(s.documents), 'document')}{outlets}"


# ------------------------------------------------------------------------------- sections


def _standing(s: Status) -> tuple[Line, ...]:
    if not s.states:
        return (Line("The documents do not say where the talks stand."),)
    dated = [c for c in s.states if c.interval.first]
    undated = [c for c in s.states if not c.interval.first]
    whose = _whose(dated[-1]) if dated else ""
    lines = [_state_line(dated[-1], whose, strong=True), *_age_lines(dated[-1])] if dated else []
    lines += [_state_line(c, "Before: ") for c in dated[-2:-1]]
    lines += [_state_line(c, _whose(c)) for c in _latest_of_each(s.apart)]
    lines += _undated_lines(undated, strong=not dated)
    over = bool(dated) and dated[-1].interval.state in (State.STRIKE_ENDED, State.RATIFIED)
    if s.clock and s.as_of and not over:
        lockout = bool(dated) and any(c.interval.lockout for c in dated)
        lines.append(Line(words.strike_clock(s.clock.clock, s.as_of, lockout=lockout), s.clock.references))
    if s.clock and s.clock.contradicted_by:
        lines.append(Line("Other documents give another start.", s.clock.contradicted_by))
    if s.changes:
        lines.append(Line(f"What would change this: {'; '.join(s.changes)}."))
    return tuple(lines)


def _whose(c: CitedState) -> str:
    return f"{' and '.join(c.interval.parties)}: " if c.interval.parties else ""


def _age_lines(c: CitedState) -> list[Line]:
    """How old the last word of the state is, where it is not of the day of the report."""
    if not c.age or c.interval.state is State.RATIFIED:
        return []
    stale = ", which is long for such a state: it may no longer hold" if c.stale else ""
    return [Line(f"Last word of it {words.days(c.age)} before the day of this report{stale}.")]


def _latest_of_each(found: tuple[CitedState, ...]) -> list[CitedState]:
    """Of several pairs of parties the state of each as it is now."""
    return list({c.interval.parties: c for c in found}.values())


def _undated_lines(found: list[CitedState], *, strong: bool) -> list[Line]:
    """What undated documents say of the state: one line, however many they are."""
    if not found:
        return []
    references = tuple(dict.fromkeys(r for c in found for r in c.references))
    if len(found) == 1:
        state, said = words.STATES[found[0].interval.state], found[0].words
        quoted = f" \u201c{_short(said)}\u201d" if said else ""
        return [Line(f"By an undated document: {state}, on what day is not known.{quoted}", references, strong)]
    documents: dict[State, set[str]] = {}
    for c in found:
        documents.setdefault(c.interval.state, set()).update(e.document for e in c.interval.evidence)
    told = "; ".join(
        f"{words.STATES[state]}{f' ({len(known)} of them)' if len(documents) > 1 else ''}"
        for state, known in documents.items()
    )
    count = len(set().union(*documents.values()))
    by = "an undated document" if count == 1 else f"{count} undated documents"
    return [Line(f"By {by}, on what day is not known: {told}.", references, strong)]


def _state_line(c: CitedState, before: str, *, strong: bool = False) -> Line:
    i = c.interval
    since = ""
    if i.first:
        since = (
            f" since {words.day(i.first)}"
            if i.since_known
            else f" on {words.day(i.first)} (since when is not known)"
        )
    if i.last:
        since += f" until {words.day(i.last)}"
    how = "established" if i.established else "reported"
    by = f", {how} by {words.AUTHORITIES[i.authority]}" if i.authority else f", {how}"
    why = f" Overdue: fixed for {words.day(i.overdue_since)}, and no word of it since." if i.overdue_since else ""
    said = f" \u201c{_short(c.words)}\u201d" if c.words else ""
    lockout = " (lockout)" if i.lockout else ""
    return Line(f"{before}{words.STATES[i.state]}{lockout}{since}{by}.{why}{said}", c.references, strong)


def _new(s: Status) -> tuple[Line, ...]:
    if not s.new:
        return ()
    first = Line(f"{words.count(len(s.new), 'new document')}.", tuple(f"[{n}]" for n in s.new))
    return (first, *(entry_line(e) for e in s.chronology if e.new))


def _chronology(s: Status) -> tuple[Line, ...]:
    told = [e for e in s.chronology if not e.entry.minor and (e.entry.first is not None or e.told is not None)]
    return _limited([entry_line(e) for e in told], "onrecord timeline", keep_last=True)


def entry_line(e: CitedEntry) -> Line:
    """An entry of the chronology."""
    entry = e.entry
    mark = "" if entry.established else " (reported)"
    extra = [*(n for n in entry.participants if n not in e.waiting), *(x for x in (e.size, e.place) if x)]
    if e.waiting:
        waits = "waiting for each other" if len(e.waiting) > 1 else "waiting"
        extra.insert(0, f"{' and '.join(e.waiting)} {waits}")
    who = f", {', '.join(extra)}" if extra else ""
    said = f": \u201c{_short(e.words)}\u201d" if e.words else ""
    what = words.event(entry.type, entry.status, lockout=entry.lockout)
    return Line(f"{when(e)}  {what}{who}{mark}{said}", e.references)


def when(e: CitedEntry) -> str:
    """The day or days of an event; of one that no document dates, the day by which it was told."""
    if e.entry.first or e.entry.last:
        return words.window(e.entry.first, e.entry.last)
    if e.told is None:
        return "undated"
    past = e.entry.status in (EventStatus.HAPPENED, EventStatus.ONGOING)
    return f"{'by' if past else 'as of'} {words.day(e.told)}"


def _who(s: Status) -> tuple[Line, ...]:
    together: dict[str, list[str]] = {}
    for st in s.statements:
        via = f", via {', '.join(st.via)}" if st.via else ""
        missing = "wording missing: " if st.missing else ""
        who = f"{words.source(st.source, st.authority)} ({_authority(st.authority)}, {st.certainty.value}{via})"
        together.setdefault(f"{who}: {missing}\u201c{_short(st.words)}\u201d", []).append(st.reference)
    lines = [Line(text, tuple(references)) for text, references in together.items()]
    counts = ", ".join(f"{name} {n}" for name, n in s.authorities)
    head = [Line(f"Statements by authority: {counts}.")] if counts else []
    return (*head, *_limited(lines, "onrecord statements", most=8))


def _authority(authority: Authority | None) -> str:
    return authority.value if authority else "authority unknown"


def _ahead(s: Status) -> tuple[Line, ...]:
    return _limited(ahead_lines(s), "onrecord claims --ahead")


def ahead_lines(s: Status) -> list[Line]:
    """Claims that a settlement or a turn is near, furthest ahead first."""
    return [ahead_line(a) for a in shown_ahead(s)]


def shown_ahead(s: Status) -> list[CitedAhead]:
    """Those that the report shows: hopeful ones, headlines only where it is known how far they run ahead."""
    return [a for a in s.ahead if a.direction > 0 and (not a.in_title or a.overreach.bits is not None)]


def ahead_line(a: CitedAhead) -> Line:
    """A claim that a settlement or a turn is near, with its figure."""
    o = a.overreach
    if o.bits is None or o.low is None or o.high is None:
        figure = f"by how much is not known: {o.why}" if o.why else "by how much is not known"
    else:
        figure = f"{o.bits:+.1f} bits ({o.low:.1f} to {o.high:.1f})"
    who = a.source or (f"{a.outlet}, own voice" if a.outlet else "own voice of the document")
    where = "headline, " if a.in_title else ""
    return Line(f"\u201c{_short(a.words)}\u201d  {where}{who}, {words.day(a.day)}: {figure}", (a.reference,))


def _claims(s: Status) -> tuple[Line, ...]:
    return _limited(claim_lines(s), "onrecord claims", most=6)


def claim_lines(s: Status) -> list[Line]:
    """Claims that more than one document tells."""
    several = [c for c in s.claims if len({t.document for t in c.claim.tellings}) > 1]
    return [
        Line(
            f"\u201c{_short(c.claim.text)}\u201d  {len(c.claim.tellings)} tellings, "
            + words.count(c.outlets, "outlet")
            + (f"; from {c.claim.origin_outside}, which is not in the record" if c.claim.origin_outside else ""),
            c.references,
        )
        for c in several
    ]


def _effects(s: Status) -> tuple[Line, ...]:
    together: dict[tuple[str, str, str | None], list[str]] = {}
    for e in s.effects:
        together.setdefault((e.reference, e.effect.kind, e.effect.amount), []).append(e.effect.bearer)
    lines = [
        Line(f"{', '.join(bearers)}{': ' + amount if amount else ''} ({kind})", (reference,))
        for (reference, kind, amount), bearers in together.items()
    ]
    return _limited(lines, "onrecord effects", most=6)


def _outlook(s: Status) -> tuple[Line, ...]:
    f = s.forecast
    if f is None:
        return ()
    chances = ", ".join(words.chance(c) for c in f.chances)
    return (
        Line(
            f"The stoppage ends {chances}. As of {words.day(f.as_of)}, {words.days(f.elapsed)} elapsed; "
            f"class: {f.reference} ({words.count(f.cases, 'strike')}){_shifted(f)}. It says "
            "when stoppages end, not when deals are reached: onrecord outlook.",
            s.clock.references if s.clock else (),
        ),
    )


def _shifted(f: Forecast) -> str:
    """What moved the base rate, by name."""
    if not f.shifts:
        return ""
    return "; the base rate is moved by: " + ", ".join(s.name.replace("_", " ") for s in f.shifts)


def _not_known(s: Status) -> tuple[Line, ...]:
    lines = [
        Line(f"{_announced(m.what)} announced, not in the document: \u201c{_short(m.words)}\u201d", (m.reference,))
        for m in s.missing
    ]
    lines += _no_date_lines([d for d in s.documents if d.published is None])
    if s.left_out:
        numbers = "".join(f"[{n}]" for n in s.left_out)
        lines.append(Line(f"Left out, for nothing says by what day they were published: {numbers}."))
    if s.unassigned:
        lines.append(
            Line(
                f"{words.count(len(s.unassigned), 'document')} read and of no dispute, so not used above "
                "(to put one into a dispute: onrecord disputes --help).",
                tuple(f"[{n}]" for n in s.unassigned),
            )
        )
    for p in s.problems:
        hint = f" ({p.hint})" if p.hint else ""
        lines.append(Line(f"{p.source}: {p.message}{hint}", (str(p.reference),) if p.reference else ()))
    if not s.up_to_date:
        lines.append(Line("The last run was interrupted: run onrecord read again to complete the record."))
    return _limited(lines, "onrecord problems")


def _no_date_lines(found: list[DocumentRow]) -> list[Line]:
    """Documents without a date: a line each where something is known of the day, else one for all of them."""
    lines, bare = [], []
    for d in found:
        if not (d.earliest or d.latest or d.dated_why):
            bare.append(d)
            continue
        why = f" {d.dated_why[0].upper()}{d.dated_why[1:].rstrip('.')}." if d.dated_why else ""
        name = _short(d.title or d.name)
        lines.append(Line(f"No date: \u201c{name}\u201d.{_bounds(d.earliest, d.latest)}{why}", (f"[{d.number}]",)))
    numbers = tuple(f"[{d.number}]" for d in bare)
    if len(bare) == 1:
        lines.append(
            Line(f"No date: \u201c{_short(bare[0].title or bare[0].name)}\u201d.{_bounds(None, None)}", numbers)
        )
    elif bare:
        lines.append(Line(f"No date, and no bounds in the text: {len(bare)} documents.", numbers))
    return lines


def _announced(what: str) -> str:
    return f"A {what}" if what else "Something"


def _bounds(earliest: date | None, latest: date | None) -> str:
    if earliest is None and latest is None:
        return " Its text gives no bounds."
    if earliest and latest:
        return f" Between {words.day(earliest)} and {words.day(latest)}."
    return f" Not before {words.day(earliest)}." if earliest else f" Not after {words.day(latest)}."


def _short(text: str, most: int = 160) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " \u2026"


def _limited(lines: list[Line], more: str, *, most: int = _MOST, keep_last: bool = False) -> tuple[Line, ...]:
    if len(lines) <= most:
        return tuple(lines)
    kept = lines[-most:] if keep_last else lines[:most]
    rest = Line(f"\u2026 and {len(lines) - most} more", elsewhere=more)
    return (rest, *kept) if keep_last else (*kept, rest)
