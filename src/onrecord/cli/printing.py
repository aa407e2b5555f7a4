"""The report on a terminal and in a pipe."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from onrecord.export.report import Line, headline, sections
from onrecord.record.status import Status

_MOST_REFERENCES = 6


def show(s: Status, console: Console) -> None:
    """Print the report: wrapped with an indent on a terminal, one line a fact in a pipe."""
    console.print(Text(headline(s), style="bold"))
    for section in sections(s):
        console.print()
        console.print(Text(section.title, style="bold cyan"))
        for line in section.lines:
            print_line(line, console, indent=2)


def print_line(line: Line, console: Console, *, indent: int = 0) -> None:
    """Print a line with its references."""
    text = Text(line.text, style="bold" if line.strong else "")
    if line.elsewhere:
        text.append(f": {line.elsewhere}")
    for reference in line.references[:_MOST_REFERENCES]:
        text.append(" ").append(reference, style="dim")
    if len(line.references) > _MOST_REFERENCES:
        text.append(f" and {len(line.references) - _MOST_REFERENCES} more", style="dim")
    if console.is_terminal:
        console.print(Padding(text, (0, 0, 0, indent), expand=False))
    else:
        console.print(Text(" " * indent).append(text), soft_wrap=True)
