"""Every entry of the word lists has a text that needs it."""

from __future__ import annotations

import pytest

from onrecord.dating import read
from onrecord.dating.words import count_number, ordinal_number, pattern, words
from onrecord.model import CountUnit, TimeType
from tests.factories import dated, parsed

WED = "2023-09-13"


def values(text: str, published: str | None = WED) -> dict[str, str | None]:
    return {t.span.of(text): t.value for t in read(parsed(text), dated(published))[0]}


def test_months_and_their_abbreviations() -> None:
    for table in (words().months, words().month_abbreviations):
        for name, number in table.items():
            text = f"It was signed on {name.capitalize()}. 4, 2021." if len(name) < 5 else ""
            text = text.replace("May.", "May").replace("June.", "June").replace("July.", "July")
            text = text or f"It was signed on {name.capitalize()} 4, 2021."
            assert f"2021-{number:02d}-04" in values(text, None).values(), text


def test_weekdays_and_their_abbreviations() -> None:
    for name, number in words().weekdays.items():
        assert values(f"They met last {name.capitalize()}.")[f"last {name.capitalize()}"] == (
            f"2023-09-{4 + number + (7 if number < 2 else 0):02d}"
        )
    for name in words().weekday_abbreviations:
        text = f"They met on {name.capitalize()}, Sept. 4, 2023."
        assert values(text, None) == {f"{name.capitalize()}, Sept. 4, 2023": "2023-09-04"}


def test_units() -> None:
    for unit, code in words().units.items():
        iso = f"PT3{code[1]}" if code.startswith("T") else f"P{3 * int(code[:-1] or 1)}{code[-1]}"
        assert values(f"It went on for three {unit}s.") == {f"three {unit}s": iso}


def test_numbers() -> None:
    w = words()
    for table in (w.numbers, w.tens):
        for word, n in table.items():
            assert count_number(word) == n
            assert n == 0 or pattern("{CARDINAL}").fullmatch(word)
    for word, n in w.ordinals.items():
        assert ordinal_number(word) == n and pattern("{ORDINAL}").fullmatch(word)
    assert count_number("a hundred and forty-eight") == 148
    assert ordinal_number("hundred and first") == 101


def test_parts_of_the_day_and_seasons() -> None:
    for part, code in words().parts_of_day.items():
        text = f"They met on Monday {part}."
        assert [t.clock for t in read(parsed(text), dated(WED))[0]] == [code]
    for season, month in words().seasons.items():
        assert values(f"It began in {season} 2021.")[f"{season} 2021"].startswith(f"2021-{month:02d}/")  # type: ignore[union-attr]


def test_zones() -> None:
    for zone, minutes in words().zones.items():
        text = f"It ended at 5pm {zone.upper()} on January 9, 2023."
        offset = f"{'-' if minutes[0] < 0 else '+'}{abs(minutes[0]) // 60:02d}:{abs(minutes[0]) % 60:02d}"
        assert [t.clock for t in read(parsed(text), dated(None))[0]] == [
            "17:00Z" if minutes[0] == 0 else f"17:00{offset}"
        ]


AHEAD = {
    "agree": "They agreed a walkout for Friday.",
    "announce": "They announced plans for Friday.",
    "anticipate": "They anticipated a walkout for Friday.",
    "await": "They awaited a vote set down for Friday.",
    "book": "They booked a hall for Friday.",
    "call": "They called a walkout for Friday.",
    "demand": "They demanded talks for Friday.",
    "expect": "They expected a walkout for Friday.",
    "face": "They faced a deadline for Friday.",
    "fix": "They fixed a meeting for Friday.",
    "invite": "They invited the drivers to talks on Friday.",
    "need": "They needed a hall for Friday.",
    "offer": "They offered talks for Friday.",
    "pencil": "They penciled a meeting in for Friday.",
    "plan": "They planned a rally for Friday.",
    "postpone": "They postponed Friday's vote.",
    "prepare": "They prepared a rally for Friday.",
    "propose": "They proposed a meeting for Friday.",
    "request": "They requested a room for Friday.",
    "require": "They required an answer for Friday.",
    "schedule": "They scheduled a vote for Friday.",
    "seek": "They sought a meeting for Friday.",
    "set": "They set a vote for Friday.",
    "target": "They targeted a return for Friday.",
    "threaten": "They threatened a walkout for Friday.",
    "vow": "They vowed a walkout for Friday.",
    "want": "They wanted a vote for Friday.",
}


@pytest.mark.parametrize(("verb", "text"), AHEAD.items())
def test_a_verb_that_looks_ahead_dates_its_object_ahead(verb: str, text: str) -> None:
    assert values(text)["Friday"] == "2023-09-15"


def test_the_verbs_that_look_ahead_are_these() -> None:
    assert words().ahead == set(AHEAD)


IMPLICATIVE = {
    "begin": "began to meet",
    "continue": "continued to meet",
    "fail": "failed to meet",
    "get": "got to meet",
    "happen": "happened to meet",
    "help": "helped to meet",
    "manage": "managed to meet",
    "refuse": "refused to meet",
    "start": "started to meet",
    "decline": "declined to meet",
    "neglect": "neglected to meet",
    "remember": "remembered to meet",
}


def test_what_was_managed_lies_back() -> None:
    assert words().implicative == set(IMPLICATIVE)
    for told in IMPLICATIVE.values():
        assert values(f"They {told} on Friday.")["Friday"] == "2023-09-08", told


@pytest.mark.parametrize("verb", sorted(words().saying))
def test_a_tag_behind_a_comma_does_not_date_what_is_said(verb: str) -> None:
    past = {"say": "said", "tell": "told us", "write": "wrote", "deny": "denied"}.get(
        verb, verb + ("d" if verb.endswith("e") else "ed")
    )
    assert values(f"Cooks will return to the table Friday, the union {past}.")["Friday"] == "2023-09-15"


def test_stoppages_and_what_is_counted_else() -> None:
    def counted(text: str) -> list[tuple[int, CountUnit]]:
        return [(c.n, c.unit) for c in read(parsed(text), dated(WED))[1]]

    for noun in words().stoppage:
        assert counted(f"It is the ninth day of the {noun}.") == [(9, CountUnit.DAY)], noun
    for state in words().state:
        assert counted(f"After nine days {state} strikers are tired.") == [(9, CountUnit.DAY)], state
    for kind in words().not_labour:
        assert counted(f"It is the ninth day of the {kind} strike.") == [], kind
    for other in words().other:
        assert counted(f"After the strike, the {other} entered its ninth week.") == [], other
    for about in words().approximate:
        text = f"They sang {about} nine days into the strike."
        assert counted(text) == [], about


def test_sets_are_told_apart_from_durations() -> None:
    text = "They bargain twice a week for two days."
    assert [t.type for t in read(parsed(text), dated(WED))[0]] == [TimeType.SET, TimeType.DURATION]
