"""Find what a text announces and the capture does not hold: "issued a joint statement:" and then nothing.

Announced matter is there when what follows is a quotation, a list or an indented block, or begins as a letter or
a statement in the first person does. Otherwise it is recorded as missing; what it said is never guessed.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate, islice

from onrecord.coverage.paragraphs import is_list_item, paragraphs
from onrecord.model import Block, BlockRole, Embed, Span

_QUOTED = re.compile("[\"“‘«„‹]|'(?=\\w)|>")
# A letter or a statement printed without quotation marks.
_OWN_VOICE = re.compile(
    r"(?:dear|to (?:all|our|the) (?:\w+ ){0,3}(?:members|colleagues|friends|customers|readers|employees|staff)"
    r"|hello|hi|friends|colleagues|comrades|brothers and sisters|we|our|i|my|as (?:a|your) (?:union|company))\b",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(r"[.!?…][\"'’”)\]]*\s+")
_CLAUSE_START = re.compile(r"[,;:—–]\s+|\s(?:and|but)\s+(?:then\s+)?")
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
# How many words may stand between the announcing word and the colon: "tweets that put it into perspective:".
_AFTER_NOUN, _AFTER_VERB = 7, 4
_URL_ALONE = re.compile(r"\W*(?:https?://)?((?:[\w-]{1,63}\.){1,4}[a-z]{2,12})(?:/[^\s]*)?\W*", re.IGNORECASE)
_ITEM_LENGTH = 90
_STOP = re.compile(r"[.!?…:][\"'’”)\]]*$")
_SET_ASIDE = frozenset({BlockRole.CREDIT, BlockRole.BOILERPLATE})


@dataclass(frozen=True, slots=True)
class _Words:
    nouns: Mapping[str, str]
    noun: re.Pattern[str]
    verb: re.Pattern[str]
    pointer: re.Pattern[str]
    hosts: Mapping[str, str]


@cache
def _words() -> _Words:
    table = tomllib.loads(files("onrecord.coverage").joinpath("data/embeds.toml").read_text("utf-8"))
    nouns = {form: noun for noun, forms in table["nouns"].items() for form in forms}

    def any_of(phrases: Sequence[str]) -> re.Pattern[str]:
        longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)

    verbs, pointers = table["verbs"]["list"], table["pointers"]["list"]
    return _Words(nouns, any_of(list(nouns)), any_of(verbs), any_of(pointers), table["hosts"])


def missing(text: str, blocks: Sequence[Block], *, quoted: Sequence[Span] = ()) -> tuple[Embed, ...]:
    """The announcements of a text whose matter is not there, in text order.

    ``quoted``: stretches that a page marks as quotation or list, whatever they look like.
    """
    colons = any(_ends_in_colon(text, block) for block in blocks)
    layout = {p.span.start: (p.empty_before, p.indented) for p in paragraphs(text)} if colons else {}
    in_quotation = _overlapping(blocks, quoted)
    out: list[Embed] = []
    for n, block in enumerate(blocks):
        if block.role is not BlockRole.PARAGRAPH or block in in_quotation:
            continue
        if what := _host(block.span.of(text)):
            # Right behind its announcement an address is the same missing embed.
            if not out or out[-1].span.end != blocks[n - 1].span.end:
                out.append(Embed(block.span, what))
        elif _ends_in_colon(text, block):
            following = (b for b in blocks[n + 1 :] if b.role not in _SET_ASIDE)
            if not _holds(text, list(islice(following, 2)), layout, in_quotation):
                out += _announcement(text, block.span)
    return tuple(out)


def _ends_in_colon(text: str, block: Block) -> bool:
    return text[block.span.end - 1] in ":："


def _overlapping(blocks: Sequence[Block], spans: Sequence[Span]) -> frozenset[Block]:
    ordered = sorted(spans)
    ends = list(accumulate((span.end for span in ordered), max))
    found = set()
    for block in blocks:
        before = bisect_left(ordered, block.span.end, key=lambda span: span.start)
        if before and ends[before - 1] > block.span.start:
            found.add(block)
    return frozenset(found)


def _holds(
    text: str, rest: Sequence[Block], layout: Mapping[int, tuple[int, bool]], in_quotation: frozenset[Block]
) -> bool:
    """Whether what follows an announcement is what it announces."""
    if not rest:
        return False
    block = rest[0]
    following = block.span.of(text)
    if block in in_quotation or _QUOTED.match(following) or is_list_item(following):
        return True
    if _host(following):
        return False
    empty_before, indented = layout.get(block.span.start, (1, False))
    if indented:
        return True
    if empty_before >= 2:
        return False
    return _OWN_VOICE.match(following) is not None or _is_unmarked_list(text, rest)


def _is_unmarked_list(text: str, rest: Sequence[Block]) -> bool:
    items = [b.span.of(text) for b in rest[:2]]
    return len(items) == 2 and all(len(item) <= _ITEM_LENGTH and not _STOP.search(item) for item in items)


def _announcement(text: str, span: Span) -> list[Embed]:
    """The clause at the end of a paragraph that announces something; empty when the colon only explains."""
    words = _words()
    starts = [m.end() for m in _SENTENCE_START.finditer(text, span.start, span.end)]
    sentence = Span(starts[-1] if starts and starts[-1] < span.end else span.start, span.end)
    noun = _last(words.noun, text, sentence, _AFTER_NOUN)
    key = noun or _last(words.verb, text, sentence, _AFTER_VERB)
    if key:
        return [Embed(_clause(text, sentence, key.start()), words.nouns[noun[0].lower()] if noun else "")]
    if words.pointer.search(text, sentence.start, sentence.end) and len(starts) > 0:
        before = Span(starts[-2] if len(starts) > 1 else span.start, sentence.start)
        if named := _last(words.noun, text, before, len(text)):
            return [Embed(sentence, words.nouns[named[0].lower()])]
    return []


def _last(pattern: re.Pattern[str], text: str, within: Span, words_after: int) -> re.Match[str] | None:
    """The last match within a stretch, if at most so many words follow it there."""
    found = deque(pattern.finditer(text, within.start, within.end), maxlen=1)
    if not found:
        return None
    after = sum(1 for _ in _WORD.finditer(text, found[0].end(), within.end))
    return found[0] if after <= words_after else None


def _clause(text: str, sentence: Span, key: int) -> Span:
    """The clause around an announcing word, up to the colon."""
    starts = [m.end() for m in _CLAUSE_START.finditer(text, sentence.start, key)]
    return Span(starts[-1] if starts else sentence.start, sentence.end)


def _host(paragraph: str) -> str | None:
    if len(paragraph) > 400 or not (match := _URL_ALONE.fullmatch(paragraph)):
        return None
    host = match[1].lower().removeprefix("www.").removeprefix("m.").removeprefix("mobile.")
    return _words().hosts.get(host)
