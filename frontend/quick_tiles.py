"""The short way to a visitor's tile, in front of Django (docs/adr/0031).

A tile of points costs the database less than the way through middleware, routes and
sessions costs Django. Whoever has no session is a visitor, and what a visitor is shown hangs
on the address alone: so the short way draws the tile with the same code, and sends it under
the headers that the long way gave when it was asked the like.

It answers only what it plainly understands. All else takes the long way, which refuses what
is to be refused: other hosts, unknown parameters, words to look for, tiles that are none.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import OperationalError, connections

from frontend.packed_tiles import PackedTile, is_known, is_packed_for
from frontend.public_tiles import PublicTiles, public_tiles
from frontend.selection import BadSelectionError
from frontend.views.tiles import FAILED
from geo.tile_database import tile_database
from geo.tiles import Tile

Environ = dict[str, Any]
Head = list[tuple[str, str]]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

_PATH: Final = re.compile(r"/tiles/(assets|homes)/([0-9]{1,2})/([0-9]{1,6})/([0-9]{1,6})\.mvt")
_LONGEST_QUERY: Final = 500
_MOST_HEADS: Final = 64
"""So many hosts and the like are remembered: whoever makes up more gains nothing."""


class _Sent(NamedTuple):
    """What is sent: its status and body, and how it is packed."""

    status: str
    body: bytes
    encoding: str = ""


class QuickTiles:
    """Stands before the site's WSGI application."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.heads: dict[tuple[str, ...], Head] = {}

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a visitor's tile; pass on everything else."""
        asked = _PATH.fullmatch(environ["PATH_INFO"])
        if asked is None or not _is_plain(environ):
            return self.application(environ, start_response)
        layer, *where = asked.groups()
        drawn = _drawn(environ, layer, *map(int, where))
        if drawn is None:
            return self.application(environ, start_response)
        sent = _sent(drawn, environ)
        like = _like(environ, layer, sent)
        head = self.heads.get(like)
        if head is None:
            return self.application(environ, self._learning(like, start_response))
        start_response(sent.status, _filled(head, drawn, sent))
        return [sent.body]

    def _learning(
        self, like: tuple[str, ...], start_response: Callable[..., Any]
    ) -> Callable[..., Any]:
        """Return a ``start_response`` that remembers the long way's headers.

        Those of an answer of another kind, such as a redirect to https, are not.
        """

        def start(status: str, headers: Head, *rest: Any) -> Any:
            names = {name.lower() for name, _ in headers}
            encoding = next(
                (value for name, value in headers if name == "Content-Encoding"), ""
            )
            if (status, encoding) == like[:2] and "set-cookie" not in names:
                if len(self.heads) >= _MOST_HEADS:
                    self.heads.clear()
                self.heads[like] = list(headers)
            return start_response(status, headers, *rest)

        return start


def _is_plain(environ: Environ) -> bool:
    """Say whether this is a visitor who asks for nothing out of the ordinary."""
    query, cookies = environ.get("QUERY_STRING", ""), environ.get("HTTP_COOKIE", "")
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and "HTTP_HOST" in environ
        and not environ.get("SCRIPT_NAME")
        and len(query) <= _LONGEST_QUERY
        and query.isascii()
        # Looked for anywhere: better a visitor the long way than somebody's session the
        # short. Nor is a token against forgery, which may be a broken one, read here.
        and settings.SESSION_COOKIE_NAME not in cookies
        and settings.CSRF_COOKIE_NAME not in cookies
    )


def _drawn(environ: Environ, layer: str, z: int, x: int, y: int) -> PackedTile | None:
    """Return the tile; None where the long way has to answer, if only to refuse."""
    try:
        tile = Tile(z, x, y)
        public = public_tiles(layer, environ.get("QUERY_STRING", ""), tile_database())
    except (BadSelectionError, ValueError):
        return None
    return None if public is None else _read(environ, public, tile)


def _read(environ: Environ, public: PublicTiles, tile: Tile) -> PackedTile | None:
    """Read a tile by this thread's connection.

    Django asks each connection whether it still works before it is used. Here the question
    itself tells: where it does not, the long way opens another.
    """
    connection = connections[tile_database()]
    if not connection.in_atomic_block:  # as in tests alone
        connection.close_if_unusable_or_obsolete()
        connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        return public.drawn(tile)
    except OperationalError as error:
        if connection.is_usable():  # it took too long, and would again: the long way says so
            environ[FAILED] = error
        return None


def _sent(drawn: PackedTile, environ: Environ) -> _Sent:
    if is_known(drawn, environ.get("HTTP_IF_NONE_MATCH", "")):
        return _Sent("304 Not Modified", b"")
    if is_packed_for(environ.get("HTTP_ACCEPT_ENCODING", "")) and drawn.packed is not None:
        return _Sent("200 OK", drawn.packed, "gzip")
    return _Sent("200 OK", drawn.data)


def _like(environ: Environ, layer: str, sent: _Sent) -> tuple[str, ...]:
    """Return all that the headers hang on, but for the tile itself."""
    return (
        sent.status,
        sent.encoding,
        layer,
        environ["REQUEST_METHOD"],
        environ["HTTP_HOST"],
        environ["wsgi.url_scheme"],
        environ.get("HTTP_X_FORWARDED_PROTO", ""),
    )


def _filled(head: Head, drawn: PackedTile, sent: _Sent) -> Head:
    own = {"ETag": drawn.etag, "Content-Length": str(len(sent.body))}
    return [(name, own.get(name, value)) for name, value in head]
