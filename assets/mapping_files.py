"""Mapping files: read strictly, so that a slip in one is a sentence and not a lost column."""

import json
import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Final

from assets import categories
from assets.layouts import FIELDS, Closed, Coordinates, Layout, plain
from intake.errors import IntakeError
from intake.jsonfiles import read_json
from intake.source import SourceFile
from intake.tables import header_key

FOLDER: Final = Path(__file__).resolve().parent.parent / "fixtures" / "mappings"
GENERIC: Final = "geojson"
_NOT_LAYOUTS: Final = (GENERIC, "osm", "oruk")
_NAME = re.compile(r"[a-z0-9_]{1,40}")
_LARGEST_BYTES: Final = 1_000_000

_MEMBERS: Final[dict[str, type | tuple[type, ...]]] = {
    "title": str,
    "source": str,
    "licence": str,
    "attribution": str,
    "recognised_by": list,
    "id": list,
    "fields": dict,
    "address": list,
    "name_also": list,
    "category": (str, dict),
    "coordinates": dict,
    "place": str,
    "closed": dict,
}
_IN_WORDS: Final[dict[type, str]] = {
    str: "a text",
    list: "a list of headers",
    dict: "an object",
}
_MOST: Final = {"licence": 120, "attribution": 300}


def names() -> list[str]:
    """Return the names of the mappings that come with the project."""
    found = (path.stem for path in FOLDER.glob("*.json"))
    return sorted(name for name in found if name not in _NOT_LAYOUTS)


@cache
def titles() -> dict[str, str]:
    """Return what each of the project's mappings reads, in words."""
    return {
        name: json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["title"]
        for name in names()
    }


@cache
def named(name: str) -> Layout:
    """Return a mapping of the project by its name."""
    return read_layout(FOLDER / f"{name}.json")


def layout_of(name_or_path: str) -> Layout:
    """Return a mapping by its name, or from a file.

    Raises:
        IntakeError: there is none such, or a member of it can't be used.
    """
    if _NAME.fullmatch(name_or_path):
        if name_or_path in names():
            return named(name_or_path)
        known = ", ".join(names())
        raise IntakeError(f'there is no mapping "{name_or_path}"; there are: {known}')
    return read_layout(Path(name_or_path))


def recognised(headers: Iterable[str]) -> Layout | None:
    """Return the mapping that knows a file by its headers, the most telling one; or None."""
    headers = list(headers)
    fitting = [layout for name in names() if (layout := named(name)).is_of(headers)]
    return max(fitting, key=lambda layout: len(layout.recognised_by), default=None)


@cache
def generic() -> Layout:
    """Return the mapping for all other files: headers as they are usually called."""
    data = json.loads((FOLDER / f"{GENERIC}.json").read_text(encoding="utf-8"))
    headers: dict[str, list[str]] = data["headers"]
    closed = data["closed"]
    return Layout(
        name=GENERIC,
        fields={name: _keys(headers.get(name, [])) for name in FIELDS},
        address=_keys(data["address"]),
        id=_keys(headers["id"]),
        kind=_keys(headers["category"]),
        kinds=_generic_kinds(),
        coordinates=tuple(_generic_pair(pair) for pair in data["coordinates"]),
        closed=Closed(_keys(closed["columns"]), frozenset(map(plain, closed["values"]))),
    )


@cache
def _generic_kinds() -> dict[str, str]:
    data = json.loads((FOLDER / f"{GENERIC}.json").read_text(encoding="utf-8"))
    kinds = _kinds_of(data["categories"]) | {
        plain(word): category.slug
        for category in categories.CATEGORIES
        for word in (category.slug, category.label)
    }
    return {kind: slug for kind, slug in kinds.items() if slug != categories.INDIVIDUAL_GIFT}


def _generic_pair(pair: dict[str, list[str]]) -> Coordinates:
    if "lon" in pair:
        return Coordinates(_keys(pair["lon"]), _keys(pair["lat"]))
    return Coordinates(_keys(pair["easting"]), _keys(pair["northing"]), grid=True)


def _keys(headers: Iterable[str]) -> tuple[str, ...]:
    return tuple(header_key(header) for header in headers)


def _kinds_of(kinds: dict[str, list[str]]) -> dict[str, str]:
    return {plain(kind): slug for slug, some in kinds.items() for kind in some}


def read_layout(path: Path) -> Layout:
    """Read a mapping file.

    Raises:
        IntakeError: names the file and the member that can't be used.
    """
    file = SourceFile.open(path, most_bytes=_LARGEST_BYTES)
    return _Mapping(read_json(file), file.name).layout(path.stem)


class _Mapping:
    """One mapping file on its way to a layout."""

    def __init__(self, data: Any, file: str) -> None:
        self.file = file
        if not isinstance(data, dict):
            raise IntakeError("a mapping is a JSON object", file=file)
        self.data: dict[str, Any] = data

    def layout(self, name: str) -> Layout:
        """Return the layout that it describes."""
        self._check_members()
        if not _NAME.fullmatch(name):
            name = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:40] or "mapping"
        category, kind, kinds, otherwise = self._category()
        return Layout(
            name=name,
            fields=self._fields(),
            address=self._headers("address"),
            id=self._headers("id"),
            id_joined=True,
            name_also=self._headers("name_also"),
            category=category,
            kind=kind,
            kinds=kinds,
            otherwise=otherwise,
            coordinates=self._coordinates(),
            only_sector=self._only_sector(),
            closed=self._closed(),
            recognised_by=frozenset(self._headers("recognised_by")),
            licence=self.data.get("licence", ""),
            attribution=self.data.get("attribution", ""),
        )

    def _refuse(self, reason: str, member: str) -> IntakeError:
        return IntakeError(reason, file=self.file, column=member)

    def _known(self, given: Iterable[str], known: Iterable[str], inside: str = "") -> None:
        for member in given:
            if member not in (all_known := list(known)):
                like = get_close_matches(member, all_known, 1)
                meant = f'; is "{like[0]}" meant?' if like else f": {', '.join(all_known)}"
                raise self._refuse(f"a mapping has no such member{meant}", inside + member[:40])

    def _check_members(self) -> None:
        self._known(self.data, _MEMBERS)
        for member, value in self.data.items():
            kind = _MEMBERS[member]
            if not isinstance(value, kind):
                kinds = kind if isinstance(kind, tuple) else (kind,)
                words = " or ".join(_IN_WORDS[one] for one in kinds)
                raise self._refuse(f"{words} belongs here", member)
            if isinstance(value, str) and len(value) > _MOST.get(member, 2000):
                most = _MOST.get(member, 2000)
                raise self._refuse(f"at most {most:,} characters are taken", member)

    def _headers(self, member: str) -> tuple[str, ...]:
        return self._list(self.data.get(member, []), member)

    def _list(self, value: Any, member: str) -> tuple[str, ...]:
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(
            isinstance(one, str) and header_key(one) for one in value
        ):
            raise self._refuse("a list of headers belongs here", member)
        return _keys(value)

    def _fields(self) -> dict[str, tuple[str, ...]]:
        given = self.data.get("fields", {})
        self._known(given, FIELDS, "fields.")
        found = {name: self._list(given.get(name, []), f"fields.{name}") for name in FIELDS}
        if not found["name"]:
            raise self._refuse("the header of the name belongs here", "fields.name")
        return found

    def _category(self) -> tuple[str, tuple[str, ...], dict[str, str], str]:
        given = self.data.get("category")
        if given is None:
            raise self._refuse("a kind of place, or where to find it, belongs here", "category")
        if isinstance(given, str):
            return self._slug(given, "category"), (), {}, ""
        self._known(given, ("from", "kinds", "otherwise"), "category.")
        columns = self._list(given.get("from", []), "category.from")
        if not columns:
            raise self._refuse("the header of the kind belongs here", "category.from")
        otherwise = given.get("otherwise", "")
        if otherwise:
            self._slug(otherwise, "category.otherwise")
        return "", columns, _generic_kinds() | self._kinds(given.get("kinds", {})), otherwise

    def _kinds(self, given: Any) -> dict[str, str]:
        if not isinstance(given, dict):
            raise self._refuse("an object belongs here", "category.kinds")
        for slug, some in given.items():
            self._slug(slug, "category.kinds")
            if not isinstance(some, list) or not all(isinstance(one, str) for one in some):
                raise self._refuse("a list of words belongs here", f"category.kinds.{slug}")
        return _kinds_of(given)

    def _slug(self, slug: Any, member: str) -> str:
        if slug not in categories.SLUGS or slug == categories.INDIVIDUAL_GIFT:
            like = get_close_matches(str(slug), categories.SLUGS, 1)
            meant = f'; is "{like[0]}" meant?' if like else ""
            raise self._refuse(f'"{str(slug)[:40]}" is none of our kinds{meant}', member)
        return str(slug)

    def _coordinates(self) -> tuple[Coordinates, ...]:
        given = self.data.get("coordinates")
        if given is None:
            return ()
        for x, y, grid in (("lon", "lat", False), ("easting", "northing", True)):
            if set(given) == {x, y}:
                first = self._list(given[x], f"coordinates.{x}")
                second = self._list(given[y], f"coordinates.{y}")
                return (Coordinates(first, second, grid),)
        reason = 'either "lon" and "lat" or "easting" and "northing" belong here'
        raise self._refuse(reason, "coordinates")

    def _only_sector(self) -> bool:
        place = self.data.get("place", "point")
        if place not in ("point", "sector"):
            raise self._refuse('"point" or "sector" belongs here', "place")
        return bool(place == "sector")

    def _closed(self) -> Closed | None:
        given = self.data.get("closed")
        if given is None:
            return None
        self._known(given, ("column", "values"), "closed.")
        columns = self._list(given.get("column", []), "closed.column")
        values = given.get("values")
        if values == "any":
            return Closed(columns, None)
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            raise self._refuse('a list of words, or "any", belongs here', "closed.values")
        return Closed(columns, frozenset(map(plain, values)))
