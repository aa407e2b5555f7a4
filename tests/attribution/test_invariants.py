"""What holds for any text: spans slice it and cut no word, and reading twice gives the same."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.attribution.find import find
from onrecord.attribution.read import read
from onrecord.parties import Who
from tests import factories
from tests.attribution.said import who_is_who

WORDS = (
    "said says “ ” \" ' ’ ‘ , . ? ! : ; he she it they who which that We I the a Teamsters UPS Ann Lee union if "
    "no spokesman of for by according to reportedly declined comment is expected wants call on deal could joint "
    "not statement letter Reuters citing told its 'em -- ( ) 2023 \u00ad \u200b Dear members, drivers’"
)
PIECES = st.sampled_from([*WORDS.split(), "\n\n", "\u00a0"])
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map(" ".join), st.text(max_size=80))


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_any_text_is_read_soundly(text: str) -> None:
    parsed = factories.parsed(text)
    who = who_is_who(parsed)
    statements = read(parsed, who)
    spans = [x for s in statements for x in (*s.content, s.source.span, s.cue) if x is not None]
    assert all(span.of(text).strip() for span in spans)
    words = [m.span() for m in re.finditer(r"\w+", text)]
    assert all(not (a < x.start < b or a < x.end < b) for x in spans for a, b in words)
    assert statements == read(parsed, who)
    assert len({s.id for s in statements}) == len(statements)
    assert list(find(parsed)) == sorted(find(parsed), key=lambda a: (a.start, a.content, a.cue, a.source))


def test_nobody_is_needed_to_be_known() -> None:
    parsed = factories.parsed("The guild said that talks had failed.")
    assert [s.source.name for s in read(parsed, Who())] == ["guild"]
