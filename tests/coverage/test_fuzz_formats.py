"""Each format, damaged in every way: articles and problems, no exception, no hang, and no neighbour lost.

The gate tries a fixed number of examples; ``ONRECORD_FUZZ=20000 pytest tests/coverage/test_fuzz_formats.py`` tries
more by hand.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.coverage import Limits
from onrecord.model import Problem
from tests.coverage import making
from tests.coverage.helpers import captured, read
from tests.coverage.test_fuzz import check

EXAMPLES = int(os.environ.get("ONRECORD_FUZZ", "25"))
LIMITS = Limits(max_bytes=2_000_000, max_seconds=20.0)
FIXTURES = Path(__file__).parent / "fixtures"
MET = "Tug crews and the owners met on Monday for the first time in a month."
PAGE = making.page("Tug crews meet", MET, "They meet again on Thursday, the mediator said.")
MADE = {
    "a.pdf": making.pdf([MET, "They meet again on Thursday."], ["A second page of the same."]),
    "a.docx": making.docx(making.paragraph(MET) + making.paragraph("They meet again on Thursday.")),
    "a.webarchive": making.webarchive(PAGE, "https://ledger.example/a"),
    "a.warc": making.warc(("https://ledger.example/a", "2024-04-08T17:00:00Z", PAGE), gzip=False),
    "a.warc.gz": making.warc(("https://ledger.example/a", "2024-04-08T17:00:00Z", PAGE)),
}
SEEDS = {path.name: path.read_bytes() for path in sorted(FIXTURES.iterdir())} | MADE
PIECES = [
    b"\0",
    b"<",
    b">",
    b"]]>",
    b"<![CDATA[",
    b"&#x0;",
    b"\xff\xfe",
    b"\r\n\r\n",
    b"From ",
    b"{",
    b"}",
    b"\\'",
    b'"',
]
PIECES += [
    b"--",
    b"<item>",
    b"</entry>",
    b"WARC/1.0\r\n",
    b"Content-Length: -1\r\n",
    b"%PDF",
    b"endstream",
    b"9" * 40,
]
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 60), st.one_of(st.sampled_from(PIECES), st.binary(max_size=12))),
    min_size=1,
    max_size=8,
)


def damaged(data: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """Bytes with stretches replaced: each edit a place (0 to 1), how much goes, and what comes instead."""
    for place, gone, new in edits:
        at = int(place * len(data))
        data = data[:at] + new + data[at + gone :]
    return data


@pytest.mark.parametrize("name", SEEDS)
def test_a_damaged_file_is_articles_and_problems_and_its_neighbour_is_read(name: str) -> None:
    slow = name == "a.pdf"  # a process each

    @settings(
        max_examples=max(5, EXAMPLES // 5) if slow else EXAMPLES,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        derandomize="ONRECORD_FUZZ" not in os.environ,
    )
    @given(edits=EDITS)
    def run(edits: list[tuple[float, int, bytes]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / name).write_bytes(damaged(SEEDS[name], edits))
            (Path(folder) / "zz-neighbour.txt").write_text(MET)
            begun = time.monotonic()
            articles, problems = read(folder, limits=LIMITS)
            assert time.monotonic() - begun < 30
        assert articles[-1].name == "zz-neighbour"
        assert len(articles) + len(problems) >= 2
        for found in articles:
            check(found)
        assert all(p.message and "\n" not in p.message for p in problems)

    run()


@pytest.mark.parametrize(
    "name", ["feed.rss", "letters.mbox", "nexis-uni.txt", "factiva-plain.txt", "proquest.txt"]
)
@settings(max_examples=EXAMPLES, deadline=None)
@given(noise=st.binary(max_size=40))
def test_noise_in_one_part_costs_no_other_part(name: str, noise: bytes) -> None:
    """The noise lies within the words of the first part; markup and line ends are left out of it."""
    safe = bytes(b for b in noise if b not in b"<>&\r\n\0") or b"."
    data = SEEDS[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        whole = [c for c in captured(path, limits=LIMITS) if not isinstance(c, Problem)]
        word = next(w for w in (b"first time", b"caf=E9") if w in data)
        path.write_bytes(data.replace(word, word + safe, 1))
        noisy = captured(path, limits=LIMITS)
    assert len(noisy) == len(whole)
    last = noisy[-1]
    assert not isinstance(last, Problem)
    assert last.data == whole[-1].data or last.data.decode("utf-8", "replace") == whole[-1].data.decode()
