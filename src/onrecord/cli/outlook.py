"""The outlook: how likely an end is, what moved it, and how well it was told before; and its fit on other data."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from onrecord.api import Record
from onrecord.cli.common import (
    console,
    dispute_option,
    echo_json,
    errors_as_sentences,
    json_option,
    one_dispute,
    opened,
    print_json,
    record_option,
    row,
    some_dispute,
    table,
    write_picture,
)
from onrecord.export import words
from onrecord.export.pictures.outlook import outlook_picture
from onrecord.model import Forecast, HorizonChance, OnrecordError
from onrecord.outlook import HORIZONS, Kind, industries, read_parameters, unions
from onrecord.outlook.scoring import Scores
from onrecord.outlook.view import View

_SETTLED = (
    "Three things are called settled. Tentative agreement: the negotiators agree. Stoppage ended: work resumes, "
    "or may. Ratified: members accept; no forecast is made of it, and they may refuse."
)


@click.group(
    invoke_without_command=True,
    epilog="""\b
Examples:
  onrecord outlook
  onrecord outlook --as-of 2024-06-20 --horizon 7 --horizon 60
  onrecord outlook --workers 11500 --industry arts_entertainment
  onrecord outlook --picture outlook.svg
  onrecord outlook --scores
  onrecord outlook fit strikes.csv --out hazard.json
""",
)
@record_option
@dispute_option
@json_option
@click.option("--as-of", "as_of", metavar="YYYY-MM-DD", help="The day; without it that of the latest document.")
@click.option(
    "--horizon", "horizons", type=click.IntRange(1, 730), multiple=True, help="Within how many days; repeat it."
)
@click.option("--workers", type=click.IntRange(1), help="How many are out, if the documents do not say.")
@click.option("--industry", type=click.Choice(industries()), help="The industry, if the documents do not say.")
@click.option("--union", type=click.Choice(unions()), help="The union's family.")
@click.option("--parameters", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A fit of yours.")
@click.option("--scores", "only_scores", is_flag=True, help="How well past forecasts did.")
@click.option("--picture", type=click.Path(dir_okay=False, path_type=Path), help="Draw it: a .svg or .png file.")
@click.pass_context
@errors_as_sentences
def outlook(
    context: click.Context,
    path: Path,
    dispute: str | None,
    as_json: bool,
    as_of: str | None,
    horizons: tuple[int, ...],
    workers: int | None,
    industry: str | None,
    union: str | None,
    parameters: Path | None,
    only_scores: bool,
    picture: Path | None,
) -> None:
    """How likely the stoppage ends within some days, from what was known on a day."""
    if context.invoked_subcommand is not None:
        return
    with opened(path) as record:
        if only_scores:
            _print_scores(record.scores(some_dispute(record, dispute)), as_json=as_json)
            return
        chosen = one_dispute(record, dispute)
        view = record.outlook(
            chosen.id,
            as_of=_day(as_of),
            horizons=tuple(sorted(set(horizons))) or HORIZONS,
            kind=Kind(workers=workers, industry=industry, union=union),
            fitted=read_parameters(parameters.read_text("utf-8")) if parameters else None,
        )
        if picture is not None:
            _draw(record, chosen.id, picture)
        if as_json:
            echo_json(view, View)
        elif view.forecast is None:
            console().print(f"No forecast: {view.why}.")
        else:
            _print_view(view, view.forecast)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise OnrecordError(f"{text!r} is no day; write it as 2024-06-20") from None


def _print_view(view: View, f: Forecast) -> None:
    out = console()
    state = f" Talks: {words.STATES[f.state].lower()}." if f.state else ""
    out.print(f"As of {words.day(f.as_of)}, {words.days(f.elapsed)} elapsed.{state}")
    made = table("", "stoppage ends", "tentative agreement", "base rate alone")
    deal = {c.days: c for c in f.deal}
    base = {c.days: c for c in f.base}
    for c in f.chances:
        row(made, f"within {words.days(c.days)}", _chance(c), _chance(deal.get(c.days)), _chance(base.get(c.days)))
    out.print(made)
    out.print(f"Class: {f.reference} ({f.cases:,} strikes). Intervals are 95 %.")
    if f.profile:
        out.print(f"Known of this one: {f.profile}.")
    for s in f.shifts:
        out.print(
            f"Moved by {s.name.replace('_', ' ')}: odds x {s.factor:.2g} ({s.low:.2g} to {s.high:.2g}); {s.why}."
        )
    for line in view.moved:
        out.print(line)
    out.print(_SETTLED)


def _chance(c: HorizonChance | None) -> str:
    return "-" if c is None else f"{words.percent(c.chance)} % ({words.percent(c.low)}-{words.percent(c.high)})"


def _draw(record: Record, dispute: str, target: Path) -> None:
    made = [m.forecast for m in record.forecasts(dispute)]
    states = record.standing(dispute)
    write_picture(target, outlook_picture(made, states, name=record.dispute(dispute).name))


def _print_scores(scores: Scores, *, as_json: bool) -> None:
    if as_json:
        echo_json(scores, Scores)
        return
    out = console()
    if not scores.forecasts:
        out.print("The ledger is empty: a forecast is kept with each reading of a dispute that has a strike day.")
        return
    out.print(scores.about)
    columns = ["known", "pending", "told", "came", "Brier", "base Brier", "log score"]
    made = table("target", "within", *columns, right=columns)
    for t in scores.tallies:
        figures = [
            *(str(n) for n in (t.known, t.pending)),
            *("-" if v is None else f"{v:.3f}" for v in (t.told, t.came, t.brier, t.base_brier, t.log_score)),
        ]
        row(made, t.target.value, words.days(t.days), *figures)
    out.print(made)
    for b in scores.bins:
        out.print(f"told {b.low:.0%}-{b.high:.0%}: {b.cases} cases, mean {b.told:.3f}, came {b.came:.3f}")


@outlook.command(epilog="\b\nExamples:\n  onrecord outlook fit strikes.csv --out hazard.json")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write (JSON)."
)
@click.option("--draws", default=100, show_default=True, type=click.IntRange(2, 1000), help="Bootstrap refits.")
@json_option
@errors_as_sentences
def fit(source: Path, out: Path, draws: int, as_json: bool) -> None:
    """Fit the hazard on strikes of yours: SOURCE is a CSV table, or a folder of tables.

    A table needs the columns start and end (ISO days); workers, industry_group, union_family, employer, union and
    censor_date (until when one without an end was still on) are used where they are there. The interval comes from
    refits on disputes drawn with replacement. Use the file with: onrecord outlook --parameters FILE
    """
    from onrecord.outlook import fit as fitting

    found = fitting.fit_to(source, out=out, draws=draws, fitted=date.today())
    if as_json:
        print_json(
            {k: found[k] for k in ("strikes", "disputes", "person_days", "ends", "first_start", "last_start")}
        )
        return
    click.echo(
        f"{out}: {found['strikes']} strikes of {found['disputes']} disputes, {found['person_days']} days "
        f"under watch, {found['ends']} ends; begun {found['first_start']} to {found['last_start']}."
    )
