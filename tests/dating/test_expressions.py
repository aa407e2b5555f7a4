"""Sentence and document date in, expression, value and anchor out."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.dating import read
from onrecord.model import Anchor, Dated, KnownFrom, Precision, TimeExpression, TimeType
from tests.factories import dated, parsed

WED = "2023-09-13"  # a Wednesday
P, E, T, N = Anchor.PUBLISHED, Anchor.EXPLICIT, Anchor.TEXT, Anchor.NONE

# (document date or None, sentence, expression, value, anchor)
TABLE: list[tuple[str | None, str, str, str | None, Anchor]] = [
    # full dates
    (None, "The pact was signed on September 13, 2023.", "September 13, 2023", "2023-09-13", E),
    (None, "The pact was signed on 13 September 2023.", "13 September 2023", "2023-09-13", E),
    (None, "The pact was signed on the 3rd of May, 2022.", "the 3rd of May, 2022", "2022-05-03", E),
    (None, "The notice is dated 2024-02-29.", "2024-02-29", "2024-02-29", E),
    (None, "The notice is dated 13/09/2023.", "13/09/2023", "2023-09-13", E),
    (None, "The notice is dated 9/13/2023.", "9/13/2023", "2023-09-13", E),
    (None, "The notice is dated 09/10/2023.", "09/10/2023", None, N),
    (None, "Dockers walked out on Friday, March 1, 2024.", "Friday, March 1, 2024", "2024-03-01", E),
    (None, "The ballot ran 2-9 October 2023.", "2-9 October 2023", "2023-10-02/2023-10-09", E),
    (None, "It opened in March 2024.", "March 2024", "2024-03", E),
    (None, "It fell apart in 1998.", "1998", "1998", E),
    (None, "The 2007-08 walkout is not forgotten.", "2007-08", "2007/2008", E),
    (None, "Wages froze in the 1980s.", "the 1980s", "1980/1989", E),
    (None, "Sales fell in the third quarter of 2023.", "the third quarter of 2023", "2023-07/2023-09", E),
    (None, "Sales fell in the first half of 2022.", "the first half of 2022", "2022-01/2022-06", E),
    (None, "It began in the summer of 2021.", "the summer of 2021", "2021-06/2021-08", E),
    (None, "Everyone rested on Labor Day 2022.", "Labor Day 2022", "2022-09-05", E),
    (None, "It ran from Oct. 2 to Oct. 9, 2023.", "from Oct. 2 to Oct. 9, 2023", "2023-10-02/2023-10-09", E),
    # the day told before, else that of writing
    (WED, "They bargained all day.", "all day", "2023-09-13", P),
    (WED, "Both met on Monday. They spent most of the day on pay.", "most of the day", "2023-09-11", T),
    (WED, "Both met on Monday, but the day's talks led nowhere.", "the day", "2023-09-11", T),
    # days without a year
    (WED, "The contract expired on May 2.", "May 2", "2023-05-02", P),
    (WED, "The contract expired on 2 May.", "2 May", "2023-05-02", P),
    (WED, "Both sides sat down on Sept. 11.", "Sept. 11", "2023-09-11", P),
    (WED, "The hearing will be held on Oct. 3.", "Oct. 3", "2023-10-03", P),
    (WED, "Offers came on Aug. 17 and 18.", "Aug. 17 and 18", "2023-08-17/2023-08-18", P),
    (WED, "Offers came from Aug. 17 to 19.", "from Aug. 17 to 19", "2023-08-17/2023-08-19", P),
    (WED, "They met from 2 to 9 August.", "from 2 to 9 August", "2023-08-02/2023-08-09", P),
    (WED, "The offer of Aug. 11 still stands.", "Aug. 11", "2023-08-11", P),
    (WED, "Pilots met on the 5th and went home.", "the 5th", "2023-09-05", P),
    (WED, "Pilots will meet on the 21st.", "the 21st", "2023-09-21", P),
    (WED, "A hearing is set for 9/27.", "9/27", "2023-09-27", P),
    (WED, "The hearing took place on 8/27.", "8/27", "2023-08-27", P),
    ("2023-12-20", "The walkout will begin on Jan. 5.", "Jan. 5", "2024-01-05", P),
    ("2024-01-05", "The walkout began on Dec. 20.", "Dec. 20", "2023-12-20", P),
    ("2023-11-20", "The board met on January 10.", "January 10", "2023-01-10", P),
    ("2024-02-01", "The contract will expire on Nov. 20.", "Nov. 20", "2024-11-20", P),
    ("2024-02-10", "The first of March is the deadline.", "The first of March", "2024-03-01", P),
    # weekdays in news sense
    (WED, "The two sides met on Wednesday.", "Wednesday", "2023-09-13", P),
    (WED, "The two sides met on Thursday.", "Thursday", "2023-09-07", P),
    (WED, "The two sides will meet on Thursday.", "Thursday", "2023-09-14", P),
    (WED, "Thousands rallied Saturday.", "Saturday", "2023-09-09", P),
    (WED, "They could meet Monday, two people said.", "Monday", "2023-09-18", P),
    (WED, "Cooks plan to return to work Friday, the union said.", "Friday", "2023-09-15", P),
    (WED, "The two sides agreed to meet on Friday.", "Friday", "2023-09-15", P),
    (WED, "The union called a strike for Monday.", "Monday", "2023-09-18", P),
    (WED, "The walkout could begin as early as Monday.", "Monday", "2023-09-18", P),
    (WED, "The union wants an answer by Friday.", "Friday", "2023-09-15", P),
    (WED, "There is a meeting on Thursday.", "Thursday", "2023-09-14", P),
    (WED, "Friday's session collapsed after an hour.", "Friday", "2023-09-08", P),
    (WED, "Ahead of Friday's deadline, the firm raised its offer.", "Friday", "2023-09-15", P),
    (WED, "After Thursday's walkout, the firm called for calm.", "Thursday", "2023-09-07", P),
    (WED, "A rally held on Saturday drew thousands.", "Saturday", "2023-09-09", P),
    (WED, "Crews who walked out on Sunday will return on Tuesday.", "Sunday", "2023-09-10", P),
    (WED, "Crews who walked out on Sunday will return on Tuesday.", "Tuesday", "2023-09-19", P),
    (WED, "The firm said on Monday that it would shut the plant on Friday.", "Monday", "2023-09-11", P),
    (WED, "The firm said on Monday that it would shut the plant on Friday.", "Friday", "2023-09-15", P),
    (WED, "The group managed to meet on Friday.", "Friday", "2023-09-08", P),
    (WED, "They are meeting on Tuesday.", "Tuesday", "2023-09-19", P),
    (WED, "The dockers were due to meet on Monday.", "Monday", None, N),
    (WED, "Hopes had grown that Friday could bring a deal.", "Friday", None, N),
    (WED, "Last Monday the pickets came down.", "Last Monday", "2023-09-11", P),
    (WED, "They met last Wednesday.", "last Wednesday", "2023-09-06", P),
    (WED, "They will meet this Friday.", "this Friday", "2023-09-15", P),
    (WED, "They will meet next Friday.", "next Friday", "2023-09-22", P),
    (WED, "They will meet on Tuesday of next week.", "Tuesday of next week", "2023-09-19", P),
    (WED, "The hearing is a week on Thursday.", "a week on Thursday", "2023-09-21", P),
    (WED, "They met a week ago Friday.", "a week ago Friday", "2023-09-01", P),
    (WED, "They will vote on Monday and Tuesday.", "Monday and Tuesday", "2023-09-18/2023-09-19", P),
    (WED, "It will be known on Tuesday or Wednesday.", "Tuesday or Wednesday", "2023-09-19/2023-09-20", P),
    (WED, "The group met between Friday and Sunday.", "between Friday and Sunday", "2023-09-08/2023-09-10", P),
    (WED, "The board met on Tue. to discuss it.", "Tue.", "2023-09-12", P),
    (WED, "The vote passed on Monday (September 11).", "Monday (September 11)", "2023-09-11", P),
    (WED, "They meet on Wednesday the 20th.", "Wednesday the 20th", "2023-09-20", P),
    (WED, "Pickets go up on Tuesdays.", "Tuesdays", "P1W", E),
    # days near by
    (WED, "They met today.", "today", "2023-09-13", P),
    (WED, "They met yesterday.", "yesterday", "2023-09-12", P),
    (WED, "They meet tomorrow.", "tomorrow", "2023-09-14", P),
    (WED, "They meet the day after tomorrow.", "the day after tomorrow", "2023-09-15", P),
    (WED, "They met the day before yesterday.", "the day before yesterday", "2023-09-11", P),
    (WED, "They spoke last night.", "last night", "2023-09-12", P),
    (WED, "They will speak tonight.", "tonight", "2023-09-13", P),
    (WED, "They spoke this morning.", "this morning", "2023-09-13", P),
    (WED, "The session ran overnight.", "overnight", "2023-09-13", P),
    (WED, "They meet today and tomorrow.", "today and tomorrow", "2023-09-13/2023-09-14", P),
    # weeks, months, years
    (WED, "They met last week.", "last week", "2023-09-04/2023-09-08", P),
    (WED, "They meet this week.", "this week", "2023-09-11/2023-09-15", P),
    (WED, "They will meet next week.", "next week", "2023-09-18/2023-09-22", P),
    (WED, "They met earlier this week.", "earlier this week", "2023-09-11/2023-09-13", P),
    (WED, "They will meet later this week.", "later this week", "2023-09-13/2023-09-15", P),
    (WED, "A deal could come by the end of the week.", "the end of the week", "2023-09-11/2023-09-15", P),
    (WED, "The week of Sept. 18 is set aside.", "The week of Sept. 18", "2023-09-18/2023-09-22", P),
    (WED, "It was settled over the weekend.", "the weekend", "2023-09-09/2023-09-10", P),
    (WED, "They will vote this weekend.", "this weekend", "2023-09-16/2023-09-17", P),
    (WED, "They voted last weekend.", "last weekend", "2023-09-09/2023-09-10", P),
    (WED, "They will vote next weekend.", "next weekend", "2023-09-23/2023-09-24", P),
    ("2023-09-24", "They will meet next week.", "next week", "2023-09-25/2023-09-29", P),
    (WED, "They met earlier this month.", "earlier this month", "2023-09-01/2023-09-13", P),
    ("2023-05-01", "They met earlier this month.", "earlier this month", "2023-05", P),
    (WED, "They will meet later this month.", "later this month", "2023-09-13/2023-09-30", P),
    (WED, "It fell last month.", "last month", "2023-08", P),
    (WED, "It ends next month.", "next month", "2023-10", P),
    (WED, "It fell last year.", "last year", "2022", P),
    (WED, "Money runs out by the end of the year.", "the end of the year", "2023", P),
    (WED, "It fell earlier this year.", "earlier this year", "2023-01/2023-09", P),
    (WED, "It fell last quarter.", "last quarter", "2023-04/2023-06", P),
    (WED, "Walkouts spread in the second half of the year.", "the second half of the year", "2023-07/2023-12", P),
    (WED, "Ballots went out in June.", "June", "2023-06", P),
    (WED, "Ballots will go out in early October.", "early October", "2023-10", P),
    (WED, "Cameras could roll again in February.", "February", "2024-02", P),
    (WED, "Ballots went out last May.", "last May", "2023-05", P),
    (WED, "The second week of October is free.", "The second week of October", "2023-10-09/2023-10-13", P),
    ("2024-02-10", "Talks began in June.", "June", "2023-06", P),
    (WED, "Nurses walked out last summer.", "last summer", "2023-06/2023-08", P),
    (WED, "Nurses will walk out this winter.", "this winter", "2023-12/2024-02", P),
    (WED, "Nurses walked out in the spring.", "the spring", "2023-03/2023-05", P),
    # counted
    (WED, "They met three days ago.", "three days ago", "2023-09-10", P),
    (WED, "They met two weeks ago.", "two weeks ago", "2023-08-30", P),
    (WED, "They met a fortnight ago.", "a fortnight ago", "2023-08-30", P),
    (WED, "The lockout began four months ago.", "four months ago", "2023-05", P),
    (WED, "The lockout began two years ago.", "two years ago", "2021", P),
    (WED, "The vote will be held in two weeks.", "in two weeks", "2023-09-27", P),
    (WED, "The vote will be held within ten days.", "within ten days", "2023-09-13/2023-09-23", P),
    (WED, "Nothing moved over the past two weeks.", "over the past two weeks", "2023-08-30/2023-09-13", P),
    (WED, "They will meet in the coming days.", "in the coming days", None, N),
    (WED, "Days ago they were friends.", "Days ago", None, N),
    (WED, "Ballots were counted two days after Labor Day.", "two days after Labor Day", "2023-09-06", P),
    (WED, "Two weeks later the firm gave in.", "Two weeks later", None, N),
    (WED, "Four days after members had voted, the gates closed.", "Four days after", None, N),
    (None, "It lapsed on May 1, 2023. Two weeks later the firm gave in.", "Two weeks later", "2023-05-15", T),
    (None, "They met on May 1, 2023 and again the next day.", "the next day", "2023-05-02", T),
    (None, "It passed on May 1, 2023. That evening the gates closed.", "That evening", "2023-05-01", T),
    (None, "It ends May 7, 2025; all go on the morning of the 8th.", "the morning of the 8th", "2025-05-08", T),
    # open and closed ranges
    (WED, "Nothing has moved since May 2.", "since May 2", "2023-05-02/..", P),
    (WED, "Nothing has moved since Thursday.", "since Thursday", "2023-09-07/..", P),
    (WED, "Nothing has moved since last week.", "since last week", "2023-09-04/..", P),
    (None, "Nothing has moved since 2019.", "since 2019", "2019/..", E),
    (
        "2022-12-06",
        "Crews will stop from 5pm on Christmas Eve to 7am on December 27.",
        "from 5pm on Christmas Eve to 7am on December 27",
        "2022-12-24/2022-12-27",
        P,
    ),
    # holidays
    (WED, "They rested on Labor Day.", "Labor Day", "2023-09-04", P),
    (WED, "It must be settled before Thanksgiving.", "Thanksgiving", "2023-11-23", P),
    ("2024-03-01", "A walkout is planned for Good Friday.", "Good Friday", "2024-03-29", P),
    ("2024-04-20", "Unions will march on May Day.", "May Day", "2024-05-01", P),
    (WED, "Bank holiday services will be cut.", "Bank holiday", None, N),
    ("2024-01-02", "Crews worked on New Year's Eve.", "New Year's Eve", "2023-12-31", P),
    (WED, "Pay rises come in the new year.", "new year", "2024-01-01", P),
    # times of day
    (WED, "Crews walked out at 5am on Tuesday.", "5am on Tuesday", "2023-09-12", P),
    (WED, "The session broke up at 9.40 p.m. on Thursday.", "9.40 p.m. on Thursday", "2023-09-07", P),
    (WED, "They will go at midnight on Friday, Sept. 15.", "midnight on Friday, Sept. 15", "2023-09-15", P),
    (WED, "They gave notice late on Monday.", "late on Monday", "2023-09-11", P),
    (WED, "They gave notice on Monday night.", "Monday night", "2023-09-11", P),
    (WED, "They meet tomorrow at 6.30.", "tomorrow at 6.30", "2023-09-14", P),
    (WED, "The ballot closes at noon.", "noon", "2023-09-13", P),
    # how long, how often
    (WED, "It has been stuck for months.", "months", None, N),
    (WED, "They bargained for eleven hours.", "eleven hours", "PT11H", E),
    (WED, "They bargained for two and a half weeks.", "two and a half weeks", "P2.5W", E),
    (WED, "A three-year contract is on offer.", "three-year", "P3Y", E),
    (WED, "It costs $2 million a day.", "a day", "P1D", E),
    (WED, "They meet every week.", "every week", "P1W", E),
    (WED, "They meet every other day.", "every other day", "P2D", E),
    (WED, "Pickets are held daily.", "daily", "P1D", E),
    # without a date
    (None, "They met yesterday.", "yesterday", None, N),
    (None, "They met on Wednesday.", "Wednesday", None, N),
    (None, "The contract expired on May 2.", "May 2", None, N),
    (None, "They will meet next week.", "next week", None, N),
    (WED, "Profits fell in the fiscal third quarter.", "the fiscal third quarter", None, N),
    (WED, "Profits fell in fiscal 2023.", "fiscal 2023", None, N),
]  # fmt: skip


def times(text: str, published: Dated) -> tuple[TimeExpression, ...]:
    return read(parsed(text), published)[0]


def found(text: str, expression: str, published: Dated) -> TimeExpression:
    here = [t for t in times(text, published) if t.span.of(text) == expression]
    assert here, f"{expression!r} is not among {[t.span.of(text) for t in times(text, published)]}"
    return here[0]


@pytest.mark.parametrize(("published", "text", "expression", "value", "anchor"), TABLE)
def test_an_expression_has_its_value_and_anchor(
    published: str | None, text: str, expression: str, value: str | None, anchor: Anchor
) -> None:
    time = found(text, expression, dated(published))
    assert (time.value, time.anchor) == (value, anchor)
    assert value is not None or time.why


@pytest.mark.parametrize(
    ("text", "expression", "clock"),
    [
        (
            "It ends at 12:01 am PT on Thursday, September 28.",
            "12:01 am PT on Thursday, September 28",
            "00:01-07:00",
        ),
        ("It ended at 5pm Eastern time on January 9.", "5pm Eastern time on January 9", "17:00-05:00"),
        ("It ended at 18:30 GMT on Monday.", "18:30 GMT on Monday", "18:30Z"),
        ("It ended at 11pm BST on Monday.", "11pm BST on Monday", "23:00+01:00"),
        ("It ended at 4.15 in the afternoon.", "4.15 in the afternoon", "16:15"),
        ("It ended on Monday night.", "Monday night", "NI"),
        ("It ended on the morning of Sept. 11.", "the morning of Sept. 11", "MO"),
        ("It ended at noon on Monday.", "noon on Monday", "12:00"),
        ("They meet tomorrow at 6.30.", "tomorrow at 6.30", None),
        ("They met on Monday.", "Monday", None),
    ],
)
def test_a_time_of_day_is_kept_with_its_zone(text: str, expression: str, clock: str | None) -> None:
    assert found(text, expression, dated(WED)).clock == clock


@pytest.mark.parametrize(
    ("text", "expression", "kind", "precision"),
    [
        ("They met on Monday.", "Monday", TimeType.DATE, Precision.DAY),
        ("They met in June.", "June", TimeType.DATE, Precision.MONTH),
        ("They met in 2019.", "2019", TimeType.DATE, Precision.YEAR),
        ("They met at 5 p.m. on Monday.", "5 p.m. on Monday", TimeType.TIME, Precision.DAY),
        ("They met for five days.", "five days", TimeType.DURATION, Precision.NONE),
        ("They meet every day.", "every day", TimeType.SET, Precision.NONE),
        ("They met days ago.", "days ago", TimeType.DATE, Precision.NONE),
    ],
)
def test_an_expression_has_its_type_and_precision(
    text: str, expression: str, kind: TimeType, precision: Precision
) -> None:
    time = found(text, expression, dated(WED))
    assert (time.type, time.precision) == (kind, precision)


MONTH = Dated(value=date(2023, 9, 1), precision=Precision.MONTH, known_from=KnownFrom.URL)
YEAR = Dated(value=date(2023, 1, 1), precision=Precision.YEAR, known_from=KnownFrom.URL)
BOUNDS = Dated(earliest=date(2023, 9, 12), latest=date(2023, 9, 14))


@pytest.mark.parametrize(
    ("published", "text", "expression", "value"),
    [
        (MONTH, "They met yesterday.", "yesterday", None),
        (MONTH, "They met on Wednesday.", "Wednesday", None),
        (MONTH, "It fell last month.", "last month", "2023-08"),
        (MONTH, "They met on September 11.", "September 11", "2023-09-11"),
        (YEAR, "It fell last month.", "last month", None),
        (YEAR, "It fell last year.", "last year", "2022"),
        (YEAR, "They met on September 11.", "September 11", None),
        (BOUNDS, "They met on Monday.", "Monday", "2023-09-11"),
        (BOUNDS, "They met on Wednesday.", "Wednesday", None),
        (BOUNDS, "They meet next week.", "next week", "2023-09-18/2023-09-22"),
    ],
)
def test_a_vague_date_anchors_only_what_all_its_days_agree_on(
    published: Dated, text: str, expression: str, value: str | None
) -> None:
    time = found(text, expression, published)
    assert time.value == value
    assert (time.anchor is Anchor.NONE) == (value is None)


def test_headings_of_days_date_what_stands_under_them() -> None:
    text = "TUESDAY\n\nThey met today.\n\nWEDNESDAY (DAY 9)\n\nThey meet tomorrow."
    values = {t.span.of(text): (t.value, t.anchor) for t in times(text, dated("2023-09-20"))}
    assert values["today"] == ("2023-09-19", Anchor.TEXT)
    assert values["tomorrow"] == ("2023-09-21", Anchor.TEXT)


def test_a_present_tense_headline_leaves_a_weekday_open() -> None:
    one = parsed("A ballot was counted.", title="Cooks reject offer Friday")
    assert [t.value for t in read(one, dated(WED))[0]] == [None]


def test_the_next_day_is_not_counted_from_a_day_that_lay_ahead() -> None:
    text = "A deal might come by Thursday. They would be back the next day."
    assert found(text, "the next day", dated(WED)).value is None
