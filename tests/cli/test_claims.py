"""The commands on claims and sources, on a record of ready statements."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarks.invented import Made
from onrecord.cli import main
from onrecord.record import queries
from onrecord.record.sources import LEAST, wilson
from onrecord.record.store import connect
from tests.test_comparing import compare, documents, linked_pair, store


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("claims") / "r.db"
    db = connect(path, create=True)
    few: Sequence[Made] = documents(25)
    store(db, few)
    compare(db)
    db.close()
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "r.db"
    copy.write_bytes(made.read_bytes())
    return copy


def run(path: Path, *args: str) -> Result:
    return CliRunner().invoke(main, [*args, "-r", str(path)])


def lines(path: Path, *args: str) -> list[str]:
    done = run(path, *args)
    assert done.exit_code == 0, done.output
    return [line for line in done.output.splitlines() if line]


def listed(path: Path, *args: str) -> list[dict[str, object]]:
    return json.loads(run(path, "claims", "--json", *args).output)  # type: ignore[no-any-return]


def test_claims_are_listed_with_origins_beside_outlets(path: Path) -> None:
    found = listed(path)
    shown = lines(path, "claims")
    assert len(shown) == len(found) > 5
    assert all(" origin" in line and " outlet" in line and "tellings" in line for line in shown)


def test_the_filters_keep_what_they_say(path: Path) -> None:
    single = listed(path, "--single-origin")
    assert single and all(c["origins"] == 1 and c["outlets"] > 1 for c in single)  # type: ignore[operator]
    days = sorted(str(c["first"]) for c in listed(path))
    since = days[len(days) // 2]
    assert {str(c["first"]) for c in listed(path, "--since", since)} == {d for d in days if d >= since}
    assert len(listed(path, "--contested")) < len(days)


def test_a_claim_is_shown_as_a_tree_by_the_beginning_of_its_id(path: Path) -> None:
    row = max(listed(path), key=lambda c: len(c["claim"]["tellings"]))  # type: ignore[call-overload,index]
    shown = "\n".join(lines(path, "claim", row["claim"]["id"][:8], "--why"))  # type: ignore[index]
    tellings = row["claim"]["tellings"]  # type: ignore[index]
    assert all(f"{n}. [" in shown for n in range(1, len(tellings) + 1))
    assert "origin" in shown and "└─" in shown and "copied" in shown
    assert "WHY THESE ARE ONE CLAIM" in shown and "words" in shown


def test_every_telling_of_every_claim_stands_in_its_tree_once(path: Path) -> None:
    for row in listed(path):
        claim = row["claim"]
        shown = lines(path, "claim", claim["id"])  # type: ignore[index]
        numbers = sorted(int(line.strip("└─ ").split(".")[0]) for line in shown[3:] if ". [" in line)
        assert numbers == list(range(1, len(claim["tellings"]) + 1))  # type: ignore[index]


def test_the_tree_is_drawn_as_svg_with_a_mark_for_each_telling(path: Path) -> None:
    row = listed(path)[0]
    root = ET.fromstring(run(path, "claim", row["claim"]["id"], "--as", "svg").output)  # type: ignore[index]
    marks = [e for e in root.iter() if e.tag.rsplit("}")[-1] in ("circle", "polygon")]
    assert len(marks) >= len(row["claim"]["tellings"])  # type: ignore[index]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("claim", "zzzz"), "list them with: onrecord claims"),
        (("claims", "--since", "soon"), "YYYY-MM-DD"),
        (("link", "1:999", "2:1", "-d"), "tells nothing"),
    ],
)
def test_mistakes_are_told_in_one_line(path: Path, args: tuple[str, ...], said: str) -> None:
    dispute = str(listed(path)[0]["dispute"])
    done = run(path, *args, *([dispute] if args[-1] == "-d" else []))
    assert done.exit_code == 1
    assert said in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_a_beginning_that_several_claims_share_is_refused_with_them(path: Path) -> None:
    ids = [str(c["claim"]["id"]) for c in listed(path)]  # type: ignore[index]
    first = next(i[0] for i in ids if sum(j[0] == i[0] for j in ids) > 1)
    done = run(path, "claim", first)
    assert done.exit_code == 1 and "give more of it" in done.stderr


def test_a_link_is_cut_and_restored_and_the_ruling_is_told(path: Path) -> None:
    db = connect(path)
    dispute, a, b = linked_pair(db)
    claim = next(
        c
        for c in queries.claims(db, dispute)
        if (c.tellings[0].document) in (a.document, b.document)
        and len(c.tellings) == 2
        and {t.document for t in c.tellings} == {a.document, b.document}
        and {t.span for t in c.tellings} == {a.span, b.span}
    )
    db.close()
    cut = run(path, "cut", f"{claim.id}.1", f"{claim.id}.2", "-d", dispute, "--who", "ed", "--why", "other depot")
    assert cut.exit_code == 0 and "apart" in cut.output, cut.output
    db = connect(path)
    both = {(a.document, a.span), (b.document, b.span)}
    told = [{(t.document, t.span) for t in c.tellings} & both for c in queries.claims(db, dispute)]
    assert both not in told  # each is a claim of its own now
    places = [str(queries.References(db).of(e.document, e.span)).strip("[]") for e in (a, b)]
    db.close()
    undone = run(path, "cut", *places, "-d", dispute, "--undo")
    assert undone.exit_code == 0 and claim.id in undone.output, undone.output
    twice = run(path, "cut", *places, "-d", dispute, "--undo")
    assert twice.exit_code == 1 and "no ruling" in twice.stderr


def test_a_made_link_is_shown_as_such(path: Path) -> None:
    rows = listed(path)
    dispute = str(rows[0]["dispute"])
    one, other = [str(r["claim"]["id"]) for r in rows if r["dispute"] == dispute][:2]  # type: ignore[index]
    done = run(path, "link", one, other, "-d", dispute, "--who", "ed")
    assert done.exit_code == 0, done.output
    joined = done.output.strip().rsplit(" ", 1)[1]
    assert "made by a person" in run(path, "claim", joined, "--why").output


def test_sources_tell_no_share_from_fewer_than_five_cases_and_name_no_person(path: Path) -> None:
    rows = json.loads(run(path, "sources", "--json").output)
    assert {r["kind"] for r in rows} == {"outlet", "speaker"}
    for r in rows:
        for share in (r[f] for f in ("first", "independent", "dropped", "unnamed", "confirmed", "contradicted")):
            assert (share["low"] is not None) == (share["of"] >= LEAST)
            assert len(share["references"]) == share["n"] <= share["of"]
    assert [r["name"] for r in rows if r["kind"] == "speaker"] == ["named people, together"]
    assert "95 % interval" in run(path, "sources").output


@pytest.mark.parametrize(
    ("n", "of", "low", "high"), [(0, 5, 0.0, 0.434), (5, 10, 0.237, 0.763), (10, 10, 0.722, 1.0)]
)
def test_intervals_are_wilsons(n: int, of: int, low: float, high: float) -> None:
    assert wilson(n, of) == pytest.approx((low, high), abs=0.001)
