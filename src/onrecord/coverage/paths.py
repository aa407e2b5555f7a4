"""From what a person names (files, folders, globs) to the files to read: each once, in one order."""

# Names stay strings here: they are compared, sorted and shown as they were given.
# ruff: noqa: PTH111, PTH112, PTH114, PTH116, PTH118, PTH207, PTH208

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_URL = re.compile(r"(?:https?|ftp|feed)://", re.IGNORECASE)
_WILD = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, or in ``wrong`` and ``hint`` why there is none under that name."""

    path: str
    wrong: str = ""
    hint: str = ""


def expand(sources: Sequence[str], *, leave_out: frozenset[str] = frozenset()) -> list[Found]:
    """All files that some sources name, sorted by path whatever order was given, each real file once (under its
    first path). ``leave_out`` holds real paths that are not coverage, such as the manifest's."""
    found: dict[str, Found] = {}
    folders: set[tuple[int, int]] = set()
    for source in sorted(set(sources)):
        for item in _expanded(source, folders):
            found.setdefault(item.path, item)
    out: list[Found] = []
    seen = set(leave_out)
    for path in sorted(found):
        real = os.path.realpath(path) if not found[path].wrong else path
        if real not in seen:
            seen.add(real)
            out.append(found[path])
    return out


def _expanded(source: str, folders: set[tuple[int, int]]) -> Iterator[Found]:
    if _URL.match(source):
        yield Found(
            source, "this is an address, no file; it is fetched from the network by onrecord.coverage.fetch"
        )
        return
    if not source or "\0" in source:
        yield Found(source, "this is no name of a file")
        return
    path = os.path.normpath(os.path.expanduser(source))
    if os.path.lexists(path):
        yield from _file_or_folder(path, folders)
    elif _WILD.search(path):
        matches = sorted(glob.glob(path, recursive=True))
        if not matches:
            yield Found(source, "no file matches this pattern", "check it, and put it between quotation marks")
        for match in matches:
            yield from _file_or_folder(match, folders)
    else:
        yield Found(path, "there is no such file or folder", "check the spelling and the current folder")


def _file_or_folder(path: str, folders: set[tuple[int, int]]) -> Iterator[Found]:
    if not os.path.isdir(path):
        yield Found(path)
        return
    waiting = [path]
    files = 0
    while waiting:
        folder = waiting.pop()
        try:
            status = os.stat(folder)
            names = sorted(os.listdir(folder))
        except OSError as error:
            yield Found(folder, f"the folder cannot be opened ({error.strerror})", "check its permissions")
            files += 1
            continue
        if (key := (status.st_dev, status.st_ino)) in folders:
            files += 1
            continue
        folders.add(key)
        for name in names:
            # Browsers save what belongs to a page beside it, in a folder named after it.
            if name.startswith(".") or (name.endswith("_files") and _page_of(name, names)):
                continue
            inner = os.path.join(folder, name)
            if os.path.isdir(inner):
                waiting.append(inner)
            else:
                files += 1
                yield Found(inner)
    if not files:
        yield Found(path, "the folder holds no file to read", "hidden files are left out")


def _page_of(folder: str, names: Sequence[str]) -> bool:
    stem = folder.removesuffix("_files")
    return any(f"{stem}.{extension}" in names for extension in ("html", "htm"))


def refusal(path: str) -> str | None:
    """Why a path is no ordinary file (a link to nothing, a pipe, a device), None when it is one.

    Asked before opening, since opening a pipe would wait for ever.
    """
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return "the link points to nothing" if os.path.islink(path) else "the file is gone"
    except OSError as error:
        return f"the file cannot be opened ({error.strerror})"
    if stat.S_ISREG(mode):
        return None
    kinds = (
        (stat.S_ISFIFO, "pipe"),
        (stat.S_ISSOCK, "socket"),
        (stat.S_ISCHR, "device"),
        (stat.S_ISBLK, "device"),
    )
    kind = next((name for test, name in kinds if test(mode)), "special file")
    return f"this is a {kind}, no ordinary file"
