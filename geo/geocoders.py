"""Geocoders outside that an operator may choose, each with its rules."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlsplit

from django.conf import settings
from geopy.exc import GeocoderServiceError
from geopy.geocoders import Nominatim, OpenCage, Photon
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from geo.constraints import UK_BOX


@dataclass(frozen=True)
class Service:
    """A geocoder as its rules describe it."""

    slug: str
    label: str
    attribution: str
    # May it be asked only once a second, by the whole site together?
    one_at_a_time: bool = False
    needs_key: bool = False


_OSM: Final = "© OpenStreetMap contributors"

KNOWN: Final[dict[str, Service]] = {
    service.slug: service
    for service in (
        Service("nominatim", "Nominatim", _OSM, one_at_a_time=True),
        Service("photon", "Photon", _OSM),
        Service("opencage", "OpenCage", f"OpenCage, {_OSM}", needs_key=True),
        Service(
            "postcodes_io",
            "postcodes.io",
            "Contains OS, Royal Mail and National Statistics data © Crown copyright",
        ),
    )
}


class PostcodesIo(Geocoder):  # type: ignore[misc]  # geopy carries no types
    """postcodes.io, the public one or one's own: postcodes alone."""

    def __init__(self, *, domain: str = "api.postcodes.io", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.domain = domain.strip("/")

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = None
    ) -> list[Location] | Location | None:
        """Return where a postcode is; None where there is none of this name."""
        url = f"{self.scheme}://{self.domain}/postcodes?limit=5&q={quote(query)}"
        timeout = self.timeout if timeout is None else timeout
        body = self.adapter.get_json(url, timeout=timeout, headers=self.headers)
        if not isinstance(body, dict) or body.get("status") != 200:
            raise GeocoderServiceError("postcodes.io answered something else")
        found = [
            Location(row["postcode"], (row["latitude"], row["longitude"]), row)
            for row in body.get("result") or []
            if row.get("latitude") is not None and row.get("longitude") is not None
        ]
        if exactly_one:
            return found[0] if found else None
        return found


def make_geocoder(service: Service) -> Any:
    """Return geopy's geocoder for a service, as the settings say; UK answers are asked for."""
    west, south, east, north = UK_BOX
    common: dict[str, Any] = {
        "timeout": settings.GEOCODER_TIMEOUT_S,
        "user_agent": f"care-home-friends-and-neighbours ({settings.SITE_URL})",
    } | _where()
    match service.slug:
        case "nominatim":
            return _Uk(Nominatim(**common), country_codes="gb", limit=5)
        case "photon":
            return _Uk(Photon(**common), bbox=[(south, west), (north, east)], limit=5)
        case "opencage":
            return _Uk(OpenCage(settings.GEOCODER_KEY, **common), country="gb")
        case _:
            return PostcodesIo(**common)


def _where() -> dict[str, str]:
    """Return the operator's own address of the service, as geopy takes it."""
    if not settings.GEOCODER_URL:
        return {}
    parts = urlsplit(settings.GEOCODER_URL)
    return {"scheme": parts.scheme, "domain": f"{parts.netloc}{parts.path}".rstrip("/")}


class _Uk:
    """A geocoder whose every question is about the UK."""

    def __init__(self, geocoder: Any, **always: Any) -> None:
        self.geocoder, self.always = geocoder, always

    def geocode(self, query: str, *, exactly_one: bool) -> Any:
        return self.geocoder.geocode(query, exactly_one=exactly_one, **self.always)
