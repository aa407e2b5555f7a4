"""Exports of news databases (Nexis, Factiva, ProQuest): one file, many articles, each with lines that say its
outlet, date, section, author and length. An article is kept as its stretch of the export's text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from onrecord.coverage.dates import IN_TEXT, parse_date
from onrecord.coverage.decoding import decode
from onrecord.coverage.draft import Draft
from onrecord.coverage.limits import Limits
from onrecord.coverage.markup import plain
from onrecord.coverage.parts import Part
from onrecord.model import Dated, KnownFrom, OnrecordError


class Service(StrEnum):
    NEXIS = "nexis"
    FACTIVA = "factiva"
    PROQUEST = "proquest"


_COUNTED = re.compile(r"^[ \t]*\d{1,4} of \d{1,4} DOCUMENTS[ \t]*$", re.MULTILINE)
_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_NEXIS_FIELDS = [
    "byline",
    "section",
    "length",
    "dateline",
    "headline",
    "highlight",
    "body",
    "graphic",
    "load-date",
    "language",
    "publication-type",
    "journal-code",
    "subject",
    "organization",
    "company",
    "ticker",
    "industry",
    "person",
    "geographic",
    "country",
    "state",
    "city",
    "classification",
    "notes",
    "url",
    "pub-type",
    "series",
    "correction-date",
    "correction",
    "document-type",
    "distribution",
    "type",
]
_NEXIS_FIELD = re.compile(
    rf"^[ \t]*(?P<name>{'|'.join(_NEXIS_FIELDS)}):[ \t]*(?P<rest>.*)$|^[ \t]*(?P<body>Body)[ \t]*$", re.I
)
_NEXIS_IN_PROSE = frozenset({"type", "notes", "url", "state", "city", "country", "person", "subject", "company"})
_FACTIVA_END = re.compile(
    r"^[ \t]*(?:AN[ \t|]*)?Document (?P<id>[A-Za-z]{2,12}0*\d{8,}[a-z0-9]*)[ \t|]*$", re.MULTILINE
)
_FACTIVA_CODES = [
    "HD",
    "BY",
    "CR",
    "WC",
    "PD",
    "ET",
    "SN",
    "SC",
    "ED",
    "PG",
    "VOL",
    "LA",
    "CY",
    "LP",
    "TD",
    "ART",
    "CO",
    "IN",
    "NS",
    "RE",
    "IPC",
    "IPD",
    "PUB",
    "AN",
    "SE",
    "CLM",
    "RF",
    "CT",
    "HLP",
]
_FACTIVA_CODE = re.compile(rf"^[ \t]*(?P<code>{'|'.join(_FACTIVA_CODES)})(?:[ \t]*\|[ \t]*|[ \t]+|$)(?P<rest>.*)$")
_WORDS = re.compile(r"^[\d,]{1,7} words$")
_PROQUEST_ID = re.compile(r"^[ \t]*ProQuest document ID:?[ \t]*(?P<id>\d{4,})", re.MULTILINE)
_PROQUEST_RULE = re.compile(r"^[ \t]*(?:_{20,}|Document \d{1,5} of \d{1,5})[ \t]*$", re.MULTILINE)
_PROQUEST_FIELD = re.compile(
    r"^[ \t]*(?P<name>Author|Publication info|Abstract|Links|Full text|Subject|Business indexing term|Location|"
    r"People|"
    r"Company / organization|Identifier / keyword|Title|Publication title|Publication year|Publication date|Pages|"
    r"First page|Section|Publisher|Place of publication|Country of publication|Publication subject|ISSN|e-ISSN|"
    r"Source type|Language of publication|Document type|ProQuest document ID|Document URL|Copyright|"
    r"Last updated|Database|Volume|Issue|Dateline|Column|Edition|Credit|URL|Number of pages|"
    r"Accession number):(?:[ \t]+|$)"
    r"(?P<rest>.*)$"
)
_COPYRIGHT = re.compile(r"^(?:copyright\b|©|\(c\)|all rights reserved)", re.IGNORECASE)
_EDITION = re.compile(r"\bedition$|^(?:edition|first|final|late|early|main|national)\b.{0,30}$", re.IGNORECASE)


def service_of(text: str) -> Service | None:
    """The database a text was exported from, None when it is no export."""
    if _PROQUEST_ID.search(text) and re.search(
        r"^[ \t]*(?:Full text|Publication (?:title|info)):", text, re.MULTILINE
    ):
        return Service.PROQUEST
    if _FACTIVA_END.search(text) and re.search(
        r"^[ \t]*(?:WC[ \t|]*)?[\d,]{1,7} words[ \t|]*$", text, re.MULTILINE
    ):
        return Service.FACTIVA
    is_nexis = _COUNTED.search(text) or _END.search(text)
    if is_nexis and re.search(r"^[ \t]*(?:LENGTH|LOAD-DATE|BODY|SECTION):", text, re.MULTILINE | re.IGNORECASE):
        return Service.NEXIS
    return None


def articles(text: str, limits: Limits) -> Iterator[Part]:
    """The articles of an export; nothing when the text is none. One that cannot be read is a problem of its
    own."""
    service = service_of(text)
    if service is None:
        return
    for n, piece in enumerate(_SPLIT[service](text), 1):
        if n > limits.max_parts:
            yield Part(
                place=str(n), wrong=f"the export has more than {limits.max_parts:,} articles; the rest was left"
            )
            return
        data = piece.encode("utf-8")
        try:
            _fields(piece, service)
        except OnrecordError as error:
            yield Part(place=str(n), wrong=str(error), hint="the other articles are read")
        else:
            yield Part(data=data, media_type=f"text/plain; export={service.value}", place=str(n))


def _before(end: re.Pattern[str], text: str) -> Iterator[str]:
    """The stretches that a closing line ends; what follows the last of them is no article."""
    at = 0
    for match in end.finditer(text):
        yield text[at : match.end()]
        at = match.end()


def _after(start: re.Pattern[str], text: str) -> Iterator[str]:
    """The stretches behind an opening line."""
    starts = [m.end() for m in start.finditer(text)]
    ends = [*(m.start() for m in start.finditer(text)), len(text)][1:]
    for begin, end in zip(starts, ends, strict=True):
        if text[begin:end].strip():
            yield text[begin:end]


def _nexis_pieces(text: str) -> Iterator[str]:
    yield from _after(_COUNTED, text) if _COUNTED.search(text) else _before(_END, text)


def _proquest_pieces(text: str) -> Iterator[str]:
    for piece in _after(_PROQUEST_RULE, "_" * 30 + "\n" + text):
        if re.search(r"^[ \t]*Full text:|^[ \t]*ProQuest document ID:", piece, re.MULTILINE):
            yield piece


_SPLIT: dict[Service, Callable[[str], Iterator[str]]] = {
    Service.NEXIS: _nexis_pieces,
    Service.FACTIVA: lambda text: _before(_FACTIVA_END, text),
    Service.PROQUEST: _proquest_pieces,
}


# ------------------------------------------------------------------------------- one article


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fields:
    body: Sequence[str]
    title: str | None = None
    outlet: str | None = None
    date: str | None = None
    byline: str | None = None
    credit: str | None = None
    section: str | None = None
    dateline: str | None = None
    url: str | None = None


def read_article(data: bytes, service: str) -> Draft:
    """An article of an export.

    Raises OnrecordError when it has no text.
    """
    decoded = decode(data)
    found = _fields(decoded.text, Service(service))
    return Draft(
        text=_text(found.body),
        title=found.title,
        outlet=found.outlet,
        byline=found.byline,
        credit=found.credit,
        section=found.section,
        dateline=found.dateline,
        url=found.url,
        published=_date(found.date),
        problem=decoded.problem,
    )


def _fields(text: str, service: Service) -> _Fields:
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\xa0", " ").split("\n")]
    found = _PARSE[service](lines)
    if not any(line.strip() for line in found.body):
        raise OnrecordError(f"an article of the {service.value.capitalize()} export has no text")
    return found


def _text(body: Sequence[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(body)).strip()


def _date(written: str | None) -> Dated:
    found = parse_date(written, KnownFrom.METADATA) if written else Dated()
    return found if found.value else Dated()


def _is_date(line: str) -> bool:
    match = IN_TEXT.match(line)
    return match is not None and len(line) - match.end() < 40


def _joined(lines: Sequence[str]) -> str | None:
    return plain(" ".join(lines)) or None


def _name(byline: str | None) -> str | None:
    return re.sub(r"^by\s+", "", byline, flags=re.IGNORECASE) if byline else None


def _nexis(lines: Sequence[str]) -> _Fields:
    head: list[str] = []
    fields: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        match = _NEXIS_FIELD.match(line)
        found = (match["name"] or match["body"]).lower() if match else ""
        if match and not (name == "body" and (found in _NEXIS_IN_PROSE or found in fields)):
            name = found
            fields.setdefault(name, []).append(match["rest"] or "")
        elif _END.match(line) or (name == "body" and _COPYRIGHT.match(line)):
            name = "end"
        elif name == "body" or (name and line and name != "end"):
            fields[name].append(line)
        elif not name and line and not _COPYRIGHT.match(line):
            head.append(line)
    at = next((n for n, line in enumerate(head) if _is_date(line)), None)
    title, outlet = _joined(fields.get("headline", ())), None
    if at is not None:
        outlet = head[at - 1] if at else None
        behind = [line for line in head[at + 1 :] if not _EDITION.search(line)]
        title = title or _joined(behind) or (head[at - 2] if at > 1 else None)
    return _Fields(
        body=fields.get("body", ()),
        title=title,
        outlet=outlet,
        date=head[at] if at is not None else None,
        byline=_name(_joined(fields.get("byline", ()))),
        section=_joined(fields.get("section", ())),
        dateline=_joined(fields.get("dateline", ())),
        url=_joined(fields.get("url", ())),
    )


def _factiva(lines: Sequence[str]) -> _Fields:
    lines = [line.rstrip("| ") for line in lines if not _FACTIVA_END.match(line)]
    coded: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        match = _FACTIVA_CODE.match(line)
        if match and (match["code"] not in coded) and (code or match["code"] in ("SE", "HD", "CLM")):
            code = match["code"]
            coded[code] = [match["rest"].strip()]
        elif code:
            coded[code].append(line)
    if "HD" in coded and ("TD" in coded or "LP" in coded or "ART" in coded):
        return _Fields(
            body=[*coded.get("LP", ()), "", *coded.get("TD", ()), *coded.get("ART", ())],
            title=_joined(coded["HD"]),
            outlet=_joined(coded.get("SN", ())),
            date=_joined(coded.get("PD", ())),
            byline=_name(_joined(coded.get("BY", ()))),
            credit=_joined(coded.get("CR", ())),
            section=_joined(coded.get("SE", ())),
        )
    return _factiva_plain(lines)


def _factiva_plain(lines: Sequence[str]) -> _Fields:
    """The form without codes: section, headline, author, "N words", date, time, outlet, its code, language,
    copyright, then the text."""
    count = next((n for n, line in enumerate(lines) if _WORDS.match(line)), None)
    if count is None:
        return _Fields(body=())
    head = [line for line in lines[:count] if line]
    behind = list(lines[count + 1 :])
    byline = head.pop() if len(head) > 1 and re.match(r"by\s", head[-1], re.IGNORECASE) else None
    date = next((line for line in behind[:4] if _is_date(line)), None)
    start = next((n for n, line in enumerate(behind[:16]) if _COPYRIGHT.match(line)), None)
    facts = [line for line in behind[: start if start is not None else 6] if line and not _is_date(line)]
    outlet = next((f for f in facts if not re.match(r"\d{1,2}:\d\d|[A-Z0-9]{2,12}$", f)), None)
    return _Fields(
        body=behind[start + 1 :] if start is not None else behind[7:],
        title=head[-1] if head else None,
        section=head[-2] if len(head) > 1 and len(head[-2]) < 40 else None,
        outlet=outlet,
        date=date,
        byline=_name(byline),
    )


def _proquest(lines: Sequence[str]) -> _Fields:
    fields: dict[str, list[str]] = {}
    name = ""
    head: list[str] = []
    for line in lines:
        match = _PROQUEST_FIELD.match(line)
        if match and match["name"] not in fields and not _PROQUEST_RULE.match(line):
            name = match["name"]
            fields[name] = [match["rest"]]
        elif name:
            fields[name].append(line)
        elif line and not _PROQUEST_RULE.match(line):
            head.append(line)
    info = _joined(fields.get("Publication info", ())) or ""
    return _Fields(
        body=fields.get("Full text", ()),
        title=_joined(fields.get("Title", ())) or (head[0] if head else None),
        outlet=_joined(fields.get("Publication title", ())) or re.split(r"\s*[;,]", info)[0] or None,
        date=_joined(fields.get("Publication date", ())) or _found_date(info),
        byline=_turned(_joined(fields.get("Author", ()))),
        credit=_joined(fields.get("Credit", ())),
        section=_joined(fields.get("Section", ())),
        dateline=_joined(fields.get("Dateline", ())),
        url=next((x for x in fields.get("URL", ()) if x.startswith("http")), None),
    )


def _found_date(info: str) -> str | None:
    match = IN_TEXT.search(info)
    return match[0] if match else None


def _turned(author: str | None) -> str | None:
    """ "Quill, Ada; Fenn, Tom" as people write it."""
    if not author:
        return None
    names = [part.partition(",") for part in author.split(";")]
    return ", ".join(f"{given.strip()} {family.strip()}".strip() for family, _, given in names)


_PARSE: dict[Service, Callable[[Sequence[str]], _Fields]] = {
    Service.NEXIS: _nexis,
    Service.FACTIVA: _factiva,
    Service.PROQUEST: _proquest,
}
