"""Templates: everything that comes from a record is escaped, and a missing name is an error, not a gap."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from onrecord import __version__
from onrecord.export import words
from onrecord.export.words import plain
from onrecord.web.pages import Page


def render(page: Page, *, published: bool = False, editing: bool = False) -> str:
    """A page as HTML; ``published``: for a folder without a server, so without forms and captures; ``editing``:
    with links to where rows are corrected."""
    return _environment().get_template(page.template).render(page=page, published=published, editing=editing)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["version"] = __version__
    made.globals["words"] = words
    made.filters["reference"] = reference
    made.filters["day"] = words.day
    made.finalize = _finalised
    return made


def _finalised(value: object) -> object:
    """Control characters of a captured text would break the page or turn its direction."""
    return plain(value) if type(value) is str else value


_REFERENCE = re.compile(r"\[(\d+)(?::(\d+))?\]")


def reference(text: object) -> Markup:
    """``[2:14]`` as a link to that sentence."""
    match = _REFERENCE.fullmatch(str(text))
    if match is None:
        return escape(str(text))
    anchor = f"#s{match[2]}" if match[2] else ""
    return Markup('<a class="ref" href="/documents/{}{}">{}</a>').format(match[1], anchor, match[0])
