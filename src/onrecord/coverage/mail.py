"""Mails and mailboxes: newsletters, alerts and digests. A digest is taken apart into its messages.

Only what the mail itself shows is read: no picture is fetched, no attachment opened.
"""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from typing import BinaryIO, cast

from onrecord.coverage.decoding import decode
from onrecord.coverage.draft import Draft
from onrecord.coverage.feeds import dated
from onrecord.coverage.limits import Limits
from onrecord.coverage.markup import Flow, fragment, plain
from onrecord.coverage.media import MAIL
from onrecord.coverage.parts import Part
from onrecord.model import OnrecordError

_DIGEST_RULE = re.compile(r"^-{30}\r?\n\r?\n?(?=(?:Date|From|Subject|Message)\S*: )", re.MULTILINE)
_FOOTER = re.compile(r"^(?:--[ ]?|_{40,})\r?$", re.MULTILINE)
_MAX_DEPTH = 20


def parsed(data: bytes) -> EmailMessage:
    """A message as its headers and parts.

    Raises OnrecordError when it is nested beyond reason.
    """
    try:
        return email.message_from_bytes(data, policy=email.policy.default)
    except (RecursionError, ValueError, LookupError, IndexError, AttributeError, TypeError):
        # The parser of the standard library breaks in these ways on headers that no mail program writes.
        raise OnrecordError("the mail cannot be taken apart") from None


# ------------------------------------------------------------------------------- mailboxes and digests


def messages(stream: BinaryIO, limits: Limits) -> Iterator[Part]:
    """The messages of a mailbox in mbox form, as a stream; a digest among them in its parts."""
    for n, (message, too_long) in enumerate(_split(stream, limits.max_bytes), 1):
        if too_long:
            yield Part(place=str(n), wrong=f"the message has more than {limits.max_bytes:,} bytes")
        else:
            yield from digest(message, str(n))


def _split(stream: BinaryIO, max_bytes: int) -> Iterator[tuple[bytes, bool]]:
    lines: list[bytes] = []
    size, blank, begun = 0, True, False
    while line := stream.readline(1 << 20):
        if blank and line.startswith(b"From "):
            if begun and (lines or size):
                yield b"".join(lines), size > max_bytes
            lines, size, begun = [], 0, True
        elif begun:
            size += len(line)
            if size <= max_bytes:
                lines.append(line)
            else:
                lines.clear()
        blank = line in (b"\n", b"\r\n")
    if begun and (lines or size):
        yield b"".join(lines), size > max_bytes


def digest(data: bytes, place: str) -> Iterator[Part]:
    """The messages of a digest (multipart/digest, forwarded messages, or the plain form of RFC 1153), or the mail
    itself when it is none."""
    try:
        inner = list(_inner(parsed(data), 0)) or _rfc1153(data)
    except OnrecordError as error:
        yield Part(place=place, wrong=str(error))
        return
    if not inner:
        yield Part(data=data, media_type=MAIL, place=place)
    for n, one in enumerate(inner, 1):
        yield Part(data=one, media_type=MAIL, place=f"{place}.{n}" if place else str(n))


def _inner(message: Message, depth: int) -> Iterator[bytes]:
    if depth > _MAX_DEPTH:
        raise OnrecordError("the mail nests its parts too deeply")
    if message.get_content_type() == "message/rfc822":
        for one in cast(list[Message], message.get_payload()) if message.is_multipart() else ():
            yield one.as_bytes(policy=email.policy.compat32)
    elif message.is_multipart():
        for part in cast(list[Message], message.get_payload()):
            yield from _inner(part, depth + 1)


def _rfc1153(data: bytes) -> list[bytes]:
    if b"-" * 30 not in data:
        return []
    pieces = _DIGEST_RULE.split(decode(data).text.replace("\r\n", "\n"))
    return [piece.strip("\n-").encode("utf-8") + b"\n" for piece in pieces[1:]] if len(pieces) > 2 else []


# ------------------------------------------------------------------------------- one mail


def read_mail(data: bytes, limits: Limits) -> Draft:
    """A mail: its HTML part where it has one, else its plain part; subject, sender and date.

    Raises OnrecordError when it has no text.
    """
    message = parsed(data)
    found = _body(message, limits)
    if not found.text:
        raise OnrecordError("the mail has no text")
    sender, address = email.utils.parseaddr(_header(message, "From") or "")
    return Draft(
        text=found.text,
        headings=found.headings,
        quoted=found.quoted,
        title=_header(message, "Subject"),
        outlet=plain(sender) or address.rpartition("@")[2] or None,
        published=dated(_header(message, "Date")),
    )


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
        return plain(str(value).encode("utf-8", "replace").decode("utf-8")) or None if value is not None else None
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):
        return None  # a header that the standard library cannot parse says nothing


def _body(message: EmailMessage, limits: Limits) -> Flow:
    plain_text: Flow | None = None
    for part in message.walk():
        if part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/html":
            found = fragment(_decoded(part), limits)
            if found.text:
                return found
        elif kind == "text/plain" and plain_text is None:
            text = _FOOTER.split(_decoded(part).replace("\r\n", "\n"), maxsplit=1)[0].strip()
            plain_text = Flow(text, frozenset(), ()) if text else None
    return plain_text or Flow("", frozenset(), ())


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return decode(payload, part.get_content_charset()).text if isinstance(payload, bytes) else ""
