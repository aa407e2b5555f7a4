"""An assistant asks, over the protocol itself."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

anyio = pytest.importorskip("anyio")
mcp = pytest.importorskip("mcp", reason="mcp is not installed")


def ask(record: Path, tool: str, **arguments: Any) -> tuple[bool, str]:
    from onrecord.cli.assistant import server

    async def go() -> tuple[bool, str]:
        async with mcp.Client(server(record)) as client:
            answer = await client.call_tool(tool, arguments)
            return bool(answer.is_error), "\n".join(c.text for c in answer.content)

    return anyio.run(go)


def test_every_tool_is_described_and_only_reads(demo_master: Path) -> None:
    from onrecord.cli.assistant import server

    async def go() -> list[Any]:
        async with mcp.Client(server(demo_master)) as client:
            return list((await client.list_tools()).tools)

    tools = anyio.run(go)
    assert {t.name for t in tools} == {
        "disputes",
        "where_the_talks_stand",
        "timeline",
        "statements",
        "passage",
        "search",
    }
    assert all(t.description and t.annotations.read_only_hint for t in tools)


def test_where_the_talks_stand_comes_with_references_that_can_be_asked_for(demo_master: Path) -> None:
    failed, text = ask(demo_master, "where_the_talks_stand")
    assert not failed
    reference = re.findall(r"\[(\d+:\d+)\]", text)[0]
    failed, text = ask(demo_master, "passage", reference=reference)
    assert not failed
    found = json.loads(text)
    assert found["text"] in found["context"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [({"reference": "nonsense"}, "write it as 2:14"), ({"reference": "999"}, "no document")],
)
def test_a_mistake_is_told_in_a_sentence(demo_master: Path, arguments: dict[str, str], said: str) -> None:
    failed, text = ask(demo_master, "passage", **arguments)
    assert failed
    assert said in text


def test_the_command_speaks_over_its_standard_streams(demo_master: Path) -> None:
    async def go() -> str:
        program = mcp.StdioServerParameters(
            command=sys.executable,
            args=["-c", "from onrecord.cli import main; main()", "mcp", "-r", str(demo_master)],
            env=dict(os.environ),
        )
        async with mcp.Client(program) as client:
            answer = await client.call_tool("disputes", {})
            return str(answer.content[0].text)

    assert "ferry" in anyio.run(go).lower()
