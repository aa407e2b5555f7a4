"""Each format in which coverage arrives: what is taken from a file in its real structure."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from onrecord.coverage import Limits
from onrecord.model import Article, Capture, KnownFrom, Problem
from tests.coverage import making
from tests.coverage.helpers import captured, problem, read

FIXTURES = Path(__file__).parent / "fixtures"
MET = "Tug crews and the owners met on Monday for the first time in a month."
AGAIN = "They meet again on Thursday, the mediator said."
NO = "The pilots' union said on Tuesday that its members had rejected the offer."


def one(path: Path) -> Article:
    articles, problems = read(path)
    assert not problems
    [found] = articles
    return found


def from_bytes(tmp_path: Path, name: str, data: bytes) -> tuple[list[Article], list[Problem]]:
    (tmp_path / name).write_bytes(data)
    return read(tmp_path / name)


# ------------------------------------------------------------------------------- feeds


def test_a_feed_is_read_entry_by_entry_with_the_longest_text_of_each() -> None:
    (first, second), problems = read(FIXTURES / "feed.rss")
    assert not problems
    assert (first.title, first.outlet, first.byline) == (
        "Tug crews & owners meet again",
        "Saltmere Ledger",
        "Ada Quill",
    )
    assert first.url == "https://ledger.example/2024/04/tug-crews-meet/"
    assert first.published.value == date(2024, 4, 8)
    assert first.text.startswith(MET)
    assert "What comes next\n\nBoth sides said" in first.text
    assert "track" not in first.text
    assert second.text.startswith("The owners said on Sunday")


def test_an_entry_is_one_document_whatever_else_changes_in_its_feed(tmp_path: Path) -> None:
    later = (FIXTURES / "feed.rss").read_text().replace("09 Apr 2024 08", "10 Apr 2024 11")
    new = "<item><title>New</title><description>The owners said on Wednesday that they agree.</description></item>"
    (tmp_path / "feed.rss").write_text(later.replace("<item>\n    <title>Tug", new + "\n  <item>\n    <title>Tug"))
    before = {c.sha256 for c in captured(FIXTURES / "feed.rss") if isinstance(c, Capture)}
    after = {c.sha256 for c in captured(tmp_path / "feed.rss") if isinstance(c, Capture)}
    assert before < after
    assert len(after) == 3


def test_an_atom_feed_has_both_dates() -> None:
    found = one(FIXTURES / "feed.atom")
    assert found.text == "Pilots voted on Monday to strike, their union said.\n\nThe vote was 310 to 12."
    assert (found.published.value, found.modified.value) == (date(2024, 4, 8), date(2024, 4, 9))
    assert (found.outlet, found.byline, found.url) == (
        "Quayside Wire",
        "Tom Fenn",
        "https://wire.example/pilots-vote",
    )


def test_a_json_feed_in_html_and_in_plain_text() -> None:
    (first, second), problems = read(FIXTURES / "feed.json")
    assert not problems
    assert first.text.endswith("on Monday.\n\n- Three days off\n- A raise of 4 percent")
    assert (first.outlet, first.byline, first.published.value) == ("Crane Notes", "Ada Quill", date(2024, 4, 8))
    assert second.text.startswith("The crane drivers said on Tuesday")


def test_a_feed_cut_short_gives_what_is_whole_and_what_can_be_mended(tmp_path: Path) -> None:
    data = (FIXTURES / "feed.rss").read_bytes()
    articles, _ = from_bytes(tmp_path, "feed.rss", data[: data.index(b"</channel>") - 60])
    assert articles[0].text.startswith(MET)


def test_entities_that_grow_are_not_expanded(tmp_path: Path) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><rss version="2.0"><channel><title>x</title>'
        "<item><title>One</title><description>The union said that talks had resumed. &c;</description></item>"
        "</channel></rss>"
    )
    articles, problems = from_bytes(tmp_path, "feed.rss", bomb.encode())
    assert len(articles) + len(problems) == 1
    assert all("haha" not in a.text for a in articles)


@pytest.mark.parametrize("name", ["feeds.opml", "sitemap.xml"])
def test_a_list_of_addresses_is_not_followed_unasked(name: str) -> None:
    articles, [told] = read(FIXTURES / name)
    assert not articles
    assert "list" in told.message
    assert "@" in told.hint


# ------------------------------------------------------------------------------- exports of news databases

TWO_ARTICLES = [
    "nexis-classic.txt",
    "nexis-uni.txt",
    "factiva-coded.txt",
    "factiva-plain.txt",
    "factiva.html",
    "proquest.txt",
]


def check_two_articles(articles: list[Article]) -> None:
    first, second = articles
    assert first.text.split("\n")[0].strip() == MET
    assert AGAIN.partition(",")[0] in first.text
    assert (first.title, first.outlet) == ("Tug crews and owners meet again", "The Saltmere Ledger")
    assert (first.byline, first.published.value) == ("Ada Quill", date(2024, 4, 8))
    assert first.published.known_from is KnownFrom.METADATA
    assert (second.title, second.outlet) == ("Pilots reject the offer", "Quayside Wire")
    assert (second.byline, second.published.value) == (None, date(2024, 4, 9))
    assert " ".join(second.text.split()) == NO


@pytest.mark.parametrize("name", TWO_ARTICLES)
def test_an_export_of_a_news_database_is_its_articles(name: str) -> None:
    articles, problems = read(FIXTURES / name)
    assert not problems
    check_two_articles(articles)


@pytest.mark.parametrize("name", ["nexis-uni.txt", "factiva-plain.txt", "proquest.txt"])
def test_the_same_export_as_rtf_and_as_a_word_document(name: str, tmp_path: Path) -> None:
    lines = (FIXTURES / name).read_text().split("\n")
    rtf = "{\\rtf1\\ansi\\ansicpg1252 " + "".join(f"\\pard {line}\\par\n" for line in lines) + "}"
    word = making.docx("".join(making.paragraph(line.replace("&", "&amp;")) for line in lines))
    for file, data in (("a.rtf", rtf.encode("ascii")), ("a.docx", word)):
        articles, problems = from_bytes(tmp_path, file, data)
        assert not problems
        check_two_articles(articles)


def test_sections_and_credits_of_an_export() -> None:
    articles, _ = read(FIXTURES / "factiva-coded.txt")
    assert [(a.section, a.credit) for a in articles] == [("News", "Associated Press"), ("Business", None)]
    articles, _ = read(FIXTURES / "nexis-classic.txt")
    assert [(a.section, a.dateline) for a in articles] == [("NEWS; Pg. 3", "SALTMERE"), ("BUSINESS", None)]
    assert "Type: it was a closed session" in articles[0].text


def test_an_article_of_a_text_export_is_kept_as_its_stretch_of_the_file() -> None:
    whole = (FIXTURES / "nexis-uni.txt").read_bytes()
    found = captured(FIXTURES / "nexis-uni.txt")
    assert all(isinstance(c, Capture) and c.data in whole for c in found)


def test_an_article_without_text_is_one_problem_and_the_others_are_read(tmp_path: Path) -> None:
    text = (FIXTURES / "proquest.txt").read_text().replace(f"Full text: {NO}", "Full text: ")
    articles, [told] = from_bytes(tmp_path, "a.txt", text.encode())
    assert [a.title for a in articles] == ["Tug crews and owners meet again"]
    assert told.source.endswith("a.txt#2")


# ------------------------------------------------------------------------------- live blogs and series


@pytest.mark.parametrize("name", ["live.html", "live-marked-up.html"])
def test_a_live_blog_becomes_entries_with_their_own_days(name: str) -> None:
    (late, early), problems = read(FIXTURES / name)
    assert not problems
    assert (late.title, late.published.value) == ("Both sides leave", date(2024, 4, 9))
    assert early.published.value == date(2024, 4, 8)
    assert early.text == "Talks between the tug crews and the owners began this morning, the mediator said."
    assert late.name == "2024-04-09T00:10:00Z"
    assert late.source.endswith(("#b2", "#u2"))


def test_a_live_blog_without_marks_is_told_by_its_structure() -> None:
    (last, middle, first), problems = read(FIXTURES / "live-unmarked.html")
    assert not problems
    assert (last.title, last.outlet, last.published.value) == (
        "Trams to run on Tuesday",
        "Quayside Wire",
        date(2024, 4, 8),
    )
    assert last.text.startswith("The tram drivers' union says")
    assert last.text.endswith("The company has confirmed it.")
    assert middle.text == "Both sides are still in the room, a mediator has told reporters outside."
    assert (first.title, first.name) == ("Pickets at four depots", "2024-04-08T07:30:00Z")
    assert first.source.endswith("#p1")


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('class="stream"', 'class="comments"'),
        ('class="stream"', 'id="latest-news"'),
        ("2024-04-08T12:15:00Z", "2024-04-08"),
        ("2024-04-08T12:15:00Z", "2024-04-08T17:15:00Z"),
        ("<p>Both sides are still in the room, a mediator has told reporters outside.</p>", "<p>Photo</p>"),
    ],
    ids=["comments", "a list of news", "a day alone", "out of order", "no prose"],
)
def test_what_only_looks_like_a_live_blog_stays_one_article(tmp_path: Path, was: str, becomes: str) -> None:
    text = (FIXTURES / "live-unmarked.html").read_text("utf-8")
    assert was in text
    (tmp_path / "page.html").write_text(text.replace(was, becomes))
    articles, problems = read(tmp_path)
    assert len(articles) + len(problems) == 1


def test_pages_of_one_article_become_one(tmp_path: Path) -> None:
    link = '<link rel="next" href="story-2.html">'
    (tmp_path / "story.html").write_bytes(making.page("Tug crews meet", MET, AGAIN, head=link))
    back = '<link rel="prev" href="story.html">'
    (tmp_path / "story-2.html").write_bytes(
        making.page("Tug crews meet", "The owners said on Friday: no.", head=back)
    )
    (tmp_path / "other.html").write_bytes(making.page("Pilots reject", NO, NO.replace("Tuesday", "Friday")))
    articles, problems = read(tmp_path)
    assert not problems
    other, whole = articles
    assert other.title == "Pilots reject"
    assert whole.text == f"{MET}\n\n{AGAIN}\n\nThe owners said on Friday: no." or whole.text.startswith(
        "Tug crews meet"
    )
    assert whole.text.count("Friday") == 1
    assert whole.source.endswith("story.html")


def test_the_next_post_of_a_blog_is_another_article(tmp_path: Path) -> None:
    link = '<link rel="next" href="week-2.html">'
    (tmp_path / "week-1.html").write_bytes(making.page("Strike, week 1", MET, AGAIN, head=link))
    (tmp_path / "week-2.html").write_bytes(making.page("Strike, week 2", NO, AGAIN))
    articles, _ = read(tmp_path)
    assert [a.title for a in articles] == ["Strike, week 1", "Strike, week 2"]


# ------------------------------------------------------------------------------- mail


def test_a_newsletter_is_read_as_it_shows() -> None:
    found = one(FIXTURES / "letter.eml")
    assert (found.title, found.outlet) == ("Tug crews meet \u2013 the morning letter", "Saltmere Ledger")
    assert found.published.value == date(2024, 4, 8)
    assert found.text == (
        "Tug crews meet the owners\n\nTug crews met the owners in the caf\xe9 on Monday, the mediator said.\n\n"
        "They meet again on Thursday."
    )


def test_a_mailbox_is_its_messages() -> None:
    (first, second), problems = read(FIXTURES / "letters.mbox")
    assert not problems
    assert first.title == "Tug crews meet \u2013 the morning letter"
    assert second.text.splitlines()[0] == "The pilots said on Tuesday that they had rejected the offer."
    assert "Unsubscribe" not in second.text


def test_a_digest_is_its_messages_with_their_own_dates() -> None:
    articles, problems = read(FIXTURES / "digest.eml")
    assert not problems
    assert [(a.title, a.published.value) for a in articles] == [
        ("Tug crews meet", date(2024, 4, 8)),
        ("Pilots reject", date(2024, 4, 9)),
    ]


def test_a_digest_in_plain_text(tmp_path: Path) -> None:
    rule = "-" * 30
    messages = "".join(
        f"{rule}\n\nDate: Mon, {n} Apr 2024 10:00:00 +0000\nFrom: Ada Quill <a@b.example>\nSubject: Day {n}\n\n"
        f"The union said that day {n} of its strike had passed quietly.\n\n"
        for n in (8, 9)
    )
    head = "From: List <l@b.example>\nSubject: Digest\nMIME-Version: 1.0\n\nToday's topics: two\n\n"
    articles, problems = from_bytes(tmp_path, "a.eml", f"{head}{messages}{rule}\nEnd\n".encode())
    assert not problems
    assert [(a.title, a.published.value.day if a.published.value else 0) for a in articles] == [
        ("Day 8", 8),
        ("Day 9", 9),
    ]


# ------------------------------------------------------------------------------- documents


def test_a_pdf_is_read_without_running_heads_and_with_its_words_whole(tmp_path: Path) -> None:
    pages = [
        [
            "Saltmere Ledger, 8 April 2024",
            f"The tug crews' union said on day {n} of its strike that nego-",
            "tiations with the owners would go on at the harbour until both",
            "sides had a deal that held.",
            "The owners said the same of the talks on that day and the next.",
            f"Page {n}",
        ]
        for n in (1, 2, 3)
    ]
    [found], problems = from_bytes(tmp_path, "a.pdf", making.pdf(*pages))
    assert not problems
    assert "Ledger" not in found.text
    assert "Page" not in found.text
    assert found.text.count("negotiations with") == 3
    assert found.published.value is None


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.4 broken", "broken"),
        (making.pdf([]), "OCR"),
    ],
)
def test_a_pdf_without_text_is_one_problem(data: bytes, says: str) -> None:
    assert says in problem(data, "application/pdf").message


def test_a_pdf_may_not_take_for_ever() -> None:
    from onrecord.coverage import extract
    from tests.coverage.helpers import capture

    page = making.pdf(["The union said so."])
    slow = extract(capture(page, "application/pdf"), limits=Limits(max_seconds=0.001))
    assert isinstance(slow, Problem)
    assert "seconds" in slow.message
    long = extract(capture(making.pdf(["One."], ["Two."]), "application/pdf"), limits=Limits(max_pages=1))
    assert isinstance(long, Problem)
    assert "2 pages" in long.message


def test_a_word_document_as_it_reads_with_its_changes_accepted(tmp_path: Path) -> None:
    body = (
        making.paragraph("Tug crews meet the owners", "Title")
        + making.paragraph(MET)
        + making.paragraph("What comes next", "Heading1")
        + "<w:p><w:r><w:t>They meet again on </w:t></w:r><w:del><w:r><w:delText>Friday</w:delText></w:r></w:del>"
        + "<w:ins><w:r><w:t>Thursday</w:t></w:r></w:ins><w:r><w:t>, both sides said.</w:t></w:r></w:p>"
        + f"<w:tbl><w:tr><w:tc>{making.paragraph('Pay')}</w:tc>"
        + f"<w:tc>{making.paragraph('4 %')}</w:tc></w:tr></w:tbl>"
    )
    [found], problems = from_bytes(tmp_path, "a.docx", making.docx(body))
    assert not problems
    assert found.title == "Tug crews meet the owners"
    assert found.text.endswith("What comes next\n\nThey meet again on Thursday, both sides said.\n\nPay | 4 %")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (making.docx(making.paragraph("x"), padding=30_000_000), "unpacks to more"),
        (making.docx("<w:p>"), "broken"),
        (making.docx(making.paragraph("The union said so."))[:-40], "broken"),
    ],
)
def test_a_broken_word_document_or_a_bomb_is_one_problem(data: bytes, says: str) -> None:
    found = problem(data, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    assert says in found.message


def test_rtf_with_its_characters() -> None:
    found = one(FIXTURES / "letter.rtf")
    assert found.title == "Tug crews write to the owners"
    assert "crews\u2019 union said" in found.text
    assert "\u2014 again \u2014 for a meeting in caf\xe9 Harbour." in found.text
    assert found.published.value is None


def test_markdown_without_its_marks_and_with_its_front_matter() -> None:
    found = one(FIXTURES / "notes.md")
    assert (found.title, found.outlet, found.byline) == (
        "Tug crews meet the owners",
        "Saltmere Ledger",
        "Ada Quill",
    )
    assert (found.published.value, found.published.known_from) == (date(2024, 4, 8), KnownFrom.HEADER)
    assert "union met the owners on Monday, both sides said." in found.text
    assert found.text.endswith("- Pay\n- Nights")


# ------------------------------------------------------------------------------- web archives


def test_a_page_saved_by_chrome_and_by_safari(tmp_path: Path) -> None:
    found = one(FIXTURES / "page.mhtml")
    url = "https://ledger.example/2024/04/tug-crews-meet/"
    assert (found.title, found.outlet, found.url) == ("Tug crews meet the owners", "Saltmere Ledger", url)
    assert (found.published.value, found.published.known_from) == (date(2024, 4, 8), KnownFrom.METADATA)
    assert "the mediator said." in found.text
    html = making.page("Tug crews meet the owners", MET, AGAIN)
    [safari], problems = from_bytes(tmp_path, "a.webarchive", making.webarchive(html, url))
    assert not problems
    assert (safari.title, safari.url, safari.published.value) == (found.title, url, date(2024, 4, 1))
    assert MET in safari.text


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_web_archive_is_its_pages_with_address_and_instant(tmp_path: Path, gzipped: bool) -> None:
    pages = [
        ("https://ledger.example/a", "2024-04-08T17:00:00Z", making.page("Tug crews meet", MET, AGAIN)),
        ("https://wire.example/b", "2024-04-09T18:00:00Z", making.page("Pilots reject", NO, AGAIN)),
    ]
    path = tmp_path / ("a.warc.gz" if gzipped else "a.warc")
    path.write_bytes(making.warc(*pages, gzip=gzipped))
    found = [c for c in captured(path) if isinstance(c, Capture)]
    assert [(c.url, c.data) for c in found] == [(url, data) for url, _, data in pages]
    assert found[0].retrieved_at == datetime(2024, 4, 8, 17, tzinfo=UTC)
    assert found[0].source == f"{path}#https://ledger.example/a"
    articles, problems = read(path)
    assert not problems
    assert [(a.title, a.outlet, a.published.value) for a in articles] == [
        ("Tug crews meet", "ledger.example", None),
        ("Pilots reject", "wire.example", None),
    ]


@pytest.mark.parametrize("gzipped", [True, False])
def test_behind_a_broken_record_the_archive_is_read_on(tmp_path: Path, gzipped: bool) -> None:
    one_page = making.warc(
        ("https://a.example/1", "2024-04-08T17:00:00Z", making.page("One", MET, AGAIN)), gzip=gzipped
    )
    another = making.warc(
        ("https://a.example/2", "2024-04-08T17:00:00Z", making.page("Two", NO, AGAIN)), gzip=gzipped
    )
    broken = bytearray(one_page)
    broken[:8] = bytes(8)
    articles, problems = from_bytes(
        tmp_path, "a.warc.gz" if gzipped else "a.warc", one_page + bytes(broken) + another
    )
    assert [a.title for a in articles][:: len(articles) - 1] == ["One", "Two"]
    assert problems


def test_a_record_that_unpacks_beyond_the_limit_is_one_problem(tmp_path: Path) -> None:
    bomb = making.warc(
        ("https://a.example/bomb", "2024-04-08T17:00:00Z", bytes(5_000_000)),
        ("https://a.example/1", "2024-04-08T17:00:00Z", making.page("One", MET, AGAIN)),
    )
    (tmp_path / "a.warc.gz").write_bytes(bomb)
    articles, [told] = read(tmp_path / "a.warc.gz", limits=Limits(max_bytes=1_000_000))
    assert [a.title for a in articles] == ["One"]
    assert "1,000,000 bytes" in told.message


def test_other_compressed_files_are_told_apart_from_web_archives(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(gzip.compress(b"The union said so."))
    (tmp_path / "b").write_bytes(zlib.compress(b"The union said so."))
    articles, problems = read(tmp_path)
    assert not articles
    assert len(problems) == 2
