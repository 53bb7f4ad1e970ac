"""Whether two records are one place: how sure, and why, in words. Pure.

``reasons(a, b)`` says the same of two records whichever comes first.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from assets.twins import weights
from assets.twins.keys import (
    address_key,
    phone_key,
    website_host,
    website_key,
    words_of_address,
)
from assets.twins.names import Name, likeness, name_of
from assets.twins.phrases import IN_WORDS
from assets.twins.words import ANYTHING, CHAINS, WORD_OF_CATEGORY


class Outcome(StrEnum):
    """What two records are to each other."""

    SAME = "same"
    MAYBE = "maybe"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Facts:
    """What is compared of a record; "" or None where it says nothing.

    ``lon`` and ``lat``: degrees, SRID 4326. ``is_coarse``: the place is known to a postcode
    sector at best. ``ids``: numbers that others gave it, by whose they are (``osm``,
    ``oruk``, ``charity``, ``wikidata``, ``fhrs``).
    """

    name: str
    category: str = ""
    lon: float | None = None
    lat: float | None = None
    is_coarse: bool = False
    postcode: str = ""
    address: str = ""
    phone: str = ""
    website: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    # Its family of categories; two of one family are not held against each other.
    family: str = ""
    # The list that it stands in, where a list gave it a number of its own.
    listed_in: str = ""

    @cached_property
    def said(self) -> Name:
        """Return its name, taken apart."""
        return name_of(self.name, WORD_OF_CATEGORY.get(self.category, ""))

    @cached_property
    def town(self) -> frozenset[str]:
        """Return the words of its address."""
        return words_of_address(self.address)


@dataclass(frozen=True)
class Reason:
    """One sign; ``counts``: for one place where above 0, against it where below."""

    code: str
    counts: float
    # What the words need: metres, or how alike in percent.
    value: int | None = None

    def in_words(self) -> str:
        """Say it."""
        words = IN_WORDS[self.code]
        return words.format(_metres(self.value)) if self.value is not None else words

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept beside a pair."""
        kept: dict[str, Any] = {"code": self.code, "counts": round(self.counts, 2)}
        return kept if self.value is None else {**kept, "value": self.value}


@dataclass(frozen=True)
class Verdict:
    """How sure it is that two records are one place, 0 to 1, and why; the weightiest first."""

    score: float
    reasons: tuple[Reason, ...]

    @property
    def outcome(self) -> Outcome:
        """Return what follows."""
        if self.score >= weights.SAME_FROM:
            return Outcome.SAME
        return Outcome.MAYBE if self.score >= weights.MAYBE_FROM else Outcome.DIFFERENT

    @property
    def is_asked(self) -> bool:
        """Say whether somebody should look at the two."""
        return self.outcome is not Outcome.DIFFERENT

    def in_words(self) -> str:
        """Return what speaks for one place, as part of a sentence."""
        return in_words(reason for reason in self.reasons if reason.counts > 0)


def in_words(reasons: Iterable[Reason]) -> str:
    """Return reasons as part of a sentence: "same name, 40 m away"."""
    return ", ".join(reason.in_words() for reason in reasons)


def from_json(kept: Iterable[Mapping[str, Any]]) -> list[Reason]:
    """Return kept reasons; those of a code that is no more are left out."""
    return [
        Reason(one["code"], one["counts"], one.get("value"))
        for one in kept
        if one.get("code") in IN_WORDS
    ]


def reasons(a: Facts, b: Facts) -> Verdict:
    """Compare two records."""
    found = [reason for reason in _signs(a, b) if reason.counts]
    found.sort(key=lambda reason: (-abs(reason.counts), reason.code))
    # Summed in one order, or two ways about would differ in the last digit.
    total = math.fsum([weights.PRIOR, *(reason.counts for reason in found)])
    return Verdict(1 / (1 + math.exp(-max(min(total, 40.0), -40.0))), tuple(found))


def _signs(a: Facts, b: Facts) -> Iterator[Reason]:
    yield _name(a, b)
    yield from _contrary(a, b)
    yield from _where(a, b)
    yield from _told("phone", weights.PHONE, phone_key(a.phone), phone_key(b.phone))
    yield from _website(a.website, b.website)
    yield from _address(a.address, b.address)
    yield from _ids(a.ids, b.ids)
    yield from _category(a, b)


def _name(a: Facts, b: Facts) -> Reason:
    town = a.town | b.town
    alike = likeness(a.said, b.said, town)
    code = "name_same" if alike >= 0.98 else "name_like" if alike >= 0.65 else "name_other"
    counts = _between(weights.NAME, alike)
    if counts > 0:
        said = min(sum(one.said.weights_in(town).values()) for one in (a, b))
        counts += _between(weights.NAME_SAYS, said)
    return Reason(code, counts)


def _contrary(a: Facts, b: Facts) -> Iterator[Reason]:
    """Yield what tells two places of like names apart."""
    one, two = a.said, b.said
    if one.numbers != two.numbers and one.numbers and two.numbers:
        yield _against("number")
    if one.kinds and two.kinds and one.kinds.isdisjoint(two.kinds):
        yield _against("kind")
    elif one.wide_kinds and two.wide_kinds and one.wide_kinds.isdisjoint(two.wide_kinds):
        yield _against("wide_kind")
    if one.faiths and two.faiths and one.faiths.isdisjoint(two.faiths):
        yield _against("faith")
    if one.stages != two.stages:
        yield _against("stage")
    elif one.parts != two.parts:
        yield _against("part")
    if one.sides != two.sides:
        yield _against("side")
    if one.aside and two.aside and one.aside.isdisjoint(two.aside):
        yield _against("branch")
    if one.is_of_supporters != two.is_of_supporters:
        yield _against("supporters")
    if a.listed_in and a.listed_in == b.listed_in:
        yield _against("list")


def _where(a: Facts, b: Facts) -> Iterator[Reason]:
    metres = distance_m(a, b)
    beside = 1.0
    if metres is not None:
        coarse = weights.COARSE_DISTANCE if a.is_coarse or b.is_coarse else 1.0
        counts = coarse * _between(weights.DISTANCE, metres)
        code = "here" if metres < 5 else "near" if counts > 0 else "far"
        yield Reason(code, counts, None if code == "here" else round(metres))
        beside = 1.0 if coarse < 1 else weights.POSTCODE_BESIDE
    if a.postcode and b.postcode:
        how = "same" if a.postcode == b.postcode else "other"
        if how == "other" and a.postcode[:-2] == b.postcode[:-2]:
            how = "sector"
        yield Reason(f"postcode_{how}", beside * weights.POSTCODE[how])


def distance_m(a: Facts, b: Facts) -> float | None:
    """Return the metres between two records, to a percent; None where one has no place."""
    if a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return None
    east = (a.lon - b.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return math.hypot(a.lat - b.lat, east) * 111_195


def _told(what: str, table: Mapping[str, float], a: str, b: str) -> Iterator[Reason]:
    if a and b:
        how = "same" if a == b else "other"
        yield Reason(f"{what}_{how}", table[how])


def _website(a: str, b: str) -> Iterator[Reason]:
    one, two = website_host(a), website_host(b)
    if not one or not two:
        return
    how = "other"
    if one == two:
        page = website_key(a)
        how = "same" if page == website_key(b) and "/" in page else "host"
    yield Reason(f"website_{how}", weights.WEBSITE[how])


def _address(a: str, b: str) -> Iterator[Reason]:
    one, two = address_key(a), address_key(b)
    if not one or not two:
        return
    how = "other"
    if streets := one.keys() & two.keys():
        how = max(
            (_numbers(one[street], two[street]) for street in streets),
            key=weights.ADDRESS.__getitem__,
        )
    yield Reason(f"address_{how}", weights.ADDRESS[how])


def _numbers(a: frozenset[int], b: frozenset[int]) -> str:
    if not a or not b:
        return "street"
    return "number" if a.isdisjoint(b) else "same"


def _ids(a: Mapping[str, str], b: Mapping[str, str]) -> Iterator[Reason]:
    for kind, (same, other) in weights.IDS.items():
        if (one := a.get(kind)) and (two := b.get(kind)):
            is_same = one == two
            yield Reason(f"{kind}_same", same) if is_same else Reason(f"{kind}_other", other)


def _category(a: Facts, b: Facts) -> Iterator[Reason]:
    one, two = a.category, b.category
    if not one or not two:
        return
    if one == two:
        yield Reason("category_same", weights.CATEGORY["same"])
    elif a.family != b.family and ANYTHING.isdisjoint((one, two)):
        yield Reason("category_other", weights.CATEGORY["other"])
    if {one, two} <= CHAINS and a.postcode and b.postcode and a.postcode != b.postcode:
        yield _against("chain")


def _against(code: str) -> Reason:
    return Reason(code, weights.CONTRARY[code])


def _between(points: tuple[tuple[float, float], ...], at: float) -> float:
    """Return the value at a place on a line through points."""
    before = points[0]
    for point in points:
        if at <= point[0]:
            wide = point[0] - before[0]
            share = (at - before[0]) / wide if wide else 1.0
            return before[1] + share * (point[1] - before[1])
        before = point
    return before[1]


def _metres(value: int | None) -> str:
    metres = value or 0
    return f"{metres} m" if metres < 1_000 else f"{metres / 1_000:.1f} km"
