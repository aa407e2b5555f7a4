"""onrecord reads the coverage of a labour dispute and keeps the record straight.

import onrecord
record = onrecord.read(["coverage/"])
print(record.standing()[-1].state)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["OnrecordError", "Record", "__version__", "read"]

if TYPE_CHECKING:
    from onrecord.api import Record, read
    from onrecord.model import OnrecordError


def __getattr__(name: str) -> Any:
    """Load on first use: ``import onrecord`` and ``onrecord --help`` cost next to nothing."""
    if name in ("Record", "read"):
        from onrecord import api

        return getattr(api, name)
    if name == "OnrecordError":
        from onrecord.model import OnrecordError

        return OnrecordError
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
