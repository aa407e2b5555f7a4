"""The command that opens the reading room."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import click

from onrecord.cli.common import console, errors_as_sentences, opened, record_option
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
@errors_as_sentences
def serve(record: Path | None, path: Path, port: int) -> None:
    """Open the record as a page for reading, on this machine only. Ctrl-C ends it."""
    try:
        import uvicorn

        from onrecord.web import create_app
    except ImportError as error:
        raise OnrecordError(f"the page needs {error.name}; install it with: pip install 'onrecord[web]'") from None
    chosen = record or path
    with opened(chosen):
        pass
    listening = listen(port)
    out = console()
    out.print(f"Reading {chosen} at http://127.0.0.1:{listening.getsockname()[1]}  (Ctrl-C ends it)")
    sys.stdout.flush()  # a script waits for the address
    config = uvicorn.Config(create_app(chosen), log_level="warning", server_header=False, date_header=False)
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
