"""A part of a container: one article of an archive, a mailbox, a feed, an export or a live blog."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from onrecord.model import Given


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The bytes of one document within a container, at ``place``; or in ``wrong`` why there are none.

    ``url``: the address it was taken from, ``at``: when, where the container says so. ``told``: what the container
    says of it.
    """

    place: str
    data: bytes = field(default=b"", repr=False)
    media_type: str = ""
    name: str | None = None
    url: str | None = None
    at: datetime | None = None
    told: Given = Given()
    wrong: str = ""
    hint: str = ""
