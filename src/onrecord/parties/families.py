"""Which documents can bear on each other's disputes, so that not all need be assigned anew when one is added."""

from __future__ import annotations

from onrecord.parties.disputes import DisputeSignals
from onrecord.parties.names import slug


def ties(document: DisputeSignals) -> tuple[str, ...]:
    """What ties a document to others: the dispute it is given to, the bodies and the trade that it names.

    ``assign`` holds documents against each other by these alone. So of two sets of documents that share no tie,
    each may be assigned without the other, and the results put together are those of all at once.
    """
    given = slug(document.given or "")
    if given == "none" or not (given or document.about or (document.workers and document.employers)):
        return ()
    found = [f"given {given}"] if given else []
    found += [f"union {id}" for id in document.workers]
    found += [f"employer {id}" for id in (*document.employers, *(() if document.workers else document.also))]
    found += [f"trade {name}" for name in document.groups[:1]]
    return tuple(dict.fromkeys(found))
