"""The chronology of a dispute as text, Markdown, CSV, an iCalendar file, JSON, and as a picture."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from pydantic import TypeAdapter

from onrecord.export import report, words
from onrecord.export.pictures.phases import phases
from onrecord.export.tables import neutral
from onrecord.export.words import plain
from onrecord.model import OnrecordError
from onrecord.record.status import CitedEntry, Status

_COLUMNS = (
    *(
        "first",
        "last",
        "told",
        "type",
        "status",
        "lockout",
        "parties",
        "established",
        "authority",
        "place",
        "size",
    ),
    *("references", "words", "id"),
)


def plain_text(found: Status, entries: Sequence[CitedEntry]) -> str:
    """One line an entry, with its references."""
    lines = [report.entry_line(e) for e in entries]
    return "".join(plain(f"{line.text} {' '.join(line.references)}\n") for line in lines)


def markdown(found: Status, entries: Sequence[CitedEntry]) -> str:
    """A list by day with the documents it rests on below, to paste into a story."""
    lines = [f"## {_md(found.dispute.name)}", ""]
    if found.as_of:
        lines += [f"As of {words.day(found.as_of)}, {words.count(len(found.documents), 'document')}.", ""]
    for e in entries:
        who = f" ({_md(', '.join(e.entry.participants))})" if e.entry.participants else ""
        said = f": \u201c{_md(e.words)}\u201d" if e.words else ""
        mark = "" if e.entry.established else ", reported"
        what = words.event(e.entry.type, e.entry.status, lockout=e.entry.lockout)
        refs = "".join(_md(r) for r in e.references)
        lines.append(f"- **{report.when(e)}** {what[:1].upper()}{what[1:]}{mark}{who}{said} {refs}")
    lines += ["", *_documents(found, [r for e in entries for r in e.references])]
    return plain("\n".join(lines)) + "\n"


def markdown_report(found: Status) -> str:
    """The report that ``onrecord status`` gives, section by section, with the documents it rests on below."""
    lines = [f"# {_md(report.headline(found))}", ""]
    used: list[str] = []
    for section in report.sections(found):
        lines += [f"## {_md(section.title.capitalize())}", ""]
        for line in section.lines:
            said = f"**{_md(line.text)}**" if line.strong else _md(line.text)
            elsewhere = f" (`{line.elsewhere}`)" if line.elsewhere else ""
            lines.append(" ".join(["-", said + elsewhere, *map(_md, line.references)]))
            used += line.references
        lines.append("")
    return plain("\n".join([*lines, *_documents(found, used)])) + "\n"


def _documents(found: Status, references: Sequence[str]) -> list[str]:
    """The documents that these references are of, as a list."""
    used = {r.strip("[]").split(":")[0] for r in references}
    lines = ["Documents:", ""]
    for d in found.documents:
        if str(d.number) in used:
            of = ", ".join(x for x in (d.outlet, words.dated(d.published, d.precision)) if x)
            lines.append(f"- {_md(f'[{d.number}]')} {_md(d.title or d.name)} ({_md(of)})")
    return lines


def _md(text: str) -> str:
    """Text of the coverage as Markdown that means nothing but itself."""
    one_line = " ".join(text.split())
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in one_line)


def comma_separated(found: Status, entries: Sequence[CitedEntry]) -> str:
    """A row an entry; cells that a spreadsheet would run as formulas are neutralised."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for e in entries:
        first, last = e.entry.days or (e.entry.first, e.entry.last)
        row = (
            *(first, last, e.told, e.entry.type.value, e.entry.status.value, e.entry.lockout),
            *("; ".join(e.entry.participants), e.entry.established, e.entry.authority),
            *(e.place, e.size, " ".join(e.references), e.words, e.entry.id),
        )
        writer.writerow([neutral(plain(cell) if isinstance(cell, str) else cell) for cell in row])
    return out.getvalue()


def calendar(found: Status, entries: Sequence[CitedEntry]) -> str:
    """Each entry that has a day as an all-day event (RFC 5545). Raises OnrecordError without the extra."""
    try:
        from icalendar import Calendar, Event
    except ImportError:
        raise OnrecordError("ICS needs icalendar; install it with: pip install 'onrecord[calendar]'") from None
    made = Calendar()
    made.add("prodid", "-//onrecord//timeline//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", plain(found.dispute.name))
    # The stamp is the day of the report, not of the clock, so that the same record gives the same file.
    stamp = datetime.combine(found.as_of or date(1970, 1, 1), time(), UTC)
    for e in entries:
        first, last = e.entry.days or (e.entry.first, e.entry.last)
        if first is None or last is None:
            continue
        event = Event()
        event.add("uid", f"{e.entry.id}@onrecord")
        event.add("dtstamp", stamp)
        event.add("dtstart", first)
        event.add("dtend", last + timedelta(days=1))
        what = words.event(e.entry.type, e.entry.status, lockout=e.entry.lockout)
        reported = "" if e.entry.established else " (reported)"
        event.add("summary", plain(f"{', '.join(e.entry.participants[:2])}: {what}{reported}".removeprefix(": ")))
        event.add("description", plain(f"\u201c{e.words}\u201d {' '.join(e.references)}"))
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return str(made.to_ical().decode("utf-8"))


def json_text(found: Status, entries: Sequence[CitedEntry]) -> str:
    """What --json prints."""
    return TypeAdapter(list[CitedEntry]).dump_json(list(entries), indent=1).decode("utf-8") + "\n"


FORMS: dict[str, Callable[[Status, Sequence[CitedEntry]], str]] = {
    "text": plain_text,
    "md": markdown,
    "csv": comma_separated,
    "ics": calendar,
    "svg": phases,
    "json": json_text,
}
