"""From captures to articles: texts to the letter, and what is known of each from where."""

from __future__ import annotations

import json
from datetime import date

import pytest

from onrecord.coverage import EXTRACTOR, Limits, extract
from onrecord.model import Article, Given, KnownFrom, Precision, Problem, Stage
from tests.coverage.helpers import article, capture, problem

TALKS = "Talks at the harbour resumed on Monday, both sides said, after four weeks of silence."


@pytest.mark.parametrize("text", [TALKS, f" {TALKS}\r\n\r\n\r\n\t{TALKS}  \r\n", f"\n{TALKS}\x0c\u200b\xad"])
def test_the_text_of_a_file_is_the_file(text: str) -> None:
    assert article(text).text == text
    assert article(b"\xef\xbb\xbf" + text.encode()).text == text
    assert article(text.encode("utf-16")).text == text


def test_a_row_tells_of_itself() -> None:
    row = {
        "id": "r1",
        "headline": "Dockers talk",
        "source": {"id": None, "name": "Harbour Post"},
        "author": ["Ada Quill", "Bo Reed"],
        "publishedAt": "2024-03-05T10:00:00Z",
        "updated": "2024-03-06",
        "url": "https://p.example/1",
        "strike": "dock-2024",
        "text": f"  {TALKS}\n",
    }
    found = article(json.dumps(row), "application/x-ndjson")
    assert found.text == row["text"]
    assert (found.title, found.outlet, found.byline) == ("Dockers talk", "Harbour Post", "Ada Quill, Bo Reed")
    assert (found.url, found.dispute) == ("https://p.example/1", "dock-2024")
    assert (found.published.value, found.published.known_from) == (date(2024, 3, 5), KnownFrom.GIVEN)
    assert found.modified.value == date(2024, 3, 6)
    assert set(dict(found.known_from).values()) == {KnownFrom.GIVEN}


def test_what_is_given_goes_before_the_row_and_the_row_before_the_text() -> None:
    text = f"date 2024-03-01 {TALKS}"
    row = json.dumps({"text": text, "date": "2024-03-02", "outlet": "Post", "title": "A"})
    given = Given(
        date="3 March 2024", outlet="Gazette", title="B", url="https://g.example/2024/03/04/x", dispute="d"
    )
    found = article(row, "application/x-ndjson", given)
    assert (found.title, found.outlet, found.url, found.dispute) == ("B", "Gazette", given.url, "d")
    assert found.published.value == date(2024, 3, 3)
    assert article(row, "application/x-ndjson").published.value == date(2024, 3, 2)
    assert article(text, given=Given(url=given.url)).published.value == date(2024, 3, 1)
    by_url = article(TALKS, given=Given(url=given.url)).published
    assert (by_url.value, by_url.known_from) == (date(2024, 3, 4), KnownFrom.URL)


def test_a_header_and_a_title_line() -> None:
    found = article(
        f"Dockers talk\nBy Ada Quill\nPublished: 5 March 2024\nUpdated: 6 March 2024\n\nHULL (PA) - {TALKS}"
    )
    assert (found.title, found.byline, found.dateline) == ("Dockers talk", "Ada Quill", "HULL (PA)")
    assert (found.published.value, found.modified.value) == (date(2024, 3, 5), date(2024, 3, 6))
    assert dict(found.known_from) == {
        "title": KnownFrom.TEXT,
        "byline": KnownFrom.HEADER,
        "dateline": KnownFrom.TEXT,
        "credit": KnownFrom.TEXT,
    }


def test_undated_stays_undated() -> None:
    found = article(f"{TALKS} The strike began on 2 January 2024 and is in its ninth week.")
    assert (found.published.value, found.published.precision) == (None, Precision.NONE)
    assert found.published.known_from is KnownFrom.NONE
    assert (found.title, found.outlet, found.byline, found.kind) == (None, None, None, None)
    assert found.known_from == ()


def test_a_given_date_that_is_none_is_told_and_the_next_best_is_taken() -> None:
    found = article(f"date 2024-03-01 {TALKS}", given=Given(date="the other day"))
    assert found.published.value == date(2024, 3, 1)
    [told] = found.problems
    assert "the other day" in told.message
    assert (told.stage, told.document) == (Stage.EXTRACT, found.id)
    alone = article(TALKS, given=Given(date="2024-02-30"))
    assert alone.published.value is None
    assert "2024-02-30" in alone.published.why


def test_two_encodings_in_one_text_are_told_and_read() -> None:
    data = f"{TALKS} “Yes”. ".encode() + "The café is shut, its owner’s son said.".encode("cp1252")
    found = article(data)
    assert found.text == f"{TALKS} “Yes”. The café is shut, its owner’s son said."
    assert len(found.problems) == 1
    assert "Windows-1252" in found.problems[0].message


def test_the_id_depends_on_the_bytes_and_what_is_given_and_on_nothing_else() -> None:
    plain = article(TALKS)
    assert article(TALKS, given=Given(name="other")).id == plain.id
    for given in (Given(url="https://a.example"), Given(date="2024"), Given(outlet="Post"), Given(title="T")):
        assert article(TALKS, given=given).id != plain.id
    assert article(TALKS + " ").id != plain.id


@pytest.mark.parametrize(
    ("data", "media_type", "says"),
    [
        (b"", "text/plain", "no text"),
        (b" \n\xc2\xa0", "text/plain", "no text"),
        (TALKS.encode() + b"\0", "text/plain", "NUL"),
        (b'{"text": "Talks\\u0000 resumed"}', "application/x-ndjson", "NUL"),
        (b'{"text": "Talks \\ud83d resumed"}', "application/x-ndjson", "half a character"),
        (b'{"id": 1}', "application/x-ndjson", "no text"),
        (b"\xff", "application/x-ndjson", "JSON"),
        (b"id,when\n1,2\n", "text/csv", "no text"),
        (b"", "text/csv", "no text"),
        (TALKS.encode(), "application/pdf", "PDF is broken"),
        (TALKS.encode(), "application/x-else", "application/x-else"),
        (
            b"Die Gewerkschaft nahm am Montag die Verhandlungen wieder auf, so beide Seiten.",
            "text/plain",
            "German",
        ),
        ("استأنفت النقابة المفاوضات مع أصحاب العمل يوم الاثنين".encode(), "text/plain", "Arabic"),
    ],
)
def test_what_is_no_article_is_one_problem(data: bytes, media_type: str, says: str) -> None:
    found = problem(data, media_type)
    assert says in found.message
    assert (found.stage, found.source) == (Stage.EXTRACT, "a.txt")
    assert "\n" not in found.message


def test_a_text_that_is_too_long_is_a_problem() -> None:
    long = extract(capture(TALKS.encode() * 10), limits=Limits(max_chars=500))
    assert isinstance(long, Problem)
    assert "500" in long.message
    assert isinstance(extract(capture(TALKS.encode()), limits=Limits(max_chars=500)), Article)


def test_the_text_field_of_a_capture_is_kept_in_its_media_type() -> None:
    data = json.dumps({"text": "other", "wording": TALKS}).encode()
    found = extract(capture(data, "application/x-ndjson; text-field=wording"))
    assert isinstance(found, Article)
    assert found.text == TALKS


def test_the_extractor_names_the_libraries_it_rests_on() -> None:
    assert "trafilatura-" in EXTRACTOR
    assert " " not in EXTRACTOR
