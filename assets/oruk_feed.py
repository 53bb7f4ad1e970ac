"""An Open Referral UK 3.0 feed, fetched page by page into one file."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from intake.errors import IntakeError
from intake.fetch import Client
from intake.limits import import_limits

MOST_PAGES: Final = 5_000
_ID = re.compile(r"[A-Za-z0-9._~-]{1,80}")


def fetch_feed(url: str, *, into: Path) -> Path:
    """Fetch all services of a feed, each with its locations, into a file in ``into``.

    ``url``: the feed's root, or its list of services.

    Raises:
        IntakeError: the host may not be asked, does not answer, or gives something else.
    """
    with Client(url) as client:
        services = list(_Feed(client, url).services())
    host = re.sub(r"[^a-z0-9.-]", "", (urlsplit(url).hostname or "feed").lower())
    path = into / f"{host[:60]}.json"
    path.write_text(json.dumps(services, ensure_ascii=False), encoding="utf-8")
    return path


class _Feed:
    """Walks a feed's pages; ends where a feed that goes round in circles would not."""

    def __init__(self, client: Client, url: str) -> None:
        self.client = client
        parts = urlsplit(url)
        path = parts.path.rstrip("/")
        self.path = path if path.endswith("/services") else f"{path}/services"
        self.base = urlunsplit((parts.scheme, parts.netloc, self.path, "", ""))
        self.seen: set[str] = set()

    def services(self) -> Iterator[dict[str, Any]]:
        """Yield every service of every page, in full."""
        page, pages = 1, 1
        while page <= pages:
            answer = self._page(page)
            contents = answer["contents"]
            pages = self._pages(answer, page)
            fresh = [service for service in contents if self._is_new(service, page)]
            if not contents and page < pages:
                words = f"page {page} of {pages} is empty"
                raise IntakeError(words, file=self.base)
            if contents and not fresh:
                words = f"page {page} gives what earlier pages have given: it goes in circles"
                raise IntakeError(words, file=self.base)
            yield from map(self._full, fresh)
            page += 1

    def _page(self, page: int) -> dict[str, Any]:
        answer = self.client.get_json(f"{self.base}?{urlencode({'page': page})}")
        if not isinstance(answer, dict) or not isinstance(answer.get("contents"), list):
            words = f"page {page} is no page of services: it has no list of contents"
            raise IntakeError(words, file=self.base)
        return answer

    def _pages(self, answer: dict[str, Any], page: int) -> int:
        pages = answer.get("total_pages")
        if isinstance(pages, bool) or not isinstance(pages, int) or pages < 0:
            raise IntakeError("total_pages is no whole number", file=self.base)
        if pages > MOST_PAGES:
            words = (
                f"the feed says that it has {pages:,} pages; at most {MOST_PAGES:,} are read"
            )
            raise IntakeError(words, file=self.base)
        # A feed that ends early says so; one that says neither is believed page by page.
        last = answer.get("last_page") is True or answer.get("empty") is True
        return page if last and page <= pages else pages

    def _is_new(self, service: Any, page: int) -> bool:
        own = service.get("id") if isinstance(service, dict) else None
        if not isinstance(own, str) or not _ID.fullmatch(own):
            raise IntakeError(f"page {page} has a service without an id", file=self.base)
        if own in self.seen:
            return False
        self.seen.add(own)
        if len(self.seen) > import_limits().rows:
            words = f"the feed has more than {import_limits().rows:,} services"
            raise IntakeError(words, file=self.base)
        return True

    def _full(self, service: dict[str, Any]) -> dict[str, Any]:
        """Return a service with its locations: items of a list rarely hold them."""
        if "service_at_locations" in service:
            return service
        full = self.client.get_json(f"{self.base}/{quote(service['id'], safe='')}")
        if not isinstance(full, dict) or full.get("id") != service["id"]:
            words = f"the service {service['id']} is answered with something else"
            raise IntakeError(words, file=self.base)
        return full
