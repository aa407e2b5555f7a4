"""What changed from one revision of a text to the next: its headline and its sentences, in substance or in
punctuation alone, and what it no longer says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from onrecord.attribution.likelihood import wordings

_SIMILAR = 0.5  # share of words that two sentences need in common to be one sentence, reworded
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
# Words that leave a headline's claim open beside those of the likelihood lexicon; "could come" is not "comes".
_OPEN = frozenset(
    [
        "could",
        "may",
        "might",
        "possibly",
        "perhaps",
        "maybe",
        "likely",
        "unlikely",
        "reportedly",
        "apparently",
        "allegedly",
        "expected",
        "hopes",
        "hope",
        "hoped",
        "seek",
        "seeks",
        "talks-of",
        "potential",
        "possible",
        "probably",
        "set",
        "near",
        "nearing",
        "close",
        "closer",
        "poised",
        "report",
        "reports",
        "rumoured",
        "rumored",
        "said",
        "says",
        "claims",
        "claim",
        "would",
        "should",
        "if",
        "whether",
        "sources",
        "source",
    ]
)


class Change(StrEnum):
    """What became of a sentence."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    PUNCTUATION = "punctuation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A sentence before and after, each with its number; None where there is none."""

    change: Change
    before: tuple[int, str] | None = None
    after: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A headline before and after. ``dropped`` and ``added``: the words of doubt that it lost or gained; a
    headline that loses its last one now asserts what it left open."""

    before: str | None
    after: str | None
    change: Change
    dropped: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def lost_its_hedge(self) -> bool:
        """Whether it left its claim open before and no longer does."""
        return bool(self.dropped) and not _hedges(self.after or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """All that changed from one revision to the next."""

    headline: Headline | None
    sentences: tuple[Changed, ...]

    @property
    def substantial(self) -> bool:
        """Whether more than punctuation, case and space changed."""
        changes = [c.change for c in self.sentences] + ([self.headline.change] if self.headline else [])
        return any(c is not Change.PUNCTUATION for c in changes)


def differences(
    before: Sequence[tuple[int, str]],
    after: Sequence[tuple[int, str]],
    *,
    title_before: str | None,
    title_after: str | None,
) -> Differences:
    """Compare two texts by their numbered sentences. Sentences that only moved have not changed."""
    matcher = SequenceMatcher(None, [s for _, s in before], [s for _, s in after], autojunk=False)
    gone: list[tuple[int, str]] = []
    new: list[tuple[int, str]] = []
    out: list[Changed] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            gone += before[a:b]
            new += after[c:d]
    moved = {s for _, s in gone} & {s for _, s in new}
    gone = [g for g in gone if g[1] not in moved]
    new = [n for n in new if n[1] not in moved]
    for one in gone:
        match = _counterpart(one[1], new)
        if match is None:
            out.append(Changed(change=Change.REMOVED, before=one))
        else:
            new.remove(match)
            out.append(Changed(change=_kind(one[1], match[1]), before=one, after=match))
    out += [Changed(change=Change.ADDED, after=one) for one in new]
    return Differences(headline=_headline(title_before, title_after), sentences=tuple(out))


def gone(
    statements: Sequence[tuple[int | None, str | None, str]], text: str
) -> tuple[tuple[int | None, str | None, str], ...]:
    """The statements of an earlier revision (sentence, source, words) whose words the later text no longer has."""
    words = f" {' '.join(_words(text))} "
    return tuple(s for s in statements if f" {' '.join(_words(s[2]))} " not in words)


def _words(text: str) -> list[str]:
    return [w.replace("\u2019", "'").lower() for w in _WORD.findall(text)]


def _kind(before: str, after: str) -> Change:
    return Change.PUNCTUATION if _words(before) == _words(after) else Change.REWORDED


def _counterpart(sentence: str, candidates: Sequence[tuple[int, str]]) -> tuple[int, str] | None:
    """The sentence that another one became: the one that shares most words with it, if it shares enough."""
    wanted = _words(sentence)
    best, most = None, _SIMILAR
    for candidate in candidates:
        ratio = SequenceMatcher(None, wanted, _words(candidate[1]), autojunk=False).ratio()
        if ratio > most:
            best, most = candidate, ratio
    return best


def _headline(before: str | None, after: str | None) -> Headline | None:
    if (before or "").split() == (after or "").split():
        return None
    if before is None or after is None:
        return Headline(before=before, after=after, change=Change.ADDED if before is None else Change.REMOVED)
    had, has = _hedges(before), _hedges(after)
    return Headline(
        before=before,
        after=after,
        change=_kind(before, after),
        dropped=tuple(h for h in had if h not in has),
        added=tuple(h for h in has if h not in had),
    )


def _hedges(title: str) -> tuple[str, ...]:
    """The words of a headline that leave its claim open, in order; a question mark is one of them."""
    lower = " ".join(_words(title))
    found = [
        w for w in sorted(wordings(), key=len, reverse=True) if re.search(rf"\b{re.escape(w.lower())}\b", lower)
    ]
    found += [w for w in _words(title) if w in _OPEN and not any(w in f.split() for f in found)]
    return (*dict.fromkeys(found), *(("?",) if "?" in title else ()))
