"""HTML pages: text, structure, metadata, and pages that are out to do harm."""

from __future__ import annotations

import time
from datetime import date

import pytest
import trafilatura

from onrecord.coverage import Limits, extract
from onrecord.coverage.pages import read_page
from onrecord.model import Article, KnownFrom, Precision, Problem
from tests.coverage.helpers import article, capture, problem, roles

BODY = """
<p>The dockers' union and the port operators met on Tuesday for the first time in four weeks, <b>both</b> sides
said, and<br>they will meet again.</p>
<h2>What they want</h2>
<p>The union has two demands:</p><ul><li>a rise of 7 per cent</li><li>an end to agency work</li></ul>
<p>It issued a statement:</p><blockquote><p>The talks go on.</p><p>Nothing else is true.</p></blockquote>
<p>Then the port posted a video:</p><iframe src="https://video.example/1">FRAME</iframe>
<p>Nobody would say what had been discussed, and the strike goes on into its ninth week at the harbour.</p>
<script>var text = "SCRIPT";</script><noscript>NOSCRIPT</noscript><template><p>TEMPLATE</p></template>
<style>p { content: "STYLE" }</style><svg><text>SVG</text></svg>
<p>Hotels near the harbour have lost a third of their takings since January, their owners say.</p>
<p>Read more: <a href="/x">Ferries stop</a></p>
"""
HEAD = """<title>Dockers meet port | Harbour Post</title><meta property="og:title" content="Dockers meet port">
<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Ada Quill">
<link rel="canonical" href="https://harbourpost.example/news/dockers">"""


def page(head: str = HEAD, body: str = BODY, doctype: str = "<!DOCTYPE html>") -> str:
    return (
        f"{doctype}<html lang='en'><head>{head}</head><body><nav><ul><li><a href='/'>Home</a></li></ul></nav>"
        f"<article><h1>Dockers meet port</h1>{body}</article><footer><p>© 2024 Post</p></footer></body></html>"
    )


def test_the_article_with_its_structure() -> None:
    found = article(page(), "text/html")
    assert found.text == "\n\n".join(
        [
            "Dockers meet port",
            "The dockers' union and the port operators met on Tuesday for the first time in four weeks, both "
            "sides said, and\nthey will meet again.",
            "What they want",
            "The union has two demands:",
            "- a rise of 7 per cent\n- an end to agency work",
            "It issued a statement:",
            "The talks go on.",
            "Nothing else is true.",
            "Then the port posted a video:",
            "Nobody would say what had been discussed, and the strike goes on into its ninth week at the harbour.",
            "Hotels near the harbour have lost a third of their takings since January, their owners say.",
            "Read more: Ferries stop",
        ]
    )
    assert roles(found) == [
        ("title", "Dockers meet port"),
        ("heading", "What they want"),
        ("boilerplate", "Read more: Ferries stop"),
    ]
    assert [(e.span.of(found.text), e.what) for e in found.embeds] == [("Then the port posted a video:", "video")]


def test_its_metadata() -> None:
    found = article(page(), "text/html")
    assert (found.title, found.outlet, found.byline) == ("Dockers meet port", "Harbour Post", "Ada Quill")
    assert found.url == "https://harbourpost.example/news/dockers"
    assert dict(found.known_from) == dict.fromkeys(("title", "outlet", "byline", "url"), KnownFrom.METADATA)
    assert found.published.value is None


@pytest.mark.parametrize(
    ("head", "published", "modified"),
    [
        ('<meta property="article:published_time" content="2024-03-05T18:30:00Z">', "2024-03-05", None),
        ('<meta name="date" content="2024-03-05">', "2024-03-05", None),
        (
            '<meta property="article:published_time" content="2024-03-05T23:30:00-08:00">'
            '<meta property="article:modified_time" content="2024-03-07">',
            "2024-03-05",
            "2024-03-07",
        ),
        ('<meta property="article:modified_time" content="2024-03-07">', None, "2024-03-07"),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-03-05T10:00",'
            '"dateModified": "2024-03-06T10:00"}</script>',
            "2024-03-05",
            "2024-03-06",
        ),
        ('<script type="application/ld+json">{"dateModified": "2024-03-06"}</script>', None, "2024-03-06"),
        ('<meta name="description" content="As of 2024-03-05 10:00:00 no deal">', None, None),
        ('<meta itemprop="copyrightYear" content="2024">', None, None),
    ],
)
def test_dates_in_the_head(head: str, published: str | None, modified: str | None) -> None:
    found = article(page(HEAD + head), "text/html")
    assert (found.published.value and found.published.value.isoformat()) == published
    assert (found.modified.value and found.modified.value.isoformat()) == modified
    if published:
        assert (found.published.precision, found.published.known_from) == (Precision.DAY, KnownFrom.METADATA)


@pytest.mark.parametrize(
    ("times", "published"),
    [
        ('<time datetime="2024-03-05T08:00">5 March</time>', "2024-03-05"),
        ("<time>5 March 2024</time>", "2024-03-05"),
        ('<time class="published" datetime="2024-03-05"></time><time datetime="2024-02-01"></time>', "2024-03-05"),
        ('<time datetime="2024-03-05"></time><time datetime="2024-02-01"></time>', None),
        ('<time class="updated" datetime="2024-03-05"></time>', None),
    ],
)
def test_time_elements(times: str, published: str | None) -> None:
    found = article(page(body=times + BODY), "text/html")
    assert (found.published.value and found.published.value.isoformat()) == published


def test_a_date_in_the_prose_or_the_footer_is_not_the_pages() -> None:
    body = BODY + "<p>The strike began on 2024-01-02, a Tuesday, and was called on January 1, 2024 by both.</p>"
    assert article(page(body=body), "text/html").published.value is None


def test_the_address_dates_a_page_that_does_not_say() -> None:
    head = '<link rel="canonical" href="https://harbourpost.example/2024/03/05/dockers">'
    found = article(page(head), "text/html")
    assert (found.published.value, found.published.known_from) == (date(2024, 3, 5), KnownFrom.URL)
    assert dict(found.known_from)["outlet"] is KnownFrom.URL


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_the_encoding_a_page_declares(encoding: str) -> None:
    body = BODY.replace("Hotels", "Cafés “for all”, hotels")
    data = page(f'<meta charset="{encoding}">{HEAD}', body).encode(encoding)
    assert "Cafés “for all”, hotels" in article(data, "text/html").text


def test_a_page_with_an_xml_declaration() -> None:
    html = page(doctype='<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>')
    assert "Hotels near the harbour" in article(html, "text/html").text


# ------------------------------------------------------------------------------- hostile pages


@pytest.mark.parametrize("tag", ["div", "b", "span", "blockquote", "ul><li", "table><tr><td", "font"])
def test_a_hundred_thousand_nested_tags_are_one_problem(tag: str) -> None:
    begun = time.perf_counter()
    opened = f"<{tag}>" * 100_000
    found = problem(f"<html><body><p>Before it.</p>{opened}<p>Talks resumed.</p>", "text/html")
    assert "nests" in found.message or "too many" in found.message
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "ul"])
def test_nesting_just_below_the_limit_is_read(tag: str) -> None:
    nest = f"<{tag}>" * 200
    found = extract(capture(page(body=f"{BODY}{nest}deep").encode(), "text/html"))
    assert isinstance(found, Article)


def test_a_page_with_too_many_nested_elements_is_one_problem() -> None:
    html = page(body=BODY + ("<div>" * 150 + "x" + "</div>" * 150) * 200)
    begun = time.perf_counter()
    assert "too many nested elements" in problem(html, "text/html").message
    assert time.perf_counter() - begun < 3
    small = extract(capture(page().encode(), "text/html"), limits=Limits(max_tree=50))
    assert isinstance(small, Problem)


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<",
        "<!DOCTYPE html>",
        "<html><body><script>alert(1)</script></body></html>",
        "<html><head><script type='application/ld+json'>" + "[" * 100_000 + "</script></head><body></body></html>",
        "<html><body>&#0;&#1;&#xd800;&#xffff;</body></html>",
        "<html><body><p>\x01\x02\ufffe</p></body></html>",
        "<html " + "a='b' " * 50_000 + "></html>",
        "<" + "a" * 500_000 + ">",
        "<html><body>" + "<![CDATA[" * 1000,
        "<html><body><svg><math>" + "<p>" * 1000,
    ],
)
def test_a_page_without_an_article_is_one_problem(html: str) -> None:
    problem(html, "text/html")


def test_deep_json_in_a_page_does_no_harm_to_its_article() -> None:
    head = HEAD + '<script type="application/ld+json">{"@context": ' + "[" * 100_000 + "</script>"
    assert "Hotels near the harbour" in article(page(head), "text/html").text


def test_extracting_twice_gives_the_same() -> None:
    assert article(page(), "text/html") == article(page(), "text/html")


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:site_name" content="@ledger"><meta name="author" content="Ada Quill">',
        '<meta name="author" content="admin"><link rel="canonical" href="https://www.ledger.example/a">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferries stop", '
        '"author": {"name": "Tom Fenn"}, "publisher": {"name": "The Ledger"}}</script>',
        '<script type="application/ld+json">{"@type": ["News", </script><title>Ferries - ledger.example</title>',
        '<meta property="og:url" content="https://news.ledger.example/a"><meta name="title" content=" A&amp;B ">',
        "",
    ],
)
def test_the_metadata_are_those_that_trafilatura_finds(head: str) -> None:
    written = page(head)
    theirs = trafilatura.extract_metadata(written)
    ours = read_page(written.encode(), Limits())
    found = (ours.title, ours.byline, ours.url, ours.outlet)
    assert found == (theirs.title, theirs.author, theirs.url, theirs.sitename)
