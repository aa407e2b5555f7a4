"""The two seeds, and the set's lists of claims that ran ahead of the record, held against what is found."""

import json
import shutil

import pytest

import onrecord
from onrecord.record import queries


@pytest.fixture(scope="module")
def gold(shared, tmp_path_factory):
    """The readings of the documents that the lists name, by name."""
    lists = [json.loads(p.read_text("utf-8"))["ahead"] for p in (shared / "gold" / "cross").glob("*.json")]
    listed = {a["doc"] for rows in lists for a in rows}
    folder = tmp_path_factory.mktemp("gold")
    rows = (shared / "gold" / "texts.jsonl").read_text("utf-8").splitlines()
    rows = [r for r in rows if json.loads(r)["id"] in listed]
    (folder / "texts.jsonl").write_text("\n".join(rows), encoding="utf-8")
    with onrecord.read([folder / "texts.jsonl"], folder / "record.db") as record:
        return {d.article.name: d for d in queries.read_articles(record.db)}


def overlap(a, b, span):
    shared = min(b, span.end) - max(a, span.start)
    return shared >= 0.5 * min(b - a, span.end - span.start)


# How many of a list are found. What is not: an agreement, an end or a vote told as done while it was not, talks
# that are about to be offered, and hopes that no pattern knows.
@pytest.mark.parametrize(
    ("dispute", "found"),
    [("chip2025", 2), ("nurses2024", 4), ("pilots2024", 6), ("transit2025", 0), ("wga2023", 33)],
)
def test_claims_that_ran_ahead_of_the_record_are_found(shared, gold, dispute, found):
    listed = json.loads((shared / "gold" / "cross" / f"{dispute}.json").read_text("utf-8"))["ahead"]
    hits = [a for a in listed if any(overlap(*a["offsets"], x.span) for x in gold[a["doc"]].reading.ahead)]
    assert len(hits) >= found


def claims_of(shared, folder, names):
    for name in names:
        shutil.copy(shared / "seeds" / name, folder)
    with onrecord.read([folder], folder / "record.db") as record:
        return [a for d in record.disputes() for a in record.status(d.id).ahead]


ITEM, COLUMN = "000_52ea863a407342c3.txt", "001_442853e6cf2275ce.txt"


def test_with_the_column_alone_there_is_no_strike_day_and_no_figure(shared, tmp_path):
    claims = claims_of(shared, tmp_path, [COLUMN])
    assert claims
    assert all(c.overreach.bits is None and c.overreach.why for c in claims)


def test_the_columns_own_doubt_is_no_claim(shared, tmp_path):
    claims = claims_of(shared, tmp_path, [ITEM, COLUMN])
    assert not [c for c in claims if "exaggerat" in c.words]


def test_read_together_the_outlets_claim_is_more_than_three_bits_ahead(shared, tmp_path):
    claims = claims_of(shared, tmp_path, [ITEM, COLUMN])
    (claim,) = [c for c in claims if c.source == "CNBC" and not c.in_title]
    assert claim.overreach.bits is not None and claim.overreach.bits > 3
    assert claim.overreach.low is not None and claim.overreach.low < claim.overreach.bits
