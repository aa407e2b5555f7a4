"""Watching feeds on a real local server: what is new is told once, across kills, restarts, clocks and lost
networks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord import pipeline
from onrecord.api import Record
from onrecord.cli import main
from onrecord.cli.hooks import Hooks
from onrecord.cli.watching import Watch
from onrecord.record import changes, queries, revisions
from tests.coverage.making import page
from tests.coverage.server import Answer, Site, quick, running

FIRST = page(
    "Ferry deal could come today",
    "The Ferry Crews' Union said on Monday that talks with the Strait Ferry Operators' Association had resumed.",
    "The union said that its strike, which began on April 2, 2024, would go on until there was a deal.",
    "A deal could be reached today, a person close to the talks said.",
    head='<meta property="article:published_time" content="2024-04-08T10:00:00Z">',
)
SECOND = page(
    "Ferry deal comes today",
    "The Ferry Crews' Union said on Monday that talks with the Strait Ferry Operators' Association had resumed.",
    "The union said that its strike, which began on April 2, 2024, would go on until there was a deal.",
    "The operators said that they would bring a new offer to the table.",
    head='<meta property="article:published_time" content="2024-04-08T10:00:00Z">',
)
OTHER = page(
    "Ferry talks break off",
    "Talks between the Ferry Crews' Union and the Strait Ferry Operators' Association broke off on Tuesday, "
    "both sides said in a joint statement.",
    "No new talks are scheduled, the two sides said.",
    head='<meta property="article:published_time" content="2024-04-09T18:00:00Z">',
)


def feed(at: str, *names: str) -> Answer:
    items = "".join(f"<item><title>{n}</title><link>{at}/{n}</link></item>" for n in names)
    return Answer(f"<rss><channel><title>Ledger</title>{items}</channel></rss>".encode(), kind="text/xml")


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as found:
        found.answers |= {"/a": Answer(FIRST), "/b": Answer(OTHER), "/feed": feed(found.url, "a")}
        yield found


class Clock:
    """A clock of the wall and one that only runs forward; both advance when somebody sleeps."""

    def __init__(self) -> None:
        self.wall = datetime.now(UTC).replace(microsecond=0)
        self.running = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.running += seconds
        self.wall += timedelta(seconds=seconds)


def watch(record: Record, site: Site, clock: Clock | None = None, hooks: Hooks | None = None) -> Watch:
    clock = clock or Clock()
    return Watch(
        record=record,
        feeds=(f"{site.url}/feed",),
        every=900.0,
        network=quick(tries=1),
        hooks=hooks or Hooks(),
        now=lambda: clock.wall,
        monotonic=lambda: clock.running,
        sleep=clock.sleep,
    )


def test_new_documents_revisions_and_the_standing_are_told_once(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Record.open(tmp_path / "r.db", create=True) as record:
        first = watch(record, site).round()
        assert [d.title for d in first.documents] == ["Ferry deal could come today"]
        assert "new        [1] Ferry deal could come today" in capsys.readouterr().out
        assert not watch(record, site).round()
        assert capsys.readouterr().out == ""
        # the same words in other bytes are nothing new; an entry that the feed drops is not lost
        site.answers["/a"] = Answer(FIRST.replace(b"<body>", b"<body><!-- another advertisement -->"))
        site.answers["/feed"] = feed(site.url, "b")
        late = Clock()
        late.wall += timedelta(days=1)
        second = watch(record, site, late).round()
        assert [d.number for d in second.documents] == [2]
        assert not second.revised
        assert len(queries.documents(record.db)) == 2
        assert second.standings
        # another text at the same address
        site.answers["/a"] = Answer(SECOND)
        site.answers["/feed"] = feed(site.url, "a", "b")
        late.wall += timedelta(days=1)
        capsys.readouterr()
        time.sleep(1.1)  # a revision is told from another by the second in which it was seen
        third = watch(record, site, late).round()
        [(before, after)] = third.revised
        assert (before.number, after.number, after.n) == (1, 1, 2)
        told = capsys.readouterr().out
        assert "HEDGE DROPPED: could" in told
        assert "withdrawn [1:4]" in told
        assert len(queries.documents(record.db)) == 2
    path = str(tmp_path / "r.db")
    shown = CliRunner().invoke(main, ["revisions", "-r", path]).output
    assert "HEDGE DROPPED" in shown
    assert "+ [1:6] The operators said that they would bring a new offer" in shown
    [row] = json.loads(CliRunner().invoke(main, ["revisions", "1", "-r", path, "--json"]).output)
    assert row["headline"]["lost_its_hedge"] is True
    assert [w["sentence"] for w in row["withdrawn"]] == [4]
    listed = CliRunner().invoke(main, ["claims", "-r", path]).output
    assert "withdrawn  \u201cA deal could be reached today\u201d  person close to the talks" in listed
    assert "[1:4]" in listed
    [gone] = json.loads(CliRunner().invoke(main, ["claims", "--withdrawn", "--json", "-r", path]).output)
    assert (gone["reference"], gone["words"]) == ("[1:4]", "A deal could be reached today")
    passage = json.loads(CliRunner().invoke(main, ["show", "1:4", "-r", path, "--json"]).output)
    assert passage["text"].startswith("A deal could be reached today")
    assert "withdrawn" in passage["marks"][0]["what"]


def test_a_text_that_comes_back_is_the_document_that_it_was(site: Site, tmp_path: Path) -> None:
    address = [f"{site.url}/a"]
    with Record.open(tmp_path / "r.db", create=True) as record:
        for n, text in enumerate((FIRST, SECOND, FIRST)):
            site.answers["/a"] = Answer(text)
            if n:
                time.sleep(1.01)  # instants are kept to the second
            record.read(address, network=quick())
        [history] = revisions.histories(record.db)
        titles = ["Ferry deal could come today", "Ferry deal comes today", "Ferry deal could come today"]
        assert [r.title for r in history] == titles
        [document] = queries.documents(record.db)
        assert (document.number, document.title) == (1, "Ferry deal could come today")


def test_a_page_that_turns_into_no_article_supersedes_nothing(site: Site, tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.db", create=True) as record:
        record.read(f"{site.url}/a", network=quick())
        site.answers["/a"] = Answer(b"<html><body></body></html>")
        done = record.read(f"{site.url}/a", network=quick())
        assert done.problems
        [document] = queries.documents(record.db)
        assert document.title == "Ferry deal could come today"
        site.answers["/a"] = Answer(b"", 410)
        [problem] = record.read(f"{site.url}/a", network=quick()).problems
        assert "410" in problem.message
        assert len(queries.documents(record.db)) == 1


def test_a_watch_that_is_killed_goes_on_where_it_was(site: Site, tmp_path: Path) -> None:
    site.answers |= {"/feed": feed(site.url, "a", "b"), "/b": Answer(hang=True)}
    path = tmp_path / "r.db"
    command = [sys.executable, "-m", "onrecord", "watch", f"{site.url}/feed", "--record", str(path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    child = subprocess.Popen(
        [*command, "--allow-private", "--delay", "0", "--timeout", "15"], env=environment, stderr=subprocess.PIPE
    )
    try:
        for _ in range(600):
            if site.asked("/b"):
                break
            time.sleep(0.05)
    finally:
        child.send_signal(signal.SIGKILL)
        child.communicate()
    site.answers["/b"] = Answer(OTHER)
    with Record.open(path) as record:
        assert [d.read for d in queries.documents(record.db)] == [False]  # captured, and not read yet
        found = watch(record, site).round()
        assert [d.number for d in found.documents] == [1, 2]
        assert all(d.read for d in queries.documents(record.db))


def test_what_was_not_told_before_a_kill_is_told_after_it(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*args: object) -> None:
        raise KeyboardInterrupt

    with Record.open(tmp_path / "r.db", create=True) as record:
        watching = watch(record, site)
        monkeypatch.setattr(Watch, "_tell", killed)
        with pytest.raises(KeyboardInterrupt):
            watching.round()
        monkeypatch.undo()
        assert [d.number for d in watch(record, site).round().documents] == [1]
        assert not watch(record, site).round()


def test_a_day_without_network_is_told_once_and_lost_on_nothing(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    with Record.open(tmp_path / "r.db", create=True) as record:
        watching = watch(record, site, clock)
        watching.run(rounds=1)
        reading = pipeline.read
        unreachable = quick(tries=1, resolver=_no_network)
        monkeypatch.setattr(pipeline, "read", lambda *a, **o: reading(*a, **(o | {"network": unreachable})))
        capsys.readouterr()
        watching.every = 3600.0
        clock.sleep(3600)
        watching.run(rounds=24)
        told = capsys.readouterr().err
        assert told.count("cannot be reached") == 1
        monkeypatch.undo()
        site.answers["/feed"] = feed(site.url, "a", "b")
        clock.sleep(3600)
        watching.run(rounds=1)
        after = capsys.readouterr()
        assert "answers again" in after.err
        assert "Ferry talks break off" in after.out
        assert len(queries.problems(record.db)) == 0
        last_readings = [r for r in queries.runs(record.db) if r.reader != "refresh"]
        assert len(last_readings) == 2  # rounds without anything new are no readings


def _no_network(host: str, port: int) -> list[str]:
    raise OSError("no network")


def test_a_restart_waits_for_the_rest_of_the_interval(site: Site, tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.db", create=True) as record:
        watch(record, site).run(rounds=1)
        clock = Clock()
        clock.wall += timedelta(seconds=300)
        watch(record, site, clock).run(rounds=1)
        assert 590 <= sum(clock.slept) <= 600
        assert max(clock.slept) <= 60


@pytest.mark.parametrize("moved", [timedelta(days=-30), timedelta(hours=2)])
def test_a_clock_that_is_set_while_waiting_neither_stretches_nor_hurries_beyond(moved: timedelta) -> None:
    clock = Clock()
    watching = Watch(
        record=None,  # type: ignore[arg-type]
        feeds=(),
        every=900.0,
        network=quick(),
        hooks=Hooks(),
        now=lambda: clock.wall,
        monotonic=lambda: clock.running,
        sleep=clock.sleep,
    )
    nap = clock.sleep

    def set_after_a_minute(seconds: float) -> None:
        nap(seconds)
        if len(clock.slept) == 1:
            clock.wall += moved

    watching.sleep = set_after_a_minute
    watching._rest(900.0)
    assert sum(clock.slept) == (900.0 if moved < timedelta(0) else 60.0)


def test_a_clock_that_was_set_back_does_not_stop_the_rounds(site: Site, tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.db", create=True) as record:
        watch(record, site).run(rounds=1)
        clock = Clock()
        clock.wall -= timedelta(days=400)
        site.answers["/a"] = Answer(SECOND)
        watching = watch(record, site, clock)
        watching.run(rounds=1)
        assert clock.slept == []
        assert len(site.asked("/a")) == 2


def test_the_hooks_are_told_and_a_failing_one_stops_nothing(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, atom = tmp_path / "out.json", tmp_path / "changes.atom"
    script = tmp_path / "hook.py"
    script.write_text(f"import sys, pathlib\npathlib.Path({str(out)!r}).write_text(sys.stdin.read())\n")
    hooks = Hooks(
        on_change=f"{sys.executable} {script}", atom=atom, webhook=f"{site.url}/none", network=quick(tries=1)
    )
    with Record.open(tmp_path / "r.db", create=True) as record:
        watch(record, site, hooks=hooks).round()
        assert json.loads(out.read_text())["documents"][0]["title"] == "Ferry deal could come today"
        told = capsys.readouterr().err
        assert "not taken" in told  # the server takes no POST
        [entry] = ET.parse(atom).getroot().findall("{http://www.w3.org/2005/Atom}entry")
        text = entry.findtext("{http://www.w3.org/2005/Atom}content")
        assert text is not None
        assert "Ferry deal could come today" in text
        before = atom.read_bytes()
        watch(record, site, hooks=hooks).round()
        assert atom.read_bytes() == before


def test_a_webhook_gets_the_changes_as_json_and_is_asked_again_when_it_fails(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.answers["/hook"] = lambda times, _: Answer(status=503 if times == 1 else 204)
    hooks = Hooks(webhook=f"{site.url}/hook", network=quick(tries=2, allow_private=False))
    with Record.open(tmp_path / "r.db", create=True) as record:
        watch(record, site, hooks=hooks).round()
        watch(record, site, hooks=hooks).round()
    assert "webhook" not in capsys.readouterr().err
    [(_, _, failed), (_, headers, taken)] = site.posted
    assert failed == taken
    assert headers["content-type"] == "application/json"
    assert "onrecord" in headers["user-agent"]
    assert json.loads(taken)["documents"][0]["title"] == "Ferry deal could come today"


def test_once_for_cron_and_what_is_no_address(site: Site, tmp_path: Path) -> None:
    path = str(tmp_path / "r.db")
    options = ["--record", path, "--once", "--allow-private", "--delay", "0", "--json"]
    done = CliRunner().invoke(main, ["watch", f"{site.url}/feed", *options])
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.output)["documents"][0]["number"] == 1
    assert CliRunner().invoke(main, ["watch", f"{site.url}/feed", *options]).output == ""
    wrong = CliRunner().invoke(main, ["watch", "feed.xml", "--record", path])
    assert wrong.exit_code == 1
    assert "onrecord read feed.xml" in wrong.stderr
    assert CliRunner().invoke(main, ["watch", site.url, "--every", "soon"]).exit_code == 2
    with Record.open(path) as record:
        assert changes.told(record.db) == changes.last_run(record.db)
