"""The record as it stood on an earlier day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import synthesis
from onrecord.model import Authority, CountUnit, EventStatus, EventType, ReadArticle, StandingInterval, State
from onrecord.past import Past, past
from tests.standing.making import BOTH, UNION, count, document, event


def _day(n: int | None) -> str | None:
    return f"2024-05-{n:02d}" if n else None


TOLD = st.builds(
    lambda type, day, status, by: event(
        type, f"2024-05-{day:02d}" if day else None, status=status, by=by, who=BOTH
    ),
    st.sampled_from(list(EventType)),
    st.integers(0, 28),
    st.sampled_from(EventStatus),
    st.sampled_from([None, Authority.JOINT, Authority.PARTY, Authority.UNNAMED]),
)
DOCUMENTS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(1, 28)),
        st.lists(TOLD, min_size=1, max_size=3),
        st.sampled_from([None, *State]),
        st.sampled_from([(), (count(9, CountUnit.DAY),), (count(2, CountUnit.WEEK),)]),
    ),
    min_size=1,
    max_size=6,
).map(
    lambda rows: [
        document(f"d{n}", _day(day), *dict.fromkeys(told), state=state, counts=counts)
        for n, (day, told, state, counts) in enumerate(rows)
    ]
)


def given_to(documents: list[ReadArticle]) -> list[ReadArticle]:
    """The documents as a user puts them into one dispute."""
    return [replace(d, article=replace(d.article, dispute="harbour")) for d in documents]


def on(documents: list[ReadArticle], day: date) -> Past | None:
    return past(given_to(documents), {}, dispute="harbour", members=frozenset({"d0", "d1"}), as_of=day)


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS, st.randoms(use_true_random=False), st.integers(1, 28))
def test_order_changes_nothing_and_later_documents_change_no_earlier_answer(
    documents: list[ReadArticle], random: object, day: int
) -> None:
    as_of = date(2024, 5, day)
    shuffled = list(documents)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    later = [d for d in documents if (p := d.reading.published.value) is not None and p > as_of]
    earlier = [d for d in shuffled if d not in later]
    found = on(documents, as_of)
    assert on(shuffled, as_of) == found == on(earlier, as_of)
    assert (found is not None) == any(d.reading.published.value is not None for d in earlier)


def test_nothing_published_by_then_is_no_dispute() -> None:
    start = document("d0", "2024-05-02", event(EventType.STRIKE_START, "2024-05-02", who=(UNION, *BOTH)))
    assert on([start], date(2024, 5, 1)) is None


def test_the_findings_of_a_day_rest_on_its_documents_alone() -> None:
    start = document("d0", "2024-05-02", event(EventType.STRIKE_START, "2024-05-02", who=BOTH))
    deal = document("d1", "2024-05-20", event(EventType.TENTATIVE_AGREEMENT, "2024-05-20", who=BOTH))
    found = on([start, deal], date(2024, 5, 10))
    assert found is not None
    assert [d.article.id for d in found.documents] == ["d0"]
    assert {e.document for f in found.findings for e in f.evidence} == {"d0"}


def test_the_outlook_reads_the_talks_of_the_leading_pair() -> None:
    leading = StandingInterval(
        state=State.TENTATIVE_AGREEMENT,
        first=date(2024, 5, 2),
        last=None,
        since_known=True,
        established=True,
        authority=Authority.JOINT,
        evidence=(),
        parties=("a", "b"),
    )
    apart = replace(leading, state=State.TALKS_SCHEDULED, first=date(2024, 5, 1), parties=("a", "c"))
    seen: list[object] = []

    def outlook(documents: object, *, intervals: object, **_: object) -> None:
        seen.append(intervals)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(synthesis, "intervals_of", lambda documents: (leading, apart))
        patch.setattr(synthesis.outlook, "outlook", outlook)
        synthesis.outlook_on([], date(2024, 5, 3))
    assert seen == [(leading,)]
