"""The words of issues, stances and industries earn their place."""

from __future__ import annotations

import re

import pytest

from onrecord.standing.issues import issues_in, rows

FILES = [("issues", "issue"), ("stances", "stance"), ("industries", "industry")]
ENTRIES = [(f"{file}: {row['name']} {n}", row) for file, kind in FILES for n, row in enumerate(rows(file, kind))]


def alternatives(pattern: str) -> list[str]:
    """The alternatives at the top level of the pattern's one group."""
    body = pattern[pattern.index("(?:") + 3 : pattern.rindex(")")]
    parts, depth, last = [], 0, 0
    for at, c in enumerate(body):
        if c in "([" and body[at - 1 : at] != "\\":
            depth += 1
        elif c in ")]" and body[at - 1 : at] != "\\":
            depth -= 1
        elif c == "|" and depth == 0:
            parts.append(body[last:at])
            last = at + 1
    return [*parts, body[last:]]


@pytest.mark.parametrize(("name", "row"), ENTRIES, ids=[name for name, _ in ENTRIES])
def test_each_example_is_found_and_each_alternative_is_needed(name: str, row: dict[str, str]) -> None:
    examples = [e.lower() for e in row["examples"]]
    whole = re.compile(row["pattern"])
    assert [e for e in examples if not whole.search(e)] == []
    parts = alternatives(row["pattern"])
    idle = [p for p in parts if not any(re.search(p, e) for e in examples)]
    assert idle == [], f"{name}: nothing needs these"


def test_that_the_parties_meet_is_an_issue_only_where_nothing_else_is() -> None:
    assert [n for n, _ in issues_in("It refused to bargain over pensions")] == ["pensions"]
    assert [n for n, _ in issues_in("It refused to bargain")] == ["meeting"]
    assert issues_in("The ship sailed") == []
