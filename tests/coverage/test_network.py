"""Fetching from a real server that is slow, endless, broken, or leads astray: the right outcome, and bounded."""

from __future__ import annotations

import resource
import threading
from pathlib import Path

import pytest

from onrecord.coverage import Memory, Network, Visit, fetch
from onrecord.coverage.fetching import same_address
from onrecord.coverage.network import Item
from onrecord.coverage.sockets import is_public
from onrecord.model import Capture, OnrecordError, Problem
from tests.coverage.helpers import NOW
from tests.coverage.making import page
from tests.coverage.server import Answer, Site, gzip_bomb, now, quick, running

MET = "Tug crews and the owners met on Monday for the first time in a month, the mediator said."
AGAIN = "They meet again on Thursday, both sides said."
PAGE = page("Tug crews meet", MET, AGAIN)


@pytest.fixture
def site():  # type: ignore[no-untyped-def]
    with running() as found:
        yield found


def fetched(*sources: str, network: Network | None = None, memory: Memory | None = None) -> list[Item]:
    return list(fetch(sources, network=network or quick(), memory=memory or Memory(), retrieved_at=NOW))


def pages(found: list[Item]) -> list[Capture]:
    return [f for f in found if isinstance(f, Capture)]


def told(found: list[Item]) -> str:
    [problem] = [f for f in found if isinstance(f, Problem)]
    assert not pages(found)
    return problem.message


def test_a_page_is_captured_with_its_address_and_what_a_conditional_request_needs(site: Site) -> None:
    site.answers["/a"] = Answer(PAGE, headers={"ETag": '"1"', "Last-Modified": "Mon, 08 Apr 2024 10:00:00 GMT"})
    capture, visit = fetched(f"{site.url}/a")
    assert isinstance(capture, Capture)
    assert (capture.data, capture.source, capture.url) == (PAGE, f"{site.url}/a", f"{site.url}/a")
    assert isinstance(visit, Visit)
    assert (visit.status, visit.etag) == (200, '"1"')
    assert visit.last_modified == "Mon, 08 Apr 2024 10:00:00 GMT"
    [headers] = site.asked("/a")
    assert headers["user-agent"].startswith("onrecord/")
    assert "cookie" not in headers


def test_not_modified_is_no_document_and_no_problem(site: Site) -> None:
    def answer(n: int, headers: dict[str, str]) -> Answer:
        return (
            Answer(status=304) if headers.get("if-none-match") == '"1"' else Answer(PAGE, headers={"ETag": '"1"'})
        )

    site.answers["/a"] = answer
    *_, visit = fetched(f"{site.url}/a")
    assert isinstance(visit, Visit)
    [again] = fetched(f"{site.url}/a", memory=Memory(visit=lambda url: visit))
    assert isinstance(again, Visit)
    assert (again.status, again.etag) == (304, '"1"')


@pytest.mark.parametrize(
    ("answer", "says", "asked"),
    [
        (Answer(b"gone", 404), "no such page (404)", 1),
        (Answer(b"gone", 410), "taken down (410)", 1),
        (Answer(b"no", 403), "refused (403)", 1),
        (Answer(b"busy", 500), "error (500)", 2),
        (Answer(hang=True), "answer in time", 2),
        (Answer(PAGE, drip=0.05), "takes too long", 2),
        (Answer(bytes(65_536), endless=True), "more than 300,000 bytes", 1),
        (Answer(gzip_bomb(50_000_000), headers={"Content-Encoding": "gzip"}), "more than 300,000 bytes", 1),
        (Answer(b"no gzip at all", headers={"Content-Encoding": "gzip"}), "broken", 1),
        (Answer(PAGE, headers={"Content-Encoding": "br"}), "not asked for (br)", 1),
        (Answer(b"\x89PNG\r\n\x1a\n" + bytes(100), kind="image/png"), "PNG", 1),
        (Answer(b""), "empty", 1),
    ],
)
def test_what_gives_no_document_is_one_problem(site: Site, answer: Answer, says: str, asked: int) -> None:
    site.answers["/a"] = answer
    site.answers["/b"] = Answer(PAGE)
    begun = now()
    found = fetched(f"{site.url}/a", f"{site.url}/b", network=quick(max_bytes=300_000))
    assert now() - begun < 5
    [problem] = [f for f in found if isinstance(f, Problem)]
    assert says in problem.message
    assert "\n" not in problem.message
    assert len(site.asked("/a")) == asked
    assert [c.source for c in pages(found)] == [f"{site.url}/b"]


def test_endless_and_growing_answers_take_bounded_memory(site: Site) -> None:
    site.answers["/endless"] = Answer(bytes(1 << 20), endless=True)
    site.answers["/bomb"] = Answer(gzip_bomb(200_000_000), headers={"Content-Encoding": "gzip"})
    fetched(f"{site.url}/bomb", network=quick(max_bytes=1_000_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    fetched(f"{site.url}/bomb", f"{site.url}/endless", network=quick(max_bytes=1_000_000))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000  # kilobytes


def test_an_error_that_passes_is_tried_again_and_waits_as_long_as_asked(site: Site) -> None:
    def answer(n: int, headers: dict[str, str]) -> Answer:
        return Answer(b"", 503, headers={"Retry-After": "7"}) if n == 1 else Answer(PAGE)

    waits: list[float] = []
    site.answers["/a"] = answer
    assert pages(fetched(f"{site.url}/a", network=quick(sleep=waits.append)))
    assert 7.0 in waits
    site.answers["/b"] = Answer(b"", 429, headers={"Retry-After": "86400"})
    assert "429" in told(fetched(f"{site.url}/b"))
    assert len(site.asked("/b")) == 1


def test_redirects_are_followed_within_bounds(site: Site) -> None:
    site.answers["/old"] = Answer(status=301, headers={"Location": "/new?utm_medium=mail&page=3"})
    site.answers["/new?utm_medium=mail&page=3"] = Answer(PAGE)
    [capture] = pages(fetched(f"{site.url}/old"))
    assert (capture.source, capture.url) == (f"{site.url}/old", f"{site.url}/new?page=3")
    site.answers["/loop"] = Answer(status=302, headers={"Location": "/pool"})
    site.answers["/pool"] = Answer(status=302, headers={"Location": "/loop"})
    assert "circle" in told(fetched(f"{site.url}/loop"))
    site.answers |= {f"/{n}": Answer(status=302, headers={"Location": f"/{n + 1}"}) for n in range(20)}
    assert "more than 8 times" in told(fetched(f"{site.url}/0"))
    site.answers["/file"] = Answer(status=302, headers={"Location": "file:///etc/passwd"})
    assert "only http" in told(fetched(f"{site.url}/file"))


def test_a_private_address_is_refused_before_and_after_a_redirect(site: Site) -> None:
    site.answers["/a"] = Answer(PAGE)
    assert "private network" in told(fetched(f"{site.url}/a", network=quick(allow_private=False)))
    assert not site.requests
    port = site.url.rpartition(":")[2]

    # The name of an outside server, for the sake of the test at this machine, leads to a private one.
    def resolver(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host == "outside.example" else ["10.0.0.7"]

    from onrecord.coverage import sockets

    was, sockets.is_public = sockets.is_public, lambda address: address == "127.0.0.1"
    try:
        site.answers["/away"] = Answer(status=302, headers={"Location": "http://inside.example/admin"})
        found = fetched(
            f"http://outside.example:{port}/away", network=quick(allow_private=False, resolver=resolver)
        )
    finally:
        sockets.is_public = was
    assert "inside.example is 10.0.0.7" in told(found)


def test_a_name_is_resolved_once_for_each_connection_and_that_address_is_used(site: Site) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) % 2 else ["10.0.0.7"]

    site.answers["/a"] = Answer(PAGE)
    port = site.url.rpartition(":")[2]
    assert pages(fetched(f"http://a.example:{port}/a", network=quick(resolver=rebinding, heed_robots=False)))
    assert asked == ["a.example"]


def test_a_name_that_is_not_resolved_in_time_or_at_all(site: Site) -> None:
    stop = threading.Event()

    def slow(host: str, port: int) -> list[str]:
        stop.wait(10)
        return []

    def none(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    assert "in time" in told(fetched("http://a.example/", network=quick(resolver=slow, tries=1)))
    assert "cannot be resolved" in told(fetched("http://a.example/", network=quick(resolver=none)))
    stop.set()


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True),
        ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False),
        ("255.255.255.255", False), ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fd00::1", False),
        ("::ffff:127.0.0.1", False), ("2002:7f00:1::", False), ("64:ff9b::a00:1", False), ("ff02::1", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_robots_are_respected_unless_told_otherwise(site: Site) -> None:
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /private/*.html$\n", kind="text/plain")
    site.answers["/private/a.html"] = Answer(PAGE)
    site.answers["/a"] = Answer(PAGE)
    found = fetched(f"{site.url}/private/a.html", f"{site.url}/a")
    assert [c.source for c in pages(found)] == [f"{site.url}/a"]
    [problem] = [f for f in found if isinstance(f, Problem)]
    assert "robots.txt" in problem.message
    assert "--ignore-robots" in problem.hint
    assert len(site.asked("/robots.txt")) == 1
    assert pages(fetched(f"{site.url}/private/a.html", network=quick(heed_robots=False)))


def test_robots_that_cannot_be_had_forbid_everything(site: Site) -> None:
    site.answers["/robots.txt"] = Answer(b"", 500)
    site.answers["/a"] = Answer(PAGE)
    assert "robots.txt" in told(fetched(f"{site.url}/a"))


def test_one_request_a_delay_to_each_host(site: Site) -> None:
    waits: list[float] = []
    site.answers |= {"/a": Answer(PAGE), "/b": Answer(PAGE)}
    fetched(f"{site.url}/a", f"{site.url}/b", network=quick(delay=1.0, clock=lambda: 0.0, sleep=waits.append))
    assert waits == [1.0, 1.0]  # robots.txt, then a, then b


def test_a_wrong_charset_and_a_wrong_content_type_are_seen_through(site: Site) -> None:
    words = "The caf\xe9 owners\u2019 union said on Monday that it would meet the crews again on Thursday."
    latin = page("Caf\xe9 owners", words).decode().replace('<meta charset="utf-8">', "")
    site.answers["/utf8"] = Answer(page("Caf\xe9 owners", words), kind="text/html; charset=iso-8859-1")
    site.answers["/latin"] = Answer(latin.encode("cp1252"), kind="text/html; charset=windows-1252")
    site.answers["/picture"] = Answer(PAGE, kind="image/png")
    from onrecord.coverage import extract

    for path in ("/utf8", "/latin"):
        [capture] = pages(fetched(f"{site.url}{path}"))
        article = extract(capture)
        assert not isinstance(article, Problem)
        assert words in article.text
    assert pages(fetched(f"{site.url}/picture"))


def feed(*names: str, at: str) -> bytes:
    items = "".join(f"<item><title>{n}</title><link>{at}/{n}</link></item>" for n in names)
    return f'<rss version="2.0"><channel><title>Ledger</title>{items}</channel></rss>'.encode()


def test_a_feed_leads_to_its_items_and_a_failed_item_is_asked_for_again(site: Site) -> None:
    def answer(n: int, headers: dict[str, str]) -> Answer:
        return Answer(feed("a", "b", at=site.url), headers={"ETag": '"f"'}, kind="text/xml")

    site.answers |= {"/feed": answer, "/a": Answer(PAGE), "/b": Answer(b"", 500)}
    found = fetched(f"{site.url}/feed")
    assert [c.source for c in pages(found)] == [f"{site.url}/a"]
    last = found[-1]
    assert isinstance(last, Visit)
    assert (last.url, last.etag) == (f"{site.url}/feed", None)
    site.answers["/b"] = Answer(PAGE)
    last = fetched(f"{site.url}/feed")[-1]
    assert isinstance(last, Visit)
    assert last.etag == '"f"'


def test_a_feed_that_is_not_modified_still_leads_to_items_that_are_due(site: Site) -> None:
    site.answers |= {"/feed": Answer(status=304), "/a": Answer(PAGE), "/b": Answer(PAGE)}
    visits = {p: Visit(url=f"{site.url}{p}", status=200, at=NOW, etag='"x"') for p in ("/feed", "/a", "/b")}
    memory = Memory(
        visit=lambda url: visits.get(url.removeprefix(site.url)),
        items=lambda via: [visits["/a"], visits["/b"]],
        due=lambda visit: visit.url.endswith("/b"),
    )
    assert [c.source for c in pages(fetched(f"{site.url}/feed", memory=memory))] == [f"{site.url}/b"]


def test_a_sitemap_leads_to_its_pages_on_the_same_host_and_no_further(site: Site) -> None:
    index = f"<sitemapindex><sitemap><loc>{site.url}/map.xml</loc></sitemap>"
    index += "<sitemap><loc>http://elsewhere.example/map.xml</loc></sitemap></sitemapindex>"
    urls = f"<url><loc>{site.url}/a</loc><lastmod>2024-04-08</lastmod></url><url><loc>{site.url}/b</loc></url>"
    site.answers["/index.xml"] = Answer(index.encode(), kind="application/xml")
    site.answers["/map.xml"] = Answer(f"<urlset>{urls}</urlset>".encode(), kind="application/xml")
    link = f'<a href="{site.url}/elsewhere">more</a>'
    site.answers |= {"/a": Answer(page("Tug crews meet", MET, AGAIN, body=link)), "/b": Answer(PAGE)}
    found = fetched(f"{site.url}/index.xml", network=quick(max_items=1))
    assert [c.source for c in pages(found)] == [f"{site.url}/a"]
    [problem] = [f for f in found if isinstance(f, Problem)]
    assert "1 were left" in problem.message
    assert not site.asked("/elsewhere")


def test_the_pages_of_one_article_are_one_capture(site: Site) -> None:
    site.answers["/story"] = Answer(page("Tug crews meet", MET, head='<link rel="next" href="/story?page=2">'))
    site.answers["/story?page=2"] = Answer(page("Tug crews meet", AGAIN + " A mediator will be there too."))
    [capture] = pages(fetched(f"{site.url}/story"))
    assert capture.media_type == "multipart/mixed"
    assert AGAIN.encode() in capture.data


def test_lists_of_addresses_in_several_forms(site: Site, tmp_path: Path) -> None:
    site.answers |= {"/a": Answer(PAGE), "/b": Answer(page("Pilots reject the offer", AGAIN, MET))}
    (tmp_path / "urls.txt").write_text(f"# two\n{site.url}/a\n\n{site.url}/b\n{site.url}/a\n")
    rows = f"id,media_name,publish_date,title,url\n1,ledger.example,2024-04-08,Tugs,{site.url}/a\n"
    (tmp_path / "mediacloud.csv").write_text(rows)
    (tmp_path / "gdelt.csv").write_text(f"URL,MobileURL,Date,Title\n{site.url}/a,,2024-04-09 10:00:00,Tugs\n")
    events = "\t".join(["x"] * 60 + [f"{site.url}/b"])
    (tmp_path / "events.tsv").write_text(f"{events}\n{events}\n")
    (tmp_path / "none.txt").write_text("no address here\n")
    assert len(pages(fetched(f"@{tmp_path}/urls.txt"))) == 2
    [capture] = pages(fetched(f"@{tmp_path}/mediacloud.csv"))
    assert (capture.told.outlet, capture.told.date) == ("ledger.example", "2024-04-08")
    [capture] = pages(fetched(f"@{tmp_path}/gdelt.csv"))
    assert (capture.told.title, capture.told.date) == ("Tugs", None)
    assert [c.source for c in pages(fetched(f"@{tmp_path}/events.tsv"))] == [f"{site.url}/b"]
    assert "no address" in told(fetched(f"@{tmp_path}/none.txt"))
    assert "cannot be read" in told(fetched(f"@{tmp_path}/missing.txt"))


def test_cookies_and_logins_come_from_files_alone(site: Site, tmp_path: Path) -> None:
    site.answers["/a"] = Answer(PAGE, headers={"Set-Cookie": "session=1"})
    site.answers["/b"] = Answer(PAGE)
    fetched(f"{site.url}/a", f"{site.url}/b")
    assert all("cookie" not in headers for _, headers in site.requests)
    jar = tmp_path / "cookies.txt"
    jar.write_text("# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tpaid\tyes\n")
    fetched(f"{site.url}/b", network=quick(cookies=jar))
    assert site.asked("/b")[-1]["cookie"] == "paid=yes"
    assert "login" in told(fetched(site.url.replace("//", "//me:secret@") + "/a"))
    jar.write_text("no cookies")
    with pytest.raises(OnrecordError, match="has to be a cookies"):
        fetched(f"{site.url}/b", network=quick(cookies=jar))


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("HTTP://News.Example:80/a?utm_source=x&id=3#top", "http://news.example/a?id=3"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example:8443/a?fbclid=1", "https://news.example:8443/a"),
    ],
)
def test_one_page_has_one_address(url: str, same: str) -> None:
    assert same_address(url) == same
