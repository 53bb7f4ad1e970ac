"""What works without a signal: the walk-round, and the worker that keeps it on the phone.

The pages here are the same for everybody, signed in or not: they are made without the
request, so that nothing about a person can be in what a phone keeps.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets.categories import BY_SLUG, UNLOCATED
from assets.forms import PlaceForm
from fans.people.demo import demo_is_loaded
from frontend.categories import FAMILY_OF
from frontend.context import map_at, map_ground
from frontend.navigation import Way

WORKER: Final = "src/sw.ts"
_BUILT: Final = "frontend/build/"
_ASKED_AGAIN: Final = "no-store"  # what is kept, the worker keeps
_WAYS: Final = (
    Way("My work", "frontend:today", "today"),
    Way("Map and list", "frontend:map", "map"),
    Way("Add a place", "assets:add", "plus"),
    Way("Help", "frontend:help", "help"),
)


@require_safe
def walk(request: HttpRequest) -> HttpResponse:
    """Show the page that notes many places in a row, with or without a signal."""
    return _shell(_walk_page())


@require_safe
def no_signal(request: HttpRequest) -> HttpResponse:
    """Show what a phone shows in place of a page that it cannot reach."""
    return _shell(_no_signal_page())


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Hand out the service worker, told what to keep.

    Its text changes with any file or page that it keeps: by that browsers see a new one.
    """
    pages = [_walk_page(), _no_signal_page()]
    files = sorted({file for page in pages for file in _files_of(page)})
    told = {
        "walk": reverse("frontend:walk"),
        "noSignal": reverse("frontend:no_signal"),
        "files": files,
    }
    seen = json.dumps([told, pages, _script_of_worker()])
    told["version"] = hashlib.sha256(seen.encode()).hexdigest()[:16]
    script = f"self.SHELL = {json.dumps(told)};\n{_script_of_worker()}"
    return HttpResponse(
        script,
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": _ASKED_AGAIN, "Service-Worker-Allowed": "/"},
    )


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Say how the walk-round stands among a phone's apps."""
    icon = {"src": static("frontend/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}
    told = {
        "name": "Friends and Neighbours: walk-round",
        "short_name": "Walk-round",
        "description": "Note the places around a care home as you pass them.",
        "id": reverse("frontend:walk"),
        "start_url": reverse("frontend:walk"),
        "scope": "/",
        "display": "minimal-ui",
        "lang": "en-GB",
        "background_color": "#ffffff",
        "theme_color": "#17524a",
        "icons": [icon],
    }
    response = JsonResponse(told, content_type="application/manifest+json")
    response["Cache-Control"] = _ASKED_AGAIN
    return response


def _shell(page: str) -> HttpResponse:
    return HttpResponse(page, headers={"Cache-Control": _ASKED_AGAIN})


def _walk_page() -> str:
    form = PlaceForm()
    return _page(
        "frontend/offline/walk.html",
        form=form,
        other_kinds=[
            {"kind": kind, "examples": BY_SLUG[kind.slug].examples}
            for kind in form.other_kinds
            if kind.slug not in UNLOCATED
        ],
        category_families=FAMILY_OF,
        map_at=map_at(),
        **map_ground(),
    )


def _no_signal_page() -> str:
    return _page("frontend/offline/no_signal.html")


def _page(template: str, **context: Any) -> str:
    ways = [{"url": reverse(w.route), "label": w.label, "symbol": w.symbol} for w in _WAYS]
    return render_to_string(template, {"navigation": ways, "demo": demo_is_loaded(), **context})


def _files_of(page: str) -> Iterator[str]:
    """Find the site's own files that a page needs: those it names, and theirs in turn."""
    known = _bundled()
    for url in re.findall(r'(?:href|src|data-icons)="([^"#?]+)', page):
        if not url.startswith(settings.STATIC_URL) or url.endswith(".map"):
            continue
        yield url
        name = url.removeprefix(settings.STATIC_URL + _BUILT)
        yield from (static(_BUILT + each) for each in _needs(name, known))


def _needs(file: str, known: dict[str, Any]) -> set[str]:
    """Return the built files that a built file brings along: chunks, styles and fonts."""
    found: set[str] = set()
    asked = [entry for entry in known.values() if entry["file"] == file]
    while asked:
        entry = asked.pop()
        own = {entry["file"], *entry.get("css", []), *entry.get("assets", [])}
        found |= {each for each in own if not each.endswith(".woff")}  # woff2 is beside it
        asked += [
            known[name] for name in entry.get("imports", []) if known[name]["file"] not in found
        ]
    return found - {file}


def _manifest_path() -> Path:
    vite: dict[str, Any] = settings.DJANGO_VITE["default"]
    return Path(vite["manifest_path"])


def _bundled() -> dict[str, Any]:
    known: dict[str, Any] = json.loads(_manifest_path().read_text(encoding="utf-8"))
    return known


def _script_of_worker() -> str:
    file: str = _bundled()[WORKER]["file"]
    return (_manifest_path().parent / file).read_text(encoding="utf-8")
