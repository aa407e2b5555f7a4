"""The state of the talks according to one document alone.

What the text asserts last decides: a ratified contract before a strike lifted, that before a tentative agreement,
and these before how the talks stand. An agreement voted down, or denied in the same text, is none. Where a text
says nothing of the talks the state is unknown.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from onrecord import dating
from onrecord.model import Event, EventStatus, EventType, Span, State, TimeExpression
from onrecord.text.parse import Parsed

_DONE = frozenset({EventStatus.HAPPENED, EventStatus.ONGOING})
_AHEAD = frozenset({EventStatus.PLANNED, EventStatus.POSSIBLE})
_SETTLED = frozenset({EventType.RATIFIED, EventType.STRIKE_END, EventType.TENTATIVE_AGREEMENT})
_MET = frozenset({EventType.MEETING_HELD, EventType.TALKS_RESUMED, EventType.JOINT_STATEMENT})
_FIXED = frozenset({EventType.TALKS_SCHEDULED, EventType.MEETING_HELD, EventType.TALKS_RESUMED})
# Talks a week old and nothing since are no talks under way; between sessions of one round there are fewer days.
_FRESH = timedelta(days=6)
_STRIKE_ON = re.compile(
    r"\b(?:on strike|striking (?!deal|agreement)\w+"
    r"|the (?:[\w-]+ ){0,2}strike (?:goes|is now|that is|continues|drags)"
    r"|strike(?:'s)?,? (?:now )?(?:in|at|is|has entered) (?:its|the|day|now|\d)"
    r"|days? (?:of|into|on) (?:(?:the|their|our|its|a) )?(?:strike|walkout|stoppage|lockout)"
    r"|day (?:[a-z-]+|\d+) (?:of|on|into) (?:the|their|our|its|this) (?:[\w-]+ ){0,2}"
    r"(?:strike|walkout|stoppage|lockout)"
    r"|since the (?:strike|walkout)"
    r"|end (?:to |of )?(?:the|their) (?:[\w-]+ ){0,2}(?:strike|walkout))\b",
    re.I,
)


def state_of(
    parsed: Parsed, events: tuple[Event, ...], times: tuple[TimeExpression, ...]
) -> tuple[State | None, tuple[Span, ...]]:
    """Where the talks stand according to this text, and the stretches that this rests on; (None, ()) when it does
    not say. ``times`` is not needed yet: an event carries its own date."""
    told = _Told(parsed, _of_the_dispute(events), tuple(_cues(parsed)))
    if not told.events:
        return None, ()
    return _settled(told) or _before(told) or _talks(told) or (None, ())


Verdict = tuple[State, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class _Told:
    parsed: Parsed
    events: tuple[Event, ...]
    cues: tuple[tuple[State, Span], ...]

    def of(self, types: Iterable[EventType], statuses: Iterable[EventStatus]) -> list[Event]:
        wanted, told = set(types), set(statuses)
        return [e for e in self.events if e.type in wanted and e.status in told]

    def cue(self, state: State) -> list[Span]:
        return [span for cue, span in self.cues if cue is state]


def _settled(told: _Told) -> Verdict | None:
    """Ratified, ended or agreed, unless voted down or denied."""
    ratified = told.of({EventType.RATIFIED}, _DONE)
    if ratified and not told.of({EventType.RATIFIED}, {EventStatus.DENIED}):
        return State.RATIFIED, _spans(ratified)
    down = told.of({EventType.REJECTED_BY_MEMBERS}, _DONE)
    ended = [e for e in told.of({EventType.STRIKE_END}, _DONE) if not _superseded(e, down)]
    if ended and not told.of({EventType.STRIKE_END}, {EventStatus.DENIED}):
        return State.STRIKE_ENDED, _spans(ended)
    agreed = [e for e in told.of({EventType.TENTATIVE_AGREEMENT}, _DONE) if not _superseded(e, down)]
    if agreed and not told.of({EventType.TENTATIVE_AGREEMENT}, {EventStatus.DENIED}):
        return State.TENTATIVE_AGREEMENT, _spans(agreed)
    lifting = told.of({EventType.STRIKE_END}, _AHEAD)
    voting = told.of({EventType.RATIFICATION_VOTE}, _AHEAD)
    if voting and lifting and not down:
        return State.TENTATIVE_AGREEMENT, (*_spans(lifting), *_spans(voting))
    return None


def _superseded(event: Event, later: Sequence[Event]) -> bool:
    """Whether a vote against came after it; without dates it is taken to have done so."""
    return any(_last(e) is None or _last(event) is None or _day(e) >= _day(event) for e in later)


def _before(told: _Told) -> Verdict | None:
    """Before a walkout that is possible or called."""
    starts = told.of({EventType.STRIKE_START}, _DONE)
    called = told.of({EventType.STRIKE_START}, {EventStatus.PLANNED})
    hints = told.of({EventType.STRIKE_START, EventType.STRIKE_AUTHORIZED}, _AHEAD | _DONE)
    hints = [e for e in hints if e not in starts]
    hints += told.of({EventType.DEADLINE_SET}, {EventStatus.PLANNED})
    if starts or not (hints or told.cue(State.PRE_STRIKE)) or _under_way(told.parsed):
        return None
    if told.of({EventType.TALKS_BROKEN_OFF}, _DONE) and not called and not told.cue(State.IN_TALKS):
        return None
    return State.PRE_STRIKE, _spans(hints) or tuple(told.cue(State.PRE_STRIKE))


def _under_way(parsed: Parsed) -> bool:
    return any(_STRIKE_ON.search(s.span.of(parsed.text)) for s in parsed.prose())


def _talks(told: _Told) -> Verdict | None:
    """How the talks stand, from the latest that the text tells of them."""
    met = told.of(_MET, _DONE) + told.of({EventType.TALKS_SCHEDULED}, {EventStatus.ONGOING})
    fresh = [e for e in met if _fresh(told.parsed, e)]
    broken = told.of({EventType.TALKS_BROKEN_OFF}, _DONE)
    fixed = [e for e in told.of(_FIXED, {EventStatus.PLANNED}) if not _passed(told.parsed, e)]
    stuck = told.of({EventType.STANDSTILL}, _DONE)
    none, still = told.cue(State.NO_TALKS), told.cue(State.STANDSTILL)
    going = told.cue(State.IN_TALKS)
    resumed = [e for e in fresh if all(_day(e) > _day(b) for b in broken)] if broken else fresh
    if fixed and not none:
        # A joint text that announces talks is no talks.
        sat = [e for e in resumed if e.type is not EventType.JOINT_STATEMENT]
        if sat or going:
            return State.IN_TALKS, (*_spans(sat), *_spans(fixed), *going)
        return State.TALKS_SCHEDULED, _spans(fixed)
    if stuck or still:
        return State.STANDSTILL, _spans(stuck) or tuple(still)
    if none or (broken and not resumed):
        return State.NO_TALKS, (*_spans(broken), *none)
    if resumed or going:
        return State.IN_TALKS, (*_spans(resumed), *going)
    return None


def _of_the_dispute(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events of the two parties that the text is about: another union's strike and a meeting of one side with
    its own people tell nothing of these talks."""
    counts = Counter(p.name for e in events for p in e.participants if p.party is not None)
    leading = {name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:2]}
    out: list[Event] = []
    for event in events:
        names = {p.name for p in event.participants}
        if not names or len(leading) < 2 or names & leading:
            aside = event.type in _FIXED and len(names & leading) == 1 and any(n[:1].islower() for n in names)
            if not aside:
                out.append(event)
        elif all(p.party is None for p in event.participants) or len(names) > 1:
            out.append(event)
    struck = any(
        e.type is EventType.STRIKE_START and e.status is EventStatus.ONGOING and not _of_nobody_known(e)
        for e in events
    )
    return tuple(e for e in out if not (struck and e.type in _SETTLED and e.participants and _of_nobody_known(e)))


def _of_nobody_known(event: Event) -> bool:
    """Whether its participants are no party of the text: "the writers ratified" where the actors are on strike."""
    return all(p.party is None for p in event.participants)


def _cues(parsed: Parsed) -> Iterable[tuple[State, Span]]:
    for sentence in parsed.prose():
        text = sentence.span.of(parsed.text)
        if text.rstrip("\"'\u201d\u2019 ").endswith("?"):
            continue
        lower = text.lower().replace("\u2019", "'")
        if len(lower) != len(text):
            continue
        for state, pattern in _patterns():
            match = pattern.search(lower)
            if match is not None and not re.search(r"\b(?:if|unless|whether|should)\b", lower[: match.start()]):
                yield state, _whole(parsed, sentence.span, match)


def _whole(parsed: Parsed, sentence: Span, match: re.Match[str]) -> Span:
    tokens = parsed.tokens(Span(sentence.start + match.start(), sentence.start + match.end()))
    return parsed.span_of(tokens) if len(tokens) else sentence


@cache
def _patterns() -> tuple[tuple[State, re.Pattern[str]], ...]:
    text = files("onrecord.standing").joinpath("data/cues.toml").read_text("utf-8")
    return tuple((State(row["state"]), re.compile(row["pattern"])) for row in tomllib.loads(text)["cue"])


def _fresh(parsed: Parsed, event: Event) -> bool:
    published, last = parsed.article.published.value, _last(event)
    return published is None or last is None or published - last <= _FRESH


def _passed(parsed: Parsed, event: Event) -> bool:
    published, last = parsed.article.published.value, _last(event)
    return published is not None and last is not None and last < published


def _last(event: Event) -> date | None:
    return dating.interval(event.when)[1] if event.when is not None else None


def _day(event: Event) -> date:
    """The day to order by; what has no date is told as of now."""
    return _last(event) or date.max


def _spans(events: Iterable[Event]) -> tuple[Span, ...]:
    return tuple(e.evidence for e in events)
