"""The page's addresses, and what answers each. Pages are rendered on the server and work without script."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from onrecord.export import tables
from onrecord.model import OnrecordError
from onrecord.web import forms, pages, visits
from onrecord.web.feeds import atom
from onrecord.web.render import render
from onrecord.web.room import Room
from onrecord.web.safety import LOOPBACK, Safety, TooLarge

Answer = Callable[[Request], Response]


def create_app(
    path: Path, *, hosts: Iterable[str] = LOOPBACK, who: str = "", read_only: bool = False
) -> Starlette:
    """The reading room on the record at ``path``, answering only when asked for under one of ``hosts``.

    ``who`` is the name that forms are filled in with; ``read_only`` takes no form.
    """
    room = Room(path, read_only=read_only)
    return Starlette(
        routes=[
            Route("/", _home(room)),
            Route("/search", _page(room, pages.search)),
            Route("/problems", _page(room, pages.problems)),
            Route("/documents/{number:int}", _page(room, pages.document)),
            Route("/documents/{number:int}/original", _original(room)),
            Route("/d/{dispute}", _front(room)),
            Route("/d/{dispute}/timeline", _page(room, pages.timeline)),
            Route("/d/{dispute}/ahead", _page(room, pages.ahead)),
            Route("/d/{dispute}/claims", _page(room, pages.claims)),
            Route("/d/{dispute}/claims/{claim}", _page(room, pages.claim)),
            Route("/d/{dispute}/statements", _page(room, pages.statements)),
            Route("/d/{dispute}/sources", _page(room, pages.sources)),
            Route("/d/{dispute}/parties", _page(room, pages.parties)),
            Route("/d/{dispute}/effects", _page(room, pages.effects)),
            Route("/d/{dispute}/outlook", _page(room, pages.outlook)),
            Route("/d/{dispute}/documents", _page(room, pages.documents)),
            *([] if read_only else forms.routes(room, who)),
            Route("/d/{dispute}/feed.atom", _feed(room)),
            Route("/d/{dispute}/{table}.csv", _table(room, "csv")),
            Route("/d/{dispute}/{table}.jsonl", _table(room, "jsonl")),
            Mount("/static", StaticFiles(directory=str(files("onrecord.web").joinpath("static")))),
        ],
        middleware=[Middleware(Safety, hosts=tuple(hosts))],
        exception_handlers={
            OnrecordError: _sentence,
            HTTPException: _refused,
            TooLarge: _too_large,
            Exception: _failed,
        },
    )


# ------------------------------------------------------------------------------- answers


def _page(room: Room, gather: Callable[[pages.Asked], pages.Page]) -> Answer:
    def answer(request: Request) -> Response:
        with room.open() as db:
            page = gather(pages.Asked(room, db, request.path_params, request.query_params))
        return HTMLResponse(render(page, editing=not room.read_only))

    return answer


def _home(room: Room) -> Answer:
    def answer(request: Request) -> Response:
        with room.open() as db:
            page = pages.home(pages.Asked(room, db, request.path_params, request.query_params))
        if isinstance(page, str):
            return RedirectResponse(page, 302)
        return HTMLResponse(render(page, editing=not room.read_only))

    return answer


def _front(room: Room) -> Answer:
    def answer(request: Request) -> Response:
        with room.open() as db:
            asked = pages.Asked(room, db, request.path_params, request.query_params)
            visit = visits.of(request.cookies.get(visits.COOKIE), pages.latest_run(asked))
            response = HTMLResponse(render(pages.front(asked, since=visit.seen), editing=not room.read_only))
        response.set_cookie(
            visits.COOKIE, visit.text, max_age=visits.KEPT_SECONDS, httponly=True, samesite="strict", path="/d"
        )
        return response

    return answer


def _original(room: Room) -> Answer:
    def answer(request: Request) -> Response:
        with room.open() as db:
            found = pages.original(pages.Asked(room, db, request.path_params, request.query_params))
        # a captured page must never run as a page of this one: it is only ever saved
        return Response(
            found.data,
            media_type="application/octet-stream",
            headers={"content-disposition": f'attachment; filename="{found.file_name}"'},
        )

    return answer


def _table(room: Room, form: str) -> Answer:
    def answer(request: Request) -> Response:
        table = request.path_params["table"]
        if table not in tables.TABLES:
            raise HTTPException(404, f"There is no table {table!r}; the tables are: {', '.join(tables.TABLES)}.")
        with room.open() as db:
            dispute = pages.Asked(room, db, request.path_params, request.query_params).dispute
            if form == "csv":
                return Response(tables.as_csv(db, table, dispute.id), media_type="text/csv; charset=utf-8")
            lines = "".join(f"{line}\n" for line in tables.as_jsonl(db, table, dispute.id))
        return Response(lines, media_type="application/jsonl; charset=utf-8")

    return answer


def _feed(room: Room) -> Answer:
    def answer(request: Request) -> Response:
        with room.open() as db:
            asked = pages.Asked(room, db, request.path_params, request.query_params)
            body = atom(asked.report, base=str(request.base_url))
        return Response(body, media_type="application/atom+xml; charset=utf-8")

    return answer


# ------------------------------------------------------------------------------- errors


async def _sentence(request: Request, error: Exception) -> Response:
    """What a person asked for and the record does not hold, or what a form asked for and cannot be done."""
    status = 404 if request.method in ("GET", "HEAD") else 400
    return HTMLResponse(render(pages.error(status, str(error))), status)


async def _refused(request: Request, error: Exception) -> Response:
    status: Any = getattr(error, "status_code", 500)
    detail = str(getattr(error, "detail", ""))
    said = detail if " " in detail.strip() and detail.endswith(".") else "There is no such page."
    return HTMLResponse(render(pages.error(status, said)), status)


async def _too_large(request: Request, error: Exception) -> Response:
    return HTMLResponse(render(pages.error(413, "What was sent is too large for a form.")), 413)


async def _failed(request: Request, error: Exception) -> Response:
    """Nothing of the inside is told; the traceback goes to the log of the server."""
    said = "This page could not be made; the server's own window says why."
    return HTMLResponse(render(pages.error(500, said)), 500)
