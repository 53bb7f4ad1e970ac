"""Care homes by their names, as everybody may see them."""

from django.contrib.gis.geos import Point
from django.db.models import BooleanField, F, Func, TextField, Value

from assets.search import Wanted, wanted
from homes.models import Home
from homes.shown import nearest_shown, shown_homes

_NAME = Func(
    F("shown_name"), *[Value("")] * 3, function="assets_search_text", output_field=TextField()
)


def find_homes(text: str, *, middle: Point, limit: int) -> list[Home]:
    """Return homes whose shown name has every word, with ``distance``, the nearest first.

    A small home is only ever found by the part of a postcode that it is shown by.
    """
    asked = wanted(text)
    if not asked:
        return []
    homes = shown_homes().filter(*map(_has, asked))
    return list(nearest_shown(homes, to=middle)[:limit])


def _has(word: Wanted) -> Func:
    """Return the condition that the shown name has a word; reads all homes' names."""
    return Func(
        _NAME,
        Value(word.pattern),
        template="(%(expressions)s)",
        arg_joiner=" ~ ",
        output_field=BooleanField(),
    )
