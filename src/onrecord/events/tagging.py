"""Classes of words for every token of a document: labour, management, strike, talks, deal, and so on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from spacy.tokens import Doc, Token

from onrecord.events.lexicon import classes, words
from onrecord.model import PartyKind, Side
from onrecord.parties.who import Who
from onrecord.text.parse import Parsed

Tags = tuple[frozenset[str], ...]

_DATE = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october|"
    r"november|december|jan|feb|mar|apr|aug|sept|sep|oct|nov|dec|today|tomorrow|yesterday|tonight|midnight|noon|week|"
    r"weekend|eve|christmas|easter|thanksgiving|morning|evening|night|afternoon|month|day|"
    r"\d{1,2}(?:st|nd|rd|th)|may"
)
_PRONOUNS = frozenset(["they", "we", "it", "he", "she", "who", "you", "i", "them", "us"])
_ANOTHER = frozenset(["another", "neither", "each", "third", "second", "both", "one", "first"])
_NOMINAL = frozenset({"NOUN", "PROPN", "X"})
_VERBAL_NOUNS = frozenset({"negotiation", "bargaining", "talk", "mediation", "picketing", "voting"})


def tags(parsed: Parsed, who: Who) -> Tags:
    """The classes of each token. A word in another sense (data/senses.toml) has none."""
    table, doc = classes(), parsed.doc
    norms = tuple(_norms(t) for t in doc)
    found: list[set[str]] = [set() for _ in doc]
    for token in doc:
        if token.is_space or token.is_punct:
            continue
        _tag_words(token, norms, table, found)
        if token.lower_ in _PRONOUNS:
            found[token.i].add("pronoun")
        if token.lower_ in _ANOTHER:
            found[token.i].add("another")
        if token.pos_ == "PROPN":
            found[token.i].add("name")
        if _is_date(token):
            found[token.i].add("#date")
        if token.lower_ in ("%", "percent", "cent"):
            found[token.i].add("percent")
        if token.pos_ == "NUM" or token.lower_ in ("hundreds", "thousands", "dozens", "scores"):
            found[token.i].add("number")
        if token.ent_type_ == "MONEY" or token.is_currency:
            found[token.i].add("#money")
        if _is_trade(token, found[token.i]):
            found[token.i] |= {"labour", "members"}
    _tag_titles(doc, found)
    _tag_speakers(doc, found)
    _tag_mentions(parsed, who, found)
    return tuple(frozenset(f) for f in found)


def _is_trade(token: Token, classes_found: set[str]) -> bool:
    """An occupation by its ending, in the plural: "signallers", "radiographers", "pressmen". Words with such an
    ending that name no workers are listed (data/trades.toml)."""
    if token.tag_ != "NNS" or classes_found & _NO_TRADE or not token.lower_.endswith(_TRADE_ENDINGS):
        return False
    return token.lower_ not in _not_trades() and token.dep_ not in ("compound", "npadvmod")


_TRADE_ENDINGS = ("ers", "ors", "ists", "ians", "men", "women", "eers", "hands", "keepers")
_NO_TRADE = frozenset(
    {"labour", "management", "thirdparty", "court", "party", "bearer", "offer", "legal", "talks", "#date"}
)


@cache
def _not_trades() -> frozenset[str]:
    return frozenset(words("trades")["not_a_trade"])


def _tag_speakers(doc: Doc, found: list[set[str]]) -> None:
    """ "Acas said that it stood ready": the pronoun is the one who speaks."""
    for token in doc:
        if token.dep_ not in ("nsubj", "nsubjpass") or token.lower_ not in ("it", "they", "he", "she"):
            continue
        saying = token.head.head
        if token.head.dep_ != "ccomp" or saying.lemma_.lower() not in _saying():
            continue
        for subject in saying.children:
            if subject.dep_ == "nsubj":
                found[token.i] |= found[subject.i] & {"thirdparty", "court", "management", "labour", "outlet"}


@cache
def _saying() -> frozenset[str]:
    return frozenset(words("status")["saying"])


def _norms(token: Token) -> frozenset[str]:
    lower = token.lower_
    forms = {token.lemma_.lower(), lower}
    if token.pos_ in _NOMINAL and lower.endswith("s") and len(lower) > 3:
        forms.add(lower[:-1])
    return frozenset(forms)


def _tag_words(
    token: Token,
    norms: tuple[frozenset[str], ...],
    table: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]],
    found: list[set[str]],
) -> None:
    nominal = token.pos_ in _NOMINAL or _title_noun(token)
    for norm in norms[token.i]:
        if not nominal and norm not in _VERBAL_NOUNS:
            continue
        for entry, name in table.get(norm, ()):
            begin = token.i - len(entry) + 1
            if begin < 0 or (begin < token.i and not all(w in norms[begin + k] for k, w in enumerate(entry))):
                continue
            if norm == "talk" and token.tag_ not in ("NNS", "NNPS"):
                continue
            if name == "picket" and token.lower_ == "march" and _is_date(token):
                continue
            if not _other_sense(token.doc, begin, token.i, name):
                found[token.i].add(name)


def _title_noun(token: Token) -> bool:
    """The parser takes many nouns for verbs in "strike talks", and determiners such as "both" are no nouns."""
    return token.pos_ in ("DET", "PRON", "CCONJ") or (
        token.pos_ in ("VERB", "ADJ") and token.dep_ in ("dobj", "pobj", "nsubj", "nsubjpass", "compound")
    )


@cache
def _senses() -> Mapping[str, Mapping[str, frozenset[str]]]:
    return {n: {k: frozenset(v) for k, v in d.items()} for n, d in words("senses").items()}


def _other_sense(doc: Doc, begin: int, last: int, name: str) -> bool:
    senses = _senses().get(name)
    if senses is None:
        return False
    before = doc[begin - 1].lower_ if begin else ""
    if before == "-" and begin > 1:
        before = doc[begin - 2].lower_
    if before in senses["before"]:
        return True
    if last + 1 < len(doc) and doc[last + 1].lower_ in senses["after"]:
        return True
    wanted = senses["of"]
    return bool(wanted) and any(
        t.lower_ in wanted for c in doc[last].children if c.dep_ == "prep" for t in c.subtree
    )


def _tag_titles(doc: Doc, found: list[set[str]]) -> None:
    """ "Mayor Reyes", "Judge Lin": a name takes the class of the title before it."""
    for token in doc:
        if token.pos_ == "PROPN":
            for child in token.lefts:
                if child.dep_ in ("compound", "nmod", "appos"):
                    found[token.i] |= found[child.i] & {"thirdparty", "court"}


def _is_date(token: Token) -> bool:
    if token.lower_ == "may":
        return token.pos_ == "PROPN"
    if token.lower_ == "march":
        return token.pos_ == "PROPN"
    return _DATE.fullmatch(token.lower_) is not None


def _tag_mentions(parsed: Parsed, who: Who, found: list[set[str]]) -> None:
    for mention in who.mentions:
        tokens = parsed.tokens(mention.span)
        if not len(tokens):
            continue
        party = who.party(mention.party) if mention.party is not None else None
        if party is None:
            if who.both_sides(mention.span):
                found[tokens.root.i] |= {"both", "party"}
            continue
        names = {"party"}
        if party.side is Side.WORKERS:
            names.add("labour")
        elif party.side is Side.EMPLOYERS:
            names.add("management")
        elif party.kind is PartyKind.OUTLET:
            names = {"outlet"}
        elif party.kind is PartyKind.THIRD_PARTY or party.side is Side.NEITHER:
            names = {"thirdparty"}
        for token in tokens:
            if token.i == tokens.root.i or token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "ROOT", "attr"):
                if party.kind is PartyKind.OUTLET:
                    found[token.i] -= {"labour", "management", "party", "name"}
                if party.side is Side.EMPLOYERS:
                    found[token.i] -= {"labour", "members"}
                if party.side is Side.WORKERS:
                    found[token.i] -= {"management"}
                found[token.i] |= names
