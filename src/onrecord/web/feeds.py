"""An Atom feed that has an entry whenever the standing of the talks changes."""

from __future__ import annotations

from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

from onrecord.export import words
from onrecord.export.words import plain
from onrecord.record.status import CitedState, Status

_NAMESPACE = "http://www.w3.org/2005/Atom"


def atom(s: Status, *, base: str) -> bytes:
    """The states of the talks, latest first (RFC 4287). ``base`` is the address of the page, with a slash."""
    home = f"{base}d/{s.dispute.id}"
    feed = Element("feed", xmlns=_NAMESPACE)
    _text(feed, "id", home)
    _text(feed, "title", f"Where the talks stand: {s.dispute.name}")
    _text(feed, "updated", _moment(s.as_of))
    SubElement(feed, "link", href=home)
    SubElement(feed, "link", href=f"{home}/feed.atom", rel="self")
    author = SubElement(feed, "author")
    _text(author, "name", "onrecord")
    for state in reversed([c for c in s.states if c.interval.first]):
        _entry(feed, state, home)
    body: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _entry(feed: Element, c: CitedState, home: str) -> None:
    i = c.interval
    entry = SubElement(feed, "entry")
    _text(entry, "id", f"{home}#{i.state.value}-{i.first}")
    how = "established" if i.established else "reported"
    _text(entry, "title", f"{words.STATES[i.state]} since {words.day(i.first)} ({how})")
    _text(entry, "updated", _moment(i.first))
    SubElement(entry, "link", href=home)
    _text(entry, "summary", f"\u201c{c.words}\u201d {' '.join(c.references)}" if c.words else i.why)


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = plain(text)


def _moment(day: date | None) -> str:
    """A day as RFC 3339 wants it; the record knows no hour."""
    return f"{day or date(1970, 1, 1)}T00:00:00Z"
