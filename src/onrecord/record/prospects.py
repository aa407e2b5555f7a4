"""How old a state of the talks is, whether it has grown stale, and what would change it.

What would change a state mirrors what establishes one (docs/method/standing.md). The days after which a state
without word is stale are set by hand, from how often each is reported while it lasts: talks under way are heard of
within days, a standstill or a strike without talks can go for weeks without news.
"""

from __future__ import annotations

from datetime import date

from onrecord.model import StandingInterval, State

STALE_AFTER: dict[State, int] = {
    State.PRE_STRIKE: 14,
    State.NO_TALKS: 21,
    State.STANDSTILL: 21,
    State.TALKS_SCHEDULED: 10,
    State.IN_TALKS: 7,
    State.TENTATIVE_AGREEMENT: 21,
    State.STRIKE_ENDED: 45,
}
"""Days without word after which a state is stale; what is ratified does not grow stale."""

_RESUMED = "a joint statement or both sides' word that talks have resumed"
_FIXED = "a day for talks in a joint text, or in the word of both sides"
_DEAL = "a joint text or both sides' word that there is a tentative agreement"
_OFF = "either side's own word that talks have been broken off"
_VOTE = "the union's word on the members' vote"
_LIFTED = "the union's word that the strike is lifted or suspended"
CHANGES: dict[State, tuple[str, ...]] = {
    State.PRE_STRIKE: ("the union's word that a walkout has begun, or the employer's that of a lockout", _DEAL),
    State.NO_TALKS: (_FIXED, _RESUMED, _LIFTED),
    State.STANDSTILL: (_RESUMED, _FIXED, "an offer that the other side says it has received"),
    State.TALKS_SCHEDULED: (_RESUMED, "either side's own word that the session is off"),
    State.IN_TALKS: (_DEAL, _OFF, "both sides' word, or two independent accounts, of a standstill"),
    State.TENTATIVE_AGREEMENT: (_LIFTED, _VOTE),
    State.STRIKE_ENDED: (_VOTE, "the union's word that the strike has been taken up again"),
    State.RATIFIED: (),
}
"""What would move the record from a state, as evidence that a person can look for."""


def age(interval: StandingInterval, on: date) -> int | None:
    """Days since the state was last borne out; None when it has no day."""
    seen = interval.seen or interval.first
    return None if seen is None else max(0, (on - seen).days)


def is_stale(interval: StandingInterval, on: date) -> bool:
    """Whether there has been no word of the state for so long that it may no longer hold."""
    days, limit = age(interval, on), STALE_AFTER.get(interval.state)
    return days is not None and limit is not None and days > limit


def changes(interval: StandingInterval) -> tuple[str, ...]:
    """What would change the record's mind; first, where a state was only reported, what would establish it."""
    if interval.state is State.RATIFIED and interval.established:
        return ()
    open_ = (
        ()
        if interval.established
        else ("a joint text, the word of a party, or a second independent account of it",)
    )
    return (*open_, *CHANGES[interval.state])
