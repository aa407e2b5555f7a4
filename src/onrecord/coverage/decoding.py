"""From bytes to text without losing a character: byte-order marks, declared encodings, Windows-1252, and files in
which two encodings were pasted together."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What these labels mean on the web (WHATWG Encoding Standard).
_MEANS_1252 = frozenset({"ascii", "iso8859-1", "cp1252"})
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_LETTER_OF_1252 = re.compile(rb"[\xc0-\xff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_UNIT = 4096
_MOJIBAKE_SHARE = 0.25  # English in Windows-1252 has a few accented letters, not a quarter of its bytes


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, its encoding by Python's name, ``how`` it is known ("byte-order mark", "valid UTF-8", "declared",
    "guessed"), and in a sentence what was wrong, if anything was."""

    text: str
    encoding: str
    how: str
    problem: str | None = None


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page names in a meta element or an XML declaration, if it names one."""
    head = data[:_UNIT]
    match = _XML_ENCODING.search(head) or _META_CHARSET.search(head)
    return match[1].decode("ascii") if match else None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of some bytes. A byte-order mark is no part of it; nothing else is removed or normalised.

    Never raises. Valid UTF-8 is believed before a declared encoding, since text in another encoding hardly ever
    is valid UTF-8 by chance.
    """
    decoded = _decoded(data, declared)
    if "\0" in decoded.text:
        return Decoded(decoded.text, decoded.encoding, decoded.how, "the text holds NUL characters")
    return decoded


def _decoded(data: bytes, declared: str | None) -> Decoded:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _after_mark(data[len(mark) :], encoding)
    if wide := unmarked_utf16(data):
        return _strict(data, wide, "pattern of NUL bytes") or _after_mark(data, wide)
    named = _known(declared)
    return (
        _strict(data, "utf-8", "valid UTF-8")
        or (_strict(data, named, "declared") if named and named not in ("utf-8", *_MEANS_1252) else None)
        or _mixed(data)
        or (_foreign(data) if named not in _MEANS_1252 else None)
        or Decoded(_as_1252(data), "cp1252", "declared" if named in _MEANS_1252 else "guessed")
    )


def _after_mark(data: bytes, encoding: str) -> Decoded:
    if decoded := _strict(data, encoding, "byte-order mark"):
        return decoded
    if encoding == "utf-8":
        return _mixed(data) or Decoded(_as_1252(data), "cp1252", "guessed")
    text = data.decode(encoding, "replace")
    return Decoded(
        text, encoding, "byte-order mark", f"some bytes are no valid {encoding.upper()} and were replaced"
    )


def _strict(data: bytes, encoding: str, how: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding, how)
    except (UnicodeDecodeError, LookupError):
        return None


def unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark, where it is evident: nearly every other byte is NUL, as in any Western text."""
    head = data[:_UNIT] if len(data) > _UNIT else data[: len(data) // 2 * 2]
    if len(head) < 4 or len(data) % 2:
        return None
    half = len(head) / 2
    even, odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if odd > 0.7 and even < 0.05:
        return "utf-16-le"
    if even > 0.7 and odd < 0.05:
        return "utf-16-be"
    return None


def _known(declared: str | None) -> str | None:
    try:
        info = codecs.lookup(declared or "")
    except (LookupError, ValueError):
        return None
    # "rot13" and the like are codecs but no text encodings.
    return info.name if getattr(info, "_is_text_encoding", True) else None


def _byte_as_1252(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)  # five bytes that Windows-1252 leaves open; browsers show the control character


_TABLE_1252 = [_byte_as_1252(byte) for byte in range(256)]


def _as_1252(data: bytes) -> str:
    return codecs.charmap_decode(data, "strict", "".join(_TABLE_1252))[0]


def _invalid_as_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(_TABLE_1252[byte] for byte in error.object[error.start : error.end]), error.end


codecs.register_error("onrecord.cp1252", _invalid_as_1252)


def _mixed(data: bytes) -> Decoded | None:
    """UTF-8 in which some bytes are Windows-1252: each read as what it is. None when no UTF-8 is in it."""
    kept = data.decode("utf-8", "ignore")
    sequences, strays = len(_NOT_ASCII.findall(kept)), len(data) - len(kept.encode("utf-8"))
    if sequences == 0 or strays > 20 * sequences:
        return None
    text = data.decode("utf-8", "onrecord.cp1252")
    note = "most of it is UTF-8 but some bytes are Windows-1252; each was read as what it is"
    return Decoded(text, "utf-8", "guessed", note)


def _foreign(data: bytes) -> Decoded | None:
    """Another legacy encoding, where so many bytes are no ASCII that Windows-1252 would be gibberish."""
    if len(_LETTER_OF_1252.findall(data[:_UNIT])) < max(4, _MOJIBAKE_SHARE * len(data[:_UNIT])):
        return None
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 8 * _UNIT]).best()
    return _strict(data, best.encoding, "guessed") if best else None
