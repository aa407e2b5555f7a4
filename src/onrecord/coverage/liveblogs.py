"""Live blogs: a page of many short reports becomes as many documents, each with its own time.

An entry is kept as schema.org's BlogPosting in JSON: the object of the page's own JSON-LD where it has one, else
one made from the marked-up element. What the page says of all entries (the outlet) is added to each.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from onrecord.coverage.decoding import declared_charset, decode
from onrecord.coverage.limits import Limits
from onrecord.coverage.markup import chunks, flow, parsed, plain
from onrecord.coverage.media import LD_JSON
from onrecord.coverage.parts import Part

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_MARK = re.compile(rb"LiveBlogPosting|liveBlogUpdate", re.IGNORECASE)
_TIMES = re.compile(rb"<time\b", re.IGNORECASE)
_FEWEST = 2  # a page with one entry is an article
_FEWEST_UNMARKED = 3
_TEASER = 400  # characters; of what is shorter than this and leads elsewhere, lists of other articles are made


def entries(data: bytes, limits: Limits, charset: str | None = None) -> list[Part]:
    """The entries of a live blog in the page's order; empty when the page is none.

    Raises OnrecordError when the page is too large or too deep.
    """
    marked = _MARK.search(data) is not None
    if not marked and len(_TIMES.findall(data)) < _FEWEST_UNMARKED:
        return []
    tree = parsed(decode(data, charset or declared_charset(data)).text, limits)
    found = [*_of_json(tree)] or [*_of_elements(tree)] if marked else _unmarked(tree)
    seen: dict[str, dict[str, Any]] = {}
    for post in found[: limits.max_parts]:
        seen.setdefault(json.dumps(post, ensure_ascii=False, sort_keys=True), post)
    if len(seen) < _FEWEST:
        return []
    return [
        Part(
            data=json.dumps(post, ensure_ascii=False, indent=1).encode("utf-8", "replace"),
            media_type=LD_JSON,
            place=str(post.get("@id") or post.get("url") or post.get("datePublished") or n).rpartition("#")[2][
                -80:
            ],
            name=_written(post.get("datePublished")),
        )
        for n, post in enumerate(seen.values(), 1)
    ]


def _written(value: object) -> str | None:
    return plain(value) if isinstance(value, str) else None


def _of_json(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if script.get("type") != "application/ld+json" or not _MARK.search((script.text or "").encode()):
            continue
        try:
            value = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        for blog in _blogs(value):
            updates = blog.get("liveBlogUpdate")
            for post in updates if isinstance(updates, list) else [updates]:
                if isinstance(post, dict):
                    shared: dict[str, Any] = {k: blog[k] for k in ("publisher", "author") if k in blog}
                    yield shared | post


def _blogs(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The live blogs in a page's JSON-LD: the object itself, one of an array, or of a graph."""
    if isinstance(value, list):
        for item in value:
            yield from _blogs(item, depth + 1) if depth < 4 else ()
    elif isinstance(value, dict):
        if "liveBlogUpdate" in value:
            yield value
        else:
            yield from _blogs(value.get("@graph", []), depth + 1) if depth < 4 else ()


def _of_elements(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Entries marked up as microdata: elements with itemprop="liveBlogUpdate"."""
    site = tree.xpath("string(//meta[@property='og:site_name']/@content)")
    for element in tree.xpath("//*[@itemprop='liveBlogUpdate']"):
        text = flow(c for c in chunks(_body(element)))
        when = _when(element)
        if not text.text or when is None:
            continue
        post: dict[str, Any] = {"@type": "BlogPosting", "datePublished": when}
        heading = element.xpath("string((.//*[@itemprop='headline'])[1])") or element.xpath(
            "string((.//h2|.//h3)[1])"
        )
        if plain(heading):
            post["headline"] = plain(heading)
        if name := element.get("id"):
            post["@id"] = f"#{name}"
        if site:
            post["publisher"] = {"@type": "Organization", "name": plain(site)}
        yield post | {"articleBody": text.text}


def _unmarked(tree: HtmlElement) -> list[dict[str, Any]]:
    """Entries of a page without such marks whose structure shows them: three or more neighbours of one kind (tag
    and class) within the page's main part, each with one time element that says day and time, no two the same, in
    order of time, each with prose of its own that is no teaser of another page. Readers' comments are none."""
    site = plain(tree.xpath("string(//meta[@property='og:site_name']/@content)"))
    groups: dict[tuple[Any, str, str], list[HtmlElement]] = {}
    for time in tree.iter("time"):
        for element in time.iterancestors("article", "section", "li", "div"):
            parent = element.getparent()
            if parent is not None and len(element.xpath(".//time")) == 1 and len(parent.xpath(".//time")) > 1:
                groups.setdefault((parent, element.tag, element.get("class", "")), []).append(element)
                break
    for (parent, _, _), found in groups.items():
        around = [parent, *parent.iterancestors()]
        names = " ".join(f"{e.get('class', '')} {e.get('id', '')}" for e in (*around, *found))
        if len(found) < _FEWEST_UNMARKED or _ASIDE.search(names) or any(e.tag in _OUTER for e in around):
            continue
        whens = [_when(element) or "" for element in found]
        if not all(map(_INSTANT.match, whens)) or len(set(whens)) < len(whens):
            continue
        posts = [_post(element, when, site) for element, when in zip(found, whens, strict=True)]
        if whens in (sorted(whens), sorted(whens, reverse=True)) and all(map(_is_told, posts, found)):
            return posts
    return []


_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_ASIDE = re.compile(r"comment|related|recommend|sidebar|teaser|more-|latest|archive|listing", re.IGNORECASE)
_OUTER = ("aside", "nav", "footer", "header")


def _post(element: HtmlElement, when: str, site: str) -> dict[str, Any]:
    heading = plain(element.xpath("string((.//h2|.//h3|.//h4)[1])"))
    stretches = [(k, t) for k, t in chunks(element) if plain(t) not in (heading, *_written_times(element))]
    post: dict[str, Any] = {"@type": "BlogPosting", "datePublished": when}
    if heading:
        post["headline"] = heading
    if name := element.get("id"):
        post["@id"] = f"#{name}"
    if site:
        post["publisher"] = {"@type": "Organization", "name": site}
    return post | {"articleBody": flow(stretches).text}


def _written_times(element: HtmlElement) -> list[str]:
    return [plain("".join(time.itertext())) for time in element.iter("time")]


def _is_told(post: dict[str, Any], element: HtmlElement) -> bool:
    """Whether an entry has a sentence of its own, and is no teaser: a short text whose heading leads elsewhere."""
    text = post["articleBody"]
    linked = element.xpath(
        "boolean(.//h2//a[@href]|.//h3//a[@href]|.//h4//a[@href]|.//a[@href][.//h2|.//h3|.//h4])"
    )
    return re.search(r"\w\W+\w.*[.!?\u2026]", text, re.DOTALL) is not None and not (linked and len(text) < _TEASER)


def _body(element: HtmlElement) -> HtmlElement:
    marked = element.xpath(".//*[@itemprop='articleBody']")
    return marked[0] if marked else element


def _when(element: HtmlElement) -> str | None:
    for marked in element.xpath(".//*[@itemprop='datePublished']|.//time"):
        if written := marked.get("datetime") or marked.get("content"):
            return plain(written)
    return None
