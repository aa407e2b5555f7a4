"""The record as the pages read it: a connection a request, and what is costly to gather kept until it changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar, cast

from onrecord.model import Dispute
from onrecord.record import pages, store
from onrecord.record.status import Status, status
from onrecord.record.store import Connection

_KEPT = 16  # results kept at a time; the report on a large dispute is some megabytes

T = TypeVar("T")


class Room:
    """Opens the record for each request. A report is gathered once for each state of the record and then shared,
    so that a page costs the same whether the record is small or large."""

    def __init__(self, path: Path, *, read_only: bool = True) -> None:
        self.path = path
        self.read_only = read_only
        self._kept: OrderedDict[tuple[str, str], object] = OrderedDict()
        self._lock = threading.Lock()

    @contextmanager
    def open(self) -> Iterator[Connection]:
        """A connection for one request. Raises RecordError."""
        with store.explained(self.path):
            db = store.connect(self.path)
            try:
                yield db
            finally:
                db.close()

    def kept(self, db: Connection, name: str, gather: Callable[[], T]) -> T:
        """What ``gather`` gives, kept under ``name`` until the record changes."""
        key = (name, pages.version(db))
        with self._lock:
            if key not in self._kept:
                self._kept[key] = gather()
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return cast(T, self._kept[key])

    def report(self, db: Connection, dispute: Dispute) -> Status:
        """The report on a dispute as the record stands now."""
        return self.kept(db, f"report {dispute.id}", lambda: status(db, dispute))
