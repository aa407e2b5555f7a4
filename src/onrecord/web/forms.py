"""The pages with forms, and what takes them.

A form carries the secret of its reader's cookie, which a page of another site can neither read nor set.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from secrets import compare_digest
from urllib.parse import parse_qs, quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from onrecord.record.store import Connection
from onrecord.web import judging, pages
from onrecord.web.render import render
from onrecord.web.room import Room
from onrecord.web.safety import token

_SECRET = "onrecord_form"
_NAME = "onrecord_name"
_KEPT_SECONDS = 30 * 24 * 3600


def routes(room: Room, who: str) -> list[Route]:
    """Where rows are corrected; ``who`` is the name that a form is filled in with at first."""

    def correct(request: Request) -> Response:
        secret = request.cookies.get(_SECRET) or token()
        name = unquote(request.cookies.get(_NAME, "")) or who
        with room.open() as db:
            asked = pages.Asked(room, db, request.path_params, request.query_params)
            response = HTMLResponse(render(pages.correct(asked, token=secret, who=name), editing=True))
        response.set_cookie(_SECRET, secret, httponly=True, samesite="strict")
        return response

    def queue(request: Request) -> Response:
        with room.open() as db:
            page = pages.queue(pages.Asked(room, db, request.path_params, request.query_params))
        return HTMLResponse(render(page, editing=True))

    async def judge(request: Request) -> Response:
        return await _taken(room, request, judging.ruled)

    async def undo(request: Request) -> Response:
        return await _taken(room, request, judging.taken_back)

    return [
        Route("/correct/{target}", correct),
        Route("/judge", judge, methods=["POST"]),
        Route("/undo", undo, methods=["POST"]),
        Route("/d/{dispute}/review", queue),
    ]


async def _taken(room: Room, request: Request, act: Callable[[Connection, Mapping[str, str]], str]) -> Response:
    """Do what a form says, and lead back to its row."""
    fields = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=100)
    form = {name: values[0] for name, values in fields.items()}
    secret = request.cookies.get(_SECRET, "")
    if not secret or not compare_digest(form.get("token", "").encode(), secret.encode()):
        raise HTTPException(403, "This form is out of date; load its page again and send it from there.")

    def on_the_record() -> str:
        with room.open() as db:
            return act(db, form)

    response = RedirectResponse(f"/correct/{await run_in_threadpool(on_the_record)}", 303)
    name = quote(form.get("who", "").strip()[:100])
    response.set_cookie(_NAME, name, max_age=_KEPT_SECONDS, httponly=True, samesite="strict")
    return response
