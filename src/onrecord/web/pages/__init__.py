"""What each page shows, gathered as one dataclass a template. Nothing here writes HTML."""

from onrecord.web.pages.base import Asked, Page, error
from onrecord.web.pages.claims import ahead, claim, claims
from onrecord.web.pages.correct import correct, queue
from onrecord.web.pages.documents import document, documents, excerpts, original
from onrecord.web.pages.front import all_disputes, front, home, latest_run
from onrecord.web.pages.lists import effects, outlook, parties, problems, search, sources, statements
from onrecord.web.pages.timeline import timeline

__all__ = [
    "Asked",
    "Page",
    "ahead",
    "all_disputes",
    "claim",
    "claims",
    "correct",
    "document",
    "documents",
    "effects",
    "error",
    "excerpts",
    "front",
    "home",
    "latest_run",
    "original",
    "outlook",
    "parties",
    "problems",
    "queue",
    "search",
    "sources",
    "statements",
    "timeline",
]
