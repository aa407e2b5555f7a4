"""PDF files with a text layer. They are taken apart in a process of their own with bounded time and memory, since
a small PDF can ask for both without end."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence

from onrecord.coverage.draft import Draft
from onrecord.coverage.limits import Limits
from onrecord.model import OnrecordError

_PAGE_NUMBER = re.compile(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
_HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad]\n(?=[a-z]{2})")
_ENDS = re.compile(r"[.!?:\u2026][\"'\u2019\u201d)\]]*$")
_FEWEST_PAGES = 3  # on which a line has to stand in the same place before it is a running head
_BROKEN = "the PDF is broken"


def read_pdf(data: bytes, limits: Limits) -> Draft:
    """The text layer of a PDF in the order of its pages, without running heads and page numbers; words parted at a
    line's end are joined.

    Raises OnrecordError when it is broken, protected, scanned, too long, or takes too much time or memory.
    """
    command = [sys.executable, "-P", "-c", _CHILD, str(limits.max_pages), str(limits.max_memory)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=limits.max_seconds, check=False)
    except subprocess.TimeoutExpired:
        raise OnrecordError(f"taking the PDF apart takes more than {limits.max_seconds:g} seconds") from None
    except OSError as error:
        raise OnrecordError(f"no process could be started to take the PDF apart ({error.strerror})") from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise OnrecordError(f"{_BROKEN}, or takes more than {limits.max_memory:,} bytes of memory") from None
    if "wrong" in answer:
        raise OnrecordError(str(answer["wrong"]))
    text = joined([str(page) for page in answer["pages"]])
    if not text:
        raise OnrecordError(
            "the PDF holds pictures of pages and no text; run it through text recognition (OCR) first"
        )
    return Draft(text=text, title_line=True)


# What the child runs: no import of this package, so that it starts quickly and sees nothing of the record.
_CHILD = """
import io, json, logging, sys
pages, memory = int(sys.argv[1]), int(sys.argv[2])
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
except (ImportError, OSError, ValueError):
    pass
logging.disable(logging.CRITICAL)
sys.setrecursionlimit(2000)
out = {}
try:
    from pypdf import PdfReader
    reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
    if reader.is_encrypted and not reader.decrypt(""):
        out = {"wrong": "the PDF is protected by a password"}
    elif len(reader.pages) > pages:
        out = {"wrong": f"the PDF has {len(reader.pages):,} pages; one document has at most {pages:,}"}
    else:
        out = {"pages": [page.extract_text() for page in reader.pages]}
except MemoryError:
    out = {"wrong": "taking the PDF apart takes more memory than a document may"}
except BaseException as error:
    out = {"wrong": "the PDF is broken"}
    if "ependency" in type(error).__name__:
        out = {"wrong": "the PDF is encrypted; save it again without protection"}
sys.stdout.buffer.write(json.dumps(out).encode("ascii"))
"""


def joined(pages: Sequence[str]) -> str:
    """The text of pages as one: paragraphs parted by an empty line, lines within them kept."""
    lines = [[line.rstrip() for line in page.replace("\0", "").split("\n")] for page in pages]
    lines = [[line for line in page if line.strip()] for page in lines]
    running = _running(lines)
    kept = [[x for n, x in enumerate(page) if not _is_margin(x, n, len(page), running)] for page in lines]
    text = _paragraphs([page for page in kept if page])
    return _HYPHEN.sub("", text).encode("utf-8", "replace").decode("utf-8").strip()


def _running(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Lines that stand first or last on most pages, whatever number they begin or end with."""
    seen = Counter(
        key for page in pages for key in {_key(line) for line in (*page[:2], *page[-2:])} if len(page) > 4
    )
    fewest = max(_FEWEST_PAGES, len(pages) // 2)
    return frozenset(key for key, n in seen.items() if n >= fewest)


def _key(line: str) -> str:
    return re.sub(r"^\d+|\d+$", "#", line.strip())


def _is_margin(line: str, n: int, of: int, running: frozenset[str]) -> bool:
    at_edge = n < 2 or n >= of - 2
    return at_edge and (_key(line) in running or _PAGE_NUMBER.fullmatch(line.strip()) is not None)


def _paragraphs(pages: Sequence[Sequence[str]]) -> str:
    """Lines as paragraphs: one ends where a short line ends in a full stop, or where a short line stands alone."""
    width = sorted(len(line) for page in pages for line in page)
    usual = width[int(len(width) * 0.8)] if width else 0
    out: list[str] = []
    for page in pages:
        for line in page:
            out.append(line)
            short = len(line) < 0.75 * usual
            if short and (_ENDS.search(line) or (len(line) < 0.6 * usual and line[0].isupper())):
                out.append("")
    return "\n".join(out)
