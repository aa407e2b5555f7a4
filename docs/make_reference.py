"""Write docs/reference.md: the help of every command, as the program prints it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from onrecord.cli import main


def reference() -> str:
    """The page's text."""
    parts = ["# Reference\n\nThe help of every command, made by `python docs/make_reference.py`.\n"]
    for name in main.commands:
        done = CliRunner().invoke(main, [name, "--help"], terminal_width=100, prog_name="onrecord")
        parts.append(f"## onrecord {name}\n\n```text\n{done.output.strip()}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    Path(__file__).with_name("reference.md").write_text(reference(), "utf-8")
