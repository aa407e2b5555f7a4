from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Span
from onrecord.web.marking import Note, segments

TEXT = "The union said that talks resume on Friday."


def note(id: str, kind: str, *spans: tuple[int, int]) -> Note:
    return Note(id=id, kind=kind, title="", detail="", spans=tuple(Span(*s) for s in spans))


def test_notes_that_cross_are_cut_where_each_begins_and_ends() -> None:
    found = segments(TEXT, Span(0, len(TEXT)), [note("a", "statement", (20, 42)), note("b", "time", (36, 42))])
    assert [(s.text, s.notes) for s in found] == [
        ("The union said that ", ()),
        ("talks resume on ", ("a",)),
        ("Friday", ("a", "b")),
        (".", ()),
    ]


def test_a_note_of_several_spans_is_one_note() -> None:
    found = segments(TEXT, Span(0, len(TEXT)), [note("a", "statement", (0, 9), (20, 25))])
    assert [s.text for s in found if s.notes == ("a",)] == ["The union", "talks"]


spans = st.tuples(st.integers(0, 42), st.integers(1, 43)).filter(lambda p: p[0] < p[1])


@given(st.lists(st.lists(spans, min_size=1, max_size=3), max_size=8), spans)
def test_segments_join_to_the_text_and_hold_just_the_notes_on_them(
    marked: list[list[tuple[int, int]]], within: tuple[int, int]
) -> None:
    notes = [note(str(n), "event", *found) for n, found in enumerate(marked)]
    out = segments(TEXT, Span(*within), notes)
    assert "".join(s.text for s in out) == TEXT[slice(*within)]
    at = within[0]
    for segment in out:
        for position in range(at, at + len(segment.text)):
            on = {str(n) for n, found in enumerate(marked) if any(a <= position < b for a, b in found)}
            assert on == set(segment.notes)
        at += len(segment.text)
