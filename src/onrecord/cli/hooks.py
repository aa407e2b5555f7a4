"""What watch sets off when something changed: a command, an Atom file, a post to an address."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from onrecord.api import Record
from onrecord.cli import changing
from onrecord.coverage import Network, post
from onrecord.export.words import plain
from onrecord.model import OnrecordError
from onrecord.record import changes, queries
from onrecord.record.append import REFRESH

_SECONDS = 60.0
_ENTRIES = 50
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hooks:
    """What a user asked to be told by. Words from the coverage reach a command on its input alone, never as its
    arguments."""

    on_change: str | None = None
    atom: Path | None = None
    webhook: str | None = None
    network: Network = Network()

    def tell(self, record: Record, row: dict[str, Any]) -> Iterator[str]:
        """Tell a change by all of them; one that fails is a sentence and stops neither the others nor the
        watch."""
        data = json.dumps(row, ensure_ascii=False, default=str).encode("utf-8")
        for hook, given in ((_run, self.on_change), (self._post, self.webhook)):
            if given is not None:
                try:
                    hook(given, data)
                except OnrecordError as error:
                    yield str(error)
        if self.atom is not None:
            try:
                _write(self.atom, feed(record))
            except OSError as error:
                yield f"{self.atom} cannot be written ({error.strerror}); name another file with --atom"

    def _post(self, url: str, data: bytes) -> None:
        post(url, data, network=self.network)


def _run(command: str, data: bytes) -> None:
    try:
        done = subprocess.run(shlex.split(command), input=data, timeout=_SECONDS, check=False, capture_output=True)
    except subprocess.TimeoutExpired:
        raise OnrecordError(f"--on-change took more than {_SECONDS:.0f} seconds and was stopped") from None
    except (OSError, ValueError) as error:
        raise OnrecordError(f"--on-change {command!r} cannot be run ({error})") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise OnrecordError(f"--on-change ended with code {done.returncode}{': ' + said[-1] if said else ''}")


def _write(path: Path, data: bytes) -> None:
    """Write a file so that who reads it meets the old one or the new one, never half of one."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as file:
        file.write(data)
    Path(file.name).chmod(0o644)
    os.replace(file.name, path)  # noqa: PTH105


def feed(record: Record) -> bytes:
    """The changes of the last runs as an Atom feed, the latest first."""
    runs = [r for r in queries.runs(record.db) if r.reader != REFRESH and r.finished_at]
    root = Element("feed", {"xmlns": _ATOM})
    SubElement(root, "title").text = "onrecord: what changed"
    SubElement(root, "id").text = f"urn:onrecord:{runs[0].started_at if runs else 'empty'}"
    SubElement(root, "updated").text = (runs[-1].finished_at if runs else None) or "1970-01-01T00:00:00+00:00"
    SubElement(SubElement(root, "author"), "name").text = "onrecord"
    told = 0
    for run in reversed(runs):
        found = changes.between(record.db, run.id - 1, run.id)
        if not found:
            continue
        lines = [plain(line) for line in changing.change_lines(found)]
        entry = SubElement(root, "entry")
        SubElement(entry, "title").text = (
            lines[0] if len(lines) == 1 else f"{lines[0]} (and {len(lines) - 1} more)"
        )
        SubElement(entry, "id").text = f"urn:onrecord:{run.started_at}:{run.id}"
        SubElement(entry, "updated").text = run.finished_at
        SubElement(entry, "content", {"type": "text"}).text = "\n".join(lines)
        told += 1
        if told == _ENTRIES:
            break
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}'.encode()
