from __future__ import annotations

import pytest

from onrecord.web import visits


def test_the_first_visit_has_seen_nothing() -> None:
    assert visits.of(None, 3, minute=100).seen is None


def test_a_reload_within_a_sitting_keeps_what_was_new() -> None:
    first = visits.of(visits.of(None, 3, minute=0).text, 5, minute=600)
    again = visits.of(first.text, 5, minute=610)
    assert (first.seen, again.seen) == (3, 3)


def test_the_next_visit_counts_from_the_last_one() -> None:
    second = visits.of(visits.of(None, 3, minute=0).text, 5, minute=600)
    assert visits.of(second.text, 9, minute=1300).seen == 5


@pytest.mark.parametrize("cookie", ["", "x", "1.2", "1.2.3.4", "-1.2.3", "9" * 40, "1.2.3\n"])
def test_a_forged_cookie_counts_as_none(cookie: str) -> None:
    assert visits.of(cookie, 4, minute=50).seen is None
