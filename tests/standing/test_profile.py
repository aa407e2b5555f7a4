"""What a dispute is about."""

from __future__ import annotations

from onrecord.model import EventStatus, EventType, Evidence
from onrecord.standing.profile import FIELDS, profile
from tests.standing.making import BOTH, document, event
from tests.standing.test_positions import read


def values(text: str) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for fact in profile([read(text)]):
        out.setdefault(fact.field, []).append(fact.value)
    return out


def test_parties_issues_and_industry_come_from_the_documents() -> None:
    text = "The union wants sick pay and pensions. The port says that ships and terminals will be served."
    found = values(text)
    assert found["union"] == ["Dockers' Union"]
    assert found["employer"] == ["Port"]
    assert found["industry"] == ["ports and shipping"]
    assert set(found["issue"]) == {"health", "pensions"}


def test_numbers_of_workers_are_those_of_the_unit() -> None:
    assert values("The union represents about 3,400 dockers here.")["workers"] == ["3,400"]
    assert values("The port locked out 820 workers on Monday.")["workers"] == ["820"]
    assert "workers" not in values("The port has served 3,400 ships since May.")


def test_an_industry_that_is_not_clear_is_not_given() -> None:
    assert "industry" not in values("The ports and the schools are closed.")


def test_the_day_on_which_the_contract_ends() -> None:
    made = document(
        "a", "2024-05-14", event(EventType.DEADLINE_SET, "2024-05-31", status=EventStatus.PLANNED, who=BOTH)
    )
    assert [f.value for f in profile([made]) if f.field == "contract expiry"] == []  # its words name no contract


def test_each_fact_has_evidence_once_a_document_in_the_order_of_fields() -> None:
    text = "The union wants pensions. It also wants a better pension."
    facts = profile([read(text, id="a"), read(text, id="b")])
    assert [FIELDS.index(f.field) for f in facts] == sorted(FIELDS.index(f.field) for f in facts)
    assert all(f.documents == len(f.evidence) == 2 for f in facts)
    for fact in facts:
        assert all(isinstance(e, Evidence) and e.span.end <= len(text) for e in fact.evidence)
