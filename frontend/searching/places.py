"""Places by their words and how near they are, quick among a million.

A word that many places have is found among the nearest, which are read one by one until
there are enough. A rarer one comes from the index of words, and those few are measured.
Which it is, the planner's statistics say: the walk would cross the country for a name that
stands once, and the index would measure how far it is to every church there is.
"""

import json
from typing import Final

from django.contrib.gis.geos import Point
from django.db.models import F
from django.db.models.expressions import Combinable

from assets.models import Asset, AssetQuerySet
from assets.search import WRITTEN, Wanted, plain, wanted
from frontend.searching.walking import fitting_ids, words_in
from geo.constraints import UK_BOX

WALKED: Final = 1_500
"""So many of the nearest are read one by one."""
ENOUGH: Final = 3
"""With so many among those, nobody looks farther off."""
FEW: Final = 2_500
"""So many are soon fetched and measured; of more, the nearest are looked at first."""
VOCABULARY: Final = 1_500
"""Of so many of the nearest, the words are known when one was mistyped."""
_ALIKE_DEGREES: Final = 0.3
"""How far around the middle names alike are looked for."""
_STEP_M: Final = 300
"""Among places nearer than a few steps, the name decides."""
_NOWHERE_M: Final = 50_000
"""What has no place, such as an online choir, comes after what is near."""

_TOLD: Final = ("name", "category", "address", "location")
"""What a line of the answer is made of; a place has fifty columns."""


def find_places(rows: AssetQuerySet, text: str, *, middle: Point, limit: int) -> list[Asset]:
    """Return places with every word of a text, with ``distance``, the best first."""
    asked = wanted(text)
    if not asked:
        return []
    pool = 2 * limit
    found = _nearest(rows, asked, middle, pool) if _guess(rows, text) > FEW else []
    if len(found) < ENOUGH:
        found = list(_from_index(rows, text, middle)[:pool])
    return sorted(found, key=lambda each: _farness(each, text))[:limit]


def names_alike(rows: AssetQuerySet, text: str, *, middle: Point, limit: int) -> list[Asset]:
    """Return places around the middle whose name is like a text, by trigrams."""
    west, south, east, north = (
        middle.x - 2 * _ALIKE_DEGREES,
        middle.y - _ALIKE_DEGREES,
        middle.x + 2 * _ALIKE_DEGREES,
        middle.y + _ALIKE_DEGREES,
    )
    around = rows.in_bbox(
        max(west, UK_BOX[0]), max(south, UK_BOX[1]), min(east, UK_BOX[2]), min(north, UK_BOX[3])
    )
    near = around.filter(name__trigram_word_similar=plain(text))
    away = near.with_distance(from_=middle).only(*_TOLD)
    return list(away.order_by(F("distance").asc(nulls_last=True))[:limit])


def words_around(rows: AssetQuerySet, middle: Point) -> set[str]:
    """Return the words of the names of the nearest places."""
    return words_in(_walked(rows, middle, F("name"), VOCABULARY))


def _guess(rows: AssetQuerySet, text: str) -> int:
    """Return about how many places have every word, as the planner thinks; reads no row."""
    plan = json.loads(rows.matching(text).order_by().explain(format="json"))
    return int(plan[0]["Plan"]["Plan Rows"])


def _nearest(
    rows: AssetQuerySet, asked: list[Wanted], middle: Point, limit: int
) -> list[Asset]:
    ids = fitting_ids(_walked(rows, middle, WRITTEN, WALKED), asked, limit)
    if not ids:
        return []
    return list(rows.filter(pk__in=ids).with_distance(from_=middle).only(*_TOLD))


def _walked(rows: AssetQuerySet, middle: Point, text: Combinable, count: int) -> AssetQuerySet:
    near = rows.filter(location__isnull=False).nearest_first(to=middle)
    return near.annotate(text=text)[:count]


def _from_index(rows: AssetQuerySet, text: str, middle: Point) -> AssetQuerySet:
    # By this expression, which no index gives in order: the words' index is the way then.
    away = rows.matching(text).with_distance(from_=middle).only(*_TOLD)
    return away.order_by(F("distance").asc(nulls_last=True))


def _farness(place: Asset, text: str) -> float:
    """Return how far down a place belongs: metres, the fewer the better its name fits."""
    distance = place.distance  # type: ignore[attr-defined]
    metres = distance.m if distance is not None else _NOWHERE_M
    return float(metres + _STEP_M) * _fit(plain(place.name), plain(text))


def _fit(name: str, text: str) -> float:
    """Return by how much nearer a place counts for its name; more where it lacks a word."""
    words, typed = name.split(), text.split()
    if words == typed:
        return 0.1
    if words[: len(typed)] == typed or name.startswith(text):
        return 0.5
    in_name = (any(word.startswith(each) for word in words) for each in typed)
    return 1.0 if all(in_name) else 4.0
