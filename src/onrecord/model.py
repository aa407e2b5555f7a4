"""The words of onrecord as types: frozen dataclasses and closed vocabularies, used by every room.

All spans are half-open ``[start, end)`` offsets, in Unicode code points, into ``Article.text`` of the
document they belong to, and slice it exactly. Nothing in this module reads a file, a model or a database.
The vocabularies are those of docs/vocabulary.md; certainty follows FactBank (Saurí and Pustejovsky 2009),
source, cue and content follow PARC and PolNeAR (Pareti 2012; Newell et al. 2018), time follows TIMEX3.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class OnrecordError(ValueError):
    """A mistake or a limit that a person can act on; the message is one sentence meant to be read."""


# ------------------------------------------------------------------------------- vocabularies


class Kind(StrEnum):
    """Kind of document."""

    NEWS = "news"
    AGGREGATION = "aggregation"
    OPINION = "opinion"
    STATEMENT = "statement"
    EXPLAINER = "explainer"


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    NONE = "none"


class KnownFrom(StrEnum):
    """How a fact about a document (date, title, outlet) is known."""

    GIVEN = "given"
    HEADER = "header"
    METADATA = "metadata"
    URL = "url"
    TEXT = "text"
    NONE = "none"


class BlockRole(StrEnum):
    """What a stretch of an article is. Only paragraphs are read as prose; titles and headings are read
    apart, since a headline or a question is not an assertion; the others are set aside."""

    HEADER = "header"  # a leading "date 2023-09-13" or "By ..." line
    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CREDIT = "credit"  # photo credits, captions, agency lines
    BOILERPLATE = "boilerplate"


class Quote(StrEnum):
    """How the content of a statement is told."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Authority(StrEnum):
    """On whose authority a statement stands, as told in that document."""

    JOINT = "joint"
    PARTY = "party"
    NAMED = "named"
    UNNAMED = "unnamed"
    OUTLET = "outlet"
    AUTHOR = "author"


class Certainty(StrEnum):
    """The source's own commitment as told (FactBank CT+ | PR+ | PS+ | CT-/PR-/PS- | Uu)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    DENIED = "denied"
    UNKNOWN = "unknown"


class EventType(StrEnum):
    """Types of event of a dispute. A lockout is a strike_start or strike_end with ``Event.lockout``."""

    STRIKE_AUTHORIZED = "strike_authorized"
    DEADLINE_SET = "deadline_set"
    STRIKE_START = "strike_start"
    STRIKE_END = "strike_end"
    MEETING_REQUESTED = "meeting_requested"
    TALKS_SCHEDULED = "talks_scheduled"
    TALKS_RESUMED = "talks_resumed"
    MEETING_HELD = "meeting_held"
    STANDSTILL = "standstill"
    TALKS_BROKEN_OFF = "talks_broken_off"
    PROPOSAL_MADE = "proposal_made"
    COUNTERPROPOSAL_MADE = "counterproposal_made"
    PROPOSAL_REJECTED = "proposal_rejected"
    JOINT_STATEMENT = "joint_statement"
    MEDIA_BLACKOUT = "media_blackout"
    LEAK_REPORTED = "leak_reported"
    DIVISION_REPORTED = "division_reported"
    THIRD_PARTY_INTERVENTION = "third_party_intervention"
    PICKET_OR_RALLY = "picket_or_rally"
    SOLIDARITY_ACTION = "solidarity_action"
    ECONOMIC_EFFECT = "economic_effect"
    SANCTION_OR_LEGAL = "sanction_or_legal"
    TENTATIVE_AGREEMENT = "tentative_agreement"
    RATIFICATION_VOTE = "ratification_vote"
    RATIFIED = "ratified"
    REJECTED_BY_MEMBERS = "rejected_by_members"


class EventStatus(StrEnum):
    HAPPENED = "happened"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"
    ONGOING = "ongoing"


class State(StrEnum):
    """Where the talks stand, in order. An agreement voted down goes back to what follows."""

    PRE_STRIKE = "pre_strike"
    NO_TALKS = "no_talks"
    STANDSTILL = "standstill"
    TALKS_SCHEDULED = "talks_scheduled"
    IN_TALKS = "in_talks"
    TENTATIVE_AGREEMENT = "tentative_agreement"
    STRIKE_ENDED = "strike_ended"
    RATIFIED = "ratified"


class Stance(StrEnum):
    """What a party does about an issue."""

    DEMAND = "demand"
    OFFER = "offer"
    ACCEPTS = "accepts"
    REFUSES = "refuses"
    RESERVATION = "reservation"


class Side(StrEnum):
    """Which side of a dispute a party is on."""

    WORKERS = "workers"
    EMPLOYERS = "employers"
    NEITHER = "neither"


class PartyKind(StrEnum):
    UNION = "union"
    EMPLOYERS_BODY = "employers_body"
    EMPLOYER = "employer"
    COMMITTEE = "committee"
    FACTION = "faction"  # "showrunners", "legacy studios"
    GROUP = "group"  # "the writers", "drivers"
    PERSON = "person"
    OUTLET = "outlet"
    THIRD_PARTY = "third_party"  # mediators, governments, estimators


class TimeType(StrEnum):
    """TIMEX3 types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Anchor(StrEnum):
    """What a time expression was resolved against."""

    EXPLICIT = "explicit"  # the expression says it all
    PUBLISHED = "published"  # the document's date
    TEXT = "text"  # another expression in the text
    NONE = "none"  # nothing: the value is unknown


class CountUnit(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Counting(StrEnum):
    """How a strike is counted: "day 142" and "its 20th week" include the first day (ordinal);
    "after 141 days", "20 weeks into" count what has passed (elapsed)."""

    ORDINAL = "ordinal"
    ELAPSED = "elapsed"


class Hedge(StrEnum):
    """A telling's hedge held against the origin's."""

    ORIGIN = "origin"
    KEPT = "kept"
    DROPPED = "dropped"
    WEAKENED = "weakened"
    STRENGTHENED = "strengthened"
    ADDED = "added"
    INVERTED = "inverted"
    CONTESTED = "contested"


class Relation(StrEnum):
    """Where a telling has its claim from."""

    COPIED = "copied"
    CITES = "cites"
    INDEPENDENT = "independent"
    UNKNOWN = "unknown"


class Bearing(StrEnum):
    """How a telling bears on its claim: it tells it, or tells of the same thing something else."""

    TELLS = "tells"
    CONTRADICTS = "contradicts"  # denies it, or gives another figure
    UPDATES = "updates"  # what was planned or hoped has come about
    SUPERSEDES = "supersedes"  # what was planned is off
    CORRECTS = "corrects"  # the same outlet takes back its own telling


class ChangeKind(StrEnum):
    """What a retelling changed."""

    HEDGE = "hedge"
    SPEAKER = "speaker"
    AUTHORITY = "authority"
    NUMBER = "number"
    DATE = "date"
    STAGE = "stage"


class Fate(StrEnum):
    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    SUPERSEDED = "superseded"
    OPEN = "open"
    UNVERIFIABLE = "unverifiable"


class Stage(StrEnum):
    """The step at which a problem arose."""

    CAPTURE = "capture"
    EXTRACT = "extract"
    READ = "read"
    SECOND = "second"  # a second reader
    RECORD = "record"


# ------------------------------------------------------------------------------- small values


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """``[start, end)`` in code points of ``Article.text``; never empty.

    Raises ValueError when it is empty or negative.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The characters of the span."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Part:
    """One feature of a score: its name, what it adds, and in one sentence why."""

    name: str
    value: float
    why: str


@dataclass(frozen=True, slots=True)
class Score:
    """A figure that explains itself."""

    value: float
    parts: tuple[Part, ...] = ()


def content_id(*parts: object) -> str:
    """A 12-digit hexadecimal id that depends on the parts alone, so that the same row has the same id in
    every record and in every order of reading. 48 bits: by the birthday bound a record of 10^6 rows of one
    table has a chance of about 0.2 % of any clash."""
    text = "\x1f".join("" if p is None else str(p) for p in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def text_sha256(text: str) -> str:
    """SHA-256 of a text as UTF-8, lower-case hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# ------------------------------------------------------------------------------- coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the user says of a document beside the document itself (a manifest row, options).

    ``date`` is as written; ``name`` is the name under which exports list the document.
    """

    name: str | None = None
    url: str | None = None
    date: str | None = None
    outlet: str | None = None
    title: str | None = None
    dispute: str | None = None


@dataclass(frozen=True, slots=True)
class Container:
    """The bytes of a file as they came, of which several documents are parts."""

    data: bytes = field(repr=False)
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Bytes as they came. ``source`` is a path, ``path#L12`` for a row of a table, a URL or ``stdin``.

    ``name`` is the file name without its last extension, or what stands for it. ``url``: the address that the
    bytes were fetched from, by onrecord or by the archive they lie in; ``told``: what the feed, list or archive
    that named them says of them, which counts for less than what they say themselves. ``container``: what the
    bytes were taken out of, where they are no stretch of it (an article of a Word file).
    """

    data: bytes = field(repr=False)
    sha256: str
    media_type: str
    source: str
    name: str
    retrieved_at: datetime
    given: Given = Given()
    url: str | None = None
    told: Given = Given()
    container: Container | None = None

    @property
    def document_id(self) -> str:
        """The id of the document: its bytes, the address they are from and what the user said of it (its name
        apart), not the file, the order or the time."""
        g = self.given
        known = () if self.url is None else (self.url,)
        return content_id("document", self.sha256, g.url, g.date, g.outlet, g.title, g.dispute, *known)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article with one role. Blocks are in text order and do not overlap."""

    span: Span
    role: BlockRole


@dataclass(frozen=True, slots=True)
class Embed:
    """Something the text announces and the capture does not hold ("issued a joint statement:").

    ``span`` is the clause that announces it; ``what`` is the noun the text uses for it (statement, tweet,
    warning, video ...) or "" when it uses none.
    """

    span: Span
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """When a document was published or modified, how exactly, and how that is known.

    With precision month or year the missing parts of ``value`` are 01. ``value`` is None exactly when the
    precision is none; then ``earliest`` and ``latest`` are the bounds that the text allows, if any
    (``why`` says in a sentence from what).
    """

    value: date | None = None
    precision: Precision = Precision.NONE
    known_from: KnownFrom = KnownFrom.NONE
    span: Span | None = None
    earliest: date | None = None
    latest: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One document as it is read. ``text`` is the captured text that every span slices: the decoded file,
    the text field of a row, or the text extracted from a page."""

    id: str  # content_id of the capture and what was given with it
    capture_sha256: str
    name: str
    source: str
    text: str = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)
    embeds: tuple[Embed, ...] = ()
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    dateline: str | None = None
    credit: str | None = None  # the agency or outlet whose text it is, as credited ("AP")
    section: str | None = None
    url: str | None = None
    published: Dated = Dated()
    modified: Dated = Dated()
    kind: Kind | None = None
    dispute: str | None = None  # as given by the user
    known_from: tuple[tuple[str, KnownFrom], ...] = ()  # ("title", METADATA), ("outlet", GIVEN), ...
    problems: tuple[Problem, ...] = ()  # what was odd and did not stop it (mixed encodings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that could not be read or interpreted: what, where, and what to try."""

    stage: Stage
    source: str
    message: str
    hint: str = ""
    document: str | None = None
    span: Span | None = None

    @property
    def id(self) -> str:
        """Of a document's problem the document counts, not the place where a copy of it was seen."""
        return content_id("problem", self.stage, self.document or self.source, self.message, self.span)


# ------------------------------------------------------------------------------- who


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An organisation, body, group or person of a dispute. ``id`` is a slug ("wga"); ``parent`` the id of the
    body it belongs to (a committee, a member company, a faction)."""

    id: str
    name: str
    kind: PartyKind
    side: Side | None = None
    aliases: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of text that names a party. ``party`` is None when it cannot be resolved; ``why`` says by
    what it was resolved or why not."""

    span: Span
    party: str | None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Two sides, a period and a profile. ``id`` is a slug ("wga-amptp-2023")."""

    id: str
    name: str
    workers: tuple[str, ...]  # party ids, the leading one first
    employers: tuple[str, ...]
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A document that belongs to a dispute, and why. ``given`` when a person said so."""

    document: str
    dispute: str
    given: bool
    score: Score


# ------------------------------------------------------------------------------- when


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """An expression of time. ``value`` is ISO 8601: a day, month or year, an interval ``A/B`` with both ends
    included (an open end is ``..``), a duration ``P20W``; None when it cannot be resolved. ``clock`` is a time of
    day where one is told, ``21:40`` or ``00:01-07:00``, or TIMEX3's letters for a part of it (MO AF EV NI)."""

    span: Span
    type: TimeType
    value: str | None
    anchor: Anchor
    precision: Precision = Precision.NONE
    why: str = ""
    clock: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeCount:
    """ "day 142", "its 20th week", "after 141 days on strike": a count of the stoppage."""

    span: Span
    n: int
    unit: CountUnit
    counting: Counting


# ------------------------------------------------------------------------------- says


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content of one attribution as found, each as spans of the captured text in text order.

    The source is empty when the text leaves it out ("is expected to"), the cue when nothing but the quotation
    marks attributes (a quotation that goes on). The content may come in several spans when the tag interrupts it.
    The terms are those of PARC and PolNeAR (Pareti 2012; Newell et al. 2018).
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]

    @property
    def start(self) -> int:
        """The offset at which the first of the spans begins."""
        return min(s.start for s in (*self.source, *self.cue, *self.content))


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who speaks. ``name`` is canonical, or a description for the unnamed; None when it cannot be resolved.
    ``span`` is the mention in the text, None when it is only implied. ``why`` says how it was resolved or
    why not."""

    name: str | None
    span: Span | None = None
    party: str | None = None
    side: Side | None = None
    affiliation: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """The interval of probability that a wording conveys, and from which survey or standard it is taken."""

    low: float
    high: float
    source: str
    span: Span | None = None
    horizon: str | None = None  # ISO day or interval by which it is said to come true


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An attribution: one source, one cue, its content. ``authority`` None means it cannot be told.
    ``missing`` is True when the content is an embed that the capture does not hold; the content span is then
    the clause that announces it."""

    id: str
    document: str
    source: Source
    cue: Span | None
    content: tuple[Span, ...]
    quote: Quote
    authority: Authority | None
    via: tuple[str, ...] = ()
    certainty: Certainty = Certainty.UNKNOWN
    likelihood: Likelihood | None = None
    missing: bool = False
    in_title: bool = False


def statement_id(document: str, source: Span | None, cue: Span | None, content: Iterable[Span]) -> str:
    """The id of a statement: the document and the spans alone, so that a human judgement on it survives a
    better reader that finds the same spans."""
    return content_id("statement", document, source, cue, *content)


# ------------------------------------------------------------------------------- happened


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Who takes part and as what ("actor", "other", "waits_for" ...). ``party`` None: known by name alone."""

    name: str
    role: str
    party: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A number of people, low and high ("hundreds" is 200 to 999), with its unit and words."""

    low: float
    high: float
    unit: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event of the dispute as one document tells it, all its mentions in that document together.

    ``when`` is an ISO day, month, year or interval, None when the text gives nothing; ``evidence`` the stretch
    that reports it; ``statement`` the id of the statement in whose content it stands, None when the document
    asserts it itself; ``in_title`` when only a headline tells it.
    """

    id: str
    document: str
    type: EventType
    status: EventStatus
    participants: tuple[Participant, ...]
    evidence: Span
    when: str | None = None
    when_span: Span | None = None
    statement: str | None = None
    place: str | None = None
    size: Size | None = None
    lockout: bool = False
    in_title: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Who else bears the cost of a dispute, as told: kind is a word of ``effects.toml`` (losses, layoffs ...)."""

    id: str
    document: str
    bearer: str
    bearer_span: Span
    kind: str
    evidence: Span
    amount: str | None = None
    statement: str | None = None


# ------------------------------------------------------------------------------- one document, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A stretch that says a settlement or a turn is near, hedge included. ``direction`` is +1 for hope, -1 for
    gloom. ``horizon`` is the ISO day or interval by which it is said to come (in an undated document a duration
    from the day on which it is said: P1D is "today"), None when the words give none."""

    span: Span
    direction: int
    likelihood: Likelihood | None = None
    horizon: str | None = None
    statement: str | None = None
    in_title: bool = False


class About(StrEnum):
    """What a side is credited with or blamed for."""

    MOVEMENT = "movement"
    GENEROSITY = "generosity"
    OBSTRUCTION = "obstruction"
    HARM = "harm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Framing:
    """A stretch that credits (``tone`` 1) or blames (-1) a side. ``target`` is the side's words there.
    ``by`` is the side of who credits or blames, as told, None for all others and where it is not told;
    ``statement`` the statement it stands in, None when it is the document's own voice. ``expectation``: it says
    where the blame is to lie if the talks fail. ``ironic``: the words are not meant as they stand; they are the
    author's and count for nobody."""

    span: Span
    target: str
    side: Side
    tone: int
    about: About
    party: str | None = None
    by: Side | None = None
    statement: str | None = None
    expectation: bool = False
    ironic: bool = False
    in_title: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one reader gets out of one document. ``attributions`` are what its finder found, before who speaks
    was resolved; ``statements`` what was made of them. ``state`` is where the talks stand according to this text
    alone, None when it does not say; ``state_evidence`` the stretches it rests on."""

    document: str
    reader: str
    kind: Kind | None
    published: Dated
    mentions: tuple[Mention, ...] = ()
    parties: tuple[Party, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    counts: tuple[StrikeCount, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    effects: tuple[Effect, ...] = ()
    state: State | None = None
    state_evidence: tuple[Span, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    framing: tuple[Framing, ...] = ()
    problems: tuple[Problem, ...] = ()


# ------------------------------------------------------------------------------- across documents


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadArticle:
    """An article with its reading: what the rooms that look across documents take in. ``reading.published`` is the
    date to use (it may add bounds to ``article.published``)."""

    article: Article
    reading: Reading


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """A stretch of one document."""

    document: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One event of the record, told by one or more documents. ``first``/``last`` bound the day on which it
    happened or is to happen; ``told`` is the earliest day on which a document tells of it, None when all are
    undated; ``days`` are those under which the entry stands in a chronology that people read, None when it has no
    place there; ``established`` when the authority suffices; ``minor`` when it is no turn of the dispute by
    itself, or not known to be one: an effect, a routine picket, the next session of a round, what only may happen
    (docs/method/standing.md)."""

    id: str
    type: EventType
    status: EventStatus
    first: date | None
    last: date | None
    participants: tuple[str, ...]
    authority: Authority | None
    established: bool
    evidence: tuple[Evidence, ...]
    events: tuple[str, ...]
    told: date | None = None
    days: tuple[date, date] | None = None
    minor: bool = False
    lockout: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingInterval:
    """The state of the talks from ``first`` to ``last`` (both included; None: open). ``since_known`` is False
    when the state is known to hold on ``first`` but may have begun earlier. ``overdue_since``: talks were fixed
    for that day, and it has passed without word. ``seen``: the last day on which a document bore the state out.
    ``parties``: the pair whose talks these are, where a dispute has several that stand apart; empty otherwise.
    ``lockout`` when what the state follows from is a lockout."""

    state: State
    first: date | None
    last: date | None
    since_known: bool
    established: bool
    authority: Authority | None
    evidence: tuple[Evidence, ...]
    why: str = ""
    overdue_since: date | None = None
    seen: date | None = None
    parties: tuple[str, ...] = ()
    lockout: bool = False


def leading_pair(found: Iterable[StandingInterval]) -> tuple[StandingInterval, ...]:
    """Of intervals in their order those of the leading pair of parties, and of undated documents."""
    known = tuple(found)
    pair = next((i.parties for i in known if i.first is not None), ())
    return tuple(i for i in known if i.first is None or i.parties == pair)


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeClock:
    """The window in which the stoppage began, by what, and what contradicts it."""

    earliest: date
    latest: date
    evidence: tuple[Evidence, ...]
    contradicted_by: tuple[Evidence, ...] = ()

    def elapsed(self, on: date) -> tuple[int, int]:
        """The least and the most days that have passed since the stoppage began (0 on its first day); negative
        before."""
        return (on - self.latest).days, (on - self.earliest).days

    def day_number(self, on: date) -> tuple[int, int]:
        """The least and the greatest number that a day can have, counting the first day as day 1."""
        least, most = self.elapsed(on)
        return least + 1, most + 1

    def week_number(self, on: date) -> tuple[int, int]:
        """The same in weeks: the first seven days are week 1."""
        least, most = self.elapsed(on)
        return least // 7 + 1, most // 7 + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a telling changed of the origin's words: before, after, and in a sentence what that is."""

    kind: ChangeKind
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One document's telling of a claim, with the match to the claim explained, and what it changed."""

    document: str
    span: Span
    statement: str | None
    hedge: Hedge
    relation: Relation
    origin: bool
    match: Score
    bearing: Bearing = Bearing.TELLS
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One proposition and its tellings in order. ``origin_outside`` names an origin that is not in the record;
    ``origins`` counts those that are independent of each other, ``outlets`` the outlets that tell it. ``fate`` is
    what became of it by the record, on the day ``fate_on``, by ``fate_evidence``."""

    id: str
    text: str
    tellings: tuple[Telling, ...]
    fate: Fate = Fate.OPEN
    fate_why: str = ""
    origin_outside: str | None = None
    origins: int = 0
    outlets: int = 0
    fate_on: date | None = None
    fate_evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HorizonChance:
    """The chance that the stoppage ends within ``days`` days, with a 95 % interval."""

    days: int
    chance: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What the record adds to the base rate: the odds of each day from ``first`` to ``last`` days ahead (None: on)
    are multiplied by ``factor``, which may be as low as ``low`` and as high as ``high``. One that ``fades`` loses
    half of its weight, in log odds, with every week."""

    name: str
    factor: float
    low: float
    high: float
    first: int
    last: int | None
    fades: bool
    why: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The chance of an end of the stoppage, as of a day, for a strike that has lasted ``elapsed`` days.

    ``reference`` names the class of past strikes and ``cases`` its size. What ends is the stoppage, not the
    dispute: ``deal`` is the chance of a tentative agreement (empty where there is one already), which comes
    earlier; ratification comes later. ``base`` are the chances by the base rate alone and ``shifts`` what the
    record added to them, with ``state`` the state of the talks on that day; ``profile`` says in words what was
    known of the strike (its size, its industry) and from where.
    """

    as_of: date
    elapsed: int
    chances: tuple[HorizonChance, ...]
    reference: str
    cases: int
    base: tuple[HorizonChance, ...] = ()
    deal: tuple[HorizonChance, ...] = ()
    shifts: tuple[Shift, ...] = ()
    state: State | None = None
    profile: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overreach:
    """How far a claim that a settlement is near runs ahead of the base rate, in bits; None where the strike day
    or the horizon is unknown, and ``why`` says which. ``conveyed`` and ``base`` are the two chances it is the
    difference of; ``came`` says whether a deal or an end came within the horizon, None while the record does not
    show it."""

    evidence: Evidence
    bits: float | None
    low: float | None
    high: float | None
    parts: tuple[Part, ...]
    why: str = ""
    came: bool | None = None
    conveyed: float | None = None
    base: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blackout:
    """A time in which the parties are to say nothing of the talks, or only together: from ``first``
    (``first_known`` False: that is the day on which it is first told) to ``last``, None while nothing shows an
    end. ``by`` names on whose word; ``why`` says what ended it."""

    first: date
    first_known: bool
    last: date | None
    by: tuple[str, ...]
    authority: Authority | None
    evidence: tuple[Evidence, ...]
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """A statement about the talks that one side or an unnamed insider made while silence was agreed, or a charge
    that one did (``charge``). ``carries`` is the side whose account it is, None where the text does not tell;
    never who an unnamed source may be. ``spin``: a party calls a publication of the other side a leak."""

    evidence: Evidence
    day: date
    authority: Authority | None
    speaker: str | None
    carries: Side | None
    charge: bool
    spin: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of an offer or a demand: "4 to 5 % a year over three years" is low 4, high 5, unit "%", per "year",
    over "3 years". ``unit`` is "%", a currency sign, or the noun that is counted."""

    low: float
    high: float
    unit: str
    span: Span
    per: str | None = None
    over: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What one party wants, offers, accepts or refuses on one issue, as one document tells it. ``issue`` is a word
    of ``issues.toml``; ``party`` the id of the body, None when only its side is known; ``day`` that of the
    document's content; ``source`` who says so, None when the document itself does."""

    id: str
    issue: str
    stance: Stance
    side: Side
    party: str | None
    name: str
    figures: tuple[Figure, ...]
    evidence: Evidence
    day: date | None
    source: str | None
    authority: Authority | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceChange:
    """A party that changed its stance on an issue, or moved its figure: both positions, the earlier one first."""

    issue: str
    side: Side
    name: str
    before: Position
    after: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFact:
    """One line of a dispute's profile: ``field`` is a word of docs/method/profile.md, ``value`` what the documents
    say; ``documents`` how many do."""

    field: str
    value: str
    documents: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A result on a dispute: ``body`` is one of these types; ``id`` depends on what it says alone."""

    dispute: str
    id: str
    body: (
        TimelineEntry
        | StandingInterval
        | StrikeClock
        | Claim
        | Forecast
        | Overreach
        | Blackout
        | Leak
        | Position
        | StanceChange
        | ProfileFact
    )
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person ruled on a row: who, when, what, why. Never overwrites the row.

    A ruling on a party names it by its id, which is made of its name and so is the same in every reading; it holds
    in one ``dispute``, or everywhere when that is None."""

    target: str  # id of the row
    verdict: str  # accept, reject, set
    field: str | None = None
    value: str | None = None
    who: str
    when: datetime
    why: str = ""
    dispute: str | None = None
