"""Whether an event happened, is planned or possible, is denied, or goes on: from tense, mood and negation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from spacy.tokens import Doc, Token

from onrecord.events.clauses import Clause
from onrecord.events.lexicon import Rule, words
from onrecord.events.matching import Match
from onrecord.events.tagging import Tags
from onrecord.events.untold import sought, untold
from onrecord.model import EventStatus, EventType

_LASTING = frozenset(
    {EventType.STANDSTILL, EventType.MEDIA_BLACKOUT, EventType.ECONOMIC_EFFECT, EventType.PICKET_OR_RALLY}
)
# An agreement, a rejection or a leak is never "planned": what lies ahead of these is only possible.
_NEVER_PLANNED = frozenset(
    {
        EventType.TENTATIVE_AGREEMENT,
        EventType.REJECTED_BY_MEMBERS,
        EventType.LEAK_REPORTED,
        EventType.DIVISION_REPORTED,
        EventType.RATIFIED,
        EventType.TALKS_BROKEN_OFF,
        EventType.ECONOMIC_EFFECT,
        EventType.PROPOSAL_MADE,
        EventType.STANDSTILL,
        EventType.COUNTERPROPOSAL_MADE,
        EventType.THIRD_PARTY_INTERVENTION,
    }
)
_GOVERNED = frozenset({"xcomp", "ccomp", "pcomp", "acl", "csubj", "dep"})
_NEAR = frozenset(
    [
        "possible",
        "likely",
        "unlikely",
        "imminent",
        "close",
        "near",
        "inevitable",
        "probable",
        "underway",
        "pending",
    ]
)
_BEFORE = frozenset({"before", "until", "once", "when", "after", "till", "as"})
_AHEAD_WORDS = frozenset(
    [
        "tomorrow",
        "tonight",
        "next",
        "soon",
        "coming",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "midnight",
        "again",
    ]
)
_PAST_WORDS = frozenset({"last", "yesterday", "ago", "since"})


def status(doc: Doc, found: Sequence[Clause], match: Match, tags: Tags) -> EventStatus | None:
    """The status of the event that a match tells of; None when the text asks, supposes or speaks in general, so
    that nothing is told of it."""
    rule, clause = match.rule, found[match.clause]
    sentence = doc[clause.head].sent
    if sentence.text.rstrip("\"'\u201d\u2019 ").endswith("?"):
        return None
    if doc[match.anchor].head.lower_ == "as" or _aside(doc, clause):
        return None
    negated = _negated(doc, clause, match, rule)
    if rule.negative:
        return EventStatus.HAPPENED if negated else None
    if negated is None:
        return None
    if sought(doc[clause.head], rule) or _asked(doc[clause.head]):
        return None
    if rule.any_polarity:
        return _own(doc, found, clause, rule, tags) if rule.status is None else rule.status
    if negated or rule.status is EventStatus.DENIED:
        return EventStatus.DENIED
    if untold(doc[clause.head], rule, _data()["conditional"]):
        return None
    above = _above(doc, clause, match.anchor)
    if EventStatus.DENIED in above:
        return EventStatus.DENIED
    own = _own(doc, found, clause, rule, tags)
    weakest = next((s for s in (EventStatus.POSSIBLE, EventStatus.PLANNED) if s in (own, *above)), own)
    if own is EventStatus.HAPPENED and weakest is own and _timeless(doc, clause, rule):
        return None
    return _fitting(weakest, rule)


def _asked(head: Token) -> bool:
    """ "Nobody knows when the talks will resume": of what lies ahead "when" has no "will" unless it asks."""
    asks = any(c.lower_ == "when" and c.dep_ == "advmod" for c in head.children)
    return asks and head.dep_ != "relcl" and any(c.lower_ == "will" for c in head.children)


def _aside(doc: Doc, clause: Clause) -> bool:
    """ "as planned", "as expected"."""
    head = doc[clause.head]
    return (
        head.tag_ in ("VBN", "VBD")
        and any(c.lower_ == "as" and c.dep_ in ("mark", "advmod") for c in head.children)
        and not clause.patients
    )


def bare(doc: Doc, clause: Clause) -> bool:
    """Whether a clause is an infinitive or gerund that only names an act ("to bargain", "securing a deal"), and
    nothing above it says that the act is expected or fixed."""
    head = doc[clause.head]
    helpers = [c for c in head.children if c.dep_ in ("aux", "auxpass")]
    if head.tag_ not in ("VB", "VBG") or any(c.tag_ != "TO" for c in helpers):
        return False
    return not {head.head.lemma_.lower(), head.head.lower_} & _FIXING


_FIXING = frozenset(
    [
        "expect",
        "likely",
        "set",
        "due",
        "schedule",
        "plan",
        "threaten",
        "prepare",
        "poise",
        "poised",
        "prepared",
        "ready",
        "slated",
        "vote",
        "intend",
        "about",
        "need",
        "have",
        "be",
        "slate",
        "bound",
        "deny",
        "stand",
    ]
)


def _fitting(told: EventStatus, rule: Rule) -> EventStatus:
    if told is EventStatus.PLANNED and rule.type in _NEVER_PLANNED:
        return EventStatus.POSSIBLE
    if told in (EventStatus.HAPPENED, EventStatus.ONGOING) and rule.status is not None:
        return rule.status
    if told is EventStatus.ONGOING and rule.type not in _LASTING and rule.status is None:
        return EventStatus.HAPPENED
    return told


def _own(doc: Doc, found: Sequence[Clause], clause: Clause, rule: Rule, tags: Tags) -> EventStatus:
    """The status that the verb's own tense and modals give."""
    data, head = _data(), doc[clause.head]
    helpers = [c for c in head.children if c.dep_ in ("aux", "auxpass")]
    forms = {c.lower_ for c in helpers}
    modal = _modal(head, data)
    if "would" in forms or "'d" in forms:
        return EventStatus.PLANNED if _reported(head) else EventStatus.POSSIBLE
    if modal is not None:
        return EventStatus.POSSIBLE if _conditioned(head) else modal
    marks = {c.lower_ for c in head.children if c.dep_ in ("mark", "advmod")}
    if marks & data["conditional"] and rule.type is not EventType.DEADLINE_SET:
        return EventStatus.POSSIBLE
    if marks & _BEFORE and clause.governor is not None and rule.type is not EventType.DEADLINE_SET:
        outer = _modal(doc[found[clause.governor].head], data)
        if outer is not None and head.tag_ in ("VBZ", "VBP"):
            return EventStatus.POSSIBLE
    tensed = any(c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in helpers)
    if any(c.tag_ == "TO" for c in helpers) and not tensed:
        if head.dep_ not in ("xcomp", "advcl", "pcomp", "ccomp", "acl"):
            return EventStatus.PLANNED
        above = {head.head.lemma_.lower(), head.head.lower_}
        if above & data["implicative"]:
            return EventStatus.HAPPENED
        return EventStatus.PLANNED if above & (data["planned"] | {"be", "have"}) else EventStatus.POSSIBLE
    if head.tag_ == "VBG" and forms & {"is", "are", "'re", "'s", "am", "'m", "be"}:
        return EventStatus.PLANNED if _ahead(doc, clause, rule) else EventStatus.ONGOING
    perfect = forms & {"have", "has", "had", "'ve", "did", "having", "'d", "was", "were"}
    if not perfect and (head.tag_ in ("VBZ", "VBP", "VB") or forms & {"is", "are"}):
        return _present(doc, clause, rule)
    return EventStatus.HAPPENED


def _present(doc: Doc, clause: Clause, rule: Rule) -> EventStatus:
    """The simple present: the timetable's future, a state that lasts, or a headline's past."""
    if _ahead(doc, clause, rule):
        return EventStatus.PLANNED
    if rule.type in _LASTING:
        return EventStatus.ONGOING
    if rule.type is EventType.DEADLINE_SET:
        return EventStatus.PLANNED  # "the contract runs out at midnight"
    first_person = any(doc[a].lower_ in ("we", "i") for a in clause.agents)
    if rule.type is EventType.STRIKE_START and first_person:
        return EventStatus.PLANNED
    return EventStatus.HAPPENED


def _timeless(doc: Doc, clause: Clause, rule: Rule) -> bool:
    """ "A lockout is imposed by an employer": an act in the simple present, of no day and nobody in particular."""
    head = doc[clause.head]
    forms = {c.lower_ for c in head.children if c.dep_ in ("aux", "auxpass")}
    present = head.tag_ in ("VBZ", "VBP") or (clause.passive and forms & {"is", "are"} and "been" not in forms)
    acting = rule.type in (EventType.STRIKE_START, EventType.STRIKE_AUTHORIZED) and rule.status is None
    subjects = [doc[i] for i in (clause.patients if clause.passive else clause.agents)]
    return bool(present) and acting and any(c.lower_ in ("a", "an", "any") for s in subjects for c in s.children)


def _ahead(doc: Doc, clause: Clause, rule: Rule) -> bool:
    """Whether a clause in the present names a day: nobody says "they meet on Friday" of last Friday."""
    if rule.type in _LASTING:
        return any(doc[i].lower_ == "tomorrow" for i in clause.tokens)
    names = {doc[i].lower_ for i in clause.tokens}
    if names & _PAST_WORDS:
        return False
    if rule.type is EventType.STRIKE_END and "day" in names:
        return True  # "ends on the day that a deal is signed"
    dated = any(doc[i].ent_type_ == "DATE" and doc[i].pos_ == "PROPN" for i in clause.tokens if i > clause.head)
    return bool(names & _AHEAD_WORDS) or dated


def _negated(doc: Doc, clause: Clause, match: Match, rule: Rule) -> bool | None:
    """Whether the event is negated; None where a negation stands near it that may or may not reach it."""
    head, anchor = doc[clause.head], doc[match.anchor]
    nouns = [doc[i] for i in (*clause.agents, *clause.patients, *match.hits)]
    nouns += [c for c in head.children if c.dep_ == "attr"]
    if match.anchor == clause.head:
        dateless = rule.type is EventType.STRIKE_START
        if any(_no(n) for n in nouns if not (dateless and n.lemma_.lower() == "date")):
            return True
    elif _no(anchor):
        return True
    verb = any(c.dep_ == "neg" or c.lower_ in ("never", "neither", "nor") for c in head.children)
    subject = any(doc[i].lower_ in ("nobody", "none", "nothing", "neither") for i in clause.agents) or any(
        c.lower_ == "neither" for i in clause.agents for c in doc[i].children
    )
    # "has yet to make an offer"
    yet = head.dep_ == "xcomp" and any(c.lower_ == "yet" for c in (*head.head.children, *head.children))
    if yet and head.head.lemma_ in ("have", "be"):
        return True
    if not verb and not subject:
        return False
    if any(c.lower_ in ("only", "just") for c in head.children):
        return False
    direct = match.anchor == clause.head or (anchor.head.i == clause.head and anchor.dep_ != "prep")
    if direct:
        return True
    # "Details of the agreement were not released": what is told with "the" is there all the same.
    return False if any(c.lower_ in ("the", "their", "its") for c in anchor.children) else None


def _no(noun: Token) -> bool:
    return any(
        c.lower_ in ("no", "neither", "any")
        and c.dep_ in ("det", "neg", "preconj", "advmod")
        and c.lower_ != "any"
        for c in noun.children
    )


def _reported(head: Token) -> bool:
    """Whether "would" is the future of the past ("said that they would meet again") and no condition."""
    if _conditioned(head):
        return False
    said = _data()["saying"]
    return any(a.lemma_.lower() in said for a in head.ancestors) or head.dep_ in ("ROOT", "conj", "ccomp")


def _conditioned(head: Token) -> bool:
    """ "If there is no deal, they will strike"."""
    marks = [m.lower_ for c in head.children if c.dep_ == "advcl" for m in c.children if m.dep_ == "mark"]
    return any(m in ("if", "unless") for m in marks) or any(c.lower_ == "if" for c in head.children)


def _above(doc: Doc, clause: Clause, anchor: int) -> set[EventStatus]:
    """What the words that govern the event make of it, up to the first clause that stands on its own."""
    if _denied_report(doc[clause.head]):
        return {EventStatus.DENIED}
    data, out = _data(), set[EventStatus]()
    node = doc[anchor]
    gerund = False
    for _ in range(6):
        parent = node.head
        if parent.i == node.i:
            break
        out |= _weight(parent, node, data)
        if gerund and node.dep_ == "prep" and parent.lemma_.lower() in data["possible"]:
            out.add(EventStatus.POSSIBLE)
        gerund = node.dep_ == "pcomp"
        if node.dep_ in ("xcomp", "ccomp", "pcomp", "acl") and parent.pos_ in ("VERB", "AUX"):
            modal = _modal(parent, data)
            if modal is not None and node.dep_ != "ccomp":
                out.add(modal)
        if node.dep_ in ("nsubj", "nsubjpass"):
            if parent.lemma_.lower() in ("deny", "avert", "avoid", "refute"):
                out.add(EventStatus.DENIED)
            if parent.i != clause.head:
                out |= _predicate(parent)
            break
        whole = node.dep_ == "relcl" and parent.lemma_.lower() in _STOPPAGES | {"day", "moment", "time"}
        if node.dep_ in ("relcl", "advcl", "conj", "nmod", "appos", "ROOT") and not whole:
            break
        node = parent
    subject = anchor == clause.head or doc[anchor].dep_ in ("nsubj", "nsubjpass")
    return out | _predicate(doc[clause.head]) if subject else out


def _denied_report(head: Token) -> bool:
    """ "Reports (on a website) that they had left were denied": the parser may hang the clause on the website."""
    if not any(c.dep_ == "mark" and c.lower_ == "that" for c in head.children):
        return False
    noun = head.head
    while noun.dep_ in ("pobj", "prep"):
        noun = noun.head
    told = noun.lemma_.lower() in (
        "report",
        "rumor",
        "rumour",
        "claim",
        "suggestion",
        "allegation",
        "talk",
        "story",
    )
    verb = noun.head
    object_ = noun.dep_ in ("nsubjpass", "dobj") and verb.lemma_.lower() in ("deny", "dismiss", "refute", "reject")
    return told and object_ and not any(c.dep_ == "neg" for c in verb.children)


_CALLED_OFF = frozenset({"cancel", "shelve", "scrap", "postpone", "suspend"})
_STOPPAGES = frozenset({"strike", "walkout", "stoppage", "lockout", "action", "meeting", "session"})


def _weight(parent: Token, node: Token, data: Mapping[str, frozenset[str]]) -> set[EventStatus]:
    lemma, verbal = parent.lemma_.lower(), parent.pos_ in ("VERB", "AUX")
    called_off = lemma in _CALLED_OFF or (lemma == "call" and any(c.lower_ == "off" for c in parent.children))
    if node.dep_ in ("dobj", "nsubjpass") and called_off:
        return {EventStatus.DENIED}
    if node.dep_ in ("dobj", "nsubjpass"):
        if lemma in ("avert", "avoid", "prevent", "deny", "disavow"):
            return {EventStatus.DENIED}
        return (
            {EventStatus.POSSIBLE}
            if lemma in ("expect", "fear", "threaten", "seek", "want", "risk", "consider")
            else set()
        )
    if node.dep_ == "pobj" or (node.dep_ == "prep" and verbal):
        return (
            {EventStatus.POSSIBLE}
            if lemma in ("hope", "prepare", "press", "push", "brace", "toward", "towards")
            else set()
        )
    if node.dep_ == "ccomp":
        if lemma in ("deny", "refute", "dispute"):
            return set() if any(c.dep_ == "neg" for c in parent.children) else {EventStatus.DENIED}
        likely = (
            "hope",
            "expect",
            "fear",
            "predict",
            "suggest",
            "think",
            "doubt",
            "wish",
            "warn",
            "speculate",
            "want",
        )
        return {EventStatus.POSSIBLE} if lemma in likely and node.tag_ not in ("VBD",) else set()
    if node.dep_ not in _GOVERNED and node.dep_ not in ("prep", "attr", "acomp", "compound"):
        return set()
    if lemma in ("have", "need") and node.dep_ == "xcomp":
        return {EventStatus.PLANNED}
    if lemma in data["denied"] and not (lemma == "rule" and parent.pos_ == "NOUN"):
        return {EventStatus.DENIED}
    if lemma in data["possible"]:
        return {EventStatus.POSSIBLE}
    if lemma in data["planned"] or (lemma == "be" and node.dep_ == "xcomp"):
        return {EventStatus.PLANNED}
    return set()


def _predicate(head: Token) -> set[EventStatus]:
    """ "A walkout is possible", "a deal is close", "ratification is pending"."""
    for child in head.children:
        if (
            child.dep_ in ("acomp", "oprd", "attr", "advmod", "xcomp")
            and {child.lemma_.lower(), child.lower_} & _NEAR
        ):
            return {EventStatus.PLANNED if child.lower_ == "pending" else EventStatus.POSSIBLE}
        if (
            child.dep_ == "prep"
            and child.lower_ == "within"
            and any(p.lower_ in ("reach", "sight") for p in child.children)
        ):
            return {EventStatus.POSSIBLE}
    return set()


def _modal(head: Token, data: Mapping[str, frozenset[str]]) -> EventStatus | None:
    forms = {c.lower_ for c in head.children if c.tag_ == "MD"}
    if forms & data["open_modals"]:
        return EventStatus.POSSIBLE
    return EventStatus.PLANNED if forms & data["ahead_modals"] else None


@cache
def _data() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(entries) for name, entries in words("status").items()}
