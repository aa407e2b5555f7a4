"""The border between finding the spans of an attribution and reading them."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content of one attribution as spans of the captured text, each in text order.

    The source is empty when the text leaves it out ("is expected to"), the cue when nothing but the quotation
    marks attributes (a quotation that goes on). The content may come in several spans when the tag interrupts
    it. The terms are those of PARC and PolNeAR (Pareti 2012; Newell et al. 2018).
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]

    @property
    def start(self) -> int:
        """The offset at which the first of the spans begins."""
        return min(s.start for s in (*self.source, *self.cue, *self.content))
