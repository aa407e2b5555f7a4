"""Day by day over the disputes of the open development set: what the outlook would have said, scored and drawn.

    python -m benchmarks.backtest ../shared                      prints the figures
    python -m benchmarks.backtest ../shared --pictures docs/pictures    and draws them

For the real dispute of 2023 only the renderings of real coverage are read (the set's ``text_basis``); the written
documents hold invented rumours and are read for the invented disputes alone. A forecast of a day knows what was
published by that day, and its hazard was fitted on what its sources had told of by then where ``--strikes`` names
the folder of strike tables; otherwise the parameters that ship are used, which have seen later strikes.
The outcome is that of the set's record (``cross/``), not our own reading of it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import onrecord
from benchmarks.outlook import LATE_HALF_LIFE
from onrecord import synthesis
from onrecord.export.pictures.outlook import outlook_picture
from onrecord.model import Forecast, ReadArticle, StandingInterval, State
from onrecord.outlook import Parameters, read_parameters
from onrecord.outlook.fit import parameters
from onrecord.outlook.scoring import Scored, score, tally
from onrecord.outlook.strikes import known_by, read_strikes
from onrecord.record import ledger, queries

REAL = "wga2023"
HORIZONS = (1, 3, 7, 14, 30)


def chosen(shared: Path, dispute: str) -> list[dict[str, str]]:
    """The rows of a dispute's documents: renderings for the real one, all for an invented one."""
    rows = [json.loads(line) for line in (shared / "gold" / "texts.jsonl").read_text("utf-8").splitlines()]
    return [r for r in rows if r["dispute"] == dispute and (dispute != REAL or is_rendering(r["id"]))]


def is_rendering(name: str) -> bool:
    """By the set's table of ids: of the real dispute -001 and -002 are seeds, -101 and on are written."""
    return 3 <= int(name.rsplit("-", 1)[1]) <= 100


def outcome(shared: Path, dispute: str) -> tuple[StandingInterval, ...]:
    """The states of the talks by the set's own record."""
    cross = json.loads((shared / "gold" / "cross" / f"{dispute}.json").read_text("utf-8"))
    out = []
    for row in cross["standing"]:
        out.append(
            StandingInterval(
                state=State(row["state"]),
                first=date.fromisoformat(row["start"]),
                last=date.fromisoformat(row["end"]) if row["end"] else None,
                since_known=True,
                established=True,
                authority=None,
                evidence=(),
            )
        )
    return tuple(sorted(out, key=lambda i: i.first or date.min))


def refitted(strikes: Path | None, day: date) -> Parameters | None:
    """The hazard as it would have been fitted on a day; None where no tables are named."""
    if strikes is None:
        return None
    known = known_by(read_strikes(strikes), day)
    return read_parameters(
        json.dumps(parameters(known, draws=40, fitted=day, sources=[], half_life=LATE_HALF_LIFE))
    )


def days_of(documents: Sequence[ReadArticle], until: date) -> list[date]:
    published = sorted(d.reading.published.value for d in documents if d.reading.published.value)
    last = min(until, published[-1])
    return [published[0] + timedelta(days=n) for n in range((last - published[0]).days + 1)]


def backtest(shared: Path, dispute: str, strikes: Path | None) -> tuple[list[Forecast], list[Scored]]:
    """The forecasts of each day until the stoppage ended, stored in a record's ledger, and their scores."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "texts.jsonl"
        source.write_text("\n".join(json.dumps(r) for r in chosen(shared, dispute)), encoding="utf-8")
        with onrecord.read([source], Path(folder) / "record.db") as record:
            documents = queries.read_articles(record.db, dispute)
            states = outcome(shared, dispute)
            over = [i.first for i in states if i.state in (State.STRIKE_ENDED, State.RATIFIED) and i.first]
            known_until = max(d.reading.published.value or date.min for d in documents)
            days = days_of(documents, min(over, default=known_until))
            fitted = refitted(strikes, days[0])
            run = max(r.id for r in queries.runs(record.db))
            for day in days:
                made = synthesis.outlook_on(documents, day, horizons=HORIZONS, fitted=fitted).forecast
                if made is not None:
                    ledger.keep(record.db, f"{dispute}, day by day", made, looking_back=day < days[-1], run=run)
            forecasts = [m.forecast for m in ledger.made(record.db, f"{dispute}, day by day")]
    scored = score(
        [(dispute, f) for f in forecasts], intervals={dispute: states}, known_until={dispute: known_until}
    )
    return forecasts, list(scored)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("shared", type=Path)
    asked.add_argument("--strikes", type=Path, help="refit on these tables as of the first day of each dispute")
    asked.add_argument("--pictures", type=Path, help="folder to draw into (SVG)")
    given = asked.parse_args()
    everything: list[Scored] = []
    for dispute in sorted(p.stem for p in (given.shared / "gold" / "cross").glob("*.json")):
        forecasts, scored = backtest(given.shared, dispute, given.strikes)
        everything += scored
        known = sum(s.came is not None for s in scored)
        print(
            f"{dispute}: {len(forecasts)} days with a forecast, {known} of {len(scored)} chances have an outcome"
        )
        for t in tally(scored):
            if t.known:
                base = f", base rate alone {t.base_brier:.3f}" if t.base_brier is not None else ""
                print(
                    f"  {t.target.value:4} within {t.days:2} days: {t.known:3} known, told {t.told:.3f}, "
                    f"came {t.came:.3f}, Brier {t.brier:.3f}{base}, log score {t.log_score:.2f} bits"
                )
        if given.pictures and forecasts:
            given.pictures.mkdir(parents=True, exist_ok=True)
            drawn = outlook_picture(forecasts, outcome(given.shared, dispute), name=f"{dispute}, day by day")
            (given.pictures / f"backtest-{dispute}.svg").write_text(drawn, encoding="utf-8")
    print(
        f"all: {len({s.dispute for s in everything if s.came is not None})} disputes with an outcome; that is the"
    )
    print("number of cases, however many the days")


if __name__ == "__main__":
    main()
