"""The Python door: read sources into a record, and ask it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from onrecord.model import (
    Claim,
    Dispute,
    OnrecordError,
    StandingInterval,
    TimelineEntry,
    leading_pair,
)
from onrecord.outlook import AS_TOLD, HORIZONS, Kind, Parameters, View, moved, why_none
from onrecord.outlook.scoring import Scores, score, scores
from onrecord.record import findings, judgements, ledger, load, queries, store
from onrecord.record.ledger import Made
from onrecord.record.queries import Told
from onrecord.record.status import Day, Status, status

if TYPE_CHECKING:
    import pandas

    from onrecord.past import Past
    from onrecord.pipeline import RunReport

DEFAULT_RECORD = "record.db"
Sources = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]


class Record:
    """An open record. Use it as a context manager, or call ``close``.

    ``dispute`` may be left out everywhere when the record holds one dispute.
    """

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self.db = db
        self.path = path

    @classmethod
    def open(cls, path: str | os.PathLike[str] = DEFAULT_RECORD, *, create: bool = False) -> Record:
        """Open the record at ``path``.

        Raises RecordError (an OnrecordError) when there is none and ``create`` is False, when the file is
        something else, or when a newer version of onrecord wrote it.
        """
        return cls(store.connect(Path(path), create=create), Path(path))

    def close(self) -> None:
        self.db.close()

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(
        self, sources: Sources, *, manifest: str | os.PathLike[str] | None = None, **options: Any
    ) -> RunReport:
        """Read one source or several into this record; ``manifest`` is the path of one, the other options are
        those of ``onrecord.pipeline.read``."""
        from onrecord import coverage, pipeline

        named = [sources] if isinstance(sources, str | os.PathLike) else list(sources)
        known = coverage.load(Path(manifest)) if manifest is not None else None
        with store.explained(self.path):
            return pipeline.read([os.fspath(s) for s in named], self.db, manifest=known, **options)

    def disputes(self) -> tuple[Dispute, ...]:
        """The disputes in the record."""
        return findings.disputes(self.db)

    def dispute(self, name: str | None = None) -> Dispute:
        """The dispute of that name, or the only one.

        Raises OnrecordError when there is none, or when several fit.
        """
        found = queries.choose_dispute(self.db, name)
        if found is None:
            ids = ", ".join(d.id for d in self.disputes())
            raise OnrecordError(
                f"the record holds several disputes, name one of: {ids}"
                if ids
                else "the record holds no dispute yet"
            )
        return found

    def status(self, dispute: str | None = None, *, as_of: date | None = None) -> Status:
        """All that the report shows; with ``as_of`` as it was on that day, from what had been published by then.

        Raises OnrecordError when nothing on the dispute had been published by then.
        """
        chosen = self.dispute(dispute)
        if as_of is None:
            return status(self.db, chosen)
        then = self._past(chosen, as_of)
        return status(self.db, chosen, on=Day(as_of=as_of, documents=then.documents, findings=then.findings))

    def outlook(
        self,
        dispute: str | None = None,
        *,
        as_of: date | None = None,
        horizons: Sequence[int] = HORIZONS,
        kind: Kind = AS_TOLD,
        fitted: Parameters | None = None,
    ) -> View:
        """How likely the stoppage ends within some days, from what was published by a day (without one: by the day
        of the latest document), and what moved that since the forecast before.

        The forecast is added to the ledger, unless it comes from other parameters or the record cannot be written.
        Raises OnrecordError on a horizon below one day.
        """
        from onrecord import synthesis

        chosen = self.dispute(dispute).id
        documents = queries.read_articles(self.db, chosen)
        latest = max((d.reading.published.value for d in documents if d.reading.published.value), default=None)
        day = as_of or latest
        if day is None:
            return View(forecast=None, why=why_none(None, None))
        view = synthesis.outlook_on(documents, day, horizons=horizons, kind=kind, fitted=fitted)
        if view.forecast is None:
            return view
        before = ledger.before(self.db, chosen, view.forecast)
        if fitted is None and store.writable(self.path):
            back = latest is not None and day < latest
            run = max(r.id for r in queries.runs(self.db))
            ledger.keep(self.db, chosen, view.forecast, looking_back=back, run=run)
        return View(forecast=view.forecast, before=before, moved=moved(before, view.forecast))

    def forecasts(self, dispute: str | None = None) -> tuple[Made, ...]:
        """The ledger: the forecasts that were made, by day; of all disputes unless one is named."""
        return ledger.made(self.db, None if dispute is None else self.dispute(dispute).id)

    def scores(self, dispute: str | None = None) -> Scores:
        """How well the forecasts did whose outcome the record shows."""
        made = self.forecasts(dispute)
        names = sorted({m.dispute for m in made})
        until = {
            name: max((d.published for d in queries.documents(self.db, name) if d.published), default=date.min)
            for name in names
        }
        scored = score(
            [(m.dispute, m.forecast) for m in made],
            intervals={name: queries.standing(self.db, name) for name in names},
            known_until=until,
        )
        return scores(scored, forecasts=len(made))

    def _past(self, chosen: Dispute, as_of: date) -> Past:
        from onrecord.past import past

        found = past(
            tuple(load.read_articles(self.db)),
            judgements.assigned(self.db),
            dispute=chosen.id,
            members=frozenset(d.id for d in queries.documents(self.db, chosen.id)),
            as_of=as_of,
        )
        if found is None:
            raise OnrecordError(
                f"nothing on {chosen.id} had been published by {as_of}; see: onrecord sources --documents"
            )
        return found

    def standing(self, dispute: str | None = None, *, as_of: date | None = None) -> tuple[StandingInterval, ...]:
        """The state of the talks as intervals, earliest first; the last one is where they stand. Of several pairs
        of parties that of the leading one."""
        chosen = self.dispute(dispute)
        if as_of is None:
            return queries.standing(self.db, chosen.id)
        found = self._past(chosen, as_of).findings
        return leading_pair(f.body for f in found if isinstance(f.body, StandingInterval))

    def timeline(self, dispute: str | None = None, *, as_of: date | None = None) -> tuple[TimelineEntry, ...]:
        """The chronology."""
        chosen = self.dispute(dispute)
        if as_of is None:
            return queries.timeline(self.db, chosen.id)
        found = self._past(chosen, as_of).findings
        return tuple(f.body for f in found if isinstance(f.body, TimelineEntry))

    def claims(self, dispute: str | None = None) -> tuple[Claim, ...]:
        """Claims with their tellings."""
        return queries.claims(self.db, self.dispute(dispute).id)

    def statements(self, dispute: str | None = None) -> tuple[Told, ...]:
        """Statements with their documents and words; of all documents unless a dispute is named."""
        chosen = None if dispute is None else self.dispute(dispute).id
        return queries.statements(self.db, chosen)

    def to_pandas(self, table: str = "statements", dispute: str | None = None) -> pandas.DataFrame:
        """A table of the record as a DataFrame: documents, statements, events, timeline, standing, claims,
        effects, parties or problems (the columns are those of ``onrecord export --as csv``).

        Raises OnrecordError when pandas is not installed or there is no such table.
        """
        try:
            import pandas
        except ImportError:
            raise OnrecordError("to_pandas needs pandas; install it with: pip install pandas") from None
        from onrecord.export.tables import TABLES, rows

        if table not in TABLES:
            raise OnrecordError(f"there is no table {table!r}; the tables are: {', '.join(TABLES)}")
        chosen = None if dispute is None else self.dispute(dispute).id
        kind = TABLES[table]
        return pandas.DataFrame(
            [tuple(getattr(r, f.name) for f in fields(kind)) for r in rows(self.db, table, chosen)],
            columns=[f.name for f in fields(kind)],
        )


def read(
    sources: Sources,
    record: str | os.PathLike[str] = DEFAULT_RECORD,
    **options: Any,
) -> Record:
    """Read one source or several into the record at ``record`` (made if it is not there) and return it, open.

    ``options`` as those of ``Record.read``. Raises OnrecordError.
    """
    opened = Record.open(record, create=True)
    try:
        opened.read(sources, **options)
    except BaseException:
        opened.close()
        raise
    return opened
