"""Events of another dispute or another time: past strikes named for comparison are not events of this one."""

from __future__ import annotations

import re

from onrecord.events.clauses import Clause
from onrecord.text.parse import Parsed, Sentence

_YEAR = re.compile(r"(?<![\d,.$£€])\b(1[89]\d\d|20\d\d)\b(?![,.]\d|\s*(?:members|workers|people|votes))")
_FORMER = re.compile(
    r"\b(?:the last (?:time|strike|walkout|stoppage|dispute)|last strike|were last out"
    r"|(?:previous|earlier|past) (?:strike|walkout|stoppage|dispute)s?|(?:years|decades?) ago"
    r"|in (?:the )?(?:19[5-9]0s|the (?:fif|six|seven|eigh|nine)ties)|back in (?:1[89]|20)\d\d"
    r"|(?:during|in|of|since) that strike|same strike"
    r"|(?:first|biggest|largest|longest)[\w -]{0,40} (?:since|in) (?:1[89]|20)\d\d)\b",
    re.I,
)
# Said anywhere, these set the whole sentence in another time.
_THEN = re.compile(r"\b(?:the last time|the (?:last|previous) (?:strike|walkout)|were last out)\b", re.I)
_COMPARING = re.compile(
    r"\b(?:unlike|as in|compared with|compared to|not since|not like|reminiscent of|just as in)\b", re.I
)


def of_another_time(parsed: Parsed, sentence: Sentence, clause: Clause, when: str | None) -> bool:
    """Whether a clause tells of the past that the document only compares with.

    It does when its date lies more than a year before the document, when it names such a year, or when the
    sentence says so ("the last time", "years ago"). Without a document date the latest year in the text stands in.
    """
    now = _year(parsed)
    if when is not None and now is not None and when[:4].isdigit() and int(when[:4]) < now - 1:
        return True
    text = sentence.span.of(parsed.text)
    own = parsed.span(clause.first, clause.last).of(parsed.text)
    if _THEN.search(text) or _FORMER.search(own) or (_FORMER.search(text) and _distant(text, now)):
        return True
    if _COMPARING.search(text) and _distant(text, now):
        return True
    return _distant(own, now)


def _distant(text: str, now: int | None) -> bool:
    years = [int(y) for y in _YEAR.findall(text)]
    return bool(years) and now is not None and all(y < now - 1 for y in years)


def _year(parsed: Parsed) -> int | None:
    published = parsed.article.published.value
    if published is not None:
        return published.year
    years = [int(y) for y in _YEAR.findall(parsed.text)]
    return max(years) if years else None
