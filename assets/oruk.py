"""Services of an Open Referral UK 3.0 feed onto the register: one asset per location. Pure.

Source: https://openreferraluk.org/ (HSDS-UK 3.0). A feed may hold anything: every member
is looked at before it is believed.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final

from assets import categories, further_facts, mapping_files
from assets.candidates import Candidate, RowRefusedError
from assets.cleaning import (
    clean_email,
    clean_moment,
    clean_phone,
    clean_postcode,
    clean_text,
    clean_website,
    fit,
    meaning,
)
from assets.layouts import plain
from assets.shapes import DECIMALS, Shape
from geo.constraints import in_uk
from intake.errors import IntakeError
from intake.jsonfiles import read_json
from intake.limits import import_limits
from intake.source import SourceFile

NO_NAME: Final = "it has no name"
NO_ID: Final = "it has no id"
NO_KIND: Final = "its terms meet none of our kinds of place"
ONLY_POST: Final = "its address is for post only"

_CLOSED: Final = ("defunct", "inactive")
_FOR_NOW: Final = "temporarily closed"
_DAYS: Final = {d.upper(): d for d in ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")}
_TIME = re.compile(r"([01][0-9]|2[0-4]):[0-5][0-9]")
_LONGEST_ID: Final = 55

Service = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """What a service at one location says."""

    candidate: Candidate
    shape: Shape | None


def services_of(file: SourceFile) -> list[Any]:
    """Return the services of a file: a list of them, one page of a feed, or one service.

    Raises:
        IntakeError: the file is none of these.
    """
    data = read_json(file)
    if isinstance(data, dict):
        _refuse_one_of_many(data, file)
        data = data.get("contents", [data] if "name" in data else None)
    if not isinstance(data, list):
        words = "the file is no list of services, and no page of one with contents"
        raise IntakeError(words, file=file.name)
    if not data:
        raise IntakeError("the file holds no services", file=file.name)
    most = import_limits().rows
    if len(data) > most:
        words = f"the file has {len(data):,} services; at most {most:,} are taken"
        raise IntakeError(words, file=file.name)
    for number, service in enumerate(data, start=1):
        if not isinstance(service, dict):
            raise IntakeError("this is no service", file=file.name, row=number)
    return data


def _refuse_one_of_many(page: dict[str, Any], file: SourceFile) -> None:
    pages = page.get("total_pages")
    if isinstance(pages, int) and pages > 1:
        words = (
            f"this is one page of {pages:,} of a feed: give the feed's address, or all of its "
            "services in one list"
        )
        raise IntakeError(words, file=file.name, column="total_pages")


@dataclass(frozen=True)
class Feed:
    """Reads services; ``otherwise`` is what those are whose terms are not known."""

    otherwise: str = ""

    def parts(self, service: Service) -> Iterator[tuple[str, Callable[[], Found]]]:
        """Yield the key of a service at each of its locations, and what reads it there."""
        own = _id(service.get("id"))
        places = _objects(service.get("service_at_locations"))
        several = len(places) > 1
        for at in places or [{}]:
            there = _object(at.get("location"))
            which = _id(at.get("location_id") or there.get("id") or at.get("id"))
            ref = f"{own}/{which}" if which else own
            yield ref if own else "", partial(self._read, service, there, several=several)

    def _read(self, service: Service, there: dict[str, Any], *, several: bool) -> Found:
        if not _id(service.get("id")):
            raise RowRefusedError(NO_ID, column="id")
        virtual = there.get("location_type") == "virtual"
        if there.get("location_type") == "postal":
            raise RowRefusedError(ONLY_POST, column="location_type")
        category = categories.ONLINE if virtual else self._category(service)
        values = _words(service, there, several=several) | {"category": category}
        status = meaning(service.get("status")).casefold()
        changed = clean_moment(service.get("last_modified"))
        as_of: dict[str, int | str] = {"changed": changed} if changed else {}
        closed = status in _CLOSED
        candidate = Candidate(values, _outside(service), as_of=as_of, closed=closed)
        return Found(candidate, None if virtual else _shape(there))

    def _category(self, service: Service) -> str:
        terms = [
            text
            for attribute in _objects(service.get("attributes"))
            for key in ("name", "term")
            if (text := meaning(_object(attribute.get("taxonomy_term")).get(key)))
        ]
        for term in terms:
            if slug := _kinds().get(plain(term)):
                return slug
        if self.otherwise:
            return self.otherwise
        raise RowRefusedError(NO_KIND, column="attributes", detail=", ".join(terms)[:60])


@cache
def _kinds() -> dict[str, str]:
    path = mapping_files.FOLDER / "oruk.json"
    own = json.loads(path.read_text(encoding="utf-8"))["categories"]
    return {
        **mapping_files.generic().kinds,
        **{plain(term): slug for slug, terms in own.items() for term in terms},
    }


def _words(service: Service, there: dict[str, Any], *, several: bool) -> dict[str, str]:
    name = meaning(service.get("name"))
    if not name:
        raise RowRefusedError(NO_NAME, column="name")
    where = meaning(there.get("name"))
    address = next(iter(_objects(there.get("addresses"))), {})
    return {
        "name": fit("name", f"{name} ({where})" if several and where else name),
        "description": fit("description", _description(service)),
        "address": fit("address", _address(address)),
        "postcode": clean_postcode(clean_text(address.get("postal_code"))),
        "phone": _phone(service),
        "email": clean_email(clean_text(service.get("email"))),
        "website": clean_website(clean_text(service.get("url"))),
        "opening_hours": fit("opening_hours", _hours(service)),
        "wheelchair": "unknown",
        "access_notes": fit("access_notes", _access(there)),
        "cost": fit("cost", _cost(service)),
        **further_facts.of_service(service),
    }


def _description(service: Service) -> str:
    organisation = _object(service.get("organization"))
    words = meaning(service.get("description")) or meaning(organisation.get("description"))
    if meaning(service.get("status")).casefold() == _FOR_NOW:
        return f"Temporarily closed. {words}".strip()
    return words


def _outside(service: Service) -> dict[str, str]:
    organisation = meaning(_object(service.get("organization")).get("name"))
    return {"operator": organisation[:200]} if organisation else {}


def _address(address: dict[str, Any]) -> str:
    parts: list[str] = []
    for key in ("address_1", "address_2", "city"):
        part = meaning(address.get(key)).strip(" ,")
        if part and part not in parts:
            parts.append(part)
    return ", ".join(parts)


def _phone(service: Service) -> str:
    """Return a number of the service; the names of its contacts are never read."""
    holders = [service, *_objects(service.get("contacts"))]
    for holder in holders:
        for phone in _objects(holder.get("phones")):
            if number := clean_phone(clean_text(phone.get("number"))):
                return number
    return ""


def _access(there: dict[str, Any]) -> str:
    notes = [meaning(one.get("description")) for one in _objects(there.get("accessibility"))]
    return " ".join(note for note in notes if note)


def _cost(service: Service) -> str:
    if fees := meaning(service.get("fees")):
        return fees
    options = _objects(service.get("cost_options"))
    words = (meaning(o.get("amount_description")) or meaning(o.get("option")) for o in options)
    return next(filter(None, words), "")


def _hours(service: Service) -> str:
    """Write weekly times in OpenStreetMap's syntax; what repeats otherwise is left out."""
    found: list[str] = []
    for schedule in _objects(service.get("schedules")):
        days = [
            _DAYS.get(day.strip(), "") for day in clean_text(schedule.get("byday")).split(",")
        ]
        times = [clean_text(schedule.get(key))[:5] for key in ("opens_at", "closes_at")]
        weekly = schedule.get("freq") == "WEEKLY" and schedule.get("interval") in (None, 1)
        if weekly and all(days) and all(_TIME.fullmatch(time) for time in times):
            found.append(f"{','.join(days)} {times[0]}-{times[1]}")
    return "; ".join(dict.fromkeys(found))


def _shape(there: dict[str, Any]) -> Shape | None:
    lon, lat = there.get("longitude"), there.get("latitude")
    if lon is None and lat is None:
        return None
    numbers = [n for n in (lon, lat) if isinstance(n, int | float) and not isinstance(n, bool)]
    if len(numbers) < 2:
        raise RowRefusedError("its latitude and longitude are no numbers", column="latitude")
    if in_uk(*numbers):
        return Shape(round(float(numbers[0]), DECIMALS), round(float(numbers[1]), DECIMALS))
    words = "it lies outside the UK"
    if in_uk(numbers[1], numbers[0]):
        words += "; are latitude and longitude swapped?"
    detail = f"latitude {clean_text(lat)[:20]}, longitude {clean_text(lon)[:20]}"
    raise RowRefusedError(words, column="latitude", detail=detail)


def _id(value: Any) -> str:
    text = clean_text(value)
    return text if len(text) <= _LONGEST_ID else ""


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
