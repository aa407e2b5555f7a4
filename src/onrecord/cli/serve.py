"""The commands that show a record as pages: on this machine, or as a folder to publish."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from onrecord.cli.common import console, errors_as_sentences, opened, record_option, user
from onrecord.model import OnrecordError


@click.command(
    epilog="""\b
Examples:
  onrecord serve                       the page on record.db, at http://127.0.0.1:8765
  onrecord serve -r strike.db --port 0   on any free port
"""
)
@click.argument("record", required=False, type=click.Path(dir_okay=False, path_type=Path))
@record_option
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0: any free port.")
@click.option("--read-only", is_flag=True, help="Take no correction from the page.")
@errors_as_sentences
def serve(record: Path | None, path: Path, port: int, read_only: bool) -> None:
    """Open the record as a page to read and correct, on this machine only. Ctrl-C ends it."""
    with _needed():
        import uvicorn

        from onrecord.web import create_app
    chosen = record or path
    with opened(chosen):
        pass
    listening = listen(port)
    out = console()
    out.print(f"Reading {chosen} at http://127.0.0.1:{listening.getsockname()[1]}  (Ctrl-C ends it)")
    sys.stdout.flush()  # a script waits for the address
    app = create_app(chosen, who=user(), read_only=read_only)
    config = uvicorn.Config(app, log_level="warning", server_header=False, date_header=False)
    uvicorn.Server(config).run(sockets=[listening])


def listen(port: int) -> socket.socket:
    """A socket of the loopback address, which no other machine reaches."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen()  # from here on a reader who comes early waits
    except OSError:
        listening.close()
        raise OnrecordError(f"port {port} is taken; try another with --port, or 0 for any free one") from None
    return listening


@contextmanager
def _needed() -> Iterator[None]:
    """What the pages need and the base install does not bring."""
    try:
        yield
    except ImportError as error:
        raise OnrecordError(f"the page needs {error.name}; install it with: pip install 'onrecord[web]'") from None


@click.command(
    epilog="""\b
Examples:
  onrecord site public/                          the pages on record.db as a folder
  onrecord site public/ --base https://desk.example/strike
"""
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@record_option
@click.option("--base", default="", metavar="URL", help="Where the folder will stand, for the feed's addresses.")
@click.option("--full-text", is_flag=True, help="Whole documents; see to it that you may publish them.")
@errors_as_sentences
def site(folder: Path, path: Path, base: str, full_text: bool) -> None:
    """Write the pages into FOLDER, to be published: excerpts round the evidence, and links to the originals."""
    with _needed():
        from onrecord.web.site import site as write
    with opened(path):
        pass
    console().print(f"{write(path, folder, base=base, full_text=full_text)} pages in {folder}")
