"""onrecord read and onrecord demo."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from onrecord import coverage
from onrecord.cli.common import (
    console,
    dispute_option,
    errors_as_sentences,
    json_option,
    opened,
    record_option,
)
from onrecord.cli.looking import print_status
from onrecord.cli.networking import network_options
from onrecord.export.words import plain
from onrecord.model import Given, OnrecordError

if TYPE_CHECKING:
    from onrecord.api import Record
    from onrecord.pipeline import Progress as Report
    from onrecord.pipeline import RunReport, SecondReport
    from onrecord.second_reader import SecondReader

_STEPS = {"capture": "Capturing", "read": "Reading", "second": "Reading again", "compare": "Comparing"}


def _finder(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    kind, _, folder = name.partition(":")
    if kind not in {"both", "tagger", "rules"} or (kind == "rules" and folder):
        raise click.BadParameter(f"there is no finder {name!r}; take both, tagger, rules, or both:DIR")
    if folder and not (Path(folder) / "model.onnx").is_file():
        raise click.BadParameter(
            f"there is no tagger in {folder}; it holds model.onnx, tokenizer.json, tagger.json"
        )
    return name


@click.command(
    epilog="""\b
Examples:
  onrecord read coverage/                          a folder
  onrecord read '*.html' notes.txt                 files and globs
  onrecord read articles.jsonl --manifest who.csv  rows, with dates and outlets from a table
  onrecord read https://news.example/feed.xml      a feed with its items; a page; a sitemap
  onrecord read @urls.txt                          the addresses in a list (text, CSV, OPML)
  pbpaste | onrecord read - --date 2023-09-13      standard input
  onrecord read coverage/ --second-reader llama3   a model of yours proposes statements beside
"""
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@record_option
@dispute_option
@json_option
@click.option(
    "--manifest",
    type=click.Path(path_type=Path),
    help="CSV with path or url, date, outlet, title, dispute for what the files do not say.",
)
@click.option("--date", help="Date of what is read, YYYY-MM-DD (for one source, or all).")
@click.option("--outlet", help="Outlet of what is read.")
@click.option("--text-field", metavar="NAME", help="Short for --map text=NAME.")
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="FIELD=NAME",
    help="The column or key of a table that holds a field: text=body, date=filed_on. May be repeated.",
)
@click.option(
    "--parties", "presets", multiple=True, type=click.Path(path_type=Path), help="TOML file of parties to know."
)
@click.option("--pipeline", metavar="NAME", help="A spaCy pipeline other than the one that ships.")
@click.option(
    "--finder",
    metavar="NAME",
    callback=_finder,
    default="both",
    show_default=True,
    help="How attributions are found: both, tagger or rules; both:DIR with a tagger that you trained.",
)
@click.option(
    "--second-reader",
    "second_reader",
    metavar="MODEL",
    help="Have a language model of the llm library propose statements, kept apart (needs onrecord[llm]).",
)
@network_options
@click.option("--again", is_flag=True, help="Also take up what was forgotten.")
@click.option("--quiet", "-q", is_flag=True, help="No progress, no report; problems only.")
@click.option("--verbose", "-v", is_flag=True, help="Also say what was new and known.")
@errors_as_sentences
def read(
    sources: tuple[str, ...],
    path: Path,
    dispute: str | None,
    as_json: bool,
    manifest: Path | None,
    date: str | None,
    outlet: str | None,
    text_field: str | None,
    mapped: tuple[str, ...],
    presets: tuple[Path, ...],
    pipeline: str | None,
    finder: str,
    second_reader: str | None,
    network: coverage.Network,
    again: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Read SOURCE... into the record and print where the talks stand.

    SOURCE is a file, a folder, a glob, an address, @FILE for a list of addresses, or - for standard input.
    docs/inputs.md lists the formats. Only what you name is fetched: an address, and the items of a feed. What is
    in the record already is not read twice; what could not be read is said, and does not stop the rest. With
    --dispute all that is read is assigned to that dispute.
    """
    machine = _second_reader(second_reader, pipeline, presets)
    with opened(path, create=True) as record:
        with _progress(shown=not quiet and not as_json) as progress:
            done = record.read(
                sources,
                manifest=manifest,
                given=Given(date=date, outlet=outlet, dispute=dispute),
                names=_names(mapped, text_field),
                presets=presets,
                pipeline=pipeline,
                finder=finder,
                network=network,
                again=again,
                stdin=sys.stdin.buffer if "-" in sources else None,
                progress=progress,
            )
            second = _second(record, machine, done.run, progress) if machine is not None else None
        _said(done, quiet=quiet, verbose=verbose)
        if second is not None:
            _said_second(second, quiet=quiet)
        if not quiet:
            none = dispute is not None and dispute.casefold() == "none"
            print_status(record, None if none else dispute, as_json=as_json)
    sys.exit(3 if done.problems or (second is not None and second.problems) else 0)


def _names(mapped: Sequence[str], text_field: str | None) -> dict[str, str]:
    """The columns that the user names for fields."""
    out = {"text": text_field} if text_field else {}
    for pair in mapped:
        name, equals, column = pair.partition("=")
        if name.strip() not in coverage.FIELDS or not equals or not column.strip():
            raise OnrecordError(f"--map {pair}: write FIELD=NAME, FIELD being one of {', '.join(coverage.FIELDS)}")
        out[name.strip()] = column.strip()
    return out


def _said(done: RunReport, *, quiet: bool, verbose: bool) -> None:
    for problem in done.problems:
        hint = f" ({problem.hint})" if problem.hint else ""
        click.echo(plain(f"onrecord: {problem.source}: {problem.message}{hint}"), err=True)
    if verbose and not quiet:
        click.echo(f"run {done.run}: {done.new} new, {done.known} known before, {done.read} read", err=True)


def _second_reader(model: str | None, pipeline: str | None, presets: tuple[Path, ...]) -> SecondReader | None:
    """The second reader that is asked for, before anything is read: a model that is not there ends the command."""
    if model is None:
        return None
    from onrecord.second_reader import SecondReader

    return SecondReader(model, pipeline=pipeline, presets=presets)


def _second(record: Record, machine: SecondReader, run: int, progress: Report) -> SecondReport:
    from onrecord.pipeline import second_read

    return second_read(record.db, machine, run=run, progress=progress)


def _said_second(done: SecondReport, *, quiet: bool) -> None:
    for problem in done.problems:
        click.echo(plain(f"onrecord: {problem.source}: {problem.message} ({problem.hint})"), err=True)
    if quiet:
        return
    dropped = "; ".join(f"{n} {why}" for why, n in done.dropped)
    line = f"second reader {done.reader}: {done.read} read, {done.proposed} statements proposed, {done.kept} kept"
    click.echo(plain(f"{line}{f', dropped: {dropped}' if dropped else ''}"), err=True)


@contextmanager
def _progress(*, shown: bool) -> Iterator[Report]:
    """A progress bar on a terminal; silence in a pipe."""
    err = console(stderr=True)
    if not shown or not err.is_terminal:
        yield lambda step, done, total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bars:
        tasks = {}

        def report(step: str, done: int, total: int | None) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(_STEPS.get(step, step), total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield report


@click.command(
    epilog="""\b
Examples:
  onrecord demo                        read the example into demo.db and print the report
  onrecord show 2:3 --record demo.db   the passage behind a reference of it
"""
)
@click.option(
    "--record",
    "-r",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    default="demo.db",
    show_default=True,
    help="Where to keep the demo's record.",
)
@dispute_option
@json_option
@errors_as_sentences
def demo(path: Path, dispute: str | None, as_json: bool) -> None:
    """Read a small invented dispute that ships with onrecord, and print the report.

    The ferries, their crews, the outlets and all that they say are invented.
    """
    with as_file(files("onrecord").joinpath("demo")) as folder, opened(path, create=True) as record:
        with _progress(shown=not as_json) as progress:
            record.read(folder / "coverage", manifest=folder / "manifest.csv", progress=progress)
        print_status(record, dispute, as_json=as_json)
