"""SAME? Copied text, one claim and its tellings, its origin, and what changed on the way."""

from onrecord.claims.cluster import claims, cluster
from onrecord.claims.copied import Copied, copied

__all__ = ["Copied", "claims", "cluster", "copied"]
