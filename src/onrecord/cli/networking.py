"""The options of commands that fetch."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from onrecord.coverage import Network

F = TypeVar("F", bound=Callable[..., Any])
_FILE = click.Path(dir_okay=False, path_type=Path)
_OPTIONS = (
    click.option(
        "--delay",
        type=click.FloatRange(0),
        default=1.0,
        show_default=True,
        help="Seconds between requests to a host.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(0.1),
        default=20.0,
        show_default=True,
        help="Seconds to wait for an answer to begin or go on; four times that for all of it.",
    ),
    click.option(
        "--max-items",
        type=click.IntRange(1),
        default=1000,
        show_default=True,
        help="How many items of one feed or sitemap are fetched.",
    ),
    click.option(
        "--ignore-robots", is_flag=True, help="Fetch also what a site's robots.txt asks programs to leave."
    ),
    click.option("--allow-private", is_flag=True, help="Fetch also from this machine and from private networks."),
    click.option("--cookies", type=_FILE, help="A cookies.txt to send; cookies that sites set are not kept."),
    click.option("--login", type=_FILE, help="A netrc file with logins; they are sent by https alone."),
)


def network_options(command: F) -> F:
    """The options above, handed to the command as one ``network``."""

    @functools.wraps(command)
    def gathered(
        *args: Any,
        delay: float,
        timeout: float,
        max_items: int,
        ignore_robots: bool,
        allow_private: bool,
        cookies: Path | None,
        login: Path | None,
        **options: Any,
    ) -> Any:
        network = Network(
            delay=delay,
            timeout=timeout,
            total=4 * timeout,
            max_items=max_items,
            heed_robots=not ignore_robots,
            allow_private=allow_private,
            cookies=cookies,
            login=login,
        )
        return command(*args, network=network, **options)

    with_options: Any = gathered
    for option in reversed(_OPTIONS):
        with_options = option(with_options)
    return with_options  # type: ignore[no-any-return]
