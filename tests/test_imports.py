"""Which room may import which: the data flows one way, only the record knows SQL, only coverage reads files."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "onrecord"
FLOW = (
    "model",
    "coverage",
    "text",
    "parties",
    "dating",
    "attribution",
    "events",
    "claims",
    "standing",
    "outlook",
    "weighing",
    "record",
    "export",
    "web",
    "cli",
)
PURE = FLOW[2 : FLOW.index("record")]
# The pages that join the rooms: reader of one document, look across documents, flow, Python door.
JOINTS = {
    "components": "events",
    "reader": "weighing",
    "second_reader": "attribution",
    "synthesis": "weighing",
    "past": "standing",
    "comparing": "record",
    "pipeline": "record",
    "api": "export",
}


def imports(path: Path) -> set[str]:
    """All modules that a file imports, relative ones resolved."""
    found: set[str] = set()
    package = ["onrecord", *path.relative_to(SRC).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(x for x in (base, node.module) if x)
            found.add(module)
            if module == "onrecord":
                found |= {f"onrecord.{a.name}" for a in node.names}
    return found


def rooms_of(modules: set[str]) -> set[str]:
    return {m.split(".")[1] for m in modules if m.startswith("onrecord.")} - {"__version__"}


def files(room: str) -> list[Path]:
    folder = SRC / room
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [SRC / f"{room}.py"]


@pytest.mark.parametrize("room", FLOW)
def test_a_room_imports_only_rooms_before_it(room: str) -> None:
    assert files(room), f"the room {room} is empty"
    # The page and the command line stand above the joints; nothing before them does.
    allowed = {*FLOW[: FLOW.index(room) + 1], *(JOINTS if room in ("web", "cli") else ())}
    # The record and what shows it read back rows of every kind but need no room that makes them.
    if room == "record":
        allowed = {"model", "text", "record"}
    if room == "export":
        allowed = {"model", "record", "export"}
    for path in files(room):
        assert rooms_of(imports(path)) <= allowed, path


@pytest.mark.parametrize(("joint", "last"), JOINTS.items())
def test_the_joints_import_only_what_lies_before_them(joint: str, last: str) -> None:
    allowed = {*FLOW[: FLOW.index(last) + 1], *JOINTS}
    assert rooms_of(imports(SRC / f"{joint}.py")) <= allowed


@pytest.mark.parametrize("path", sorted(SRC.rglob("*.py")), ids=lambda p: str(p.relative_to(SRC)))
def test_only_the_record_knows_sql_and_pure_rooms_touch_no_network_or_database(path: Path) -> None:
    found = {m.split(".")[0] for m in imports(path)}
    room = path.relative_to(SRC).parts[0]
    if room in PURE:
        assert not found & {"sqlite3", "socket", "httpx", "requests", "urllib", "subprocess"}
    if room not in ("record", "export") and path.name not in ("comparing.py", "pipeline.py", "api.py"):
        assert "sqlite3" not in found


def test_files_stay_short() -> None:
    long = {
        str(p.relative_to(SRC)): n
        for p in SRC.rglob("*.py")
        if (n := len(p.read_text("utf-8").splitlines())) > 450
    }
    assert list(long) in ([], ["model.py"]), f"files that have grown too long: {long}"
