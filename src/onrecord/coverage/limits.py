"""How much of a source is read before it is set aside with a sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on what one document may cost. A document above one of them becomes a problem, never a crash.

    ``max_bytes``: of a file, of one row of a table or one part of an archive (tables, mailboxes and web archives
    may be of any size: they are read as streams), and of anything that is unpacked.
    ``max_chars``: of a document's text; a long book has about a million, a long news feature 50,000.
    ``max_tree``: of a page, the sum of its elements' depths; the extraction's time grows with it (2 million take
    about four seconds; a usual news page has 10,000 to 100,000).
    ``max_parts``: entries of a feed, articles of an export, addresses of a list. ``max_pages``: of a PDF.
    ``max_seconds``: for taking one PDF apart, in a process of its own with ``max_memory`` bytes.
    """

    max_bytes: int = 20_000_000
    max_chars: int = 400_000
    max_tree: int = 2_000_000
    max_parts: int = 10_000
    max_pages: int = 1_000
    max_seconds: float = 60.0
    max_memory: int = 2_000_000_000
