"""Real processes: killed at any moment, two at once, on a full disk. The record stays sound and gets completed."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.api import Record
from onrecord.record.store import RecordError, connect
from tests import corpus

DOCUMENTS = 60


def command(*args: object) -> list[str]:
    return [sys.executable, "-m", "onrecord", *(str(a) for a in args)]


def onrecord(*args: object, check: bool = True) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command(*args), capture_output=True, text=True, timeout=240)
    if check:
        assert done.returncode == 0, done.stderr
    return done


def exports(record: Path) -> dict[str, str]:
    """All that a record exports."""
    forms = {form: ["export", "--as", form] for form in ("readings", "record", "polnear")}
    tables = (
        "documents",
        "statements",
        "events",
        "timeline",
        "standing",
        "claims",
        "effects",
        "parties",
        "problems",
    )
    forms |= {f"csv {t}": ["export", "--as", "csv", "--table", t] for t in tables}
    return {name: onrecord(*args, "-r", record).stdout for name, args in forms.items()}


def quick_exports(record: Path) -> tuple[str, str]:
    return (
        onrecord("export", "--as", "readings", "-r", record).stdout,
        onrecord("export", "--as", "record", "-r", record).stdout,
    )


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, float]:
    """The corpus, a record of it that nothing disturbed, and the seconds it took."""
    base = tmp_path_factory.mktemp("undisturbed")
    corpus.write(base / "coverage", DOCUMENTS)
    start = time.monotonic()
    onrecord("read", base / "coverage", "-r", base / "r.db", "-q")
    return base / "coverage", base / "r.db", time.monotonic() - start


def sound(record: Path) -> bool:
    db = sqlite3.connect(record)
    try:
        return db.execute("PRAGMA integrity_check").fetchone()[0] == "ok" and not list(
            db.execute("PRAGMA foreign_key_check")
        )
    finally:
        db.close()


def test_the_corpus_is_read_and_says_something(undisturbed: tuple[Path, Path, float]) -> None:
    readings, record = quick_exports(undisturbed[1])
    assert len(readings.splitlines()) == DOCUMENTS
    assert '"statements": [{' in readings
    assert '"standing": [' in record


@pytest.mark.timeout(600)
def test_a_run_killed_at_any_moment_loses_no_capture_and_the_next_completes_it(
    undisturbed: tuple[Path, Path, float], tmp_path: Path
) -> None:
    coverage, whole, seconds = undisturbed
    expected = quick_exports(whole)
    moments = random.Random(20240408)
    for attempt in range(10):
        record = tmp_path / f"{attempt}.db"
        # Loading the program takes most of the time of so small a run: three kills in four fall after it.
        share = moments.uniform(0.05, 0.3) if attempt % 4 == 0 else moments.uniform(0.5, 1.0)
        killed = subprocess.Popen(
            command("read", coverage, "-r", record, "-q"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(seconds * share)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        captured: set[str] = set()
        if record.exists() and record.stat().st_size:
            assert sound(record)
            db = connect(record, create=True)
            captured = {r[0] for r in db.execute("SELECT sha256 FROM capture")}
            db.close()
        onrecord("read", coverage, "-r", record, "-q")
        db = connect(record)
        assert captured <= {r[0] for r in db.execute("SELECT sha256 FROM capture")}
        db.close()
        assert quick_exports(record) == expected, f"killed after {share:.0%} of the time"


def test_two_readers_at_once_make_the_same_record(undisturbed: tuple[Path, Path, float], tmp_path: Path) -> None:
    coverage, whole, _ = undisturbed
    record = tmp_path / "two.db"
    both = [
        subprocess.Popen(command("read", coverage, "-r", record, "-q"), stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for process in both:
        _, err = process.communicate(timeout=240)
        assert process.returncode == 0, err
    assert sound(record)
    assert quick_exports(record) == quick_exports(whole)


def test_the_order_of_reading_changes_no_export(undisturbed: tuple[Path, Path, float], tmp_path: Path) -> None:
    coverage, whole, _ = undisturbed
    files = sorted(coverage.iterdir())
    record = tmp_path / "shuffled.db"
    random.Random(7).shuffle(files)
    onrecord("read", *files[:23], "-r", record, "-q")
    onrecord("read", *files[23:], "-r", record, "-q")
    assert exports(record) == exports(whole)


def test_reading_again_changes_nothing(undisturbed: tuple[Path, Path, float], tmp_path: Path) -> None:
    coverage, whole, _ = undisturbed
    before = quick_exports(whole)
    again = onrecord("read", coverage, "-r", whole, "-q", "-v")
    assert again.returncode == 0
    assert quick_exports(whole) == before


def test_a_record_that_cannot_grow_ends_the_run_with_a_sentence_and_stays_sound(
    undisturbed: tuple[Path, Path, float], tmp_path: Path
) -> None:
    coverage, whole, _ = undisturbed
    record = tmp_path / "full.db"
    with Record.open(record, create=True) as opened:
        pages = opened.db.execute("PRAGMA page_count").fetchone()[0]
        opened.db.execute(f"PRAGMA max_page_count = {pages + 40}")
        with pytest.raises(RecordError, match="disk is full"):
            opened.read([coverage])
        held = opened.db.execute("SELECT count(*) FROM capture").fetchone()[0]
    assert 0 < held < DOCUMENTS
    assert sound(record)
    onrecord("read", coverage, "-r", record, "-q")
    assert quick_exports(record) == quick_exports(whole)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real filesystem of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("no right to mount a small filesystem here; the page limit above stands for it")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_one_sentence_and_leaves_a_sound_record(
    undisturbed: tuple[Path, Path, float], small_disk: Path
) -> None:
    record = small_disk / "r.db"
    done = onrecord("read", undisturbed[0], "-r", record, "-q", check=False)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "disk is full" in done.stderr
    assert sound(record)
