"""Fields and their values in words that an auditor reads."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from django.contrib.gis.db.models.fields import BaseSpatialField
from django.contrib.gis.geos import GEOSGeometry, Point
from django.db.models import Field, ForeignKey, Model
from django.utils import timezone
from django.utils.formats import date_format

LONGEST: Final = 400
NOTHING: Final = "nothing"
WITHHELD: Final = {
    "openness.answer": frozenset({"value", "how_known"}),
    "connections.connection": frozenset({"note"}),
    "learning.comparison": frozenset({"alike", "differs"}),
    "learning.talk": frozenset({"said", "matters"}),
}
"""What a home tells in confidence, by model: that it changed is said, not to what."""
NAMED_BY_SECRETS: Final = frozenset({"openness.answer"})
"""Models whose rows are called by what is withheld: these go by their number."""


class Names:
    """What the rows are called that lines are about or point at, read a model at a time."""

    def __init__(self, lines: Iterable[Any]) -> None:
        wanted: dict[type[Model], set[Any]] = defaultdict(set)
        for line in lines:
            tracked = getattr(line, "pgh_tracked_model", None) or type(line)
            wanted[tracked].add(getattr(line, "pgh_obj_id", line.pk))
            for field in tracked._meta.fields:
                value = getattr(line, field.attname, None)
                if isinstance(field, ForeignKey) and value is not None:
                    wanted[field.related_model].add(value)
        self._rows = {model: _rows(model, keys) for model, keys in wanted.items()}

    def of(self, model: type[Model], key: Any) -> str:
        """Return what a row is called; empty where it is gone, or its name tells a secret."""
        if model._meta.label_lower in NAMED_BY_SECRETS:
            return ""
        row = self._rows.get(model, {}).get(key)
        return str(row) if row is not None else ""


def _rows(model: type[Model], keys: set[Any]) -> dict[Any, Model]:
    """Read rows for their names alone: no shapes, and what they point at with them."""
    shapes = [f.name for f in model._meta.fields if isinstance(f, BaseSpatialField)]
    return model._base_manager.select_related().defer(*shapes).in_bulk(list(keys))


def label_of(field: "Field[Any, Any]") -> str:
    """Return a field's name, as a heading."""
    words = str(field.verbose_name)
    return words[:1].upper() + words[1:]


def in_words(field: "Field[Any, Any]", value: Any, names: Names) -> str:
    """Return a field's value in words."""
    if value is None or value == "":
        return NOTHING
    if field.name in WITHHELD.get(field.model._meta.label_lower, ()):
        return "kept to the home"
    if isinstance(field, ForeignKey):
        model: Any = field.related_model
        return names.of(model, value) or f"{model._meta.verbose_name} {value}"
    choices: dict[Any, Any] = dict(getattr(field, "flatchoices", ()))
    if not isinstance(value, list | dict) and value in choices:
        return str(choices[value])
    return _plain(value)[:LONGEST]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i:s")
    if isinstance(value, dt.date):
        return date_format(value, "j F Y")
    if isinstance(value, Point):
        return f"{value.y:.5f}, {value.x:.5f} (latitude, longitude)"
    if isinstance(value, GEOSGeometry):
        return f"a shape of {value.num_coords} points"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
