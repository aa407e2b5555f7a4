"""For the web of data: schema.org claims as JSON-LD, and W3C PROV of how every row came about."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from onrecord.model import Claim, Dispute, Evidence, Fate, ReadArticle
from onrecord.record import findings, judgements, load, queries

# What the record did to a claim, as a rating in words. No number: the record rates no truth.
_RULED = {
    Fate.CONFIRMED: "confirmed by the record",
    Fate.CONTRADICTED: "contradicted by the record",
    Fate.SUPERSEDED: "superseded",
}


def claims(db: sqlite3.Connection, dispute: Dispute) -> str:
    """The claims of a dispute as schema.org ``Claim``; those on which the record has ruled as ``ClaimReview`` too.

    A ``ClaimReview`` says what the evidence in this record is, never more, and carries no number.
    """
    read = {d.article.id: d for d in queries.read_articles(db, dispute.id)}
    found = sorted(queries.claims(db, dispute.id), key=lambda c: c.id)
    graph = [node for claim in found for node in _claim(claim, read)]
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, indent=1)


def _claim(claim: Claim, read: dict[str, ReadArticle]) -> list[dict[str, Any]]:
    tellings = [_article(read[t.document]) for t in claim.tellings]
    node: dict[str, Any] = {
        "@type": "Claim",
        "@id": f"urn:onrecord:claim:{claim.id}",
        "text": claim.text,
        "appearance": tellings,
    }
    origin = next((t for t in claim.tellings if t.origin), None)
    if origin is not None:
        node["firstAppearance"] = _article(read[origin.document])
        said = next((s for s in read[origin.document].reading.statements if s.id == origin.statement), None)
        if said is not None and said.source.name is not None and said.authority not in (None, "unnamed", "author"):
            node["author"] = {"@type": "Organization" if said.source.party else "Person", "name": said.source.name}
    elif claim.origin_outside is not None:
        node["firstAppearance"] = {"@type": "CreativeWork", "publisher": _outlet(claim.origin_outside)}
    if claim.fate not in _RULED:
        return [node]
    review = {
        "@type": "ClaimReview",
        "@id": f"urn:onrecord:review:{claim.id}",
        "claimReviewed": claim.text,
        "itemReviewed": {"@id": node["@id"]},
        "reviewRating": {"@type": "Rating", "alternateName": _RULED[claim.fate]},
        "reviewBody": claim.fate_why,
        "author": {"@type": "SoftwareApplication", "name": "onrecord"},
    }
    return [node, review]


def _article(d: ReadArticle) -> dict[str, Any]:
    published = d.reading.published
    node: dict[str, Any] = {"@type": "Article", "@id": d.article.url or f"urn:onrecord:document:{d.article.id}"}
    if d.article.title:
        node["headline"] = d.article.title
    if published.value is not None:
        node["datePublished"] = published.value.isoformat()[: {"month": 7, "year": 4}.get(published.precision, 10)]
    if d.article.outlet:
        node["publisher"] = _outlet(d.article.outlet)
    return node


def _outlet(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


def provenance(db: sqlite3.Connection, dispute: str | None = None) -> str:
    """How each document, reading and finding came about, as PROV-JSON (W3C Member Submission, 2013).

    Captures are entities by the digest of their bytes; a reading was derived from its capture by a version of the
    reader; a finding from the readings of its documents; a judgement is attributed to the person who made it.
    """
    out: dict[str, dict[str, Any]] = {
        "prefix": {"onrecord": "urn:onrecord:", "sha256": "urn:sha256:"},
        "entity": {},
        "agent": {"onrecord:program": {"prov:type": "prov:SoftwareAgent"}},
        "wasDerivedFrom": {},
        "wasAttributedTo": {},
    }

    def link(kind: str, value: dict[str, str]) -> None:
        out[kind][f"_:{kind}{len(out[kind]) + 1}"] = value

    for d in sorted(queries.read_articles(db, dispute), key=lambda d: d.article.id):
        capture = load.capture(db, d.article.id)
        reading = f"onrecord:reading-{d.article.id}"
        out["entity"][f"sha256:{capture.sha256}"] = {
            "prov:type": "onrecord:Capture",
            "onrecord:mediaType": capture.media_type,
        }
        out["entity"][reading] = {"prov:type": "onrecord:Reading", "onrecord:reader": d.reading.reader}
        link("wasDerivedFrom", {"prov:generatedEntity": reading, "prov:usedEntity": f"sha256:{capture.sha256}"})
        link("wasAttributedTo", {"prov:entity": reading, "prov:agent": "onrecord:program"})
    for known in findings.disputes(db):
        if dispute is None or known.id == dispute:
            _findings(db, known, out, link)
    for n, judgement in enumerate(judgements.all_of(db), 1):
        entity, person = f"onrecord:judgement-{n}", f"onrecord:person-{_slug(judgement.who)}"
        out["entity"][entity] = {
            "prov:type": "onrecord:Judgement",
            "onrecord:on": judgement.target,
            "onrecord:verdict": judgement.verdict,
            "prov:generatedAtTime": judgement.when.isoformat(),
        }
        out["agent"][person] = {"prov:type": "prov:Person", "onrecord:name": judgement.who}
        link("wasAttributedTo", {"prov:entity": entity, "prov:agent": person})
    return json.dumps({k: v for k, v in out.items() if v}, ensure_ascii=False, indent=1)


def _findings(db: sqlite3.Connection, dispute: Dispute, out: dict[str, dict[str, Any]], link: Any) -> None:
    rows = [(e.id, "TimelineEntry", e.evidence) for e in queries.timeline(db, dispute.id)]
    rows += [
        (c.id, "Claim", tuple(Evidence(t.document, t.span) for t in c.tellings))
        for c in queries.claims(db, dispute.id)
    ]
    for id, kind, evidence in sorted(rows):
        entity = f"onrecord:{kind.lower()}-{id}"
        out["entity"][entity] = {"prov:type": f"onrecord:{kind}", "onrecord:dispute": dispute.id}
        for document in sorted({e.document for e in evidence}):
            used = f"onrecord:reading-{document}"
            link("wasDerivedFrom", {"prov:generatedEntity": entity, "prov:usedEntity": used})


def _slug(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split()) or "unknown"
