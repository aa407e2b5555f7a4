"""onrecord revisions and onrecord watch."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from onrecord.api import Record
from onrecord.cli.common import (
    console,
    dispute_option,
    errors_as_sentences,
    json_option,
    opened,
    print_json,
    record_option,
    some_dispute,
)
from onrecord.cli.networking import network_options
from onrecord.coverage import Network, is_address
from onrecord.export.words import plain
from onrecord.model import Given, OnrecordError
from onrecord.record import changes, queries
from onrecord.record.store import RecordError
from onrecord.record.visits import VisitRow, last

if TYPE_CHECKING:
    from onrecord.cli.hooks import Hooks

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_NAP = 60.0  # how long a changed clock or a machine that slept may go unnoticed, in seconds
_SETTLED = timedelta(days=14)


# ------------------------------------------------------------------------------- revisions


@click.command(
    epilog="""\b
Examples:
  onrecord revisions             what changed at addresses that gave more than one text
  onrecord revisions 3           document 3 alone, sentence by sentence
  onrecord revisions --json      for machines
"""
)
@click.argument("document", required=False)
@record_option
@dispute_option
@json_option
@errors_as_sentences
def revisions(document: str | None, path: Path, dispute: str | None, as_json: bool) -> None:
    """What changed from one revision of a page to the next: headline, sentences, and what it no longer says."""
    from onrecord.cli import changing  # what it compares with loads the parser's library
    from onrecord.record.revisions import histories

    with opened(path) as record:
        number = queries.find_document(record.db, document).number if document else None
        chosen = {d.number for d in queries.documents(record.db, some_dispute(record, dispute))}
        found = [h for h in histories(record.db, number=number) if h[0].number in chosen]
        pairs = [pair for h in found for pair in pairwise(h)]
        if as_json:
            print_json([changing.revision_row(before, after) for before, after in pairs])
            return
        out = console()
        if not pairs:
            out.print("No address in the record gave more than one text.")
        for before, after in pairs:
            name = ", ".join(x for x in (after.title or after.url, after.outlet) if x)
            head = f"[{after.number}] revision {after.n}, seen {after.seen_at:%Y-%m-%d %H:%M} UTC  {name}"
            out.print(Text(head, style="bold"))
            for line in changing.revision_lines(before, after, full=True):
                out.print(Text(f"  {line}", style="bold red" if "HEDGE DROPPED" in line else ""))


# ------------------------------------------------------------------------------- watch


def _seconds(context: click.Context, option: click.Parameter, written: str) -> float:
    match = re.fullmatch(r"(\d{1,6})\s*([smhd]?)", written.strip().lower())
    if match is None or int(match[1]) == 0:
        raise click.BadParameter("write a number with s, m, h or d: 90s, 15m, 6h, 1d")
    return float(int(match[1]) * _UNITS[match[2] or "s"])


@click.command(
    epilog="""\b
Examples:
  onrecord watch https://news.example/feed.xml             every 15 minutes until stopped
  onrecord watch @feeds.opml --every 1h --atom new.xml     the feeds of a list; changes as a feed
  onrecord watch FEED --once --on-change 'notify-send'     once, for cron
"""
)
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@record_option
@dispute_option
@json_option
@click.option("--every", callback=_seconds, default="15m", show_default=True, help="How often: 90s, 15m, 6h, 1d.")
@click.option("--once", is_flag=True, help="One round now, then end.")
@click.option("--on-change", metavar="COMMAND", help="Run this when something changed, with JSON on its input.")
@click.option("--atom", type=click.Path(dir_okay=False, path_type=Path), help="Keep an Atom file of the changes.")
@click.option("--webhook", metavar="URL", help="Post the changes as JSON to this address.")
@network_options
@errors_as_sentences
def watch(
    feeds: tuple[str, ...],
    path: Path,
    dispute: str | None,
    as_json: bool,
    every: float,
    once: bool,
    on_change: str | None,
    atom: Path | None,
    webhook: str | None,
    network: Network,
) -> None:
    """Keep a record current: read FEED... again and again, and print what is new and what it changes.

    A FEED is an address of a feed, page or sitemap, or @FILE for a list of them. Pages are asked for again less
    and less often the longer they stay the same. Stop it at any time: it goes on where it was. With --dispute all
    that is read is assigned to that dispute.
    """
    from onrecord.cli.hooks import Hooks

    if wrong := [feed for feed in feeds if not is_address(feed)]:
        raise OnrecordError(f"{wrong[0]} is no address; files are read with: onrecord read {wrong[0]}")
    with opened(path, create=True) as record:
        told = Hooks(on_change=on_change, atom=atom, webhook=webhook, network=network)
        watching = Watch(
            record=record, feeds=feeds, every=every, network=network, hooks=told, dispute=dispute, as_json=as_json
        )
        if once:
            watching.round()
        else:
            watching.run()


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(slots=True, kw_only=True)
class Watch:
    """One watch over a record. What it has seen and told is in the record, so that it can end at any point.
    ``now``, ``monotonic`` and ``sleep`` are for tests."""

    record: Record
    feeds: tuple[str, ...]
    every: float
    network: Network
    hooks: Hooks
    dispute: str | None = None
    as_json: bool = False
    now: Callable[[], datetime] = _now
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _wrong: set[str] = field(default_factory=set)

    def run(self, *, rounds: int | None = None) -> None:
        """Round after round, or ``rounds`` of them; the first when the last one before is long enough ago."""
        self._rest(self._until_due())
        done = 0
        while True:
            begun = self.monotonic()
            try:
                self.round()
            except RecordError as error:
                self._say(f"onrecord: {error}")
            done += 1
            if done == rounds:
                return
            self._rest(self.every - (self.monotonic() - begun))

    def round(self) -> changes.Changes:
        """Read all feeds once and tell what changed since it was told last."""
        from onrecord import pipeline

        db = self.record.db
        since = changes.told(db)
        if since is None:
            since = changes.last_run(db)
            changes.mark_told(db, since)
        before = {p.source for p in queries.problems(db)}
        done = pipeline.read(
            self.feeds, db, given=Given(dispute=self.dispute), network=self.network, due=self._due
        )
        found = changes.between(db, since, done.run)
        if not found and not done.new and not done.read:
            changes.mark_idle(db, done.run)
        self._tell(found)
        self._tell_problems(before, {p.source: p.message for p in queries.problems(db)})
        changes.mark_told(db, done.run)
        return found

    def _due(self, visit: VisitRow) -> bool:
        """A page is asked for again when half as much time has passed since the last visit as it stayed the same
        before; after two weeks without a change no more. A visit in the future is a clock that was set back."""
        now = self.now()
        if now < visit.visited_at or visit.status not in (200, 304):
            return True
        unchanged = visit.visited_at - visit.changed_at
        return unchanged < _SETTLED and now - visit.visited_at >= unchanged / 2

    def _until_due(self) -> float:
        """Seconds until the next round, by the last visits that the record knows of."""
        visits = [last(self.record.db, feed) for feed in self.feeds]
        seen = [v.visited_at for v in visits if v is not None]
        if len(seen) < len(visits):
            return 0.0
        passed = (self.now() - min(seen)).total_seconds()
        return self.every - passed if 0 <= passed < self.every else 0.0

    def _rest(self, seconds: float) -> None:
        """Wait by both clocks: one that is set back must not stretch the wait, and a machine that slept through it
        goes on at once."""
        by_monotonic, by_clock = self.monotonic() + seconds, self.now() + timedelta(seconds=seconds)
        while (left := by_monotonic - self.monotonic()) > 0 and self.now() < by_clock:
            self.sleep(min(left, _NAP))

    def _tell(self, found: changes.Changes) -> None:
        from onrecord.cli import changing

        if not found:
            return
        row = changing.change_row(found)
        lines = list(changing.change_lines(found))
        if self.as_json:
            click.echo(json.dumps(row, ensure_ascii=False, default=str))
        else:
            click.echo(f"{self.now():%Y-%m-%d %H:%M} UTC")
            for line in lines:
                click.echo(plain(f"  {line}"))
        for wrong in self.hooks.tell(self.record, row):
            self._say(f"onrecord: {wrong}")

    def _tell_problems(self, before: set[str], after: dict[str, str]) -> None:
        """A problem is told when it begins and when it ends, not every round."""
        for source in sorted(after.keys() - before - self._wrong):
            self._say(f"onrecord: {source}: {after[source]}")
        for source in sorted((before | self._wrong) - after.keys()):
            self._say(f"onrecord: {source}: answers again")
        self._wrong = set(after)

    def _say(self, line: str) -> None:
        click.echo(plain(line), err=True)
