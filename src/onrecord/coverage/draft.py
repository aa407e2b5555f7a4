"""What each kind of source gives: a text, with what its container says of it."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.coverage.fields import Fields
from onrecord.model import Dated, KnownFrom, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text on its way to an article. ``row``: a row's own fields, as good as given. ``title_line``: whether the
    first line may be the title. ``headings``: where paragraphs that are headings start; ``quoted``: stretches
    marked as quotations, lists or tables. ``outlet_from``: URL when only the address's host names the outlet.
    ``published`` goes before a header of the text where ``row`` or the user does not say more."""

    text: str
    row: Fields | None = None
    title: str | None = None
    outlet: str | None = None
    outlet_from: KnownFrom = KnownFrom.METADATA
    byline: str | None = None
    credit: str | None = None
    section: str | None = None
    dateline: str | None = None
    url: str | None = None
    published: Dated = Dated()
    modified: Dated = Dated()
    title_line: bool = False
    headings: frozenset[int] = frozenset()
    quoted: tuple[Span, ...] = ()
    problem: str | None = None
