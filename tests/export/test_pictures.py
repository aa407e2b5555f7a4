import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.pictures import Canvas, png
from onrecord.export.pictures.drawing import BLUE, HATCHES, Frame, day_axis, day_ticks, fitted, value_axis

DAYS = st.dates(date(1950, 1, 1), date(2090, 1, 1))


@given(DAYS, st.integers(0, 4000))
def test_days_on_an_axis_are_few_in_order_and_within(first, span):
    last = first + timedelta(days=span)
    ticks = day_ticks(first, last)
    assert 1 <= len(ticks) <= 12
    assert ticks == sorted(ticks)
    assert all(first <= day <= last for day in ticks)


@given(st.one_of(st.text(), st.just("a\ud800\x00b")), st.floats(5, 500))
def test_any_text_makes_a_sound_picture(words, room):
    canvas = Canvas(100, 100, words, words)
    canvas.text(1, 1, words, room=room)
    canvas.bar(0, 0, 10, 10, colour=BLUE, about=words)
    ET.fromstring(canvas.svg())


def test_each_hatch_is_drawn_once_however_often_it_is_used():
    canvas = Canvas(100, 100, "bars", "bars")
    for _ in range(2):
        for hatch in HATCHES:
            canvas.bar(0, 0, 10, 10, colour=BLUE, hatch=hatch)
    assert canvas.svg().count("<pattern ") == len(HATCHES) - 2  # solid and empty need none


def test_a_scale_puts_greater_values_higher_and_later_days_to_the_right():
    frame = Frame(10, 10, 110, 60)
    up, along = frame.y(0, 1), frame.days(date(2024, 1, 1), date(2024, 1, 11))
    assert (up(0), up(1)) == (60, 10)
    assert (along(date(2024, 1, 1)), along(date(2024, 1, 6)), along(date(2024, 1, 11))) == (10, 60, 110)


def test_words_are_cut_to_their_room():
    assert fitted("a long label that will not do", size=10, room=60).endswith("…")
    assert fitted("short", size=10, room=60) == "short"


def test_the_same_picture_has_the_same_bytes_and_can_be_a_png():
    pytest.importorskip("resvg_py")

    def drawn() -> str:
        canvas = Canvas(200, 100, "a", "b")
        frame = Frame(40, 20, 190, 70)
        day_axis(canvas, frame, date(2024, 12, 20), date(2025, 1, 12))
        value_axis(canvas, frame, [(0, "0"), (1, "1")], frame.y(0, 1), name="chance")
        return canvas.svg()

    assert drawn() == drawn()
    assert png(drawn()).startswith(b"\x89PNG")
