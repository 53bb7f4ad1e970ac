"""The operator's own map in one file, handed out in the parts that a browser asks for."""

import re
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

MOST_BYTES: Final = 4 * 2**20
"""Of one answer: a tile is far smaller, and nobody keeps a worker busy with the whole."""
SECONDS: Final = 3600
_RANGE: Final = re.compile(r"bytes=([0-9]{1,18})?-([0-9]{1,18})?")


@require_safe
def basemap(request: HttpRequest) -> HttpResponse:
    """Answer a part of the file, 304 where the browser has it, 416 beyond its end.

    The path is the setting's alone: nothing of the address goes into it.
    """
    path = Path(settings.BASEMAP_PMTILES)
    if not settings.BASEMAP_PMTILES or not path.is_file():
        raise Http404("There is no map of the operator's own.")
    stat = path.stat()
    etag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    response = _part(request, path, stat.st_size, etag)
    response["Accept-Ranges"] = "bytes"
    # A refusal kept by a cache on the way would be everybody's answer. And what compresses
    # answers there would make other bytes of a part.
    is_refused = response.status_code >= 400
    response["Cache-Control"] = (
        "no-store" if is_refused else f"public, max-age={SECONDS}, no-transform"
    )
    response["ETag"] = etag
    return response


def _part(request: HttpRequest, path: Path, size: int, etag: str) -> HttpResponse:
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified()
    if request.method == "HEAD":
        return _answer(b"", 200, length=size)
    asked = request.headers.get("Range", "")
    # A part of another version of the file must not be joined to one of this.
    if not asked or request.headers.get("If-Range", etag) != etag:
        return _answer(b"Ask for a part of this file, with a Range.", 400)
    span = read_range(asked, size)
    if span is None:
        response = _answer(b"", 416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    first, last = span
    with path.open("rb") as file:
        file.seek(first)
        data = file.read(last - first + 1)
    response = _answer(data, 206)
    response["Content-Range"] = f"bytes {first}-{first + len(data) - 1}/{size}"
    return response


def _answer(data: bytes, status: int, length: int | None = None) -> HttpResponse:
    kind = "application/vnd.pmtiles" if status in {200, 206} else "text/plain; charset=utf-8"
    response = HttpResponse(data, content_type=kind, status=status)
    if length is not None:
        response["Content-Length"] = str(length)
    return response


def read_range(asked: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte that are asked for; None for what cannot be answered.

    At most ``MOST_BYTES``, as HTTP allows; several parts at once are not answered.
    """
    found = _RANGE.fullmatch(asked.strip())
    if not found or not any(found.groups()):
        return None
    begins, ends = (int(part) if part else None for part in found.groups())
    if begins is None:  # the last so many bytes
        begins, ends = max(0, size - (ends or 0)), size - 1
    last = min(size - 1 if ends is None else ends, size - 1, begins + MOST_BYTES - 1)
    return (begins, last) if begins <= last else None
