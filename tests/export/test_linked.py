from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from onrecord.api import Record
from onrecord.cli import main


def exported(record: Path, form: str) -> dict[str, object]:
    done = CliRunner().invoke(main, ["export", "--as", form, "-r", str(record)])
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def test_claims_are_schema_org_nodes_with_their_appearances(demo_master: Path) -> None:
    graph = exported(demo_master, "claims")
    assert graph["@context"] == "https://schema.org"
    with Record.open(demo_master) as record:
        claims = {c.id: c for c in record.claims()}
    nodes = [n for n in graph["@graph"] if n["@type"] == "Claim"]  # type: ignore[attr-defined]
    assert {n["@id"].rsplit(":", 1)[1] for n in nodes} == set(claims)
    for n in nodes:
        claim = claims[n["@id"].rsplit(":", 1)[1]]
        assert n["text"] == claim.text
        assert len(n["appearance"]) == len(claim.tellings)


def test_no_review_without_a_ruling_of_the_record_and_never_a_number(demo_master: Path) -> None:
    graph = exported(demo_master, "claims")["@graph"]
    with Record.open(demo_master) as record:
        ruled = {c.id for c in record.claims() if c.fate in ("confirmed", "contradicted", "superseded")}
    reviews = [n for n in graph if n["@type"] == "ClaimReview"]  # type: ignore[attr-defined]
    assert {n["@id"].rsplit(":", 1)[1] for n in reviews} == ruled
    assert all("ratingValue" not in n["reviewRating"] for n in reviews)


def test_provenance_derives_every_finding_from_readings_and_readings_from_captures(demo_master: Path) -> None:
    prov = exported(demo_master, "prov")
    entities: dict[str, dict[str, str]] = prov["entity"]  # type: ignore[assignment]
    derived = prov["wasDerivedFrom"].values()  # type: ignore[attr-defined]
    assert {d["prov:generatedEntity"] for d in derived} | {d["prov:usedEntity"] for d in derived} <= set(entities)
    made_of: dict[str, set[str]] = {}
    for d in derived:
        made_of.setdefault(d["prov:generatedEntity"], set()).add(d["prov:usedEntity"].split(":")[0])
    kinds = {e["prov:type"] for e in entities.values()}
    assert {"onrecord:Capture", "onrecord:Reading", "onrecord:TimelineEntry"} <= kinds
    for name, e in entities.items():
        if e["prov:type"] == "onrecord:Reading":
            assert made_of[name] == {"sha256"}
        elif e["prov:type"] != "onrecord:Capture":
            assert made_of[name] == {"onrecord"}
