"""The command group."""

from __future__ import annotations

import io
import logging
import sys

import click

from onrecord import __version__
from onrecord.cli.about import positions, profile
from onrecord.cli.assistant import mcp
from onrecord.cli.claims import claim, claims, cut, link
from onrecord.cli.exporting import export
from onrecord.cli.importing import import_
from onrecord.cli.judge import judge
from onrecord.cli.judgements import judgements
from onrecord.cli.keeping import disputes, forget
from onrecord.cli.lists import effects, problems, search
from onrecord.cli.looking import show, status
from onrecord.cli.outlook import outlook
from onrecord.cli.parties import parties
from onrecord.cli.reading import demo, read
from onrecord.cli.serve import serve, site
from onrecord.cli.sources import sources
from onrecord.cli.statements import statements
from onrecord.cli.timeline import timeline
from onrecord.cli.verifying import verify
from onrecord.cli.watching import revisions, watch
from onrecord.cli.weighing import ahead, framing, leaks


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Exit codes: 0 done, 1 error, 2 wrong usage, 3 done but something could not be read.",
)
@click.version_option(__version__, prog_name="onrecord")
@click.option("--debug", is_flag=True, help="Say on stderr what goes on inside, with tracebacks.")
def main(debug: bool) -> None:
    """Read the coverage of a labour dispute and keep the record straight.

    \b
    onrecord demo                     a shipped example, read and reported
    onrecord read coverage/           files, folders, tables -> record.db, then the report
    onrecord status                   the report again
    onrecord show 2:14                the passage behind a reference
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if debug:
        logging.basicConfig(level=logging.DEBUG, format="%(name)s: %(message)s")
        logging.getLogger("onrecord").setLevel(logging.DEBUG)


for command in (
    read,
    status,
    show,
    timeline,
    profile,
    positions,
    statements,
    claims,
    claim,
    link,
    cut,
    sources,
    effects,
    problems,
    outlook,
    ahead,
    framing,
    leaks,
    parties,
    disputes,
    judge,
    judgements,
    search,
    export,
    import_,
    forget,
    demo,
    serve,
    site,
    mcp,
    revisions,
    watch,
    verify,
):
    main.add_command(command)
