"""Changes in words: revisions and what a run brought, for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.export import words
from onrecord.model import StandingInterval
from onrecord.record.changes import Changes
from onrecord.record.revisions import Revision
from onrecord.weighing.revising import Change, Differences, differences, gone


def compared(before: Revision, after: Revision) -> Differences:
    """What changed from one revision to the next."""
    return differences(before.sentences, after.sentences, title_before=before.title, title_after=after.title)


def revision_lines(before: Revision, after: Revision, *, full: bool) -> Iterator[str]:
    """What a revision changed, a line each; without ``full`` the headline, the withdrawn and the number of the
    rest."""
    found = compared(before, after)
    if found.headline:
        note = ""
        if found.headline.lost_its_hedge:
            note = f"  HEDGE DROPPED: {', '.join(found.headline.dropped)}"
        elif found.headline.dropped or found.headline.added:
            lost = [f"-{w}" for w in found.headline.dropped] + [f"+{w}" for w in found.headline.added]
            note = f"  ({' '.join(lost)})"
        was, is_now = found.headline.before or "", found.headline.after or ""
        yield f"headline: \u201c{was}\u201d -> \u201c{is_now}\u201d{note}"
    for n, source, said in gone(before.statements, after.text):
        who = f"{source}: " if source else ""
        yield f"withdrawn [{before.number}:{n}] {who}\u201c{said}\u201d"
    if not full:
        if found.sentences:
            counts = [(c, sum(s.change is c for s in found.sentences)) for c in Change]
            yield "sentences: " + ", ".join(f"{n} {c.value}" for c, n in counts if n)
        return
    for changed in found.sentences:
        if changed.before:
            yield f"- [{before.number}:{changed.before[0]}] {changed.before[1]}"
        if changed.after:
            mark = " (punctuation)" if changed.change is Change.PUNCTUATION else ""
            yield f"+ [{after.number}:{changed.after[0]}] {changed.after[1]}{mark}"


def revision_row(before: Revision, after: Revision) -> dict[str, Any]:
    """The same for machines."""
    found = compared(before, after)
    headline = found.headline
    return {
        "number": after.number,
        "url": after.url,
        "revision": after.n,
        "seen_at": after.seen_at.isoformat(),
        "documents": [before.document, after.document],
        "substantial": found.substantial,
        "headline": None
        if headline is None
        else {
            "before": headline.before,
            "after": headline.after,
            "dropped": headline.dropped,
            "added": headline.added,
            "lost_its_hedge": headline.lost_its_hedge,
        },
        "sentences": [
            {"change": c.change.value, "before": _sentence(c.before), "after": _sentence(c.after)}
            for c in found.sentences
        ],
        "withdrawn": [
            {"sentence": n, "source": source, "content": said}
            for n, source, said in gone(before.statements, after.text)
        ],
    }


def _sentence(of: tuple[int, str] | None) -> dict[str, Any] | None:
    return None if of is None else {"n": of[0], "text": of[1]}


def change_lines(found: Changes) -> Iterator[str]:
    """What runs changed, a line each."""
    for d in found.documents:
        about = [x for x in (d.title or d.name, d.outlet, words.dated(d.published, d.precision)) if x]
        yield f"new        [{d.number}] {', '.join(about)}"
    for s in found.standings:
        yield f"standing   {s.name}: {_state(s.before)} -> {_state(s.after)} {' '.join(s.references)}".rstrip()
    for c in found.claims:
        yield f"claim      \u201c{c.text}\u201d {' '.join(c.references)}"
    for before, after in found.revised:
        for line in revision_lines(before, after, full=False):
            yield f"revised    [{after.number}] {line}"


def _state(interval: StandingInterval | None) -> str:
    if interval is None:
        return "not known"
    since = f" since {interval.first}" if interval.first else ""
    return f"{words.STATES[interval.state]}{since}{'' if interval.established else ' (as reported)'}"


def change_row(found: Changes) -> dict[str, Any]:
    """The same for machines."""
    return {
        "since_run": found.since,
        "run": found.until,
        "documents": [
            {
                "number": d.number,
                "document": d.id,
                "title": d.title,
                "outlet": d.outlet,
                "published": d.published.isoformat() if d.published else None,
                "source": d.source,
            }
            for d in found.documents
        ],
        "standings": [
            {
                "dispute": s.dispute,
                "before": s.before.state.value if s.before else None,
                "after": s.after.state.value if s.after else None,
                "since": s.after.first.isoformat() if s.after and s.after.first else None,
                "established": s.after.established if s.after else None,
                "references": s.references,
            }
            for s in found.standings
        ],
        "claims": [{"dispute": c.dispute, "text": c.text, "references": c.references} for c in found.claims],
        "revisions": [revision_row(before, after) for before, after in found.revised],
    }
