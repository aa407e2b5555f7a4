"""From bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coverage.decoding import declared_charset, decode

TEXT = "The union’s café vote: 61 % “yes”, said Zoë.\r\n\r\nTalks go on.\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("cp1252"), "cp1252"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32-le"),
    ],
)
def test_each_encoding_gives_the_same_text(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.problem) == (TEXT, encoding, None)


def test_a_declared_encoding_is_used_where_utf8_is_not_valid() -> None:
    text = "Профсоюз возобновил переговоры"
    assert decode(text.encode("cp1251"), "windows-1251").text == text
    assert decode(text.encode("utf-8"), "windows-1251").text == text
    assert decode("naïve".encode("cp1252"), "iso-8859-1").text == "naïve"
    assert decode("“yes”".encode("cp1252"), "latin-1").text == "“yes”"


@pytest.mark.parametrize("label", ["no-such-charset", "rot13", "base64", "utf-8", "", "\0"])
def test_a_useless_declaration_does_no_harm(label: str) -> None:
    assert decode("café".encode("cp1252"), label).text == "café"


def test_two_encodings_in_one_file_are_each_read_as_what_they_are_and_noted() -> None:
    data = "The union’s “yes” came first. ".encode() + "The café’s no came later.".encode("cp1252")
    decoded = decode(data)
    assert decoded.text == "The union’s “yes” came first. The café’s no came later."
    assert decoded.problem
    assert "Windows-1252" in decoded.problem


def test_nul_characters_are_a_problem() -> None:
    assert decode(b"Talks\0 resumed on Monday, both sides said.").problem
    assert decode(b"").problem is None


def test_a_broken_utf16_file_keeps_what_can_be_read() -> None:
    decoded = decode(b"\xff\xfe" + "Talks".encode("utf-16-le") + b"\x00\xd8x")
    assert decoded.text.startswith("Talks")
    assert decoded.problem


def test_a_page_names_its_encoding() -> None:
    assert declared_charset(b'<html><meta charset="iso-8859-2">') == "iso-8859-2"
    assert declared_charset(b'<meta http-equiv=x content="text/html; charset=koi8-r">') == "koi8-r"
    assert declared_charset(b'<?xml version="1.0" encoding="utf-16"?><html>') == "utf-16"
    assert declared_charset(b"<p>charset</p>") is None


@given(st.binary(max_size=300), st.none() | st.text(max_size=12))
def test_any_bytes_give_a_text(data: bytes, declared: str | None) -> None:
    assert decode(data, declared) == decode(data, declared)


@given(st.text(max_size=200).filter(lambda t: "\0" not in t and not t.startswith("\ufeff")))
def test_valid_utf8_is_kept_to_the_letter(text: str) -> None:
    data = text.encode("utf-8", "ignore")
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        assert decode(data).text == data.decode("utf-8")
