"""Runs of capitals in a line that may be names, and what kind of name each is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from onrecord.parties.lines import Line, vocabulary
from onrecord.parties.names import Word

_NO_OPENER = frozenset({"DET", "ADP", "PRON", "SCONJ", "CCONJ", "ADV", "VERB", "AUX", "INTJ", "PART", "PUNCT"})


class Name(StrEnum):
    """What a run of capitals is the name of, by its own words."""

    UNION = "union"
    EMPLOYERS_BODY = "employers_body"
    BODY = "body"  # an association of whom it does not say
    COMPANY = "company"
    PUBLIC = "public"
    OUTLET = "outlet"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words ``[first, last)`` of line ``line``."""

    line: int
    first: int
    last: int
    keys: tuple[str, ...]
    name: Name


def chunks(n: int, line: Line, blocked: Collection[int]) -> list[Chunk]:
    """The runs of capitals of a line outside the blocked words; none in a line that has them throughout."""
    found: list[Chunk] = []
    letters = [w for w in line.words if w.text[0].isalpha()]
    # A title with a capital at each word does not tell names from words, nor does a line in capitals.
    capitals = sum(w.capital for w in letters)
    in_capitals = all(w.text.isupper() for w in letters) and len(letters) > 2
    if not letters or in_capitals or (not line.prose and capitals > max(0.7 * len(letters), 2)):
        return found
    i = 0
    while i < len(line.words):
        if i in blocked or not _starts(line, i):
            i += 1
            continue
        last = _end(line.words, i, blocked)
        if not _dateline(line.words, i, last):
            keys = tuple(w.norm for w in line.words[i:last])
            found.append(Chunk(n, i, last, keys, kind(keys)))
        i = last
    return found


def _starts(line: Line, i: int) -> bool:
    word = line.words[i]
    if (
        not word.capital
        or word.norm in vocabulary().single["grammar.openers"]
        or word.norm in vocabulary().single["grammar.calendar"]
    ):
        return False
    if word.norm == "local" and i + 1 < len(line.words) and line.words[i + 1].text.isdigit():
        return True
    if opens(line, i):
        following = line.words[i + 1] if i + 1 < len(line.words) else None
        named = (
            following is not None
            and following.capital
            and following.norm not in vocabulary().single["grammar.openers"]
        )
        return line.pos[i] not in _NO_OPENER and (named or word.possessive or line.pos[i] == "PROPN")
    return True


def opens(line: Line, i: int) -> bool:
    """Whether a word stands where a sentence or a quotation begins, so that its capital says nothing."""
    return (
        not line.prose
        or all(not w.text[0].isalnum() for w in line.words[:i])
        or line.words[i - 1].text in '"\u201c:'
    )


def _end(found: Sequence[Word], first: int, blocked: Collection[int]) -> int:
    at = first + 1
    while at < len(found) and at not in blocked:
        before, word = found[at - 1], found[at]
        if before.possessive and not _possessive_inside(found, first, at, blocked):
            break
        if (word.capital and word.norm not in vocabulary().single["grammar.calendar"]) or (
            before.norm == "local" and word.text.isdigit()
        ):
            at += 1
        elif step := _joined(found, first, at, blocked):
            at = step
        else:
            break
    return at


def _possessive_inside(found: Sequence[Word], first: int, at: int, blocked: Collection[int]) -> bool:
    """ "Pilots' Association" and "St. Ann's Hospital Group" go on after it, "Acme's Ann Lee" does not."""
    if not found[at].capital:
        return False
    words = vocabulary().single
    rest = _capitals(found, at, blocked)
    if found[at].norm in ("guild", "union", "association", "federation") and len(rest) == 1:
        return True  # "Writer's Guild", as some write it
    heads = words["organisations.union"] | words["organisations.body"] | words["organisations.company"]
    if found[at - 1].text.casefold().endswith(("s", "men")):
        return any(k in heads for k in rest)
    return any(k in words["organisations.company"] for k in rest)


def _capitals(found: Sequence[Word], at: int, blocked: Collection[int]) -> tuple[str, ...]:
    end = at
    while end < len(found) and end not in blocked and found[end].capital:
        end += 1
    return tuple(w.norm for w in found[at:end])


def _joined(found: Sequence[Word], first: int, at: int, blocked: Collection[int]) -> int:
    """Where a name goes on after "of", "for", "and" or a comma within it; 0 where it ends."""
    words = vocabulary().single
    so_far = [w.norm for w in found[first:at]]
    heads = words["organisations.union"] | words["organisations.body"]
    if found[at].norm in ("of", "for"):
        after = at + 2 if at + 1 < len(found) and found[at + 1].norm == "the" else at + 1
        open_head = so_far[-1] in heads or so_far[-1] in ("university", "port", "bank", "city", "board")
        numbered = so_far[0] == "local" and found[at].norm == "of"
        if (open_head and not numbered) and _capitals(found, after, blocked):
            return after + 1
        return 0
    if found[at].norm not in ("and", ","):
        return 0
    right = _capitals(found, at + 1, blocked)
    if not right:
        return 0
    within = any(w in ("of", "for") for w in so_far) and so_far[0] not in ("university", "port", "city")
    if within and not any(w in heads for w in so_far[so_far.index("of") + 1 if "of" in so_far else 0 :]):
        # "Union of Rail, Maritime and Transport Workers": the list ends with those it is a union of.
        tail = tuple(w.norm for w in found[at + 1 : at + 9])
        if found[at].norm == "and" or "and" in tail:
            return at + 2
        return 0
    headless = not any(w in heads or w in words["organisations.company"] for w in so_far)
    the = first > 0 and found[first - 1].norm == "the"
    if found[at].norm == "and" and headless and the and len(so_far) <= 2 and right[-1] in heads:
        return at + 1 + len(right)
    return 0


def _dateline(found: Sequence[Word], first: int, last: int) -> bool:
    """ "SALT BAY, June 3 -" at the beginning."""
    upper = all(w.text.isupper() for w in found[first:last]) and sum(len(w.text) for w in found[first:last]) > 4
    return first == 0 and upper and last < len(found) and found[last].text in ",(-\u2013\u2014"


def kind(keys: tuple[str, ...]) -> Name:
    """What a name is that of, by its own words alone."""
    known = vocabulary()
    single = known.single
    if keys[0] == "local" and len(keys) > 1 and keys[1].isdigit():
        return Name.UNION
    if len(keys) < 2:
        return Name.OTHER
    body = not single["organisations.body"].isdisjoint(keys)
    if not {"union", "unions", "guild", "brotherhood", "teamsters"}.isdisjoint(keys):
        return Name.UNION
    if "trades" in keys and "council" in keys:
        return Name.UNION
    if known.has("organisations.union", keys) and (
        body or "of" in keys or not vocabulary().single["grammar.union_openers"].isdisjoint(keys)
    ):
        return Name.UNION
    if body and known.has("organisations.employers", keys):
        return Name.EMPLOYERS_BODY
    head = keys[keys.index("of") - 1] if "of" in keys[1:] else keys[-1]
    if head in single["organisations.company"]:
        return Name.COMPANY
    if body:
        return Name.BODY
    if keys[-1] in single["organisations.outlet"]:
        return Name.OUTLET
    if head in single["organisations.public"] or keys[0] in single["organisations.public"]:
        return Name.PUBLIC
    return Name.OTHER
