"""Whatever the bytes and the extension: articles and problems, never an exception."""

from __future__ import annotations

import tempfile
import tomllib
from importlib.resources import files
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.coverage.rows import TABLES
from onrecord.model import Article
from tests.coverage.helpers import article, read

EXTENSIONS = [
    *tomllib.loads(files("onrecord.coverage").joinpath("data/media_types.toml").read_text("utf-8"))["read"],
    "",
    "pdf",
    "xyz",
]
PIECES = st.sampled_from(
    [
        b"<html>", b"<p>", b"</p>", b"<div>", b"<!--", b"<script>", b"&#", b"<?xml", b'<meta charset="utf-16">',
        b'{"text": "', b'"}', b"[", b"]", b",", b'"', b"\n", b"\r\n", b"text,date\n", b"id;body\n", b"\t",
        b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b"\xe9", b"\xe2\x80\x9c", b"Talks resumed on Monday. ", b": \n\n",
        b"By Ada Quill\n",
        b" date 2024-02-30 ", b"LONDON (PA) - ", b"\\ud800", b"9" * 30,
    ]
)  # fmt: skip
DATA = st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=25).map(b"".join))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=DATA, extension=st.sampled_from(EXTENSIONS))
def test_any_bytes_under_any_extension(data: bytes, extension: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{extension}"
        path.write_bytes(data)
        articles, problems = read(path)
        assert articles or problems
        assert (articles, problems) == read(path)
    for found in articles:
        check(found)
    assert all(p.message and "\n" not in p.message for p in problems)


@settings(max_examples=100, deadline=None)
@given(data=DATA, media_type=st.sampled_from(["text/html", "text/plain", *sorted(TABLES)]))
def test_any_bytes_under_any_media_type(data: bytes, media_type: str) -> None:
    try:
        check(article(data, media_type))
    except AssertionError as error:
        assert "Problem(" in str(error)


def check(found: Article) -> None:
    """Spans slice the text, and every character that is no space is in exactly one block."""
    at = 0
    for block in found.blocks:
        assert not found.text[at : block.span.start].strip()
        assert block.span.of(found.text) == block.span.of(found.text).strip() != ""
        at = block.span.end
    assert not found.text[at:].strip()
    for embed in found.embeds:
        assert 0 <= embed.span.start < embed.span.end <= len(found.text)
    if found.published.span:
        assert found.published.span.of(found.text)
